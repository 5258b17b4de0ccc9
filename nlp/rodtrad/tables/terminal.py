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

_LONG_WORD = 24
_LONG_NAME = 28  # the first column names the row: an id is copied into the next command
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

    def widths(self, room: int) -> list[int] | None:
        """How wide each column is in a grid of `room` characters; None where there is too little.

        No column breaks a word of up to 24 letters, the first none of up to 28. The widest
        columns give way to the narrow ones, which keep their cells on one line.
        """
        from rich.cells import cell_len

        columns = list(zip(self.heads, *self.rows, strict=True))
        limits = [_LONG_NAME, *[_LONG_WORD] * (len(columns) - 1)]
        least = [
            min(limit, max(cell_len(word) for cell in column for word in (*cell.split(), "")))
            for column, limit in zip(columns, limits, strict=True)
        ]
        whole = [max(cell_len(one_line(cell)) for cell in column) for column in columns]
        left = room - _GAP * (len(columns) - 1)
        for widest in range(min(max(whole), left), 0, -1):
            found = [max(low, min(w, widest)) for w, low in zip(whole, least, strict=True)]
            if sum(found) <= left:
                return found
        return None

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """What rich prints."""
        widths = self.widths(options.max_width)
        if widths:
            yield self._grid(widths)
        else:
            yield from self._blocks()

    def _grid(self, widths: Sequence[int]) -> RenderableType:
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for head, width in zip(self.heads, widths, strict=True):
            grid.add_column(_text(head), overflow="fold", width=width)
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
