"""What reads files that others wrote: each takes a folder and a file, and may refuse in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path

from faults.seeds import EVENTS, MARKDOWN, ROWS, seeds
from rodtrad.datamodel import Span
from rodtrad.datamodel.cleantext import CleanText
from rodtrad.errors import RodtradError
from rodtrad.ingest.catalogue import read_catalogue
from rodtrad.pipeline.annotate import annotate_file
from rodtrad.pipeline.asking import Searcher, read_queries
from rodtrad.pipeline.build import build
from rodtrad.pipeline.reviewfiles import import_decisions, reviewed_table
from rodtrad.pipeline.reviewjob import record, reviewed
from rodtrad.pipeline.store import (
    dump_artefact,
    load_artefact,
    manifest_path,
    read_manifest,
    required_manifest,
)
from rodtrad.pipeline.tracejob import run_trace
from rodtrad.retrieval.hits import SearchFilters
from rodtrad.review.log import read_log
from rodtrad.settings import Limits, read_settings
from rodtrad.statements.lists import read_recommendation_list
from rodtrad.tables.writers import write_table
from rodtrad.workspace import Workspace, init_workspace

Target = Callable[[Workspace, Path], None]
LIMITS = Limits(seconds=60)


def make_workspace(folder: Path) -> Workspace:
    """A small workspace, built, with three decisions in its log."""
    import json

    place = init_workspace(folder)
    (place.corpus / "sources" / "plan.md").write_text(MARKDOWN, encoding="utf-8")
    listed = place.corpus / "recommendations"
    listed.mkdir(exist_ok=True)
    (listed / "lista.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    place.catalog.write_text(
        '[[document]]\nid = "lista"\nfile = "recommendations/lista.jsonl"\n'
        'kind = "rekommendationslista"\n',
        encoding="utf-8",
    )
    build(place)
    record(place, *EVENTS)
    return place


def all_seeds(place: Workspace) -> Mapping[str, Mapping[str, bytes]]:
    """The sound files, with those that only a built workspace can make."""
    traced = run_trace(["lista"], ["plan"], workspace=place, as_of=date(2026, 11, 22))
    table = reviewed_table(reviewed(traced, place), language="sv", can_review=True)
    sheets = {}
    for ending in ("xlsx", "csv"):
        out = place.root / f"ut.{ending}"
        write_table(table, out)
        sheets[ending] = out.read_bytes()
    artefact = next((place.indexes / "documents").glob("plan.*.json"))
    own = {
        "sheet": sheets,
        "manifest": {"json": manifest_path(place).read_bytes()},
        "artefact": {"json": artefact.read_bytes()},
    }
    return {**seeds(), **own}


def _document(place: Workspace, file: Path) -> None:
    found = annotate_file(file, document_id="x", overrides={}, limits=LIMITS)
    document = found.document
    for one in _parts(found):
        quote, at = getattr(one, "quote", None), getattr(one, "at", None)
        span = getattr(one, "span", None)
        if isinstance(at, Span):
            assert 0 <= at.start <= at.end <= len(document.text), one
            assert 0 <= document.span_of(at).start <= len(document.source), one
        if span is not None:
            assert 0 <= span.start <= span.end <= len(document.source), one
        if span is not None and isinstance(quote, str):
            assert quote == document.source[span.start : span.end], one
    dump_artefact(found)


def _parts(value: object) -> Iterator[object]:
    """Everything with a name that was found: mentions, sections, passages, statements, evidence."""
    if isinstance(value, tuple):
        for item in value:
            yield from _parts(item)
    elif is_dataclass(value) and not isinstance(value, (Span, CleanText)):
        yield value
        for one in fields(value):
            yield from _parts(getattr(value, one.name, None))


def _list(place: Workspace, file: Path) -> None:
    read_recommendation_list(file)


def _catalogue(place: Workspace, file: Path) -> None:
    other = init_workspace(place.root / "annan")
    other.catalog.write_bytes(file.read_bytes())
    for entry in read_catalogue(other):
        assert entry.file.is_relative_to(other.corpus)


def _settings(place: Workspace, file: Path) -> None:
    read_settings(file)


def _log(place: Workspace, file: Path) -> None:
    read_log(file)
    _import(place, file)


def _import(place: Workspace, file: Path) -> None:
    before = read_log(place.reviews).events
    try:
        import_decisions(place, file, who="Test")
    finally:
        after = read_log(place.reviews).events
        assert after[: len(before)] == before, "an event was lost"
        if len(after) > 200:
            place.reviews.unlink()
            record(place, *EVENTS)


def _queries(place: Workspace, file: Path) -> None:
    for question in read_queries(None, file)[:5]:
        _searcher(place).search(question.text, limit=5, filters=SearchFilters())


@cache
def _searcher(place: Workspace) -> Searcher:
    return Searcher(place, required_manifest(place))


def _manifest(place: Workspace, file: Path) -> None:
    sound = manifest_path(place).read_bytes()
    try:
        manifest_path(place).write_bytes(file.read_bytes())
        read_manifest(place)
    finally:
        manifest_path(place).write_bytes(sound)


def _artefact(place: Workspace, file: Path) -> None:
    load_artefact(file.read_bytes())


TARGETS: Mapping[str, Target] = {
    "document": _document,
    "list": _list,
    "sheet": _import,
    "catalogue": _catalogue,
    "settings": _settings,
    "log": _log,
    "queries": _queries,
    "manifest": _manifest,
    "artefact": _artefact,
}


def outcome(target: str, place: Workspace, file: Path) -> str:
    """ "read", or "refused" in one sentence that is fit to print; anything else is a fault."""
    try:
        TARGETS[target](place, file)
    except RodtradError as error:
        sentence = str(error)
        assert sentence.strip(), "refused without a word"
        assert "\n" not in sentence.strip() or target in ("catalogue", "settings"), sentence
        assert len(sentence) < 2_000, "refused in a sentence too long to print"
        return "refused"
    return "read"
