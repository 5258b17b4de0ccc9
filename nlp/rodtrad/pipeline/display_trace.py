"""A trace as a corpus hands it out: lines, frames, the table with both quotes, the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.datamodel import TraceLine
from rodtrad.errors import UsageError
from rodtrad.pipeline.display import Html, Record, frame, printed
from rodtrad.pipeline.tracejob import Traced
from rodtrad.tables.records import trace_record
from rodtrad.tables.terms import Language
from rodtrad.tables.traceview import TraceTable

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

TRACE_COLUMNS = (
    "id", "document", "text", "strength", "status", "links", "candidates", "gap", "context",
)  # fmt: skip
LINK_COLUMNS = (
    "id", "from_document", "status", "measure", "title", "document", "probability", "grade",
    "explicit", "agencies", "deadlines", "state", "signals", "quote_from", "summary_from",
    "section_from", "quote_to", "section_to",
)  # fmt: skip


@dataclass(frozen=True)
class Trace:
    """Recommendations held against measures; a sequence of lines that shows itself as a table.

    `traced` is the plain value with everything that went in.
    """

    traced: Traced
    language: Language = "sv"

    def __iter__(self) -> Iterator[TraceLine]:
        return iter(self.traced.lines)

    def __len__(self) -> int:
        return len(self.traced.lines)

    def __getitem__(self, key: int | str) -> TraceLine:
        """The line of that place or of that recommendation's id.

        Raises:
            UsageError: no recommendation has that id.
        """
        if isinstance(key, int):
            return self.traced.lines[key]
        found = next(
            (line for line in self if key in (line.id, f"{line.document}#{line.id}")), None
        )
        if found is None:
            raise UsageError(f"{key}: the trace holds no such recommendation.")
        return found

    @property
    def lines(self) -> tuple[TraceLine, ...]:
        """One line a recommendation."""
        return self.traced.lines

    @property
    def gaps(self) -> tuple[TraceLine, ...]:
        """The lines without a counterpart, or with one only in part."""
        return tuple(line for line in self if line.status in ("gap", "partly"))

    @cached_property
    def table(self) -> TraceTable:
        """The cross-reference table as the writers lay it out."""
        return self.traced.table(language=self.language)

    def records(self) -> list[Record]:
        """The records of `rodtrad trace --json`."""
        return [trace_record(line) for line in self]

    def to_frame(self) -> DataFrame:
        """A row a recommendation, with the fields of `rodtrad trace --json` as columns."""
        return frame(self.records(), columns=TRACE_COLUMNS)

    def links_frame(self) -> DataFrame:
        """A row an accepted link: both quotes, who is responsible, by when."""
        return frame(list(self._link_records()), columns=LINK_COLUMNS)

    def matrix_frame(self) -> DataFrame:
        """Probabilities of all candidates: recommendations as rows, measures as columns.

        A pair that was no candidate at all is missing (NaN).
        """
        rows = {
            line.id: {c.measure: c.probability for c in line.candidates} for line in self
        }  # fmt: skip
        columns = [measure.id for measure in self.traced.measures]
        found = frame([{"id": name, **row} for name, row in rows.items()], columns=["id", *columns])
        return found.set_index("id")

    def matrix(self) -> Html:
        """The coverage map as a picture with its words below."""
        from rodtrad.pipeline.display_html import figure_html
        from rodtrad.tables.figures import coverage_map

        figure = coverage_map(self.table)
        return Html(figure_html(figure), figure.alternative)

    def network(self) -> Html:
        """Documents, recommendations and measures with lines between, as a picture."""
        from rodtrad.pipeline.display_html import figure_html
        from rodtrad.tables.figures import link_network

        figure = link_network(self.table)
        return Html(figure_html(figure), figure.alternative)

    def save(self, path: str | Path) -> Path:
        """Write the table as .xlsx, .docx, .csv, .html, .md, .json or .svg.

        Raises:
            UsageError: the ending is another one, or the folder does not exist.
        """
        from rodtrad.tables.writers import write_table

        return write_table(self.table, Path(path))

    def _link_records(self) -> Iterator[Record]:
        known = {(m.document, m.id): m for m in self.traced.measures}
        for line in self:
            for link in line.links:
                measure = known.get((link.document, link.measure))
                start, end = link.evidence_from, link.evidence_to
                yield {
                    "id": line.id,
                    "from_document": line.document,
                    "status": line.status,
                    "measure": link.measure,
                    "title": measure.title if measure else None,
                    "document": link.document,
                    "probability": link.probability,
                    "grade": link.grade,
                    "explicit": link.explicit,
                    "agencies": list(measure.agencies) if measure else [],
                    "deadlines": [[d.kind, d.date] for d in measure.deadlines] if measure else [],
                    "state": measure.state if measure else None,
                    "signals": list(link.signals),
                    "quote_from": start.quote,
                    "summary_from": start.summary,
                    "section_from": list(start.section),
                    "quote_to": end.quote,
                    "section_to": list(end.section),
                }

    def _repr_html_(self) -> str:
        from rodtrad.pipeline.display_html import trace_html

        return trace_html(self.table)

    def __str__(self) -> str:
        from rodtrad.tables.terminal import render_trace

        return printed(render_trace(self.table))

    def __repr__(self) -> str:
        return f"<rodtrad trace: {self.table.title}, {len(self)} lines>"
