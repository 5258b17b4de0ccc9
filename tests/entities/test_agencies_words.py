"""Words and their way back to the text as it was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.entities.agencies_words import read_words


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Post- och telestyrelsen", ["post", "och", "telestyrelsen"]),
        ("Post-och telestyrelsen", ["post", "och", "telestyrelsen"]),
        ("E-hälsomyndigheten", ["ehälsomyndigheten"]),
        ("Migrations-\nverket", ["migrationsverket"]),
        ("Läns-\r\nstyrelsen", ["länsstyrelsen"]),
        ("Post-\noch telestyrelsen", ["post", "och", "telestyrelsen"]),
        ("Polis\u00admyndigheten", ["polismyndigheten"]),
        ("2018-\n2020", ["2018", "2020"]),
    ],
)
def test_keys(text: str, keys: list[str]) -> None:
    assert read_words(text).keys == keys


@given(st.text(alphabet="aÅbö -\n\r\u00adİß1.", max_size=60))
def test_every_word_maps_to_its_letters(text: str) -> None:
    words = read_words(text)
    for index in range(len(words)):
        start, end = words.source(words.starts[index], words.ends[index])
        kept = [c for c in text[start:end] if c.isalnum()]
        assert kept == [c for c in words.raw(index) if c.isalnum()]
