"""The cross-reference table as a person reads it in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rodtrad.tables.phrases import (
    assessment_text,
    context_text,
    counts_text,
    due_text,
    evidence_text,
    fact_texts,
    gap_text,
    issuer_text,
    lead_quote,
    lead_text,
    limits,
    measure_label,
    measure_name,
    misses_text,
    rejected_text,
    same_words,
    source_text,
    status_text,
    strength_text,
)
from rodtrad.tables.terminal import Rows, indented, line
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import day_text, place_text

if TYPE_CHECKING:
    from rich.console import RenderableType

QUOTE_WIDTH = 400


def render_trace(table: TraceTable) -> Iterator[RenderableType]:
    """The cross-reference table: counts, one block a recommendation, deadlines, notes."""
    terms = table.terms
    yield line(table.title, "bold")
    if table.marking:
        yield line(terms.say("head.marking", marking=table.marking), "bold")
    as_of = terms.say("head.as_of", date=day_text(table.as_of, terms))
    yield line(f"{as_of}. {counts_text(table)}", "")
    for row in table.rows:
        yield from _render_row(row, terms)
    yield from _render_deadlines(table)
    yield line("")
    yield line(terms["about.notes"], "bold")
    for note in (*table.notes, *limits(table)):
        yield indented(note, 2, bullet="- ")


def _render_row(row: Row, terms: Terms) -> Iterator[RenderableType]:
    yield line("")
    yield line(f"{row.line.id}  {status_text(row, terms)}", "bold")
    head = f"{issuer_text(row)} ({strength_text(row, terms)}): {lead_text(row, terms)}"
    yield indented(head, 2)
    if quote := lead_quote(row):
        yield indented(evidence_text(quote, terms, width=QUOTE_WIDTH), 2)
    yield indented(source_text(row, terms), 2, style="dim")
    for cell in row.cells:
        yield from _render_cell(cell, row, terms)
    if gap := gap_text(row, terms):
        yield indented(gap, 2, style="bold")
    if row.rejected:
        yield indented(terms["gap.rejected_intro"], 2)
    for item in row.rejected:
        yield indented(rejected_text(item, terms), 4, bullet="- ")
    if row.is_open and row.line.gap:
        yield indented(f"{misses_text(row, terms)}.", 2)
    if row.line.context:
        yield indented(f"{terms['context.title']}:", 2)
    for passage in row.line.context:
        yield indented(context_text(passage, terms, width=QUOTE_WIDTH), 4, bullet="- ")


def _render_cell(cell: MeasureCell, row: Row, terms: Terms) -> Iterator[RenderableType]:
    candidate = cell.candidate
    yield indented(measure_label(cell), 2, bullet="→ ", style="bold")
    yield indented(f"{assessment_text(candidate, terms)}.", 4)
    for name, values in fact_texts(cell, terms):
        yield indented(f"{name}: {'; '.join(values)}", 4)
    if candidate.signals:
        yield indented(f"{terms['col.signals']}: {'; '.join(candidate.signals)}", 4)
    for key, evidence in (
        ("quote.recommendation", candidate.evidence_from),
        ("quote.measure", candidate.evidence_to),
    ):
        if same_words(evidence, row.evidence):
            continue
        quote = evidence_text(evidence, terms, width=QUOTE_WIDTH)
        place = place_text(evidence, terms)
        yield indented(f"{terms[key]}: {quote}" + (f" ({place})" if place else ""), 4, style="dim")


def _render_deadlines(table: TraceTable) -> Iterator[RenderableType]:
    terms = table.terms
    dates = table.due_dates()
    if not dates:
        return
    yield line("")
    yield line(terms["deadlines.title"], "bold")
    heads = ("col.deadline", "col.responsible", "col.measure")
    rows = [
        (
            due_text(due, terms),
            ", ".join(due.deadline.responsible),
            measure_name(measure.id, measure.title),
        )
        for measure, due in dates
    ]
    yield Rows([terms[head] for head in heads], rows)
