"""Words one edit away from a misspelt one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé"
_UNMARKED = str.maketrans("åäöé", "aaoe")
_SHORTEST = 4
_SHORT = 5


def edits(word: str, *, upto: int) -> Iterator[str]:
    """All strings a deletion, transposition, replacement or insertion away.

    The slip comes after so many letters, or fewer.
    """
    for place in range(min(upto, len(word)) + 1):
        before, after = word[:place], word[place:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + after[1:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]


def corrections(
    word: str,
    frequency: Callable[[str], int],
    *,
    begins: Callable[[str], bool] = lambda letters: True,
) -> tuple[str, ...]:
    """Known words one slip of the hand away, the most frequent first; none for short words.

    `frequency` says in how many passages a word stands (0: unknown), `begins` whether any word
    begins so: the slip comes no later than what no word begins with. The first letter is nearly
    always right: *wars* is not *mars*. Most words of five letters or fewer have another a letter
    away by chance, so there only letters that are swapped, doubled or left single are slips:
    *skoal*, *skolla*; *grid* is not *grad*.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return ()
    lengths = range(len(word), _SHORTEST - 1, -1)
    upto = next((length for length in lengths if begins(word[:length])), _SHORTEST - 1)
    first = word[0].translate(_UNMARKED)
    alike = tuple(letter for letter in _LETTERS if letter.translate(_UNMARKED) == first)
    near = {other for other in edits(word, upto=upto) if other.startswith((word[0], *alike))}
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
