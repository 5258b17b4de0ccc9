"""Ruling lines of a PDF page, and the tables they draw."""

from __future__ import annotations

import ctypes
import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdfium2 import raw

from rodtrad.ingest.pdfline import PdfLine
from rodtrad.ingest.pdftables import continued

Stroke = tuple[float, float, float]
_Box = tuple[float, float, float, float]
_THIN = 2.5
_SHORT = 6.0
_NEAR = 3.5
_MOST_OBJECTS = 4_000
_MOST_RULES = 2_000
_PLAIN = 6
_MOST_LINES = 60
_LEAST_CELLS = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """Strokes of a page in points: vertical (x, low, high) and horizontal (y, left, right)."""

    vertical: tuple[Stroke, ...] = ()
    horizontal: tuple[Stroke, ...] = ()


NO_RULES = Rules()


def read_rules(page: Any) -> Rules:
    """The straight strokes of an engine's page: thin paths, and the sides of plain boxes."""
    vertical: list[Stroke] = []
    horizontal: list[Stroke] = []
    count = raw.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return NO_RULES
    for index in range(count):
        thing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_PATH:
            continue
        for box in _boxes(thing):
            _add(vertical, horizontal, box)
    if len(vertical) + len(horizontal) > _MOST_RULES or not vertical:
        return NO_RULES
    return Rules(tuple(vertical), tuple(horizontal))


def _boxes(path: Any) -> Iterator[_Box]:
    """The bounds of a plain path; of one with many segments, those of each of its strokes."""
    count = raw.FPDFPath_CountSegments(path)
    if count <= _PLAIN:
        left, low, right, high = (ctypes.c_float() for _ in range(4))
        if raw.FPDFPageObj_GetBounds(path, left, low, right, high):
            yield left.value, low.value, right.value, high.value
    elif count <= _MOST_RULES:
        yield from _strokes(path, count)


def _strokes(path: Any, count: int) -> Iterator[_Box]:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            (a, c), (b, d) = sorted((last[0], point[0])), sorted((last[1], point[1]))
            if min(c - a, d - b) <= _THIN:
                yield a, b, c, d
        last = point


def _add(vertical: list[Stroke], horizontal: list[Stroke], box: _Box) -> None:
    left, low, right, high = box
    if right - left <= _THIN:
        if high - low >= _SHORT:
            vertical.append(((left + right) / 2, low, high))
    elif high - low <= _THIN:
        horizontal.append(((low + high) / 2, left, right))
    elif high - low >= _SHORT:
        vertical += [(left, low, high), (right, low, high)]
        horizontal += [(low, left, right), (high, left, right)]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table: where its columns and rows are parted, borders included, both rising."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]

    def cell(self, line: PdfLine) -> tuple[int, int] | None:
        """Row from the top and column of a line, None outside the table."""
        middle = line.bottom + 0.4 * line.size
        if not self.rows[0] < middle < self.rows[-1]:
            return None
        if line.left < self.columns[0] - _NEAR or line.left > self.columns[-1]:
            return None
        row = len(self.rows) - 1 - bisect_right(self.rows, middle)
        column = bisect_right(self.columns, line.left + 1.0) - 1
        return row, min(max(column, 0), len(self.columns) - 2)


def _grids(rules: Rules) -> Iterator[_Grid]:
    """Tables of two rows and two columns or more."""
    for group in _touching(rules.vertical):
        low, high = min(v[1] for v in group), max(v[2] for v in group)
        begin, end = min(v[0] for v in group) - _NEAR, max(v[0] for v in group) + _NEAR
        across = [
            h
            for h in rules.horizontal
            if low - _NEAR <= h[0] <= high + _NEAR and h[1] <= end and h[2] >= begin
        ]
        columns = _merged([v[0] for v in group] + [h[1] for h in across] + [h[2] for h in across])
        rows = _merged([low, high, *(h[0] for h in across)])
        if len(columns) >= 3 and len(rows) >= 3:
            yield _Grid(columns, rows)


def _touching(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Vertical strokes in groups whose heights overlap: one table each."""
    groups: list[list[Stroke]] = []
    top = float("-inf")
    for stroke in sorted(strokes, key=lambda v: v[1]):
        if not groups or stroke[1] > top + _NEAR:
            groups.append([])
            top = stroke[2]
        groups[-1].append(stroke)
        top = max(top, stroke[2])
    return groups


def _merged(values: Sequence[float]) -> tuple[float, ...]:
    """The values in order, those that lie close together as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return tuple(found)


def with_ruled_tables(lines: Sequence[PdfLine], rules: Rules) -> tuple[PdfLine, ...]:
    """The lines, those inside ruled tables joined to one line a row with tabs between the cells.

    A table has two columns and two rows or more and text in three cells at least; a frame around
    text has one column and is none, nor is a page laid out in ruled stripes.
    """
    result = list(lines)
    for grid in _grids(rules):
        result = _with_table(result, grid)
    return tuple(result)


def _with_table(lines: list[PdfLine], grid: _Grid) -> list[PdfLine]:
    cells: dict[tuple[int, int], list[PdfLine]] = {}
    inside: set[int] = set()
    for index, line in enumerate(lines):
        place = grid.cell(line) if not line.row else None
        if place is not None:
            cells.setdefault(place, []).append(line)
            inside.add(index)
    many = any(len(found) > _MOST_LINES for found in cells.values())
    if many or len(cells) < _LEAST_CELLS or len({column for _, column in cells}) < 2:
        return lines
    first = min(inside)
    before = [line for i, line in enumerate(lines[:first]) if i not in inside]
    behind = [line for i, line in enumerate(lines) if i > first and i not in inside]
    return [*before, *_rows(cells, len(grid.columns) - 1), *behind]


def _rows(cells: dict[tuple[int, int], list[PdfLine]], width: int) -> Iterator[PdfLine]:
    for _, group in itertools.groupby(sorted(cells), key=lambda place: place[0]):
        texts = [""] * width
        found: list[PdfLine] = []
        for place in group:
            parts = sorted(cells[place], key=lambda line: (-round(line.bottom), line.left))
            found += parts
            for part in parts:
                texts[place[1]] = continued(texts[place[1]], part.text)
        bottom, right = min(p.bottom for p in found), max(p.right for p in found)
        text = "\t".join(texts)
        yield replace(found[0], text=text, right=right, bottom=bottom, marks=(), gaps=(), row=True)
