"""The year of dates that do not name it: "samma år", "den 1 juni och den 1 oktober 2017"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rodtrad.entities.finding import Finding

_JOIN = re.compile(
    r"[\s*]*(?:,|och|samt|respektive|resp\.|eller|and)[\s*]*(?:senast[\s*]*)?(?:den[\s*]*)?"
)
_NEAR = 40
_LATER = ("påföljande", "följande", "nästa", "nästkommande")


def resolve_years(text: str, dates: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same dates with years filled in where the text gives them, in order.

    A date without a year takes it from the date it is joined to ("den 1 juni och den 1 oktober
    2017", "den 15 januari och den 15 juli varje år"), "samma år" from the date before, "följande
    år" one more. Years listed behind a date ("den 1 mars 2021, 2022 och 2023") become dates.
    """
    resolved: list[Finding] = []
    for number, date in enumerate(dates):
        following = dates[number + 1] if number + 1 < len(dates) else None
        resolved.append(_resolve(text, date, resolved, following))
    # From the right, so that a chain of dates hands the year on.
    for number in range(len(resolved) - 2, -1, -1):
        resolved[number] = _from_next(text, resolved[number], resolved[number + 1])
    return tuple(resolved)


def _resolve(text: str, date: Finding, before: list[Finding], following: Finding | None) -> Finding:
    value, detail = str(date.value), dict(date.detail or {})
    relative = detail.get("relative")
    if value.startswith("--") and relative:
        year = next((y for y in map(_year, reversed(before)) if y), None)
        if year is None:
            return replace(date, detail=detail | {"doubt": f"året beror på {relative!r}"})
        year += relative.startswith(_LATER)
        return replace(date, value=f"{year}-{value[2:]}", detail=detail)
    if re.fullmatch(r"\d{4}", value) and before and _listed(text, before[-1], date):
        return replace(date, value=f"{value}-{str(before[-1].value)[5:]}", detail={"listed": "år"})
    return date


def _listed(text: str, previous: Finding, date: Finding) -> bool:
    """Whether a bare year continues a list of years behind a day or month ("maj 2026 och 2027")."""
    between = text[previous.at.end : date.at.start]
    full = bool(re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", str(previous.value)))
    return full and bool(re.fullmatch(r"(?:,|\s+och|\s+samt|\s+respektive|,\s+och)\s+", between))


def _from_next(text: str, date: Finding, following: Finding) -> Finding:
    value, other = str(date.value), str(following.value)
    if not value.startswith("--") or date.detail:
        return date
    between = text[date.at.end : following.at.start]
    if len(between) > _NEAR or not _JOIN.fullmatch(between):
        return date
    if other.startswith("--") and following.detail:
        return replace(date, detail=following.detail)
    year = _year(following)
    if year is None or not re.match(r"\d{4}-\d\d-\d\d$", other):
        return date
    return replace(date, value=f"{year}-{value[2:]}")


def _year(date: Finding) -> int | None:
    match = re.match(r"(\d{4})(?:-|$)", str(date.value))
    return int(match.group(1)) if match else None
