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


def detect_language(text: str, *, sample: int = 20_000) -> Language | None:
    """The language of a text by its function words; None for one with too few of either.

    Words that both languages have ("in", "under", "for") count for both.
    """
    words = [word.casefold() for word in _WORD.findall(text[:sample])]
    swedish = sum(word in _SWEDISH for word in words)
    swedish += sum(any(c in "åäö" for c in word) for word in words) // 4
    english = sum(word in _ENGLISH for word in words)
    if max(swedish, english) < 3 or swedish == english:
        return None
    return "sv" if swedish > english else "en"
