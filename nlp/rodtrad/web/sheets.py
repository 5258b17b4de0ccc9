"""Plain lists, what is on the screen row by row, as files for Excel and other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from fastapi.responses import Response

from rodtrad.tables.masking import masked_records, masked_rows
from rodtrad.tables.officezip import save_reproducibly
from rodtrad.tables.safety import safe_cell
from rodtrad.tables.sheetcells import font, page_setup, put, row_heights
from rodtrad.tables.terms import Terms
from rodtrad.web.exporting import File, Handing, send
from rodtrad.web.library import Library
from rodtrad.web.visit import Visit

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDEST, NARROWEST = 60, 10
UNNAMEABLE = "[]:*?/\\"
ENDINGS = ("xlsx", "csv", "json")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list with heads, its rows as words, and the records the words were made from.

    `documents` are for each row those whose words stand in it. A `marking` of theirs stands in the
    head of each page on paper.
    """

    name: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    records: Sequence[Mapping[str, Any]]
    documents: Sequence[Sequence[str]]
    as_of: date
    marking: str | None = None


def handed_sheet(
    sheet: Sheet, handing: Handing, terms: Terms, *, marking_of: Callable[[str], str | None]
) -> Sheet:
    """The list as it is handed on; markings stand in a last column where there are any.

    Args:
        sheet: with everything.
        handing: without names of persons; without what comes from marked documents.
        terms: the words of the list's language.
        marking_of: the marking of a document, None for an open one.
    """
    marks = {name: marking_of(name) for names in sheet.documents for name in names}
    lines = [
        line
        for line in zip(sheet.rows, sheet.records, sheet.documents, strict=True)
        if not handing.sharing or not any(marks[name] for name in line[2])
    ]
    rows: Sequence[Sequence[str]] = [row for row, _, _ in lines]
    records: Sequence[Mapping[str, Any]] = [record for _, record, _ in lines]
    found = [sorted({m for name in names if (m := marks[name])}) for _, _, names in lines]
    if handing.masked:
        rows, records = masked_rows(rows, terms), masked_records(records, terms)
        found = [[*each, terms["mask.marking"]] for each in found]
    shown = replace(sheet, rows=rows, records=records, documents=[names for _, _, names in lines])
    return _marked(shown, [", ".join(each) for each in found], terms) if any(found) else shown


def _marked(sheet: Sheet, markings: Sequence[str], terms: Terms) -> Sheet:
    return replace(
        sheet,
        heads=[*sheet.heads, terms["head.marking_name"]],
        rows=[[*row, marking] for row, marking in zip(sheet.rows, markings, strict=True)],
        records=[{**record, "marking": marking or None}
                 for record, marking in zip(sheet.records, markings, strict=True)],
        marking=", ".join(dict.fromkeys(filter(None, markings))),
    )  # fmt: skip


def send_sheet(
    sheet: Sheet, ending: str, handing: Handing, library: Library, visit: Visit
) -> Response:
    """The list as a file to save, as it is handed on."""
    shown = handed_sheet(sheet, handing, visit.terms, marking_of=library.marking)
    return send(sheet_file(shown, ending), library, visit)


def sheet_file(sheet: Sheet, ending: str) -> File:
    """The list as a file; `ending` is one of ENDINGS, `sheet.name` plain ASCII."""
    makers = {"xlsx": _xlsx, "csv": _csv, "json": _json}
    name = f"{sheet.name}-{sheet.as_of.isoformat()}.{ending}"
    documents = sorted({name for names in sheet.documents for name in names})
    return File(name, makers[ending](sheet), tuple(documents))


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
    from openpyxl.utils import get_column_letter

    page = book.worksheets[0]
    page.title = "".join(" " if c in UNNAMEABLE else c for c in sheet.title)[:31].strip("' ")
    for number, row in enumerate([sheet.heads, *sheet.rows], 1):
        for column, value in enumerate(row, 1):
            put(page, number, column, value).font = font(bold=number == 1)
    for column in range(len(sheet.heads)):
        longest = max(len(row[column]) for row in [sheet.heads, *sheet.rows])
        letter = get_column_letter(column + 1)
        page.column_dimensions[letter].width = max(NARROWEST, min(WIDEST, longest + 2))
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    row_heights(page, first=1)
    page_setup(page, marking=sheet.marking)
