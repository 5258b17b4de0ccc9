"""What an index knows of words, in one SQLite file: counts, a dictionary, words taken apart.

Written when the index is built, so that a search neither counts, nor splits compounds, nor loads
tables of which it needs a few rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from rodtrad.errors import WorkspaceError
from rodtrad.retrieval.sqlitefile import open_file
from rodtrad.retrieval.tokenization import SeenWord

_NAME = "words.sqlite"
_SCHEMA = """
CREATE TABLE counts (kind TEXT NOT NULL, word TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (kind, word)) WITHOUT ROWID;
CREATE TABLE headwords (word TEXT PRIMARY KEY, stem TEXT NOT NULL, halves TEXT NOT NULL)
  WITHOUT ROWID;
CREATE INDEX headwords_stem ON headwords (stem);
CREATE TABLE translations (en TEXT NOT NULL, sv TEXT NOT NULL);
CREATE INDEX translations_en ON translations (en);
CREATE TABLE seen (written TEXT PRIMARY KEY, surface TEXT NOT NULL, kind TEXT NOT NULL,
  stem TEXT NOT NULL, parts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE forms (stem TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;
"""
_ADD_FORMS = """
INSERT INTO forms VALUES (?,?) ON CONFLICT DO UPDATE SET words = words || ' ' || excluded.words
"""
_CHUNK = 500
_KEPT = 50_000
Kind = Literal["word", "stem", "language"]


class WordStore:
    """The words of an index. Any thread may read; they take turns."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._turn = Lock()
        # Of one word a search asks several times; kept with the store and freed with it.
        self._look_up = lru_cache(maxsize=_KEPT)(self._rows)

    @classmethod
    def create(cls, folder: Path) -> WordStore:
        """An empty store in a folder."""
        connection = sqlite3.connect(folder / _NAME)
        connection.executescript(_SCHEMA)
        return cls(connection)

    @classmethod
    def open(cls, folder: Path, *, for_change: bool = False) -> WordStore:
        """The store of a folder, to be read only unless it is opened for a change.

        Raises:
            WorkspaceError: there is none, or it is damaged.
        """
        try:
            connection = open_file(folder / _NAME, for_change=for_change)
            connection.execute("SELECT 1 FROM forms LIMIT 1")
        except sqlite3.Error as error:
            raise WorkspaceError(
                f"{folder}: the words cannot be read ({error}); run `rodtrad build`."
            ) from error
        return cls(connection)

    def close(self) -> None:
        """Keep what was added, and close the file."""
        self._connection.commit()
        self._connection.close()

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        with self._turn:
            return self._connection.execute(statement, values).fetchall()

    def add_counts(self, kind: Kind, counts: Mapping[str, int]) -> None:
        """Add how often words or stems occur, or in how many passages a language does."""
        rows = ((kind, word, count) for word, count in counts.items())
        self._connection.executemany("INSERT INTO counts VALUES (?,?,?)", rows)

    def add_headwords(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Add words of a dictionary: word, stem, and its halves with "|" between, or ""."""
        self._connection.executemany("INSERT OR IGNORE INTO headwords VALUES (?,?,?)", rows)

    def add_translations(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Add English words and their Swedish translations."""
        self._connection.executemany("INSERT INTO translations VALUES (?,?)", pairs)

    def add_seen(self, words: Mapping[str, SeenWord]) -> None:
        """Add words of passages, by how they are written, as they were taken apart."""
        known = self.seen(words)
        fresh = {written: word for written, word in words.items() if written not in known}
        rows = ((w, s.surface, s.kind, s.text, " ".join(s.parts)) for w, s in fresh.items())
        self._connection.executemany("INSERT INTO seen VALUES (?,?,?,?,?)", rows)
        forms: dict[str, list[str]] = {}
        for written, word in ((w, fresh[w]) for w in sorted(fresh)):
            for stem in dict.fromkeys((word.text, *word.parts)) if word.kind == "word" else ():
                forms.setdefault(stem, []).append(written)
        self._connection.executemany(_ADD_FORMS, ((s, " ".join(w)) for s, w in forms.items()))

    def forms(self, stems: Collection[str]) -> frozenset[str]:
        """The words of passages, as written, that have one of some stems or one as a part."""
        return frozenset(word for stem in stems for word in self._forms_of(stem))

    def _forms_of(self, stem: str) -> list[str]:
        rows = self._look_up("SELECT words FROM forms WHERE stem = ?", (stem,))
        return rows[0][0].split(" ") if rows else []

    def seen(self, words: Collection[str]) -> dict[str, SeenWord]:
        """Words of passages as they were taken apart; words never seen are left out."""
        wanted, found = list(words), {}
        for start in range(0, len(wanted), _CHUNK):
            some = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(some))
            for written, surface, kind, stem, parts in self._rows(
                f"SELECT * FROM seen WHERE written IN ({marks})",  # noqa: S608
                some,
            ):
                found[written] = SeenWord(stem, surface, kind, tuple(parts.split()))
        return found

    def translations(self, word: str) -> tuple[str, ...]:
        """Swedish words for an English one, from the general dictionary."""
        rows = self._look_up("SELECT sv FROM translations WHERE en = ?", (word,))
        return tuple(str(sv) for (sv,) in rows)

    def halves(self, word: str) -> tuple[str, ...] | None:
        """The halves of a word of the dictionary; () if it names none, None if it has no such."""
        rows = self._look_up("SELECT halves FROM headwords WHERE word = ?", (word,))
        return tuple(rows[0][0].split("|")) if rows and rows[0][0] else () if rows else None

    def of_stem(self, stem: str) -> tuple[str, ...]:
        """The words of the dictionary with a stem."""
        rows = self._look_up("SELECT word FROM headwords WHERE stem=?", (stem,))
        return tuple(word for (word,) in rows)

    def counts(self, kind: Kind) -> StoredCounts:
        """The counts of words, or of stems, read one at a time."""
        return StoredCounts(self, kind)

    def count(self, kind: Kind, word: str) -> int:
        """How often a word or a stem stands in the collection; 0 when it does not."""
        rows = self._look_up("SELECT count FROM counts WHERE kind=? AND word=?", (kind, word))
        return int(rows[0][0]) if rows else 0


class StoredCounts:
    """Counts that are looked up in the file when asked for."""

    def __init__(self, store: WordStore, kind: Kind) -> None:
        self._store, self._kind = store, kind

    def get(self, key: str, default: int, /) -> int:
        """The count of a word."""
        return self._store.count(self._kind, key) or default
