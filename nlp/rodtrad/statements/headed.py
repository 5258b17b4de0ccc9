"""Several assignments in one decision, each under a heading of its own.

"1. Uppdrag till Socialstyrelsen", "2. Uppdrag till Polismyndigheten": each has its own agencies,
money and days. The heading says who is given the assignment; another agency named below it takes
part. What stands behind the last one under a heading of its own ("Medlen", "Redovisning") is common
to all, and only a report of "uppdragen" is read for each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rodtrad.datamodel import Measure, Section, Span
from rodtrad.statements.build import Draft, clean_title, measure_of, slug
from rodtrad.statements.plan import heading_unit
from rodtrad.statements.reading import Reading, Unit, extent, one_line
from rodtrad.statements.roles import acting, others, roles_in
from rodtrad.statements.tasks import tasks_of

_HEADING = re.compile(r"^uppdrag\s+(?:till|åt|att|om|avseende|rörande)\s", re.IGNORECASE)
_REPORT_OF_ALL = re.compile(
    r"\buppdragen\b[^.;]*\b(?:slut|del)?redovisas\b|\bredovis\w*\s+av\s+uppdragen\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Headed:
    section: Section
    units: tuple[Unit, ...]


def headed_assignments(reading: Reading, operative: Sequence[Unit]) -> tuple[Measure, ...]:
    """One measure a heading, where at least two give an assignment each; else none.

    Args:
        reading: the decision.
        operative: its sentences that decide something.

    It must not match the title with one heading below it, one heading inside another, two that say
    the same, a heading that nobody is given anything under, or headings behind a sentence that
    gives the assignment itself ("Regeringen uppdrar åt X att …"): they only divide one assignment.
    """
    headings = [s for s in reading.sections[1:] if _HEADING.match(one_line(s.title))]
    titles = {clean_title(s.title).casefold() for s in headings}
    nested = any(s in headings for h in headings for s in reading.ancestors(h.parent))
    if len(headings) < 2 or len(titles) < len(headings) or nested:
        return ()
    found = _divided(reading, headings, operative)
    before = [u for u in operative if u.at.start < headings[0].heading.start]
    if len(found) < len(headings) or any(_gives(reading, u) for u in before):
        return ()
    last = found[-1].units[-1].at.end
    common = [u for u in operative if u.at.start >= last and _REPORT_OF_ALL.search(u.line)]
    return tuple(_measure(reading, one, common) for one in found)


def _gives(reading: Reading, unit: Unit) -> bool:
    """Whether a sentence says what somebody shall do; "uppdrag till A och B enligt nedan" points.

    "X ska …" gives without "att".
    """
    told = _WHAT.search(unit.line) is not None
    return told and bool(acting(roles_in(reading, (unit,))))


_WHAT = re.compile(r"\batt\b|\b(?:ska|skall)\b", re.IGNORECASE)


def _divided(
    reading: Reading, headings: Sequence[Section], operative: Sequence[Unit]
) -> list[_Headed]:
    """The headings with their sentences, those that give somebody something."""
    found: list[_Headed] = []
    for number, section in enumerate(headings):
        last = number + 1 == len(headings)
        end = _end_of_last(reading, headings) if last else headings[number + 1].heading.start
        units = tuple(u for u in operative if section.heading.end <= u.at.start < end)
        if units and acting(roles_in(reading, (heading_unit(reading, section), *units))):
            found.append(_Headed(section, units))
    return found


def _end_of_last(reading: Reading, headings: Sequence[Section]) -> int:
    """Where what is common begins: a heading that no assignment before has below it."""
    first, last = headings[0].heading.start, headings[-1].heading.start
    below = {one_line(s.title) for s in reading.sections if first < s.heading.start < last}
    behind = (s for s in reading.sections if s.heading.start > last)
    common = (s.heading.start for s in behind if one_line(s.title) not in below)
    return next(common, len(reading.document.text))


def _measure(reading: Reading, one: _Headed, common: Sequence[Unit]) -> Measure:
    section, units = one.section, (*one.units, *common)
    own = reading.document.get("dnr")
    draft = Draft(
        id=section.number or slug(section.title),
        title=section.title,
        at=Span(section.heading.start, extent(one.units).end),
        units=units,
        section=reading.path(section.index),
        heading=heading_unit(reading, section),
        own_dnr=tuple(v.strip() for v in own.split(",") if v.strip()) if own else (),
        tasks=tasks_of(reading, one.units),
        decides=True,
    )
    return _given_by_heading(reading, measure_of(reading, draft), section)


def _given_by_heading(reading: Reading, measure: Measure, section: Section) -> Measure:
    """Those the heading names act; others who "ska lämna biträde" or are given money take part."""
    given = acting(roles_in(reading, (heading_unit(reading, section),)))
    if not given:
        return measure
    roles = tuple(
        r if r.name in given or r.role != "must_act" else replace(r, role="participates")
        for r in measure.agency_roles
    )
    agencies = acting(roles)
    return replace(
        measure, agencies=agencies, other_agencies=others(roles, agencies), agency_roles=roles
    )
