"""Where sentences begin and end, for rules that must not look past them."""

from __future__ import annotations

import re
from functools import cache

from rodtrad.entities.datafiles import read_rows

_BOUNDARY = re.compile(
    r"\n[ \t]*\n\s*|\n(?=[ \t]*[•*#◦–-][ \t])|[.!?](?<!\s.)[”\"’)\]]*\s+(?=[A-ZÅÄÖ”\"(•])"
)
_LAST_WORD = re.compile(r"[\wåäöÅÄÖ.&]+\.?$")
_REACH = 4000
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_INITIAL = re.compile(r"(?:^|\s)[A-ZÅÄÖ]\.$")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in read_rows("abbreviations.tsv"))


def sentence_around(text: str, offset: int) -> tuple[int, int]:
    """Start and end of the sentence of `text` that holds the character at `offset`.

    A blank line, a bullet or a full stop ends a sentence; full stops of abbreviations ("prop.
    2016/17:93", "bl.a. Polismyndigheten") end nothing. A sentence longer than 4,000 characters on
    either side is cut there.
    """
    return _start_before(text, offset), _end_after(text, offset)


def _start_before(text: str, offset: int) -> int:
    for reach in (400, _REACH):
        begin = max(0, offset - reach)
        stops = [m.end() for m in _BOUNDARY.finditer(text, begin, offset + 1) if _ends(text, m)]
        if stops and stops[-1] <= offset:
            return stops[-1]
        if len(stops) > 1:
            return stops[-2]
    return begin


def _end_after(text: str, offset: int) -> int:
    for match in _BOUNDARY.finditer(text, offset, min(len(text), offset + _REACH)):
        if _ends(text, match):
            return match.start() + (match.group()[0] != "\n")
    return min(len(text), offset + _REACH)


def _ends(text: str, boundary: re.Match[str]) -> bool:
    """Whether a match of `_BOUNDARY` really ends a sentence: not the stop of an abbreviation."""
    stop = boundary.start()
    if text[stop] != "." or _BLANK_LINE.search(boundary.group()):
        return True
    word = _LAST_WORD.search(text, max(0, stop - 16), stop + 1)
    if word is None:
        return True
    return word.group().lower() not in _abbreviations() and not _INITIAL.search(
        text, max(0, stop - 2), stop + 1
    )
