"""Footnotes in text without geometry: the note under the body and its mark in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rodtrad.ingest.furniture import numbers_a_note
from rodtrad.ingest.lines import Line
from rodtrad.ingest.wording import ends_sentence, starts_lower

_SUPERSCRIPT = {"⁰": 0, "¹": 1, "²": 2, "³": 3} | {chr(0x2070 + n): n for n in range(4, 10)}
_STAR = re.compile(r"(\*{1,3})\s*(?=\S)")
_SUPERSCRIPTS = "".join(_SUPERSCRIPT)
_START = re.compile(rf"(?:([{_SUPERSCRIPTS}]{{1,3}})|(\d{{1,3}}))\s?(?=[^\W\d_]|\d{{4}}|[\"”(])")
_MARK = re.compile(
    rf"(?<=\S)[{_SUPERSCRIPTS}]{{1,3}}"
    r"|(?<=[^\W\d_])\d{1,3}(?=$|[\s.,;:)!?”\"])"
    r"|(?<=[^\W\d_][.,;:)!?”\"])\d{1,3}(?=\s|$)"
    r"|(?<=[^\W\d_][)”\"][.,;:])\d{1,3}(?=\s|$)"
)
_LOOSE_MARK = re.compile(r"(?:(?<=\d{4}[.,;:])|(?<=[%)][.,;:]))\d{1,3}(?=\s|$)")
_RAISED = re.compile(rf"(?<=\S)[{_SUPERSCRIPTS}]{{1,3}}")
_SUPERSCRIPT_SIGN = re.compile(rf"[{_SUPERSCRIPTS}]")
_ADDRESS = re.compile(r"https?://|www\.")
# "bet. 2023/24:SoU1": the number of a committee's report is no mark.
# "Fi2016/03218/S2": nor is the end of a ministry's number.
_REPORT = re.compile(r"\d:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,5}$|\d{4}/\d{2,6}/[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,6}$")
_LONGEST = 15
_REMEMBERED = 300
_SMALLER = 0.95


@dataclass(frozen=True)
class Note:
    """A footnote: its printed mark, its lines, and where the mark stands in the body (source)."""

    marker: str
    lines: tuple[Line, ...]
    anchor: tuple[int, int] | None

    @property
    def text_start(self) -> int:
        """Where the note's text starts, behind its number."""
        if len(self.lines) > 1 and self.lines[0].text.isdigit():
            return self.lines[1].start
        match = _START.match(self.lines[0].text) or _STAR.match(self.lines[0].text)
        return self.lines[0].start + (match.end() if match else 0)


@dataclass
class _Search:
    """What has been seen so far: marks not yet explained, and the last note's number."""

    body_size: float | None = None
    last: int = 0
    marks: list[tuple[int, int, int]] = field(default_factory=list)

    def anchor(self, value: int) -> tuple[int, int] | None:
        return next(((start, end) for v, start, end in self.marks if v == value), None)

    def explained(self, value: int, anchor: tuple[int, int] | None) -> None:
        """Says that a note was found; marks before its own belong to no later note."""
        self.last = value
        if anchor is not None:
            self.marks = [mark for mark in self.marks if mark[1] > anchor[0]]


def split_notes(
    lines: Sequence[Line], body_size: float | None = None
) -> tuple[list[Line], list[Note]]:
    """The lines of the body, and the footnotes.

    `body_size` is the type size of running text; where it is known, notes are smaller.

    A note starts with a number that follows the last note's (or starts again at 1) and that was
    seen as a mark in the body since: "… brottsoffer.66 Tanken", "GRETA1 på", "planen¹"; or it
    stands under a separator line. It ends where the page does, at the next note, or where the
    interrupted sentence goes on. The heading "2 Uppdraget" is no note: no mark 2 stands before it.
    """
    body: list[Line] = []
    notes: list[Note] = []
    search = _Search(body_size=body_size)
    index, in_notes = 0, False
    while index < len(lines):
        starred = _starred(lines, index, body, body_size)
        if starred is not None:
            notes.append(starred)
            index += len(starred.lines)
            continue
        value = _note_value(lines, index, search, in_notes=in_notes)
        if value is None:
            in_notes = False
            body.append(lines[index])
            marks = find_marks(lines[index])
            if marks:
                search.marks = [*search.marks[-_REMEMBERED:], *marks]
            index += 1
            continue
        end = _note_end(lines, index, value, body, body_size)
        marker = _START.match(lines[index].text)
        anchor = search.anchor(value)
        printed = (marker.group(1) or marker.group(2)) if marker else str(value)
        notes.append(Note(printed, tuple(lines[index:end]), anchor))
        search.explained(value, anchor)
        in_notes = True
        index = end
    return _without_marks(body, notes), notes


def _starred(
    lines: Sequence[Line], index: int, body: Sequence[Line], body_size: float | None
) -> Note | None:
    """A note that begins with a star, under a separator line, whose mark a line above ends with."""
    match = _STAR.match(lines[index].text)
    if match is None or not (lines[index].rule or _is_only_star(lines)):
        return None
    marked = next((b for b in reversed(body) if _ends_with(b.text, match.group(1))), None)
    if marked is None:
        return None
    end = _note_end(lines, index, -1, body, body_size)
    anchor = (marked.end - len(match.group(1)), marked.end)
    return Note(match.group(1), tuple(lines[index:end]), anchor)


def _is_only_star(lines: Sequence[Line]) -> bool:
    return sum(line.text.startswith("*") for line in lines) == 1


def _ends_with(text: str, stars: str) -> bool:
    return text.endswith(stars) and not text[: -len(stars)].endswith(("*", " "))


def _without_marks(body: Sequence[Line], notes: Sequence[Note]) -> list[Line]:
    """The body lines; their `text`, which rules look at, without the marks of the notes."""
    anchors = sorted(note.anchor for note in notes if note.anchor)
    starts = [start for start, _ in anchors]
    result: list[Line] = []
    for line in body:
        text = line.text
        first, stop = bisect_left(starts, line.start), bisect_left(starts, line.end)
        for start, end in reversed(anchors[first:stop]):
            text = text[: start - line.start] + text[end - line.start :]
        result.append(line if text == line.text else replace(line, text=text.rstrip()))
    return result


def find_marks(line: Line) -> list[tuple[int, int, int]]:
    """Possible footnote marks in a line: value, source start, source end."""
    if line.marks is not None and not line.marks and not _SUPERSCRIPT_SIGN.search(line.text):
        return []
    if _ADDRESS.match(line.text):
        return []
    if line.marks is not None:
        return _printed_marks(line, line.marks)
    found = [*_MARK.finditer(line.text), *_LOOSE_MARK.finditer(line.text)]
    return sorted(
        (_value(m.group()), line.start + m.start(), line.start + m.end())
        for m in found
        if not _REPORT.search(line.text, max(0, m.start() - 24), m.start())
    )


def _printed_marks(line: Line, marks: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The marks of a file with fonts: its small digits and its superscript characters."""
    found = [(_value(line.text[a - line.start : b - line.start]), a, b) for a, b in marks]
    if _SUPERSCRIPT_SIGN.search(line.text):
        found += [
            (_value(m.group()), line.start + m.start(), line.start + m.end())
            for m in _RAISED.finditer(line.text)
        ]
    return sorted(found)


def _value(digits: str) -> int:
    return int("".join(str(_SUPERSCRIPT.get(c, c)) for c in digits))


def _note_value(
    lines: Sequence[Line], index: int, search: _Search, *, in_notes: bool
) -> int | None:
    line = lines[index]
    if numbers_a_note(lines, index):
        value = int(line.text)
        expected = value in (1, search.last + 1)
        return value if expected and search.anchor(value) is not None else None
    match = _START.match(line.text)
    if match is None:
        return None
    value = _value(match.group(1) or match.group(2))
    small = _is_small(line, search.body_size)
    if small is False:
        return None
    if match.group(1):
        return value
    anchored = search.anchor(value) is not None
    in_notes = in_notes and not _under(lines, index) and line.indent == 0
    upright = small or line.text[match.end()].isupper() or _under(lines, index)
    if value == search.last + 1 and (line.rule or in_notes or (anchored and upright)):
        return value
    if anchored and (value == 1 or search.last < value <= search.last + 3) and _under(lines, index):
        return value
    return None


def _under(lines: Sequence[Line], index: int) -> bool:
    """Whether something parts the line from the body above it."""
    line = lines[index]
    return line.rule or line.gap > 0 or (index > 0 and lines[index - 1].page < line.page)


def _is_small(line: Line, body_size: float | None) -> bool | None:
    """Whether a line is set smaller than running text; None where sizes are not known."""
    if body_size is None or line.size is None:
        return None
    return line.size < _SMALLER * body_size


def _note_end(
    lines: Sequence[Line], index: int, value: int, body: Sequence[Line], body_size: float | None
) -> int:
    interrupted = bool(body) and not ends_sentence(body[-1].text)
    end = index + 1 + numbers_a_note(lines, index)
    limit = min(len(lines), index + _LONGEST)
    while end < limit and not _starts(lines[end], value + 1):
        small = _is_small(lines[end], body_size)
        if small is False or not _goes_on(lines, end, interrupted):
            break
        end += 1
    return end


def _starts(line: Line, value: int) -> bool:
    match = _START.match(line.text)
    return match is not None and _value(match.group(1) or match.group(2)) == value


def _goes_on(lines: Sequence[Line], index: int, interrupted: bool) -> bool:
    before, line = lines[index - 1], lines[index]
    if _ADDRESS.match(line.text) and line.page == before.page:
        return True
    if line.page > before.page or line.gap > 0 or line.indent > 0:
        return False
    resumed = interrupted and ends_sentence(before.text) and starts_lower(line.text)
    return not resumed
