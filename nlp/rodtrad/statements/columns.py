"""Tables printed in columns of blanks, read from the source where no table was recognised.

A plan's table may be broken by titles of groups ("Skyfall"), by page breaks and by cells over
several lines, so that the parts are no table any more. Or every cell stands on a line of its own:
then numbered rows are read by counting lines. Its head line ("Nr  Åtgärd  Ansvarig
Klart") says where the columns begin; a row begins with a number, or behind an empty line. The table
ends at running text. What stands under no column belongs to none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from rodtrad.datamodel import Document, Span
from rodtrad.statements.numbering import NUMBER_ALONE, NUMBERED

_CELL = re.compile(r"\S(?:[^\S\n]?\S)*")
_FEWEST_COLUMNS = 3
_PAGE = re.compile(
    r"\s*(?:sida|sid\.?|page)?\s*\d{1,3}\s*(?:(?:[(/]|av\b|of\b)\s*\d{1,3}\s*\)?)?",
    re.IGNORECASE,
)
_NEAR = 3
_TITLE_WORDS = 4

# The pieces of a row's cells, by column, as source spans in order.
PrintedRow = list[list[Span]]


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line without its end, and where it begins in the source."""

    start: int
    text: str

    @property
    def begins(self) -> list[int]:
        """Where in the line what is set apart by two blanks begins."""
        return [m.start() for m in _CELL.finditer(self.text)]

    @property
    def titles(self) -> tuple[str, ...]:
        """What is set apart by two blanks."""
        return tuple(_CELL.findall(self.text))


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: the titles of its columns and its rows."""

    titles: tuple[str, ...]
    rows: tuple[PrintedRow, ...]


def printed_tables(
    document: Document, is_head: Callable[[Sequence[str]], bool]
) -> Iterator[PrintedTable]:
    """The tables whose head line `is_head` accepts by its titles, in order.

    A head line repeated behind a page break goes on with the same table.
    """
    lines = list(_lines(document.source))
    n = 0
    while n < len(lines):
        titles = lines[n].titles
        if len(titles) >= _FEWEST_COLUMNS and is_head(titles):
            rows, n = _rows(lines, n)
            if rows:
                yield PrintedTable(titles, tuple(rows))
        else:
            n += 1


def stacked_tables(
    document: Document, is_head: Callable[[Sequence[str]], bool]
) -> Iterator[PrintedTable]:
    """The tables of one cell a line, whose heads on lines of their own `is_head` accepts.

    Rows are numbered from 1 on their first cell and have as many lines as the head; an empty line
    among them is an empty cell. Two rows at least. It must not match a row of more lines or fewer:
    which cell goes on is not told.
    """
    lines = list(_lines(document.source))
    for n in range(len(lines)):
        titles = _stacked_titles(lines, n)
        rows = _stacked_rows(lines, n, len(titles)) if is_head(titles) else ()
        if len(rows) >= _FEWEST_ROWS:
            yield PrintedTable(titles, rows)
            return


_FEWEST_ROWS = 2


def _stacked_titles(lines: Sequence[_Line], first: int) -> tuple[str, ...]:
    """The lines of a few words up to an empty one: the head of a table, if it is one."""
    head = takewhile(
        lambda line: 0 < len(line.text.split()) <= _TITLE_WORDS,
        lines[first : first + _MOST_COLUMNS + 1],
    )
    titles = tuple(line.text.strip() for line in head)
    return titles if _FEWEST_COLUMNS <= len(titles) <= _MOST_COLUMNS else ()


_MOST_COLUMNS = 7


def _stacked_rows(lines: Sequence[_Line], head: int, columns: int) -> tuple[PrintedRow, ...]:
    rows: list[PrintedRow] = []
    wanted = 1
    for place in range(head + columns, len(lines)):
        found = _row_begin(lines[place].text)
        if found is None or int(found["number"]) != wanted:
            continue
        wanted += 1
        cells = lines[place + 1 : place + columns]
        behind = lines[place + columns] if place + columns < len(lines) else None
        ends = behind is None or not behind.text or _row_begin(behind.text)
        if ends and len(cells) == columns - 1 and not any(_row_begin(c.text) for c in cells):
            task = Span(lines[place].start + found.start("title"), lines[place].start + found.end())
            rows.append([[task], *([_whole(cell)] if cell.text else [] for cell in cells)])
    return tuple(rows)


def _row_begin(text: str) -> re.Match[str] | None:
    """ "2. Ta fram en plan": the number and the task of a row, of two words at least."""
    found = NUMBERED.match(text)
    task = found["title"] if found and found["number"].isdigit() else ""
    return found if task[:1].isupper() and " " in task else None


def _whole(line: _Line) -> Span:
    blank = len(line.text) - len(line.text.lstrip())
    return Span(line.start + blank, line.start + len(line.text))


def _lines(source: str) -> Iterator[_Line]:
    start = 0
    for line in source.splitlines(keepends=True):
        yield _Line(start, line.rstrip())
        start += len(line)


def _rows(lines: Sequence[_Line], head: int) -> tuple[list[PrintedRow], int]:
    """The rows below the head line, and the number of the line behind the table."""
    titles, starts = lines[head].titles, lines[head].begins
    numbered = _is_numbered(lines[head + 1 :], starts)
    rows: list[PrintedRow] = []
    apart = True
    for place in range(head + 1, len(lines)):
        line = lines[place]
        if line.text and _is_running(line, starts):
            return rows, place
        if line.titles == titles:
            starts = line.begins
        elif line.text:
            cells = _cells(line, starts)
            begins = _is_number(cells[0]) if numbered else apart
            if begins and sum(map(bool, cells)) > 1:
                rows.append([[] for _ in starts])
                _add(rows[-1], line, cells)
            elif rows and _continues(line, cells, starts):
                _add(rows[-1], line, cells)
        apart = not line.text
    return rows, len(lines)


def _is_numbered(lines: Sequence[_Line], starts: Sequence[int]) -> bool:
    """Whether the first row begins with a number in the first column."""
    first = next((line for line in lines if len(line.titles) > 1), None)
    return first is not None and _is_number(_cells(first, starts)[0])


def _is_number(cell: re.Match[str] | None) -> bool:
    return cell is not None and NUMBER_ALONE.fullmatch(cell.group()) is not None


def _is_running(line: _Line, starts: Sequence[int]) -> bool:
    """Running text: words from the first column on past the next ones without a gap."""
    gap = len(line.titles) > 1 or line.text[:1].isspace()
    words = len(line.text.split()) > _TITLE_WORDS
    return not gap and words and len(line.text) > starts[2] + _NEAR


def _cells(line: _Line, starts: Sequence[int]) -> list[re.Match[str] | None]:
    """What stands in each column; a word across a border moves it to the nearest gap."""
    borders = [_border(line.text, start) for start in starts] + [len(line.text)]
    whole = re.compile(r"\S.*\S|\S")
    return [whole.search(line.text, start, max(start, end)) for start, end in pairwise(borders)]


def _border(text: str, start: int) -> int:
    if start >= len(text) or start == 0 or text[start - 1].isspace():
        return min(start, len(text))
    gaps = [m.end() for m in re.finditer(r"\s{2,}(?=\S)", text)]
    near = min(gaps, key=lambda gap: abs(gap - start), default=None)
    if near is not None and abs(near - start) <= 2 * _NEAR:
        return near
    behind = re.compile(r"\s\s|$").search(text, start)
    return behind.end() if behind else len(text)


def _continues(line: _Line, cells: Sequence[re.Match[str] | None], starts: Sequence[int]) -> bool:
    """Whether a line goes on with cells of the row: no title of a group, no number of a page."""
    if _PAGE.fullmatch(line.text) or (cells[0] is not None and len(line.titles) == 1):
        return False
    return all(any(abs(place - start) <= _NEAR for start in starts) for place in line.begins)


def _add(row: PrintedRow, line: _Line, cells: Sequence[re.Match[str] | None]) -> None:
    for column, cell in zip(row, cells, strict=True):
        if cell is not None:
            column.append(Span(line.start + cell.start(), line.start + cell.end()))
