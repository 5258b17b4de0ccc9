"""Pictures on a page: heading, words, the drawing, its values as a table, its files."""

from __future__ import annotations

from rodtrad.tables.heatmap import shown_measures
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.picture import PICTURES, Figure
from rodtrad.tables.traceview import TraceTable
from rodtrad.tables.writers import table_figure
from rodtrad.web.exporting import file_links
from rodtrad.web.forms import tabs
from rodtrad.web.visit import Parameter, Visit

NAMES = ("coverage", "areas", "timeline", "network")
ENDINGS = tuple(ending.removeprefix(".") for ending in PICTURES)
# A browser is slow to draw more squares than this.
MOST_SQUARES = 60_000


def drawn(figure: Figure, name: str, visit: Visit, *, files: Markup | None = None) -> Markup:
    """A picture with its words and, to be opened, its values; `name` tells it from others."""
    values = figure.table()
    return element(
        "section",
        element("h2", figure.title),
        element("p", figure.description, role="status" if files is None else None),
        element("div", Markup(figure.svg(head=False, name=name)), class_="drawing", tabindex="0",
                role="region", aria_label=figure.title),
        element(
            "details",
            element("summary", visit.terms["pictures.values"]),
            element("div", values, class_="wide", tabindex="0", role="region",
                    aria_label=f"{figure.title}: {visit.terms['pictures.values']}"),
        ) if values else None,
        files,
        id=name,
    )  # fmt: skip


def table_pictures(table: TraceTable, visit: Visit, **kept: Parameter) -> list[Markup]:
    """The pictures of a table, the same that `rodtrad trace -o` writes.

    Args:
        table: after the filters.
        visit: whose words are used.
        kept: the parameters that say what is shown, for the links to files.
    """
    return [_one(name, table, visit, kept) for name in NAMES]


def _one(name: str, table: TraceTable, visit: Visit, kept: dict[str, Parameter]) -> Markup:
    files = file_links(
        visit, visit.terms["export.picture"], f"/sparning/bild/{name}", ENDINGS, **kept
    )
    if name == "coverage" and len(table.rows) * len(shown_measures(table)) > MOST_SQUARES:
        title, words = visit.terms["figure.coverage"], visit.terms["pictures.large"]
        return element("section", element("h2", title), element("p", words, class_="note"), files)
    return drawn(table_figure(table, name=name), name, visit, files=files)


def trace_tabs(visit: Visit) -> Markup:
    """The ways to show a trace."""
    return tabs(visit, (("trace.list", None), ("trace.matrix", "matris"),
                        ("pictures.tab", "bilder")))  # fmt: skip
