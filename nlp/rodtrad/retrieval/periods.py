"""Which days a query names: years, months, seasons, quarters, decades, and from when to when.

Matches "2011", "december 2020", "hösten 2019", "first quarter of 2021", "1990-talet", "mellan 2015
och 2018", "since 2019"; must not match the number of a case or a reference, nor a month without a
year. Days are numbers as in `lexical.day_number`: 20201231.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rodtrad.retrieval.tokenization import find_references, fold

_ALWAYS = 99_999_999
_YEARS_OF_DECADE = 10
_BETWEEN = re.compile(r"\s*(?:och|and|till|to|–|-|t\.?o\.?m\.?|till och med|through|until)\s*")
_SINCE = re.compile(
    r"(?:\bsedan|\bsince|\bfrån och med|\bfr(?:\.\s?|\s)o\.?\s?m\.?|\bfrom the start of)\s*$"
)
_AFTER = re.compile(r"(?:\befter|\bafter)\s*$")
_BEFORE = re.compile(r"(?:\bföre|\binnan|\bbefore)\s*$")
_UNTIL = re.compile(r"(?:\btill och med|\bt\.?o\.?m\.?|\bup to|\buntil|\bfram till|\bsenast)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:-talet|-tal|s)?")
_ONWARDS = re.compile(r"\s*(?:och framåt|och senare|and later|and onwards|onwards)\b")


class Period(NamedTuple):
    """The first and the last day, both included; `is_short` of one within a year."""

    first: int
    last: int
    is_short: bool = False

    def holds(self, first: int, last: int) -> bool:
        """Whether the days from first to last all lie in it; none do where first is 0."""
        return first > 0 and self.first <= first and last <= self.last

    def ends(self) -> tuple[str | None, str | None]:
        """The first and the last day as dates; None for an open end."""
        return _iso(self.first), _iso(self.last)


def _iso(day: int) -> str | None:
    """A day number as a date; None where it is no day of ours.

    >>> _iso(20201231)
    '2020-12-31'
    """
    written = str(day)
    return None if day in (1, _ALWAYS) else f"{written[:4]}-{written[4:6]}-{written[6:]}"


class _Named(NamedTuple):
    period: Period
    start: int
    end: int


@cache
def _parts_of_year() -> dict[str, tuple[int, int]]:
    """Words for months, seasons, quarters → first and last month (`data/parts-of-year.tsv`)."""
    text = files("rodtrad.retrieval").joinpath("data/parts-of-year.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {w: (int(first), int(last)) for words, first, last in rows for w in words.split("|")}


@cache
def _named() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _parts_of_year()), key=len, reverse=True))
    return re.compile(
        rf"(?:\b(?P<part>{words})\.?\s+(?:(?:of|av|år|in)\s+)?)?"
        r"(?<![\d:/-])(?P<year>(?:19|20)\d\d)(?P<decade>-talet\b|s\b|-tal\b)?(?![\d:/])"
    )


_DATED = (
    "dated issued published sent decided adopted received"
    " daterad utfärdad publicerad skickad utskickad beslutad antagen inkommen"
    " daterade utfärdade publicerade skickade utskickade beslutade antagna inkomna"
)
"""Words for what is done to a document on its day."""


@cache
def _words_of_time() -> frozenset[str]:
    named = frozenset(word for name in _parts_of_year() for word in name.split())
    return named | frozenset(_DATED.split())


def names_time(text: str) -> bool:
    """Whether all words of a text are those of a day: *juni*, *första kvartalet*, *utfärdad*."""
    words = fold(text).split()
    return all(word in _words_of_time() or _YEAR.fullmatch(word) for word in words)


def asked_periods(text: str) -> tuple[Period, ...]:
    """The periods that a query names, from left to right."""
    plain = fold(text)
    if _YEAR.search(plain) is None:  # as in most; the words for parts of a year need not be read
        return ()
    for one in find_references(text):
        plain = plain[: one.start] + " " * (one.end - one.start) + plain[one.end :]
    found = list(_found(plain))
    return tuple(_related(plain, found))


def _found(text: str) -> Iterator[_Named]:
    for match in _named().finditer(text):
        year = int(match["year"])
        if match["decade"]:
            period = Period(year * 10_000 + 101, (year + _YEARS_OF_DECADE - 1) * 10_000 + 1231)
        elif match["part"]:
            first, last = _parts_of_year()[match["part"]]
            ended = year + (last < first)
            period = Period(year * 10_000 + first * 100 + 1, ended * 10_000 + last * 100 + 31, True)
        else:
            period = Period(year * 10_000 + 101, year * 10_000 + 1231)
        yield _Named(period, match.start(), match.end())


def _related(text: str, found: list[_Named]) -> Iterator[Period]:
    """The periods with the words about them: from one to another, since, before."""
    position = 0
    while position < len(found):
        one = found[position]
        other = found[position + 1] if position + 1 < len(found) else None
        if other and _BETWEEN.fullmatch(text, one.end, other.start):
            yield Period(one.period.first, other.period.last)
            position += 2
            continue
        before = text[: one.start]
        if _SINCE.search(before) or _ONWARDS.match(text, one.end):
            yield Period(one.period.first, _ALWAYS)
        elif _AFTER.search(before):
            yield Period(one.period.last + 1, _ALWAYS)
        elif _BEFORE.search(before):
            yield Period(1, one.period.first - 1)
        elif _UNTIL.search(before):
            yield Period(1, one.period.last)
        else:
            yield one.period
        position += 1
