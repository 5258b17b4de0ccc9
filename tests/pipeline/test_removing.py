"""A document that is removed leaves nothing but the fact that it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from rodtrad.errors import UsageError, WorkspaceError
from rodtrad.ingest.catalogue import read_catalogue
from rodtrad.pipeline.adding import add_documents
from rodtrad.pipeline.build import build
from rodtrad.pipeline.exports import documents_of, note_export
from rodtrad.pipeline.freshness import status_records
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.removing import remove_document
from rodtrad.pipeline.reviewfiles import freeze_table, reviewed_table, version_changes
from rodtrad.pipeline.reviewjob import find_ends, record, reviewed
from rodtrad.pipeline.store import read_manifest
from rodtrad.pipeline.tracejob import run_trace
from rodtrad.retrieval.directions import neutral_queries
from rodtrad.review.events import Event
from rodtrad.review.log import read_log
from rodtrad.settings import cache_folder
from rodtrad.tables.writers import write_table
from rodtrad.workspace import Workspace, init_workspace

PLAN = """# Handlingsplan för mat

## 4.1 Uppdrag till Livsmedelsverket om skolmat

Livsmedelsverket ska redovisa uppdraget om skolmat till regeringen senast den 1 mars 2027.
"""
GONE = """# Handlingsplan om Kvastsoparen

## 2.1 Uppdrag till Boverket om Kvastsoparens trappor

Boverket ska utreda Kvastsoparens påståenden om trappor och redovisa dem senast den 1 maj 2027.

## Uppdrag till Arbetsmiljöverket om Kvastsoparens grannar

Arbetsmiljöverket ska utbilda Kvastsoparens grannar i trappvård under år 2026 och därefter varje år.
"""
LIST = '{"id": "R1", "text": "Regeringen bör utreda trappor i äldre hus."}\n'
WORD = "Kvastsopar"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("RODTRAD_CACHE", str(tmp_path / "cache"))
    place = init_workspace(tmp_path / "arbete")
    place.catalog.write_text("# Skrivet av en människa.\n", encoding="utf-8")
    for name, text in (("plan.md", PLAN), ("hemlig.md", GONE), ("lista.jsonl", LIST)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    add_documents(place, [tmp_path / "hemlig.md"], {"kind": "handlingsplan"})
    add_documents(place, [tmp_path / "plan.md"], {"title": "Mat"})
    add_documents(place, [tmp_path / "lista.jsonl"], {"kind": "rekommendationslista"})
    build(place)
    load_documents([str(tmp_path / "hemlig.md")], None)  # read by path: kept in the cache
    return place


def decide(place: Workspace, measure: str, comment: str = "Kvastsoparen har rätt.") -> Event:
    start, end = find_ends(place, ["lista#R1", measure])
    event = Event("2026-11-22T09:00:00+01:00", "Anna", "accept", start, end, 2,
                  comment=comment)  # fmt: skip
    (written,) = record(place, event).events
    return written


def trace_file(place: Workspace, out: Path) -> None:
    traced = run_trace(["lista"], ["hemlig", "plan"], workspace=place, as_of=date(2026, 11, 22))
    table = reviewed_table(reviewed(traced, place), language="sv", can_review=False)
    write_table(table, out)
    note_export(place, out, documents_of(table))
    freeze_table(place, table, title="Första", who="Anna")


def holding(*folders: Path) -> Iterator[Path]:
    forms = (WORD.encode(), WORD.casefold().encode(), WORD.encode("utf-16-le"))
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and any(form in path.read_bytes() for form in forms):
                yield path


def test_nothing_of_it_is_left(place: Workspace, tmp_path: Path) -> None:
    undone = decide(place, "hemlig#2.1")
    out = tmp_path / "ut.html"
    trace_file(place, out)
    record(place, Event("2026-11-22T10:00:00+01:00", "Bo", "undo", of=undone.id, comment=WORD))
    other = decide(place, "plan#4.1", "Rätt.")
    assert len(list(holding(place.root, cache_folder()))) > 5

    found = remove_document(place, "hemlig", who="Anna", with_exports=True)

    assert list(holding(place.root, cache_folder())) == []
    assert found["remains"] == []
    assert found["files"] == ["corpus/sources/hemlig.md"]
    assert (found["cached"], found["versions"], found["exports"]) == (1, 1, [str(out)])
    assert not out.exists()
    events = read_log(place.reviews).events
    did = [(event.action, event.who) for event in events]
    assert did == [("accept", "Anna"), ("freeze", "Anna"), ("undo", "Bo"), ("accept", "Anna")]
    assert events[0].end is not None
    assert (events[0].end.id, events[0].end.text, events[0].comment) == ("hemlig#2.1", "", "")
    assert events[2].of == events[0].id
    assert events[3] == other
    (line,) = (place.root / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    noted = json.loads(line)
    assert (noted["who"], noted["action"], noted["target"]) == ("Anna", "remove", "hemlig")


def test_the_rest_is_as_if_it_had_never_been_there(place: Workspace) -> None:
    before = place.catalog.read_text(encoding="utf-8")
    remove_document(place, "hemlig", who="Anna")
    assert status_records(place) == []
    assert [entry.id for entry in read_catalogue(place)] == ["plan", "lista"]
    after = place.catalog.read_text(encoding="utf-8")
    assert after.startswith("# Skrivet av en människa.")
    assert all(line in before for line in after.splitlines())
    manifest = read_manifest(place)
    assert manifest is not None
    assert manifest.search is not None
    with closing(sqlite3.connect(cache_folder() / "vectors.sqlite")) as kept:
        (vectors,) = kept.execute("SELECT count(*) FROM vectors").fetchone()
    # Beside the passages only what every index asks: queries of ours, no words of a document.
    assert vectors == manifest.search.passages + sum(map(len, neutral_queries().values()))


def test_saved_tables_are_named_and_kept_unless_asked(place: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "ut.html"
    trace_file(place, out)
    found = remove_document(place, "hemlig", who="Anna")
    assert found["exports"] == [str(out)]
    assert out.exists()


def test_frozen_versions_can_still_be_compared(place: Workspace, tmp_path: Path) -> None:
    trace_file(place, tmp_path / "a.html")
    trace_file(place, tmp_path / "b.html")
    remove_document(place, "hemlig", who="Anna")
    assert version_changes(place, 1, 2) == []


def test_a_removal_that_was_cut_off_is_finished(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(place: Workspace) -> None:
        raise WorkspaceError("cut off")

    with monkeypatch.context() as patch:
        patch.setattr("rodtrad.pipeline.removing.build", cut_off)
        with pytest.raises(WorkspaceError, match="cut off"):
            remove_document(place, "hemlig", who="Anna")
    remove_document(place, "hemlig", who="Anna")
    assert list(holding(place.root, cache_folder())) == []


def test_an_id_made_of_words_is_forgotten_too(place: Workspace) -> None:
    (item,) = [m.id for m in load_documents(["hemlig"], place)[0].measures if m.id != "2.1"][:1]
    assert "kvast" in item
    decide(place, f"hemlig#{item}")
    remove_document(place, "hemlig", who="Anna")
    assert list(holding(place.root, cache_folder())) == []


def test_a_document_that_is_not_there_is_named(place: Workspace) -> None:
    with pytest.raises(UsageError, match="finns-inte"):
        remove_document(place, "finns-inte", who="Anna")
