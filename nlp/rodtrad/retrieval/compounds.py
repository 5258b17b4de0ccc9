"""Swedish compounds taken apart: *människohandelsärenden* → människo|handel|ärenden.

A part is known when the collection's own words hold it often enough as a word of its own, or when
it is in the shipped list `data/parts-sv.txt`. Among the ways to cut, the one whose parts are the
most frequent words wins (geometric mean; Koehn and Knight, 2003), if both halves are known.

A word that cannot be cut so is looked up in a dictionary, where there is one: it may say what its
halves are, or that it is a word of its own; a word it does not have is cut where both halves are
words of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import log
from typing import Protocol

from rodtrad.retrieval.stemming import stem

# First parts with a linking vowel that is no word: människo-, kvinno-, gatu-, samhälls-.
_VOWEL_ENDINGS = (("o", "a"), ("u", "a"), ("e", "a"), ("", "a"), ("", "e"))
_MIN_LEFT, _MIN_RIGHT, _MIN_WORD = 3, 3, 7
_STEM_SEEN = 3  # how often a stem must have been seen alone
_SHORT = 4  # parts shorter than this must be in the shipped list
_LONG = 10  # letters from which a word of the dictionary may be a compound it does not mark
_LISTED = 1.0  # the weight of a part that only the dictionary knows: that of a word seen twice


class Counts(Protocol):
    """How often words are seen."""

    def get(self, key: str, default: int, /) -> int:
        """The count of a word."""
        ...


class Dictionary(Protocol):
    """Swedish words, in the collection or not."""

    def halves(self, word: str) -> tuple[str, ...] | None:
        """The halves of a word of the dictionary; () if it names none, None if it has no such."""
        ...

    def of_stem(self, stem: str) -> tuple[str, ...]:
        """The words of the dictionary with a stem."""
        ...


@cache
def shipped_parts() -> dict[str, int]:
    """Words that take part in compounds, with how often they stood alone where counted."""
    text = files("rodtrad.retrieval").joinpath("data/parts-sv.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {word: int(count) for word, count in rows}


@cache
def shipped_stems() -> dict[str, int]:
    """The stems of the shipped parts, with the sum of their counts."""
    counts: dict[str, int] = {}
    for word, count in shipped_parts().items():
        if len(word) > _SHORT:
            root = stem(word, "sv")
            counts[root] = counts.get(root, 0) + count
    return counts


def known_stems(frequencies: Mapping[str, int]) -> dict[str, int]:
    """The stems of the shipped parts and of a collection's own words, with their counts."""
    stems = dict(shipped_stems())
    for word, count in frequencies.items():
        if len(word) > _SHORT:
            root = stem(word, "sv")
            stems[root] = max(stems.get(root, 0), count)
    return stems


@cache
def never_parts() -> frozenset[str]:
    """Endings and particles that look like words: *-ningen*, *upp-* (`data/not-parts-sv.txt`)."""
    text = files("rodtrad.retrieval").joinpath("data/not-parts-sv.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@dataclass
class CompoundSplitter:
    """Splits words by a table of word frequencies; keeps what it has split.

    `stems` are `known_stems(frequencies)`, which an index keeps because they take time to make.
    """

    frequencies: Counts
    stems: Counts = field(default_factory=dict[str, int], repr=False)
    dictionary: Dictionary | None = field(default=None, repr=False)
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _inner: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if isinstance(self.frequencies, Mapping):
            self.stems = self.stems or known_stems(self.frequencies)

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a casefolded word, in order; the word alone when it is no compound.

        Matches *människohandelsärenden*, *barnkoordinator*; must not match *regeringen*, *uppdrag*.
        """
        parts = self._known.get(word)
        if parts is None:
            parts = self._known[word] = self._split(word)
        return parts

    def inner(self, word: str) -> tuple[str, ...]:
        """Compounds inside a compound: *människohandelsärenden* holds *människohandel*."""
        self.split(word)
        return self._inner.get(word, ())

    def _split(self, word: str) -> tuple[str, ...]:
        if len(word) < _MIN_WORD or not word.isalpha():
            return (word,)
        best = self._best_cut(word) or self._listed_cut(word) or self._first_of_three(word)
        if best is None:
            return (word,)
        halves = [self.split(half) for half in best]
        inner = [half for half, parts in zip(best, halves, strict=True) if len(parts) > 1]
        deeper = [word for half in best for word in self._inner.get(half, ())]
        self._inner[word] = (*inner, *deeper)
        return tuple(part for half in halves for part in half)

    def _best_cut(self, word: str) -> tuple[str, str] | None:
        """The two halves whose counts say the most; None where no cut gives two known words."""
        best, best_score = None, 0.0
        for cut in range(_MIN_LEFT, len(word) - _MIN_RIGHT + 1):
            right = self._right(word[cut:])
            if right <= 0:
                continue
            left, base = self._left(word[:cut])
            score = (left + right) / 2
            if left > 0 and score > best_score:
                best, best_score = (base, word[cut:]), score
        return best

    def _first_of_three(self, word: str) -> tuple[str, str] | None:
        """The first of three known words and the other two: *företag|s|krisstöd*."""
        best, best_weight = None, 0.0
        for cut in range(_SHORT, len(word) - _MIN_WORD + 1):
            weight, base = self._left(word[:cut])
            is_word = base in shipped_parts() or self._headword(base)
            if is_word and weight > best_weight and self._best_cut(word[cut:]):
                best, best_weight = (base, word[cut:]), weight
        return best

    def _listed_cut(self, word: str) -> tuple[str, str] | None:
        """The halves by the dictionary: its own for a word it has, else two of its words."""
        if self.dictionary is None:
            return None
        headwords = self.dictionary.of_stem(stem(word, "sv"))
        for headword in headwords:
            at = self._cut_of_headword(headword)
            if at and word.startswith(headword[:at]) and len(word) - at >= _MIN_RIGHT:
                return self._unlinked(word[:at]) or word[:at], word[at:]
        found = () if headwords else self._cut_between(word)
        return found[1:] if found else None

    def _cut_of_headword(self, word: str) -> int:
        """Where a word of the dictionary is cut; 0 where it is no compound.

        The dictionary marks a few thousand of them. A long one that it does not mark is cut if both
        halves are its words as they stand.
        """
        halves = (self.dictionary and self.dictionary.halves(word)) or ()
        if len(halves) == 2:
            return len(halves[0])
        if len(word) < _LONG:
            return 0
        found = self._cut_between(word)
        return len(word) - len(found[2]) if found and self._headword(found[2]) else 0

    def _cut_between(self, word: str) -> tuple[float, str, str] | tuple[()]:
        """The best cut between two known words: its weight, first half, last half."""
        cuts: list[tuple[float, str, str]] = []
        for cut in range(_SHORT, len(word) - _SHORT + 1):
            first, last = self._unlinked(word[:cut]), word[cut:]
            weight = self._right(last) or self._listed(last)
            if first and weight:
                cuts.append((self._weight(first) + weight, first, last))
        return max(cuts, default=())

    def _unlinked(self, part: str) -> str | None:
        """A first part without its linking s, if it is a word."""
        for base in (part, part[:-1]) if part.endswith("s") else (part,):
            if base not in never_parts() and (self._weight(base) > 0 or self._headword(base)):
                return base
        return None

    def _headword(self, part: str) -> bool:
        """Whether the dictionary has a word of at least four letters, as it stands."""
        return len(part) >= _SHORT and bool(
            self.dictionary and self.dictionary.halves(part) is not None
        )

    def _listed(self, part: str) -> float:
        """The weight of a last part that only the dictionary knows, perhaps inflected."""
        if len(part) < _SHORT or part in never_parts() or self.dictionary is None:
            return 0.0
        for word in self.dictionary.of_stem(stem(part, "sv")):
            if len(word) >= _SHORT and part.startswith(word[:-1]):
                return _LISTED
        return 0.0

    def _right(self, part: str) -> float:
        """Weight of a last part, which may be inflected: *koordinatorerna* counts as its stem."""
        weight = self._weight(part)
        if weight <= 0 and len(part) > _SHORT and part not in never_parts():
            count = self.stems.get(stem(part, "sv"), 0)
            weight = log(1 + count) * 0.8 if count >= _STEM_SEEN else 0.0
        return weight

    def _left(self, part: str) -> tuple[float, str]:
        """Weight and plain form of a first part, its linking letters taken off."""
        if part in never_parts():
            return 0.0, part
        best = (self._weight(part), part)
        if part.endswith("s") and len(part) > _MIN_LEFT:
            weight = self._weight(part[:-1])
            if weight > 0 and weight >= best[0] * 0.6:
                best = (max(weight, best[0]), part[:-1])
        if best[0] <= 0:
            for ending, plain in _VOWEL_ENDINGS:
                if part.endswith(ending) and len(part) >= _SHORT:
                    base = part[: len(part) - len(ending)] + plain
                    weight = self._weight(base) * 0.9
                    if weight > best[0]:
                        best = (weight, base)
        return best

    def _weight(self, part: str) -> float:
        """Log frequency as a word of its own; 0 when unknown or never a part."""
        if part in never_parts():
            return 0.0
        shipped = shipped_parts().get(part, 0)
        own = self.frequencies.get(part, 0) if len(part) >= _SHORT else 0
        return log(1 + max(shipped, own)) if shipped or own >= 2 else 0.0
