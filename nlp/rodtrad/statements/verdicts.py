"""Verdicts set out row by row in a reply: "Avgift för tillsyn (8.4)   Tillstyrks".

A table counts where just one of its columns holds verdicts, in half of its rows at least; so does
a line or a point that ends in a colon or a dash and a verdict. What is judged stands in the cell
before. A table that tells which bodies hold what ("Remissinstans | Inställning") gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rodtrad.datamodel import Block, Span
from rodtrad.statements.positions import stance_of
from rodtrad.statements.reading import Reading, Unit, one_line, without_bullet
from rodtrad.statements.tables import table_cells
from rodtrad.statements.vocabulary import cues

_VERDICT_WORDS = 14
_TARGET_WORDS = 25
_FEWEST_ROWS = 2
_UNDER_CONDITION = "tillstyrker under villkor"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row: its place in the clean text, the label of its verdict and what it is about."""

    unit: Unit
    label: str
    target: str


def verdict_of(cell: str) -> str | None:
    """The label of a cell or a line's end that is a verdict, None where it is none.

    >>> verdict_of("Tillstyrks, se villkor"), verdict_of("Ingen ståndpunkt"), verdict_of("Se nedan")
    ('tillstyrker under villkor', 'tar inte ställning', None)
    """
    line = one_line(cell).strip(" .")
    if len(line.split()) > _VERDICT_WORDS:
        return None
    found = next(((c, m) for c in cues("verdicts") if (m := c.pattern.match(line))), None)
    if found is None or not _NO_OBJECT.match(line, found[1].end()):
        return None
    cue, match = found
    adverb = f" {match['adverb'].strip()}" if match["adverb"] else ""
    rest = line[match.end() :]
    condition = _CONDITION.search(rest)
    label = stance_of(f"{cue.label}{adverb}{rest[: condition.start()] if condition else rest}", _WE)
    return _UNDER_CONDITION if condition and label in _SUPPORTS else label


# "Tillstyrks delvis", "Avstyrks, se avsnitt 5"; not "tillstyrker vi förslaget om vite".
_NO_OBJECT = re.compile(
    r"(?:\s+(?:förslage[nt]|detta))?(?:\W*$|\W*[,;:.(–—-]|\s+(?:delvis|i|helt|inte|ej|med|under|om"
    r"|endast|bara|enbart|förutsatt|men|se|utan)\b)",
    re.IGNORECASE,
)
_WE = frozenset({"vi"})
_SUPPORTS = frozenset({"tillstyrker", "tillstyrker med synpunkter", "välkomnar"})
# "Tillstyrks, se villkor", "Tillstyrks om staten betalar".
_CONDITION = re.compile(
    r"\W*(?:(?:se|med|under|på|endast|bara|enbart)\s+)*"
    r"\b(?:villkor\w*|förutsatt|förutsättning\w*|om)\b",
    re.IGNORECASE,
)


def table_verdicts(reading: Reading) -> Iterator[Verdict]:
    """The verdicts of all tables, in order."""
    for number, block in enumerate(reading.document.blocks):
        if block.kind == "table":
            yield from _of_table(reading, number, block)


def line_verdict(reading: Reading, unit: Unit) -> Verdict | None:
    """ "- Avgift för tillsyn (8.4): Tillstyrks": a line that is what is judged and a verdict."""
    found = _LINE.match(without_bullet(unit.line))
    label = verdict_of(found["verdict"]) if found else None
    if found is None or label is None or _is_body(reading, unit.at, found["about"]):
        return None
    return Verdict(unit, label, _subject(found["about"]))


_LINE = re.compile(
    r"(?P<about>[^:;.!?]{4,160}?(?:\([^()]{1,30}\))?)\s*(?::|\s[–—-])\s+(?P<verdict>\D+)$"
)


def is_members_verdict(unit: Unit) -> bool:
    """ "Anna Berg (S): avstyrks": what a member moves at the meeting, not the body's."""
    found = _LINE.match(without_bullet(unit.line))
    return found is not None and _MEMBER.search(found["about"]) is not None


# A name and a party; "Kriminalvårdsstyrelsen (KVS)" is the body.
_MEMBER = re.compile(
    r"^[A-ZÅÄÖ][\w-]+\s(?:[\w-]+\s){1,3}\((?i:s|m|c|l|v|fp|kd|kds|mp|sd|nyd)\)\W*$"
)


def _of_table(reading: Reading, number: int, block: Block) -> Iterator[Verdict]:
    text = reading.document.text
    rows = [[cell for cell in row if cell] for row in table_cells(text, block)]
    rows = [row for row in rows if not all(_RULE.fullmatch(c.of(text)) for c in row)]
    cells = [[one_line(cell.of(text)) for cell in row] for row in rows]
    if not cells or any(_BODIES.match(title) for title in cells[0]):
        return
    labels = [[verdict_of(cell) for cell in row] for row in cells]
    judged = [n for n, row in enumerate(labels) if len(row) > 1 and any(row)]
    alone = all(sum(map(bool, labels[n])) == 1 and labels[n][0] is None for n in judged)
    if len(judged) < _FEWEST_ROWS or not alone or 2 * len(judged) < len(cells) - 1:
        return
    section = next((s.index for s in reversed(reading.sections) if s.at.covers(block.at)), None)
    for n in judged:
        place, label = next((i, label) for i, label in enumerate(labels[n]) if label)
        told = max(range(place), key=lambda i: sum(c.isalpha() for c in cells[n][i]))
        about = cells[n][told]
        if len(about.split()) > _TARGET_WORDS or _is_body(reading, rows[n][told], about):
            continue
        at = Span(rows[n][0].start, rows[n][-1].end)
        yield Verdict(Unit(at.of(text), at, number, "table", section), label, _subject(about))


_RULE = re.compile(r"[\s|:=_-]*")
# "Remissinstans | Inställning": others' answers.
_BODIES = re.compile(
    r"\W*(?:remissinstans\w*|instans\w*|aktör\w*|myndighet\w*|nämnd\w*|förvaltning\w*|kommun(?:er)?"
    r"|organisation\w*|parti\w*|vem|svarande|avsändare)\W*$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\W*(?:[\w-]+\s+(?:och\s+)?){0,3}[\w-]*(?:nämnden|styrelsen|förvaltningen|verket|myndigheten|kontoret"
    r"|kommun|kommunen|region|regionen|förbundet|universitet|tingsrätt|länsstyrelse|partiet)\W*$",
    re.IGNORECASE,
)


def _is_body(reading: Reading, at: Span, told: str) -> bool:
    """Whether what stands before a verdict is who holds it, not what is judged."""
    named = (m.at.of(reading.document.text).strip() for m in reading.mentions_in(at, "AGENCY"))
    person = _BODY.match(told) or _MEMBER.search(told)
    return bool(person) or any(name == told.strip() for name in named)


_PLACE = re.compile(
    r"^\W*(?:(?:kap(?:itel|\.)?|avsn(?:itt|\.)?|punkt)\s*)?\d+(?:[.:]\d+)*[.):]?\s*(?:[–—-]\s*)?(?=[^\W\d])"
    r"|\s*\((?:(?:kap(?:itel|\.)?|avsn(?:itt|\.)?|s\.|sid\.?)\s*)?[\d.,–\s-]+\)\W*$",
    re.IGNORECASE,
)


def _subject(told: str) -> str:
    """What is judged, without its place in the report.

    >>> _subject("5.2 Avgift för tillsyn"), _subject("Avgift för tillsyn (avsnitt 5.2)")
    ('Avgift för tillsyn', 'Avgift för tillsyn')
    """
    return _PLACE.sub("", told).strip(" :–—-")
