"""Measures of a plan: which of its sections describe one.

A plan gathers its measures in chapters that say so in their heading ("Åtgärder …", "Insatser …",
"Inriktning och åtgärder …"), in groups by area. The innermost titled sections of such a chapter
are measures. Not so: groups that list actors and their standing responsibilities (most of their
titles are names of agencies, or the lead-in says "ansvarsområde"), and chapters that look back or
frame (follow-up, background, consultations, international commitments).

Where no chapter says so, a section counts by its own words: its heading names a form ("Uppdrag
till …"), or its first sentences tell an act of the Government and a date or a matter number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rodtrad.datamodel import AgencyRole, Measure, Section, Span
from rodtrad.entities import canonical_name
from rodtrad.statements.build import Draft, measure_of, slug
from rodtrad.statements.forms import filled_in, formed_sections
from rodtrad.statements.kinds import OTHER
from rodtrad.statements.reading import Reading, Unit, extent, one_line, without_bullet
from rodtrad.statements.tasks import tasks_of
from rodtrad.statements.vocabulary import first_cue, label_of

_RESPONSIBILITIES = re.compile(
    r"\b(?:ansvarsområde\w*|ansvarsfördelning\w*|myndigheter och (?:andra )?aktörer som har)\b",
    re.IGNORECASE,
)
_ACTOR_TITLE_WORDS = 4
# "Åtgärd 3", "Insats 2.1", "Åtgärd A1", "Aktivitet 1b".
_NUMBERED_MEASURE = re.compile(
    r"(?:åtgärd|insats|aktivitet|uppdrag|action|measure)\s+(?:[A-ZÅÄÖ]\.?)?\d+(?:\.\d+)*[a-z]?\b",
    re.IGNORECASE,
)


def plan_measures(reading: Reading) -> tuple[Measure, ...]:
    """The measures of a plan, in order."""
    points = {s.index: found for s in reading.sections if (found := _points(reading, s))}
    sections = measure_sections(reading, divided=bool(points))
    points |= _duties(reading, [s for s in sections if s.index not in points])
    drafts = [_of_section(reading, s) for s in sections if s.index not in points]
    drafts += [draft for found in points.values() for draft in found]
    ids: dict[str, int] = {}
    measures = []
    for draft in sorted(drafts, key=lambda d: d.at):
        ids[draft.id] = ids.get(draft.id, 0) + 1
        number = ids[draft.id]
        named = draft if number == 1 else replace(draft, id=f"{draft.id}-{number}")
        measures.append(_with_subject(reading, filled_in(reading, measure_of(reading, named))))
    return tuple(measures)


def _of_section(reading: Reading, section: Section) -> Draft:
    units = tuple(reading.units_of_section.get(section.index, ()))
    return Draft(
        id=section.number or slug(section.title),
        title=section.title,
        at=_trimmed(reading, section),
        units=units,
        section=reading.path(section.index),
        heading=heading_unit(reading, section),
        tasks=tasks_of(reading, units),
    )


_POINT = re.compile(
    r"^\W*(?:åtgärd|insats|aktivitet|action|measure)\s+(?:[A-ZÅÄÖ]\.?)?\d+(?:\.\d+)*[a-z]?\s*[:.–-]",
    re.IGNORECASE,
)


def _points(reading: Reading, section: Section) -> list[Draft]:
    """The measures of a section that numbers them in its text: "Åtgärd 1. Boverket ska …".

    Two at least: one alone is a pointer ("Åtgärd 3: se ovan"). A point that orders is read itself.
    Without numbers, paragraphs that each begin with an act in bold type are one each.
    """
    points: list[list[Unit]] = []
    block = -1
    for unit in reading.units_of_section.get(section.index, ()):
        if unit.block != block and _POINT.match(unit.line):
            points.append([unit])
        elif points:
            points[-1].append(unit)
        block = unit.block
    if len(points) > 1:
        return [_of_point(reading, point) for point in points]
    bold = [p for p in _paragraphs(reading, section) if _begins_bold(reading, p[0])]
    acts = [p for p in bold if first_cue("government_acts", p[0].line)]
    return [_of_paragraph(reading, p) for p in acts] if len(acts) > 1 else []


# "– Fritidsförvaltningen ansvarar för att …": who shall do something, first in a point.
_DUTY = re.compile(
    r"^\W*(?P<who>[A-ZÅÄÖ][\w-]+(?:\s(?:och\s)?[\w-]+){0,4}?)\s+"
    r"(?:ska|skall|får|ges|ansvarar|följer|tar|genomför|erbjuder|utvecklar|inför|utbildar)\b"
)
_THEME = 3
_FEWEST_DUTIES = 3


def _duties(reading: Reading, sections: Sequence[Section]) -> dict[int, list[Draft]]:
    """The measures of sections under a bare theme ("Skydda") whose points each lay a duty.

    Three such points at least in the plan. A list under the title of a measure is its tasks.
    """
    found: dict[int, list[Draft]] = {}
    for section in sections:
        points = _paragraphs(reading, section)
        bare = len(one_line(section.title).split()) <= _THEME
        listed = points and all(_is_point(p) and _DUTY.match(p[0].line) for p in points)
        if bare and listed:
            found[section.index] = [_of_paragraph(reading, p) for p in points]
    return found if sum(map(len, found.values())) >= _FEWEST_DUTIES else {}


def _is_point(units: Sequence[Unit]) -> bool:
    return units[0].kind == "list_item" or without_bullet(units[0].line) != units[0].line


def _with_subject(reading: Reading, measure: Measure) -> Measure:
    """The measure with those who act by its own words where no known agency does.

    The subject of a title that lays a duty, as it stands; the issuers themselves where the text
    says "Myndigheten" or "Myndigheterna".
    """
    if measure.agencies:
        own = measure.type == OTHER and _is_bodys_own(reading)
        return replace(measure, type="uppdrag") if own else measure
    duty = _DUTY.match(measure.title)
    names: tuple[str, ...] = ()
    if duty and not duty["who"].startswith(("Regeringen", "Myndighet")):
        names = (duty["who"],)
    elif any(_ITSELF.match(s.text) for s in measure.sentences):
        names = _issuers(reading)
    if not names:
        return measure
    roles = tuple(AgencyRole(name, "must_act", measure.span) for name in names)
    return replace(
        measure,
        type="uppdrag" if measure.type == OTHER else measure.type,
        agencies=names,
        other_agencies=tuple(a for a in measure.other_agencies if a not in names),
        agency_roles=(*roles, *measure.agency_roles),
    )


def _is_bodys_own(reading: Reading) -> bool:
    """A plan of an agency or municipality, where who acts has the task; not the Government's."""
    issuer = reading.document.get("issuer")
    return issuer is not None and not issuer.startswith("Regering") and "departement" not in issuer


_ITSELF = re.compile(
    r"^\W*(?:myndigheten|myndigheterna|vi)\s+(?!har\b|fick\b)\w+(?:r|s|ska)\b", re.I
)


def _issuers(reading: Reading) -> tuple[str, ...]:
    """The agencies that issue a plan of their own; none where the Government does."""
    named = re.split(r",\s*|\s+och\s+(?=[A-ZÅÄÖ])", reading.document.get("issuer") or "")
    known = (canonical_name(name.strip()) for name in named)
    return tuple(name for name in known if name and not name.startswith("Regering"))


def _paragraphs(reading: Reading, section: Section) -> list[list[Unit]]:
    """The sentences of a section by paragraph."""
    units = reading.units_of_section.get(section.index, ())
    return [list(group) for _, group in groupby(units, key=lambda u: u.block)]


def _begins_bold(reading: Reading, unit: Unit) -> bool:
    """Whether Markdown sets the first words of a paragraph in bold type."""
    start = reading.document.span_of(unit.at).start
    return reading.document.source[max(0, start - 2) : start] in ("**", "__")


def _of_paragraph(reading: Reading, units: Sequence[Unit]) -> Draft:
    """A paragraph whose first sentence says what is done: that is its title."""
    title = without_bullet(units[0].line)
    return Draft(
        id=slug(title),
        title=title,
        at=extent(units),
        units=tuple(units),
        section=reading.path(units[0].section),
        tasks=tasks_of(reading, units),
    )


def _of_point(reading: Reading, point: Sequence[Unit]) -> Draft:
    """The first sentence behind "Åtgärd 1." is the title."""
    text, at = reading.document.text, extent(point)
    head = [u for u in point if u.block == point[0].block]
    alone = len(head) > 1 and _POINT.sub("", point[0].line) == ""
    titled = head[: 2 if alone else 1]
    place = Span(titled[0].at.start, titled[-1].at.end)
    title = one_line(place.of(text))
    whole = place.of(text).rstrip().endswith(".") and bool(_DOES.search(title))
    label = titled[:1] if alone else []
    units = tuple(u for u in point if u not in (label if whole else titled))
    return Draft(
        id=slug(title),
        title=title,
        at=at,
        units=units or tuple(titled),
        section=reading.path(point[0].section),
        heading=replace(titled[0], text=place.of(text), at=place) if units and not whole else None,
        tasks=tasks_of(reading, units),
    )


def heading_unit(reading: Reading, section: Section) -> Unit:
    """The heading as a sentence, so that the agencies it names are read like the others."""
    at = section.heading
    return Unit(at.of(reading.document.text), at, -1, "heading", section.index)


def _trimmed(reading: Reading, section: Section) -> Span:
    text = section.at.of(reading.document.text)
    return Span(section.at.start, section.at.start + max(1, len(text.rstrip())))


def measure_sections(reading: Reading, *, divided: bool = False) -> tuple[Section, ...]:
    """The sections that describe one measure each, in order.

    `divided` where measures are numbered in running text: then the title opens no chapter.
    """
    announcing = [s for s in reading.sections if _is_measure_chapter(reading, s)]
    chapters = [s for s in announcing if not _is_title(reading, s)]
    chapters = chapters or ([] if divided else announcing)
    inside = [
        leaf for chapter in chapters for leaf in _members(reading, chapter) if leaf is not chapter
    ]
    formed = formed_sections(reading)
    if inside or formed:
        told = {s.index for s in inside if not _lists_actors(reading, s) and _says(reading, s)}
        told |= {s.index for s in formed}
        return tuple(s for s in reading.sections if s.index in told)
    return tuple(s for s in reading.sections if _is_alone_a_measure(reading, s))


def _says(reading: Reading, section: Section) -> bool:
    """Whether a section says more than "Åtgärd A1": the title of that measure stands below it."""
    if reading.units_of_section.get(section.index):
        return True
    return _NUMBERED_MEASURE.fullmatch(one_line(section.title)) is None


def _is_measure_chapter(reading: Reading, section: Section) -> bool:
    """A heading that announces measures, with titled sections below, in no such chapter itself."""
    if not _announces(section) or not any(_members(reading, section)):
        return False
    around = reading.ancestors(section.parent)
    return not any(_announces(a) and not _is_title(reading, a) for a in around)


def _is_title(reading: Reading, section: Section) -> bool:
    """ "Åtgärdsplan för …" over the whole text is its title, no chapter of measures."""
    return one_line(section.title) == one_line(reading.document.title)


def _announces(section: Section) -> bool:
    title = one_line(section.title)
    if first_cue("not_measure_chapters", title):
        return False
    return first_cue("measure_chapters", title) is not None


def _members(reading: Reading, chapter: Section) -> Iterator[Section]:
    """The innermost sections of a chapter; of one in a text without levels, those behind it."""
    if reading.children.get(chapter.index):
        yield from _leaves(reading, chapter)
    elif not reading.units_of_section.get(chapter.index):
        yield from _behind(reading, chapter)


def _leaves(reading: Reading, section: Section) -> Iterator[Section]:
    """The innermost sections; one whose only subsections frame ("Uppföljning") is one itself."""
    below = reading.children.get(section.index, [])
    if reading.units_of_section.get(section.index):
        below = [s for s in below if not _frames(s)]
    if not below:
        yield section
    for child in below:
        yield from _leaves(reading, child)


_SHORT_TITLE = 3


def _frames(section: Section) -> bool:
    """ "Uppföljning", "Tidigare insatser": a short heading that only frames the measures."""
    title = one_line(section.title)
    return len(title.split()) <= _SHORT_TITLE and bool(first_cue("not_measure_chapters", title))


_DOES = re.compile(
    r"\b(?:ska|skall|avser|kommer|planerar|får|fick|fått|gav|gett|ger|ges|avs[aä]tt\w*|fördela\w*"
    r"|ansvarar|följer|beslut\w+|föresl\w+|tillsatt\w*|tillkallat|genomför\w*)\b",
    re.IGNORECASE,
)


def _behind(reading: Reading, chapter: Section) -> Iterator[Section]:
    """The sections behind an empty heading, up to the next that frames ("Tidigare insatser").

    Where a text sets all its headings alike, an empty one is the heading of a chapter. The title of
    the document is none.
    """
    if _is_title(reading, chapter):
        return
    siblings = reading.children[chapter.parent]
    following = siblings[siblings.index(chapter) + 1 :]
    numbered = bool(following and following[0].number and not chapter.number)
    for section in following:
        if _frames(section) or (numbered and not section.number):
            return
        for leaf in _leaves(reading, section):
            does = any(_DOES.search(u.line) for u in reading.units_of_section.get(leaf.index, ()))
            if does or _NUMBERED_MEASURE.match(one_line(leaf.title)):
                yield leaf


def _lists_actors(reading: Reading, section: Section) -> bool:
    """Whether the section describes an actor's standing task, not a measure.

    So where a group around it is introduced as a list of actors and their responsibilities, or
    where most of its neighbours' headings are names of agencies and its own is no form of measure.
    """
    if label_of("types_title", one_line(section.title)):
        return False
    around = reading.ancestors(section.parent)
    if any(_is_responsibility_group(reading, group) for group in around):
        return True
    siblings = reading.children[section.parent]
    named = [s for s in siblings if _is_actor_title(reading, s)]
    return len(named) * 2 > len(siblings) >= 2


def _is_responsibility_group(reading: Reading, group: Section) -> bool:
    lead = " ".join(u.line for u in reading.units_of_section.get(group.index, ()))
    title = one_line(group.title)
    return bool(_RESPONSIBILITIES.search(lead) or re.match(r"ansvariga\b", title, re.IGNORECASE))


def _is_actor_title(reading: Reading, section: Section) -> bool:
    mentions = reading.mentions_in(section.heading, "AGENCY")
    return bool(mentions) and len(section.title.split()) <= _ACTOR_TITLE_WORDS


def _is_alone_a_measure(reading: Reading, section: Section) -> bool:
    if reading.children.get(section.index):
        return False
    around = [one_line(s.title) for s in reading.ancestors(section.index)]
    if any(first_cue("not_measure_chapters", title) for title in around):
        return False
    units: Sequence[Unit] = reading.units_of_section.get(section.index, [])
    if not units:
        return False
    if label_of("types_title", around[0]) or _NUMBERED_MEASURE.match(around[0]):
        return True
    return _tells_an_act(reading, units)


def _tells_an_act(reading: Reading, units: Sequence[Unit]) -> bool:
    opening = " ".join(u.line for u in units[:2])
    if not first_cue("government_acts", opening):
        return False
    at = Span(units[0].at.start, units[-1].at.end)
    return bool(
        reading.mentions_in(at, "DEADLINE")
        or reading.mentions_in(at, "DIARIENUMMER")
        or reading.mentions_in(at, "AMOUNT")
    )
