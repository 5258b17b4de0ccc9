"""BM25 of word queries from what the server says of each passage, as the embedded engine counts it.

The embedded engine keeps a field's length in one byte; the same rounding is done here, so that the
scores of both agree to the precision of single floats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from rodtrad.backends.postgres.lexemes import FIELDS, lexeme
from rodtrad.retrieval.wordquery import (
    AllOf,
    BestOf,
    Everything,
    InField,
    InOrder,
    SumOf,
    WordQuery,
)

K1, B = 1.2, 0.75
_EXACT = 24
_BITS = 4


def rounded_length(length: int) -> int:
    """A field's length as one byte holds it: exact to 40, then four significant bits.

    >>> rounded_length(39), rounded_length(43), rounded_length(200)
    (39, 42, 184)
    """
    rest = length - _EXACT
    spare = max(rest, 0).bit_length() - _BITS
    return length if spare <= 0 else _EXACT + (rest >> spare << spare)


@dataclass(frozen=True, slots=True)
class PassageWords:
    """What a score depends on: a passage's terms a field, and where the wanted ones stand."""

    lengths: Sequence[int]
    positions: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Collection:
    """How many passages there are, their terms a field, and how many hold each lexeme."""

    passages: int
    tokens: Sequence[int]
    frequencies: Mapping[str, int]

    def idf(self, name: str) -> float:
        """The weight of a lexeme: the rarer the higher."""
        found = self.frequencies.get(name, 0)
        return log(1 + (self.passages - found + 0.5) / (found + 0.5))


def score(query: WordQuery, words: PassageWords, collection: Collection) -> float | None:
    """The score of a passage; None where the query does not match it."""
    match query:
        case InField(field, term):
            name = lexeme(field, term)
            count = len(words.positions.get(name, ()))
            return _bm25(field, count, collection.idf(name), words, collection)
        case InOrder(field, terms):
            names = [lexeme(field, term) for term in terms]
            rows = [words.positions.get(name, ()) for name in names]
            idf = sum(map(collection.idf, names))
            return _bm25(field, in_order(rows), idf, words, collection)
        case BestOf(queries, tie):
            found = _weighted(queries, words, collection)
            return max(found) * (1 - tie) + tie * sum(found) if found else None
        case SumOf(queries):
            found = _weighted(queries, words, collection)
            return sum(found) if found else None
        case AllOf(parts):
            each = [score(one, words, collection) for one in parts]
            return None if None in each else sum(one for one in each if one is not None)
        case Everything():
            return 1.0


def _weighted(
    queries: Sequence[tuple[WordQuery, float]], words: PassageWords, collection: Collection
) -> list[float]:
    scores = ((score(one, words, collection), weight) for one, weight in queries)
    return [found * weight for found, weight in scores if found is not None]


def _bm25(
    field: str, count: int, idf: float, words: PassageWords, collection: Collection
) -> float | None:
    if not count:
        return None
    place = FIELDS.index(field)
    average = collection.tokens[place] / max(collection.passages, 1)
    length = rounded_length(words.lengths[place])
    return idf * (K1 + 1) * count / (count + K1 * (1 - B + B * length / average))


def in_order(rows: Sequence[Sequence[int]]) -> int:
    """How often terms stand one after the other, from the places of each."""
    firsts = [{at - offset for at in row} for offset, row in enumerate(rows)]
    return len(set.intersection(*firsts))
