"""A printed line of a PDF page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A printed line: text, box in points (y upwards from the page's foot), height, weight.

    The box is that of the text held upright, however the page is turned. `marks` are ranges of
    small digits in the text: footnote marks. `gaps` are wide empty stretches in the line: the
    index of the blank, where the stretch starts and where it ends. `row` says that the line is the
    row of a table, its cells parted by tabs.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool
    marks: tuple[tuple[int, int], ...] = ()
    gaps: tuple[tuple[int, float, float], ...] = ()
    row: bool = False
