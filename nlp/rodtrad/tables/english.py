"""What rules say in Swedish about links and measures, in English, for English tables.

Signals, remarks and labels of parts are values, worded in Swedish when they are made. Quotes,
titles and names stay as they are; so does a remark that the list does not know.
"""

from __future__ import annotations

from dataclasses import replace

from rodtrad.datamodel import Candidate, Deadline
from rodtrad.tables.sentences import in_other_words
from rodtrad.tables.terms import load_terms
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tracing.aspects import AspectBook
from rodtrad.tracing.signals import in_english


def with_english_remarks(table: TraceTable) -> TraceTable:
    """The table with signals, remarks and part labels of its measures in English."""
    rows = tuple(_english_row(row, table.aspects) for row in table.rows)
    measures = tuple(
        replace(
            measure,
            flags=tuple(map(english_remark, measure.flags)),
            deadlines=tuple(map(_english_deadline, measure.deadlines)),
        )
        for measure in table.measures
    )
    return replace(table, rows=rows, measures=measures)


def _english_row(row: Row, book: AspectBook) -> Row:
    """Both what is laid out and the trace line, which JSON prints with all its candidates."""
    candidates = tuple(_english_candidate(c, book) for c in row.line.candidates)
    return replace(
        row,
        line=replace(row.line, candidates=candidates),
        cells=tuple(_english_cell(cell, book) for cell in row.cells),
        rejected=tuple(replace(r, reasons=in_english(r.reasons, book=book)) for r in row.rejected),
    )


def _english_cell(cell: MeasureCell, book: AspectBook) -> MeasureCell:
    due = tuple(replace(d, deadline=_english_deadline(d.deadline)) for d in cell.due)
    measure = cell.measure
    if measure:
        flags = tuple(map(english_remark, measure.flags))
        measure = replace(measure, flags=flags, deadlines=tuple(d.deadline for d in due))
    return replace(
        cell, candidate=_english_candidate(cell.candidate, book), measure=measure, due=due
    )


def _english_candidate(candidate: Candidate, book: AspectBook) -> Candidate:
    return replace(candidate, signals=in_english(candidate.signals, book=book))


def _english_deadline(deadline: Deadline) -> Deadline:
    part = english_remark(deadline.part) if deadline.part else deadline.part
    return replace(deadline, part=part, flags=tuple(map(english_remark, deadline.flags)))


def english_remark(text: str) -> str:
    """A Swedish remark in English; one the list does not know as it is.

    >>> english_remark("del 2")
    'part 2'
    """
    return in_other_words(text, load_terms("en"), file="remarks.tsv", gap="kind")
