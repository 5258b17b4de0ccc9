from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.retrieval.encoders.encodable import encodable

ANY_TEXT = st.text(st.characters(codec=None), max_size=300)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Åtgärd 12", "Åtgärd 12"),
        ("A\u030atga\u0308rd", "Åtgärd"),
        ("människo\u00adhandel", "människohandel"),
        ("före\x00efter", "före efter"),
        ("rad ett\r\nrad\ttvå", "rad ett rad två"),
        ("\ud800ensam", "ensam"),
        ("ﬁnans", "finans"),
        ("hårt\u00a0mellanslag", "hårt mellanslag"),
        ("\ufeffmärke", "märke"),
        ("\ufdfa", unicodedata.normalize("NFKC", "\ufdfa")),
        ("ordningens \u2581 tecken", "ordningens tecken"),
        (" \n ", ""),
    ],
)
def test_examples(text: str, expected: str) -> None:
    assert encodable(text) == expected


def test_a_long_text_is_cut_at_the_limit_after_it_has_grown() -> None:
    assert len(encodable("\ufdfa" * 100, limit=150)) <= 150


@given(ANY_TEXT)
def test_the_result_is_utf8_on_one_line_in_normal_form(text: str) -> None:
    result = encodable(text)
    assert result.encode().decode() == result
    assert "\x00" not in result
    assert result.split() == result.split(" ") or result == ""
    assert unicodedata.is_normalized("NFC", result)


@given(ANY_TEXT)
def test_reading_twice_changes_nothing(text: str) -> None:
    assert encodable(encodable(text)) == encodable(text)
