"""Measures set out in a table: one row a measure, its columns told by their headings.

The first row must name a column for what is done ("Åtgärd", "Insats", "Aktivitet", "Uppdrag") and
one for who or when ("Ansvarig", "Klart senast", "Tidplan", "Redovisas"). Statistics and lists of
references have no such columns and give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rodtrad.datamodel import Block, Document, Measure, Span
from rodtrad.statements.build import Draft, measure_of, slug
from rodtrad.statements.cells import named_in
from rodtrad.statements.forms import BESIDE, with_cells
from rodtrad.statements.reading import Reading, Unit, one_line

_COLUMNS = {
    "number": r"^(?:nr|nummer|id|#)\b",
    "task": r"\b(?:åtgärd(?:er)?|insats(?:er)?|aktivitet(?:er)?|uppdrag|action|activity|measure)\b"
    r"|^(?:vad|what)\b",
    "who": r"\b(?:ansvar(?:ig\w*|ar)?|utförare|aktör\w*|myndighet(?:er)?|responsible)\b"
    r"|^(?:vem|vilka|who)\b",
    "with": r"\b(?:samverka\w*|samverkan\w*|medverkande|övriga|berörda|i samråd|partners?)\b",
    "money": r"\b(?:kostnad\w*|budget|finansiering|medel|resurser|costs?|funding)\b",
    "when": r"\b(?:klart?|tid\w*|senast|slutdatum|redovisa\w*|redovisning|genomförs|när|datum"
    r"|deadline|when|timing|time ?(?:line|table|frame))\b",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: its place and its cells, as clean spans.

    `wrapped` are the columns and places of lines that continue a cell of the row.
    """

    at: Span
    cells: tuple[Span | None, ...]
    wrapped: tuple[tuple[int, Span], ...] = ()


def table_measures(reading: Reading) -> tuple[Measure, ...]:
    """The measures of all tables that set out measures, in order."""
    found: list[Measure] = []
    for number, block in enumerate(reading.document.blocks):
        if block.kind == "table":
            found += _measures_of(reading, number, block)
    return tuple(found)


def _measures_of(reading: Reading, number: int, block: Block) -> Iterator[Measure]:
    rows = _unwrapped(reading.document, list(_rows(reading.document.text, block)))
    columns = _columns(reading, rows[0]) if rows else {}
    if "task" not in columns or not columns.keys() & {"who", "when"}:
        return
    section = next((s.index for s in reversed(reading.sections) if s.at.covers(block.at)), None)
    for row in rows[1:]:
        cells = {name: row.cells[i] for name, i in columns.items() if i < len(row.cells)}
        if cells.get("task") is not None:
            place = Unit("", row.at, number, "table", section)
            rest = {name: [at for i, at in row.wrapped if i == n] for name, n in columns.items()}
            yield _measure(reading, row, cells, place, rest)


def _unwrapped(document: Document, rows: list[_Row]) -> list[_Row]:
    """The rows, each with the lines that continue one of its cells.

    Such a line has its cells where columns of the row begin, none of them the first; the source
    keeps the columns.
    """
    found: list[_Row] = []
    for row in rows:
        cells = [cell for cell in row.cells if cell]
        columns = [_column(document, cell) for cell in found[-1].cells] if found else []
        here = [_column(document, cell) for cell in cells]
        if len(columns) > len(cells) > 0 and all(place in columns[1:] for place in here):
            last = found[-1]
            more = ((columns.index(p), c) for p, c in zip(here, cells, strict=True))
            at = Span(last.at.start, row.at.end)
            found[-1] = _Row(at, last.cells, (*last.wrapped, *more))
        else:
            found.append(row)
    return found


def _column(document: Document, cell: Span | None) -> int | None:
    """How far into its line of the source a cell begins; None where it is missing."""
    if cell is None:
        return None
    start = document.span_of(cell).start
    return start - document.source.rfind("\n", 0, start) - 1


def _measure(
    reading: Reading,
    row: _Row,
    cells: dict[str, Span | None],
    place: Unit,
    rest: dict[str, list[Span]],
) -> Measure:
    text = reading.document.text
    task = cells["task"]
    lines = [at.of(text) for at in ((task,) if task else ()) + tuple(rest.get("task", ()))]
    title = _NUMBER_BEHIND.sub("", one_line(_joined(lines)))
    label = cells.get("number")
    unit = replace(place, text=row.at.of(text))
    draft = Draft(
        id=one_line(label.of(text)) if label else slug(title),
        title=title,
        at=row.at,
        units=(unit,),
        section=reading.path(place.section),
        own_dnr=_numbers(reading, task, label),
        type="uppdrag" if cells.get("who") else None,
    )
    measure = replace(with_cells(reading, measure_of(reading, draft), cells), tasks=())
    if not rest.get("who"):
        return measure
    acting, beside = _names(reading, [at for at in (cells.get("who"), *rest["who"]) if at])
    return replace(measure, agencies=acting, other_agencies=(*measure.other_agencies, *beside))


def _names(reading: Reading, lines: Sequence[Span]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The bodies of a cell of several lines: who acts, and with whom."""
    texts = [at.of(reading.document.text) for at in lines]
    if any(text.rstrip().endswith("-") for text in texts):
        acting, *beside = BESIDE.split(one_line(_joined(texts)), maxsplit=1)
        return _parted(acting), _parted(*beside)
    named = (r.name for at in lines for r in named_in(reading, at, "must_act"))
    return tuple(dict.fromkeys(named)), ()


def _parted(names: str = "") -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


def _joined(lines: Sequence[str]) -> str:
    """The lines of a cell; a word broken at its hyphen is one again.

    >>> _joined(["Social- och omsorgs-", "förvaltningen"])
    'Social- och omsorgsförvaltningen'
    """
    return _BROKEN.sub("", "\n".join(line.strip() for line in lines))


_BROKEN = re.compile(r"(?<=[a-zåäö])-\n(?=[a-zåäö])")


# "Kartlägga stöd (S2024/00321)": the number is none of the title.
_NUMBER_BEHIND = re.compile(r"\s*\((?:dnr\s*)?[A-ZÅÄÖ][A-Za-zåäö]*\s?\d{4}/[^()]+\)\s*$")


def _numbers(reading: Reading, *cells: Span | None) -> tuple[str, ...]:
    """The diarienummer that stand with the task itself: the measure's own."""
    found = (m for c in cells if c for m in reading.mentions_in(c, "DIARIENUMMER"))
    return tuple(dict.fromkeys(str(m.value) for m in found))


def _columns(reading: Reading, head: _Row) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(head.cells):
        title = cell.of(reading.document.text).casefold() if cell else ""
        for name, pattern in _COLUMNS.items():
            if name not in found and re.search(pattern, title.strip()):
                found[name] = index
                break
    return found


def _rows(text: str, block: Block) -> Iterator[_Row]:
    start = block.at.start
    for line in block.at.of(text).split("\n"):
        end = start + len(line)
        if line.strip(" |\t"):
            yield _Row(Span(start, end), tuple(_cells(line, start)))
        start = end + 1


def _cells(line: str, start: int) -> Iterator[Span | None]:
    separator = "\t" if "\t" in line else "|"
    inner = line.strip(" ") if separator == "|" else line
    offset = start + line.index(inner)
    if separator == "|":
        inner = inner.removesuffix("|")
        if inner.startswith("|"):
            inner, offset = inner[1:], offset + 1
    for cell in inner.split(separator):
        stripped = cell.strip()
        at = offset + cell.index(stripped) if stripped else offset
        yield Span(at, at + len(stripped)) if stripped else None
        offset += len(cell) + 1
