"""What is asked of a word index, as values: every engine reads them in its own way.

A query gives a passage a score, or does not match it. Scores are BM25 (k1 1.2, b 0.75) per term and
field; how they are put together is said by the values here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple, TypeAlias


class InField(NamedTuple):
    """One term in one field."""

    field: str
    term: str


class InOrder(NamedTuple):
    """Terms of one field one after the other."""

    field: str
    terms: tuple[str, ...]


class BestOf(NamedTuple):
    """The best of several weighted queries, plus `tie` times the others."""

    queries: tuple[tuple[WordQuery, float], ...]
    tie: float = 0.0


class SumOf(NamedTuple):
    """The sum of several weighted queries; one that matches is enough."""

    queries: tuple[tuple[WordQuery, float], ...]


class AllOf(NamedTuple):
    """The sum of several queries, all of which must match."""

    queries: tuple[WordQuery, ...]


class Everything(NamedTuple):
    """Matches every passage, with a score of 1."""


WordQuery: TypeAlias = InField | InOrder | BestOf | SumOf | AllOf | Everything
Weighted: TypeAlias = Sequence[tuple[WordQuery, float]]


def term(field: str, text: str) -> WordQuery:
    """The query for one term in one field."""
    return InField(field, text)


def phrase(words: Sequence[str]) -> WordQuery:
    """The query for words as they stand, one after the other."""
    return InOrder("exact", tuple(words)) if len(words) > 1 else InField("exact", words[0])


def any_of(queries: Weighted, *, tie: float = 0.0) -> WordQuery:
    """The best of several weighted queries, plus `tie` times the others."""
    return BestOf(tuple(queries), tie)


def sum_of(queries: Weighted) -> WordQuery:
    """The sum of several weighted queries; one that matches is enough."""
    return SumOf(tuple(queries))


def all_of(queries: Sequence[WordQuery]) -> WordQuery:
    """The sum of several queries, all of which must match."""
    return AllOf(tuple(queries))


def leaves(query: WordQuery) -> Iterator[InField | InOrder]:
    """The terms and rows of terms in a query, from left to right."""
    match query:
        case InField() | InOrder():
            yield query
        case BestOf(queries) | SumOf(queries):
            for inner, _ in queries:
                yield from leaves(inner)
        case AllOf(parts):
            for inner in parts:
                yield from leaves(inner)
        case Everything():
            return


def without_trifles(query: SumOf, rarity: Callable[[str, str], float], *, least: float) -> SumOf:
    """A sum without the terms that can add nearly nothing to it.

    `rarity` is by field and term. What weighs, by its rarity, less than `least` times the
    weightiest term is left out: frequent words of synonyms and titles, say, which stand in half of
    a large collection and would take longest to look up.
    """
    weighed = list(_weighed(query, rarity))
    limit = least * max((value for _, value in weighed), default=0.0)
    return _only(query, frozenset(one for one, value in weighed if value >= limit))


def _weighed(
    query: SumOf, rarity: Callable[[str, str], float], factor: float = 1.0
) -> Iterator[tuple[InField, float]]:
    for one, weight in query.queries:
        if isinstance(one, SumOf):
            yield from _weighed(one, rarity, factor * weight)
        elif isinstance(one, InField):
            yield one, factor * weight * rarity(one.field, one.term)


def _only(query: SumOf, kept: Collection[InField]) -> SumOf:
    """A sum without the terms that are not kept."""
    parts = []
    for one, weight in query.queries:
        part = _only(one, kept) if isinstance(one, SumOf) else one
        if not (isinstance(part, InField) and part not in kept) and part != SumOf(()):
            parts.append((part, weight))
    return SumOf(tuple(parts))
