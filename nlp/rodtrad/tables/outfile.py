"""Where files that a person asked for are written."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from rodtrad.errors import UsageError


def write_file(path: Path, data: bytes) -> None:
    """Write a file that a person asked for.

    Raises:
        UsageError: it cannot be written: another program (Excel) has it open, or no right, no room.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}); close it in other programs, or choose "
            "another name."
        ) from error


def check_place(path: Path, endings: Collection[str]) -> None:
    """Refuse a file that cannot be written, before any long work.

    Args:
        path: the file.
        endings: those it may have, in small letters.

    Raises:
        UsageError: it has another ending, its folder does not exist, or it is a folder.
    """
    if path.suffix.lower() not in endings:
        raise UsageError(f"{path}: let the name end in {', '.join(endings)}.")
    if not path.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.parent}; make it first.")
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; choose another name.")
