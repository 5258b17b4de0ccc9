"""Reading order of the lines of a page: columns one after the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from rodtrad.ingest.pdfline import PdfLine
from rodtrad.ingest.pdftext import PdfPage

_LEAST_LINES = 8
_LEAST_WIDTH = 18
_TOP = 0.8
_BOX_LINES = 6
_JUMP = 20.0


def reading_order(page: PdfPage) -> tuple[PdfLine, ...]:
    """The lines of a page as a person reads them.

    The order of the file is kept unless two columns alternate in it: then each column is read
    from top to bottom, between the lines that span both.
    """
    lines: Sequence[PdfLine] = page.lines
    if page.rotated:
        lines = sorted(lines, key=lambda line: -line.bottom)
    lines = _top_first(lines, page.height)
    lines = _split_at_gutter(lines)
    gutter = find_gutter(lines)
    if gutter is None or not _alternates(lines, gutter):
        return tuple(lines)
    return tuple(_by_columns(lines, gutter))


def _top_first(lines: Sequence[PdfLine], height: float) -> Sequence[PdfLine]:
    """The lines, those in their place that the file draws last though they stand at the top.

    A text box at the head of a letter ("Dir. 2017:29") is often written behind the running text.
    It is short, set in another type than the line drawn before it, and in the page's upper fifth.
    """
    first = max(1, len(lines) - _BOX_LINES)
    jumps = [i for i in range(first, len(lines)) if lines[i].bottom > lines[i - 1].bottom + _JUMP]
    start = jumps[-1] if jumps else len(lines)
    box, rest = lines[start:], lines[:start]
    if not box or box[-1].bottom < _TOP * height or _same_type(rest[-1], box[0]):
        return lines
    place = next(i for i, line in enumerate(rest) if line.bottom < box[-1].bottom)
    return [*rest[:place], *box, *rest[place:]]


def _same_type(line: PdfLine, other: PdfLine) -> bool:
    return abs(line.size - other.size) <= 0.05 * line.size and line.bold == other.bold


def _split_at_gutter(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """The lines, those cut in two that run over an empty stripe between two columns of text.

    The stripe is a wide gap at one place in a third of the lines or more, with running text on
    both sides. A table has gaps too, but short cells.
    """
    gaps = [(line, gap) for line in lines for gap in line.gaps]
    if len(lines) < _LEAST_LINES / 2 or len(gaps) < len(lines) / 3:
        return list(lines)
    for _, (_, left, right) in gaps[:20]:
        middle = (left + right) / 2
        cut = {id(line): index for line, (index, a, b) in gaps if a <= middle <= b}
        if len(cut) >= max(_LEAST_LINES / 2, len(lines) / 3) and _is_text_on_both_sides(lines, cut):
            return [part for line in lines for part in _cut(line, cut.get(id(line)))]
    return list(lines)


def _is_text_on_both_sides(lines: Sequence[PdfLine], cut: dict[int, int]) -> bool:
    whole = [line for line in lines if id(line) in cut]
    left = sum(cut[id(line)] for line in whole) / len(whole)
    right = sum(len(line.text) - cut[id(line)] for line in whole) / len(whole)
    return min(left, right) >= _LEAST_WIDTH


def _cut(line: PdfLine, index: int | None) -> list[PdfLine]:
    gap = next((g for g in line.gaps if g[0] == index), None)
    if index is None or gap is None:
        return [line]
    skip = len(line.text) - len(line.text[index:].lstrip())
    marks = [(a - skip, b - skip) for a, b in line.marks if a >= skip]
    gaps = [(i - skip, a, b) for i, a, b in line.gaps if i > skip]
    left = replace(
        line,
        text=line.text[:index],
        right=gap[1],
        marks=tuple(m for m in line.marks if m[1] <= index),
        gaps=tuple(g for g in line.gaps if g[0] < index),
    )
    right = replace(line, text=line.text[skip:], left=gap[2], marks=tuple(marks), gaps=tuple(gaps))
    return [left, right]


def find_gutter(lines: Sequence[PdfLine]) -> float | None:
    """Where the empty stripe between two columns runs, None for a page with one column.

    Many lines end before it, many begin behind it, and few cross it.
    """
    if len(lines) < _LEAST_LINES:
        return None
    begin = min(line.left for line in lines)
    width = max(line.right for line in lines) - begin
    starts = sorted({round(line.left) for line in lines if line.left > begin + 0.3 * width})
    for start in starts:
        right = [line for line in lines if line.left >= start - 2]
        left = [line for line in lines if line.right <= start + 1 and line.left < start - 2]
        crossing = len(lines) - len(right) - len(left)
        if min(len(left), len(right)) >= 0.25 * len(lines) and crossing <= 0.3 * len(lines):
            return float(start)
    return None


def _alternates(lines: Sequence[PdfLine], gutter: float) -> bool:
    """Whether the file jumps between the columns more often than once down and once up."""
    sides = [line.left >= gutter - 2 for line in lines]
    changes = sum(a != b for a, b in itertools.pairwise(sides))
    return changes > 0.3 * len(lines)


def _by_columns(lines: Sequence[PdfLine], gutter: float) -> list[PdfLine]:
    """Bands between spanning lines, top to bottom; in each the left column, then the right."""
    ordered: list[PdfLine] = []
    left: list[PdfLine] = []
    right: list[PdfLine] = []
    for line in sorted(lines, key=lambda item: -item.bottom):
        if line.left < gutter - 2 and line.right > gutter + 1:
            ordered += [*left, *right, line]
            left, right = [], []
        elif line.left >= gutter - 2:
            right.append(line)
        else:
            left.append(line)
    return [*ordered, *left, *right]
