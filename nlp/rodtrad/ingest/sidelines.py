"""Lines of text whose parts stand apart: side boxes, letterheads, rows of tables.

Programs that print a page as text keep its places with blanks: "5.2  Stöd      Prop. 2004/05:145".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rodtrad.ingest.furniture import has_series_and_folio
from rodtrad.ingest.lines import Line
from rodtrad.ingest.wording import ends_sentence, starts_lower

_PIECE = re.compile(r"\S+(?:[ \u00a0]{1,2}\S+)*")
_WIDE = re.compile(r"[ \u00a0]{3,}|\t")
_MARKER = re.compile(
    r"\W{1,2}|(?:\d{1,2}\.)*\d{1,2}[.)]?|[IVX]{1,5}\.|[A-Za-zåäö][.)]|\([a-zåäö\d]{1,3}\)|ap\.\s?\d+"
)
_NUMBERED = re.compile(rf"(?:{_MARKER.pattern})[ \u00a0]{{2,}}(?=\S)")
_LEADER = re.compile(r"\.{4}|(?:\. ){4}|…")
_SERIES = r"(?:Prop|Skr|Dir|Ds|SOU|Bet|Rskr)\.?"
_NUMBER = r"\d{4}(?:/\d{2,4})?:[A-Za-zÅÄÖåäö]*\d+"
_BOX = re.compile(rf"{_SERIES}\s+{_NUMBER}|(?:Prop|Skr|Dir)\.")
_BOX_BELOW = re.compile(rf"(?:(?<=^)|(?<=[ \u00a0]{{2}})){_NUMBER}$")
_LETTERHEAD = 40
_LEAST_ROWS = 3
_ALIGNED = 2
_AT_SIDE = 20

_Piece = tuple[int, int]


def part_side_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines, those parted whose pieces do not belong together.

    A series number at the side ("Prop. 2004/05:145", or "Dir." over "2008:144") becomes a line of
    its own, marked `side`. Before the first running text every piece does: the fields of a
    letterhead. Elsewhere three lines or more with pieces at one place are rows of a table. A number
    or bullet belongs to what follows it, and an entry of a contents page stays whole.
    """
    pieces = [_pieces(line) for line in lines]
    boxes = _boxes(lines, pieces)
    if not boxes and all(len(found) == 1 for found in pieces):
        return list(lines)
    head = _head_end(lines)
    rows = _rows(lines, pieces, head)
    result: list[Line] = []
    for index, line in enumerate(lines):
        if index in rows and index not in boxes:
            result.append(replace(line, row=True))
        else:
            result += _parted(line, pieces[index], boxes.get(index), whole=index >= head)
    return result


def _pieces(line: Line) -> list[_Piece]:
    """Where the pieces of a line stand in its text; one for a line of running text."""
    if _WIDE.search(line.text) is None or _LEADER.search(line.text):
        return [(0, len(line.text))]
    found = [match.span() for match in _PIECE.finditer(line.text)]
    if len(found) > 1 and _MARKER.fullmatch(line.text[slice(*found[0])]):
        found[:2] = [(found[0][0], found[1][1])]
    return found


def _head_end(lines: Sequence[Line]) -> int:
    """The index of the first line of running text: a full one that goes on in the next."""
    for index, (line, following) in enumerate(itertools.pairwise(lines[:_LETTERHEAD])):
        full = len(line.text) >= 40 and not _WIDE.search(line.text)
        if full and (ends_sentence(line.text) or starts_lower(following.text)):
            return index
    return 0


def _boxes(lines: Sequence[Line], pieces: Sequence[list[_Piece]]) -> dict[int, _Piece]:
    """The piece of a line that is a series number at the side."""
    found: dict[int, _Piece] = {}
    for index, line in enumerate(lines):
        last = pieces[index][-1]
        text = line.text[slice(*last)]
        alone = len(pieces[index]) == 1
        opens = _BOX.fullmatch(text) and (not alone or line.indent >= _AT_SIDE)
        below = _BOX_BELOW.search(line.text) if index - 1 in found else None
        if opens and not has_series_and_folio(line.text):
            found[index] = last
        elif below:
            found[index] = below.span()
    return found


def _rows(lines: Sequence[Line], pieces: Sequence[list[_Piece]], head: int) -> set[int]:
    found: set[int] = set()
    run: list[int] = []
    row = numbered = head
    for index in range(head, len(lines) + 1):
        inside = index < len(lines) and len(pieces[index]) > 1
        above = [at for at in (row, numbered) if run and at >= run[0]]
        if index < len(lines) and any(_goes_on_in_cell(lines, pieces, at, index) for at in above):
            run.append(index)
            continue
        if inside and _NUMBERED.match(lines[index].text):
            numbered = index
        if inside and (not run or _aligned(lines, pieces, row, index)):
            run.append(index)
            row = index
            continue
        found |= set(run) if len(run) >= _LEAST_ROWS else set()
        run = [index] if inside else []
        row = index
    return found


def _goes_on_in_cell(
    lines: Sequence[Line], pieces: Sequence[list[_Piece]], row: int, index: int
) -> bool:
    """Whether a line holds only the rest of a cell: it begins where a piece of its row does, or
    where the words behind the row's number do.
    """
    if len(pieces[index]) > 1 or lines[index].gap > 0:
        return False
    number = _NUMBERED.match(lines[row].text)
    starts = [start for start, _ in pieces[row][1:]] + ([number.end()] if number else [])
    return lines[index].indent in {lines[row].indent + start for start in starts}


def _aligned(lines: Sequence[Line], pieces: Sequence[list[_Piece]], one: int, other: int) -> bool:
    """Whether two neighbours have pieces behind the first that begin or end at one place."""
    if lines[other].gap > 1 or lines[other].page != lines[one].page:
        return False
    here = [(lines[one].indent + a, lines[one].indent + b) for a, b in pieces[one][1:]]
    there = [(lines[other].indent + a, lines[other].indent + b) for a, b in pieces[other][1:]]
    return any(min(abs(a - c), abs(b - d)) <= _ALIGNED for a, b in here for c, d in there)


def _parted(
    line: Line, pieces: Sequence[_Piece], box: _Piece | None, *, whole: bool
) -> Iterator[Line]:
    if whole:
        first, last = pieces[0][0], pieces[-1][1] if box is None else box[0]
        pieces = [(first, last)] if last > first else []
    stop = len(line.text) if box is None else box[0]
    kept = [(start, min(end, stop)) for start, end in pieces if start < stop]
    for start, end in kept:
        text = line.text[start:end].rstrip()
        yield replace(
            line,
            start=line.start + start,
            end=line.start + start + len(text),
            text=text,
            indent=line.indent + start,
            gap=max(line.gap, 1) if len(kept) > 1 else line.gap,
        )
    if box is not None:
        start, end = line.start + box[0], line.start + box[1]
        text = line.text[slice(*box)]
        yield replace(line, start=start, end=end, text=text, side=True)
