"""Dates as documents print them, normalised to ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb february", "mars mar march", "april apr",
            "maj may", "juni jun june", "juli jul july", "augusti aug august",
            "september sep sept", "oktober okt october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    # Behind it can stand a word of the next column.
    r"\b(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d|_)"
    r"|(?<![\w.,/:-])(?P<dotted>[0-3]?\d\.[01]?\d\.(?:19|20)\d\d)(?![\w/-]|\.\d)"
    rf"|(?<![\w.,/:])(?P<day>[0l1-3]?\d|l)(?::?(?:e|a|st|nd|rd|th))?\s+(?P<month>{_NAMES})\.?\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ISO form and offsets in that text."""

    value: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """Full dates: "2025-06-12", "12 juni 2025", "12.6.2025", "den l oktober 2015" (letter l).

    "2026", "juni 2026" and "32 mars 2020" are none.
    """
    for match in _DATE.finditer(text):
        date = _as_date(match)
        if date:
            yield date


def date_at(text: str, start: int) -> FoundDate | None:
    """The full date that begins at an offset, None if there is none."""
    match = _DATE.match(text, start)
    return _as_date(match) if match else None


def _as_date(match: re.Match[str]) -> FoundDate | None:
    value = match["iso"] or (_of_numbers(match["dotted"]) if match["dotted"] else _iso(match))
    return FoundDate(value, match.start(), match.end()) if value else None


def find_month(text: str) -> str | None:
    """The month that a text is: "februari 2019" is 2019-02; None for "avsnitt 2019".

    >>> find_month("juni 1995")
    '1995-06'
    """
    name, _, year = text.rpartition(" ")
    month = _MONTHS.get(name.strip().casefold())
    return f"{year}-{month:02}" if month else None


def _of_numbers(dotted: str) -> str | None:
    day, month, year = map(int, dotted.split("."))
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= 31 and 1 <= month <= 12 else None


def _iso(match: re.Match[str]) -> str | None:
    day = int(match["day"].casefold().replace("l", "1"))
    month = _MONTHS[match["month"].casefold()]
    return f"{match['year']}-{month:02}-{day:02}" if 1 <= day <= 31 else None
