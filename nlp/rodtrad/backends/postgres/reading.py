"""Passages, words and vectors of a collection, read from the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from rodtrad.backends.postgres.lexemes import lexeme, positions, tsquery, wanted_lexemes
from rodtrad.backends.postgres.link import Link
from rodtrad.backends.postgres.scoring import Collection, PassageWords, score
from rodtrad.datamodel import Passage, Span
from rodtrad.errors import WorkspaceError
from rodtrad.retrieval.dense import VectorSpace
from rodtrad.retrieval.directions import Directions
from rodtrad.retrieval.hits import DocumentInfo, PassageFacts, SearchFilters
from rodtrad.retrieval.letters import passage_letters
from rodtrad.retrieval.stemming import Language
from rodtrad.retrieval.store import StoredPassage
from rodtrad.retrieval.traits import Numbers, Traits
from rodtrad.retrieval.wordquery import SumOf, WordQuery

Vectors = npt.NDArray[np.float32]
# So many of the passages that match are scored exactly; where more match, a rough order chooses.
SCORED = 2000
_KEPT = 20_000
_PASSAGE = """
SELECT id, key, document, section, path, text, at_start, at_end, span_start, span_end, language,
  page, flags, agencies, types FROM passages WHERE id = ANY(%s)
"""
_TRAITS = "SELECT id, document, language, flags, agencies, types FROM passages WHERE id = ANY(%s)"
_RANKED = """
WITH found AS MATERIALIZED (
  SELECT id, lengths, words FROM passages WHERE {where}
  ORDER BY {rough} DESC, id LIMIT {scored})
SELECT id, lengths, ts_filter(setweight(words, 'A', %(lexemes)s::text[]), '{{a}}')::text FROM found
"""


class ServerPassages:
    """Passages and documents."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._read: dict[int, StoredPassage] = {}

    def documents(self) -> Mapping[str, DocumentInfo]:
        """All documents by id."""
        rows = self._link.rows(
            "SELECT id, title, kind, date, issuer, language, dnr FROM documents ORDER BY id"
        )
        return {row[0]: _info(row) for row in rows}

    def keys(self) -> dict[int, str]:
        """Passage key by number, of all passages."""
        return dict(self._link.rows("SELECT id, key FROM passages"))

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Passages by number; unknown numbers are left out. Those read last are kept."""
        missing = [number for number in ids if number not in self._read]
        if len(self._read) > _KEPT:
            self._read.clear()
            missing = list(ids)
        if missing:
            rows = self._link.rows(_PASSAGE, (missing,))
            self._read.update((row[0], _stored(row)) for row in rows)
        return {number: self._read[number] for number in ids if number in self._read}

    def traits(self, ids: Sequence[int]) -> dict[int, Traits]:
        """The traits of passages by number."""
        return {
            row[0]: Traits(row[1], row[2], *map(tuple, row[3:]))
            for row in self._link.rows(_TRAITS, (list(ids),))
        }

    def letters(self, ids: Sequence[int]) -> list[bytes]:
        """The letters of passages that are there (see `shapes`), in the order of the numbers."""
        stored = self.passages(ids)
        return [passage_letters(stored[number].passage) for number in ids]

    def allowed(self, filters: SearchFilters) -> Numbers:
        """The numbers, rising, of the passages that pass a filter."""
        where, values = conditions(filters)
        rows = self._link.rows(f"SELECT id FROM passages WHERE {where} ORDER BY id", values)  # noqa: S608
        return np.array([number for (number,) in rows], dtype=np.int64)


class ServerWords:
    """Terms in passages, ranked by BM25."""

    def __init__(self, link: Link) -> None:
        self._link = link
        ((passages, tokens),) = link.rows("SELECT passages, tokens FROM totals")
        self._passages, self._tokens = int(passages), tuple(tokens)
        self._frequency = lru_cache(maxsize=_KEPT)(self._read_frequency)

    def document_frequency(self, field: str, term: str) -> int:
        """How many passages hold a term in a field."""
        return self._frequency(lexeme(field, term))

    def _read_frequency(self, name: str) -> int:
        rows = self._link.rows("SELECT passages FROM lexemes WHERE lexeme = %s", (name,))
        return int(rows[0][0]) if rows else 0

    def terms_with_prefix(self, prefix: str, *, limit: int = 50) -> list[str]:
        """Words of the collection that begin so, in the field of plain words."""
        begun = lexeme("exact", prefix)
        # The last character is the highest there is: the index is read from one to the other.
        rows = self._link.rows(
            "SELECT lexeme FROM lexemes WHERE lexeme BETWEEN %s AND %s"
            " ORDER BY passages DESC, lexeme LIMIT %s",
            (begun, begun + "\U0010ffff", limit),
        )
        return [str(name)[2:] for (name,) in rows]

    def search(
        self, query: WordQuery, *, limit: int, filters: SearchFilters | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers and scores for a query, best first."""
        names = list(dict.fromkeys(wanted_lexemes(query)))
        frequencies = {name: self._frequency(name) for name in names}
        collection = Collection(self._passages, self._tokens, frequencies)
        statement, values = ranked_statement(query, collection, filters or SearchFilters())
        scored = []
        for number, lengths, literal in self._link.rows(statement, values | {"lexemes": names}):
            found = score(query, PassageWords(lengths, positions(literal)), collection)
            if found is not None:
                scored.append((int(number), found))
        return sorted(scored, key=lambda one: (-one[1], one[0]))[:limit]


class ServerVectors:
    """Vectors of passages, found by inner product; above a size in an HNSW graph a partition."""

    def __init__(self, link: Link) -> None:
        self._link = link
        ((model, revision, dimensions, centre, spread, directions),) = link.rows(
            "SELECT model, revision, dimensions, centre, spread, directions FROM about"
        )
        self.space = VectorSpace(model, revision, dimensions)
        self._centre = np.asarray(centre, dtype=np.float32)
        self._spread = float(spread)
        rows = np.frombuffer(directions, dtype="<f4").reshape(-1, dimensions)
        self._directions = Directions.from_rows(rows)
        ((size,),) = link.rows("SELECT passages FROM totals")
        self.size = int(size)

    def require(self, space: VectorSpace) -> None:
        """Refuse queries of another model.

        Raises:
            WorkspaceError: model, revision or dimension differ.
        """
        if space != self.space:
            raise WorkspaceError(
                f"the server holds vectors of {self.space.model} ({self.space.revision}), the "
                f"query comes from {space.model} ({space.revision}); set [encoder] alike, or run "
                "'rodtrad build' and 'rodtrad push'."
            )

    def search(
        self, query: Vectors, *, limit: int, among: Numbers | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers and cosines, best first, optionally only among some rising numbers."""
        where = "TRUE" if among is None else "id = ANY(%(among)s)"
        statement = (
            "SELECT id, -(vector <#> %(query)s) FROM passages"  # noqa: S608
            f" WHERE {where} ORDER BY vector <#> %(query)s, id LIMIT %(limit)s"
        )
        values: dict[str, Any] = {"query": query, "limit": limit}
        if among is not None:
            values["among"] = among.tolist()
        return [
            (int(number), float(cosine)) for number, cosine in self._link.rows(statement, values)
        ]

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """The centred vectors of passages that are on the server."""
        rows = dict(
            self._link.rows("SELECT id, vector FROM passages WHERE id=ANY(%s)", (list(ids),))
        )
        if not len(ids):
            return np.empty((0, self.space.dimensions), dtype=np.float32)
        return np.stack([rows[number].to_numpy() for number in ids])

    def direction(self, vector: Vectors, languages: frozenset[Language]) -> Vectors:
        """Where to look for what a query means, from its vector and the languages it is in."""
        return self._directions.of(vector, languages)

    def surprises(self, query: Vectors, cosines: Sequence[float]) -> list[float]:
        """How many standard deviations cosines lie above that of unrelated passages."""
        usual = float(self._centre @ query)
        return [(cosine - usual) / self._spread for cosine in cosines]


def ranked_statement(
    query: WordQuery, collection: Collection, filters: SearchFilters
) -> tuple[str, dict[str, Any]]:
    """The passages that match a query, those with the most of its rare words first."""
    where, values = conditions(filters)
    wanted = tsquery(query)
    if wanted is not None:
        where += " AND words @@ %(wanted)s::tsquery"
        values["wanted"] = wanted
    terms = []
    for place, (part, weight) in enumerate(_parts(query, collection)):
        terms.append(f"(words @@ %(part{place})s::tsquery)::int * {weight:.4f}")
        values[f"part{place}"] = part
    if wanted is not None:
        terms.append("ts_rank(words, %(wanted)s::tsquery, 2)")
    rough = " + ".join(terms) or "0"
    return _RANKED.format(where=where, rough=rough, scored=SCORED), values


def _parts(query: WordQuery, collection: Collection) -> list[tuple[str, float]]:
    """The concepts of a query with what the rarest word of each weighs."""
    found = []
    for part, weight in query.queries if isinstance(query, SumOf) else ():
        names = list(wanted_lexemes(part))
        wanted = tsquery(part)
        if wanted is not None and names:
            rarest = max(collection.idf(n) if collection.frequencies[n] else 0.0 for n in names)
            found.append((wanted, rarest * weight))
    return found


def conditions(filters: SearchFilters) -> tuple[str, dict[str, Any]]:
    """The filter as an SQL condition and its values."""
    clauses, values = ["TRUE"], dict[str, Any]()
    for column, wanted in {
        "document": filters.documents, "kind": filters.kinds, "language": filters.languages,
    }.items():  # fmt: skip
        if wanted:
            clauses.append(f"{column} = ANY(%({column})s)")
            values[column] = list(wanted)
    for column, wanted in {"agencies": filters.agencies, "types": filters.types}.items():
        if wanted:
            clauses.append(f"{column} && %({column})s::text[]")
            values[column] = list(wanted)
    if filters.sections:
        clauses.append(
            "EXISTS (SELECT 1 FROM unnest(path) AS label, unnest(%(sections)s::text[]) AS begun"
            " WHERE starts_with(lower(label), lower(begun)))"
        )
        values["sections"] = list(filters.sections)
    for name, sign, date in ("first", ">=", filters.from_date), ("last", "<=", filters.to_date):
        if date:
            clauses.append(f'left(date, {len(date)}) COLLATE "C" {sign} %({name})s')
            values[name] = date
    return " AND ".join(clauses), values


def _info(row: Sequence[Any]) -> DocumentInfo:
    identifier, title, kind, date, issuer, language, dnr = row
    return DocumentInfo(identifier, title, kind, date, issuer, language, tuple(dnr))


def _stored(row: Sequence[Any]) -> StoredPassage:
    passage = Passage(
        key=row[1], document=row[2], section=row[3], path=tuple(row[4]), text=row[5],
        at=Span(row[6], row[7]), span=Span(row[8], row[9]), language=row[10], page=row[11],
        flags=tuple(row[12]),
    )  # fmt: skip
    return StoredPassage(row[0], passage, PassageFacts(tuple(row[13]), tuple(row[14])))
