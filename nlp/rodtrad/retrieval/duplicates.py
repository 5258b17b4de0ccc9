"""Passages that say the same: shown once, the others named beside it."""

from __future__ import annotations

import re

from rodtrad.retrieval.tokenization import fold

SAME = 0.85
"""The share of common words from which two passages say the same."""
_WORD = re.compile(r"\w+")


def words_of(text: str) -> frozenset[str]:
    """The different words of a text, casefolded."""
    return frozenset(_WORD.findall(fold(text)))


def say_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts have nearly all words in common (Jaccard similarity)."""
    fewer, more = sorted((len(one), len(other)))
    if fewer < SAME * more:  # not even if all of the fewer are common
        return False
    common = len(one & other)
    return common >= SAME * (len(one) + len(other) - common)
