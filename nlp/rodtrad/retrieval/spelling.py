"""Words one edit away from a misspelt one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé"
_SHORTEST = 4


def edits(word: str) -> Iterator[str]:
    """All strings one deletion, transposition, replacement or insertion away."""
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
        if i + 1 < len(word):
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        for letter in _LETTERS:
            yield word[:i] + letter + word[i + 1 :]
    for i in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:i] + letter + word[i:]


def corrections(word: str, frequency: Callable[[str], int]) -> tuple[str, ...]:
    """Known words one edit away, the most frequent first; none for short words and numbers.

    `frequency` says in how many passages a word stands (0: unknown). Swapped and doubled letters
    are slips of the hand and go before others of like frequency.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return ()
    found = {other: frequency(other) for other in set(edits(word)) if other != word}
    known = [other for other, count in found.items() if count]
    return tuple(sorted(known, key=lambda other: (-found[other], other)))
