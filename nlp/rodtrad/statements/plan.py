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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

from rodtrad.datamodel import AgencyRole, Measure, Section, Span
from rodtrad.entities import canonical_name
from rodtrad.statements.build import Draft, measure_of, slug
from rodtrad.statements.english_actors import acting_in, beside_in
from rodtrad.statements.forms import (
    fields_of,
    filled_in,
    formed_sections,
    labelled_drafts,
)
from rodtrad.statements.kinds import MAY_ORDER, OTHER, PLAN_KINDS
from rodtrad.statements.numbering import NUMBERED_MEASURE
from rodtrad.statements.points import (
    DOES,
    DUTY,
    OFFICE_DUTY,
    duties,
    listed,
    numbered_points,
    numbers_measures,
    titled_points,
)
from rodtrad.statements.prose import STANDING, told_orders
from rodtrad.statements.reading import Reading, Unit, one_line
from rodtrad.statements.records import recorded
from rodtrad.statements.roles import acting, roles_in
from rodtrad.statements.state import REPORTING
from rodtrad.statements.tasks import tasks_of
from rodtrad.statements.vocabulary import first_cue, label_of

_RESPONSIBILITIES = re.compile(
    r"\b(?:ansvarsområde\w*|ansvarsfördelning\w*|myndigheter och (?:andra )?aktörer som har)\b",
    re.IGNORECASE,
)
_ACTOR_TITLE_WORDS = 4
_NUMBERED_MEASURE = re.compile(rf"{NUMBERED_MEASURE}\b", re.IGNORECASE)


def plan_measures(reading: Reading) -> tuple[Measure, ...]:
    """The measures of a plan, in order."""
    style = numbers_measures(reading)
    ahead = [s for s in reading.sections if not _looks_back(reading, s)]
    points = {s.index: f for s in ahead if (f := _points(reading, s, numbered=style))}
    sections = measure_sections(reading, divided=bool(points))
    points |= duties(reading, [s for s in sections if s.index not in points])
    if not points:
        points = listed(reading, _unannounced(reading, sections))
    points |= _told_in_prose(reading, [s for s in ahead if s.index not in points], sections, points)
    drafts = [_of_section(reading, s) for s in sections if s.index not in points]
    drafts += [draft for found in points.values() for draft in found]
    labelled = labelled_drafts(reading)
    drafts = [d for d in drafts if not any(d.at.overlaps(o.at) for o in labelled)] + labelled
    ids: dict[str, int] = {}
    measures = []
    for draft in sorted(drafts, key=lambda d: d.at):
        ids[draft.id] = ids.get(draft.id, 0) + 1
        number = ids[draft.id]
        named = draft if number == 1 else replace(draft, id=f"{draft.id}-{number}")
        measures.append(_with_subject(reading, filled_in(reading, measure_of(reading, named))))
    return tuple(measures)


def _told_in_prose(
    reading: Reading,
    ahead: Sequence[Section],
    chosen: Sequence[Section],
    points: Mapping[int, Sequence[Draft]],
) -> dict[int, list[Draft]]:
    """The orders told under themes, in a plan whose measures no chapter announces."""
    announced = [s for s in reading.sections if _is_measure_chapter(reading, s)]
    if any(not _is_title(reading, s) for s in announced) or formed_sections(reading):
        return {}
    themes = [
        s
        for s in ahead
        if not any(map(_frames_any, reading.ancestors(s.index)))
        and not label_of("types_title", one_line(s.title))
        and not _is_numbered(s)
    ]
    return told_orders(reading, themes, alone=not points and not chosen)


def _points(reading: Reading, section: Section, *, numbered: bool) -> list[Draft]:
    """The measures that a section numbers in its text; `numbered` where the plan does so."""
    around = reading.ancestors(section.index)
    announced = any(_announces(s) and not _is_title(reading, s) for s in around)
    numbered = numbered and not any(map(_frames_any, around))
    return (
        numbered_points(reading, section)
        or titled_points(reading, section, announced=announced, numbered=numbered)
        or recorded(reading, section, announced=_announces(section) and not _is_numbered(section))
    )


def _is_numbered(section: Section) -> bool:
    """ "Åtgärd A1 Rutiner": a measure's own title, also over labelled lines."""
    return _NUMBERED_MEASURE.match(one_line(section.title)) is not None


def _unannounced(reading: Reading, chosen: Sequence[Section]) -> list[Section]:
    """The sections of a plan in which no section is a measure; none that frames."""
    if chosen:
        return []
    return [s for s in reading.sections if not any(map(_frames_any, reading.ancestors(s.index)))]


def _frames_any(section: Section) -> bool:
    return first_cue("not_measure_chapters", one_line(section.title)) is not None


def _looks_back(reading: Reading, section: Section) -> bool:
    """Whether a section stands under "Tidigare genomförda åtgärder", "Vad regeringen har gjort"."""
    titles = (one_line(s.title) for s in reading.ancestors(section.index))
    return any(label_of("not_measure_chapters", title) == "back" for title in titles)


def _of_section(reading: Reading, section: Section) -> Draft:
    parts = (section, *_form_lines(reading, section))
    told = (u for s in parts for u in reading.units_of_section.get(s.index, ()))
    units = tuple(takewhile(lambda u: not turns_back(u), told))
    return Draft(
        id=section.number or slug(section.title),
        title=section.title,
        at=Span(section.at.start, _trimmed(reading, parts[-1]).end),
        units=units,
        section=reading.path(section.index),
        heading=heading_unit(reading, section),
        tasks=tasks_of(reading, units),
    )


def turns_back(unit: Unit) -> bool:
    """A line in the text of a section that heads what was done before."""
    heads = not unit.line.endswith((".", ":")) and unit.kind != "list_item"
    return heads and label_of("not_measure_chapters", unit.line) == "back"


def _with_subject(reading: Reading, measure: Measure) -> Measure:
    """The measure with those who act by its own words where no known agency does.

    The subject of a title that lays a duty, as it stands; the issuers themselves where the text
    says "Myndigheten" or "Myndigheterna", and the one agency whose own plan it is.
    """
    if measure.agencies:
        given = measure.type == OTHER and _is_bodys_own(reading)
        return replace(measure, type="uppdrag") if given else measure
    said = [one_line(s.text) for s in measure.sentences] if measure.language == "en" else []
    names = acting_in(said)
    beside = tuple(n for n in beside_in(said) if n not in names) if names else ()
    names = names or _own_subject(reading, measure)
    if not names:
        return measure
    own_money = measure.type in MAY_ORDER and _is_bodys_own(reading)
    roles = (
        *(AgencyRole(name, "must_act", measure.span) for name in names),
        *(AgencyRole(name, "participates", measure.span) for name in beside),
        *measure.agency_roles,
    )
    return replace(
        measure,
        type="uppdrag" if measure.type == OTHER or own_money else measure.type,
        agencies=names,
        other_agencies=_names(n for n in (*measure.other_agencies, *beside) if n not in names),
        agency_roles=roles,
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _own_subject(reading: Reading, measure: Measure) -> tuple[str, ...]:
    """The subject of the title, as it stands, or the issuers where the plan is their own.

    Not "En tjänst ska tas fram": what is made or done acts in nothing.
    """
    duty = DUTY.match(measure.title) or OFFICE_DUTY.match(measure.title)
    done_to = _DONE_TO.match(measure.title) is not None
    if duty and not done_to and not _NOBODY.search(duty["who"]):
        return (duty["who"],)
    itself = any(_ITSELF.match(s.text) for s in measure.sentences)
    issuers = _issuers(reading)
    labelled = "who" in fields_of(reading, measure.at)
    unsaid = done_to or (measure.type in MAY_ORDER and not labelled)
    own = unsaid and len(issuers) == 1 and _is_bodys_own(reading) and not _gathers(issuers[0])
    return issuers if itself or own else ()


# The Government orders others; "Nya uppdrag ska stärka beredskapen" names what is given.
_NOBODY = re.compile(
    r"^(?:Regeringen|Myndighet)|(?:uppdrag|åtgärd|insats|satsning|medel|regler|förslag|plan|strategi)"
    r"(?:et|en|er|erna|ar|arna|na)?$"
)
# "En tjänst ska tas fram", "Alla rum ska även ses över", "Råd ska finnas".
_DONE_TO = re.compile(
    r"^[^.;,]*?\b(?:ska|skall)\s+(?:(?:även|också|därför|dessutom|löpande|årligen)\s+)?"
    r"(?!minnas\b|lyckas\b|enas\b|delta\b)\w+s\b"
)


def _is_bodys_own(reading: Reading) -> bool:
    """A plan of an agency or municipality, where who acts has the task; not the Government's."""
    issuer = reading.document.get("issuer")
    return issuer is not None and not issuer.startswith("Regering") and not _MINISTRY.search(issuer)


def _gathers(issuer: str) -> bool:
    """A region or county board, whose plans tell what many bodies do."""
    return issuer.startswith(("Region", "Länsstyrelse")) or "kommun" in issuer


_MINISTRY = re.compile(r"departement|^ministry|^government", re.IGNORECASE)
_ITSELF = re.compile(
    r"^\W*(?:myndigheten|myndigheterna|vi)\s+(?!har\b|fick\b)\w+(?:r|s|ska)\b", re.I
)


def _issuers(reading: Reading) -> tuple[str, ...]:
    """The agencies that issue a plan of their own; none where the Government does."""
    named = re.split(r",\s*|\s+och\s+(?=[A-ZÅÄÖ])", reading.document.get("issuer") or "")
    known = (canonical_name(name.strip()) for name in named)
    return tuple(name for name in known if name and not name.startswith("Regering"))


def heading_unit(reading: Reading, section: Section) -> Unit:
    """The heading as a sentence, so that the agencies it names are read like the others."""
    at = section.heading
    return Unit(at.of(reading.document.text), at, -1, "heading", section.index)


def _form_lines(reading: Reading, section: Section) -> Iterator[Section]:
    """The labelled lines right behind a section's heading that look like headings themselves."""
    beside = reading.children[section.parent]
    behind = beside[beside.index(section) + 1 :]
    yield from takewhile(partial(_is_form_line, reading), behind)


def _is_form_line(reading: Reading, section: Section) -> bool:
    """ "Lead: the Agency": a labelled line as a heading."""
    return bool(fields_of(reading, section.heading))


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
        told |= {s.index for s in reading.sections if _orders_follow_up(reading, s)}
        return _titled(reading, told)
    alone = [
        s
        for s in reading.sections
        if _is_alone_a_measure(reading, s) or _orders_follow_up(reading, s)
    ]
    return tuple(s for s in alone if len(alone) == 1 or not _leads(reading, s))


def _leads(reading: Reading, section: Section) -> bool:
    """The opening of a page under its title, which gives nobody anything: the rest does."""
    units = reading.units_of_section.get(section.index, ())
    return _is_title(reading, section) and not acting(roles_in(reading, units))


_FOLLOWS_UP = re.compile(r"\b(?:uppföljning\w*|utvärdering\w*|lägesbild\w*)\b", re.IGNORECASE)


def _orders_follow_up(reading: Reading, section: Section) -> bool:
    """A section on follow-up or on how things are that orders an agency to tell it by a day."""
    around = reading.ancestors(section.index)
    if reading.children.get(section.index) or reading.document.kind not in PLAN_KINDS:
        return False
    if not any(_FOLLOWS_UP.search(s.title) and _frames_any(s) for s in around):
        return False
    units = reading.units_of_section.get(section.index, ())
    days = (m for u in units for m in reading.mentions_in(u.at, "DEADLINE"))
    return any(_is_ordered(reading, u) for u in units) and any(
        m.certainty == "certain" and m.value["kind"] in REPORTING for m in days
    )


def _titled(reading: Reading, told: set[int]) -> tuple[Section, ...]:
    """The sections told, without labelled lines; one that says nothing only where none does."""
    ahead = (s for s in reading.sections if s.index in told and not _looks_back(reading, s))
    found = [s for s in ahead if not _is_form_line(reading, s)]
    full = [s for s in found if _has_text(reading, s) or any(_form_lines(reading, s))]
    return tuple(full or found)


def _has_text(reading: Reading, section: Section) -> bool:
    below = section.at.of(reading.document.text)[section.heading.end - section.at.start :]
    return bool(below.strip())


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
            if _does(reading, leaf) or _NUMBERED_MEASURE.match(one_line(leaf.title)):
                yield leaf


# "Verket har tidigare föreslagit …": what was, no act.
_EARLIER = re.compile(r"\bhar tidigare\b", re.IGNORECASE)


def _does(reading: Reading, section: Section) -> bool:
    units = reading.units_of_section.get(section.index, ())
    now = [u for u in units if not _EARLIER.search(u.line)]
    if any(DOES.search(u.line) or reading.mentions_in(u.at, "DEADLINE") for u in now):
        return True
    return bool(acting(roles_in(reading, now)))


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
    numbered = _NUMBERED_MEASURE.match(around[0]) is not None
    if any(first_cue("not_measure_chapters", title) for title in around[numbered:]):
        return False
    units: Sequence[Unit] = reading.units_of_section.get(section.index, [])
    if not units:
        return False
    if label_of("types_title", around[0]) or numbered:
        return True
    return _tells_an_act(reading, units)


_SHALL = re.compile(r"\b(?:ska|skall|kommer|får|ges|shall|will|is to|are to)\b", re.IGNORECASE)
_AGENCY_ITSELF = re.compile(
    r"\b(?:the Agency|the Authority|myndigheten|verket|vi|we)\s+(?:will|shall|ska)\b", re.I
)


def _is_ordered(reading: Reading, unit: Unit) -> bool:
    """Whether a sentence says what an agency shall do, beyond what it shall do anyhow."""
    if not _SHALL.search(unit.line) or STANDING.search(unit.line):
        return False
    itself = _is_bodys_own(reading) and _AGENCY_ITSELF.search(unit.line)
    return bool(itself or acting(roles_in(reading, (unit,))))


# "Regeringen avser att ge X i uppdrag att …": what is to be done, needs no day.
_GIVES_TASK = re.compile(
    r"\bregeringen\s+(?:avser att|kommer att|ska|har|ger|uppdrar)\b[^.;]*\b(?:i uppdrag|åt)\b"
    r"[^.;]*\batt\b",
    re.IGNORECASE,
)


def _tells_an_act(reading: Reading, units: Sequence[Unit]) -> bool:
    opening = " ".join(u.line for u in units[:2])
    told = reading.document.kind in PLAN_KINDS and all(u.kind != "list_item" for u in units)
    ordered = told and any(_is_ordered(reading, u) for u in units)
    if not ordered and not first_cue("government_acts", opening):
        return False
    if told and any(_GIVES_TASK.search(u.line) and acting(roles_in(reading, (u,))) for u in units):
        return True
    at = Span(units[0].at.start, units[-1].at.end)
    return bool(
        reading.mentions_in(at, "DEADLINE")
        or reading.mentions_in(at, "DIARIENUMMER")
        or reading.mentions_in(at, "AMOUNT")
    )
