"""The coverage map with links into the list; rows and columns come in windows."""

from __future__ import annotations

from math import ceil

from rodtrad.datamodel import Measure
from rodtrad.tables.heatmap import column_name, grade_letter, linked_measures
from rodtrad.tables.htmlparts import row_anchor
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.phrases import measure_label
from rodtrad.tables.traceview import MeasureCell, Row
from rodtrad.tables.wording import probability_sentence, shorten
from rodtrad.web.forms import pager
from rodtrad.web.traceview import ROWS, ShownTrace
from rodtrad.web.visit import Visit

COLUMNS = 60
WORDS = 46


def matrix(shown: ShownTrace, visit: Visit) -> Markup:
    """Recommendations of this page against a window of at most 60 measures.

    Where the measures are more than 60, those linked to the recommendations of this page come
    first, then those linked to others.
    """
    terms = visit.terms
    windows = max(1, ceil(len(shown.table.measures) / COLUMNS))
    window = min(_number(visit.values("kolumn")), windows)
    measures = _ordered(shown)[(window - 1) * COLUMNS : window * COLUMNS]
    heads = element(
        "tr",
        element("th", terms["col.recommendation"], scope="col"),
        [
            element("th", element("span", column_name(m)), scope="col", title=m.title)
            for m in measures
        ],
    )
    grid = element(
        "table",
        element("caption", terms["matrix.caption"]),
        element("thead", heads),
        element("tbody", [_row(index, row, measures, visit) for index, row in shown.rows]),
        class_="map",
    )
    return element(
        "section",
        element("h2", terms["matrix.title"]),
        element("p", terms["matrix.legend"], class_="legend"),
        element("p", terms["matrix.order"], class_="legend") if windows > 1 else None,
        element("div", grid, class_="wide", tabindex="0", role="region",
                aria_label=terms["matrix.caption"]),
        _windows(window, windows, visit),
        pager(visit, shown.page, shown.pages, terms),
    )  # fmt: skip


def _number(values: tuple[str, ...]) -> int:
    text = values[0] if values else ""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _ordered(shown: ShownTrace) -> list[Measure]:
    measures = list(shown.table.measures)
    if len(measures) <= COLUMNS:
        return measures
    here = {(c.document.id, c.candidate.measure) for _, row in shown.rows for c in row.cells}
    linked = linked_measures(shown.table)

    def order(measure: Measure) -> int:
        key = (measure.document, measure.id)
        return 0 if key in here else 1 if key in linked else 2

    return sorted(measures, key=order)


def _windows(window: int, windows: int, visit: Visit) -> Markup | None:
    if windows < 2:
        return None
    terms = visit.terms

    def to(number: int, key: str) -> Markup:
        return element("a", terms[key], href=visit.here(kolumn=number))

    return element(
        "nav",
        to(window - 1, "matrix.before") if window > 1 else None,
        element("span", terms.say("matrix.window", window=window, windows=windows)),
        to(window + 1, "matrix.after") if window < windows else None,
        class_="pager",
        aria_label=terms["matrix.columns"],
    )


def _row(index: int, row: Row, measures: list[Measure], visit: Visit) -> Markup:
    cells = {(c.document.id, c.candidate.measure): c for c in row.cells}
    address = visit.here(visning=None, sida=index // ROWS + 1) + f"#{row_anchor(index)}"
    lang = row.language if row.language != visit.language else None
    head = element(
        "th",
        element("a", row.line.id, href=address),
        " ",
        element("span", shorten(row.line.text, WORDS), lang=lang),
        scope="row",
    )
    squares = [_square(cells.get((m.document, m.id)), address, visit) for m in measures]
    return element("tr", head, squares)


def _square(cell: MeasureCell | None, address: str, visit: Visit) -> Markup:
    if cell is None:
        return element("td")
    candidate = cell.candidate
    words = probability_sentence(candidate.probability, visit.terms)
    return element(
        "td",
        element(
            "a",
            grade_letter(candidate.grade, visit.terms),
            element("span", f" {measure_label(cell)}, {words}", class_="hidden"),
            href=address,
            title=f"{measure_label(cell)}, {words}",
        ),
        class_=f"shade p{min(9, int(candidate.probability * 10))}",
    )
