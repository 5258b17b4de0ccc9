"""Names in a tree of words, found in one pass over a text, the longest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from rodtrad.entities.agencies_words import Words, read_words

Case = Literal["fold", "capital", "exact"]
Role = Literal["agency", "unit", "body", "head"]
# What may stand between two words of one name without belonging to the name's spelling.
_LOOSE = {"kungl": "."}


@dataclass(frozen=True, slots=True)
class Entry:
    """A body of the gazetteer. Years are inclusive, None where open or unknown."""

    id: str
    name: str
    type: str
    start: int | None = None
    end: int | None = None
    successor: str = ""

    def lives_in(self, year: int) -> bool:
        """Whether the body had this name in `year`, as far as is known."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


@dataclass(frozen=True, slots=True)
class Surface:
    """One way to write an entry.

    `case` is "fold" (any), "capital" (needs a capital) or "exact" (an acronym: as it stands).
    `unit` names the part of the authority that the surface means. A "head" opens a pattern of its
    own ("länsstyrelsen", "tingsrätterna i").
    """

    written: str
    entry: Entry
    case: Case = "fold"
    unit: str | None = None
    role: Role = "agency"

    def fits(self, raw: str) -> bool:
        """Whether the text's own letters may stand for this surface."""
        if self.case == "exact":
            return raw == self.written
        return self.case == "fold" or raw[0].isupper()


@dataclass(frozen=True, slots=True)
class Match:
    """Words `[first, last]` of a text that spell a name; offsets leave a genitive's s outside."""

    first: int
    last: int
    start: int
    end: int
    surfaces: tuple[Surface, ...]


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    found: list[tuple[Surface, bool]] = field(default_factory=list)


class Lexicon:
    """A tree of words. Add surfaces, then look for them in texts."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, surface: Surface) -> None:
        """Add a surface and its genitive, also as PDFs run it together ("Klimatoch närings...")."""
        for written in {surface.written, surface.written.replace("- och ", "och ")}:
            self._add(_edges(read_words(written)), surface)

    def _add(self, keys: list[str], surface: Surface) -> None:
        node = self._root
        for key in keys[:-1]:
            node = node.children.setdefault(key, _Node())
        node.children.setdefault(keys[-1], _Node()).found.append((surface, False))
        if not keys[-1].endswith(("s", "x", "z")):
            node.children.setdefault(keys[-1] + "s", _Node()).found.append((surface, True))

    def matches(self, words: Words) -> Iterator[Match]:
        """The names in a text from left to right, the longest at each place, none overlapping."""
        roots = self._root.children
        skip_to = 0
        for index, key in enumerate(words.keys):
            if key in roots and index >= skip_to:
                match = self._longest(words, index)
                if match is not None:
                    skip_to = match.last + 1
                    yield match

    def _longest(self, words: Words, first: int) -> Match | None:
        node = self._root.children[words.keys[first]]
        best = _fitting(node, words, first, first)
        for index in range(first + 1, len(words)):
            following = node.children.get(_edge(words, index))
            if following is None:
                break
            node = following
            best = _fitting(node, words, first, index) or best
        return best


def _edge(words: Words, index: int) -> str:
    gap = words.gap(index).strip().strip("-‐‑").strip()
    if gap and gap == _LOOSE.get(words.keys[index - 1]):
        gap = ""
    return gap + words.keys[index]


def _edges(words: Words) -> list[str]:
    return [words.keys[0], *(_edge(words, index) for index in range(1, len(words)))]


def _fitting(node: _Node, words: Words, first: int, last: int) -> Match | None:
    start, end = words.starts[first], words.ends[last]
    for genitive in (False, True):
        stop = end - genitive
        raw = words.text[start:stop]
        # "FMIS" is no genitive of the acronym "FMI".
        small = words.text[stop:end] != "S"
        fits = tuple(
            s
            for s, g in node.found
            if g is genitive and s.fits(raw) and (small or s.case != "exact")
        )
        if fits:
            return Match(first, last, start, stop, fits)
    return None
