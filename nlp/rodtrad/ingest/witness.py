"""Headings named elsewhere in the file: its outline (bookmarks) and its contents page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rodtrad.ingest.numbering import split_number
from rodtrad.ingest.pdfstructure import OutlineEntry

_PAGE = re.compile(r"[\s.…]*\b(?:\d{1,4}|[ivxl]+)$")
_WORD = re.compile(r"\w+")
_LEAST_ENTRIES = 3


@dataclass(frozen=True)
class Witness:
    """Titles that are headings, in a form that ignores case, blanks and punctuation."""

    outline: Mapping[str, int] = field(default_factory=dict)
    contents: frozenset[str] = frozenset()
    _firsts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, outline: Sequence[OutlineEntry], contents: Sequence[str]) -> Witness:
        """The witness of an outline and of the lines of contents pages."""
        levels: dict[str, int] = {}
        for entry in outline:
            levels.setdefault(_key(entry.title), entry.level)
        titles = frozenset(key for key in _entries(contents) if len(key) > 3)
        if len(titles) < _LEAST_ENTRIES:
            titles = frozenset()
        firsts = frozenset(key[:4] for key in [*levels, *titles] if key)
        return cls(levels, titles, firsts)

    def __bool__(self) -> bool:
        return bool(self._firsts)

    def begins(self, text: str) -> bool:
        """Whether some title starts like the text; a quick test."""
        start = _key(text[:24])[:4]
        return (start if len(start) == 4 else _key(text)[:4]) in self._firsts

    def names(self, text: str) -> bool:
        """Whether the text is one of the titles, with or without its number."""
        key = _key(text)
        return key in self.outline or key in self.contents

    def outline_level(self, text: str) -> int | None:
        """The level of a title in the outline, None if it is not there."""
        number = split_number(text)
        level = self.outline.get(_key(text))
        return level if level or not number else self.outline.get(_key(number.title))


NO_WITNESS = Witness()


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.casefold().replace("-\n", "")))


def _entries(lines: Sequence[str]) -> list[str]:
    """The titles on contents pages; an entry over two lines ends where its page number stands."""
    entries: list[str] = []
    waiting = ""
    for line in lines:
        waiting = f"{waiting} {line}".strip() if not waiting.endswith("-") else waiting[:-1] + line
        page = _PAGE.search(waiting)
        if page:
            entries.append(_key(waiting[: page.start()]))
            waiting = ""
        elif len(waiting) > 300:
            waiting = ""
    return entries
