"""Measures of a regleringsbrev: the assignments and reporting requirements it gives.

A letter of appropriation lists assignments under headings such as "Uppdrag", "Återrapportering"
or "Organisationsstyrning": each titled point there is a measure of the agency the letter is for.
The terms of the appropriations themselves (amounts, credit limits) are no measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rodtrad.datamodel import AgencyRole, Deadline, Measure, Section, Span
from rodtrad.entities import NO_YEAR, find_dates
from rodtrad.statements.build import Draft, measure_of, slug
from rodtrad.statements.kinds import OTHER
from rodtrad.statements.numbering import MARK, NUMBERED
from rodtrad.statements.payments import payments
from rodtrad.statements.plan import heading_unit
from rodtrad.statements.reading import Reading, Unit, extent, one_line, without_bullet
from rodtrad.statements.roles import acting, others, roles_in
from rodtrad.statements.state import REPORTING
from rodtrad.statements.stretches import ORDERS, Stretch, is_title, stretches
from rodtrad.statements.tables import table_measures
from rodtrad.statements.tasks import tasks_of

_CHAPTER = re.compile(
    r"^(?:(?:nya|övriga?|särskilda|andra|pågående|löpande|fortsatta|kvarstående|tidigare"
    r"(?: beslutade| lämnade| givna)?)\s+)?(?:uppdrag|(?:mål och )?återrapportering\w*"
    r"|verksamhetsstyrning|organisationsstyrning)\b",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"^(?:finansiering|anslag\w*|villkor\w*|ekonomiska villkor|avgifter\w*|undantag)\b",
    re.IGNORECASE,
)
# "Uppdraget om X utgår.": a change of a letter that takes an assignment back.
_TAKEN_BACK = re.compile(
    rf"^\W*(?:{MARK})?(?:uppdraget\b[^.]*\s)?(?:utgår|upphör|upphävs)\b", re.IGNORECASE
)


# What is to be reported, without a verb: "En bedömning av måluppfyllelsen", "- antalet kontroller".
_REPORT = re.compile(r"^återrapportering(?:skrav)?(?:\s+\d{1,2})?$", re.IGNORECASE)
_TELLS = re.compile(r"\w{4,}.*\s\w{3,}")
# "Mål 1", "Mål för tillsynen" over a goal: what is to be reached; what is to be done stands under
# "Återrapportering".
_GOAL = re.compile(r"^mål(?:\s+\d{1,2}|\s+för\b.*)?$", re.IGNORECASE)


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
        if not is_chapter and any(not _ends(one_line(s.title)) for s in below):
            continue
        if _GOAL.match(part.title):
            continue
        if not any(ORDERS.search(u.line) for u in units):
            told = [u for u in units if _TELLS.search(u.line)]
            found += [_point(reading, told, section)] if told and _REPORT.match(part.title) else []
            continue
        several = _points(reading, units) if is_chapter else _orders_of_their_own(reading, units)
        if is_chapter or several:
            found += [_point(reading, p, section) for p in several if _stands(p)]
        else:
            found.append(_titled(reading, section, units, behind.get(section.index, "")))
    found += payments(reading, found)
    dated = [_dated(reading, measure) for measure in _addressed(reading, found)]
    return tuple(_distinct(dated))


def _ends(title: str) -> bool:
    """A heading that begins something else, although it is set below an assignment."""
    return bool(_TERMS.match(title) or _CHAPTER.match(title))


_BUDGET_YEAR = re.compile(r"\bbudgetåret\s+((?:19|20)\d\d)\b(?!\s*/)", re.IGNORECASE)


def _dated(reading: Reading, measure: Measure) -> Measure:
    """The measure with the reports whose day has no year: those of the letter's own year.

    "Prognoser ska lämnas den 21 januari och den 3 maj" in the letter for 2014, also where the days
    stand as a list. A day before that year is no deadline but tells of what was.
    """
    year = _BUDGET_YEAR.search(reading.document.title)
    if year is None:
        return measure
    open_days = [m for m in reading.mentions_in(measure.at, "DEADLINE") if m.reason == NO_YEAR]
    told = (
        Deadline(m.value["kind"], year[1] + m.value["date"][1:], measure.agencies, m.span)
        for m in open_days
        if m.value["kind"] in REPORTING
    )
    flags = {f"{one_line(m.surface)}: {m.reason}" for m in open_days}
    kept = [d for d in measure.deadlines if d.date.startswith("--") or d.date[:4] >= year[1]]
    return replace(
        measure,
        deadlines=_each_once((*kept, *told, *_days_alone(reading, measure, year[1]))),
        flags=tuple(f for f in measure.flags if f not in flags),
    )


_DAY = r"(?:den\s+)?\d{1,2}\s+[a-z]{3,9}(?:\s+\d{4})?"
_DAYS_ALONE = re.compile(rf"\W*(?:senast\s+)?{_DAY}(?:(?:\W+|\s+och\s+){_DAY})*\W*")
_TIMES = re.compile(r"\b(?:\w*tillfällen|\w*tidpunkter|\w*datum|dagar)\b", re.IGNORECASE)


def _days_alone(reading: Reading, measure: Measure, year: str) -> Iterator[Deadline]:
    """The days of a list of nothing else, behind "vid nedanstående prognostillfällen"."""
    if not _TIMES.search(measure.text):
        return
    units = [u for u in reading.units if measure.at.covers(u.at)]
    for place in (*(u.at for u in units), *_lines_behind(reading, measure)):
        text = place.of(reading.document.text)
        for day in re.finditer(_DAY, text) if _DAYS_ALONE.fullmatch(text) else ():
            told = one_line(day.group())
            at = Span(place.start + day.start(), place.start + day.end())
            for date in find_dates(told if told[-1].isdigit() else f"{told} {year}"):
                span = reading.document.span_of(at)
                yield Deadline("redovisning", str(date.value), measure.agencies, span)


def _lines_behind(reading: Reading, measure: Measure) -> Iterator[Span]:
    """The lines right behind a measure that were taken for a table, where days stand one a line."""
    behind = (b for b in reading.document.blocks if b.at.start >= measure.at.end)
    block = next(behind, None)
    if block is None or block.kind != "table":
        return
    for line in re.finditer(r"[^\n]+", block.at.of(reading.document.text)):
        yield Span(block.at.start + line.start(), block.at.start + line.end())


def _each_once(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    return tuple({(d.kind, d.date, d.part): d for d in deadlines}.values())


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
    numbered = (NUMBERED.match(u.line) for u in part.units if is_title(u))
    return max((_plain(n["number"]) for n in numbered if n), default=0)


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
    line = numbered["title"] if numbered else without_bullet(units[0].line)
    title = run_in["title"] if (run_in := _RUN_IN.match(line)) else _AND.sub("", line)
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


# "Hatbrott – Rådet ska …": the title of a point on the line of its order.
_RUN_IN = re.compile(
    r"(?P<title>[A-ZÅÄÖ][^.:;–]{2,80}?)\s+[–-]\s+(?=[A-ZÅÄÖ][^.;]{2,120}?\b(?:ska|skall)\b)"
)


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


def _points(reading: Reading, units: Sequence[Unit]) -> list[list[Unit]]:
    """Paragraphs that order something; a list belongs to the paragraph before it.

    Where numbered lines give the points titles, a point is such a line and what follows it. Points
    of a list that no paragraph opens are one each where they are numbered or say who is to act. A
    paragraph about the task itself ("Uppdraget ska redovisas …") or one broken off in the middle of
    a sentence goes on with the point before.
    """
    if any(is_title(u) for u in units):
        return _titled_points(units)
    found: list[list[Unit]] = []
    block = -1
    for unit in units:
        own = unit.kind != "list_item" or _stands_alone(reading, unit, found)
        new = unit.block != block and own and not (found and _goes_on(reading, unit))
        block = unit.block
        if new and ORDERS.search(unit.line):
            found.append([unit])
        elif found:
            found[-1].append(unit)
    return [part for point in found for part in _each_dated(reading, point)]


def _each_dated(reading: Reading, point: list[Unit]) -> list[list[Unit]]:
    """The items of a list that "Verket skall" opens, where each has its own report."""
    lead, items = point[0], [list(g) for _, g in groupby(point[1:], key=lambda u: u.block)]
    apart = _LEAD.search(lead.line) and len(items) >= _FEWEST
    listed = apart and all(i[0].kind == "list_item" or NUMBERED.match(i[0].line) for i in items)
    return items if listed and all(_has_day(reading, item) for item in items) else [point]


def _has_day(reading: Reading, units: Sequence[Unit]) -> bool:
    return any(reading.mentions_in(u.at, "DEADLINE") for u in units)


# "… senast den 1 mars, och": the next item follows.
_AND = re.compile(r"[,;]\s*(?:och|samt)?\s*$")
_LEAD = re.compile(r"\b(?:ska|skall)\s*:?$", re.IGNORECASE)


# "Uppdraget ska redovisas …", "Redovisning ska lämnas …", "Planen ska …": of the task before.
_OF_THE_TASK = re.compile(
    r"(?:(?:hela\s+)?(?:(?:del)?uppdrag(?:et|en)|arbetet|medlen|samrådet|förslag(?:et|en)|genomförandet"
    r"|(?:handlings)?plan(?:en|erna)|\w*(?:utvärdering|kartläggning|redovisning|utredning)(?:en|arna)"
    r"|\w*(?:analys|studie|översikt|rapport|prognos|strategi|översyn)(?:en|erna|n|rna))"
    r"|(?:del|slut|åter)?(?:redovisning|rapport(?:ering)?)|(?:i|av|vid|inom|under)\s+"
    r"(?:uppdraget|arbetet|redovisningen|rapporten|analysen)|den|det|detta|dessa|de)\b(?!\s+(?:av|om)\b)",
    re.IGNORECASE,
)


def _goes_on(reading: Reading, unit: Unit) -> bool:
    """Whether a paragraph is about the task before it, or in the middle of its sentence.

    So also one that says nobody shall do it and begins right below the line before.
    """
    if NUMBERED.match(unit.line) or _RUN_IN.match(unit.line):
        return False
    if unit.text[:1].islower() or _OF_THE_TASK.match(unit.line):
        return True
    source, start = reading.document.source, reading.document.span_of(unit.at).start
    below = re.search(r"\S[^\S\n]*\n[^\S\n]*\Z", source[max(0, start - _INDENT) : start])
    return below is not None and unit.kind != "list_item" and not _names_subject(reading, unit)


_INDENT = 80


def _stands_alone(reading: Reading, unit: Unit, found: Sequence[Sequence[Unit]]) -> bool:
    """Whether a point of a list is no part of a paragraph that opened the list.

    It is numbered, or says who shall do something ("– Verket ska redovisa …").
    """
    if found and found[-1][0].kind != "list_item":
        return False
    return NUMBERED.match(unit.line) is not None or _lays_duty(reading, unit)


_SUBJECT = re.compile(
    rf"^\W*(?:{MARK})?[A-ZÅÄÖ][\w-]+(?:\s(?:och\s)?[\w-]+){{0,5}}?\s+(?:ska|skall)\b"
)


# The agency of the letter, by what it is.
_ITSELF = re.compile(
    rf"^\W*(?:{MARK}|regeringen\s+(?:\w+\s+)?uppdrar\s+åt\s+)?"
    r"(?:myndighet(?:en|erna)|verket|rådet|styrelsen|institutet|nämnden"
    r"|inspektionen|universitetet|högskolan|ämbetet|delegationen|kollegiet|centret)\b",
    re.IGNORECASE,
)


def _lays_duty(reading: Reading, unit: Unit) -> bool:
    """Whether a sentence begins with who shall do something."""
    return _names_subject(reading, unit) and not _goes_on(reading, unit)


def _names_subject(reading: Reading, unit: Unit) -> bool:
    if _SUBJECT.match(unit.line) is None and _ORDERED.match(unit.line) is None:
        return False
    return bool(acting(roles_in(reading, (unit,)))) or _ITSELF.match(unit.line) is not None


# "Regeringen uppdrar åt nämnden att …"
_ORDERED = re.compile(r"^\W*regeringen\s+(?:\w+\s+)?(?:uppdrar|ger)\b", re.IGNORECASE)


_FEWEST = 2


def _orders_of_their_own(reading: Reading, units: Sequence[Unit]) -> list[list[Unit]]:
    """The points under a heading that is only their subject: two at least that each lay a duty.

    Numbered, or each with its own report. Paragraphs behind one belong to it.
    """
    found: list[list[Unit]] = []
    block = -1
    for unit in units:
        numbered = NUMBERED.match(unit.line) is not None
        opens = unit.kind != "list_item" or numbered
        if unit.block != block and opens and _lays_duty(reading, unit):
            found.append([unit])
        elif found:
            found[-1].append(unit)
        elif ORDERS.search(unit.line):
            return []
        block = unit.block
    apart = all(NUMBERED.match(p[0].line) or _reports(reading, p) for p in found)
    return found if len(found) >= _FEWEST and apart else []


def _reports(reading: Reading, units: Sequence[Unit]) -> bool:
    mentions = (m for u in units for m in reading.mentions_in(u.at, "DEADLINE"))
    return any(m.value["kind"] in REPORTING for m in mentions)


def _titled_points(units: Sequence[Unit]) -> list[list[Unit]]:
    """Points by their titles; a numbered order without a title that counts on is one as well."""
    found: list[list[Unit]] = []
    for unit in units:
        if is_title(unit) or (found and _counts_on(unit, found[-1][0])):
            found.append([unit])
        elif found:
            found[-1].append(unit)
    return [p for p in found if any(ORDERS.search(u.line) for u in p[is_title(p[0]) :])]


def _counts_on(unit: Unit, before: Unit) -> bool:
    """ "3. Verket ska …" behind point 2; an item of a list begins in lower case."""
    numbers = NUMBERED.match(before.line), NUMBERED.match(unit.line)
    if numbers[0] is None or numbers[1] is None or not ORDERS.search(unit.line):
        return False
    last, number = numbers[0]["number"], numbers[1]["number"]
    return number.isdigit() and number == str(_plain(last) + 1) and numbers[1]["title"][0].isupper()


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


def letter_tables(reading: Reading) -> tuple[Measure, ...]:
    """The assignments that a letter lists in tables ("Uppdrag", "Redovisas senast")."""
    found = _addressed(reading, table_measures(reading))
    return tuple(replace(m, type="uppdrag") if m.type == OTHER else m for m in found)
