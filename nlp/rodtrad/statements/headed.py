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

from rodtrad.datamodel import Measure, Span
from rodtrad.statements.build import Draft, clean_title, measure_of, slug
from rodtrad.statements.numbering import NUMBERED
from rodtrad.statements.plan import heading_unit
from rodtrad.statements.reading import Reading, Unit, extent, one_line
from rodtrad.statements.roles import acting, others, roles_in
from rodtrad.statements.stretches import cut_behind, title_line
from rodtrad.statements.tasks import tasks_of

_HEADING = re.compile(r"^uppdrag\s+(?:till|åt|att|om|avseende|rörande)\s", re.IGNORECASE)
REPORT_OF_ALL = re.compile(
    r"\buppdragen\b[^.;]*\b(?:slut|del)?redovisas\b|\bredovis\w*\s+av\s+uppdragen\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading: a section's, or in plain text the first line of a numbered paragraph."""

    title: str
    number: str | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class _Headed:
    heading: _Heading
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
    headings, operative = _headings(reading, operative)
    headings = headings or _lettered(reading, operative) or _paged(reading, operative)
    titles = {clean_title(h.title).casefold() for h in headings}
    if len(headings) < 2 or len(titles) < len(headings):
        return ()
    found = _divided(reading, headings, operative)
    before = [u for u in operative if u.at.start < headings[0].unit.at.start]
    if len(found) < len(headings) or any(_gives(reading, u) for u in before):
        return ()
    last = found[-1].units[-1].at.end
    common = [u for u in operative if u.at.start >= last and REPORT_OF_ALL.search(u.line)]
    return tuple(_measure(reading, one, common) for one in found)


def _headings(
    reading: Reading, operative: Sequence[Unit]
) -> tuple[list[_Heading], tuple[Unit, ...]]:
    """The headings that give an assignment, in order, and the sentences without those lines."""
    sections = [s for s in reading.sections[1:] if _HEADING.match(one_line(s.title))]
    if any(s in sections for h in sections for s in reading.ancestors(h.parent)):
        return [], ()
    found = [_Heading(s.title, s.number, heading_unit(reading, s)) for s in sections]
    units: list[Unit] = []
    for unit in operative:
        line = title_line(reading, unit)
        numbered = NUMBERED.match(line)
        if numbered and _HEADING.match(numbered["title"]) and not line.endswith("."):
            head, unit = cut_behind(unit, line)
            found.append(_Heading(numbered["title"], numbered["number"], head))
        units.append(unit)
    return sorted(found, key=lambda h: h.unit.at), tuple(units)


def _lettered(reading: Reading, operative: Sequence[Unit]) -> list[_Heading]:
    """Headings in a row of letters or numbers that each order something by a day, two at least."""
    found: list[_Heading] = []
    dated = 0
    for section in reading.sections:
        row = _ROW.fullmatch(f"{section.number or ''} {one_line(section.title)}".strip())
        units = [u for u in operative if u.section == section.index]
        if row and acting(roles_in(reading, units)):
            found.append(_Heading(row["title"], row["number"], heading_unit(reading, section)))
            dated += any(reading.mentions_in(u.at, "DEADLINE") for u in units)
    return found if dated >= _FEWEST else []


# "Boverket får i uppdrag att …", "Boverket får 2 500 000 kronor för att …".
_GIVEN = re.compile(
    r"^\W*(?:regeringen\s+(?:ger|uppdrar)\b|[^.;:]{3,160}?\b(?:får|ges)\s)[^.;]*?"
    r"(?:\bi\s+uppdrag\s+att\b|\bkronor\b[^.;]*\bför\s+att\b|\bregeringen\s+uppdrar\b)",
    re.IGNORECASE,
)


def _paged(reading: Reading, operative: Sequence[Unit]) -> list[_Heading]:
    """Headings of a page that each give somebody else something in their first sentence."""
    found: list[_Heading] = []
    given: set[tuple[str, ...]] = set()
    for section in reading.sections if reading.document.kind not in _DECISIONS else ():
        first = next((u for u in operative if u.section == section.index), None)
        if first and section.parent is not None and _GIVEN.match(first.line):
            found.append(_Heading(section.title, section.number, heading_unit(reading, section)))
            given.add(acting(roles_in(reading, (first,))))
    return found if len(given - {()}) >= _FEWEST else []


# A decision may divide one assignment by headings.
_DECISIONS = frozenset({"regeringsbeslut", "annat regeringsbeslut"})
_ROW = re.compile(r"(?P<number>[A-H]|\d)[.)]?\s+(?P<title>\D.*)")
_FEWEST = 2


def _gives(reading: Reading, unit: Unit) -> bool:
    """Whether a sentence says what somebody shall do; "uppdrag till A och B enligt nedan" points.

    "X ska …" gives without "att".
    """
    told = _WHAT.search(unit.line) is not None
    return told and bool(acting(roles_in(reading, (unit,))))


_WHAT = re.compile(r"\batt\b|\b(?:ska|skall)\b", re.IGNORECASE)


def _divided(
    reading: Reading, headings: Sequence[_Heading], operative: Sequence[Unit]
) -> list[_Headed]:
    """The headings with their sentences, those that give somebody something."""
    ends = [h.unit.at.start for h in headings[1:]] + [_end_of_last(reading, headings)]
    found: list[_Headed] = []
    for heading, end in zip(headings, ends, strict=True):
        units = tuple(u for u in operative if heading.unit.at.end <= u.at.start < end)
        if units and acting(roles_in(reading, (heading.unit, *units))):
            found.append(_Headed(heading, units))
    return found


def _end_of_last(reading: Reading, headings: Sequence[_Heading]) -> int:
    """Where what is common begins: a heading that no assignment before has below it."""
    first, last = headings[0].unit.at.start, headings[-1].unit.at.start
    below = {one_line(s.title) for s in reading.sections if first < s.heading.start < last}
    behind = (s for s in reading.sections if s.heading.start > last)
    common = (s.heading.start for s in behind if one_line(s.title) not in below)
    return next(common, len(reading.document.text))


def _measure(reading: Reading, one: _Headed, common: Sequence[Unit]) -> Measure:
    heading = one.heading
    own = reading.document.get("dnr")
    draft = Draft(
        id=heading.number or slug(heading.title),
        title=heading.title,
        at=Span(heading.unit.at.start, extent(one.units).end),
        units=(*one.units, *common),
        section=reading.path(heading.unit.section),
        heading=heading.unit,
        own_dnr=tuple(v.strip() for v in own.split(",") if v.strip()) if own else (),
        tasks=tasks_of(reading, one.units),
        decides=True,
    )
    return given_alone(reading, measure_of(reading, draft), heading.unit)


def given_alone(reading: Reading, measure: Measure, heading: Unit) -> Measure:
    """The measure of those whom a heading or order names; others who "ska bistå" take part."""
    given = acting(roles_in(reading, (heading,)))
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
