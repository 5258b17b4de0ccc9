"""Measures set out in a table: one row a measure, its columns told by their headings.

The first row must name a column for what is done ("Åtgärd", "Insats", "Aktivitet", "Uppdrag") and
one for who or when ("Ansvarig", "Klart senast", "Tidplan", "Redovisas"). Statistics and lists of
references have no such columns and give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rodtrad.datamodel import Amount, Block, Document, Measure, Span
from rodtrad.entities import canonical_name, find_amounts
from rodtrad.statements.build import Draft, measure_of, slug
from rodtrad.statements.columns import PrintedRow, printed_tables, stacked_tables
from rodtrad.statements.forms import BESIDE, with_cells
from rodtrad.statements.reading import Reading, Unit, one_line

_COLUMNS = {
    "number": r"^(?:nr|nummer|id|#)\b",
    "dnr": r"^(?:dnr|diarie\w*|ärende(?:nr|nummer))\b",
    "given": r"^(?:beslut\w*|besluts ?dag|given|decided)\b(?!.*\bsenast\b)",
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
    return tuple(found) or tuple(_printed(reading))


def _printed(reading: Reading) -> Iterator[Measure]:
    """The measures of tables that are told by the columns of the source alone."""
    printed = tuple(printed_tables(reading.document, _sets_out))
    for table in printed or stacked_tables(reading.document, _sets_out_first):
        columns = _named(table.titles)
        for pieces in table.rows:
            row = _placed(reading.document, pieces)
            task = row.cells[columns["task"]]
            if task is None or any(
                _OVER.search(c.of(reading.document.text)) for c in row.cells if c
            ):
                continue
            section = next(
                (s.index for s in reversed(reading.sections) if s.at.covers(row.at)), None
            )
            cells = {name: row.cells[i] for name, i in columns.items()}
            rest = {name: [at for i, at in row.wrapped if i == n] for name, n in columns.items()}
            found = _measure(reading, row, cells, Unit("", row.at, -1, "table", section), rest)
            sums = found.amounts or _money(reading, cells.get("money"))
            yield replace(found, amounts=sums or _bracketed(reading, row))


def _bracketed(reading: Reading, row: _Row) -> tuple[Amount, ...]:
    """The sums that a row without a column for money gives in brackets: "(200 000 kr)"."""
    pieces = [piece for piece in (*row.cells, *(at for _, at in row.wrapped)) if piece]
    told = (p for p in pieces if _IN_BRACKETS.search(p.of(reading.document.text)))
    return tuple(amount for piece in told for amount in _money(reading, piece))


_IN_BRACKETS = re.compile(
    r"\(\s*\d[\d ,.]*\s*(?:kr|kronor|tkr|mkr|mnkr)\b[^()\n]*\)", re.IGNORECASE
)


def _money(reading: Reading, cell: Span | None) -> tuple[Amount, ...]:
    """The sums of a cell alone: "30 900 tkr" in the line is a day and a sum."""
    if cell is None:
        return ()
    found = find_amounts(cell.of(reading.document.text))
    sums = ((f.value, Span(cell.start + f.at.start, cell.start + f.at.end)) for f in found)
    return tuple(
        Amount(int(v["value"]), str(v["currency"]), "given", reading.document.span_of(at))
        for v, at in sums
        if isinstance(v, dict)
    )


# A row that was taken out: "(utgår, genomförd 2019)".
_OVER = re.compile(r"^\W*(?:utgår|utgått|struken|avslutad|genomförd)\b", re.IGNORECASE)


def _sets_out(titles: Sequence[str]) -> bool:
    """Whether the titles of columns are those of measures."""
    columns = _named(titles)
    return "task" in columns and bool(columns.keys() & {"who", "when"})


def _sets_out_first(titles: Sequence[str]) -> bool:
    """Whether the titles are those of measures, what is done in the first column alone."""
    return _sets_out(titles) and "task" in _named(titles[:1]) and "task" not in _named(titles[1:])


def _placed(document: Document, printed: PrintedRow) -> _Row:
    """A printed row in the clean text: the first pieces of its cells, and those that follow."""
    pieces = [[_clean(document, piece) for piece in column] for column in printed]
    every = [piece for column in pieces for piece in column]
    at = Span(min(p.start for p in every), max(p.end for p in every))
    wrapped = tuple((n, p) for n, column in enumerate(pieces) for p in column[1:])
    return _Row(at, tuple(column[0] if column else None for column in pieces), wrapped)


def _clean(document: Document, span: Span) -> Span:
    """The place of a piece in the clean text; one that was left out is the character behind it."""
    last = len(document.text) - 1
    start = min(document.clean.to_clean(span.start), last)
    return Span(start, max(start, min(document.clean.to_clean(span.end - 1), last)) + 1)


def _measures_of(reading: Reading, number: int, block: Block) -> Iterator[Measure]:
    rows = _unwrapped(reading.document, list(_rows(reading.document.text, block)))
    if rows:
        rows[0] = _with_number_apart(reading.document.text, rows)
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
        if cells and _SUM.match(cells[0].of(document.text)):
            continue
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


# The row under the last one that adds up the money.
_SUM = re.compile(r"(?:summa|totalt|total)\b", re.IGNORECASE)


def _with_number_apart(text: str, rows: Sequence[_Row]) -> _Row:
    """The head, "Nr  Åtgärd" as two cells where the rows have one cell more than it."""
    head = rows[0]
    first = head.cells[0]
    found = _NUMBER_HEAD.match(first.of(text)) if first else None
    wider = any(len(row.cells) == len(head.cells) + 1 for row in rows[1:])
    if first is None or found is None or not wider:
        return head
    number = Span(first.start, first.start + found.end("number"))
    title = Span(first.start + found.end(), first.end)
    return _Row(head.at, (number, title, *head.cells[1:]), head.wrapped)


_NUMBER_HEAD = re.compile(r"(?P<number>nr\.?|nummer|#)\s+(?=\w)", re.IGNORECASE)


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
        own_dnr=_numbers(reading, task, label, cells.get("dnr")),
        type="uppdrag" if cells.get("who") else None,
    )
    measure = replace(with_cells(reading, measure_of(reading, draft), cells), tasks=())
    given = cells.get("given")
    if given:  # the day of the decision is none by which something is due
        decided = reading.document.span_of(given)
        due = tuple(d for d in measure.deadlines if not d.span.overlaps(decided))
        measure = replace(measure, deadlines=due)
    return _with_wrapped_names(reading, measure, cells, rest)


def _with_wrapped_names(
    reading: Reading,
    measure: Measure,
    cells: dict[str, Span | None],
    rest: dict[str, list[Span]],
) -> Measure:
    """The measure with the bodies of the cells that take several lines."""
    who, beside = _bodies(reading, cells, rest, "who")
    partners, _ = _bodies(reading, cells, rest, "with")
    return replace(
        measure,
        agencies=who or measure.agencies,
        other_agencies=tuple(dict.fromkeys((*(partners or measure.other_agencies), *beside))),
    )


def _bodies(
    reading: Reading, cells: dict[str, Span | None], rest: dict[str, list[Span]], column: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who a wrapped cell names, and with whom they act; nobody where it has one line."""
    first = cells.get(column)
    if first is None or not rest.get(column):
        return (), ()
    lines = [at.of(reading.document.text).strip() for at in (first, *rest[column])]
    acting, *beside = BESIDE.split(_wrapped(lines), maxsplit=1)
    return _parted(acting), _parted(*beside)


# A line that cannot end a name: "Teknik- och", "Myndigheten för", "Specialpedagogiska".
_OPEN_END = re.compile(r"(?:-|\b(?:och|samt|för|av|i|till|mot)|\w+(?:iska|liga))$", re.IGNORECASE)


def _wrapped(lines: Sequence[str]) -> str:
    """The lines of a cell as a list of names: a line that begins one ends the name before.

    >>> _wrapped(["Teknik- och", "klimatnämnden"]), _wrapped(["Skolnämnden", "Vårdnämnden"])
    ('Teknik- och klimatnämnden', 'Skolnämnden, Vårdnämnden')
    """
    text, *rest = _joined(lines).splitlines()
    for line in rest:
        if line[:1].islower() or text.endswith(",") or _OPEN_END.search(text):
            text = f"{text} {line}"
        else:
            text = f"{text}, {line}"
    return text


_BETWEEN_NAMES = re.compile(r"\s*,\s*|(?<!-)\s+(?:och|samt)\s+(?=[A-ZÅÄÖ])")


def _parted(names: str = "") -> tuple[str, ...]:
    """The names, known agencies by their canonical ones."""
    parts = (one_line(name) for name in _BETWEEN_NAMES.split(names))
    return tuple(canonical_name(name) or name for name in parts if name)


def _joined(lines: Sequence[str]) -> str:
    """The lines of a cell; a word broken at its hyphen is one again, "Teknik- och" stays.

    >>> _joined(["Social- och omsorgs-", "förvaltningen"])
    'Social- och omsorgsförvaltningen'
    """
    return _BROKEN.sub("", "\n".join(line.strip() for line in lines))


_BROKEN = re.compile(r"(?<=[a-zåäö])-\n(?=[a-zåäö])(?!(?:och|eller) )")


# "Kartlägga stöd (S2024/00321)": the number is none of the title.
_NUMBER_BEHIND = re.compile(r"\s*\((?:dnr\s*)?[A-ZÅÄÖ][A-Za-zåäö]*\s?\d{4}/[^()]+\)\s*$")


def _numbers(reading: Reading, *cells: Span | None) -> tuple[str, ...]:
    """The diarienummer that stand with the task itself: the measure's own."""
    found = (m for c in cells if c for m in reading.mentions_in(c, "DIARIENUMMER"))
    return tuple(dict.fromkeys(str(m.value) for m in found))


def _columns(reading: Reading, head: _Row) -> dict[str, int]:
    return _named([cell.of(reading.document.text) if cell else "" for cell in head.cells])


def _named(titles: Sequence[str]) -> dict[str, int]:
    """What the columns of a table hold, by their titles."""
    found: dict[str, int] = {}
    for index, title in enumerate(titles):
        for name, pattern in _COLUMNS.items():
            if name not in found and re.search(pattern, title.casefold().strip()):
                found[name] = index
                break
    return found


def table_cells(text: str, block: Block) -> list[tuple[Span | None, ...]]:
    """The cells of each row of a table, as clean spans, None where one is empty."""
    return [row.cells for row in _rows(text, block)]


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
