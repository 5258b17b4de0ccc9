"""A trace as it is shown: chosen documents, filters, one page of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from rodtrad.errors import UsageError
from rodtrad.pipeline.store import DocumentRecord
from rodtrad.tables.phrases import status_counts
from rodtrad.tables.records import trace_record
from rodtrad.tables.traceview import Row, TraceTable
from rodtrad.web.library import Library
from rodtrad.web.models import TraceView
from rodtrad.web.tracefilter import TraceFilter, choices, narrowed
from rodtrad.web.visit import Visit

ROWS = 25


@dataclass(frozen=True)
class ShownTrace:
    """A trace on its way to the reader.

    `whole` is the table before the filters, `table` after them, `rows` those of this page with
    their index in `table`; `choices` are the values one can narrow by.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    whole: TraceTable
    table: TraceTable
    page: int
    pages: int
    rows: tuple[tuple[int, Row], ...]
    choices: dict[str, list[str]]
    possible_sources: Sequence[DocumentRecord]
    possible_targets: Sequence[DocumentRecord]

    def view(self) -> TraceView:
        """The JSON twin."""
        return TraceView(
            title=self.table.title,
            sources=list(self.sources),
            targets=list(self.targets),
            as_of=self.table.as_of.isoformat(),
            total=len(self.whole.rows),
            shown=len(self.table.rows),
            page=self.page,
            pages=self.pages,
            statuses={key: n for key, _, n in status_counts(self.whole)},
            lines=[trace_record(row.line) for _, row in self.rows],
            notes=list(self.table.notes),
        )


def chosen_pair(
    library: Library, sources: Sequence[str], targets: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The documents asked for; where a side is not named, the usual one.

    Raises:
        UsageError: the collection has nothing to trace, or nothing to trace it to.
    """
    usual = library.usual_pair()
    if usual is None and not (sources and targets):
        raise UsageError("there is nothing to trace here.")
    source, target = usual or ("", "")
    return tuple(sources) or (source,), tuple(targets) or (target,)


def trace_table(
    library: Library,
    pair: tuple[tuple[str, ...], tuple[str, ...]],
    visit: Visit,
    *,
    can_review: bool = False,
) -> TraceTable:
    """The whole table of a trace, with what people have decided."""
    return library.table(*pair, as_of=visit.as_of, language=visit.language, can_review=can_review)


def shown_trace(
    library: Library,
    pair: tuple[tuple[str, ...], tuple[str, ...]],
    chosen: TraceFilter,
    visit: Visit,
    *,
    page: int,
) -> ShownTrace:
    """A trace narrowed to what the reader chose, at one page of rows."""
    sources, targets = pair
    whole = trace_table(library, pair, visit)
    table = narrowed(whole, chosen)
    pages = max(1, ceil(len(table.rows) / ROWS))
    here = min(page, pages)
    rows = tuple(enumerate(table.rows))[(here - 1) * ROWS : here * ROWS]
    return ShownTrace(
        sources=sources,
        targets=targets,
        whole=whole,
        table=table,
        page=here,
        pages=pages,
        rows=rows,
        choices=choices(whole),
        possible_sources=library.sources(),
        possible_targets=library.targets(),
    )


def gap_rows(filters: TraceFilter) -> TraceFilter:
    """The same choice among recommendations that lack an answer, or have part of one."""
    open_ones = ("gap", "partly", "unresolved")
    kept = tuple(s for s in filters.statuses if s in open_ones) or open_ones
    return replace(filters, statuses=kept)
