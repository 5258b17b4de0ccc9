"""What a reader chose to see of a trace, and the table narrowed to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from rodtrad.tables.filters import TableFilter, filter_table, for_sharing, with_cells
from rodtrad.tables.masking import masked_table
from rodtrad.tables.phrases import issuer_text
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import swedish_key
from rodtrad.web.exporting import Handing


@dataclass(frozen=True, slots=True)
class TraceFilter:
    """What to keep; an empty field keeps everything.

    `probability` is the least a link must have, `before` the day some deadline of its measure must
    lie before; with them, and with `agency`, rows without any such link are left out.
    """

    statuses: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    agency: str | None = None
    probability: float = 0.0
    before: date | None = None


def narrowed(table: TraceTable, chosen: TraceFilter) -> TraceTable:
    """The table with what the filter keeps; a note says that it is a selection."""
    known = TableFilter(
        statuses=chosen.statuses,
        strengths=chosen.strengths,
        agency=chosen.agency or None,
        before=chosen.before,
    )
    kept = [_with_likely(row, chosen) for row in filter_table(table, known).rows]
    rows = tuple(row for row in kept if _keeps(row, chosen))
    if rows == table.rows:
        return table
    note = table.terms.say("note.filtered", shown=len(rows), all=len(table.rows))
    return replace(table, rows=rows, notes=(note, *table.notes), whole=table.statuses)


def handed_table(table: TraceTable, chosen: TraceFilter, handing: Handing) -> TraceTable:
    """The table with what the filter keeps, as it is handed on."""
    shown = narrowed(for_sharing(table) if handing.sharing else table, chosen)
    return masked_table(shown) if handing.masked else shown


def _with_likely(row: Row, chosen: TraceFilter) -> Row:
    cells = tuple(c for c in row.cells if c.candidate.probability >= chosen.probability)
    return row if len(cells) == len(row.cells) else with_cells(row, cells)


def _keeps(row: Row, chosen: TraceFilter) -> bool:
    theme = row.recommendation.theme if row.recommendation else None
    return (
        (not chosen.issuers or issuer_text(row) in chosen.issuers)
        and (not chosen.themes or theme in chosen.themes)
        and (chosen.probability <= 0 or bool(row.cells))
    )


def choices(table: TraceTable) -> dict[str, list[str]]:
    """What the rows can be narrowed by: values that occur, by the Swedish alphabet."""
    rows = table.rows
    cells: Iterable[MeasureCell] = (cell for row in rows for cell in row.cells)
    return {
        "strength": _sorted(row.line.strength for row in rows),
        "issuer": _sorted(issuer_text(row) for row in rows),
        "theme": _sorted(row.recommendation.theme for row in rows if row.recommendation),
        "agency": _sorted(name for c in cells if c.measure for name in c.measure.agencies),
    }


def _sorted(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value}, key=swedish_key)
