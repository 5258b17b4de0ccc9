"""Vectors kept on disk by what was encoded, so that no text is encoded twice."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from rodtrad.errors import WorkspaceError
from rodtrad.retrieval.encoders.port import Vectors

FORMAT = 1
_LOG = logging.getLogger(__name__)
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_LOOKUP = 500


class VectorStore:
    """Key → vector in one SQLite file; safe for several processes at once.

    Each `put` is one transaction: an interruption loses at most the batch under way. A file that
    is not a sound store of this format is set aside under another name, with a warning in the log,
    and a new one begun: it holds nothing that cannot be computed again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, keys: Sequence[bytes], *, dimensions: int) -> dict[bytes, Vectors]:
        """The vectors that are there, sound and of this many dimensions."""
        with self._mended():
            return self._read(keys, dimensions)
        return {}

    def put(self, rows: Iterable[tuple[bytes, Vectors]]) -> None:
        """Keep these vectors; one that is there already is replaced."""
        values = [(key, row.astype("<f4").tobytes()) for key, row in rows]
        for _ in range(2):
            with self._mended():
                with closing(self._open()) as connection, connection:
                    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", values)
                return

    def _read(self, keys: Sequence[bytes], dimensions: int) -> dict[bytes, Vectors]:
        found = {}
        with closing(self._open()) as connection:
            for some in _slices(keys, _LOOKUP):
                marks = ",".join("?" * len(some))
                query = f"SELECT key, value FROM vectors WHERE key IN ({marks})"  # noqa: S608
                for key, value in connection.execute(query, some):
                    vector = _sound(value, dimensions)
                    if vector is not None:
                        found[key] = vector
        return found

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=60)
        try:
            _prepare(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    @contextmanager
    def _mended(self) -> Iterator[None]:
        """A damaged file is set aside and the block left; other failures become one sentence."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
                raise WorkspaceError(f"{self._path} cannot be used: {error}.") from error
            self._set_aside(str(error))
        except OSError as error:
            raise WorkspaceError(f"{self._path} cannot be used: {error}.") from error

    def _set_aside(self, reason: str) -> None:
        aside = self._path.with_name(f"{self._path.name}.damaged-{os.getpid()}")
        _LOG.warning("%s is damaged (%s): kept as %s, begun anew.", self._path, reason, aside.name)
        for suffix in ("-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        if self._path.exists():
            self._path.replace(aside)


def _prepare(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version not in (0, FORMAT):
        error = sqlite3.DatabaseError(f"written in format {version}, this version reads {FORMAT}")
        error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
        raise error
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if version == 0:
        with connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors"
                " (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
            )
            connection.execute(f"PRAGMA user_version = {FORMAT}")


def _sound(value: object, dimensions: int) -> Vectors | None:
    if not isinstance(value, bytes) or len(value) != 4 * dimensions:
        return None
    vector = np.frombuffer(value, dtype="<f4").astype(np.float32)
    if not np.isfinite(vector).all() or abs(float(np.linalg.norm(vector)) - 1.0) > 1e-3:
        return None
    return vector


def _slices(keys: Sequence[bytes], size: int) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
