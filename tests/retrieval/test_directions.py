"""From a query's vector to a direction, and from a query to the text that is encoded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rodtrad.datamodel import Span
from rodtrad.errors import WorkspaceError
from rodtrad.retrieval.dense import DenseIndex, VectorSpace
from rodtrad.retrieval.directions import LANGUAGES, Directions, neutral_queries
from rodtrad.retrieval.query import Alternative, Concept, Origin, ParsedQuery
from rodtrad.retrieval.querytext import in_one_text
from rodtrad.retrieval.stemming import Language

WIDTH = 8
SV: frozenset[Language] = frozenset({"sv"})
EN: frozenset[Language] = frozenset({"en"})


def unit(rows: np.ndarray) -> np.ndarray:
    found: np.ndarray = (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)
    return found


def passages(count: int = 400) -> np.ndarray:
    """Vectors that differ most in their first direction, which says nothing."""
    scales = np.array([4.0, *[1.0] * (WIDTH - 1)])
    return unit(np.random.default_rng(5).standard_normal((count, WIDTH)) * scales)


def test_the_two_halves_of_the_neutral_queries_are_as_long() -> None:
    queries = neutral_queries()
    assert tuple(queries) == LANGUAGES
    assert len(queries["sv"]) == len(queries["en"]) >= 40
    assert len({query for half in queries.values() for query in half}) >= 79


def test_what_all_queries_share_is_taken_off() -> None:
    common = np.eye(WIDTH, dtype=np.float32)[1]
    subject = np.eye(WIDTH, dtype=np.float32)[2]
    neutral = [unit(common + 0.1 * passages(20)), unit(common + 0.1 * passages(20))]
    directions = Directions.learnt(neutral, passages())
    found = directions.of(unit(common + 0.5 * subject), SV)
    assert np.linalg.norm(found) == pytest.approx(1.0, abs=1e-5)
    assert abs(found[2]) > 3 * abs(found[1])


def test_directions_in_which_passages_differ_much_count_less() -> None:
    zeros = [np.zeros((2, WIDTH), dtype=np.float32)] * 2
    asked = unit(np.array([1.0, 0, 0, 1.0, 0, 0, 0, 0]))
    many = Directions.learnt(zeros, passages(400)).of(asked, SV)
    few = Directions.learnt(zeros, passages(3)).of(asked, SV)
    assert 0 < many[0] < 0.7 * many[3]
    assert many[0] / many[3] < few[0] / few[3] <= 1.0  # few passages say little


def test_a_query_in_both_languages_lies_between() -> None:
    neutral = [np.eye(WIDTH, dtype=np.float32)[[n, n]] for n in (1, 2)]
    directions = Directions.learnt(neutral, passages())
    assert directions.of(np.eye(WIDTH, dtype=np.float32)[1], SV).max() == pytest.approx(0, abs=1e-6)
    both = directions.of(np.eye(WIDTH, dtype=np.float32)[1], SV | EN)
    assert both[1] > 0 > both[2]


def test_plain_directions_change_nothing_and_rows_give_them_back() -> None:
    vector = passages(1)[0]
    assert np.allclose(Directions.plain(WIDTH).of(vector, EN), vector, atol=1e-6)
    kept = Directions.learnt([passages(3), passages(4)], passages())
    again = Directions.from_rows(kept.rows())
    assert np.array_equal(again.matrix, kept.matrix)
    assert np.array_equal(again.means, kept.means)
    with pytest.raises(ValueError, match="no directions"):
        Directions.from_rows(np.ones((WIDTH, WIDTH)))


def test_what_an_index_learnt_is_kept_with_it(tmp_path: Path) -> None:
    index = DenseIndex.create(VectorSpace("made", "1", WIDTH))
    rows = passages()
    index.add(list(range(len(rows))), rows)
    index.learn(lambda texts: unit(passages(len(texts)) + 1), rows)
    index.save(tmp_path)
    again = DenseIndex.open(tmp_path)
    asked = unit(np.arange(1.0, WIDTH + 1))
    assert np.array_equal(index.direction(asked, SV), again.direction(asked, SV))
    cosines = [score for _, score in again.search(again.direction(asked, SV), limit=400)]
    found = again.surprises(again.direction(asked, SV), cosines)
    assert np.mean(found) == pytest.approx(0.0, abs=0.2)
    assert np.std(found) == pytest.approx(1.0, abs=0.5)
    (tmp_path / "directions.npy").unlink()
    with pytest.raises(WorkspaceError, match="rodtrad build"):
        DenseIndex.open(tmp_path)


def concept(start: int, *ways: tuple[str, str, Origin]) -> Concept:
    alternatives = (Alternative((w,), "sv" if s == "sv" else "en", o, w) for w, s, o in ways)
    return Concept(ways[0][0], Span(start, start + 1), tuple(alternatives))


VICTIM = concept(0, ("victim", "en", "own"), ("offer", "sv", "dictionary"))
SUPPORT = concept(
    7,
    ("support", "en", "own"),
    ("underhåll", "sv", "dictionary"),
    ("stöd", "sv", "translation"),
    ("support", "sv", "cognate"),
)


@pytest.mark.parametrize(
    ("missing", "text", "languages"),
    [
        ((), "victim support offer stöd", {"sv", "en"}),
        (("stöd",), "victim support offer underhåll", {"sv", "en"}),
        (("stöd", "underhåll", "offer"), "victim support support", {"sv", "en"}),
        (("stöd", "support", "offer", "underhåll"), "victim support", {"en"}),
    ],
)
def test_an_english_query_is_read_with_the_surest_swedish_words_the_collection_has(
    missing: tuple[str, ...], text: str, languages: set[str]
) -> None:
    parsed = ParsedQuery("victim support", "en", (SUPPORT, VICTIM), meant="victim support")
    found = in_one_text(parsed, lambda way: way.shown not in missing)
    assert found.text == text
    assert set(found.languages) == languages


def test_a_concept_is_said_in_its_two_surest_words() -> None:
    shop = concept(
        0,
        ("shop", "en", "own"),
        ("butik", "sv", "dictionary"),
        ("affär", "sv", "dictionary"),
        ("handel", "sv", "dictionary"),
    )
    parsed = ParsedQuery("shops", "en", (shop,), meant="shops")
    assert in_one_text(parsed, lambda way: True).text == "shops butik affär"
    assert in_one_text(parsed, lambda way: way.shown != "butik").text == "shops affär handel"


def test_a_swedish_query_is_read_as_corrected() -> None:
    parsed = ParsedQuery("Stöd till vitnen", "sv", (), meant="Stöd till vittnen")
    assert in_one_text(parsed, lambda way: True).text == "Stöd till vittnen"
