"""What a person reads in the terminal: tables and lists that follow its width.

No meaning rests on colour or boxes alone: every state is a word. Texts from documents are shown
as they are, never read as markup, and control characters are taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rodtrad.tables.columns import COLUMNS, plain_columns, words_of
from rodtrad.tables.safety import plain_text
from rodtrad.tables.terms import Language, Terms, load_terms
from rodtrad.tables.wording import one_line

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.text import Text

Record = Mapping[str, Any]

_LONG_WORD = 15
_GAP = 3


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(one_line(plain_text(text)), style=style)


def line(text: str, style: str = "") -> RenderableType:
    """A text on a line of its own."""
    return _text(text, style)


def indented(text: str, left: int, *, bullet: str = "", style: str = "") -> RenderableType:
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
            yield line(" · ".join(filter(None, row[:2])) or "–", "bold")
            for head, cell in zip(self.heads[2:], row[2:], strict=True):
                if cell:
                    yield indented(f"{head}: {cell}", 2)


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
        yield line(terms["search.none" if kind == "search" else "rows.none"])
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
            yield line(f"{record.get('id', '')} {query}", "bold")
        if record.get("rank") is None:
            yield indented(
                words_of(record.get("reason") or record.get("why")) or terms["search.none"], 2
            )
            continue
        path = " › ".join(record.get("section") or ())
        page = terms.say("place.page", page=record["page"]) if record.get("page") else ""
        head = ", ".join(part for part in (str(record["document"]), path, page) if part)
        yield indented(head, 1, bullet=f"{record['rank']:>2}. ", style="bold")
        yield indented(words_of(record.get("snippet")), 5)
        if why := words_of(record.get("why")):
            yield indented(f"{terms['col.why']}: {why}", 5, style="dim")
        yield line("")
