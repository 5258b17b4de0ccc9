"""Words one edit away from a misspelt one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé"
_UNMARKED = str.maketrans("åäöé", "aaoe")
_SHORTEST = 4
_SHORT = 5


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
    """Known words one slip of the hand away, the most frequent first; none for short words.

    `frequency` says in how many passages a word stands (0: unknown). The first letter is nearly
    always right: *wars* is not *mars*. Most words of five letters or fewer have another a letter
    away by chance, so there only letters that are swapped, doubled or left single are slips:
    *skoal*, *skolla*; *grid* is not *grad*.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return ()
    first = word[0].translate(_UNMARKED)
    near = {other for other in edits(word) if other[:1].translate(_UNMARKED) == first}
    found = {other: frequency(other) for other in near}
    known = [other for other, count in found.items() if count and _is_slip(word, other)]
    return tuple(sorted(known, key=lambda other: (-found[other], other)))


def _is_slip(word: str, other: str) -> bool:
    if word == other:
        return False
    is_swapped = sorted(word) == sorted(other)
    return len(word) > _SHORT or is_swapped or _plainest(word) == _plainest(other)


def _plainest(word: str) -> str:
    """A word without marks on its letters, whose doubled letters are written once."""
    return "".join(letter for letter, _ in groupby(word.translate(_UNMARKED)))
