"""How much of a query a passage holds, letter by letter."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Span
from rodtrad.retrieval.letters import LetterFile, letters_of
from rodtrad.retrieval.query import Alternative, Concept
from rodtrad.retrieval.ranking import Weights
from rodtrad.retrieval.shapes import ShapeQuery, runs, runs_in
from rodtrad.retrieval.tokenization import fold


def concept(own: str, *translations: str) -> Concept:
    ways = [Alternative((own,), "sv", "own", own)]
    ways += [Alternative((word,), "sv", "translation", word) for word in translations]
    return Concept(own, Span(0, len(own)), tuple(ways))


def coverage(text: str, *concepts: Concept) -> float:
    asked = ShapeQuery(dict.fromkeys(concepts, 1.0), Weights().origins)
    return asked.coverages([letters_of(text)], ["sv"])[0]


@pytest.mark.parametrize(
    ("word", "nearer", "farther"),
    [
        ("sprutbyte", "Ökad tillgänglighet till sprututbytesverksamheter", "Byte av myndighet"),
        ("uppföljning", "Regeringen följer upp målen", "Regeringen betalar ut medel"),
        ("fallolyckor", "Uppdrag om fallprevention", "Uppdrag om tandvård"),
        ("kameraövervaking", "kameraövervakning ska förenklas", "försäkringar ska förenklas"),
    ],
)
def test_words_of_one_thing_share_letters(word: str, nearer: str, farther: str) -> None:
    assert coverage(nearer, concept(word)) > coverage(farther, concept(word))


def test_the_best_way_to_say_a_concept_counts() -> None:
    assert coverage("mutbrott och bestickning", concept("bribery", "mutbrott")) == 1.0


def test_concepts_share_the_weight() -> None:
    text = "barn i skyddat boende"
    assert coverage(text, concept("barn"), concept("trafikflyg")) == pytest.approx(0.5, abs=0.05)


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_coverage_is_a_share_and_whole_where_the_word_stands(text: str, word: str) -> None:
    if runs(word):
        assert 0.0 <= coverage(text, concept(word)) <= 1.0
        assert coverage(f"{text} {word} {text}", concept(word)) == pytest.approx(1.0)


@given(st.lists(st.text(max_size=60), max_size=4), st.lists(st.text(max_size=12), max_size=4))
def test_runs_are_found_where_they_stand(texts: list[str], words: list[str]) -> None:
    wanted = list(dict.fromkeys(run for word in (*words, *texts) for run in runs(word)))
    letters = [letters_of(text) for text in texts]
    assert runs_in(wanted, letters).tolist() == [[run in one for run in wanted] for one in letters]


def test_a_run_does_not_reach_from_one_text_into_the_next() -> None:
    assert not runs_in([b"boen"], [letters_of(text) for text in ("ett bo", "en gång")]).any()
    texts = map(letters_of, ["Åland", "”Öland”, Łódź"])
    assert runs_in(runs("Öland"), list(texts)).any(axis=1).tolist() == [True, True]


def test_letters_beyond_latin_1_are_found_too() -> None:
    assert coverage("En resa till Łódź", concept("Łódź")) == 1.0
    assert coverage("En resa till Öland", concept("Łódź")) == 0.0


@given(st.text(max_size=60))
def test_every_word_of_a_text_is_among_its_letters(text: str) -> None:
    assert len(letters_of(text).split()) == len(re.findall(r"\w+", fold(text)))


@given(st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=20)), max_size=12))
def test_letters_are_read_as_they_were_written(added: list[tuple[int, bytes]]) -> None:
    with TemporaryDirectory() as name:
        made = LetterFile.create(Path(name))
        for number, letters in added[::2]:
            made.add(number, letters)
        made.save()
        changed = LetterFile.open(Path(name), for_change=True)
        for number, letters in added[1::2]:
            changed.add(number, letters)
        changed.save()
        last = dict([*added[::2], *added[1::2]])
        assert LetterFile.open(Path(name)).letters(list(last)) == list(last.values())
