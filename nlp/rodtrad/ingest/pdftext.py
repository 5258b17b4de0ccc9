"""Text and geometry of PDF pages, from the PDF engine. Nothing here knows what a heading is."""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import Any

import pypdfium2
from pypdfium2 import raw

from rodtrad.ingest.pdfline import PdfLine
from rodtrad.ingest.pdfrules import NO_RULES, Rules, read_rules

ENGINE_LOCK = Lock()
_LINE = re.compile(r"[^\r\n]+")
_BLANKS = re.compile(r"(?<=\S)[ \u00a0]+(?=\S)")
_DIGITS = re.compile(r"(?<=\S)\d+")
_BOLD = re.compile(rb"bold|black|heavy|demi|semibold", re.IGNORECASE)
_SMALL = 0.8
_POINTS_AN_INCH = 72
_BOLD_WEIGHT = 600
_WIDE = 1.4
_LONG_LINE = 30
_STRETCHED = 1.12
_ENOUGH_LINES = 12


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as printed: its lines in the order of the file, and what it holds besides.

    `words` are those that OCR read, in order, with its confidence in percent; `rules` the strokes
    of tables.
    """

    number: int
    width: float
    height: float
    lines: tuple[PdfLine, ...]
    pictures: int = 0
    rotated: bool = False
    words: tuple[tuple[str, int], ...] = ()
    rules: Rules = NO_RULES

    @property
    def text(self) -> str:
        """The lines one under the other."""
        return "\n".join(line.text for line in self.lines)


class PdfText:
    """An open PDF. The engine is not thread-safe: one lock guards every use of it."""

    def __init__(self, data: bytes) -> None:
        with ENGINE_LOCK:
            self._pdf = pypdfium2.PdfDocument(data)

    def __enter__(self) -> PdfText:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with ENGINE_LOCK:
            self._pdf.close()

    def __len__(self) -> int:
        with ENGINE_LOCK:
            return len(self._pdf)

    def page(self, index: int) -> PdfPage:
        """The page at an index from 0.

        Raises:
            pypdfium2.PdfiumError: the page is damaged.
        """
        with ENGINE_LOCK:
            page = self._pdf[index]
            text_page = page.get_textpage()
            rotated = page.get_rotation() != 0
            rules = NO_RULES if rotated else read_rules(page.raw)
            lines = tuple(_Reader(text_page, rules).lines())
            pictures = 0 if lines else sum(1 for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]))
            width, height = page.get_size()
            text_page.close()
            page.close()
        return PdfPage(index + 1, width, height, lines, pictures, rotated, rules=rules)

    def picture(self, index: int, dots: int) -> bytes:
        """A picture of the page at an index, as a grey PNM file of so many dots an inch."""
        with ENGINE_LOCK:
            page = self._pdf[index]
            bitmap = page.render(scale=dots / _POINTS_AN_INCH, grayscale=True)
            data, stride = bytes(bitmap.buffer), bitmap.stride
            width, height = bitmap.width, bitmap.height
            bitmap.close()
            page.close()
        rows = b"".join(data[row * stride : row * stride + width] for row in range(height))
        return b"P5 %d %d 255\n" % (width, height) + rows


class _Reader:
    """Reads the lines of one text page; buffers for the engine's answers are made once."""

    def __init__(self, text_page: Any, rules: Rules) -> None:
        self._vertical = rules.vertical
        self._page = text_page.raw
        self._angle = 0
        self._gapless = 0
        self._tightest = 1.0
        self._text: str = text_page.get_text_range()
        self._same_index = len(self._text) == text_page.count_chars()
        self._box = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._sizes: dict[tuple[bytes, int], float] = {}
        self._weights: dict[bytes, bool] = {}

    def lines(self) -> Iterator[PdfLine]:
        for match in _LINE.finditer(self._text.replace("\ufffe", "\n")):
            start, end = match.span()
            raw_text = match.group()
            text = raw_text.rstrip()
            skipped = len(text) - len(text.lstrip())
            start += skipped
            text = text.lstrip()
            if text:
                hyphen = self._text[end : end + 1] == "\ufffe"
                line = self._line(start, text, hyphen=hyphen)
                cuts = self._cuts(start, line) if self._vertical else []
                yield from self._pieces(start, text, cuts, hyphen=hyphen) if cuts else [line]

    def _cuts(self, start: int, line: PdfLine) -> list[int]:
        """Indices of the blanks of a line through which a ruling line runs."""
        middle = line.bottom + 0.4 * line.size
        through = [
            x
            for x, low, high in self._vertical
            if line.left < x < line.right and low < middle < high
        ]
        if not through or self._angle:
            return []
        found = []
        for match in _BLANKS.finditer(line.text):
            end = self._char_box(start + match.start() - 1)[2]
            begin = self._char_box(start + match.end())[0]
            if any(end - 1 <= x <= begin + 1 for x in through):
                found.append(match.start())
        return found

    def _pieces(
        self, start: int, text: str, cuts: Sequence[int], *, hyphen: bool
    ) -> Iterator[PdfLine]:
        for begin, stop in itertools.pairwise([0, *cuts, len(text)]):
            piece = text[begin:stop]
            skipped = len(piece) - len(piece.lstrip())
            last = stop == len(text)
            yield self._line(start + begin + skipped, piece.strip(), hyphen=hyphen and last)

    def _line(self, start: int, text: str, *, hyphen: bool) -> PdfLine:
        middle = start + _middle(text)
        bold = self._is_bold(middle)
        size = self._line_size(middle)
        first = self._char_box(start)
        last = self._char_box(start + len(text) - 1)
        return PdfLine(
            text + "-" if hyphen else text,
            first[0],
            last[2],
            first[1],
            round(size, 1),
            bold,
            tuple(self._marks(start, text, size)),
            tuple(self._gaps(start, text, size, last[2] - first[0])),
        )

    def _char_index(self, index: int) -> int:
        if self._same_index:
            return index
        return int(raw.FPDFText_GetCharIndexFromTextIndex(self._page, index))

    def _char_box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a character, its line held upright."""
        box = self._box
        raw.FPDFText_GetLooseCharBox(self._page, self._char_index(index), box)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if self._angle == 1:
            return bottom, -right, top, -left
        if self._angle == 2:
            return -right, -top, -left, -bottom
        if self._angle == 3:
            return -top, left, -bottom, right
        return left, bottom, right, top

    def _is_stretched(self, text: str, size: float, width: float) -> bool:
        """Whether a line is wider for its letters than the page's tightest long line."""
        em = width / (len(text) * size) if size else 0.0
        if len(text) > _LONG_LINE and 0 < em < self._tightest:
            self._tightest = em
        return em > _STRETCHED * self._tightest

    def _gaps(
        self, start: int, text: str, size: float, width: float
    ) -> Iterator[tuple[int, float, float]]:
        """Wide empty stretches at the blanks of a line.

        Only blanks that the engine put in itself, and runs of them, can be wide. A page whose first
        long lines have none is set in one column: of the rest only stretched lines are looked at.
        """
        if self._gapless >= _ENOUGH_LINES and not self._is_stretched(text, size, width):
            return
        self._gapless += len(text) > _LONG_LINE
        generated, page, direct = raw.FPDFText_IsGenerated, self._page, self._same_index
        for match in _BLANKS.finditer(text):
            index = start + match.start()
            char = index if direct else self._char_index(index)
            if match.end() - match.start() == 1 and generated(page, char) != 1:
                continue
            before, after = self._char_box(index - 1), self._char_box(start + match.end())
            if after[0] - before[2] > _WIDE * size:
                self._gapless = -1_000_000
                yield match.start(), before[2], after[0]

    def _line_size(self, middle: int) -> float:
        """The type size of a line, and from it the angle of its letters.

        Two letters of one font whose boxes have the same bottom and top are of one size; so the
        font's name and the boxes' heights answer for most lines of a page.
        """
        box = self._box
        raw.FPDFText_GetLooseCharBox(self._page, self._char_index(middle), box)
        key = (self._name.value, round((box.top - box.bottom) * 100))
        size = self._sizes.get(key) if self._angle == 0 else None
        if size is None:
            size = self._size(middle)
            self._angle = round(math.degrees(math.atan2(self._matrix.b, self._matrix.a)) / 90) % 4
            if self._angle == 0:
                self._sizes[key] = size
        return size

    def _size(self, index: int) -> float:
        """The type size of a character in points, as printed."""
        char = self._char_index(index)
        raw.FPDFText_GetMatrix(self._page, char, self._matrix)
        scale = math.hypot(self._matrix.c, self._matrix.d)
        return float(raw.FPDFText_GetFontSize(self._page, char)) * scale

    def _is_bold(self, index: int) -> bool:
        char = self._char_index(index)
        raw.FPDFText_GetFontInfo(self._page, char, self._name, 128, self._flags)
        name = self._name.value
        bold = self._weights.get(name)
        if bold is None:
            weight = int(raw.FPDFText_GetFontWeight(self._page, char))
            bold = self._weights[name] = bool(_BOLD.search(name)) or weight >= _BOLD_WEIGHT
        return bold

    def _marks(self, start: int, text: str, size: float) -> Iterator[tuple[int, int]]:
        """Ranges of digits that are much smaller than the line and glued to a word."""
        for match in _DIGITS.finditer(text):
            begin = match.end()
            while begin > match.start() and self._is_small(start + begin - 1, size):
                begin -= 1
            if begin < match.end() and match.end() - begin <= 3:
                yield begin, match.end()

    def _is_small(self, index: int, size: float) -> bool:
        return self._size(index) < _SMALL * size


def _middle(text: str) -> int:
    """The index of a character near the middle that is printed: a blank has no size of its own."""
    middle = len(text) // 2
    while middle and text[middle].isspace():
        middle -= 1
    return middle
