"""The list form of the table: one line per recommendation and measure, for Excel and CSV."""

from __future__ import annotations

from collections.abc import Iterator

from rodtrad.tables.phrases import (
    basis_text,
    decision_text,
    dnr_text,
    due_texts,
    evidence_text,
    follow_up_text,
    gap_text,
    grade_text,
    issuer_text,
    others_text,
    recommendation_text,
    remarks_text,
    responsible_text,
    source_text,
    status_text,
    strength_text,
)
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import listed_probability, place_text

COLUMNS = (
    "col.document", "col.id", "col.issuer", "col.strength", "col.text", "col.source",
    "status.column", "col.measure", "col.title", "col.measure_document", "col.responsible",
    "col.others", "col.deadline", "col.dnr", "state.column", "col.flags", "col.probability",
    "col.grade", "col.basis", "col.signals", "col.quote_from", "col.place_from", "col.quote_to",
    "col.place_to", "col.decision", "col.follow_up",
)  # fmt: skip

Value = str | float


def list_header(table: TraceTable) -> list[str]:
    """The column heads; a last one for the marking where the table has one."""
    marking = [table.terms["head.marking_name"]] if table.marking else []
    return [table.terms[column] for column in COLUMNS] + marking


def list_rows(table: TraceTable) -> Iterator[list[Value]]:
    """The lines; a recommendation without measures gives one, which says so."""
    marking: list[Value] = [table.marking] if table.marking else []
    for row in table.rows:
        left = _left(row, table.terms)
        for cell in row.cells:
            yield left + _right(cell, table.terms) + marking
        if not row.cells:
            rest = [""] * (len(COLUMNS) - len(left))
            rest[1] = gap_text(row, table.terms)
            rest[-2] = decision_text(row.line.decision, table.terms)
            rest[-1] = follow_up_text(row.follow_up, table.terms)
            yield [*left, *rest, *marking]


def _left(row: Row, terms: Terms) -> list[Value]:
    text = recommendation_text(row)
    return [
        row.line.document,
        row.line.id,
        issuer_text(row),
        strength_text(row, terms),
        f"{text} [{terms['summary.label']}]" if row.is_summary else text,
        source_text(row, terms),
        status_text(row, terms),
    ]


def _right(cell: MeasureCell, terms: Terms) -> list[Value]:
    candidate = cell.candidate
    return [
        candidate.measure,
        cell.title or terms["measure.unknown"],
        cell.document.title,
        responsible_text(cell, terms),
        others_text(cell, terms),
        "; ".join(due_texts(cell, terms)),
        dnr_text(cell, terms),
        terms.value("state", cell.measure.state if cell.measure else "okänd"),
        remarks_text(cell),
        listed_probability(candidate.probability),
        grade_text(candidate, terms),
        basis_text(candidate, terms),
        "; ".join(candidate.signals),
        evidence_text(candidate.evidence_from, terms),
        place_text(candidate.evidence_from, terms),
        evidence_text(candidate.evidence_to, terms),
        place_text(candidate.evidence_to, terms),
        decision_text(candidate.decision, terms),
        follow_up_text(cell.follow_up, terms),
    ]
