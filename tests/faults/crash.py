"""Ends commands with SIGKILL at random points and holds what is left against an undisturbed run.

`python -m faults.crash --points 200 --seed 1` (from tests/) prints a JSON line a command. A point
is a change to the file system (opening to write, renaming, deleting, making a folder, the like), an
exchange with the search server, or a moment in time; each victim is a process of its own.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import faults.crashserver as crashserver
from faults.seeds import EVENTS, MARKDOWN, TEXT
from faults.targets import make_workspace
from review import logs
from rodtrad.errors import UsageError
from rodtrad.pipeline.adding import add_documents
from rodtrad.pipeline.annotate import annotate_file
from rodtrad.pipeline.asking import Searcher
from rodtrad.pipeline.build import build
from rodtrad.pipeline.fingerprint import package_code, reading_code
from rodtrad.pipeline.freshness import status_records
from rodtrad.pipeline.pushjob import push
from rodtrad.pipeline.reviewfiles import import_decisions
from rodtrad.pipeline.store import dump_artefact, read_manifest, required_manifest
from rodtrad.retrieval.hits import SearchFilters
from rodtrad.review.events import event_line
from rodtrad.review.log import read_log
from rodtrad.settings import Limits
from rodtrad.workspace import Workspace, open_workspace

QUESTIONS = ("nivåer", "samordnare", "train the police")
CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.link",
           "shutil.copyfile", "shutil.rmtree", "sqlite3.connect", "faults.exchange")  # fmt: skip


@dataclass(frozen=True)
class Command:
    """A command: what comes before it, itself, and how it is done again after a crash.

    `pushes` says that a search server is part of what it changes.
    """

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Workspace], None]
    again: Callable[[Workspace], None]
    pushes: bool = False


def fresh(folder: Path) -> None:
    """A built workspace, with a file to be added and decisions to be imported beside it."""
    make_workspace(folder)
    (folder / "ny.md").write_text(MARKDOWN.replace("vattenbrist", "torka"), encoding="utf-8")
    more = [*(replace(event, who="Cia") for event in EVENTS), logs.accept("Dan", comment="a")]
    (folder / "andra.jsonl").write_bytes(b"".join(map(event_line, more)))


def _changed(folder: Path) -> None:
    fresh(folder)
    sources = folder / "corpus" / "sources"
    (sources / "svar.txt").write_text(TEXT.replace("nivåer", "flöden"), encoding="utf-8")
    plan = MARKDOWN + "\n## 3 Uppdrag till Boverket\n\nBoverket ska redovisa senast 1 maj 2027.\n"
    (sources / "plan.md").write_text(plan, encoding="utf-8")


def _unbuilt(folder: Path) -> None:
    _changed(folder)
    shutil.rmtree(folder / "indexes")


def _build(place: Workspace) -> None:
    build(place)


def _add(place: Workspace) -> None:
    add_documents(place, [place.root / "ny.md"], {"kind": "handlingsplan", "title": "Torka"})


def _add_again(place: Workspace) -> None:
    # Refused where the catalogue had it before the process ended.
    with suppress(UsageError):
        _add(place)
    build(place)


def _import(place: Workspace) -> None:
    import_decisions(place, place.root / "andra.jsonl", who="Test")


def _unpushed(folder: Path) -> None:
    fresh(folder)
    crashserver.fresh_database(crashserver.BEFORE)


def _pushed(folder: Path) -> None:
    """On the server is what was before a document came, one went and one became another.

    A long one stays, so that it is few passages that change, and the generation stays too.
    """
    fresh(folder)
    place, sources = open_workspace(folder), folder / "corpus" / "sources"
    gone, long = sources / "borta.txt", sources / "lang.md"
    gone.write_text(TEXT.replace("nivåer", "strömmar"), encoding="utf-8")
    parts = (f"## {n} Del {n}\n\nKommunen {n} mäter vatten.\n\n" for n in range(1, 101))
    long.write_text("# Långt\n\n" + "".join(parts), encoding="utf-8")
    _build(place)
    crashserver.fresh_database(crashserver.NOW)
    push(place)
    crashserver.keep_as_before()
    gone.unlink()
    (sources / "svar.txt").write_text(TEXT.replace("nivåer", "flöden"), encoding="utf-8")
    (sources / "plan.md").write_text(MARKDOWN + "\nBoverket ska följa upp.\n", encoding="utf-8")
    _build(place)


def _push(place: Workspace) -> None:
    crashserver.tell_exchanges()
    push(place)


COMMANDS = (
    Command("build", _unbuilt, _build, _build),
    Command("build after changes", _changed, _build, _build),
    Command("add", fresh, _add, _add_again),
    Command("review import", fresh, _import, _import),
    Command("push", _unpushed, _push, _push, pushes=True),
    Command("push after changes", _pushed, _push, _push, pushes=True),
)


def all_state(command: Command, place: Workspace) -> Mapping[str, Any]:
    """All that a workspace holds, and the search server where the command changes it."""
    if not command.pushes:
        return state(place)
    there = _answers(crashserver.as_asked_there(place))
    return {**state(place), **crashserver.rows_now(), "answers there": there}


def state(place: Workspace) -> Mapping[str, Any]:
    """All that a workspace holds, apart from times and the inner files of the word engine."""
    found: dict[str, Any] = {}
    for path in sorted(p for p in place.root.rglob("*") if p.is_file()):
        name = path.relative_to(place.root).as_posix()
        if "/lexical/" in name or "/words/" in name or name.endswith(".lock"):
            continue
        if path.suffix == ".sqlite":
            with closing(sqlite3.connect(path)) as connection:
                found[name] = "\n".join(connection.iterdump())
        elif path.name == "manifest.json":
            found[name] = _without_times(json.loads(path.read_bytes()))
        else:
            found[name] = path.read_bytes()
    found["answers"] = _answers(place)
    return found


def _without_times(manifest: dict[str, Any]) -> dict[str, Any]:
    for document in manifest["documents"]:
        del document["mtime_ns"], document["kept"]
    return manifest


def _answers(place: Workspace) -> list[Any]:
    searcher = Searcher(place, required_manifest(place))
    none = SearchFilters()
    return [repr(searcher.search(question, limit=5, filters=none).hits) for question in QUESTIONS]


def usable(command: Command, place: Workspace, before: tuple[Any, ...]) -> None:
    """What must hold right after the crash: it opens, readers work, no event is lost."""
    again = open_workspace(place.root)
    status_records(again)
    manifest = read_manifest(again)
    if manifest and manifest.search:
        _answers(again)
    if command.pushes and crashserver.in_force():
        _answers(crashserver.as_asked_there(again))
    if command.pushes:
        crashserver.only_whole_documents(again)
    events = read_log(again.reviews).events
    assert events[: len(before)] == before, "an event was lost"


def in_child(work: Callable[[], None], *, log: Path) -> int:
    """Do something in a forked process; how it ended (0 well, negative by a signal)."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001 - written down and told by the exit code
            log.write_text(traceback.format_exc(), encoding="utf-8")
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def count_changes(at: Callable[[int], None]) -> None:
    """Call something with the number of every change this process makes to the file system."""
    seen = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        mode = arguments[1] if event == "open" else None
        writes = isinstance(mode, str) and bool(set(mode) & set("wax+"))
        low = event == "open" and mode is None and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if event in CHANGES or writes or low:
            seen += 1
            at(seen)

    sys.addaudithook(hook)


def die_at(change: int) -> None:
    """End this process at its n-th change to the file system."""

    def end(seen: int) -> None:
        if seen == change:
            os.kill(os.getpid(), signal.SIGKILL)

    count_changes(end)


def die_in(seconds: float) -> None:
    """End this process after a while, wherever it is then."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    child, victim = os.getpid(), os.fork()
    if victim:  # the first process only waits, ends the second and passes on how it ended
        time.sleep(seconds)
        os.kill(victim, signal.SIGKILL)
        _, status = os.waitpid(victim, 0)
        code = os.waitstatus_to_exitcode(status)
        os.kill(child, signal.SIGKILL) if code < 0 else os._exit(code)


def try_point(
    command: Command,
    template: Path,
    wanted: Mapping[str, Any],
    measured: Mapping[str, Any],
    *,
    random: Random,
    folder: Path,
) -> str | None:
    """One crash; what was wrong afterwards, None for nothing, "" when it was done before."""
    place_folder = folder / "w"
    shutil.rmtree(place_folder, ignore_errors=True)
    shutil.copytree(template, place_folder)
    place = open_workspace(place_folder)
    before = read_log(place.reviews).events
    log = folder / "log"
    log.write_text("", encoding="utf-8")
    by_change, change = random.random() < 0.7, random.randint(1, measured["changes"])
    seconds = random.uniform(0, measured["seconds"])

    def victim() -> None:
        if command.pushes:
            crashserver.start_from_before()
        die_at(change) if by_change else die_in(seconds)
        command.run(place)

    def check() -> None:
        usable(command, place, before)
        command.again(place)
        found = all_state(command, place)
        differing = sorted(k for k in wanted.keys() | found.keys() if wanted.get(k) != found.get(k))
        assert not differing, [(k, *_apart(wanted.get(k), found.get(k))) for k in differing]

    ended = in_child(victim, log=log)
    if ended > 0 or in_child(check, log=log) != 0:
        point = f"change {change}" if by_change else f"{seconds:.3f} s"
        return f"{command.name}, {point}, ended {ended}: {log.read_text(encoding='utf-8')[-1500:]}"
    return None if ended < 0 else ""


def _apart(one: object, other: object) -> tuple[str, str]:
    """Where two values begin to differ."""
    a, b = repr(one), repr(other)
    same = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    start = max(same - 100, 0)
    return a[start : start + 300], b[start : start + 300]


def run(command: Command, *, points: int, seed: int, folder: Path) -> Mapping[str, Any]:
    """Crash a command at so many points; those at which it was done already do not count."""
    template, log = folder / "template", folder / "log"
    shutil.rmtree(template, ignore_errors=True)
    result = folder / "wanted"

    def undisturbed() -> None:
        command.prepare(template)
        shutil.copytree(template, folder / "w", dirs_exist_ok=True)
        place = open_workspace(folder / "w")
        if command.pushes:
            crashserver.start_from_before()
        numbers: list[int] = [0]
        count_changes(numbers.append)
        start = time.monotonic()
        command.run(place)
        measured = {"changes": numbers[-1], "seconds": time.monotonic() - start}
        command.again(place)
        result.write_text(repr((measured, dict(all_state(command, place)))), encoding="utf-8")

    shutil.rmtree(folder / "w", ignore_errors=True)
    if in_child(undisturbed, log=log) != 0:
        raise AssertionError(log.read_text(encoding="utf-8"))
    measured, wanted = ast.literal_eval(result.read_text(encoding="utf-8"))
    random, killed, tried, wrong = Random(f"{command.name} {seed}"), 0, 0, []  # noqa: S311
    while killed < points and tried < 8 * points:
        tried += 1
        fault = try_point(command, template, wanted, measured, random=random, folder=folder)
        killed += fault != ""
        if fault:
            wrong.append(fault)
    return {"command": command.name, "killed": killed, "tried": tried, "wrong": wrong}


def _load() -> None:
    """Load what every child needs, but no encoder: its threads do not survive a fork."""
    import faiss  # noqa: F401
    import pydantic  # noqa: F401
    import tantivy  # noqa: F401

    from rodtrad.retrieval.dictionary import general_dictionary

    general_dictionary()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.md"
        file.write_text(MARKDOWN, encoding="utf-8")
        dump_artefact(annotate_file(file, document_id="x", overrides={}, limits=Limits()))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=50, help="for each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--command", action="append", choices=[one.name for one in COMMANDS])
    given = parser.parse_args()
    failed = False
    # Once for all processes: the code may be edited while this runs.
    reading_code(), package_code("retrieval")
    _load()
    chosen = [one for one in COMMANDS if not given.command or one.name in given.command]
    pushing = any(one.pushes for one in chosen)
    with (
        tempfile.TemporaryDirectory() as folder,
        crashserver.started_server() if pushing else nullcontext(),
    ):
        os.environ["RODTRAD_CACHE"] = str(Path(folder) / "cache")
        for command in chosen:
            found = run(command, points=given.points, seed=given.seed, folder=Path(folder))
            failed = failed or bool(found["wrong"])
            print(json.dumps(found, ensure_ascii=False), flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
