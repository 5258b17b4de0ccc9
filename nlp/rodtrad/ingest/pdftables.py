"""Tables of a page by where their cells stand: rows become lines with tabs between the cells."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rodtrad.ingest.hyphens import Vocabulary, join_lines
from rodtrad.ingest.pdfline import PdfLine

_MARKER = re.compile(
    r"\W{1,2}|o|(?:\d{1,3}\.)*\d{1,3}[.)]?|\(?[a-zåäö\divx]{1,4}[.)]|§§?|\d+ [a-z]? ?§"
)
_LEADER = re.compile(r"(?:\.\s?){5}|…")
_ALIGNED = 4.0
_LEAST_ROWS = 2
_NO_WORDS = Vocabulary([])


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    left: float
    right: float
    line: PdfLine


_Row = list[_Cell]


def with_table_rows(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """The lines of a page in order, those of tables joined to one line a row.

    A table is a run of printed rows, two or more of which have cells that begin (or end) at one
    place behind a wide gap. Bullets and numbers before a text are no cells, nor are the dots and
    numbers of a contents page. A row goes on over several lines where these stand closer than the
    rows do, or where only some of its cells go on.
    """
    if not any(line.gaps for line in lines) and not _stand_beside(lines):
        return list(lines)
    rows = _printed_rows(lines)
    result: list[PdfLine] = []
    index = 0
    while index < len(rows):
        stop, columns = _table_end(rows, index)
        if stop == index:
            result += dict.fromkeys(cell.line for cell in rows[index])
            index += 1
            continue
        result += [_joined(row, columns) for row in _whole_rows(rows[index:stop], columns)]
        index = stop
    return result


def _stand_beside(lines: Sequence[PdfLine]) -> bool:
    return any(_beside(a, b) for a, b in itertools.pairwise(lines))


def _beside(line: PdfLine, other: PdfLine) -> bool:
    return abs(line.bottom - other.bottom) < 0.4 * line.size and other.left > line.right


def _printed_rows(lines: Sequence[PdfLine]) -> list[_Row]:
    """Lines cut at their gaps; neighbours at one height make one row."""
    rows: list[_Row] = []
    for line in lines:
        cells = _cells(line)
        near = next((r for r in rows[-1:-4:-1] if _beside(r[-1].line, line)), None)
        if near is None:
            rows.append(cells)
        else:
            near += cells
    return rows


def _cells(line: PdfLine) -> _Row:
    cells: _Row = []
    start, left = 0, line.left
    for index, end, begin in line.gaps:
        text = line.text[start:index].strip()
        if _MARKER.fullmatch(text):
            continue
        cells.append(_Cell(text, left, end, line))
        start, left = index, begin
    cells.append(_Cell(line.text[start:].strip(), left, line.right, line))
    return cells


def _table_end(rows: Sequence[_Row], start: int) -> tuple[int, list[float]]:
    """Behind the last row of a table that starts here, and where its columns begin."""
    if len(rows[start]) < 2 or _is_leader(rows[start]):
        return start, []
    columns = [cell.left for cell in rows[start]]
    stop, last, full = start + 1, start + 1, 1
    while stop < len(rows) and _belongs(rows[stop], rows[stop - 1], columns):
        if len(rows[stop]) >= 2:
            columns = _merged(columns, rows[stop])
            last, full = stop + 1, full + 1
        elif rows[stop][0].left - columns[0] > _ALIGNED or stop == last:
            last = stop + 1
        stop += 1
    return (last, columns) if full >= _LEAST_ROWS else (start, [])


def _is_leader(row: _Row) -> bool:
    return any(_LEADER.search(cell.text) for cell in row)


def _belongs(row: _Row, before: _Row, columns: Sequence[float]) -> bool:
    step = before[0].line.bottom - row[0].line.bottom
    if row[0].line.row or _is_leader(row) or not 0 < step < 4 * row[0].line.size:
        return False
    if len(row) >= 2:
        return all(_column(cell, columns) is not None for cell in row[:1]) and any(
            _column(cell, columns) for cell in row[1:]
        )
    place = _column(row[0], columns)
    if place is None:
        return False
    following = columns[place + 1] if place + 1 < len(columns) else float("inf")
    return row[0].right < following and step < 1.6 * row[0].line.size


def _column(cell: _Cell, columns: Sequence[float]) -> int | None:
    """The column in which a cell stands: where it begins, or else which it lies within."""
    for index, left in enumerate(columns):
        if abs(cell.left - left) <= _ALIGNED:
            return index
    index = bisect_right(columns, cell.left) - 1
    following = columns[index + 1] if 0 <= index < len(columns) - 1 else float("inf")
    return index if index >= 1 and cell.right <= following + _ALIGNED else None


def _merged(columns: Sequence[float], row: _Row) -> list[float]:
    """The columns, with those that only a later row has."""
    new = [cell.left for cell in row if _column(cell, columns) is None]
    return sorted([*columns, *new])


def _whole_rows(rows: Sequence[_Row], columns: Sequence[float]) -> list[_Row]:
    """Rows with the lines that go on with their cells."""
    steps = [a[0].line.bottom - b[0].line.bottom for a, b in itertools.pairwise(rows)]
    apart = 1.25 * min(steps) if max(steps) > 1.3 * min(steps) else 0.0
    whole = [list(rows[0])]
    for row, step in zip(rows[1:], steps, strict=True):
        begins = step > apart if apart else len(row) >= 2 or _column(row[0], columns) == 0
        if begins and not (len(row) == 1 and _column(row[0], columns)):
            whole.append(list(row))
        else:
            whole[-1] += row
    return whole


def _joined(row: _Row, columns: Sequence[float]) -> PdfLine:
    texts = [""] * len(columns)
    for cell in row:
        place = _column(cell, columns) or 0
        texts[place] = continued(texts[place], cell.text)
    first = row[0].line
    bottom = min(cell.line.bottom for cell in row)
    right = max(cell.right for cell in row)
    text = "\t".join(texts)
    return replace(first, text=text, right=right, bottom=bottom, marks=(), gaps=(), row=True)


def continued(before: str, text: str) -> str:
    """Two lines of a cell; a hyphen that only parted a word becomes a soft one."""
    if not before:
        return text
    join = join_lines(before, text, _NO_WORDS)
    if join == "blank":
        return f"{before} {text}"
    return before + text if join == "keep" else f"{before[:-1]}\u00ad{text}"
