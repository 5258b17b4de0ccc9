"""Scores made from the server's counts are those of the embedded engine."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodtrad.backends.postgres.lexemes import lengths, lexeme, positions, tsvector
from rodtrad.backends.postgres.scoring import (
    Collection,
    PassageWords,
    in_order,
    rounded_length,
    score,
)
from rodtrad.retrieval.lexical import LexicalIndex, LexicalPassage
from rodtrad.retrieval.wordquery import (
    Everything,
    WordQuery,
    all_of,
    any_of,
    phrase,
    sum_of,
    term,
)

WORDS = ["barn", "stöd", "polis", "lag"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60)
TERMS = st.builds(term, st.sampled_from(["body", "exact"]), st.sampled_from(WORDS))
ROWS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=2, unique=True)
LEAVES = TERMS | ROWS.map(phrase)
WEIGHTED = st.lists(st.tuples(LEAVES, st.floats(0.1, 3.0)), min_size=1, max_size=3)
QUERIES = (
    LEAVES
    | WEIGHTED.map(sum_of)
    | WEIGHTED.map(lambda found: any_of(found, tie=0.1))
    | st.tuples(LEAVES, WEIGHTED).map(
        lambda pair: all_of([pair[0], sum_of([*pair[1], (Everything(), 1e-6)])])
    )
)


def on_server(texts: list[list[str]], query: WordQuery) -> dict[int, float]:
    """The scores as made from what the server keeps of each passage."""
    fields = [{"body": text, "exact": text} for text in texts]
    sizes = [lengths(one) for one in fields]
    held: Counter[str] = Counter()
    for text in texts:
        held.update(lexeme(name, word) for name in ("body", "exact") for word in set(text))
    collection = Collection(len(texts), [sum(row) for row in zip(*sizes, strict=True)], held)
    found = {}
    for number, (one, size) in enumerate(zip(fields, sizes, strict=True)):
        words = PassageWords(size, positions(tsvector(one)))
        points = score(query, words, collection)
        if points is not None:
            found[number] = points
    return found


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(TEXTS, min_size=2, max_size=8), query=QUERIES)
def test_scores_are_those_of_the_embedded_engine(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], query: WordQuery
) -> None:
    index = LexicalIndex.create(tmp_path_factory.mktemp("words"))
    index.add(
        LexicalPassage(number, {"body": text, "exact": text}, {})
        for number, text in enumerate(texts)
    )
    embedded = dict(index.search(query, limit=len(texts)))
    server = on_server(texts, query)
    assert embedded.keys() == server.keys()
    for number, points in server.items():
        assert math.isclose(points, embedded[number], rel_tol=1e-4, abs_tol=1e-5)


@pytest.mark.parametrize(
    ("length", "kept"), [(0, 0), (39, 39), (40, 40), (41, 40), (43, 42), (100, 96), (1000, 984)]
)
def test_lengths_are_rounded_as_one_byte_holds_them(length: int, kept: int) -> None:
    assert rounded_length(length) == kept


@pytest.mark.parametrize(
    ("rows", "times"),
    [
        ([[1, 5], [2, 6]], 2),
        ([[1], [3]], 0),
        ([[3], [2]], 0),
        ([[1, 2], [3]], 1),
        ([[1, 7], [2, 8], [3]], 1),
    ],
)
def test_rows_of_words_are_counted(rows: list[list[int]], times: int) -> None:
    assert in_order(rows) == times
