"""Fill a collection: one transaction a document, which may be done twice and in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from rodtrad.backends.postgres.lexemes import lengths, storable, tsvector
from rodtrad.backends.postgres.link import Link
from rodtrad.backends.postgres.schema import About, make_partition, make_schema
from rodtrad.retrieval.hits import DocumentInfo
from rodtrad.retrieval.lexical import LexicalPassage
from rodtrad.retrieval.store import StoredPassage

if TYPE_CHECKING:
    from psycopg import Connection

Outcome = Literal["loaded", "unchanged", "removed", "conflict"]
# Above so many passages the nearest vectors are found through a graph instead of compared with all,
# which is exact and up to there as fast. On 50,000 vectors resampled from real ones, with 100 real
# queries: all compared 63 ms; the graph 6 ms and recall@10 0.70 with 40 looked at, 83 ms and 0.97
# with 1,000 (`link`).
APPROXIMATE_FROM = 100_000
_PIECE = 1 << 20
_COLUMNS = (
    "part", "key", "document", "section", "path", "text", "at_start", "at_end", "span_start",
    "span_end", "language", "page", "flags", "agencies", "types", "kind", "date", "lengths",
    "words", "vector",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoadedPassage:
    """A passage with its terms and its centred vector."""

    stored: StoredPassage
    words: LexicalPassage
    vector: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class DocumentLoad:
    """A document to be put on the server.

    `version` is the digest of all below; `replaces` is the version that the server had when the
    load was planned, None where it had none: a third one means that somebody else was faster.
    """

    info: DocumentInfo
    version: str
    source: bytes
    passages: Sequence[LoadedPassage]
    replaces: str | None = None


class Loader:
    """Puts documents into a generation of a collection."""

    def __init__(self, link: Link, schema: str, about: About) -> None:
        self._link = link
        self._partition = about.partition
        self.is_new = link.run(lambda connection: make_schema(connection, schema, about))
        link.use(schema)
        self._parts: set[str] = set()

    def versions(self) -> dict[str, str]:
        """The version of every document that is there."""
        return dict(self._link.rows("SELECT id, version FROM documents"))

    def load(self, document: DocumentLoad) -> Outcome:
        """Put a document there, all of it or nothing.

        A document that is there in this version is left as it is; one that has meanwhile become a
        third version is left too, and the outcome is a conflict.
        """
        part = self._part(document.info)
        if part not in self._parts:
            self._link.run(lambda connection: make_partition(connection, part))
            self._parts.add(part)
        return self._link.run(lambda connection: _load(connection, document, part))

    def remove(self, identifier: str, *, replaces: str) -> Outcome:
        """Take a document out, unless it has become another version meanwhile."""

        def work(connection: Connection[Any]) -> Outcome:
            now = _version_now(connection, identifier)
            if now not in (None, replaces):
                return "conflict"
            connection.execute("DELETE FROM passages WHERE document = %s", (identifier,))
            connection.execute("DELETE FROM documents WHERE id = %s", (identifier,))
            connection.execute("INSERT INTO changes DEFAULT VALUES")
            return "removed"

        return self._link.run(work)

    def put_file(self, name: str, data: bytes) -> None:
        """Keep a file that all documents of the generation share."""
        pieces = [data[start : start + _PIECE] for start in range(0, len(data), _PIECE)]
        digest = blake2b(data, digest_size=16).hexdigest()

        def work(connection: Connection[Any]) -> None:
            # Another push may be about to put the same file there.
            connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))", (name,))
            same = "SELECT 1 FROM files WHERE name = %s AND digest = %s"
            if connection.execute(same, (name, digest)).fetchone():
                return
            connection.execute("DELETE FROM files WHERE name = %s", (name,))
            for place, piece in enumerate(pieces):
                row = (name, place, digest, piece)
                connection.execute("INSERT INTO files VALUES (%s, %s, %s, %s)", row)

        self._link.run(work)

    def finish(self) -> None:
        """Count words and passages, where any changed; a graph of vectors where there are many."""

        def work(connection: Connection[Any]) -> None:
            if not connection.execute("DELETE FROM changes RETURNING 1").fetchall():
                return
            connection.execute("REFRESH MATERIALIZED VIEW lexemes")
            connection.execute("DELETE FROM totals")
            connection.execute(
                "INSERT INTO totals SELECT count(*), ARRAY[coalesce(sum(lengths[1]), 0),"
                " coalesce(sum(lengths[2]), 0), coalesce(sum(lengths[3]), 0),"
                " coalesce(sum(lengths[4]), 0), coalesce(sum(lengths[5]), 0)] FROM passages"
            )
            ((size,),) = connection.execute("SELECT passages FROM totals").fetchall()
            if size >= APPROXIMATE_FROM:
                connection.execute("SET LOCAL maintenance_work_mem = '1GB'")
                connection.execute(
                    "CREATE INDEX IF NOT EXISTS passages_near ON passages"
                    " USING hnsw (vector vector_ip_ops) WITH (m = 24, ef_construction = 100)"
                )
            connection.execute("ANALYZE")

        self._link.run(work)

    def _part(self, info: DocumentInfo) -> str:
        if self._partition == "year":
            return (info.date or "")[:4] or "okänt"
        return info.kind


def _load(connection: Connection[Any], document: DocumentLoad, part: str) -> Outcome:
    now = _version_now(connection, document.info.id)
    if now == document.version:
        return "unchanged"
    if now not in (None, document.replaces):
        return "conflict"
    connection.execute("DELETE FROM passages WHERE document = %s", (document.info.id,))
    connection.execute("DELETE FROM documents WHERE id = %s", (document.info.id,))
    connection.execute("INSERT INTO changes DEFAULT VALUES")
    info = document.info
    connection.execute(
        "INSERT INTO documents VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (info.id, document.version, storable(info.title), info.kind, info.date, info.issuer,
         info.language, list(info.dnr), document.source),
    )  # fmt: skip
    with connection.cursor() as cursor:
        columns = ", ".join(_COLUMNS)
        with cursor.copy(f"COPY passages ({columns}) FROM STDIN") as copy:
            for one in document.passages:
                copy.write_row(_row(one, info, part))
    return "loaded"


def _version_now(connection: Connection[Any], identifier: str) -> str | None:
    """The version of a document, which nobody else changes until the transaction ends."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", (identifier,))
    found = connection.execute("SELECT version FROM documents WHERE id = %s", (identifier,))
    row = found.fetchone()
    return str(row[0]) if row else None


def _row(one: LoadedPassage, info: DocumentInfo, part: str) -> tuple[Any, ...]:
    p = one.stored.passage
    return (
        part, p.key, p.document, p.section, list(map(storable, p.path)), storable(p.text),
        p.at.start, p.at.end, p.span.start, p.span.end, p.language, p.page, list(p.flags),
        list(one.stored.facts.agencies), list(one.stored.facts.types), info.kind, info.date,
        lengths(one.words.terms), tsvector(one.words.terms), one.vector,
    )  # fmt: skip


def load_all(
    loader: Loader,
    known: Mapping[str, str],
    wanted: Mapping[str, str],
    read: Callable[[str], DocumentLoad],
    *,
    order: Iterable[str] = (),
) -> Iterator[tuple[str, Outcome]]:
    """Bring the server from the versions it has to those wanted, document by document.

    `read` gives a document when its turn comes, so that one at a time is in memory. What an earlier
    load did is not done again: after an interruption it goes on where it was.
    """
    for identifier in order or sorted(wanted):
        if known.get(identifier) == wanted[identifier]:
            yield identifier, "unchanged"
        else:
            yield identifier, loader.load(read(identifier))
    for identifier in sorted(known.keys() - wanted.keys()):
        yield identifier, loader.remove(identifier, replaces=known[identifier])
