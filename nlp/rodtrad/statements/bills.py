"""Bills and lagrådsremisser: one measure for the whole and one for each proposal of its own.

The whole is read from the summary of the main contents. Where two numbered sections or more hold a
box "Regeringens förslag: …", each of them is a measure too, with the box as its text; what an
inquiry or memorandum proposed ("Utredningens förslag överensstämmer …"), the assessments, the date
of entry into force and the consequences are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from rodtrad.datamodel import Measure, Section, Span
from rodtrad.statements.build import Draft, measure_of, slug
from rodtrad.statements.decision import is_sentence
from rodtrad.statements.kinds import BILL
from rodtrad.statements.plan import heading_unit
from rodtrad.statements.reading import Reading, Unit, extent, one_line

_CONTENTS = re.compile(r"\bhuvudsakliga innehåll\b", re.IGNORECASE)


def bill_measures(reading: Reading) -> tuple[Measure, ...]:
    """The measure of the whole bill or lagrådsremiss, then one for each of its proposals."""
    whole = _whole(reading)
    parts = tuple(_proposed(reading))
    return (*whole, *parts) if len(parts) > 1 else whole


def _whole(reading: Reading) -> tuple[Measure, ...]:
    """Read from the summary of the main contents."""
    main = [
        u
        for u in reading.units
        if any(_CONTENTS.search(s.title) for s in reading.ancestors(u.section))
    ]
    units = tuple(main or _contents_by_line(reading) or reading.units[:6])
    if not units:
        return ()
    title = reading.document.title
    draft = Draft(
        id=slug(title),
        title=title,
        at=extent(units),
        units=units,
        section=reading.path(units[0].section),
        type=BILL,
    )
    return (measure_of(reading, draft),)


def _contents_by_line(reading: Reading) -> list[Unit]:
    """The summary of the main contents where its heading stands as a paragraph of its own."""
    units = reading.units
    starts = (n for n, u in enumerate(units, 1) if len(u.line) < 60 and _CONTENTS.search(u.line))
    first = next(starts, len(units))
    section = units[first - 1].section if first <= len(units) and units else None
    return list(takewhile(lambda u: u.section == section and is_sentence(u), units[first:]))


_BOX = re.compile(r"^\W*(?:regeringens\s+)?förslag\s*(?:och bedömning\s*)?:", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"\b(?:ikraftträdande|övergångsbestämmelser|konsekvens\w*|riksdagsbeslut)\b", re.IGNORECASE
)


def _proposed(reading: Reading) -> Iterator[Measure]:
    for section in reading.sections:
        if not section.number or _NO_SUBJECT.search(section.title):
            continue
        box = _box_of(reading, section)
        if box:
            yield _measure(reading, section, box)


def _box_of(reading: Reading, section: Section) -> tuple[Unit, ...]:
    """The paragraph that begins "Regeringens förslag:" in a section or directly below it."""
    near = [section.index, *(s.index for s in _unnumbered(reading, section))]
    units = [u for n in near for u in reading.units_of_section.get(n, ())]
    head = next((u for u in units if _BOX.match(u.line)), None)
    return tuple(u for u in units if head is not None and u.block == head.block)


def _unnumbered(reading: Reading, section: Section) -> list[Section]:
    return [s for s in reading.children.get(section.index, []) if not s.number]


def _measure(reading: Reading, section: Section, box: tuple[Unit, ...]) -> Measure:
    draft = Draft(
        id=section.number or slug(section.title),
        title=one_line(section.title),
        at=Span(section.heading.start, extent(box).end),
        units=box,
        section=reading.path(section.index),
        heading=heading_unit(reading, section),
        type=BILL,
    )
    return measure_of(reading, draft)
