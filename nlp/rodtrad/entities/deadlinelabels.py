"""Days that a form or a table says something is due: no verb, a label or a column's head.

"Klart: 31 december 2023", "Redovisas⇥1 oktober 2025" and the cells under "Klart senast" are
deadlines; so are those behind "Tid" or under "När" where the same form or table also says who.
"Datum: 2014-12-03", "Tid: den 5 maj kl. 9" of a meeting, a range of days and a year alone are not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rodtrad.datamodel import Span
from rodtrad.entities.finding import Finding
from rodtrad.entities.formlabels import due_labels, is_department, label_pattern
from rodtrad.entities.obligations import find_cues, governing_kind

_BULLET = r"[ ]*(?:[-–•*][ ]+)?\**"
# "1 mars–31 december 2024": the dash, or the day that no month follows, is left of the date.
_IN_RANGE = re.compile(r"[–—-]$|\d$")
_RANGE = re.compile(r"\s?[–—-]\s?(?:den\s)?\d")
_YEAR_ALONE = re.compile(r"\d{4}(?:/\d{4})?")
# How far apart the lines of one form may stand: a wrapped description lies between them.
_FORM = 8


# Where a line or a cell begins and ends; it may be empty, which a span may not.
_Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Place:
    """A value that a label names: where it stands, what is due then, who the form names."""

    at: _Stretch
    kind: str
    who: _Stretch | None


class _Ordered:
    """Findings by their place: a form of ten thousand lines must not cost its square."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = sorted(findings, key=lambda finding: finding.at)
        self._starts = [finding.at.start for finding in self._findings]

    def inside(self, stretch: _Stretch) -> Iterator[Finding]:
        """The findings that a stretch holds wholly, in order."""
        first, last = bisect_left(self._starts, stretch[0]), bisect_left(self._starts, stretch[1])
        return (f for f in self._findings[first:last] if f.at.end <= stretch[1])


def find_labelled_deadlines(
    text: str,
    dates: Sequence[Finding],
    agencies: Sequence[Finding] = (),
    *,
    owner: str | None = None,
) -> tuple[Finding, ...]:
    """The dates that stand in a place labelled as a time limit, in order.

    Args:
        text: the clean text; cells are parted by tabs, rows by line breaks.
        dates: the date expressions of the text.
        agencies: the agencies of the text; those the form or the row names answer for the date.
        owner: the agency whose plan it is; it answers where a department of it is named.
    """
    found: dict[Span, Finding] = {}
    days, bodies = _Ordered(dates), _Ordered(agencies)
    for place in _places(text):
        for date in days.inside(place.at):
            if _is_day(text, place.at, date):
                named = _named(text, place.who, bodies, owner)
                found.setdefault(date.at, _deadline(text, place, date, named))
    return tuple(finding for _, finding in sorted(found.items()))


def _is_day(text: str, place: _Stretch, date: Finding) -> bool:
    """Whether a date can be the limit: no year alone, no end of a range, not told of the past."""
    if _YEAR_ALONE.fullmatch(str(date.value)) or (date.detail or {}).get("doubt"):
        return False
    before = text[place[0] : date.at.start].rstrip()
    ranged = _IN_RANGE.search(before) or _RANGE.match(text, date.at.end)
    return not ranged and not any(cue.sort == "past" for cue in find_cues(before))


def _named(text: str, who: _Stretch | None, bodies: _Ordered, owner: str | None) -> list[str]:
    """Who the form names; the plan's own agency where it names a department and nobody else."""
    named = [str(body.value) for body in bodies.inside(who)] if who else []
    if not named and who and owner and is_department(text[slice(*who)]):
        return [owner]
    return list(dict.fromkeys(named))


def _deadline(text: str, place: _Place, date: Finding, named: list[str]) -> Finding:
    before = text[place.at[0] : date.at.start]
    begin = max(before.rfind(","), before.rfind(";"), before.rfind(" och ")) + 1
    cues = find_cues(before[begin:])
    kind = governing_kind(cues, nearest=len(before) - begin) or place.kind
    return Finding(
        "DEADLINE",
        date.at,
        {"date": str(date.value), "kind": kind, "responsible": named},
        "deadlines.label.v1",
    )


def _places(text: str) -> Iterator[_Place]:
    lines = list(_lines(text))
    columns: dict[int, str] = {}
    who: int | None = None
    for number, line in enumerate(lines):
        cells = _cells(text, line)
        if len(cells) > 1 and (heads := _heads(text, cells)):
            columns, who = heads
        elif len(cells) > 1 and columns:
            yield from _in_columns(cells, columns, who)
        elif line[0] == line[1]:
            # A cell that goes on in a line of its own does not end the table; an empty line does.
            columns = {}
        yield from _behind_label(text, lines, number)


def _lines(text: str) -> Iterator[_Stretch]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _cells(text: str, line: _Stretch) -> list[_Stretch]:
    cells, start = [], line[0]
    for cell in text[slice(*line)].split("\t"):
        cells.append((start, start + len(cell)))
        start += len(cell) + 1
    return cells


def _heads(text: str, cells: Sequence[_Stretch]) -> tuple[dict[int, str], int | None] | None:
    """The columns of time limits, by number, and the one that says who; None for other rows."""
    words = [text[slice(*cell)].strip(" :*") for cell in cells]
    who = next((n for n, word in enumerate(words) if _who().fullmatch(word)), None)
    kinds = {n: row for n, word in enumerate(words) if (row := _label(word))}
    columns = {n: kind for n, (kind, alone) in kinds.items() if alone or who is not None}
    return (columns, who) if columns and len(words) > 2 else None


def _in_columns(
    cells: Sequence[_Stretch], columns: dict[int, str], who: int | None
) -> Iterator[_Place]:
    named = cells[who] if who is not None and who < len(cells) else None
    for number, kind in columns.items():
        if number < len(cells):
            yield _Place(cells[number], kind, named)


def _behind_label(text: str, lines: Sequence[_Stretch], number: int) -> Iterator[_Place]:
    start, end = lines[number]
    for match in _labelled().finditer(text, start, end):
        row = _label(match["label"])
        who = _who_of_form(text, lines, number)
        if row is not None and (row[1] or who is not None):
            yield _Place((match.start("value"), end), row[0], who)


def _who_of_form(text: str, lines: Sequence[_Stretch], number: int) -> _Stretch | None:
    """The value of the nearest line of the form that says who, before the date's line first."""
    before = lines[max(0, number - _FORM) : number][::-1]
    for start, end in (*before, *lines[number + 1 : number + 1 + _FORM]):
        match = _who_line().match(text, start, end)
        if match:
            return match.start("value"), end
    return None


@cache
def _who() -> re.Pattern[str]:
    return re.compile(label_pattern("who"), re.IGNORECASE)


@cache
def _who_line() -> re.Pattern[str]:
    label = label_pattern("who")
    return re.compile(rf"{_BULLET}(?:{label})\**(?::\**[ ]*|\t)(?P<value>\S)", re.IGNORECASE)


@cache
def _labelled() -> re.Pattern[str]:
    labels = label_pattern("when", due=True)
    return re.compile(
        rf"(?:^{_BULLET}|(?<=[.;] ))(?P<label>{labels})\**(?:[ ]*:\**[ ]*|\t)(?P<value>\S)",
        re.IGNORECASE | re.MULTILINE,
    )


def _label(word: str) -> tuple[str, bool] | None:
    """What is due at a date so labelled, and whether the label alone says so; None for others."""
    return next(((kind, alone) for p, kind, alone in due_labels() if p.fullmatch(word)), None)
