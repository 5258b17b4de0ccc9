"""Measures set out as points: numbered in the text, in bold type, or in lists.

A list under the title of a measure is its tasks. Its points are measures of their own where the
heading is only a theme and each point lays a duty on somebody, where each says who is responsible,
or where no section of the plan is a measure and a line announces the list ("Vad vi ska göra:").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rodtrad.datamodel import Section, Span
from rodtrad.ingest.wording import has_finite_verb
from rodtrad.statements.build import Draft, slug
from rodtrad.statements.forms import fields_of
from rodtrad.statements.numbering import LABELLED_MEASURE, NUMBER_ALONE
from rodtrad.statements.reading import Reading, Unit, extent, one_line, without_bullet
from rodtrad.statements.stretches import cut_behind, line_alone
from rodtrad.statements.tasks import tasks_of
from rodtrad.statements.vocabulary import first_cue

DOES = re.compile(
    r"\b(?:ska|skall|avser|kommer|planerar|får|fick|fått|gav|gett|ger|ges|avs[aä]tt\w*|fördela\w*"
    r"|ansvarar|följer|beslut\w+|föresl\w+|tillsatt\w*|tillkallat|genomför\w*|uppdra(?:r|git)"
    r"|samordna\w*|anvisa\w*|anslå\w*|tilldela\w*|tillför\w*)\b",
    re.IGNORECASE,
)


_POINT = re.compile(rf"^\W*{LABELLED_MEASURE}", re.IGNORECASE)


def numbered_points(reading: Reading, section: Section) -> list[Draft]:
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


_TITLE_WORDS = 14
# What is told in the past or taken out is no measure of the plan.
_OVER = re.compile(
    r"^\W*(?:är\s+)?(?:pågår sedan|redan påbörjad|genomför[td]|utför[td]?|avslutad|utgår|utgått"
    r"|struken|completed|done)\b",
    re.I,
)


def titled_points(
    reading: Reading, section: Section, *, announced: bool, numbered: bool = False
) -> list[Draft]:
    """The measures of a section that numbers short titles in its text ("1a. Nya rutiner. Vi …").

    Under a heading that announces measures each such paragraph is one; in a plan that numbers its
    measures so (`numbered`) each that tells an act or a day; elsewhere each that says who is
    responsible or when by a label.
    """
    paragraphs = _paragraphs(reading, section)
    starts = [p for p in paragraphs if _numbered_title(reading, p)]
    if not starts:
        return []
    borders = [p[0].at.start for p in starts[1:]] + [_end_of_own(reading, section)]
    found = [_of_title(reading, p, end) for p, end in zip(starts, borders, strict=True)]
    told = [d for d in found if not any(_OVER.search(u.line) for u in d.units[:1])]
    if announced:
        return told
    acts = [d for d in told if numbered and _tells_act(reading, d)]
    return [d for d in told if d in acts or fields_of(reading, d.at).keys() & {"who", "when"}]


def _tells_act(reading: Reading, draft: Draft) -> bool:
    told = any(DOES.search(u.line) for u in draft.units)
    return told or bool(reading.mentions_in(draft.at, "DEADLINE"))


def numbers_measures(reading: Reading) -> bool:
    """Whether a plan numbers its measures in its text: two such paragraphs have labels at least."""
    told = (titled_points(reading, s, announced=False) for s in reading.sections)
    return sum(map(len, told)) >= _FEWEST_LABELLED


_FEWEST_LABELLED = 2


def _numbered_title(reading: Reading, paragraph: Sequence[Unit]) -> str:
    """The title behind a number alone, which is a line or sentence without a verb; else empty."""
    if len(paragraph) < 2 or not NUMBER_ALONE.fullmatch(paragraph[0].line):
        return ""
    title = line_alone(reading, paragraph[1]) or paragraph[1].line
    short = len(title.split()) <= _TITLE_WORDS and title[:1].isupper()
    return title if short and (title != paragraph[1].line or not has_finite_verb(title)) else ""


def _end_of_own(reading: Reading, section: Section) -> int:
    """Where the text of a section itself ends: at its first subsection."""
    below = reading.children.get(section.index)
    return below[0].at.start if below else section.at.end


def _of_title(reading: Reading, paragraph: Sequence[Unit], end: int) -> Draft:
    title = _numbered_title(reading, paragraph)
    number, titled = paragraph[0], paragraph[1]
    head, *rest = cut_behind(titled, title) if title != titled.line else (titled,)
    start = number.at.start
    text = reading.document.text[start:end]
    at = Span(start, start + len(text.rstrip()))
    behind = (u for u in reading.units if at.covers(u.at) and u.at.start >= titled.at.end)
    units = (*rest, *behind)
    return Draft(
        id=number.line.rstrip(".)"),
        title=title,
        at=at,
        units=units or (titled,),
        section=reading.path(number.section),
        heading=head if units else None,
        tasks=tasks_of(reading, units),
    )


# "– Fritidsförvaltningen ansvarar för att …": who shall do something, first in a point.
DUTY = re.compile(
    r"^\W*(?P<who>[A-ZÅÄÖ][\w-]+(?:\s(?:och\s)?[\w-]+){0,4}?)\s+"
    r"(?:ska|skall|får|ges|ansvarar|följer|tar|genomför|erbjuder|utvecklar|inför|utbildar)\b"
)
_OFFICE = r"(?:nämnden|styrelsen|förvaltningen|kontoret|avdelningen|enheten|staben|rådet)"
# "Kultur- och fritidsnämnden översätter …": an office of a municipality with any verb.
OFFICE_DUTY = re.compile(
    rf"^\W*(?P<who>[A-ZÅÄÖ](?:[\w-]*-\s+och\s+)?[\w-]*{_OFFICE})\s+\w{{2,}}r\b(?<!\bhar)"
)
_THEME = 3
_FEWEST_DUTIES = 3


def duties(reading: Reading, sections: Sequence[Section]) -> dict[int, list[Draft]]:
    """The measures of sections whose points are one each, by the index of the section.

    Under a bare theme ("Skydda") each point lays a duty, three at least in the plan; or each says
    who is responsible ("– Utbilda chefer. Ansvarig: HR-avdelningen."). A list under the title of a
    measure is its tasks.
    """
    themed: dict[int, list[Draft]] = {}
    filled: dict[int, list[Draft]] = {}
    for section in sections:
        points = _paragraphs(reading, section)
        bare = len(one_line(section.title).split()) <= _THEME
        if bare and points and all(_is_point(p) and DUTY.match(p[0].line) for p in points):
            themed[section.index] = [_of_paragraph(reading, p) for p in points]
        told = [p for p in points if _is_point(p) and "who" in fields_of(reading, extent(p))]
        if len(told) > 1:
            filled[section.index] = [_of_paragraph(reading, p) for p in told]
    enough = sum(map(len, themed.values())) >= _FEWEST_DUTIES
    return (themed if enough else {}) | filled


_OURSELVES = r"(?:vi|myndigheten|länsstyrelsen|kommunen|regionen|nämnden|förvaltningen|verket)"
# A line over a list: "Åtgärder:", "Vad vi ska göra:", "Länsstyrelsen kommer att:".
_SAYS_WHAT_WE_DO = re.compile(
    rf"\b{_OURSELVES}\s+(?:\w+\s+)?(?:ska|skall|vill|kommer|avser|gör)\b"
    rf"|\b(?:ska|skall|vill|kommer|avser|gör)\s+{_OURSELVES}\b",
    re.IGNORECASE,
)
_LEAD_WORDS = 10


def listed(reading: Reading, leaves: Sequence[Section]) -> dict[int, list[Draft]]:
    """The points of lists that a heading or a line announces, in a plan of no other measures.

    Three at least in the plan; one alone under its heading is no list.
    """
    found = {s.index: list(_announced_points(reading, s)) for s in leaves}
    found = {index: drafts for index, drafts in found.items() if drafts}
    return found if sum(map(len, found.values())) >= _FEWEST_DUTIES else {}


# "Mål 2. Beslut prövas": a theme under which points that say what is done are measures.
_THEMED = re.compile(
    r"(?:\d\s+)?(?:(?:insats|fokus|mål)?område|mål|prioritering|area|goal|objective)\s+"
    r"(?:\d{1,2}|[A-Z]|[IVX]+)\b(?=[.:\s–-])",
    re.IGNORECASE,
)


def _is_no_activity(paragraph: Sequence[Unit]) -> bool:
    """A point that is no sentence, or of what is over: no measure under a theme."""
    line = without_bullet(paragraph[0].line)
    sentence = line[:1].isupper() and line.endswith((".", ")"))
    return _OVER.search(line) is not None or not sentence


def _announced_points(reading: Reading, section: Section) -> Iterator[Draft]:
    themed = _THEMED.match(one_line(section.title)) is not None
    opened = themed or first_cue("measure_chapters", one_line(section.title)) is not None
    for paragraph in _paragraphs(reading, section):
        if not _is_point(paragraph):
            opened = opened and not paragraph[-1].line.endswith(":")
            opened = opened or _opens_list(paragraph)
            themed = themed or _THEMED.match(paragraph[0].line) is not None
            opened = opened or themed
        elif opened and not (themed and _is_no_activity(paragraph)):
            yield _of_paragraph(reading, paragraph)


def _opens_list(paragraph: Sequence[Unit]) -> bool:
    line = paragraph[-1].line
    if not line.endswith(":") or len(line.split()) > _LEAD_WORDS:
        return False
    if first_cue("not_measure_chapters", line):
        return False
    return bool(first_cue("measure_chapters", line) or _SAYS_WHAT_WE_DO.search(line))


def _is_point(units: Sequence[Unit]) -> bool:
    return units[0].kind == "list_item" or without_bullet(units[0].line) != units[0].line


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
    title = _FORM_BEHIND.sub("", without_bullet(units[0].line))
    return Draft(
        id=slug(title),
        title=title,
        at=extent(units),
        units=tuple(units),
        section=reading.path(units[0].section),
        tasks=tasks_of(reading, units),
    )


# "Utbilda chefer (Ansvarig: HR, klart 2024)": who and when are none of the title.
_FORM_BEHIND = re.compile(
    r"\s*\(\s*(?:ansvar\w*|klart|tid\w*|responsible|lead)\b[^()]*\)\.?\s*$", re.I
)


def _of_point(reading: Reading, point: Sequence[Unit]) -> Draft:
    """The first sentence behind "Åtgärd 1." is the title."""
    text, at = reading.document.text, extent(point)
    head = [u for u in point if u.block == point[0].block]
    alone = len(head) > 1 and _POINT.sub("", point[0].line) == ""
    titled = head[: 2 if alone else 1]
    place = Span(titled[0].at.start, titled[-1].at.end)
    title = one_line(place.of(text))
    whole = place.of(text).rstrip().endswith(".") and bool(DOES.search(title))
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
