"""A workspace: the folder with `corpus/`, `indexes/` and optionally `rodtrad.toml`."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rodtrad.errors import WorkspaceError
from rodtrad.settings import Settings, read_settings

CATALOG_HEADER = """\
# What is known about the documents of this corpus. `rodtrad add` appends here; edit freely.
# Values given here win over what is read from the documents.
"""
_ROOM = "free space on the disk and run this again"
_REMEDIES = {
    errno.EACCES: "give yourself write access",
    errno.EPERM: "give yourself write access",
    errno.EROFS: "it lies on a disk that is mounted read-only",
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """The paths of one workspace and its settings."""

    root: Path
    settings: Settings

    @property
    def corpus(self) -> Path:
        """What people write: documents, recommendation lists, the catalogue."""
        return self.root / "corpus"

    @property
    def catalog(self) -> Path:
        """The catalogue file."""
        return self.corpus / "catalog.toml"

    @property
    def indexes(self) -> Path:
        """Derived files; may be deleted."""
        return self.root / "indexes"

    @property
    def reviews(self) -> Path:
        """The append-only log of human decisions."""
        return self.root / "reviews.jsonl"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other processes from writing to this workspace.

        Raises:
            WorkspaceError: another process is writing, or something cannot be written: no right, no
                room. What was stored before is as it was.
        """
        import sqlite3

        from filelock import FileLock, Timeout

        try:
            self.indexes.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.indexes / ".lock", timeout=0)
            with lock:
                yield
        except Timeout as error:
            raise WorkspaceError(
                f"{self.root}: another rodtrad process is writing here; wait until it is done."
            ) from error
        except (OSError, sqlite3.OperationalError) as error:
            number = getattr(error, "errno", None) or 0
            reason = getattr(error, "strerror", None) or str(error)
            raise WorkspaceError(
                f"{self.root}: cannot be written ({reason}); "
                f"{_REMEDIES.get(number, _ROOM)}. Nothing stored was lost."
            ) from error


def open_workspace(folder: Path) -> Workspace:
    """The workspace in exactly this folder.

    Raises:
        WorkspaceError: the folder has no `corpus/`.
    """
    if not (folder / "corpus").is_dir():
        raise WorkspaceError(
            f"{folder} is not a workspace (it has no corpus folder); run 'rodtrad init {folder}'."
        )
    return Workspace(folder.resolve(), read_settings(folder / "rodtrad.toml"))


def find_workspace(start: Path) -> Workspace:
    """The nearest workspace in `start` or a folder above it.

    A folder counts when it has both a `corpus` folder and a catalogue, an `indexes` folder or a
    settings file, so that some other project's `corpus` is not mistaken for one.

    Raises:
        WorkspaceError: there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        marks = (folder / "corpus" / "catalog.toml", folder / "indexes", folder / "rodtrad.toml")
        if (folder / "corpus").is_dir() and any(mark.exists() for mark in marks):
            return open_workspace(folder)
    raise WorkspaceError(
        f"no workspace in {start} or above it; run 'rodtrad init DIR' or choose one with -w DIR."
    )


def init_workspace(folder: Path) -> Workspace:
    """Make an empty workspace; leaves an existing one as it is.

    Raises:
        WorkspaceError: the folder cannot be made.
    """
    try:
        (folder / "corpus" / "sources").mkdir(parents=True, exist_ok=True)
        (folder / "indexes").mkdir(exist_ok=True)
        catalog = folder / "corpus" / "catalog.toml"
        if not catalog.exists():
            catalog.write_text(CATALOG_HEADER, encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(
            f"cannot make a workspace in {folder}: {error.strerror}; choose another folder."
        ) from error
    return open_workspace(folder)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file so that a reader sees the old or the new content, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def clear_unfinished(folder: Path) -> None:
    """Delete what a process that was ended in the middle of writing left in a folder.

    Only for whoever holds the lock: nobody else is writing then.
    """
    for path in folder.rglob(".*.tmp"):
        if path.is_file() and path.suffixes[-2:-1] and path.suffixes[-2][1:].isdigit():
            path.unlink(missing_ok=True)
