"""Reading order of the lines of a page: columns one after the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from rodtrad.ingest.pdftext import PdfLine, PdfPage

_LEAST_LINES = 8


def reading_order(page: PdfPage) -> tuple[PdfLine, ...]:
    """The lines of a page as a person reads them.

    The order of the file is kept unless two columns alternate in it: then each column is read
    from top to bottom, between the lines that span both.
    """
    lines = page.lines
    gutter = find_gutter(page)
    if gutter is None or not _alternates(lines, gutter):
        return lines
    return tuple(_by_columns(lines, gutter))


def find_gutter(page: PdfPage) -> float | None:
    """Where the empty stripe between two columns runs, None for a page with one column.

    Many lines end before it, many begin behind it, and few cross it.
    """
    lines = page.lines
    if len(lines) < _LEAST_LINES or page.width <= 0:
        return None
    starts = sorted({round(line.left) for line in lines if line.left > 0.35 * page.width})
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
