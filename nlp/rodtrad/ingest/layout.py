"""Lines of text to blocks: furniture, notes, headings, lists, tables, paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rodtrad.datamodel import BlockKind, Furniture, Span
from rodtrad.ingest.body import Body, after_marker, marker_of
from rodtrad.ingest.drafts import Draft
from rodtrad.ingest.footnotes import Note, split_notes
from rodtrad.ingest.furniture import caps_folio, find_furniture, to_furniture
from rodtrad.ingest.headings import Heading, find_headings, is_letterhead
from rodtrad.ingest.hyphens import Vocabulary
from rodtrad.ingest.levels import assign_levels
from rodtrad.ingest.lines import (
    Line,
    column_width,
    continuations,
    is_wrapped,
    normalise_spacing,
)
from rodtrad.ingest.numbering import split_number
from rodtrad.ingest.pdfstructure import OutlineEntry
from rodtrad.ingest.regions import covered, find_contents, find_signatures, find_tables
from rodtrad.ingest.typography import Typography, measure_typography
from rodtrad.ingest.witness import Witness
from rodtrad.ingest.wording import ends_sentence

_LETTERHEAD = 25


@dataclass(frozen=True)
class _Plan:
    """What each line of the body is."""

    body: Body
    contents: set[int]
    tables: set[int]
    signatures: set[int]
    headings: dict[int, Heading]
    levels: dict[int, tuple[int, str]]
    drops: tuple[tuple[int, int], ...]


def lay_out(
    lines: Sequence[Line],
    rules: Sequence[tuple[int, int]] = (),
    *,
    outline: Sequence[OutlineEntry] = (),
) -> tuple[list[Draft], list[Furniture]]:
    """Blocks in reading order and the furniture of a text that comes as lines."""
    spaced = normalise_spacing(lines)
    odd = find_furniture(spaced)
    furniture = [to_furniture(spaced[i], kind) for i, kind in odd.items()]
    rest = _with_pages([line for i, line in enumerate(spaced) if i not in odd], furniture)
    typography = measure_typography(rest)
    text_lines, notes = split_notes(rest, typography.size)
    text_lines, headers = _without_header_behind_notes(text_lines, notes)
    furniture += [to_furniture(line, "header") for line in headers]
    furniture += [Furniture("rule", Span(start, end)) for start, end in rules]
    if len(text_lines) < len(rest):
        typography = measure_typography(text_lines)
    plan = _plan(text_lines, notes, outline, typography)
    drafts = [*_drafts(plan), *(_note_draft(note) for note in notes)]
    return drafts, sorted(furniture, key=lambda f: f.span)


def _with_pages(lines: Sequence[Line], furniture: Sequence[Furniture]) -> list[Line]:
    """The lines; in a text without form feeds pages end where their numbers stood."""
    ends = [one.span.start for one in furniture if one.kind == "folio"]
    if not ends or not lines or lines[-1].page > 0:
        return list(lines)
    return [replace(line, page=bisect_right(ends, line.start)) for line in lines]


def _without_header_behind_notes(
    lines: Sequence[Line], notes: Sequence[Note]
) -> tuple[list[Line], list[Line]]:
    """Takes out a page's header in capitals with its number, and the short lines around it.

    It stands where a page's footnotes end and the next page begins.
    """
    ends = sorted(note.lines[-1].end for note in notes)
    headers: set[int] = set()
    for index, line in enumerate(lines):
        if not caps_folio(line.text) or (split_number(line.text) and line.gap == 0):
            continue
        first = index
        while first > 0 and index - first < 3 and not _is_text(lines[first - 1]):
            first -= 1
        if any(lines[first - 1].end < end <= lines[first].start for end in ends if first):
            headers |= set(range(first, index + 1))
    kept = [line for i, line in enumerate(lines) if i not in headers]
    return kept, [lines[i] for i in sorted(headers)]


def _is_text(line: Line) -> bool:
    return line.ends_sentence or len(line.text) > 60 or line.text[:1].islower()


def _plan(
    lines: Sequence[Line],
    notes: Sequence[Note],
    outline: Sequence[OutlineEntry],
    typography: Typography,
) -> _Plan:
    vocabulary = Vocabulary(line.text for line in lines)
    pairs = continuations(lines)
    width = column_width(lines, pairs)
    body = Body(lines, is_wrapped(lines, pairs), width, vocabulary, typography)
    contents = find_contents(body)
    tables = covered(find_tables(body)) - contents
    signatures = covered(find_signatures(body))
    witness = Witness.of(outline, [body.text(i) for i in sorted(contents)])
    headings = find_headings(body, contents | tables | signatures, witness)
    looks = [typography.look(lines[h.start]) for h in headings]
    levels = assign_levels(headings, _item_titles(body, headings), looks, witness)
    return _Plan(
        body,
        contents,
        tables,
        signatures,
        {h.start: h for h in headings},
        {h.start: level for h, level in zip(headings, levels, strict=True)},
        tuple(note.anchor for note in notes if note.anchor),
    )


def _item_titles(body: Body, headings: Sequence[Heading]) -> list[str]:
    """The titles in numbered lists of three items or more, in order."""
    starts = {h.start for h in headings}
    runs: list[list[str]] = [[]]
    for index in range(len(body)):
        number = split_number(body.text(index)) if index not in starts else None
        if number is None or number.depth > 1:
            continue
        if number.parts[0] == 1:
            runs.append([])
        runs[-1].append(number.title)
    return max(runs, key=len) if max(map(len, runs)) >= 3 else []


def _drafts(plan: _Plan) -> Iterator[Draft]:
    index = 0
    while index < len(plan.body):
        draft, index = _next_draft(plan, index)
        yield draft


def _next_draft(plan: _Plan, index: int) -> tuple[Draft, int]:
    heading = plan.headings.get(index)
    if heading is not None:
        return _heading_draft(plan, heading), heading.stop
    if index in plan.contents:
        return _lines_draft(plan, "contents", index, index + 1), index + 1
    if index in plan.tables:
        stop = _run_end(plan.tables, index)
        return _lines_draft(plan, "table", index, stop), stop
    if index in plan.signatures:
        stop = _run_end(plan.signatures, index)
        return _lines_draft(plan, "signature", index, stop), stop
    stop = _paragraph_end(plan, index)
    kind: BlockKind = "list_item" if _is_item(plan, index) else "paragraph"
    return _lines_draft(plan, kind, index, stop), stop


def _run_end(indices: set[int], start: int) -> int:
    while start in indices:
        start += 1
    return start


def _heading_draft(plan: _Plan, heading: Heading) -> Draft:
    level, source = plan.levels[heading.start]
    runs = tuple((line.start, line.end) for line in plan.body.lines[heading.start : heading.stop])
    number = heading.number.number if heading.number else None
    return Draft(
        "heading", runs, number=number, level=level, level_source=source, drop=_drops(plan, runs)
    )


def _lines_draft(plan: _Plan, kind: BlockKind, start: int, stop: int) -> Draft:
    runs = tuple((line.start, line.end) for line in plan.body.lines[start:stop])
    marker = marker_of(plan.body.text(start)) if kind == "list_item" else None
    between = "row" if kind in ("table", "signature") else "line"
    flags = ("bold",) if between == "line" and _is_bold(plan, start, stop) else ()
    return Draft(kind, runs, marker=marker, between=between, drop=_drops(plan, runs), flags=flags)  # type: ignore[arg-type]


def _is_bold(plan: _Plan, start: int, stop: int) -> bool:
    """Whether a paragraph is set bold and running text is not."""
    lines = plan.body.lines[start:stop]
    if plan.body.typography.bold or not lines[0].bold:
        return False
    return sum(len(line.text) for line in lines if not line.bold) * 5 <= sum(
        len(line.text) for line in lines
    )


def _drops(plan: _Plan, runs: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    return tuple(d for d in plan.drops if runs[0][0] <= d[0] < runs[-1][1])


def _is_item(plan: _Plan, index: int) -> bool:
    text = plan.body.text(index)
    marker = marker_of(text)
    if marker is None:
        return False
    if marker in "-–—−":
        before, after = plan.body.text(index - 1), plan.body.text(index + 1)
        opened = before.endswith((":", ";")) or _is_row_of(marker, before, after)
        return opened or not plan.body.is_continuation(index)
    return len(text) > after_marker(text)


def _is_row_of(marker: str, before: str, after: str) -> bool:
    """Whether a neighbour begins with the same dash: items in a row, not an inserted phrase."""
    return marker_of(before) == marker or (marker_of(after) == marker and len(before) < 60)


def _taken(plan: _Plan, index: int) -> bool:
    return (
        index in plan.headings
        or index in plan.contents
        or index in plan.tables
        or index in plan.signatures
    )


def _paragraph_end(plan: _Plan, start: int) -> int:
    stop = start + 1
    while stop < len(plan.body) and not _taken(plan, stop) and not _breaks(plan, start, stop):
        stop += 1
    return stop


def _breaks(plan: _Plan, start: int, index: int) -> bool:
    """Whether a new paragraph or item starts at a line."""
    body = plan.body
    if _is_item(plan, index):
        return True
    # The last line of a sentence ("den 1 mars 2024.") may look like a field of a letterhead.
    fields = [t for t in (body.text(index), body.text(index - 1)) if not ends_sentence(t)]
    if index < _LETTERHEAD and is_letterhead(*fields):
        return True
    if body.is_continuation(index):
        return False
    if not body.wrapped or body.lines[index].gap > 0:
        return True
    before = body.text(index - 1)
    if not (ends_sentence(before) or before.endswith(":")):
        return body.is_short(index - 1) and body.opens_sentence(index)
    if body.is_short(index - 1) or body.is_indented(index):
        return True
    return _item_is_over(body, start, before) and body.opens_sentence(index)


def _item_is_over(body: Body, start: int, before: str) -> bool:
    """An item that began with a small letter is a fragment: its full stop ends it."""
    text = body.text(start)
    begin = text[after_marker(text) :] if marker_of(text) else ""
    return begin[:1].islower() and ends_sentence(before)


def _note_draft(note: Note) -> Draft:
    start = note.text_start
    runs = [(max(line.start, start), line.end) for line in note.lines if line.end > start]
    return Draft("footnote", tuple(runs), marker=note.marker, anchor=note.anchor and note.anchor[0])
