"""The log file: append-only, one JSON object a line, on disk before anyone is told so.

Readers never change it: a last line without its line end may be another process at work. A writer
holds the lock, puts a torn last line aside and says where.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path

from filelock import FileLock, Timeout

from rodtrad.errors import WorkspaceError
from rodtrad.review.events import (
    BadEventError,
    Event,
    NewerEventError,
    check_event,
    event_line,
    parse_event,
)

LOCK_SECONDS = 10.0
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Log:
    """What a log holds.

    `torn` is what stands behind the last whole event: the beginning of one whose writing was cut
    off. `whole` is the number of bytes before it; `closed` says whether those end with a line end.
    """

    events: tuple[Event, ...] = ()
    torn: bytes = b""
    whole: int = 0
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Appended:
    """The events as they were written, and where a torn line was put, if there was one."""

    events: tuple[Event, ...]
    set_aside: Path | None = None


def read_log(path: Path) -> Log:
    """The events of a log in their order; an empty log where there is no file.

    An event that stands there twice (two copies of a log put together) counts once.

    Raises:
        WorkspaceError: a line is damaged, was changed, or comes from a later version.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Log()
    except OSError as error:
        raise WorkspaceError(
            f"{path}: cannot be read ({error.strerror}); give yourself read access."
        ) from error
    return parse_log(data, name=str(path))


def parse_log(data: bytes, *, name: str) -> Log:
    """The events of a log's bytes; `name` is what errors call it. See `read_log`."""
    end = data.rfind(b"\n") + 1
    lines = data[:end].split(b"\n")
    events: dict[str, Event] = {}
    for number, line in enumerate(lines, 1):
        event = _line_event(line, number, name)
        if event:
            events[event.id] = _in_order(event, events, number, name)
    tail = data[end:]
    last = _whole_tail(tail, len(lines), name)
    if last:
        events[last.id] = _in_order(last, events, len(lines), name)
        return Log(tuple(events.values()), b"", len(data), closed=False)
    return Log(tuple(events.values()), tail, end)


def _line_event(line: bytes, number: int, name: str) -> Event | None:
    text = line.removeprefix(_BOM) if number == 1 else line
    if not text.strip():
        return None
    try:
        return parse_event(text)
    except NewerEventError as error:
        raise _newer(name, number, error) from error
    except BadEventError as error:
        raise WorkspaceError(
            f"{name}, line {number}: {error}; nothing was read or changed. Put the file back from "
            "a copy, or move this line to another file by hand."
        ) from error


def _newer(name: str, number: int, error: NewerEventError) -> WorkspaceError:
    return WorkspaceError(
        f"{name}, line {number}: {error}; nothing was read or changed. Install the newer rodtrad "
        "that wrote it."
    )


def _whole_tail(tail: bytes, number: int, name: str) -> Event | None:
    """The event of a last line that only lacks its line end; None for a torn one."""
    if not tail.strip():
        return None
    try:
        return parse_event(tail)
    except NewerEventError as error:
        raise _newer(name, number, error) from error
    except BadEventError:
        return None


def _in_order(event: Event, earlier: dict[str, Event], number: int, name: str) -> Event:
    if event.of is not None and event.of not in earlier:
        raise WorkspaceError(
            f"{name}, line {number}: speaks of the event {event.of}, which does not stand before "
            "it; put the file back from a copy."
        )
    return event


def append_events(path: Path, events: Sequence[Event], *, lock: Path) -> Appended:
    """Write events at the end of the log; they are on disk when this returns.

    All are written, or none. An event that equals one already there gets a later time, so that no
    two are the same.

    Raises:
        WorkspaceError: another process keeps the lock, the file cannot be written, or the log in
            place cannot be read.
        BadEventError: an event's parts do not fit together.
    """
    for event in events:
        check_event(event)
    with locked(lock, path):
        log = read_log(path)
        written = tuple(_unlike(events, {e.id for e in log.events}))
        # What is put aside is on disk before it leaves the log.
        aside = _set_aside(path, log.torn) if log.torn else None
        _write(path, log, b"".join(event_line(event) for event in written))
    return Appended(written, aside)


def _unlike(events: Sequence[Event], known: set[str]) -> Iterator[Event]:
    for event in events:
        fresh = event
        while fresh.id in known:
            later = datetime.fromisoformat(fresh.when) + timedelta(microseconds=1)
            fresh = replace(fresh, when=later.isoformat(timespec="microseconds"))
        known.add(fresh.id)
        yield fresh


@contextmanager
def locked(lock: Path, path: Path) -> Iterator[None]:
    """Keep other processes from writing to a log.

    Raises:
        WorkspaceError: one of them keeps the lock too long, or the folder cannot be written.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise WorkspaceError(
            f"{path}: another rodtrad process is writing decisions; try again in a moment."
        ) from error
    except OSError as error:
        raise WorkspaceError(
            f"{path}: cannot be written ({error.strerror}); give yourself write access, or free "
            "space on the disk. Nothing stored was lost."
        ) from error


def _set_aside(path: Path, torn: bytes) -> Path:
    aside = path.with_name(f"{path.name}.torn")
    with aside.open("ab") as file:
        file.write(torn + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return aside


def _write(path: Path, log: Log, data: bytes) -> None:
    is_new = not path.exists()
    # Unbuffered, so that nothing is left to be written after a failure.
    with path.open("ab" if is_new else "r+b", buffering=0) as file:
        try:
            file.truncate(log.whole)
            file.seek(log.whole)
            _write_all(file, data if log.closed else b"\n" + data)
            os.fsync(file.fileno())
        except OSError as error:
            file.truncate(log.whole)
            raise WorkspaceError(
                f"{path}: could not be written ({error.strerror}); no decision was stored."
            ) from error
    if is_new:
        _sync_folder(path.parent)


def _write_all(file: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _sync_folder(folder: Path) -> None:
    """Make a new file's name durable too; Windows does so by itself and opens no folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
