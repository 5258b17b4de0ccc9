"""What a person reads in the terminal: tables and lists that follow its width.

No meaning rests on colour or boxes alone: every state is a word. Texts from documents are shown
as they are, never read as markup, and control characters are taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rodtrad.tables.columns import COLUMNS, plain_columns, words_of
from rodtrad.tables.phrases import (
    assessment_text,
    context_text,
    dnr_text,
    due_text,
    due_texts,
    evidence_text,
    gap_text,
    issuer_text,
    lead_quote,
    lead_text,
    limits,
    measure_label,
    misses_text,
    rejected_text,
    responsible_text,
    same_words,
    source_text,
    state_text,
    status_counts,
    status_text,
    strength_text,
)
from rodtrad.tables.safety import plain_text
from rodtrad.tables.terms import Language, Terms, load_terms
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import day_text, one_line, place_text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.text import Text

Record = Mapping[str, Any]

QUOTE_WIDTH = 400
_LONG_WORD = 15
_GAP = 3


def render_trace(table: TraceTable) -> Iterator[RenderableType]:
    """The cross-reference table: counts, one block a recommendation, deadlines, notes."""
    terms = table.terms
    yield _line(table.title, "bold")
    if table.marking:
        yield _line(terms.say("head.marking", marking=table.marking), "bold")
    as_of = terms.say("head.as_of", date=day_text(table.as_of, terms))
    counts = [f"{word} {count}" for _, word, count in status_counts(table.rows, terms)]
    yield _line(f"{as_of}. {' · '.join(counts)}", "")
    for row in table.rows:
        yield from _render_row(row, terms)
    yield from _render_deadlines(table)
    yield _line("")
    yield _line(terms["about.notes"], "bold")
    for note in (*table.notes, *limits(table)):
        yield _indented(note, 2, bullet="- ")


def _render_row(row: Row, terms: Terms) -> Iterator[RenderableType]:
    yield _line("")
    yield _line(f"{row.line.id}  {status_text(row, terms)}", "bold")
    head = f"{issuer_text(row)} ({strength_text(row, terms)}): {lead_text(row, terms)}"
    yield _indented(head, 2)
    if quote := lead_quote(row):
        yield _indented(evidence_text(quote, terms, width=QUOTE_WIDTH), 2)
    yield _indented(source_text(row, terms), 2, style="dim")
    for cell in row.cells:
        yield from _render_cell(cell, row, terms)
    if gap := gap_text(row, terms):
        yield _indented(gap, 2, style="bold")
    if row.rejected:
        yield _indented(terms["gap.rejected_intro"], 2)
    for item in row.rejected:
        yield _indented(rejected_text(item, terms), 4, bullet="- ")
    if row.is_open and row.line.gap:
        yield _indented(f"{misses_text(row, terms)}.", 2)
    if row.line.context:
        yield _indented(f"{terms['context.title']}:", 2)
    for passage in row.line.context:
        yield _indented(context_text(passage, terms, width=QUOTE_WIDTH), 4, bullet="- ")


def _render_cell(cell: MeasureCell, row: Row, terms: Terms) -> Iterator[RenderableType]:
    candidate = cell.candidate
    yield _indented(measure_label(cell), 2, bullet="→ ", style="bold")
    yield _indented(f"{assessment_text(candidate, terms)}.", 4)
    facts = (
        ("col.responsible", responsible_text(cell, terms)),
        ("col.deadline", "; ".join(due_texts(cell, terms))),
        ("col.dnr", dnr_text(cell, terms)),
        ("state.column", state_text(cell, terms)),
        ("col.signals", "; ".join(candidate.signals)),
    )
    for key, value in facts:
        if value:
            yield _indented(f"{terms[key]}: {value}", 4)
    for key, evidence in (
        ("quote.recommendation", candidate.evidence_from),
        ("quote.measure", candidate.evidence_to),
    ):
        if same_words(evidence, row.evidence):
            continue
        quote = evidence_text(evidence, terms, width=QUOTE_WIDTH)
        place = place_text(evidence, terms)
        yield _indented(f"{terms[key]}: {quote}" + (f" ({place})" if place else ""), 4, style="dim")


def _render_deadlines(table: TraceTable) -> Iterator[RenderableType]:
    terms = table.terms
    dates = table.due_dates()
    if not dates:
        return
    yield _line("")
    yield _line(terms["deadlines.title"], "bold")
    heads = ("col.deadline", "col.responsible", "col.measure")
    rows = [
        (due_text(due, terms), ", ".join(due.deadline.responsible), f"{measure.id} {measure.title}")
        for measure, due in dates
    ]
    yield Rows([terms[head] for head in heads], rows)


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(one_line(plain_text(text)), style=style)


def _line(text: str, style: str = "") -> RenderableType:
    return _text(text, style)


def _indented(text: str, left: int, *, bullet: str = "", style: str = "") -> RenderableType:
    """A paragraph set in by `left` blanks; further lines stand under the first word."""
    from rich.padding import Padding
    from rich.table import Table

    if not bullet:
        return Padding(_text(text, style), (0, 0, 0, left))
    grid = Table.grid(padding=0)
    grid.add_column(width=len(bullet), no_wrap=True)
    grid.add_column()
    grid.add_row(bullet, _text(text, style))
    return Padding(grid, (0, 0, 0, left))


@dataclass(frozen=True)
class Rows:
    """Rows of cells: a grid where the terminal has room for its words, else a block a row."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def least_width(self) -> int:
        """How many characters a grid takes that breaks no word of up to 15 letters."""
        columns = zip(self.heads, *self.rows, strict=True)
        widths = (max(len(w) for cell in column for w in (*cell.split(), "")) for column in columns)
        return sum(min(width, _LONG_WORD) + _GAP for width in widths) - _GAP

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """What rich prints."""
        if self.least_width <= options.max_width:
            yield self._grid()
        else:
            yield from self._blocks()

    def _grid(self) -> RenderableType:
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for head in self.heads:
            grid.add_column(_text(head), overflow="fold")
        for row in self.rows:
            grid.add_row(*(_text(cell) for cell in row))
        return grid

    def _blocks(self) -> Iterator[RenderableType]:
        for row in self.rows:
            yield _line(" · ".join(filter(None, row[:2])) or "–", "bold")
            for head, cell in zip(self.heads[2:], row[2:], strict=True):
                if cell:
                    yield _indented(f"{head}: {cell}", 2)


def render_records(
    kind: str, records: Sequence[Record], *, language: Language | str = "sv"
) -> Iterator[RenderableType]:
    """Records of a command as a table for people.

    Args:
        kind: what the records are: documents, build, status, sections, entities,
            recommendations, measures, stances, deadlines, search, doctor; a kind it does not
            know is shown with the records' own field names.
        records: as the command contract says.
        language: "sv" or "en", for the words around.
    """
    terms = load_terms("en" if language == "en" else "sv")
    if not records:
        yield _line(terms["search.none" if kind == "search" else "rows.none"])
    elif kind == "search":
        yield from _render_hits(records, terms)
    else:
        columns = COLUMNS.get(kind) or plain_columns(records)
        used = [c for c in columns if any(c[1](record, terms) for record in records)]
        rows = [[cell(record, terms) for _, cell in used] for record in records]
        yield Rows([terms.words.get(head, head) for head, _ in used], rows)


def _render_hits(records: Sequence[Record], terms: Terms) -> Iterator[RenderableType]:
    """Search hits, one block each; several queries each get a line of their own."""
    query = None
    for record in records:
        if record.get("query") != query:
            query = record.get("query")
            yield _line(f"{record.get('id', '')} {query}", "bold")
        if record.get("rank") is None:
            yield _indented(
                words_of(record.get("reason") or record.get("why")) or terms["search.none"], 2
            )
            continue
        path = " › ".join(record.get("section") or ())
        page = terms.say("place.page", page=record["page"]) if record.get("page") else ""
        head = ", ".join(part for part in (str(record["document"]), path, page) if part)
        yield _indented(head, 1, bullet=f"{record['rank']:>2}. ", style="bold")
        yield _indented(words_of(record.get("snippet")), 5)
        if why := words_of(record.get("why")):
            yield _indented(f"{terms['col.why']}: {why}", 5, style="dim")
        yield _line("")
