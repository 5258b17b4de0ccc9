"""Swedish or English, by their most frequent words and letters."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["sv", "en"]

_SWEDISH = frozenset(
    [
        "och",
        "att",
        "det",
        "som",
        "en",
        "av",
        "för",
        "med",
        "den",
        "till",
        "är",
        "ett",
        "om",
        "har",
        "inte",
        "på",
        "i",
        "de",
        "vid",
        "ska",
        "kan",
        "från",
        "eller",
        "samt",
        "även",
        "detta",
        "denna",
        "under",
        "enligt",
        "genom",
        "mot",
        "inom",
        "ut",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "in",
        "is",
        "that",
        "for",
        "with",
        "as",
        "on",
        "are",
        "by",
        "be",
        "this",
        "which",
        "from",
        "or",
        "should",
        "not",
        "have",
        "at",
        "it",
        "an",
        "their",
        "has",
        "was",
        "were",
        "its",
        "shall",
        "under",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile(r"[åäö][^\W\d_]*")


def detect_language(text: str, *, sample: int = 20_000) -> Language | None:
    """The language of a text by its function words; None for one with too few of either.

    Words that both languages have ("in", "under", "for") count for both.
    """
    folded = text[:sample].casefold()
    words = _WORD.findall(folded)
    swedish = sum(map(_SWEDISH.__contains__, words)) + len(_ACCENTED.findall(folded)) // 4
    english = sum(map(_ENGLISH.__contains__, words))
    if max(swedish, english) < 3 or swedish == english:
        return None
    return "sv" if swedish > english else "en"
