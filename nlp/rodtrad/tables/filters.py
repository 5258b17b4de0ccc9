"""Parts of a table: filters that hold for every export, and markings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from rodtrad.datamodel import Candidate, Decision
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable, default_title, own_notes
from rodtrad.tables.wording import last_day

OPEN_MARKING = "öppen"


@dataclass(frozen=True, slots=True)
class TableFilter:
    """What to keep; an empty field keeps everything.

    `agency` is a canonical name: only measures it must act in. `before` keeps measures with a
    deadline whose last possible day lies before it.
    """

    statuses: Collection[str] = ()
    strengths: Collection[str] = ()
    agency: str | None = None
    before: date | None = None


def filter_table(table: TraceTable, chosen: TableFilter) -> TraceTable:
    """The table with only the rows and measures the filter keeps, and a note that says so.

    A filter on agency or date leaves out rows without any measure that passes it, and the links
    to other measures. The status of a row is never changed: it is that of the whole
    recommendation.
    """
    narrowed = chosen.agency is not None or chosen.before is not None
    rows = []
    for row in table.rows:
        cells = tuple(cell for cell in row.cells if _keeps_cell(chosen, cell))
        if _keeps_row(chosen, row) and (cells or not narrowed):
            rows.append(row if cells == row.cells else with_cells(row, cells))
    if tuple(rows) == table.rows:
        return table
    note = table.terms.say("note.filtered", shown=len(rows), all=len(table.rows))
    return replace(table, rows=tuple(rows), notes=(note, *table.notes), whole=table.statuses)


def with_cells(row: Row, cells: tuple[MeasureCell, ...]) -> Row:
    """The row with only some of its measures; its line no longer names the others' links."""
    kept = {id(cell.candidate) for cell in cells}
    candidates = tuple(c for c in row.line.candidates if not c.accepted or id(c) in kept)
    return replace(row, cells=cells, line=replace(row.line, candidates=candidates))


def _keeps_row(chosen: TableFilter, row: Row) -> bool:
    return (not chosen.statuses or row.line.status in chosen.statuses) and (
        not chosen.strengths or row.line.strength in chosen.strengths
    )


def _keeps_cell(chosen: TableFilter, cell: MeasureCell) -> bool:
    if chosen.agency and (cell.measure is None or chosen.agency not in cell.measure.agencies):
        return False
    if chosen.before is None:
        return True
    days = [last_day(due.deadline.date) for due in cell.due]
    return any(day is not None and day < chosen.before for day in days)


def for_sharing(table: TraceTable) -> TraceTable:
    """The table as it may be handed on: nothing from marked documents, no names of reviewers.

    Rows of documents marked arbetsmaterial or sekretess go, and so do measures, context passages
    and candidates from them, the title, and the notes, which may name them; one note says how many
    documents were left out. Decisions stay, without name and comment; follow-ups and the sheet for
    decisions are internal and go.
    """
    closed = {d.id for d in table.documents if is_marked(d.marking)}
    table = without_internal(table)
    if not closed:
        return table
    kept = tuple(_without(row, closed) for row in table.rows if row.document.id not in closed)
    sources = tuple(d for d in table.sources if d.id not in closed)
    targets = tuple(d for d in table.targets if d.id not in closed)
    left_out = table.terms.count("note.left_out", len(closed))
    return replace(
        table,
        title=default_title(sources, targets, table.terms),
        rows=kept,
        measures=tuple(m for m in table.measures if m.document not in closed),
        documents=tuple(d for d in table.documents if d.id not in closed),
        sources=sources,
        targets=targets,
        notes=(left_out, *own_notes(kept, table.terms)),
        whole=None,
    )


def without_internal(table: TraceTable) -> TraceTable:
    """The table without names of reviewers, their comments, follow-ups and the decision sheet."""
    rows = tuple(_internal_removed(row, table.terms) for row in table.rows)
    return replace(table, rows=rows, review=None)


def is_marked(marking: object) -> bool:
    """Whether a marking keeps a document out of what is shared."""
    return bool(marking) and marking != OPEN_MARKING


def _internal_removed(row: Row, terms: Terms) -> Row:
    """The row without names of reviewers, their comments and what they follow up."""

    def anonymous(decision: Decision | None) -> Decision | None:
        if decision is None:
            return None
        return replace(decision, who=terms["decided.someone"], comment="", dissenters=())

    def opened(candidate: Candidate) -> Candidate:
        return replace(candidate, decision=anonymous(candidate.decision))

    line = replace(
        row.line,
        candidates=tuple(map(opened, row.line.candidates)),
        decision=anonymous(row.line.decision),
    )
    return replace(
        row,
        line=line,
        cells=tuple(replace(c, candidate=opened(c.candidate), follow_up=None) for c in row.cells),
        rejected=tuple(replace(r, decision=anonymous(r.decision)) for r in row.rejected),
        follow_up=None,
    )


def _without(row: Row, closed: Collection[str]) -> Row:
    touched = any(c.document in closed for c in row.line.candidates)
    line = replace(
        row.line,
        candidates=tuple(c for c in row.line.candidates if c.document not in closed),
        context=tuple(p for p in row.line.context if p.evidence.document not in closed),
        gap=None if touched else row.line.gap,
    )
    return replace(
        row,
        line=line,
        cells=tuple(cell for cell in row.cells if cell.document.id not in closed),
        rejected=() if touched else row.rejected,
        targets=tuple((info, n) for info, n in row.targets if info.id not in closed),
    )
