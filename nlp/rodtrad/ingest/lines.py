"""Lines of a source text, with what their surroundings look like."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rodtrad.ingest.wording import ends_sentence, ends_weak

_LINE = re.compile(r"[^\n\r\f\v\u2028\u2029\x1c-\x1e\x85]*")
_RULE = re.compile(r"[_\-–—=*·]{5,}|[ \u00a0\t]{20,}")
_FULL = 60
_PRINTED = 130
_BLANK = " \t\u00a0\u200b\ufeff\u2007\u202f"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it. `start` and `end` bound its text in the source, blanks cut off.

    `gap` is how many empty lines stand before it (beyond the normal line spacing), `indent` how
    many blanks, `rule` whether a separator line does. `page` counts from 0. For files with fonts
    `size`, `left`, `right` (points), `height` above the page's foot (share of the page), `bold`
    and `marks` (source ranges of small digits) are known; `row` says that it is a table's row,
    `side` that it is a series number printed at the side of the text.
    """

    start: int
    end: int
    text: str
    gap: int = 0
    indent: int = 0
    rule: bool = False
    page: int = 0
    size: float | None = None
    bold: bool = False
    left: float | None = None
    right: float | None = None
    height: float | None = None
    marks: tuple[tuple[int, int], ...] | None = None
    row: bool = False
    side: bool = False

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends with the end of a sentence."""
        return ends_sentence(self.text)


def split_lines(source: str) -> tuple[list[Line], list[tuple[int, int]]]:
    """The lines of a text, and the source ranges of separator lines made of strokes.

    A form feed starts a new page; its line then has the next `page`.
    """
    lines: list[Line] = []
    rules: list[tuple[int, int]] = []
    gap, page, rule, position = 0, 0, False, 0
    while position <= len(source):
        match = _LINE.match(source, position)
        raw = match.group() if match else ""
        text = raw.strip(_BLANK)
        start = position + raw.find(text) if text else position
        if text and not _RULE.fullmatch(text):
            end = start + len(text)
            lines.append(Line(start, end, text, gap, start - position, rule, page))
            gap, rule = 0, False
        elif text:
            rules.append((start, start + len(text)))
            rule = True
        else:
            rule = rule or _RULE.fullmatch(raw) is not None
            gap += 1
        position += len(raw)
        if source[position : position + 1] == "\f":
            page += 1
        position += 2 if source[position : position + 2] == "\r\n" else 1
    return lines, rules


Pairs = Sequence[tuple[Line, Line]]


def is_wrapped(lines: Sequence[Line], pairs: Pairs | None = None) -> bool:
    """Whether paragraphs run over several lines (text printed from pages), not one line each.

    A fifth of the lines surely go on in the next; or else hardly any line is longer than a printed
    one, and of the full ones two in five end in the middle of a sentence.
    """
    surely = len(continuations(lines) if pairs is None else pairs)
    if surely >= 0.2 * max(len(lines) - 1, 1):
        return True
    full = [line for line in lines[:-1] if _FULL <= len(line.text) <= _PRINTED]
    ended = sum(line.ends_sentence or line.text.endswith((":", ";", ",")) for line in full)
    whole = sum(len(line.text) > _PRINTED for line in lines)
    return surely >= 2 and whole * 10 < len(full) and len(full) - ended >= 0.4 * len(full)


def line_spacing(pairs: Pairs) -> int:
    """How many empty lines stand between two lines of one paragraph: 0, or 1 if double-spaced."""
    gaps = Counter(after.gap for _, after in pairs)
    return gaps.most_common(1)[0][0] if gaps else 0


def normalise_spacing(lines: Sequence[Line]) -> list[Line]:
    """The lines with `gap` counted beyond the normal line spacing."""
    pairs = continuations(lines)
    unit = line_spacing(pairs) if is_wrapped(lines, pairs) else 0
    if unit == 0:
        return list(lines)
    return [replace(line, gap=max(0, line.gap - unit)) for line in lines]


def column_width(lines: Sequence[Line], pairs: Pairs) -> int:
    """The usual length of a full line, in characters.

    Full are lines whose sentence surely goes on in the next line; of their lengths the eighth
    decile counts. Where there are few of them, the ninth decile of all lines.
    """
    full = sorted(len(line.text) for line, _ in pairs)
    if len(full) >= 5:
        return full[int(len(full) * 0.8)]
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def continuations(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Neighbours of which the second surely goes on with the sentence of the first."""
    pairs = itertools.pairwise(lines)
    return [(a, b) for a, b in pairs if _takes_up(a.text, b.text) and not ends_sentence(a.text)]


def _takes_up(before: str, text: str) -> bool:
    """Whether a line goes on with an open sentence: small letter, or a number that it waits for."""
    first = text[:1]
    return first.islower() or (first.isdigit() and ends_weak(before) and before[-1] != ",")
