"""A trace as a corpus hands it out: lines, frames, the table with both quotes, the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.datamodel import TraceLine
from rodtrad.errors import UsageError
from rodtrad.pipeline.display import Html, Record, frame, printed
from rodtrad.pipeline.reviewjob import ReviewedTrace
from rodtrad.pipeline.tracejob import Traced
from rodtrad.review.decisions import Reviews
from rodtrad.tables.records import trace_record
from rodtrad.tables.terms import Language
from rodtrad.tables.traceview import TraceTable
from rodtrad.workspace import Workspace

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

    from rodtrad.tables.picture import Figure

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

    `traced` is the plain value with everything that went in, people's decisions laid over it;
    `reviews` are the decisions, comments and follow-ups. `workspace` remembers which files were
    saved.
    """

    traced: Traced
    language: Language = "sv"
    reviews: Reviews | None = None
    workspace: Workspace | None = None

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
        from rodtrad.pipeline.reviewfiles import reviewed_table
        from rodtrad.review.items import Items

        reviews = self.reviews or Reviews((), Items())
        found = ReviewedTrace(self.traced, reviews)
        return reviewed_table(found, language=self.language, can_review=False)

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
        return self._picture("coverage")

    def areas(self) -> Html:
        """How many links lead from each theme to each area of the target, as a picture."""
        return self._picture("areas")

    def timeline(self) -> Html:
        """The deadlines of the linked measures on a line of time, a band per agency."""
        return self._picture("timeline")

    def network(self) -> Html:
        """Documents, recommendations and measures with lines between, as a picture."""
        return self._picture("network")

    def _picture(self, name: str) -> Html:
        from rodtrad.pipeline.display_html import figure_html
        from rodtrad.tables.writers import table_figure

        figure: Figure = table_figure(self.table, name=name)
        return Html(figure_html(figure), figure.alternative)

    def save(
        self,
        path: str | Path,
        *,
        sharing: bool = False,
        mask_names: bool = False,
        status: Sequence[str] = (),
        strength: Sequence[str] = (),
        agency: str | None = None,
        before: date | None = None,
    ) -> Path:
        """Write the table, or a part of it, as `rodtrad trace -o` does.

        Args:
            path: ends in .xlsx, .docx, .csv, .html, .md, .json, .svg or .png.
            sharing: without marked documents, reviewers' names and internal notes.
            mask_names: [namn] for names of persons; the table says that quotes are not verbatim.
            status: only these: covered, partly, gap, unresolved.
            strength: only these, for instance urge.
            agency: only measures this agency must act in; an acronym will do.
            before: only measures with a deadline before this day.

        Raises:
            UsageError: the ending is another one, or the file cannot be written there.
        """
        from rodtrad.entities import canonical_name
        from rodtrad.pipeline.exports import documents_of, note_export
        from rodtrad.tables.filters import TableFilter, filter_table, for_sharing
        from rodtrad.tables.masking import masked_table
        from rodtrad.tables.writers import write_table

        name = (canonical_name(agency) or agency) if agency else None
        chosen = TableFilter(status, strength, name, before)
        table = for_sharing(self.table) if sharing else self.table
        part = filter_table(table, chosen)
        written = write_table(masked_table(part) if mask_names else part, Path(path))
        note_export(self.workspace, written, documents_of(self.table))
        return written

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
        from rodtrad.tables.terminaltrace import render_trace

        return printed(render_trace(self.table))

    def __repr__(self) -> str:
        return f"<rodtrad trace: {self.table.title}, {len(self)} lines>"
