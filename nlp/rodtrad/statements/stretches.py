"""The sentences of a letter of appropriation by the headings they stand under.

Most headings are sections. In plain text a numbered heading right over its sentence ("1.
Lärarförsörjning", next line "Skolverket skall …") can be part of the paragraph; it is parted here.
One in capitals ("2. ORGANISATIONSSTYRNING") ends the section before it, as does a label on a line
of its own ("Mål 2", "Återrapporteringskrav"). A goal ("Mål: …") says what is to be reached, not
what is to be done, and is left out up to the requirement to report on it ("Återrapportering: …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from rodtrad.datamodel import BlockKind, Section, Span
from rodtrad.ingest.wording import has_finite_verb
from rodtrad.statements.numbering import NUMBER_ALONE, NUMBERED
from rodtrad.statements.reading import Reading, Unit, one_line, without_bullet

# Not "De uppdrag som anges nedan", nor one that is given elsewhere.
ORDERS = re.compile(
    r"\b(?:ska|skall|uppdrar)\b"
    r"|(?<!\bde )(?<!\bföljande )\buppdrag(?:et)?\b(?!.*\bi särskild ordning\b)",
    re.IGNORECASE,
)
_TITLE_LENGTH = 120
_GOAL = re.compile(r"^mål(?:\s+\d{1,2})?\s*:|^(?:målet|målen)\s+(?:är|för)\b", re.IGNORECASE)
_REQUIREMENT = re.compile(r"^återrapporter\w*\s*:\s*", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-ZÅÄÖ]{6,}(?:,? [A-ZÅÄÖ-]+){0,5}")
# A line of its own that says what follows it: goals, reports or tasks.
_LABEL = re.compile(r"(?:mål|återrapportering(?:skrav)?|uppdrag)(?:\s+\d{1,2})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section's own sentences, or those below a heading or label among its lines.

    `heading` is that line, None for the section's own heading.
    """

    section: Section
    title: str
    units: tuple[Unit, ...]
    heading: Unit | None = None


def stretches(reading: Reading) -> Iterator[Stretch]:
    """The stretches of all sections, in order."""
    for section in reading.sections:
        heading: Unit | None = None
        title, units = one_line(section.title), list[Unit]()
        for unit in _parted(reading, reading.units_of_section.get(section.index, ())):
            opened = _opened_by(unit)
            if opened:
                yield Stretch(section, title, tuple(_without_goals(units)), heading)
                heading, title, units = unit, opened, []
            elif unit.line != "." and not NUMBER_ALONE.fullmatch(unit.line):
                units.append(unit)
        yield Stretch(section, title, tuple(_without_goals(units)), heading)


def _opened_by(unit: Unit) -> str:
    """The title of what a line opens: a numbered heading in capitals, a label; else empty."""
    numbered = NUMBERED.match(unit.line)
    title = numbered["title"] if numbered else unit.line
    if title.isupper() and (numbered or _CAPITALS.fullmatch(title)):
        return title
    return unit.line if _LABEL.fullmatch(unit.line) else ""


def is_title(unit: Unit) -> bool:
    """A numbered line that only names a subject: "2. Våld i nära relationer"."""
    return _is_title(unit.line)


def _is_title(line: str) -> bool:
    numbered = NUMBERED.match(line)
    return (
        numbered is not None
        and not numbered["title"][0].islower()
        and not line.endswith((".", ";", ":", ","))
        and ORDERS.search(numbered["title"]) is None
        and len(line) < _TITLE_LENGTH
    )


def _parted(reading: Reading, units: Sequence[Unit]) -> Iterator[Unit]:
    """The sentences, a title on a line of its own parted from the sentence below it.

    "1. Hatbrott. Rådet ska …": a title that runs into its sentence loses its stop.
    """
    for unit, after in zip_longest(units, units[1:]):
        if after is not None and _runs_in(unit, after):
            end = Span(unit.at.start, unit.at.end - 1)
            yield replace(unit, text=unit.text[:-1], at=end)
            continue
        title = title_line(reading, unit)
        label = "" if title else _label_line(reading, unit)
        yield from cut_behind(unit, title or label) if label or _is_title(title) else (unit,)


def _label_line(reading: Reading, unit: Unit) -> str:
    """A label that stands alone on the first printed line of a sentence; else empty."""
    place = reading.document.span_of(unit.at).of(reading.document.source)
    first, _, rest = place.partition("\n")
    line = one_line(first)
    return line if rest and _LABEL.fullmatch(line) and unit.text.startswith(line) else ""


def cut_behind(unit: Unit, title: str) -> tuple[Unit, Unit]:
    """A sentence in two: the title it begins with, and the rest as a paragraph's or a point's."""
    cut = unit.at.start + len(title)
    rest = unit.text[len(title) :]
    start = cut + len(rest) - len(rest.lstrip())
    kind: BlockKind = "paragraph" if without_bullet(rest) == rest else "list_item"
    return (
        replace(unit, text=title, at=Span(unit.at.start, cut)),
        replace(unit, text=rest.lstrip(), at=Span(start, unit.at.end), kind=kind),
    )


def _runs_in(unit: Unit, after: Unit) -> bool:
    """ "1. Hatbrott." before an order in the same point; not "1. Rådet har svarat. Det ska …"."""
    if unit.block != after.block or not unit.line.endswith(".") or has_finite_verb(unit.line):
        return False
    return _is_title(unit.line[:-1]) and ORDERS.search(after.line) is not None


def title_line(reading: Reading, unit: Unit) -> str:
    """The first printed line of a numbered sentence where it stands as a heading does; else empty.

    It must not match a line that was broken because it was full ("1. Redovisning av medlen till",
    next line "Statens kulturråd").
    """
    line = line_alone(reading, unit)
    return line if NUMBERED.match(line) else ""


def line_alone(reading: Reading, unit: Unit) -> str:
    """The first printed line of a sentence that ends before it is full; else empty.

    The next word, which has a capital, had room on it.
    """
    document = reading.document
    lines = [one_line(s) for s in document.span_of(unit.at).of(document.source).splitlines()]
    if len(lines) < 2 or not lines[0] or not lines[1]:
        return ""
    place = document.span_of(document.blocks[unit.block].at).of(document.source)
    width = max(len(one_line(line)) for line in place.splitlines())
    room = len(lines[0]) + 1 + len(lines[1].split()[0]) <= width
    alone = room and lines[1][0].isupper() and unit.text.startswith(lines[0])
    return lines[0] if alone else ""


# "Regeringen gav 2003 verket i uppdrag att …": of an assignment that is over, unless it goes on.
_TOLD = re.compile(
    r"\b(?:gav|gavs|fick|uppdrog|har (?:\w+ )?(?:fått|getts|gett|haft))\b[^.]*\buppdrag\b"
    r"|\buppdrog\b"
    r"|\buppdrag(?:et)?\b[^.]*\b(?:redovisades|har (?:slut)?redovisats)\b",
    re.IGNORECASE,
)
_OBLIGES = re.compile(r"\b(?:ska|skall|förlängs|utökas|ändras|redovisas)\b", re.IGNORECASE)


def _over(units: Sequence[Unit]) -> set[int]:
    """The paragraphs that only tell of an assignment given before."""
    firsts = {u.block: u for u in reversed(units)}
    owing = {u.block for u in units if _OBLIGES.search(u.line)}
    return {n for n, first in firsts.items() if n not in owing and _TOLD.search(first.line)}


def _without_goals(units: Sequence[Unit]) -> Iterator[Unit]:
    """The sentences without goals and what is over; a requirement to report without its label."""
    goal = -1
    over = _over(units)
    for unit in (u for u in units if u.block not in over):
        label = _REQUIREMENT.match(unit.text)
        if _GOAL.match(unit.line):
            goal = unit.block
        elif label and label.end() < len(unit.text):
            goal = -1
            at = Span(unit.at.start + label.end(), unit.at.end)
            yield replace(unit, text=unit.text[label.end() :], at=at)
        elif unit.block != goal:
            yield unit
