"""Parts of a table: filters that hold for every export, and markings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

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

    A filter on agency or date leaves out rows without any measure that passes it. The status of a
    row is never changed: it is that of the whole recommendation.
    """
    rows = []
    for row in table.rows:
        cells = tuple(cell for cell in row.cells if _keeps_cell(chosen, cell))
        narrowed = chosen.agency is not None or chosen.before is not None
        if _keeps_row(chosen, row) and (cells or not narrowed):
            rows.append(replace(row, cells=cells))
    if len(rows) == len(table.rows) and all(
        len(new.cells) == len(old.cells) for new, old in zip(rows, table.rows, strict=True)
    ):
        return table
    note = table.terms.say("note.filtered", shown=len(rows), all=len(table.rows))
    return replace(table, rows=tuple(rows), notes=(note, *table.notes))


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
    """The table without anything from documents that are marked (arbetsmaterial, sekretess).

    Rows of marked documents go, and so do measures, context passages and candidates from them, the
    title, and the notes, which may name them; one note says how many documents were left out.
    """
    closed = {d.id for d in table.documents if d.marking and d.marking != OPEN_MARKING}
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
    )


def _without(row: Row, closed: Collection[str]) -> Row:
    line = replace(
        row.line,
        candidates=tuple(c for c in row.line.candidates if c.document not in closed),
        context=tuple(p for p in row.line.context if p.evidence.document not in closed),
        gap=None if any(c.document in closed for c in row.line.candidates) else row.line.gap,
    )
    return replace(
        row,
        line=line,
        cells=tuple(cell for cell in row.cells if cell.document.id not in closed),
        rejected=() if line.gap != row.line.gap else row.rejected,
    )
