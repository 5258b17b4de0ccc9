"""Our terms as PostgreSQL keeps them: one tsvector a passage, the field in front of each term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rodtrad.retrieval.wordquery import (
    AllOf,
    BestOf,
    Everything,
    InField,
    InOrder,
    SumOf,
    WordQuery,
)

FIELDS = ("title", "path", "body", "parts", "exact")
_LETTER = {"title": "t", "path": "h", "body": "b", "parts": "c", "exact": "x"}
# A tsvector holds lexemes of up to 2 kB, and positions up to 16,383.
_LONGEST, _LAST = 400, 16_383
_FOUND = re.compile(r"'((?:[^'\\]|''|\\.)*)':([\dA-D,]+)", re.DOTALL)
_ESCAPED = re.compile(r"''|\\(.)", re.DOTALL)


def lexeme(field: str, term: str) -> str:
    """A term of a field as it stands in the tsvector; NUL, which PostgreSQL has not, is a blank."""
    return f"{_LETTER[field]}:{storable(term)[:_LONGEST]}"


def storable(text: str) -> str:
    """A text of the same length that PostgreSQL can hold: no NUL, no lone surrogates."""
    plain = text.replace("\x00", "\ufffd")
    return plain.encode("utf-8", "replace").decode() if not plain.isascii() else plain


def tsvector(terms: Mapping[str, Sequence[str]]) -> str:
    """The terms of all fields as a tsvector literal; each field has a stretch of positions."""
    places: dict[str, list[int]] = {}
    start = 1
    for field in FIELDS:
        row = terms.get(field, ())
        for offset, term in enumerate(row):
            places.setdefault(lexeme(field, term), []).append(min(start + offset, _LAST))
        start += len(row) + 1
    return " ".join(f"{quoted(one)}:{','.join(map(str, at))}" for one, at in places.items())


def lengths(terms: Mapping[str, Sequence[str]]) -> list[int]:
    """How many terms each field has, in the order of `FIELDS`."""
    return [len(terms.get(field, ())) for field in FIELDS]


def quoted(text: str) -> str:
    """A lexeme in a tsvector or tsquery literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def positions(literal: str) -> dict[str, list[int]]:
    """The lexemes of a tsvector's literal with their positions.

    >>> positions("'b:barn':1A,5A")
    {'b:barn': [1, 5]}
    """
    return {
        _ESCAPED.sub(lambda m: m[1] or "'", name): [int(at.rstrip("ABCD")) for at in row.split(",")]
        for name, row in _FOUND.findall(literal)
    }


def tsquery(query: WordQuery) -> str | None:
    """Which passages a query matches, as a tsquery; None where it matches all."""
    match query:
        case InField(field, term):
            return quoted(lexeme(field, term))
        case InOrder(field, terms):
            return f"({' <-> '.join(quoted(lexeme(field, term)) for term in terms)})"
        case BestOf(queries) | SumOf(queries):
            return _either([tsquery(one) for one, _ in queries])
        case AllOf(parts):
            wanted = [one for one in map(tsquery, parts) if one is not None]
            return " & ".join(f"({one})" for one in wanted) if wanted else None
        case Everything():
            return None


def _either(parts: Sequence[str | None]) -> str | None:
    found = [one for one in parts if one is not None]
    return " | ".join(f"({one})" for one in found) if len(found) == len(parts) else None


def wanted_lexemes(query: WordQuery) -> Iterator[str]:
    """The lexemes whose positions the score of a query depends on."""
    match query:
        case InField(field, term):
            yield lexeme(field, term)
        case InOrder(field, terms):
            yield from (lexeme(field, term) for term in terms)
        case BestOf(queries) | SumOf(queries):
            for one, _ in queries:
                yield from wanted_lexemes(one)
        case AllOf(parts):
            for one in parts:
                yield from wanted_lexemes(one)
        case Everything():
            return
