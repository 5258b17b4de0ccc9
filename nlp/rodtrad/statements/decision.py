"""Decisions of the Government and its web pages about them: one measure each, or one a heading.

The operative part is read: what stands under "Regeringens beslut", "Uppdraget", "Närmare om
uppdraget" and the like. The reasons ("Skälen för regeringens beslut"), the background, the
signature and lists of copies add no tasks, agencies or deadlines. On a web page the title and the
summary are the measure; links and contact details are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile

from rodtrad.datamodel import Measure, Span
from rodtrad.statements.build import Draft, clean_title, measure_of, slug
from rodtrad.statements.headed import headed_assignments
from rodtrad.statements.plan import heading_unit, turns_back
from rodtrad.statements.prose import listed_orders
from rodtrad.statements.reading import Reading, Unit, extent, one_line
from rodtrad.statements.running import running_assignments
from rodtrad.statements.tasks import tasks_of
from rodtrad.statements.vocabulary import first_cue, label_of


def decision_measures(reading: Reading, *, kind: str | None = None) -> tuple[Measure, ...]:
    """The measure of a decision, an assignment's page or a committee's terms of reference.

    A decision that gives several assignments, under headings or in paragraphs of their own, has
    one for each.

    Args:
        reading: the document.
        kind: its type where the document's kind decides it.

    Date, number and address above the first sentence are the letter's, not the measure's.
    """
    operative = tuple(operative_units(reading))
    several = headed_assignments(reading, operative) if kind is None else ()
    if several:
        return several
    units = tuple(dropwhile(_is_letterhead, operative)) or operative or _title_alone(reading)
    if not units:
        return ()
    title, heading = _title(reading, units)
    several = running_assignments(reading, title, units) if kind is None else ()
    if several:
        return several
    return (_whole(reading, units, title, heading, kind), *_related(reading))


def _title_alone(reading: Reading) -> tuple[Unit, ...]:
    """The heading of a page that holds nothing else ("Uppdrag till Formas att inrätta …")."""
    first = next(iter(reading.sections), None)
    if first is None or label_of("types_title", one_line(first.title)) is None:
        return ()
    return (replace(heading_unit(reading, first), kind="paragraph"),)


def _related(reading: Reading) -> Iterator[Measure]:
    """What a page lists under "Relaterade beslut": other assignments given the same day."""
    for section in reading.sections:
        cue = first_cue("background_titles", one_line(section.title))
        for draft in listed_orders(reading, section) if cue and cue.label == "related" else ():
            yield measure_of(reading, draft)


def _whole(
    reading: Reading, units: tuple[Unit, ...], title: str, heading: Unit | None, kind: str | None
) -> Measure:
    at = extent(units)
    if heading is not None:
        at = Span(min(at.start, heading.at.start), at.end)
    own = reading.document.get("dnr")
    draft = Draft(
        id=slug(title),
        title=title,
        at=at,
        units=units,
        section=reading.path(units[0].section),
        heading=heading,
        own_dnr=tuple(v.strip() for v in own.split(",") if v.strip()) if own else (),
        type=kind,
        tasks=tasks_of(reading, units),
        decides=True,
    )
    measure = measure_of(reading, draft)
    return replace(measure, other_dnr=_other_numbers(reading, measure, units))


def _other_numbers(reading: Reading, measure: Measure, units: Sequence[Unit]) -> tuple[str, ...]:
    """Numbers of other matters, also those that the background and the reasons name."""
    told = [
        str(m.value)
        for unit in reading.units
        if unit.at.start >= units[-1].at.end and not _is_page(reading, unit)
        for m in reading.mentions_in(unit.at, "DIARIENUMMER")
    ]
    others = (*measure.other_dnr, *told)
    return tuple(dict.fromkeys(v for v in others if v not in measure.dnr))


def _is_page(reading: Reading, unit: Unit) -> bool:
    """Contact details, links, the signature and the list of copies: no words of the decision."""
    titles = [s.title for s in reading.ancestors(unit.section)]
    cues = (first_cue("background_titles", " ".join(t.split())) for t in (*titles, unit.line))
    return any(cue is not None and cue.label in ("page", "signature") for cue in cues)


_SAYS_SOMETHING = re.compile(
    r"\b(?:ska|skall|ger|ges|uppdrar|får|har|beslutar|bör|att|är|ändrar|förlänger)\b", re.IGNORECASE
)


def _is_letterhead(unit: Unit) -> bool:
    """A line without a verb and a full stop; "Kommittén ska" above a list is none."""
    return not is_sentence(unit) and not _SAYS_SOMETHING.search(unit.line)


def is_sentence(unit: Unit) -> bool:
    """Whether a unit is a sentence or a point of a list, no line of a letterhead or heading."""
    return unit.line.endswith((".", ":", ";")) or unit.kind == "list_item"


def operative_units(reading: Reading) -> Iterator[Unit]:
    """The sentences that decide something: up to the reasons, the signature or the copies.

    Not the rest of a section behind a line that heads what was done before.
    """
    behind: int | None = -1
    for unit in reading.units:
        behind = unit.section if turns_back(unit) else behind
        if unit.section == behind:
            continue
        titles = [s.title for s in reading.ancestors(unit.section)]
        cue = first_cue("background_titles", unit.line) if len(unit.line) < 60 else None
        if cue and cue.label in ("reasons", "signature"):
            return
        if cue or any(first_cue("background_titles", " ".join(t.split())) for t in titles):
            continue
        yield unit


def _title(reading: Reading, units: Sequence[Unit]) -> tuple[str, Unit | None]:
    """The title, and its place in the text where it stands there.

    The catalogue's title is shown; the first heading, where it says the same, is read for the
    agencies it names.
    """
    title = reading.document.get("title")
    first = next((s for s in reading.sections if s.heading.start <= units[0].at.start), None)
    heading = heading_unit(reading, first) if first else None
    if title is None:
        return (heading.line if heading else units[0].line), heading
    if (
        heading is not None
        and clean_title(heading.line).casefold() == clean_title(title).casefold()
    ):
        return title, heading
    return title, None
