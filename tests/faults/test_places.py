"""Workspaces that can only be read, and disks that are full: a sentence, and nothing is lost."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from faults.crash import fresh, state
from rodtrad.ingest.catalogue import read_catalogue
from rodtrad.pipeline.store import manifest_path
from rodtrad.review.log import read_log
from rodtrad.workspace import Workspace, open_workspace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts and rights of Linux")
MOST = 24_000_000
_DROP_FROM_BOUND, _WRITE_ALL, _READ_ALL = 24, 1, 2
IS_ROOT = getattr(os, "geteuid", int)() == 0

SEARCH = ("search", "vattenbrist", "--json")
# What only reads must work; what writes must refuse.
READS = (
    ("status",),
    ("documents",),
    ("text", "plan"),
    SEARCH,
    ("measures", "plan"),
    ("deadlines",),
    ("review", "list"),
    ("gaps", "--from", "lista", "--to", "plan"),
)
STORES = (
    ("build", "--force"),
    ("add", "ny.md"),
    ("review", "accept", "lista#R1", "plan#4-1", "--who", "Anna"),
    ("review", "import", "andra.jsonl"),
    ("review", "freeze", "--from", "lista", "--to", "plan", "--title", "Fryst"),
    ("review", "export", "--from", "lista", "--to", "plan", "-o", "granska.xlsx"),
    ("trace", "--from", "lista", "--to", "plan", "-o", "tabell.html"),
)
WRITES = (*STORES, ("remove", "plan", "--who", "Anna"))


def mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"may not mount here: {done.stderr.strip()}")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("platser") / "mall"
    fresh(folder)
    return folder


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(template, tmp_path / "w")
    return open_workspace(tmp_path / "w")


# One process for all commands, because to start one takes longer than most of them.
RUN = """
import json, sys
from typer.testing import CliRunner
from rodtrad.cli.main import make_app
for words in json.loads(sys.argv[1]):
    done = CliRunner().invoke(make_app(), words)
    failed = None if isinstance(done.exception, SystemExit) else repr(done.exception)
    told = [done.exit_code, done.stdout, done.stderr, failed if done.exit_code else None]
    print(json.dumps(told), file=sys.__stdout__)
"""


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    words: tuple[str, ...]
    code: int
    out: str
    said: str
    failed: str | None


def heed_rights() -> None:
    """Let root be bound by the rights of files too, from the next program on."""
    for right in (_WRITE_ALL, _READ_ALL) if IS_ROOT else ():
        if ctypes.CDLL(None).prctl(_DROP_FROM_BOUND, right, 0, 0, 0):
            raise OSError("the right to override rights cannot be given up")


def run_all(place: Workspace, commands: Sequence[tuple[str, ...]]) -> list[Done]:
    """Run commands in a workspace one after the other."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, json.dumps(commands)],
        cwd=place.root,
        preexec_fn=heed_rights,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return [Done(words, *one) for words, one in zip(commands, told, strict=True)]


@contextmanager
def mounted_read_only(place: Workspace) -> Iterator[None]:
    if not IS_ROOT:
        pytest.skip("only root may mount")
    mount("--bind", str(place.root), str(place.root))
    try:
        mount("-o", "remount,ro,bind", str(place.root))
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place.root)], check=True)


@contextmanager
def without_rights(place: Workspace) -> Iterator[None]:
    paths = [place.root, *place.root.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("how", [mounted_read_only, without_rights], ids=lambda how: how.__name__)
def test_a_workspace_that_can_only_be_read(
    place: Workspace, how: Callable[[Workspace], object]
) -> None:
    before = state(place)
    with how(place):  # type: ignore[attr-defined]
        done = run_all(place, (*READS, *WRITES))
    read, refused = done[: len(READS)], done[len(READS) :]
    assert [one for one in read if one.code or one.failed] == []
    assert '"document": "plan"' in read[READS.index(SEARCH)].out
    for one in refused:
        assert (one.code, one.failed) == (2, None), one
        assert "written" in one.said, one
        assert len(one.said.splitlines()) == 1, one
    assert state(place) == before


@pytest.mark.parametrize(
    "name",
    ["corpus/sources", "corpus/sources/under", "corpus/recommendations"],
)
def test_a_folder_that_cannot_be_read_stops_the_build(place: Workspace, name: str) -> None:
    """It did not: what lay in the folder was gone from the index, and nothing was said."""
    (place.corpus / "sources" / "under").mkdir()
    before = manifest_path(place).read_bytes()
    folder = place.root / name
    folder.chmod(0)
    try:
        (done,) = run_all(place, [("build",)])
    finally:
        folder.chmod(0o755)
    assert (done.code, done.failed) == (2, None), done
    assert "Permission denied" in done.said
    assert manifest_path(place).read_bytes() == before


@contextmanager
def full_disk(template: Path, disk: Path, left: int) -> Iterator[Workspace]:
    """A workspace on a disk of its own with so many bytes left."""
    if not IS_ROOT:
        pytest.skip("only root may mount")
    disk.mkdir()
    mount("-t", "tmpfs", "-o", f"size={MOST}", "tmpfs", str(disk))
    try:
        shutil.copytree(template, disk / "w")
        free = shutil.disk_usage(disk).free - left
        (disk / "fyllning").write_bytes(b"\0" * free)
        yield open_workspace(disk / "w")
    finally:
        # What the answers were read from may still be open.
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.parametrize("left", [0, 20_480])
def test_what_is_stored_survives_a_disk_without_room(
    template: Path, tmp_path: Path, left: int
) -> None:
    with full_disk(template, tmp_path / "disk", left) as place:
        before, events = state(place), read_log(place.reviews).events
        for one in run_all(place, (STORES[0], SEARCH, *STORES[1:], SEARCH)):
            assert one.failed is None, one
            assert one.code == 0 or (one.code == 2 and "written" in one.said), one
            assert one.words != SEARCH or '"document": "plan"' in one.out, one
        assert read_log(place.reviews).events[: len(events)] == events
        if left == 0:
            # A short decision has room in the last block of its file.
            kept = before.keys() - {"reviews.jsonl"}
            now = state(place)
            assert [name for name in kept if now.get(name) != before[name]] == []
        (place.root.parent / "fyllning").unlink()
        built, added = run_all(place, STORES[:2])
        assert built.code == 0, built
        assert added.code == 0 or "already has ny.md" in added.said, added
        assert "ny" in {entry.id for entry in read_catalogue(place)}


def test_who_may_read_the_documents_may_search_them(place: Workspace) -> None:
    """The word engine keeps its list of files to its owner, if nobody hinders it."""
    files = [path for path in place.indexes.rglob("*") if path.is_file()]
    kept = [path.name for path in files if path.stat().st_mode & 0o044 != 0o044]
    assert (len(files) > 10, kept) == (True, [])
