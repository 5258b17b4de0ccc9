"""Dates and periods as expressions: days, months, seasons, quarters, years; no meaning yet."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import cache

from rodtrad.datamodel import Span
from rodtrad.entities.datafiles import read_table
from rodtrad.entities.finding import Finding
from rodtrad.entities.scanning import occurrences

_G = r"[ \t\n\u00a0*]{1,4}"
_YEAR = r"(?:19|20)\d\d(?![\d:/]|[–-]\d)"
_SEASONS = {
    "våren": "spring",
    "vår": "spring",
    "sommaren": "summer",
    "hösten": "autumn",
    "höst": "autumn",
    "vintern": "winter",
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn",
}
_ORDINALS = ("första first", "andra second", "tredje third", "fjärde fourth sista last")
_QUARTERS = {
    word: str(number) for number, words in enumerate(_ORDINALS, 1) for word in words.split()
}
_RECURRING = rf"(?:varje{_G}år|årligen|respektive{_G}år|vartannat{_G}år|each{_G}year|every{_G}year)"
_SAME_YEAR = rf"(?:(?:samma|innevarande|påföljande|följande|nästa|nästkommande){_G}år)"


def find_dates(text: str) -> tuple[Finding, ...]:
    """Date expressions in `text`, sorted; type DATE.

    The value is `YYYY-MM-DD`, `YYYY-MM`, `YYYY-spring`, `YYYY-Q1`, `YYYY-H1`, `--MM-DD` (no year,
    or every year), `YYYY` or `YYYY/YYYY`. `detail` tells what the year rests on: `recurring`,
    `relative` (the words, "samma år"), `slip`. Finds `den 31 mars 2027`, `1 okt 2021`,
    `2026-04-01`, `under våren 2018`, `den 15 december varje år`, `by 31 March 2027` without *by*;
    not `2016/17` or `2025:400`.
    """
    return _outermost(sorted(_all(text), key=lambda f: (f.at.start, -f.at.end)))


def _outermost(findings: list[Finding]) -> tuple[Finding, ...]:
    kept: list[Finding] = []
    for finding in findings:
        if not kept or finding.at.start >= kept[-1].at.end:
            kept.append(finding)
        elif len(finding.at) > len(kept[-1].at):
            kept[-1] = finding
    return tuple(kept)


def _all(text: str) -> Iterator[Finding]:
    for at in occurrences(text, _month_needles()):
        days = _day().finditer(text, max(0, at - 14), min(len(text), at + 60))
        day = next((day for day in days if day.start("month") >= at), None)
        if day and day.start("month") == at:
            yield _read_day(text, day)
        elif month := _month().match(text, at):
            number = int(_months()[month["month"].lower()])
            yield _finding(month.start(), month.end(), f"{month['year']}-{number:02d}")
    for match in _ISO.finditer(text):
        yield _finding(match.start(), match.end(), match.group())
    yield from _slashed(text)
    yield from _parts_of_years(text)
    for match in _PERIOD.finditer(text):
        value = match["first"] if not match["last"] else f"{match['first']}/{match['last']}"
        yield _finding(match.start(), match.end(), value)


def _slashed(text: str) -> Iterator[Finding]:
    """Days written "den 1/3 2025", the day before the month."""
    for at in occurrences(text, ("/",)):
        match = _SLASHED.search(text, max(0, at - 8), at + 10)
        if match and match.start("month") == at + 1:
            day, month = int(match["day"]), int(match["month"])
            yield _finding(*match.span(), f"{match['year']}-{month:02d}-{day:02d}")


_SLASHED = re.compile(
    rf"(?:(?<!\w)[Dd]en{_G})?(?<![\w/.,:-])(?P<day>[12]\d|3[01]|[1-9])/(?P<month>1[0-2]|[1-9])"
    r"[ \u00a0-](?P<year>20\d\d)(?!\d)"
)


def _parts_of_years(text: str) -> Iterator[Finding]:
    """Seasons, quarters and half-years."""
    for at in occurrences(text, _SEASON_NEEDLES):
        season = _SEASON.search(text, max(0, at - 8), min(len(text), at + 24))
        if season and season.start("season") == at:
            name = _SEASONS[season["season"].lower()]
            yield _finding(*season.span(), f"{season['year']}-{name}")
    for at in occurrences(text, ("kvartalet", "halvåret", "quarter", "half")):
        part = _PART_OF_YEAR.search(text, max(0, at - 24), min(len(text), at + 24))
        if part and part.start("part") == at:
            letter = "Q" if part["part"].startswith(("kv", "qu")) else "H"
            number = _QUARTERS[part["ordinal"].lower()]
            yield _finding(*part.span(), f"{part['year']}-{letter}{number}")
    for match in _NUMBERED_PART.finditer(text):
        part_of = f"H{match['half']}" if match["half"] else f"Q{match['number']}"
        yield _finding(*match.span(), f"{match['year']}-{part_of}")
    for match in _TURN.finditer(text):
        day = "06-30" if match["half"] else "12-31"
        yield _finding(*match.span(), f"{match['year']}-{day}")


@cache
def _month_needles() -> tuple[str, ...]:
    """Beginnings of the months' names as written; three letters tell them all."""
    roots = {word[:3] for word in _months()}
    return tuple(sorted(roots | {root.capitalize() for root in roots}))


def _read_day(text: str, match: re.Match[str]) -> Finding:
    month, day = int(_months()[match["month"].lower()]), match["day"]
    detail: dict[str, str] = {}
    if not day.isdigit():
        detail["slip"] = f"bokstaven {day} för siffran 1"
        day = "1"
    end = match.end()
    if match["recurring"]:
        detail["recurring"] = match["recurring"]
    elif match["relative"]:
        detail["relative"] = re.sub(r"\s+", " ", match["relative"])
    if match["recurring"] == "årligen":
        # The guideline keeps "varje år" in the surface; other words for it stay outside.
        end = match.start() + len(text[match.start() : match.start("recurring")].rstrip())
    if not is_day(month, int(day), match["year"]):
        detail["doubt"] = NO_SUCH_DAY
    value = f"{match['year'] or '-'}-{month:02d}-{int(day):02d}"
    return Finding("DATE", Span(match.start(), end), value, "dates.v1", detail=detail or None)


NO_SUCH_DAY = "dagen finns inte i kalendern"


def is_day(month: int, day: int, year: str | None) -> bool:
    """Whether the calendar has the day; 29 February only in leap years, or where no year is told.

    >>> is_day(11, 31, "2024"), is_day(2, 29, None), is_day(2, 29, "2027")
    (False, True, False)
    """
    last = calendar.monthrange(int(year) if year else 2000, month)[1]
    return 1 <= day <= last


def _finding(start: int, end: int, value: str) -> Finding:
    parts = value.split("-")
    exact = len(parts) == 3 and all(part.isdigit() for part in parts)
    if exact and not is_day(int(parts[1]), int(parts[2]), parts[0]):
        detail = {"doubt": NO_SUCH_DAY}
        return Finding("DATE", Span(start, end), value, "dates.v1", detail=detail)
    return Finding("DATE", Span(start, end), value, "dates.v1")


@cache
def _months() -> dict[str, str]:
    return read_table("months.tsv", "word", "month")


@cache
def _names() -> str:
    return "|".join(sorted(_months(), key=len, reverse=True))


@cache
def _day() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<!\w)[Dd]en{_G})?(?<![\w.,:/§–-])(?P<day>[0-3]?\d|l)(?::?e|st|nd|rd|th)?{_G}(?:of{_G})?"
        rf"(?P<month>(?i:{_names()}))(?![\wåäö])"
        rf"(?:\.?,?{_G}(?P<year>{_YEAR})|{_G}(?P<recurring>{_RECURRING})|{_G}(?P<relative>{_SAME_YEAR}))?"
    )


@cache
def _month() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<month>(?i:{_names()}))\.?{_G}(?P<year>{_YEAR})")


_SEASON_NEEDLES = (
    "våren",
    "sommaren",
    "hösten",
    "vintern",
    "Våren",
    "Sommaren",
    "Hösten",
    "Vintern",
    "spring",
    "summer",
    "autumn",
)
_ISO = re.compile(r"2(?<![\w/:.-].)0\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-])")
_SEASON = re.compile(
    rf"(?:(?<!\w)[Uu]nder{_G})?(?<!\w)(?P<season>våren|sommaren|hösten|vintern|spring|summer|autumn){_G}(?:of{_G})?(?P<year>{_YEAR})",
    re.IGNORECASE,
)
_PART_OF_YEAR = re.compile(
    rf"(?:(?<!\w)[Uu]nder{_G})?(?:det{_G})?(?<!\w)(?P<ordinal>{'|'.join(_QUARTERS)}){_G}"
    rf"(?P<part>kvartalet|halvåret|quarter|half){_G}(?:(?:av|år|of){_G})?(?P<year>{_YEAR})",
    re.IGNORECASE,
)
# "kvartal 2 2026", "Q2 2026", "kv. 2, 2026", "halvår 1 2026"; not "kvartal 2" of no year.
_NUMBERED_PART = re.compile(
    r"(?<!\w)(?:(?P<part>[Kk]vartal|[Kk]v\.?|Q)[ \u00a0]?(?P<number>[1-4])"
    r"|(?:[Hh]alvår|H)[ \u00a0]?(?P<half>[12]))"
    rf"(?:,|-)?[ \u00a0]?(?P<year>{_YEAR})"
)
# The day is told by the turn: "före utgången av 2027", "vid halvårsskiftet 2027"; not "slutet av".
_TURN = re.compile(
    rf"(?<!\w)(?:(?:utgången{_G}av(?:{_G}år)?|the{_G}end{_G}of)|(?P<half>halvårsskiftet)){_G}"
    rf"(?P<year>{_YEAR})",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?P<first>[12](?<![\w.,:/§–-].)(?:(?<=1)9|(?<=2)0)\d\d)"
    r"(?:[–-](?P<last>(?:19|20)\d\d))?(?![\w:/]|[–-]\d|,\d)"
)
