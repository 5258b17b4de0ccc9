"""How far a measure has come on a day, from its own words, its dates and reports found elsewhere.

The words are read sentence by sentence (data/states.tsv). What they say weighs in this order:

1. A final report ("Uppdraget redovisades den 11 juni 2026", "har haft i uppdrag") → *redovisad*.
2. A bill, or money that is only proposed, stays *föreslagen*. Where its date of entry into force
   has passed, nothing in the text shows that the Riksdag adopted it: it stays proposed and a flag
   says so. Silence is never taken for a decision.
3. What is said to apply ("trädde i kraft", "Från och med den 1 maj 2026 har … utökats") → *i
   kraft*, from that day.
4. A last date for reporting or carrying out that has passed with no report found → *passerad*,
   never done. An earlier date that has passed leaves the measure running, with a flag.
5. A part report handed in → *delredovisad*.
6. "har i uppdrag", "får medel", "genomför" → *pågående*; "ger … i uppdrag", "beslutade" →
   *beslutad*, as is an assignment or inquiry that only says what is to be done; else *okänd*.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from rodtrad.datamodel import Deadline, Measure
from rodtrad.statements.kinds import BILL, POINTS_BACK
from rodtrad.statements.vocabulary import cues

REPORTING = frozenset({"redovisning", "delredovisning", "slutredovisning"})
_ORDERED = frozenset({"uppdrag", "utredning"})
PASSED_FLAG = "passerad, redovisning ej funnen"
_UNCONFIRMED = "passerad, genomförande ej bekräftat"
_DUE = REPORTING | {"genomförande"}


class Amendment(Protocol):
    """What a later decision makes of a measure, as `rodtrad.statements.changes` finds it."""

    @property
    def withdrawn(self) -> bool:
        """Whether the measure is ended."""

    @property
    def remark(self) -> str:
        """What is changed, in words."""

    def applied_to(self, deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
        """The days that hold now."""


def with_state(
    measure: Measure,
    *,
    as_of: date,
    reports: Mapping[str, str] | None = None,
    change: Amendment | None = None,
) -> Measure:
    """The measure with its state on a day.

    Args:
        measure: as found in a document; its earlier state and state flags are replaced.
        as_of: the day to judge from.
        reports: reports known from elsewhere, by "document#id" or own dnr: "redovisad" or
            "delredovisad".
        change: a later decision. What it ends has no state of the words, and no day is due.
    """
    flags = [f for f in measure.flags if not f.startswith("läge: ")]
    flags += [f"läge: {change.remark}"] if change else []
    now = replace(measure, flags=tuple(flags))
    if change and change.withdrawn:
        return replace(now, state="okänd")
    if change:
        now = replace(now, deadlines=change.applied_to(measure.deadlines))
    state, judged = _judged(now, as_of=as_of, reports=reports or {})
    return replace(measure, state=state, flags=judged)


def _judged(
    measure: Measure, *, as_of: date, reports: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """The state of a measure and its flags, by the days that hold now."""
    said = _said(measure)
    reported = _reported_elsewhere(measure, reports)
    late = [d for d in measure.deadlines if d.kind in _DUE and _passed(d, as_of)]
    state = _state(measure, said, reported, as_of=as_of)
    flags = list(measure.flags)
    if state not in ("redovisad", "passerad"):
        covered = state == "delredovisad"
        flags += [
            f"läge: {d.kind} {d.date} {PASSED_FLAG if d.kind in REPORTING else _UNCONFIRMED}"
            for d in late
            if not (covered and d.kind == "delredovisning")
        ]
    if state == "föreslagen" and _entry_passed(measure, as_of):
        flags.append("läge: dagen för ikraftträdande har passerat, beslut ej funnet")
    return state, tuple(flags)


def _state(measure: Measure, said: frozenset[str], reported: str | None, *, as_of: date) -> str:
    if reported == "redovisad" or "redovisad" in said:
        return "redovisad"
    if measure.type == BILL or _is_only_proposed(measure, said):
        return "i kraft" if _in_force(measure, said, as_of) else "föreslagen"
    if _in_force(measure, said, as_of):
        return "i kraft"
    if _all_passed(measure.deadlines, as_of):
        return "passerad"
    if reported == "delredovisad" or "delredovisad" in said:
        return "delredovisad"
    found = next((s for s in ("pågående", "beslutad") if s in said), None)
    return found or ("beslutad" if measure.type in _ORDERED else "okänd")


def _is_only_proposed(measure: Measure, said: frozenset[str]) -> bool:
    """Intended or proposed and no more; what an inquiry or agency is to propose does not count."""
    if said & {"pågående", "beslutad"}:
        return False
    return "föreslagen" in said or ("förslag" in said and measure.type not in _ORDERED)


def _said(measure: Measure) -> frozenset[str]:
    text = [s.text for s in measure.sentences if not POINTS_BACK.match(s.text)] or [measure.text]
    return frozenset(
        cue.label for cue in cues("states") if any(cue.pattern.search(line) for line in text)
    )


def _in_force(measure: Measure, said: frozenset[str], as_of: date) -> bool:
    starts = [last_day(d.date) for d in measure.deadlines if d.kind == "ikraftträdande"]
    return "i kraft" in said and not any(day and day > as_of for day in starts)


def _entry_passed(measure: Measure, as_of: date) -> bool:
    days = [last_day(d.date) for d in measure.deadlines if d.kind == "ikraftträdande"]
    return any(day is not None and day < as_of for day in days)


def _reported_elsewhere(measure: Measure, reports: Mapping[str, str]) -> str | None:
    keys = (f"{measure.document}#{measure.id}", *measure.dnr)
    return next((reports[key] for key in keys if key in reports), None)


def _all_passed(deadlines: Iterable[Deadline], as_of: date) -> bool:
    days = [d for d in deadlines if d.kind in _DUE]
    return bool(days) and all(_passed(d, as_of) for d in days)


def _passed(deadline: Deadline, as_of: date) -> bool:
    day = last_day(deadline.date)
    return day is not None and day < as_of


_SEASON_ENDS = {"spring": (6, 30), "summer": (8, 31), "autumn": (12, 31), "winter": (12, 31)}


def last_day(value: str) -> date | None:
    """The last day a normalised date covers; None for a yearly date or an unknown form.

    >>> last_day("2026-02")
    datetime.date(2026, 2, 28)
    >>> last_day("2018-spring")
    datetime.date(2018, 6, 30)
    >>> last_day("--12-15") is None
    True
    """
    parts = value.replace("/", "-").split("-")
    if not parts[0].isdigit():
        return None
    try:
        return _day_of(parts)
    except ValueError:
        return None


def _day_of(parts: list[str]) -> date | None:
    year = int(parts[0])
    if len(parts) == 1:
        return date(year, 12, 31)
    if parts[1] in _SEASON_ENDS:
        return date(year, *_SEASON_ENDS[parts[1]])
    if len(parts) == 3:
        return date(year, int(parts[1]), int(parts[2]))
    if parts[1][:1] in ("Q", "H"):
        month = int(parts[1][1:]) * (3 if parts[1][0] == "Q" else 6)
        return date(year, month, calendar.monthrange(year, month)[1])
    number = int(parts[1])
    if number > 1000:
        return date(number, 12, 31)
    return date(year, number, calendar.monthrange(year, number)[1])
