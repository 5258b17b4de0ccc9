"""Signals are worded by a table, in two languages."""

import numpy as np
import pytest

from rodtrad.tracing.aspects import load_aspects
from rodtrad.tracing.signals import (
    Signal,
    aspect_signals,
    in_english,
    in_words,
    same,
    told_aspects,
    turning_signal,
)


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


def test_aspects_are_told_by_how_telling_they_are() -> None:
    book = load_aspects()
    asked = book.counts("Barn bör få stöd med att söka ersättning.", "sv")
    idf = np.zeros(len(book), np.float32)
    places = {aspect.id: place for place, aspect in enumerate(book.aspects)}
    idf[places["group.children"]], idf[places["action.compensate"]] = 0.5, 2.0
    told = told_aspects(asked, idf)
    assert [book.aspects[i].id for i in told] == ["action.compensate", "group.children"]
    offered = book.counts("Uppdrag om barn", "sv")
    shared, missing = aspect_signals(told, offered, book=book)
    assert (shared.word("sv"), missing.word("en")) == (
        "gemensamt: barn",
        "missing in the measure: compensation",
    )
    (rests,) = turning_signal(told, offered, book=book, accepted=True)
    (would,) = turning_signal(told, offered, book=book, accepted=False)
    assert rests.names[0].en == "children"
    assert would.names[0].en == "compensation"
