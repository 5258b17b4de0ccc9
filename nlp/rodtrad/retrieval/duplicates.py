"""Passages that say the same: shown once, the others named beside it."""

from __future__ import annotations

SAME = 0.85
"""The share of common words from which two passages say the same."""


def words_of(letters: bytes) -> frozenset[bytes]:
    """The different words of a passage's text, from its letters (see `letters`)."""
    return frozenset(letters.rpartition(b"\n")[2].split())


def say_the_same(one: frozenset[bytes], other: frozenset[bytes]) -> bool:
    """Whether two texts have nearly all words in common (Jaccard similarity)."""
    fewer, more = sorted((len(one), len(other)))
    if fewer < SAME * more:  # not even if all of the fewer are common
        return False
    common = len(one & other)
    return common >= SAME * (len(one) + len(other) - common)
