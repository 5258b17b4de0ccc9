"""A text as words, as names are looked up in it: broken words joined, case and hyphens gone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

# "väg-och" is a slip for "väg- och": the hyphen does not tie a conjunction to the word before it.
_WORD = re.compile(r"(\w+(?:-(?!(?:och|eller|samt)\b)\w+)*)")
# A word broken at a line end ("Jämställdhets-⏎myndigheten"), also where the line end is a blank
# ("Polismyndig- heten"); "Post-⏎och" keeps its hyphen.
_BREAK = re.compile(
    r"-(?<=[^\W\d_]-)(?:[ \t]*\r?\n\s*|[ \t])"
    r"(?!(?:och|eller|samt|respektive|till|som|men|resp)\b)(?=[a-zåäöé])"
    r"|\u00ad(?:[ \t]*\r?\n\s*)?"
)


@dataclass(frozen=True)
class Words:
    """The words of a text.

    `text` is the text with broken words joined; `starts` and `ends` are offsets in it, `keys` the
    words in lower case without hyphens. `source` gives the offsets of the text as it was given.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[str]
    _cuts: list[int] = field(repr=False)
    _removed: list[int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.keys)

    def gap(self, index: int) -> str:
        """What stands between word `index - 1` and word `index`."""
        return self.text[self.ends[index - 1] : self.starts[index]]

    def raw(self, index: int) -> str:
        """Word `index` as written."""
        return self.text[self.starts[index] : self.ends[index]]

    def key(self, index: int) -> str:
        """The key of word `index`; empty outside the text."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the given text of the characters `[start, end)` of the joined one."""
        if not self._cuts:
            return start, end
        before_start = bisect_right(self._cuts, start)
        before_end = bisect_left(self._cuts, end)
        return start + self._removed[before_start], end + self._removed[before_end]

    def at(self, offset: int) -> int:
        """The index of the first word that starts at or behind `offset`."""
        return bisect_left(self.starts, offset)


def read_words(text: str) -> Words:
    """Cut a text into words, joining those broken at line ends."""
    joined, cuts, removed = _join_breaks(text)
    pieces = _WORD.split(_lowered(joined))
    offsets = list(accumulate(map(len, pieces)))
    keys = [key.replace("-", "") if "-" in key else key for key in pieces[1::2]]
    return Words(joined, offsets[:-1:2], offsets[1::2], keys, cuts, removed)


def _lowered(text: str) -> str:
    """The text in lower case and with plain hyphens, letter for letter."""
    plain = text.replace("\u2010", "-").replace("\u2011", "-")
    lowered = plain.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c if len(c.lower()) > 1 else c.lower() for c in plain)


def key_of(word: str) -> str:
    """The key under which a single word is looked up."""
    return _lowered(word).replace("-", "")


def _join_breaks(text: str) -> tuple[str, list[int], list[int]]:
    """The text without breaks, where they were (in the new text) and how much is gone by then."""
    pieces: list[str] = []
    cuts: list[int] = []
    removed = [0]
    last = length = 0
    for match in _BREAK.finditer(text):
        pieces.append(text[last : match.start()])
        length += match.start() - last
        cuts.append(length)
        removed.append(removed[-1] + match.end() - match.start())
        last = match.end()
    if not cuts:
        return text, cuts, removed
    pieces.append(text[last:])
    return "".join(pieces), cuts, removed
