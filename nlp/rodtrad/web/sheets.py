"""Plain lists, what is on the screen row by row, as files for Excel and other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from fastapi.responses import Response

from rodtrad.tables.officezip import save_reproducibly
from rodtrad.tables.safety import safe_cell
from rodtrad.web.exporting import MEDIA, attachment

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDEST, NARROWEST = 60, 10
UNNAMEABLE = "[]:*?/\\"
ENDINGS = ("xlsx", "csv", "json")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list with heads, its rows as words, and the records the words were made from."""

    name: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    records: Sequence[Mapping[str, Any]]
    as_of: date


def export_sheet(sheet: Sheet, ending: str) -> Response:
    """The list as a file to save; `ending` is one of ENDINGS, `sheet.name` plain ASCII."""
    makers = {"xlsx": _xlsx, "csv": _csv, "json": _json}
    filename = f"{sheet.name}-{sheet.as_of.isoformat()}.{ending}"
    return attachment(makers[ending](sheet), MEDIA[ending], filename)


def _csv(sheet: Sheet) -> bytes:
    """Semicolons between and a byte order mark, as Excel in Swedish expects."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.heads)
    writer.writerows([safe_cell(value) for value in row] for row in sheet.rows)
    return buffer.getvalue().encode("utf-8-sig")


def _json(sheet: Sheet) -> bytes:
    words = json.dumps(list(sheet.records), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{words}\n".encode()


def _xlsx(sheet: Sheet) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    _fill(book, sheet)
    book.properties.title, book.properties.creator = safe_cell(sheet.title), "Rödtråd"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lista.xlsx"
        save_reproducibly(book, path, day=sheet.as_of)
        return path.read_bytes()


def _fill(book: Workbook, sheet: Sheet) -> None:
    """Heads that stay in sight and can be filtered by; a text never becomes a formula."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page = book.worksheets[0]
    page.title = "".join(" " if c in UNNAMEABLE else c for c in sheet.title)[:31].strip("' ")
    for number, row in enumerate([sheet.heads, *sheet.rows], 1):
        for column, value in enumerate(row, 1):
            cell = page.cell(row=number, column=column, value=safe_cell(value))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(name="Calibri", size=10, bold=number == 1)
    for column in range(len(sheet.heads)):
        longest = max(len(row[column]) for row in [sheet.heads, *sheet.rows])
        letter = get_column_letter(column + 1)
        page.column_dimensions[letter].width = max(NARROWEST, min(WIDEST, longest + 2))
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
