"""Which words are taken for slips of the hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.retrieval.spelling import corrections, edits

LETTERS = st.text("abcdeåäö", min_size=4, max_size=8)


@pytest.mark.parametrize(
    ("word", "right"),
    [("skoal", "skola"), ("skolla", "skola"), ("polis", "poliss"), ("miljo", "miljö"),
     ("ovrigt", "övrigt"), ("handlngsplan", "handlingsplan"), ("mindigheten", "myndigheten")],
)  # fmt: skip
def test_a_slip_is_mended(word: str, right: str) -> None:
    assert corrections(word, [right].count) == (right,)


@pytest.mark.parametrize(
    ("word", "other"),
    [("wars", "mars"), ("hague", "vague"), ("hiking", "biking"), ("grid", "grad"),
     ("äter", "äger"), ("lag", "lagt"), ("a4b5", "a4b")],
)  # fmt: skip
def test_another_word_is_none(word: str, other: str) -> None:
    assert corrections(word, [other].count) == ()


@given(LETTERS, st.lists(LETTERS))
def test_corrections_are_known_words_one_edit_away(word: str, known: list[str]) -> None:
    found = corrections(word, known.count)
    assert set(found) <= set(known) & set(edits(word, upto=len(word))) - {word}
    assert list(found) == sorted(found, key=lambda other: (-known.count(other), other))


@given(LETTERS, st.lists(LETTERS))
def test_a_slip_comes_no_later_than_what_words_begin_with(word: str, known: list[str]) -> None:
    def begins(letters: str) -> bool:
        return any(one.startswith(letters) for one in known)

    assert corrections(word, known.count, begins=begins) == corrections(word, known.count)
