"""Measures of a section as records: what is done in a few words, then labels of who and when.

"- Personalen utbildas." / "Ansvar: skolförvaltningen" / "Tid: 2023-05-31", or all on one line. A
run of labels with nothing between them ends a record; in one point of a list a sentence may stand
between. What is done stands before it, from its bullet or number, else from where its paragraph
begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rodtrad.datamodel import Section, Span
from rodtrad.statements.build import Draft, slug
from rodtrad.statements.forms import label_hits
from rodtrad.statements.numbering import BEFORE_TITLE
from rodtrad.statements.reading import Reading, Unit, one_line

_FEWEST = 2
_BEGINS = re.compile(
    rf"(?:^|(?<=\n))[^\S\n]*(?:[-–•*▪]\s+|(?P<number>{BEFORE_TITLE})\s+(?=[A-ZÅÄÖ]))"
)
_SENTENCE = re.compile(r"\S.*?(?=[.!?](?:\s|$)|$)", re.DOTALL)
_WORDS = 2


@dataclass(frozen=True, slots=True)
class _Run:
    """Labels with nothing between them: what they tell, and the stretch they take."""

    names: frozenset[str]
    start: int
    end: int


def recorded(reading: Reading, section: Section, *, announced: bool) -> list[Draft]:
    """The records of a section's own text that say who is responsible, in order.

    Two at least; one where the heading only announces measures ("Aktiviteter"). It must not match a
    section whose heading is the title and whose text has one form.
    """
    below = reading.children.get(section.index)
    end = below[0].at.start if below else section.at.end
    start = section.heading.end
    if end <= start:
        return []
    runs = [run for run in _runs(reading, start, end) if "who" in run.names]
    if len(runs) < (1 if announced else _FEWEST):
        return []
    starts = [start, *(run.end for run in runs[:-1])]
    drafts = (_draft(reading, section, *pair) for pair in zip(starts, runs, strict=True))
    return [draft for draft in drafts if draft]


def _runs(reading: Reading, start: int, end: int) -> Iterator[_Run]:
    names: set[str] = set()
    first = last = start
    for name, at in label_hits(reading, Span(start, end)):
        apart = re.search(r"\w", reading.lined[last : at.start]) is not None
        if names and apart and (name in names or not _is_one_point(reading, last, at.start)):
            yield _Run(frozenset(names), first, last)
            names = set()
        if not names:
            first = at.start
        names.add(name)
        last = max(at.end, last)
    if names:
        yield _Run(frozenset(names), first, last)


def _is_one_point(reading: Reading, start: int, end: int) -> bool:
    """Whether two places stand in one point of a list: "Ansvarig: X. Y ska höras. Klart: …"."""
    point = (b for b in reading.document.blocks if b.kind == "list_item")
    return any(b.at.start <= start and end < b.at.end for b in point)


def _draft(reading: Reading, section: Section, after: int, run: _Run) -> Draft | None:
    """The record that a run of labels ends; none where no words stand before them."""
    begin, number = _beginning(reading, after, run.start)
    told = _SENTENCE.search(reading.document.text, begin, run.start)
    title = one_line(told.group()).rstrip(" (:,;") if told else ""
    if len(title.split()) < _WORDS:
        return None
    at = Span(begin, run.end)
    return Draft(
        id=number or slug(title),
        title=title,
        at=at,
        units=(Unit(at.of(reading.document.text), at, -1, "paragraph", section.index),),
        section=reading.path(section.index),
    )


def _beginning(reading: Reading, after: int, end: int) -> tuple[int, str]:
    """Where the words before the labels begin, behind their bullet or number, and the number."""
    items = list(_BEGINS.finditer(reading.lined, after, end))
    if items:
        return items[-1].end(), (items[-1]["number"] or "").rstrip(".)")
    blocks: Sequence[int] = [
        b.at.start for b in reading.document.blocks if after <= b.at.start < end
    ]
    return (blocks[-1] if blocks else after), ""
