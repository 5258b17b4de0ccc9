"""Measures set out as a form: under its heading, lines that each begin with a label.

"Ansvarig: Region X", "Samverkan: Länsstyrelsen", "Klart: 31 december 2022", "Budget: 150 000 kr".
So regional and municipal plans are written. A label says what stands behind its colon, so a body
is taken as named there, also one that no list of agencies holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from rodtrad.datamodel import AgencyRole, Deadline, Measure, Section, Span
from rodtrad.entities.formlabels import label_pattern
from rodtrad.statements.build import Draft, slug
from rodtrad.statements.cells import amounts_in, deadlines_in, named_in
from rodtrad.statements.kinds import MAY_ORDER
from rodtrad.statements.numbering import MEASURE_WORD
from rodtrad.statements.reading import Reading, Unit, one_line
from rodtrad.statements.roles import MUST_ACT

_NAMES = ("who", "with", "when", "money")

_DONE = re.compile(
    rf"^[^\S\n]*(?:[-–•*]\s+)?\**{MEASURE_WORD}\**"
    r"(?:\s*\d{1,3}[a-z]?)?(?:\s*:\**|\t)[^\S\n]*(?P<title>\S[^\n]*?)[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST_RECORDS = 2


_PIECE = r"(?:\([^()\n]*\)|[^\n()]|\((?![^()\n]*\)))"


@cache
def _field(name: str) -> re.Pattern[str]:
    """A field's label and value, wherever a form can have it."""
    return re.compile(
        rf"(?:^[^\S\n]*(?:[-–•*]\s+)?|(?<=[.;,] )|(?<=\())\**(?:{label_pattern(name)})\**"
        r"(?:\s*:\**[^\S\n]*|\t[^\S\n]*|(?<=[Kk]lart)[^\S\n]+(?=(?:senast )?(?:den )?\d)"
        r"|(?<= till)[^\S\n]+(?=\d))"
        # A closing bracket ends the value but for one that was opened in it.
        rf"(?P<value>(?!\s){_PIECE}+?)(?=\.?[^\S\n]*$|\.[^\S\n]+[A-ZÅÄÖ]|\)"
        r"|,\s+(?:klart|tid\w*|senast|kostnad\w*|i samverkan)\b)",
        re.I | re.M,
    )


def labelled_drafts(reading: Reading) -> list[Draft]:
    """The measures whose own title is a labelled line ("Aktivitet: …", then "Ansvarig: …").

    Two at least. One lasts to the next such line or heading, and says who or when.
    """
    text = reading.lined[: reading.document.clean.notes_start]
    found = list(_DONE.finditer(text))
    borders = sorted({*(m.start() for m in found), *(s.at.start for s in reading.sections)})
    ends = (next((b for b in borders if b > m.start()), len(text)) for m in found)
    drafts = [_record(reading, m, end) for m, end in zip(found, ends, strict=True)]
    told = [d for d in drafts if fields_of(reading, d.at).keys() & {"who", "when"}]
    return told if len(told) >= _FEWEST_RECORDS else []


def _record(reading: Reading, found: re.Match[str], end: int) -> Draft:
    text = reading.document.text[found.start() : end]
    at = Span(found.start(), found.start() + len(text.rstrip()))
    section = next((s.index for s in reversed(reading.sections) if s.at.covers(at)), None)
    title = Unit(found["title"], Span(*found.span("title")), -1, "paragraph", section)
    told = (u for u in reading.units if at.covers(u.at) and not u.at.overlaps(title.at))
    return Draft(
        id=slug(found["title"]),
        title=one_line(found["title"]),
        at=at,
        units=(title, *told),
        section=reading.path(section),
    )


def fields_of(reading: Reading, at: Span) -> dict[str, Span]:
    """The values behind the labels of a stretch of text, as clean spans, by what they tell."""
    text = at.of(reading.lined)
    found = {name: _field(name).search(text) for name in _NAMES}
    return {
        name: Span(
            at.start + m.start("value"), at.start + m.start("value") + len(m["value"].rstrip())
        )
        for name, m in found.items()
        if m
    }


def label_hits(reading: Reading, at: Span) -> list[tuple[str, Span]]:
    """All labelled values of a stretch by place: what each tells, from its label to its end."""
    hits = [
        (name, Span(m.start(), m.start("value") + len(m["value"].rstrip())))
        for name in _NAMES
        for m in _field(name).finditer(reading.lined, at.start, at.end)
    ]
    return sorted(hits, key=lambda hit: hit[1])


def formed_sections(reading: Reading) -> list[Section]:
    """The innermost sections that say who is responsible on a line of its own; two at least."""
    found = [s for s in reading.sections if "who" in fields_of(reading, _own(reading, s))]
    return found if len(found) > 1 else []


def _own(reading: Reading, section: Section) -> Span:
    """A section without its subsections."""
    below = reading.children.get(section.index)
    end = below[0].at.start if below else section.at.end
    return Span(section.at.start, max(end, section.at.start + 1))


def filled_in(reading: Reading, measure: Measure) -> Measure:
    """The measure with what its labelled lines say of who, with whom and when."""
    fields = fields_of(reading, measure.at)
    if "who" in fields:
        # Who has another part than to act is told in the text beside the form.
        joining = tuple(r for r in measure.agency_roles if r.role not in MUST_ACT)
        return with_cells(reading, measure, fields, joining=joining)
    return replace(
        measure,
        deadlines=measure.deadlines or deadlines_in(reading, fields.get("when"), measure.agencies),
        amounts=amounts_in(reading, fields.get("money")) or measure.amounts,
    )


def with_cells(
    reading: Reading,
    measure: Measure,
    cells: Mapping[str, Span | None],
    *,
    joining: tuple[AgencyRole, ...] = (),
) -> Measure:
    """The measure with its bodies and dates as its cells give them.

    `joining` are those who, by its text, have another part than to act.
    """
    who, beside = _parted(reading, cells.get("who"))
    acting = named_in(reading, who, "must_act")
    named = (
        *named_in(reading, beside, "participates"),
        *named_in(reading, cells.get("with"), "participates"),
    )
    joining = (*named, *joining)
    agencies = _names(r.name for r in acting)
    deadlines = deadlines_in(reading, cells.get("when"), agencies)
    return replace(
        measure,
        type="uppdrag" if measure.type in MAY_ORDER and agencies else measure.type,
        agencies=agencies,
        other_agencies=tuple(n for n in _names(r.name for r in joining) if n not in agencies),
        agency_roles=(*acting, *joining),
        deadlines=_either(deadlines, measure.deadlines),
        amounts=amounts_in(reading, cells.get("money")) or measure.amounts,
    )


BESIDE = re.compile(
    r"\s+(?:i (?:samverkan|samråd|samarbete|dialog)|tillsammans|med stöd av"
    r"|in (?:co-?operation|collaboration|consultation)|together)\s+(?:(?:med|with)\s+)?",
    re.IGNORECASE,
)


def _parted(reading: Reading, cell: Span | None) -> tuple[Span | None, Span | None]:
    """ "Enheten för analys i samverkan med SCB": who acts, and with whom."""
    found = BESIDE.search(cell.of(reading.document.text)) if cell else None
    if cell is None or found is None or cell.start + found.end() >= cell.end:
        return cell, None
    return Span(cell.start, cell.start + found.start()), Span(cell.start + found.end(), cell.end)


def _either(cells: Sequence[Deadline], told: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """The dates of the cells, and those the text tells beside them."""
    days = {d.date for d in cells}
    return (*(d for d in told if d.date not in days), *cells)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
