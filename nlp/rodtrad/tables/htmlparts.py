"""The pieces of HTML that the exported page and the web page share.

They write one recommendation, its measures and its gap in the same words and classes, so that a
reader meets the same thing in the file and on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from rodtrad.tables.markup import Markup, element
from rodtrad.tables.phrases import (
    fact_texts,
    gap_text,
    misses_text,
    rejected_text,
)
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import MeasureCell, Row


def row_anchor(index: int) -> str:
    """The id of the nth recommendation (from 0) of a table, for links to it."""
    return f"r{index + 1}"


def status_mark(status: str) -> Markup:
    """A shape beside the word, so that status can be told without colour."""
    return element("span", class_=f"mark {status}", aria_hidden="true")


def wide_table(
    caption: str, columns: Sequence[str], rows: Sequence[Markup], *, class_: str
) -> Markup:
    """A table that scrolls sideways on a narrow screen and can be reached by keyboard."""
    head = element("tr", [element("th", column, scope="col") for column in columns])
    body = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", rows),
        class_=class_,
    )
    return element("div", body, class_="wide", tabindex="0", role="region", aria_label=caption)


def measure_facts(cell: MeasureCell, terms: Terms) -> Markup:
    """Who, by when, under which number and how far, as a list of names and values."""
    groups = [
        element("div", element("dt", name), [element("dd", value) for value in values])
        for name, values in fact_texts(cell, terms)
    ]
    return element("dl", groups, class_="facts")


def link_signals(cell: MeasureCell, terms: Terms) -> Markup | None:
    """Why a measure was linked, in words; None where nothing is told."""
    if not cell.candidate.signals:
        return None
    reasons = "; ".join(cell.candidate.signals)
    return element("p", element("b", f"{terms['col.signals']}: "), reasons, class_="signals")


def gap_box(row: Row, terms: Terms) -> Markup:
    """What was searched for a recommendation, what came closest and what may be missed."""
    rejected = [element("li", rejected_text(item, terms)) for item in row.rejected]
    sentence, misses = gap_text(row, terms), misses_text(row, terms)
    return element(
        "div",
        element("p", sentence, class_="gap-sentence") if sentence else None,
        [element("p", terms["gap.rejected_intro"]), element("ul", rejected)] if rejected else None,
        element("p", f"{misses}.", class_="place") if misses and row.is_open else None,
        class_="gap-box",
    )
