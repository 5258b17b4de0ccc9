"""Two plans compared: what became of the earlier one's measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rodtrad.datamodel import AnnotatedDocument, Document
from rodtrad.errors import UsageError
from rodtrad.pipeline.linkmodel import means_for
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import measures_as_of
from rodtrad.pipeline.searchjob import encoder_for
from rodtrad.tables.changes import change_lines, count_line
from rodtrad.tables.terms import Language, load_terms
from rodtrad.tracing.comparison import change_record, compare_plans
from rodtrad.workspace import Workspace

Record = dict[str, Any]


def run_compare(
    old: str,
    new: str,
    *,
    workspace: Workspace | None,
    as_of: date,
    warn: Callable[[str], None] | None = None,
    language: Language | str = "sv",
) -> list[Record]:
    """One record a measure of the older plan, then one a new measure.

    Args:
        old: id or path of the earlier plan or evaluation round.
        new: id or path of the later one.
        workspace: where ids are looked up.
        as_of: what counts as today.
        warn: is told, in `language`, that the earlier document is dated after the later one.
        language: of the warning.

    Raises:
        UsageError: a document holds no measure, or both are the same.
    """
    documents = load_documents([old, new], workspace)
    if documents[0].id == documents[1].id:
        raise UsageError(f"{old}: cannot be compared with itself.")
    found = [replace(d, measures=measures_as_of(d, as_of=as_of)) for d in documents]
    for name, document in zip((old, new), found, strict=True):
        if not document.measures:
            raise UsageError(f"{name}: no measure was found there; see 'rodtrad measures {name}'.")
    told = order_warning(found[0].document, found[1].document, language)
    if told and warn is not None:
        warn(told)
    means = means_for(workspace, encoder_for(workspace, jobs_hint=1))
    changes = compare_plans(found[0], found[1], means=means)
    records = map(change_record, changes)
    return [{**record, **_titles(record, found)} for record in records]


def _titles(record: Record, found: Sequence[AnnotatedDocument]) -> Record:
    """The titles of the measures a record names; None where it names none."""
    old, new = ({m.id: m.title for m in document.measures} for document in found)
    return {
        "old_title": old.get(record["old"]),
        "new_title": new.get(record["new"]),
        "alternative_titles": [new[name] for name in record["alternatives"]],
    }


def compare_lines(records: Sequence[Record], *, language: Language | str) -> Iterator[str]:
    """What a person reads: each measure, what became of it, with quotes; then the counts."""
    terms = load_terms("en" if language == "en" else "sv")
    for record in records:
        yield from change_lines(record, terms)
    yield count_line(records, terms)


def order_warning(old: Document, new: Document, language: Language | str) -> str | None:
    """A sentence where `old` is dated after `new`; None where not, or where a date is unknown.

    Dates are compared as far as both are known: "2026" is not later than "2026-03-01".
    """
    earlier, later = (document.get("date") or "" for document in (old, new))
    known = min(len(earlier), len(later))
    if earlier[:known] <= later[:known]:
        return None
    terms = load_terms("en" if language == "en" else "sv")
    days = {"old_date": earlier, "new_date": later}
    return terms.say("compare.reversed", old=old.id, new=new.id, **days)
