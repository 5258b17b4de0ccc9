"""Measures set out as a form: under its heading, lines that each begin with a label.

"Ansvarig: Region X", "Samverkan: Länsstyrelsen", "Klart: 31 december 2022", "Budget: 150 000 kr".
So regional and municipal plans are written. A label says what stands behind its colon, so a body
is taken as named there, also one that no list of agencies holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rodtrad.datamodel import Measure, Section, Span
from rodtrad.statements.cells import amounts_in, deadlines_in, named_in
from rodtrad.statements.kinds import OTHER
from rodtrad.statements.reading import Reading

_BODY = r"(?: (?:för|aktör|part|myndighet|förvaltning|nämnd|organisation|utförare|verksamhet)\w*)*"
_LABELS = {
    "who": rf"(?:huvud)?ansvar(?:ig|iga|igt)?{_BODY}|utförare|genomförare|uppdragstagare"
    r"|responsible(?: \w+)?|lead(?: \w+)?",
    "with": rf"samverka\w*(?: med|s\w+)?|samarbet\w+(?: med)?|medverkande{_BODY}|deltagande{_BODY}"
    rf"|(?:berörda|övriga|andra){_BODY}|i samverkan med"
    r"|in co-?operation with|partners?|participating \w+",
    "when": r"klart?(?: senast)?|slutdatum|tids?(?:plan|ram|punkt)|när|senast|datum"
    r"|genomförs(?: senast)?|genomförande(?:tid)?|redovisas(?: senast)?|redovisning"
    r"|deadline|time ?(?:line|frame)|due(?: date)?|completed by",
    "money": r"kostnad(?:en|erna) uppgår till|budget|kostnad\w*|finansiering|medel|resurser"
    r"|funding|costs?|financing",
}
_FIELDS = {
    name: re.compile(
        rf"(?:^[^\S\n]*(?:[-–•*]\s+)?|(?<=[.;] ))\**(?:{label})\**"
        r"(?:\s*:\**[^\S\n]*|(?<=[Kk]lart)[^\S\n]+(?=(?:senast )?(?:den )?\d)"
        r"|(?<= till)[^\S\n]+(?=\d))"
        r"(?P<value>\S[^\n]*?)(?=\.?[^\S\n]*$|\.[^\S\n]+[A-ZÅÄÖ])",
        re.I | re.M,
    )
    for name, label in _LABELS.items()
}

# A form that says who is responsible assigns, also where its text tells who pays.
_UNSAID = frozenset({OTHER, "finansiering"})


def fields_of(reading: Reading, at: Span) -> dict[str, Span]:
    """The values behind the labels of a stretch of text, as clean spans, by what they tell."""
    text = at.of(reading.document.text)
    found = {name: pattern.search(text) for name, pattern in _FIELDS.items()}
    return {
        name: Span(
            at.start + m.start("value"), at.start + m.start("value") + len(m["value"].rstrip())
        )
        for name, m in found.items()
        if m
    }


def formed_sections(reading: Reading) -> list[Section]:
    """The innermost sections that say who is responsible on a line of its own; two at least."""
    leaves = (s for s in reading.sections if not reading.children.get(s.index))
    found = [s for s in leaves if "who" in fields_of(reading, s.at)]
    return found if len(found) > 1 else []


def filled_in(reading: Reading, measure: Measure) -> Measure:
    """The measure with what its labelled lines say of who, with whom and when."""
    fields = fields_of(reading, measure.at)
    if "who" in fields:
        return with_cells(reading, measure, fields)
    return replace(
        measure,
        deadlines=measure.deadlines or deadlines_in(reading, fields.get("when"), measure.agencies),
        amounts=amounts_in(reading, fields.get("money")) or measure.amounts,
    )


def with_cells(reading: Reading, measure: Measure, cells: Mapping[str, Span | None]) -> Measure:
    """The measure with its bodies and dates as its cells give them."""
    acting = named_in(reading, cells.get("who"), "must_act")
    joining = named_in(reading, cells.get("with"), "participates")
    agencies = _names(r.name for r in acting)
    deadlines = deadlines_in(reading, cells.get("when"), agencies)
    return replace(
        measure,
        type="uppdrag" if measure.type in _UNSAID and agencies else measure.type,
        agencies=agencies,
        other_agencies=tuple(n for n in _names(r.name for r in joining) if n not in agencies),
        agency_roles=(*acting, *joining),
        deadlines=deadlines or measure.deadlines,
        amounts=amounts_in(reading, cells.get("money")) or measure.amounts,
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
