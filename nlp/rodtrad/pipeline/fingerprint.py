"""Digests that decide what must be done again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b, sha256
from importlib.resources import files
from pathlib import Path

# Packages whose code and data decide what is read from a document; search and tracing do not.
READING_PACKAGES = ("datamodel", "ingest", "segmentation", "entities", "statements")
_CHUNK = 1 << 20


def digest(parts: Iterable[str]) -> str:
    """A short digest of strings; the separator keeps ("ab", "c") apart from ("a", "bc")."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    total = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            total.update(chunk)
    return total.hexdigest()


@cache
def package_code(*names: str) -> str:
    """A digest of the code and data of some of our packages, so that no changed rule is missed."""
    root = Path(str(files("rodtrad")))
    paths = (p for name in names for p in sorted((root / name).rglob("*")))
    return digest(
        f"{p.relative_to(root).as_posix()}={blake2b(p.read_bytes()).hexdigest()}"
        for p in paths
        if p.is_file() and "__pycache__" not in p.parts
    )


def reading_code() -> str:
    """A digest of all that decides what is read from a document."""
    return package_code(*READING_PACKAGES)
