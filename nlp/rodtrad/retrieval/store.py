"""Passages and documents by number, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from rodtrad.datamodel import Passage, Span
from rodtrad.errors import WorkspaceError
from rodtrad.retrieval.hits import DocumentInfo, PassageFacts, SearchFilters
from rodtrad.retrieval.letters import LetterFile, passage_letters
from rodtrad.retrieval.sqlitefile import open_file
from rodtrad.retrieval.traits import Numbers, Traits, TraitTable

T = TypeVar("T")
FORMAT = 6
_NAME = "passages.sqlite"
_SCHEMA = """
CREATE TABLE about (format INTEGER NOT NULL);
CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, date TEXT,
  issuer TEXT, language TEXT NOT NULL, dnr TEXT NOT NULL);
CREATE TABLE passages (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, document TEXT NOT NULL,
  section INTEGER, path TEXT NOT NULL, text TEXT NOT NULL, at_start INTEGER NOT NULL,
  at_end INTEGER NOT NULL, span_start INTEGER NOT NULL, span_end INTEGER NOT NULL,
  language TEXT NOT NULL, page INTEGER, flags TEXT NOT NULL, agencies TEXT NOT NULL,
  types TEXT NOT NULL);
CREATE INDEX passages_document ON passages (document);
"""
_CHUNK = 500
_KEPT = 5000
_FILTERS_KEPT = 2
_PAGES = 16_000  # kilobytes of the file's tree kept: of a million passages all but its leaves
_read_json = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its number and what was found in it."""

    id: int
    passage: Passage
    facts: PassageFacts


class PassageStore:
    """The passages of an index.

    Any thread may read: they share one connection and take turns, a statement at a time.
    """

    def __init__(
        self, connection: sqlite3.Connection, table: TraitTable, letters: LetterFile, folder: Path
    ) -> None:
        self._connection, self._table, self._folder = connection, table, folder
        self._letters = letters
        self._turn = Lock()
        self._read: dict[int, StoredPassage] = {}
        self._documents: dict[str, DocumentInfo] | None = None
        # Words and meaning ask for the same; kept with the store and freed with it.
        self._allowed = lru_cache(maxsize=_FILTERS_KEPT)(self._passing)

    @classmethod
    def create(cls, folder: Path) -> PassageStore:
        """An empty store in a folder."""
        connection = sqlite3.connect(folder / _NAME)
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO about VALUES (?)", (FORMAT,))
        return cls(connection, TraitTable.empty(), LetterFile.create(folder), folder)

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query; threads that read at the same time wait for each other."""
        with self._turn:
            return self._connection.execute(statement, values).fetchall()

    @classmethod
    def open(cls, folder: Path, *, for_change: bool = False) -> PassageStore:
        """The store of a folder, to be read only unless it is opened for a change.

        Raises:
            WorkspaceError: there is none, or another version wrote it.
        """
        path = folder / _NAME
        if not path.is_file():
            raise WorkspaceError(f"{folder}: there is no search index; run `rodtrad build`.")
        try:
            connection = open_file(path, for_change=for_change)
            connection.execute(f"PRAGMA cache_size = -{_PAGES}")
            (found,) = connection.execute("SELECT format FROM about").fetchone()
        except (sqlite3.Error, TypeError) as error:
            raise WorkspaceError(
                f"{path}: the passages cannot be read ({error}); run `rodtrad build`."
            ) from error
        if found != FORMAT:
            raise WorkspaceError(
                f"{path}: written in format {found}, this version reads {FORMAT}; "
                "run `rodtrad build`."
            )
        try:
            table = TraitTable.open(folder, for_change=for_change)
            letters = LetterFile.open(folder, for_change=for_change)
        except (OSError, ValueError, KeyError) as error:
            raise WorkspaceError(
                f"{folder}: the passages' traits or letters cannot be read ({error}); "
                "run `rodtrad build`."
            ) from error
        return cls(connection, table, letters, folder)

    def add_documents(self, documents: Iterable[DocumentInfo]) -> None:
        """Add documents, or replace those of the same id."""
        self._documents = None
        rows = [
            (d.id, d.title, d.kind, d.date, d.issuer, d.language, json.dumps(d.dnr))
            for d in documents
        ]
        self._connection.executemany("REPLACE INTO documents VALUES (?,?,?,?,?,?,?)", rows)

    def replace_documents(self, documents: Iterable[DocumentInfo]) -> None:
        """Let these be the documents; others are forgotten."""
        self._connection.execute("DELETE FROM documents")
        self._allowed.cache_clear()
        self.add_documents(documents)

    def documents_of_keys(self) -> dict[str, str]:
        """The document of every passage, by the passage's key."""
        return dict(self._rows("SELECT key, document FROM passages"))

    def add_passages(self, stored: Iterable[StoredPassage]) -> None:
        """Add passages under their numbers."""
        statement = f"INSERT INTO passages VALUES ({','.join('?' * 15)})"  # noqa: S608
        self._connection.executemany(statement, self._rows_of(stored))

    def _rows_of(self, stored: Iterable[StoredPassage]) -> Iterator[tuple[object, ...]]:
        self._allowed.cache_clear()
        for one in stored:
            self._table.add(one.id, one.passage, one.facts)
            self._letters.add(one.id, passage_letters(one.passage))
            yield _row(one)

    def commit(self) -> None:
        """Make what was added last."""
        self._connection.commit()
        self._table.save(self._folder)
        self._letters.save()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def delete(self, keys: Sequence[str]) -> list[int]:
        """Take passages out by key; returns their numbers."""
        ids = list(self.numbers(keys).values())
        self._read.clear()
        self._allowed.cache_clear()
        self._connection.executemany("DELETE FROM passages WHERE id = ?", [(i,) for i in ids])
        self._table.delete(ids)
        return ids

    def numbers(self, keys: Sequence[str]) -> dict[str, int]:
        """The numbers of passages by key; unknown keys are left out."""
        found: dict[str, int] = {}
        for chunk in _chunks(keys):
            marks = ",".join("?" * len(chunk))
            rows = self._rows(
                f"SELECT key, id FROM passages WHERE key IN ({marks})",  # noqa: S608
                chunk,
            )
            found.update((str(key), int(number)) for key, number in rows)
        return found

    def keys(self) -> dict[int, str]:
        """Key by number, of all passages."""
        rows = self._rows("SELECT id, key FROM passages")
        return {int(number): str(key) for number, key in rows}

    def next_number(self) -> int:
        """A number no passage has."""
        ((last,),) = self._rows("SELECT COALESCE(MAX(id), 0) FROM passages")
        return int(last) + 1

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Passages by number."""
        found = _kept(self._read, ids)
        for chunk in _chunks([number for number in ids if number not in found]):
            marks = ",".join("?" * len(chunk))
            rows = self._rows(
                f"SELECT * FROM passages WHERE id IN ({marks})",  # noqa: S608
                chunk,
            )
            for row in rows:
                stored = _stored(row)
                found[stored.id] = stored
        self._remember(found)
        return found

    def every(self) -> Iterator[StoredPassage]:
        """All passages in the order of their numbers, of which few are in memory at a time."""
        last = 0
        select = "SELECT * FROM passages WHERE id > ? ORDER BY id LIMIT ?"
        while rows := self._rows(select, (last, _CHUNK)):
            yield from map(_stored, rows)
            last = rows[-1][0]

    def traits(self, ids: Sequence[int]) -> dict[int, Traits]:
        """The traits of passages by number."""
        return self._table.traits(ids)

    def letters(self, ids: Sequence[int]) -> list[bytes]:
        """The letters of passages that are there (see `shapes`), in the order of the numbers."""
        return self._letters.letters(ids)

    def _remember(self, passages: Mapping[int, StoredPassage]) -> None:
        """Keep what was read last: one search, and the next, asks for it again."""
        if len(self._read) > _KEPT:
            self._read.clear()
        self._read.update(passages)

    def documents(self) -> Mapping[str, DocumentInfo]:
        """All documents by id."""
        if self._documents is None:
            self._documents = self._every_document()
        return self._documents

    def _every_document(self) -> dict[str, DocumentInfo]:
        rows = self._rows("SELECT * FROM documents ORDER BY id")
        return {
            row[0]: DocumentInfo(row[0], row[1], row[2], row[3], row[4], row[5], _strings(row[6]))
            for row in rows
        }

    def allowed(self, filters: SearchFilters) -> Numbers:
        """The numbers, rising, of the passages that pass a filter."""
        return self._allowed(filters)

    def _passing(self, filters: SearchFilters) -> Numbers:
        found = self._table.allowed(filters, self.documents())
        return np.intersect1d(found, self._in_sections(filters)) if filters.sections else found

    def _in_sections(self, filters: SearchFilters) -> list[int]:
        """The numbers of the passages under section labels that begin so."""
        either = " OR ".join(["value LIKE ? || '%'"] * len(filters.sections))
        statement = (
            "SELECT id FROM passages WHERE EXISTS"  # noqa: S608
            f" (SELECT 1 FROM json_each(passages.path) WHERE {either})"
        )
        values = [*filters.sections, *filters.documents]
        if filters.documents:
            statement += f" AND document IN ({','.join('?' * len(filters.documents))})"
        return [int(number) for (number,) in self._rows(statement, values)]


def _kept(memory: Mapping[int, T], ids: Sequence[int]) -> dict[int, T]:
    """What of these a memory has; another thread may empty it meanwhile."""
    found = {number: memory.get(number) for number in ids}
    return {number: one for number, one in found.items() if one is not None}


def _row(stored: StoredPassage) -> tuple[object, ...]:
    p = stored.passage
    return (
        stored.id, p.key, p.document, p.section, json.dumps(p.path, ensure_ascii=False), p.text,
        p.at.start, p.at.end, p.span.start, p.span.end, p.language, p.page, json.dumps(p.flags),
        json.dumps(stored.facts.agencies, ensure_ascii=False), json.dumps(stored.facts.types),
    )  # fmt: skip


def _stored(row: tuple[Any, ...]) -> StoredPassage:
    (number, key, document, section, path, text, at_start, at_end, start, end, language, page,
     flags, agencies, types) = row  # fmt: skip
    passage = Passage(
        key=key, document=document, section=section, path=_strings(path), text=text,
        at=Span(at_start, at_end), span=Span(start, end), language=language, page=page,
        flags=_strings(flags),
    )  # fmt: skip
    return StoredPassage(number, passage, PassageFacts(_strings(agencies), _strings(types)))


@lru_cache(maxsize=10_000)
def _strings(value: object) -> tuple[str, ...]:
    return tuple(_read_json(str(value))[0])


def _chunks(values: Sequence[object]) -> Iterator[list[object]]:
    for start in range(0, len(values), _CHUNK):
        yield list(values[start : start + _CHUNK])
