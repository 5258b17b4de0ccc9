"""PDF files: pages with text and geometry to a layout."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean, median
from time import monotonic

import pypdfium2

from rodtrad.datamodel import DocumentError, MetadataValue, OcrWord, Page, Span
from rodtrad.errors import UnreadableFileError
from rodtrad.ingest.drafts import Layout
from rodtrad.ingest.layout import lay_out
from rodtrad.ingest.lines import Line
from rodtrad.ingest.ocr import DOTS_AN_INCH, OcrPage, line_height, read_picture
from rodtrad.ingest.pagination import with_printed_numbers
from rodtrad.ingest.pdfcolumns import reading_order
from rodtrad.ingest.pdfline import PdfLine
from rodtrad.ingest.pdfprocess import EngineFailedError, PdfProcess
from rodtrad.ingest.pdfrules import with_ruled_tables
from rodtrad.ingest.pdfstructure import PdfStructure
from rodtrad.ingest.pdftables import with_table_rows
from rodtrad.ingest.pdftext import PdfPage
from rodtrad.settings import Limits

_GAP = 1.35
_LEAST_SIGNS = 80
_SAMPLE = 800
_NO_SIGN = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0e-\x1f]")
_ENCRYPTED = "password"
_NO_OCR = "ocr program"


@dataclass
class _Text:
    """The source text as it grows, page by page."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[Line] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    ocr_words: list[OcrWord] = field(default_factory=list)
    ocr_pages: list[int] = field(default_factory=list)

    def add(self, text: str) -> int:
        """Appends text; where it starts."""
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return start


def read_pdf(path: Path, data: bytes, limits: Limits, *, ocr: bool = False) -> Layout:
    """The layout of a PDF file. The source text has a form feed between pages.

    A page that cannot be read, that holds a picture and no text, or whose fonts do not say which
    letters they print, is named in the errors; the others are kept. With `ocr` the OCR program
    reads such pages.

    Raises:
        UnreadableFileError: the file is encrypted or damaged, has too many pages, or is a picture
            throughout.
    """
    try:
        text, errors, structure = _read_pages(path, data, limits, ocr=ocr)
    except EngineFailedError as error:
        raise UnreadableFileError(
            f"{path}: the PDF engine {error} on it; fetch it again or print it to a new PDF."
        ) from error
    facts = _ocr_facts(text)
    _check_text(path, text, errors)
    source = "".join(text.pieces)
    drafts, furniture = lay_out(text.lines, outline=structure.outline)
    labelled = [_labelled(page, structure.labels) for page in text.pages]
    pages = with_printed_numbers(labelled, furniture, source)
    facts = [*_facts(structure), *facts]
    return Layout(source, drafts, pages, furniture, facts, errors, text.ocr_words)


def _ocr_facts(text: _Text) -> list[MetadataValue]:
    """Which pages OCR read, and how sure it was of their words on average, in percent."""
    if not text.ocr_pages:
        return []
    pages = ", ".join(map(str, text.ocr_pages))
    sure = round(mean(word.confidence for word in text.ocr_words)) if text.ocr_words else 0
    return [
        MetadataValue("ocr", pages, "file"),
        MetadataValue("ocr_confidence", str(sure), "file"),
    ]


def _labelled(page: Page, labels: Sequence[str]) -> Page:
    label = labels[page.number - 1] if page.number <= len(labels) else None
    return replace(page, printed=label)


def _read_pages(
    path: Path, data: bytes, limits: Limits, *, ocr: bool = False
) -> tuple[_Text, list[DocumentError], PdfStructure]:
    text = _Text()
    errors: list[DocumentError] = []
    end = monotonic() + limits.seconds
    with _open(path, data, limits) as pdf:
        count = len(pdf)
        if count > limits.pages:
            raise UnreadableFileError(
                f"{path} has {count} pages, more than the limit {limits.pages}; "
                "split it or raise limits.pages in rodtrad.toml."
            )
        for index in range(count):
            _add_page(text, path, pdf, index, errors, ocr=ocr)
            _check_costs(path, text, limits, end)
        return text, errors, _structure(pdf)


def _structure(pdf: PdfProcess) -> PdfStructure:
    try:
        return pdf.structure()
    except EngineFailedError:
        # The text is good; only outline and page labels are missing.
        return PdfStructure()


def _check_costs(path: Path, text: _Text, limits: Limits, end: float) -> None:
    if text.length > limits.characters:
        raise UnreadableFileError(
            f"{path} has more than {limits.characters} characters; "
            "split it or raise limits.characters in rodtrad.toml."
        )
    if monotonic() > end:
        raise UnreadableFileError(
            f"{path} took more than {limits.seconds} seconds (at page {len(text.pages)}); "
            "split it or raise limits.seconds in rodtrad.toml."
        )


def _open(path: Path, data: bytes, limits: Limits) -> PdfProcess:
    try:
        return PdfProcess(data, seconds=limits.seconds)
    except pypdfium2.PdfiumError as error:
        if _ENCRYPTED in str(error).casefold():
            raise UnreadableFileError(
                f"{path} is encrypted; save it without a password and add it again."
            ) from error
        raise UnreadableFileError(
            f"{path} is a damaged PDF; fetch it again or print it to a new PDF."
        ) from error


def _check_text(path: Path, text: _Text, errors: Sequence[DocumentError]) -> None:
    if text.lines:
        return
    failed = next((error.message for error in errors if error.stage == _NO_OCR), None)
    if failed:
        raise UnreadableFileError(failed)
    if any(error.stage == "ocr" for error in errors):
        raise UnreadableFileError(
            f"{path} is scanned and holds no text; add it with --ocr, or run ocrmypdf on it first."
        )
    raise UnreadableFileError(f"{path} holds no text; check that it is the right file.")


def _add_page(
    text: _Text, path: Path, pdf: PdfProcess, index: int, errors: list[DocumentError], *, ocr: bool
) -> None:
    if index:
        text.add("\f")
    start, first = text.length, len(text.pieces)
    try:
        page = pdf.page(index)
        fault = _fault(page)
        if fault and ocr:
            page, fault = _read_by_ocr(path, pdf, page)
        if page.words:
            text.ocr_pages.append(index + 1)
    except pypdfium2.PdfiumError as error:
        fault = ("pdf", f"the page cannot be read ({error})")
        page = PdfPage(index + 1, 0.0, 0.0, ())
    if fault:
        errors.append(DocumentError(*fault, index + 1))
    _add_lines(text, page)
    _add_words(text, page, start, "".join(text.pieces[first:]) if page.words else "")
    text.pages.append(Page(index + 1, None, start, text.length))


def _fault(page: PdfPage) -> tuple[str, str] | None:
    """Why a page has no text that can be read, with the stage that says so."""
    if page.pictures and not page.lines:
        return "ocr", "the page is a picture without text; read the file with --ocr"
    if is_unreadable(page.text):
        return (
            "fonts",
            "the fonts of the page do not say which letters they print; read the file with --ocr",
        )
    return None


def is_unreadable(text: str) -> bool:
    """Whether the characters of a page are no language: fonts without a map to letters.

    Signs without meaning (private use, control characters, U+FFFD) make up a tenth; or fewer than
    two in five characters are letters or digits.
    """
    if len(text) < _LEAST_SIGNS:
        return False
    if len(_NO_SIGN.findall(text)) >= 0.1 * len(text):
        return True
    sample = "".join(text[:_SAMPLE].split())
    return sum(map(str.isalnum, sample)) < 0.4 * len(sample) and "....." not in text


def _read_by_ocr(
    path: Path, pdf: PdfProcess, page: PdfPage
) -> tuple[PdfPage, tuple[str, str] | None]:
    """The page with the lines that OCR reads in its picture; else why OCR could not."""
    try:
        read = read_picture(path, pdf.picture(page.number - 1, DOTS_AN_INCH))
    except UnreadableFileError as error:
        return page, (_NO_OCR, str(error))
    words = tuple((word.text, word.confidence) for line in read.lines for word in line)
    lines = tuple(_ocr_lines(read, page.height))
    return replace(page, lines=lines, rotated=False, words=words), None


def _ocr_lines(read: OcrPage, height: float) -> Iterator[PdfLine]:
    point = 72 / DOTS_AN_INCH
    for line in read.lines:
        bottom = height - max(word.top + word.height for word in line) * point
        right = max(word.left + word.width for word in line) * point
        size = round(line_height(line) * point)
        text = " ".join(word.text for word in line)
        yield PdfLine(text, line[0].left * point, right, bottom, size, bold=False)


def _add_words(text: _Text, page: PdfPage, start: int, source: str) -> None:
    """Notes where the words of OCR stand in the source text; `source` is that of the page."""
    position = 0
    for word, confidence in page.words:
        at = source.find(word, position)
        if at >= 0:
            span = Span(start + at, start + at + len(word))
            text.ocr_words.append(OcrWord(span, confidence))
            position = at + len(word)


def _add_lines(text: _Text, page: PdfPage) -> None:
    page = replace(page, lines=with_ruled_tables(page.lines, page.rules))
    ordered = reading_order(page)
    if len(ordered) == len(page.lines):
        ordered = tuple(with_table_rows(ordered))
    leading = _leading(ordered)
    before: PdfLine | None = None
    for line in ordered:
        gap = 1 if before is not None and _is_apart(before, line, leading) else 0
        start = text.add(line.text)
        text.add("\n")
        text.lines.append(_to_line(line, start, gap, page))
        before = line


def _to_line(line: PdfLine, start: int, gap: int, page: PdfPage) -> Line:
    return Line(
        start,
        start + len(line.text),
        line.text,
        gap=gap,
        page=page.number - 1,
        size=line.size,
        bold=line.bold,
        left=line.left,
        right=line.right,
        height=(line.bottom / page.height) if page.height else None,
        marks=tuple((start + a, start + b) for a, b in line.marks),
        row=line.row,
    )


def _leading(lines: Sequence[PdfLine]) -> float:
    """The usual distance from line to line on a page, in points."""
    steps = [
        a.bottom - b.bottom
        for a, b in itertools.pairwise(lines)
        if 0.5 * a.size < a.bottom - b.bottom < 3 * a.size
    ]
    return median(steps) if steps else 0.0


def _is_apart(before: PdfLine, line: PdfLine, leading: float) -> bool:
    """Whether more than the usual distance lies between two lines; a new column is not apart."""
    step = before.bottom - line.bottom
    usual = max(leading, 0.9 * max(before.size, line.size)) if leading else 1.2 * line.size
    return step > _GAP * usual


def _facts(structure: PdfStructure) -> list[MetadataValue]:
    facts = {"file_title": structure.title, "file_author": structure.author}
    facts["file_created"] = structure.created
    return [MetadataValue(name, value, "file") for name, value in facts.items() if value]
