"""Cells, row heights and pages of a worksheet: what every workbook of ours has in common."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rodtrad.tables.safety import plain_text, safe_cell

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Calibri"
_WIDEST_A4 = 220  # characters


def put(sheet: Worksheet, row: int, column: int, value: str | float | date | None) -> Cell:
    """Put a value into a cell; a text never becomes a formula."""
    from openpyxl.styles import Alignment

    cell: Cell = sheet.cell(row=row, column=column)  # type: ignore[assignment]
    if isinstance(value, str):
        cell.value = safe_cell(value)
        cell.data_type = "s"
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = font()
    return cell


def font(**look: Any) -> Font:
    """The letter of a cell, 10 points unless told."""
    from openpyxl.styles import Font

    return Font(name=FONT, size=look.pop("size", 10), **look)


def row_heights(sheet: Worksheet, *, first: int) -> None:
    """Set each row as high as its wrapped text: programs do not all do so when they open a file.

    Reckons the width of a column in characters, 13 points a line, Excel's limit of 409 points.
    """
    from openpyxl.utils import get_column_letter

    looks = [
        sheet.column_dimensions[get_column_letter(column)]
        for column in range(1, sheet.max_column + 1)
    ]
    # A hidden column takes no height.
    widths = [0 if look.hidden else look.width for look in looks]
    for number, values in enumerate(sheet.iter_rows(min_row=first, values_only=True), start=first):
        most = max(
            (line_count(v, width) for v, width in zip(values, widths, strict=True)), default=1
        )
        sheet.row_dimensions[number].height = min(409, 13.5 * most + 3)


def line_count(value: object, width: float) -> int:
    """How many lines a value takes in a column so many characters wide."""
    if not isinstance(value, str) or not width:
        return 1
    return sum(1 + int(len(part) * 1.1 / width) for part in value.split("\n"))


def page_setup(sheet: Worksheet, *, marking: str | None, pages: int = 1) -> None:
    """Landscape, so many pages side by side, heads and marking on each, pages numbered.

    On A4, or on A3 where the columns of a page would be smaller than about 6 points.
    """
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    columns = sum(look.width for look in sheet.column_dimensions.values() if not look.hidden)
    sheet.page_setup.paperSize = 8 if columns / pages > _WIDEST_A4 else 9
    sheet.print_options.gridLines = True
    sheet.page_setup.fitToWidth = pages
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    # An empty header is false in itself: only None means that there is none.
    header, footer = sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter
    if marking and header is not None:
        header.right.text = plain_text(marking).replace("&", "&&")
    if footer is not None:
        footer.right.text = "&P (&N)"
    if sheet.freeze_panes:
        sheet.print_title_rows = "1:1"
