"""The coverage map: recommendations against measures, as a table with words beside the shades."""

from __future__ import annotations

from rodtrad.datamodel import Measure
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.phrases import measure_number, short_name, upper_first
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import probability_sentence, shorten

MAX_COLUMNS = 60
ROW_WIDTH = 46
COLUMN_WIDTH = 24


def shown_measures(table: TraceTable) -> tuple[Measure, ...]:
    """The columns of the map: all measures, or, where they are more than 60, the linked ones."""
    if len(table.measures) <= MAX_COLUMNS:
        return table.measures
    linked = linked_measures(table)
    return tuple(m for m in table.measures if (m.document, m.id) in linked)


def linked_measures(table: TraceTable) -> set[tuple[str, str]]:
    """Document and id of each measure with an accepted link."""
    return {(c.document.id, c.candidate.measure) for row in table.rows for c in row.cells}


def column_name(measure: Measure) -> str:
    """What stands over a column: the number, else the first words of the title."""
    return short_name(measure.id, measure.title, COLUMN_WIDTH)


def grade_letter(grade: int, terms: Terms) -> str:
    """S or B in Swedish, A or C in English."""
    return terms["matrix.answers" if grade == 2 else "matrix.contributes"]


def map_alternative(table: TraceTable) -> str:
    """What the map shows, in one sentence."""
    terms = table.terms
    linked = sum(bool(row.cells) for row in table.rows)
    touched = linked_measures(table) & {(m.document, m.id) for m in table.measures}
    return terms.say(
        "matrix.alternative",
        linked=terms.count("recommendations", linked),
        measures=terms.count("measures", len(touched)),
        idle=terms.count("measures", len(table.measures) - len(touched)),
    )


def heat_map(table: TraceTable) -> Markup:
    """The map with its legend, its text alternative and the measures nothing points to."""
    terms, measures = table.terms, shown_measures(table)
    body = [_row(index, row, measures, terms) for index, row in enumerate(table.rows)]
    grid = element(
        "table",
        element("caption", terms["matrix.caption"]),
        element("thead", _heads(measures, table)),
        element("tbody", body),
        class_="map",
    )
    return element(
        "section",
        element("h2", terms["matrix.title"], id="matrix-heading"),
        element("p", map_alternative(table)),
        element("p", terms["matrix.legend"], class_="legend"),
        element(
            "div", grid, class_="wide", tabindex="0", role="region",
            aria_label=terms["matrix.caption"],
        ),
        _idle(table),
        id="matrix",
        aria_labelledby="matrix-heading",
    )  # fmt: skip


def _heads(measures: tuple[Measure, ...], table: TraceTable) -> list[Markup]:
    """The measures' numbers; above them their documents where there are several."""
    terms = table.terms
    numbers = element(
        "tr",
        element("th", terms["col.recommendation"], scope="col"),
        [element("th", element("span", column_name(m)), scope="col") for m in measures],
    )
    if len(table.targets) < 2:
        return [numbers]
    groups = [
        element("th", target.title, scope="colgroup", colspan=count)
        for target in table.targets
        if (count := sum(m.document == target.id for m in measures))
    ]
    return [element("tr", element("td"), groups), numbers]


def _row(index: int, row: Row, measures: tuple[Measure, ...], terms: Terms) -> Markup:
    cells = {(c.document.id, c.candidate.measure): c for c in row.cells}
    head = element(
        "th",
        element("a", row.line.id, href=f"#r{index + 1}"),
        " ",
        element("span", shorten(row.line.text, ROW_WIDTH), lang=row.language),
        scope="row",
    )
    return element("tr", head, [_square(cells.get((m.document, m.id)), terms) for m in measures])


def _square(cell: MeasureCell | None, terms: Terms) -> Markup:
    if cell is None:
        return element("td")
    candidate = cell.candidate
    shade = f"p{min(9, int(candidate.probability * 10))}"
    words = probability_sentence(candidate.probability, terms)
    return element(
        "td",
        grade_letter(candidate.grade, terms),
        element("span", f", {words}", class_="hidden"),
        class_=f"shade {shade}",
    )


def _idle(table: TraceTable) -> Markup | None:
    linked = linked_measures(table)
    idle = [m for m in table.measures if (m.document, m.id) not in linked]
    if not idle:
        return None
    numbers = [measure_number(m.id, m.title) for m in idle]
    items = [
        element("li", element("b", number) if number else None, f" {m.title}")
        for number, m in zip(numbers, idle, strict=True)
    ]
    return element(
        "div",
        element("h3", upper_first(table.terms["matrix.idle"])),
        element("ul", items, class_="columns"),
    )
