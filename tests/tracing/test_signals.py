"""Signals are worded by a table, in two languages."""

import pytest

from rodtrad.tracing.aspects import load_aspects
from rodtrad.tracing.signals import Signal, in_english, in_words, same


def test_every_shared_aspect_can_be_said_in_english() -> None:
    book = load_aspects()
    for aspect in book.aspects:
        swedish = f"gemensamt: {aspect.names['sv']}, barn"
        (english,) = in_english([swedish], book=book)
        assert english.startswith("in common: ")
        assert english.endswith(", children")
        assert "riktlinjer" not in english


@pytest.mark.parametrize(
    ("swedish", "english"),
    [
        ("liknande ord", "similar words"),
        ("samma ärende: a2025/00637", "same matter: a2025/00637"),
        ("saknas i åtgärden: barn", "missing in the measure: children"),
        ("egen anteckning", "egen anteckning"),
    ],
)
def test_in_english(swedish: str, english: str) -> None:
    assert in_english([swedish], book=load_aspects()) == (english,)


def test_no_signal_is_said_too() -> None:
    assert in_words([], "sv") == ("inget tydligt gemensamt",)
    assert in_words([Signal("dnr", (same("a1"),))], "en") == ("same matter: a1",)
