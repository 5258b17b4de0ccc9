"""Demands set as a list in the imperative, as audit reports do.

"Riksrevisionen lämnar följande rekommendationer." opens the list, a line "Till regeringen" says
whom its points are put to, and each point begins with a verb in the imperative ("Överväg att …",
"Ta fram …"). Points that tell something ("Utvecklad samverkan har gett resultat") are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rodtrad.datamodel import Section
from rodtrad.statements.reading import Reading, Unit, one_line
from rodtrad.statements.vocabulary import Cue, cues

_RECOMMENDATIONS = re.compile(r"\brekommendation\w*", re.IGNORECASE)

# "lämnar följande rekommendationer till Inspektionen för vård och omsorg:".
_PUT_TO = re.compile(
    r"\b(?:rekommendationer|förslag)(?:na)?\s+till\s+(?P<name>[^:.;]{3,80}?)\s*:?$", re.IGNORECASE
)
_PROPOSALS = re.compile(r"\bföljande förslag\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of such a list, and whom the line before the list puts it to."""

    unit: Unit
    cue: Cue
    addressee: str | None


def listed_points(reading: Reading) -> Iterator[Point]:
    """The imperative points of lists of recommendations, in order."""
    opens, imperative, put_to = cues("list_demands")
    opened: int | None = None
    addressee: str | None = None
    here: int | None = None
    leads_in = proposes = False
    for unit in reading.units:
        if unit.section != here:  # "Till regeringen" holds as far as its section
            here, addressee = unit.section, None
        if unit.kind != "list_item":
            leads_in = unit.line.endswith(" att")
        if leads_in:  # "X rekommenderar regeringen att" takes its points as its own parts
            continue
        if opens.pattern.search(unit.line):
            to = _PUT_TO.search(unit.line)
            opened = _NOWHERE if unit.section is None else unit.section
            addressee = one_line(to["name"]) if to else None
            proposes = _PROPOSALS.search(unit.line) is not None
            continue
        named = put_to.pattern.match(unit.line)
        if named:
            addressee = one_line(named.group("name"))
        elif imperative.pattern.match(unit.line) and _is_recommended(reading, unit, opened):
            cue = replace(imperative, label="propose") if proposes else imperative
            yield Point(unit, cue, addressee or _of_heading(reading, unit, put_to))
        elif opened == _NOWHERE and unit.kind != "list_item":
            opened = None


def _is_recommended(reading: Reading, unit: Unit, opened: int | None) -> bool:
    """Under a heading of recommendations, or in the section of a sentence that opens a list."""
    around = [*reading.ancestors(unit.section), *_headings_before(reading, unit.section)]
    if any(_RECOMMENDATIONS.search(one_line(s.title)) for s in around):
        return True
    if unit.section is None:
        return opened == _NOWHERE
    return opened is not None and any(s.index == opened for s in around)


# A text without headings: its list is opened by a line alone, and ends at the next sentence.
_NOWHERE = -1


def _headings_before(reading: Reading, index: int | None) -> Iterator[Section]:
    """The heading before a run of headings like "Till regeringen", which may stand beside it."""
    put_to = cues("list_demands")[2].pattern
    while index and put_to.match(one_line(reading.sections[index].title)):
        index -= 1
        yield reading.sections[index]


def _of_heading(reading: Reading, unit: Unit, put_to: Cue) -> str | None:
    around: list[Section] = reading.ancestors(unit.section)
    named = (put_to.pattern.match(one_line(s.title)) for s in around)
    return next((one_line(m.group("name")) for m in named if m), None)
