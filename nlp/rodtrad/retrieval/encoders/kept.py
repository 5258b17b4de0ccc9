"""Folders that are made once on a machine and kept in the user's cache."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

_LOG = logging.getLogger(__name__)
_MANIFEST = "manifest.json"


def cache_root() -> Path:
    """Where folders are kept: `RODTRAD_CACHE` if set, else the user's cache of this system."""
    import platformdirs

    named = os.environ.get("RODTRAD_CACHE")
    return Path(named) if named else Path(platformdirs.user_cache_dir("rodtrad"))


def kept_folder(name: str, make: Callable[[Path], None]) -> Path:
    """The folder `name` of the cache, made by `make(empty folder)` if missing or damaged.

    It appears whole or not at all; a second process that wants it waits for the first. What it
    should hold is recorded in it (size and digest of every file) and compared at each call.

    Raises:
        OSError: the cache cannot be written.
    """
    folder = cache_root() / name
    if _is_sound(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    from filelock import FileLock

    with FileLock(f"{folder}.lock"):
        if not _is_sound(folder):
            _make(folder, make)
    return folder


def _make(folder: Path, make: Callable[[Path], None]) -> None:
    if folder.exists():
        _LOG.warning("%s is damaged and is made anew.", folder)
        shutil.rmtree(folder)
    new = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    try:
        make(new)
        (new / _MANIFEST).write_text(json.dumps(_contents(new), indent=1), encoding="utf-8")
        new.replace(folder)
    finally:
        # Gone already when all went well.
        shutil.rmtree(new, ignore_errors=True)


def _is_sound(folder: Path) -> bool:
    try:
        recorded = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(recorded == _contents(folder))


def _contents(folder: Path) -> dict[str, list[str | int]]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): [path.stat().st_size, _digest(path)]
        for path in files
        if path.name != _MANIFEST
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
