"""Vectors kept on disk by what was encoded, so that no text is encoded twice."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from rodtrad.retrieval.encoders.port import Subwords, Vectors

FORMAT = 1
_LOG = logging.getLogger(__name__)
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_LOOKUP = 500


class VectorStore:
    """Key → vector in one SQLite file; safe for several processes at once.

    Each `put` is one transaction: an interruption loses at most the batch under way. Nothing in
    the file is needed, so nothing about it stops the work: a damaged file, or one of another
    format, is set aside under another name and a new one begun; where the file cannot be read or
    written (read-only folder, full disk), vectors are not kept. The log warns of either.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._has_warned = False

    def get(self, keys: Sequence[bytes], *, dimensions: int) -> dict[bytes, Vectors]:
        """The vectors that are there, sound and of this many dimensions."""
        read = ((key, _sound(value, dimensions)) for key, value in self._values(keys))
        return {key: vector for key, vector in read if vector is not None}

    def get_subwords(self, keys: Sequence[bytes], *, dimensions: int) -> dict[bytes, Subwords]:
        """The pieces of texts that are there, sound and of this many dimensions."""
        read = ((key, _sound_subwords(value, dimensions)) for key, value in self._values(keys))
        return {key: subwords for key, subwords in read if subwords is not None}

    def put(self, rows: Iterable[tuple[bytes, Vectors]]) -> None:
        """Keep these vectors; one that is there already is replaced."""
        self._write([(key, row.astype("<f4").tobytes()) for key, row in rows])

    def put_subwords(self, rows: Iterable[tuple[bytes, Subwords]]) -> None:
        """Keep the pieces of these texts; those that are there already are replaced."""
        self._write([(key, _subwords_written(subwords)) for key, subwords in rows])

    def _values(self, keys: Sequence[bytes]) -> list[tuple[bytes, object]]:
        found: list[tuple[bytes, object]] = []
        with self._tolerant(), closing(self._open()) as connection:
            for some in _slices(keys, _LOOKUP):
                marks = ",".join("?" * len(some))
                query = f"SELECT key, value FROM vectors WHERE key IN ({marks})"  # noqa: S608
                found += connection.execute(query, some)
        return found

    def _write(self, values: Sequence[tuple[bytes, bytes]]) -> None:
        for _ in range(2):  # the second time in a new file, if this one turns out damaged
            with self._tolerant(), closing(self._open()) as connection:
                with connection:
                    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", values)
                return

    def keep_only(self, keys: Iterable[bytes]) -> int:
        """Forget all vectors but these, so that nothing of the others is left in the file.

        Returns how many were forgotten. Files that were set aside as damaged go too.
        """
        for path in self._path.parent.glob(f"{self._path.name}.damaged-*"):
            path.unlink()
        if not self._path.is_file():
            return 0
        try:
            with closing(self._open()) as connection:
                return _delete_others(connection, keys)
        except (sqlite3.DatabaseError, _ForeignFormatError):
            # What cannot be read cannot be told apart either.
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            return 0

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=60)
        try:
            _prepare(connection)
        except (sqlite3.Error, _ForeignFormatError):
            connection.close()
            raise
        return connection

    @contextmanager
    def _tolerant(self) -> Iterator[None]:
        try:
            yield
        except _ForeignFormatError as error:
            self._set_aside(str(error))
        except (sqlite3.OperationalError, OSError) as error:
            if not self._has_warned:
                _LOG.warning("Vectors are not kept: %s cannot be used (%s).", self._path, error)
            self._has_warned = True
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in _DAMAGE:
                raise
            self._set_aside(str(error))

    def _set_aside(self, reason: str) -> None:
        """Rename the file, unless another process has done so meanwhile."""
        from filelock import FileLock

        with FileLock(f"{self._path}.lock"):
            if _is_whole(self._path):
                return
            number = len(list(self._path.parent.glob(f"{self._path.name}.damaged-*"))) + 1
            aside = self._path.with_name(f"{self._path.name}.damaged-{number}")
            _LOG.warning("%s is damaged (%s): now %s, begun anew.", self._path, reason, aside.name)
            self._path.replace(aside)
            for suffix in ("-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)


class _ForeignFormatError(Exception):
    """The file was written by another version."""


def _is_whole(path: Path) -> bool:
    """Whether every page of the file can be read and is of this format; true if there is none."""
    if not path.exists():
        return True
    try:
        with closing(sqlite3.connect(path, timeout=60)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(version in (0, FORMAT) and verdict == "ok")


def _prepare(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version not in (0, FORMAT):
        raise _ForeignFormatError(f"format {version}; this version reads {FORMAT}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if version == 0:
        with connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors"
                " (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
            )
            connection.execute(f"PRAGMA user_version = {FORMAT}")


def _delete_others(connection: sqlite3.Connection, keys: Iterable[bytes]) -> int:
    connection.execute("PRAGMA secure_delete = ON")
    with connection:
        connection.execute("CREATE TEMP TABLE kept (key BLOB PRIMARY KEY)")
        connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in keys))
        query = "DELETE FROM vectors WHERE key NOT IN (SELECT key FROM kept)"
        gone = connection.execute(query).rowcount
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return int(gone)


def _sound(value: object, dimensions: int) -> Vectors | None:
    if not isinstance(value, bytes) or len(value) != 4 * dimensions:
        return None
    vector = np.frombuffer(value, dtype="<f4").astype(np.float32)
    if not np.isfinite(vector).all() or abs(float(np.linalg.norm(vector)) - 1.0) > 1e-3:
        return None
    return vector


def _subwords_written(subwords: Subwords) -> bytes:
    return subwords.telling.astype("<f4").tobytes() + subwords.vectors.astype("<f2").tobytes()


def _sound_subwords(value: object, dimensions: int) -> Subwords | None:
    size = 4 + 2 * dimensions
    if not isinstance(value, bytes) or len(value) % size:
        return None
    number = len(value) // size
    telling = np.frombuffer(value, dtype="<f4", count=number).astype(np.float32)
    vectors = np.frombuffer(value, dtype="<f2", offset=4 * number).astype(np.float16)
    if not (np.isfinite(telling).all() and np.isfinite(vectors).all()):
        return None
    return Subwords(vectors.reshape(number, dimensions), telling)


def _slices(keys: Sequence[bytes], size: int) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
