"""Building: incremental, honest about failures, never half-done."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.errors import UnreadableFileError, UsageError, WorkspaceError
from rodtrad.ingest.catalogue import CatalogueEntry
from rodtrad.pipeline.adding import add_documents
from rodtrad.pipeline.annotate import annotate_entry
from rodtrad.pipeline.build import build
from rodtrad.pipeline.freshness import status_records
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.store import DocumentRecord, manifest_path, read_manifest
from rodtrad.settings import Limits
from rodtrad.workspace import Workspace, init_workspace

PLAN = """# Handlingsplan för mat

## 4.1 Uppdrag till Livsmedelsverket om skolmat

Livsmedelsverket ska redovisa uppdraget senast den 1 mars 2027 (LI2025/00123).
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    place = init_workspace(tmp_path / "arbete")
    (place.corpus / "sources" / "plan.md").write_text(PLAN, encoding="utf-8")
    return place


def statuses(workspace: Workspace, *, force: bool = False) -> dict[str, str]:
    return {line.id: line.status for line in build(workspace, force=force)}


def test_a_second_build_does_nothing(workspace: Workspace) -> None:
    assert statuses(workspace) == {"plan": "built"}
    before = manifest_path(workspace).stat().st_mtime_ns
    assert statuses(workspace) == {"plan": "unchanged"}
    assert manifest_path(workspace).stat().st_mtime_ns == before
    assert status_records(workspace) == []


def test_only_what_changed_is_read_again(workspace: Workspace) -> None:
    (workspace.corpus / "sources" / "svar.txt").write_text("Ett svar.\n", encoding="utf-8")
    build(workspace)
    (workspace.corpus / "sources" / "svar.txt").write_text("Ett annat svar.\n", encoding="utf-8")
    (stale,) = status_records(workspace)
    assert (stale["id"], stale["status"]) == ("svar", "stale")
    assert statuses(workspace) == {"plan": "unchanged", "svar": "built"}


def test_force_reads_everything(workspace: Workspace) -> None:
    build(workspace)
    assert statuses(workspace, force=True) == {"plan": "built"}


def test_a_bad_document_fails_alone_and_is_named(workspace: Workspace) -> None:
    (workspace.corpus / "sources" / "trasig.pdf").write_bytes(b"%PDF-1.7 nothing")
    lines = {line.id: line for line in build(workspace)}
    assert lines["plan"].status == "built"
    assert lines["trasig"].status == "failed"
    assert "trasig.pdf" in lines["trasig"].errors[0]
    with pytest.raises(UnreadableFileError, match=r"trasig\.pdf"):
        load_documents(["trasig"], workspace)


def test_our_own_mistake_on_one_document_does_not_stop_the_others(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(entry: CatalogueEntry, limits: Limits) -> AnnotatedDocument:
        if entry.id == "svar":
            raise IndexError("list index out of range")
        return annotate_entry(entry, limits)

    (workspace.corpus / "sources" / "svar.txt").write_text("Ett svar.\n", encoding="utf-8")
    monkeypatch.setattr("rodtrad.pipeline.readingjob.annotate_entry", mistaken)
    lines = {line.id: line for line in build(workspace)}
    assert lines["plan"].status == "built"
    assert lines["svar"].status == "failed"
    assert "please report" in lines["svar"].errors[0]


def test_a_removed_document_leaves_the_index(workspace: Workspace) -> None:
    other = workspace.corpus / "sources" / "svar.txt"
    other.write_text("Ett svar.\n", encoding="utf-8")
    build(workspace)
    other.unlink()
    assert [line["status"] for line in status_records(workspace)] == ["removed"]
    build(workspace)
    manifest = read_manifest(workspace)
    assert manifest is not None
    assert [d.id for d in manifest.documents] == ["plan"]
    assert {p.stem.split(".")[0] for p in (workspace.indexes / "documents").iterdir()} == {"plan"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "damaged"),
        (b"\xff\xfe", "damaged"),
        (b'{"format": 99}', "format 99"),
        (b'{"format": 1, "documents": [{"id": 1}]}', "damaged"),
    ],
)
def test_a_damaged_or_foreign_manifest_is_refused_then_rebuilt(
    workspace: Workspace, content: bytes, says: str
) -> None:
    build(workspace)
    manifest_path(workspace).write_bytes(content)
    with pytest.raises(WorkspaceError, match=f"{says}.*--force"):
        build(workspace)
    assert statuses(workspace, force=True) == {"plan": "built"}


def test_a_damaged_artefact_is_refused_then_rebuilt(workspace: Workspace) -> None:
    build(workspace)
    (artefact,) = (workspace.indexes / "documents").glob("*.json")
    artefact.write_bytes(artefact.read_bytes()[:-10])
    with pytest.raises(WorkspaceError, match="rodtrad build"):
        load_documents(["plan"], workspace)
    assert [line["status"] for line in status_records(workspace)] == ["damaged"]
    assert statuses(workspace) == {"plan": "built"}
    assert load_documents(["plan"], workspace)[0].id == "plan"


def test_two_builds_at_once_are_refused(workspace: Workspace) -> None:
    with workspace.lock(), pytest.raises(WorkspaceError, match="another rodtrad process"):
        build(workspace)


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may read and write everything")
def test_a_read_only_index_is_named(workspace: Workspace) -> None:
    workspace.indexes.chmod(0o500)
    with pytest.raises(WorkspaceError, match="write access"):
        build(workspace)


def test_workers_find_the_same(workspace: Workspace, tmp_path: Path) -> None:
    for number in range(9):
        path = workspace.corpus / "sources" / f"plan-{number}.md"
        path.write_text(PLAN.replace("skolmat", f"skolmat {number}"), encoding="utf-8")
    build(workspace, jobs=2)
    parallel = read_manifest(workspace)
    build(workspace, force=True)
    serial = read_manifest(workspace)
    assert parallel is not None
    assert serial is not None
    assert list(map(untimed, parallel.documents)) == list(map(untimed, serial.documents))
    assert parallel.search == serial.search


def untimed(record: DocumentRecord) -> DocumentRecord:
    return replace(record, kept=record.kept[:1] + record.kept[2:])


def test_a_build_with_nothing_to_do_opens_no_artefact(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(workspace)
    monkeypatch.setattr("rodtrad.pipeline.store._digest", None)
    monkeypatch.setattr("rodtrad.pipeline.build.file_digest", None)
    assert statuses(workspace) == {"plan": "unchanged"}


@pytest.mark.parametrize("suffix", [".json", ".txt"])
def test_a_changed_artefact_is_made_again(workspace: Workspace, suffix: str) -> None:
    build(workspace)
    (path,) = (workspace.indexes / "documents").glob(f"*{suffix}")
    whole = path.read_bytes()
    path.write_bytes(whole[:-3])
    assert statuses(workspace) == {"plan": "built"}
    assert path.read_bytes() == whole


def test_a_touched_artefact_is_read_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(workspace)
    for path in (workspace.indexes / "documents").iterdir():
        os.utime(path, (1, 1))
    assert statuses(workspace) == {"plan": "unchanged"}
    monkeypatch.setattr("rodtrad.pipeline.store._digest", None)
    assert statuses(workspace) == {"plan": "unchanged"}


def test_adding_reads_first_and_copies_only_then(workspace: Workspace, tmp_path: Path) -> None:
    good, bad = tmp_path / "svar.txt", tmp_path / "tom.txt"
    good.write_text("Länsstyrelsen tillstyrker förslaget.\n", encoding="utf-8")
    bad.write_bytes(b"")
    with pytest.raises(UnreadableFileError, match=r"tom\.txt"):
        add_documents(workspace, [good, bad], {})
    assert not (workspace.corpus / "sources" / "svar.txt").exists()
    (record,) = add_documents(workspace, [good], {"kind": "remissvar", "title": "Ett svar"})
    assert (record["id"], record["kind"], record["title"]) == ("svar", "remissvar", "Ett svar")
    assert statuses(workspace) == {"plan": "built", "svar": "built"}
    with pytest.raises(UsageError, match="already"):
        add_documents(workspace, [good], {})


def test_a_file_already_built_is_not_read_again(workspace: Workspace, tmp_path: Path) -> None:
    build(workspace)
    copy = tmp_path / "kopia.md"
    copy.write_text(PLAN, encoding="utf-8")
    (found,) = load_documents([str(copy)], workspace)
    assert found.id == "kopia"
    assert {m.document for m in found.measures} <= {"kopia"}


def test_an_unknown_id_suggests_a_near_one(workspace: Workspace) -> None:
    build(workspace)
    with pytest.raises(UsageError, match="did you mean plan"):
        load_documents(["plna"], workspace)


def test_two_files_of_one_name_are_not_added_as_one(workspace: Workspace, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "svar.txt").write_text(f"Ett svar {folder}.\n", encoding="utf-8")
    with pytest.raises(UsageError, match="already has"):
        add_documents(workspace, [tmp_path / "a" / "svar.txt", tmp_path / "b" / "svar.txt"], {})
    assert not list((workspace.corpus / "sources").glob("svar*"))


def test_an_add_that_was_cut_off_can_be_done_again(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "svar.txt"
    file.write_text("Ett svar.\n", encoding="utf-8")
    (workspace.corpus / "sources" / "svar.txt").write_bytes(file.read_bytes())
    (record,) = add_documents(workspace, [file], {"title": "Svaret"})
    assert record["title"] == "Svaret"
    with pytest.raises(UsageError, match="already has"):
        add_documents(workspace, [file], {})
