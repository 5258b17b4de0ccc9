"""Measures of a regleringsbrev: the assignments and reporting requirements it gives.

A letter of appropriation lists assignments under headings such as "Uppdrag", "Återrapportering"
or "Organisationsstyrning": each titled point there is a measure of the agency the letter is for.
The terms of the appropriations themselves (amounts, credit limits) are no measures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rodtrad.datamodel import AgencyRole, Deadline, Measure, Section, Span
from rodtrad.entities import NO_YEAR
from rodtrad.statements.build import Draft, measure_of, slug
from rodtrad.statements.plan import heading_unit
from rodtrad.statements.reading import Reading, Unit, extent, one_line
from rodtrad.statements.roles import acting, others, roles_in
from rodtrad.statements.state import REPORTING
from rodtrad.statements.stretches import NUMBERED, ORDERS, Stretch, is_title, stretches
from rodtrad.statements.tasks import tasks_of

_CHAPTER = re.compile(
    r"^(?:nya |övriga? |särskilda |andra )?(?:uppdrag|(?:mål och )?återrapportering\w*"
    r"|verksamhetsstyrning|organisationsstyrning)\b",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"^(?:finansiering|anslag\w*|villkor\w*|ekonomiska villkor|avgifter\w*|undantag)\b",
    re.IGNORECASE,
)
# "Uppdraget om X utgår.": a change of a letter that takes an assignment back.
_TAKEN_BACK = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:uppdraget\b[^.]*\s)?(?:utgår|upphör|upphävs)\b", re.IGNORECASE
)


# "Mål 1" over a goal: what is to be reached; what is to be done stands under "Återrapportering".
_GOAL = re.compile(r"^mål(?:\s+\d{1,2})?$", re.IGNORECASE)


def letter_measures(reading: Reading) -> tuple[Measure, ...]:
    """The assignments of a letter: one a titled point, or a paragraph where points lack titles."""
    found: list[Measure] = []
    parts = tuple(stretches(reading))
    behind = _behind_chapters(reading, parts)
    for part in parts:
        section, units = part.section, part.units
        is_chapter = _CHAPTER.match(part.title) is not None
        inside = is_chapter if part.heading else _in_chapter(reading, section)
        if not (inside or (section.index in behind and not part.heading)):
            continue
        below = reading.children.get(section.index, ())
        if not is_chapter and any(not _TERMS.match(one_line(s.title)) for s in below):
            continue
        if _GOAL.match(part.title) or not any(ORDERS.search(u.line) for u in units):
            continue
        if is_chapter:
            found += [_point(reading, p, section) for p in _points(units) if _stands(p)]
        else:
            found.append(_titled(reading, section, units, behind.get(section.index, "")))
    dated = [_dated(reading, measure) for measure in _addressed(reading, found)]
    return tuple(_distinct(dated))


_BUDGET_YEAR = re.compile(r"\bbudgetåret\s+((?:19|20)\d\d)\b(?!\s*/)", re.IGNORECASE)


def _dated(reading: Reading, measure: Measure) -> Measure:
    """The measure with the reports whose day has no year: those of the letter's own year.

    "Prognoser ska lämnas den 21 januari och den 3 maj" in the letter for 2014.
    """
    year = _BUDGET_YEAR.search(reading.document.title)
    open_days = [m for m in reading.mentions_in(measure.at, "DEADLINE") if m.reason == NO_YEAR]
    if year is None or not open_days:
        return measure
    told = (
        Deadline(m.value["kind"], year[1] + m.value["date"][1:], measure.agencies, m.span)
        for m in open_days
        if m.value["kind"] in REPORTING
    )
    flags = {f"{one_line(m.surface)}: {m.reason}" for m in open_days}
    return replace(
        measure,
        deadlines=(*measure.deadlines, *told),
        flags=tuple(f for f in measure.flags if f not in flags),
    )


def _in_chapter(reading: Reading, section: Section) -> bool:
    titles = [one_line(s.title) for s in reading.ancestors(section.index)]
    chapter = next((n for n, title in enumerate(titles) if _CHAPTER.match(title)), None)
    return chapter is not None and not any(_TERMS.match(title) for title in titles[:chapter])


def _behind_chapters(reading: Reading, parts: Sequence[Stretch]) -> dict[int, str]:
    """The sections behind a chapter that belong to it, with what stands before their number.

    Where the letter sets all headings alike: those behind an empty chapter heading, up to the next
    chapter, the terms of the money, or a heading in capitals ("FINANSIERING"). Where the points of
    a chapter count from one ("1.4 Uppdrag", "1. Lärarförsörjning"): those that go on counting.
    """
    found: dict[int, str] = {}
    opened: Section | None = None
    count = 0
    for part in parts:
        section = part.section
        if _CHAPTER.match(part.title):
            count = _last_point(part)
            empty = not part.units and not reading.children.get(section.index)
            opened = section if count or empty else None
        elif _ends_in_chapter(reading, section):
            opened, count = section, 0
        elif part.heading or _TERMS.match(part.title) or part.title.isupper():
            opened = None
        elif opened is not None and count:
            counts_on = section.number == str(count + 1) and not _is_next(section, opened)
            opened, count = (opened, count + 1) if counts_on else (None, 0)
            found |= {section.index: f"{opened.number}." if opened.number else ""} if opened else {}
        elif opened is not None and section.level >= opened.level:
            found[section.index] = ""
    return found


def _last_point(part: Stretch) -> int:
    """The number of the last titled point among a chapter's lines; 0 where it has none."""
    numbers = (_NUMBER_OF.match(u.line) for u in part.units if is_title(u))
    return max((int(n[1]) for n in numbers if n), default=0)


_NUMBER_OF = re.compile(r"\s*(\d+)")


def _is_next(section: Section, chapter: Section) -> bool:
    """Whether a number goes on from the chapter's own: "3 Övrigt" behind "2 Uppdrag"."""
    return chapter.number is not None and section.number == str(_plain(chapter.number) + 1)


def _plain(number: str) -> int:
    return int(number) if number.isdigit() else -1


def _ends_in_chapter(reading: Reading, section: Section) -> bool:
    """ "3 Uppdrag" as the last line of a section: in an excerpt one number confirms no heading."""
    units = reading.units_of_section.get(section.index, [])
    return bool(units) and _CHAPTER_LINE.fullmatch(units[-1].line) is not None


_CHAPTER_LINE = re.compile(
    r"\d(?:\.\d)?\s+(?:nya |övriga |särskilda )?(?:uppdrag|mål och återrapporteringskrav)",
    re.IGNORECASE,
)


def _titled(
    reading: Reading, section: Section, units: tuple[Unit, ...], before_number: str
) -> Measure:
    draft = Draft(
        id=f"{before_number}{section.number}" if section.number else slug(section.title),
        title=section.title,
        at=Span(section.heading.start, extent(units).end),
        units=units,
        section=reading.path(section.index),
        heading=heading_unit(reading, section),
        type="uppdrag",
        tasks=tasks_of(reading, units),
    )
    return _with_own_actors(reading, draft)


def _point(reading: Reading, units: Sequence[Unit], section: Section) -> Measure:
    numbered = NUMBERED.match(units[0].line)
    titled = is_title(units[0])
    title = numbered["title"] if numbered else units[0].line
    body = tuple(units[1:]) if titled else tuple(units)
    draft = Draft(
        id=_point_id(section, numbered["number"]) if numbered else slug(title),
        title=title,
        at=extent(units),
        units=body,
        heading=units[0] if titled else None,
        section=reading.path(section.index),
        type="uppdrag",
        tasks=tasks_of(reading, body),
    )
    return _with_own_actors(reading, draft)


def _with_own_actors(reading: Reading, draft: Draft) -> Measure:
    """The measure, with those who act by its words; whoever only takes part is never the one.

    "Rådet ska tillsammans med Rikspolisstyrelsen …" in a letter to Brottsförebyggande rådet.
    """
    measure = measure_of(reading, draft)
    heading = (draft.heading,) if draft.heading else ()
    roles = tuple(roles_in(reading, (*heading, *draft.units)))
    if acting(roles):
        return measure
    return replace(measure, agencies=(), other_agencies=others(roles, ()), agency_roles=roles)


def _point_id(section: Section, number: str) -> str:
    """ "3.1" for point 1 of section 3, else the number alone."""
    return f"{section.number}.{number}" if section.number else number


def _points(units: Sequence[Unit]) -> list[list[Unit]]:
    """Paragraphs that order something; a list belongs to the paragraph before it.

    Where numbered lines give the points titles, a point is such a line and what follows it.
    Numbered points of a list that no paragraph opens are one each where they order something.
    """
    if any(is_title(u) for u in units):
        return _titled_points(units)
    found: list[list[Unit]] = []
    block = -1
    for unit in units:
        own = unit.kind != "list_item" or _stands_alone(unit, found)
        new = unit.block != block and own
        block = unit.block
        if new and ORDERS.search(unit.line):
            found.append([unit])
        elif found:
            found[-1].append(unit)
    return found


def _stands_alone(unit: Unit, found: Sequence[Sequence[Unit]]) -> bool:
    """Whether a numbered point of a list is no part of a paragraph that opened the list."""
    opened = found and found[-1][0].kind != "list_item"
    return not opened and NUMBERED.match(unit.line) is not None


def _titled_points(units: Sequence[Unit]) -> list[list[Unit]]:
    found: list[list[Unit]] = []
    for unit in units:
        if is_title(unit):
            found.append([unit])
        elif found:
            found[-1].append(unit)
    return [point for point in found if any(ORDERS.search(u.line) for u in point[1:])]


def _stands(point: Sequence[Unit]) -> bool:
    """Whether a point orders something, not only takes an assignment back."""
    return not any(_TAKEN_BACK.search(u.line) for u in point)


def _addressed(reading: Reading, measures: Sequence[Measure]) -> list[Measure]:
    """ "Myndigheten ska …": the agency is the one the letter is for."""
    title = reading.document.title
    addressee = next(
        (
            m
            for m in reading.mentions
            if m.type == "AGENCY" and (str(m.value) in title or m.surface in title)
        ),
        None,
    )
    if addressee is None:
        return list(measures)
    name = str(addressee.value)
    role = AgencyRole(name, "must_act", addressee.span)
    return [
        m
        if m.agencies
        else replace(
            m,
            agencies=(name,),
            other_agencies=tuple(a for a in m.other_agencies if a != name),
            agency_roles=(role, *m.agency_roles),
        )
        for m in measures
    ]


def _distinct(measures: Sequence[Measure]) -> list[Measure]:
    seen: dict[str, int] = {}
    found = []
    for measure in measures:
        seen[measure.id] = seen.get(measure.id, 0) + 1
        number = seen[measure.id]
        found.append(measure if number == 1 else replace(measure, id=f"{measure.id}-{number}"))
    return found
