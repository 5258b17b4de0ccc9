"""The cross-reference table as an Excel workbook: Matris, Lista, Luckor, Tidsfrister, Om.

Where decisions can be recorded (`table.review`) a sheet Granskning stands behind the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.tables.heatmap import grade_letter, map_alternative, shown_measures
from rodtrad.tables.listing import list_header, list_rows
from rodtrad.tables.officezip import save_reproducibly
from rodtrad.tables.phrases import (
    context_text,
    facts,
    gap_text,
    issuer_text,
    limits,
    recommendation_text,
    rejected_text,
    status_text,
    strength_text,
    upper_first,
    version_text,
)
from rodtrad.tables.reviewsheet import (
    decision_choices,
    grade_choices,
    review_heads,
    review_rows,
)
from rodtrad.tables.safety import safe_cell
from rodtrad.tables.sheetcells import font, line_count, page_setup, put, row_heights
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import TraceTable
from rodtrad.tables.wording import date_text, probability_figure, shorten

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_LIST_WIDTHS = (
    18, 12, 20, 18, 60, 40, 18, 10, 45, 30, 32, 32, 40, 18, 16, 30, 12, 26, 24, 45, 60, 40, 60,
    40, 40, 40,
)  # fmt: skip
_SHADES = ("FFE3ECF6", "FFC4D8EC", "FF8FB5DA", "FF2F6CA8", "FF0B3C70")


def write_workbook(table: TraceTable, path: Path, *, page: str | None = None) -> None:
    """Write the workbook; the same table gives the same bytes.

    Args:
        table: what to write.
        path: the .xlsx file.
        page: address of the HTML form of the table, relative to the workbook; numbers of
            recommendations become links into it.
    """
    from openpyxl import Workbook

    terms = table.terms
    book = Workbook()
    book.remove(book.worksheets[0])
    # The list is only readable on paper over three pages side by side.
    for name, fill, pages, repeated in (
        ("matrix", _matrix_sheet, 1, ""),
        ("list", _list_sheet, 3, "A:B"),
        *([("review", _review_sheet, 2, "A:A")] if table.review else []),
        ("gaps", _gaps_sheet, 1, ""),
        ("deadlines", _deadlines_sheet, 1, ""),
        ("about", _about_sheet, 1, ""),
    ):
        sheet = book.create_sheet(terms[f"sheet.{name}"])
        fill(sheet, table, page)
        if name in ("matrix", "review", "gaps", "deadlines"):
            _marking_column(sheet, table)
        page_setup(sheet, marking=table.marking, pages=pages)
        if repeated:
            sheet.print_title_cols = repeated
        if name == "matrix":
            _matrix_legend(sheet, table)
    _properties(book, table)
    save_reproducibly(book, path, day=table.provenance.generated or table.as_of)


def _properties(book: Workbook, table: TraceTable) -> None:
    made = table.provenance.generated or table.as_of
    stamp = datetime(made.year, made.month, made.day)
    book.properties.title = safe_cell(table.title)
    book.properties.creator = "Rödtråd"
    book.properties.language = table.language
    book.properties.created = stamp
    book.properties.modified = stamp


def _marking_column(sheet: Worksheet, table: TraceTable) -> None:
    """The marking as a last column on screen; on paper it stands in the head of each page."""
    from openpyxl.utils import get_column_letter

    if not table.marking:
        return
    last, column = sheet.max_row, sheet.max_column + 1
    put(sheet, 1, column, table.terms["head.marking_name"]).font = font(bold=True)
    for row in range(2, last + 1):
        put(sheet, row, column, table.marking)
    sheet.column_dimensions[get_column_letter(column)].width = 16
    sheet.auto_filter.ref = sheet.dimensions


def _heads(sheet: Worksheet, heads: Sequence[str], widths: Iterable[float]) -> None:
    from openpyxl.styles import Border, Side
    from openpyxl.utils import get_column_letter

    for column, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
        cell = put(sheet, 1, column, head)
        cell.font = font(bold=True)
        cell.border = Border(bottom=Side(style="medium"))
        sheet.column_dimensions[get_column_letter(column)].width = width


def _finish(sheet: Worksheet, *, freeze: str) -> None:
    """Frozen panes and a filter over all columns."""
    sheet.freeze_panes = freeze
    sheet.auto_filter.ref = sheet.dimensions
    # The heads of the matrix stand upright and have a height of their own.
    row_heights(sheet, first=2 if sheet.row_dimensions[1].height else 1)


def _link(cell: Cell | MergedCell, page: str | None, index: int) -> None:
    """Make a recommendation's number a link into the page."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    if page:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, target=page, location=f"r{index + 1}")
        cell.font = font(color="FF0B4A8F", underline="single")


def _id_width(table: TraceTable) -> float:
    """As wide as the longest number of a recommendation, within reason."""
    return min(28.0, max([12.0, *(1.2 * len(row.line.id) + 1 for row in table.rows)]))


def _matrix_sheet(sheet: Worksheet, table: TraceTable, page: str | None) -> None:
    from openpyxl.styles import Alignment

    terms, measures = table.terms, shown_measures(table)
    heads = [terms[c] for c in ("col.id", "col.recommendation", "col.strength", "status.column")]
    numbers = [f"{m.id} {shorten(m.title, 60)}" for m in measures]
    _heads(sheet, [*heads, *numbers], [_id_width(table), 48, 16, 16] + [6.5] * len(measures))
    for column in range(5, 5 + len(measures)):
        head = sheet.cell(row=1, column=column)
        head.alignment = Alignment(text_rotation=90, vertical="bottom", wrap_text=True)
        head.font = font(size=9)
    sheet.row_dimensions[1].height = 230
    for index, row in enumerate(table.rows):
        cells = {(c.document.id, c.candidate.measure): c.candidate for c in row.cells}
        left = (row.line.id, recommendation_text(row), strength_text(row, terms))
        for column, text in enumerate((*left, status_text(row, terms)), start=1):
            put(sheet, index + 2, column, text)
        _link(sheet.cell(row=index + 2, column=1), page, index)
        for column, measure in enumerate(measures, start=5):
            candidate = cells.get((measure.document, measure.id))
            if candidate:
                letter = grade_letter(candidate.grade, terms)
                figure = probability_figure(candidate.probability, terms)
                _shade(put(sheet, index + 2, column, f"{letter} {figure}"), candidate.probability)
    _finish(sheet, freeze="E2")


def _matrix_legend(sheet: Worksheet, table: TraceTable) -> None:
    """What the letters mean, under the matrix."""
    cell = put(sheet, sheet.max_row + 2, 2, table.terms["matrix.legend"])
    sheet.row_dimensions[cell.row].height = 16 + 13.5 * line_count(cell.value, 48)


def _shade(cell: Cell, probability: float) -> None:
    from openpyxl.styles import Alignment, PatternFill

    step = (probability >= 0.4) + (probability >= 0.6) + (probability >= 0.8) + (probability >= 0.9)
    cell.fill = PatternFill("solid", fgColor=_SHADES[step])
    cell.font = font(size=9, color="FFFFFFFF" if step >= 3 else "FF000000")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _probability_format(terms: Terms) -> str:
    """Two decimals; a program writes "över 0,99" for more, as in every other form of the table."""
    over, under = (f'"{probability_figure(p, terms)}"' for p in (1.0, 0.0))
    return f"[>0.99]{over};[<0.01]{under};0.00"


def _list_sheet(sheet: Worksheet, table: TraceTable, page: str | None) -> None:
    heads = list_header(table)
    widths = (_LIST_WIDTHS[0], _id_width(table), *_LIST_WIDTHS[2:], 16)
    _heads(sheet, heads, widths[: len(heads)])
    anchors = [index for index, row in enumerate(table.rows) for _ in row.cells or (None,)]
    for number, (values, index) in enumerate(zip(list_rows(table), anchors, strict=True), start=2):
        for column, value in enumerate(values, start=1):
            cell = put(sheet, number, column, value)
            if isinstance(value, float):
                cell.number_format = _probability_format(table.terms)
        _link(sheet.cell(row=number, column=2), page, index)
    _finish(sheet, freeze="C2")


def _review_sheet(sheet: Worksheet, table: TraceTable, page: str | None) -> None:
    from openpyxl.utils import get_column_letter

    heads, rows = review_heads(table), list(review_rows(table))
    _heads(
        sheet, [head for head, _ in heads], [_id_width(table), *(width for _, width in heads[1:])]
    )
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row.values, start=1):
            put(sheet, number, column, value)
        sheet.cell(row=number, column=5).number_format = _probability_format(table.terms)
        _link(sheet.cell(row=number, column=1), page, row.index)
    places = {is_gap: [n for n, r in enumerate(rows, start=2) if r.is_gap is is_gap]
              for is_gap in (False, True)}  # fmt: skip
    for is_gap, numbers in places.items():
        _drop_down(sheet, "G", numbers, decision_choices(table.terms, is_gap=is_gap), table)
    _drop_down(sheet, "H", places[False], grade_choices(table.terms), table)
    sheet.column_dimensions[get_column_letter(len(heads))].hidden = True
    _finish(sheet, freeze="C2")


def _drop_down(
    sheet: Worksheet, column: str, rows: Sequence[int], choices: Sequence[str], table: TraceTable
) -> None:
    """Let cells hold one of a few words; an empty cell is allowed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if not rows:
        return
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    rule.showErrorMessage = rule.showInputMessage = True
    rule.prompt = table.terms["review.hint"]
    rule.error = ", ".join(choices)
    for number in rows:
        rule.add(f"{column}{number}")
    sheet.add_data_validation(rule)


def _gaps_sheet(sheet: Worksheet, table: TraceTable, page: str | None) -> None:
    terms = table.terms
    heads = ("col.id", "col.issuer", "col.strength", "col.text", "status.column",
             "gap.rejected", "gap.misses_column", "context.column")  # fmt: skip
    _heads(sheet, [terms[head] for head in heads], (_id_width(table), 18, 16, 48, 36, 44, 12, 56))
    for number, (index, row) in enumerate(table.gaps, start=2):
        values = (
            row.line.id,
            issuer_text(row),
            strength_text(row, terms),
            recommendation_text(row),
            gap_text(row, terms),
            "\n".join(rejected_text(item, terms) for item in row.rejected),
            row.line.gap.expected_misses if row.line.gap else None,
            "\n".join(context_text(passage, terms) for passage in row.line.context),
        )
        for column, value in enumerate(values, start=1):
            put(sheet, number, column, value)
        sheet.cell(row=number, column=7).number_format = "0.0"
        _link(sheet.cell(row=number, column=1), page, index)
    _finish(sheet, freeze="B2")


def _deadlines_sheet(sheet: Worksheet, table: TraceTable, page: str | None) -> None:
    terms = table.terms
    heads = ("col.date", "col.kind", "col.responsible", "col.recipient", "col.measure",
             "col.title", "col.dnr", "col.deadline_state", "col.flags")  # fmt: skip
    _heads(sheet, [terms[head] for head in heads], (14, 18, 34, 28, 9, 50, 17, 26, 28))
    for number, (measure, due) in enumerate(table.due_dates(), start=2):
        deadline = due.deadline
        values = (
            _date_value(deadline.date) or date_text(deadline.date, terms),
            terms.value("kind", deadline.kind),
            ", ".join(deadline.responsible),
            deadline.recipient or measure.recipient or "",
            measure.id,
            measure.title,
            ", ".join(measure.dnr),
            terms[due.state],
            "; ".join(deadline.flags),
        )
        for column, value in enumerate(values, start=1):
            put(sheet, number, column, value)
        sheet.cell(row=number, column=1).number_format = "yyyy\\-mm\\-dd"
    _finish(sheet, freeze="A2")


def _date_value(value: str) -> date | None:
    """A real date cell where the date is a whole day, so that Excel can sort and filter it."""
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None


def _about_sheet(sheet: Worksheet, table: TraceTable, page: str | None) -> None:
    terms = table.terms
    pairs = [(terms["col.title"], table.title), *facts(table)]
    pairs += [(terms["matrix.title"], map_alternative(table)), ("", terms["matrix.legend"])]
    for title, texts in (
        (terms["about.notes"], table.notes),
        (terms["about.limits"], limits(table)),
        (terms["about.documents"], [version_text(d, terms) for d in table.documents]),
    ):
        pairs += [(title if index == 0 else "", text) for index, text in enumerate(texts)]
    for number, (name, value) in enumerate(pairs, start=1):
        put(sheet, number, 1, upper_first(name)).font = font(bold=True)
        put(sheet, number, 2, value)
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 110
    row_heights(sheet, first=1)
