"""PDF files: pages with text and geometry to a layout."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

import pypdfium2

from rodtrad.datamodel import DocumentError, MetadataValue, Page
from rodtrad.errors import UnreadableFileError
from rodtrad.ingest.drafts import Layout
from rodtrad.ingest.layout import lay_out
from rodtrad.ingest.lines import Line
from rodtrad.ingest.ocr import add_text_layer
from rodtrad.ingest.pagination import with_printed_numbers
from rodtrad.ingest.pdfcolumns import reading_order
from rodtrad.ingest.pdfstructure import PdfStructure, read_structure
from rodtrad.ingest.pdftext import PdfLine, PdfPage, PdfText
from rodtrad.settings import Limits

_GAP = 1.35
_ENCRYPTED = "password"


@dataclass
class _Text:
    """The source text as it grows, page by page."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[Line] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def add(self, text: str) -> int:
        """Appends text; where it starts."""
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return start


def read_pdf(path: Path, data: bytes, limits: Limits, *, ocr: bool = False) -> Layout:
    """The layout of a PDF file. The source text has a form feed between pages.

    A page that cannot be read, or that holds a picture and no text, is named in the errors; the
    others are kept. With `ocr` such pictures are read by the OCR program first.

    Raises:
        UnreadableFileError: the file is encrypted or damaged, has too many pages, or is a picture
            throughout.
    """
    text, errors = _read_pages(path, data, limits)
    scanned = [error for error in errors if error.stage == "ocr"]
    facts: list[MetadataValue] = []
    if ocr and scanned:
        data = add_text_layer(path, data, pages=len(scanned))
        text, errors = _read_pages(path, data, limits)
        facts.append(MetadataValue("ocr", ", ".join(str(e.page) for e in scanned), "file"))
    _check_text(path, text, errors)
    structure = read_structure(data)
    source = "".join(text.pieces)
    drafts, furniture = lay_out(text.lines, outline=structure.outline)
    labelled = [_labelled(page, structure.labels) for page in text.pages]
    pages = with_printed_numbers(labelled, furniture, source)
    return Layout(source, drafts, pages, furniture, [*_facts(structure), *facts], errors)


def _labelled(page: Page, labels: Sequence[str]) -> Page:
    label = labels[page.number - 1] if page.number <= len(labels) else None
    return replace(page, printed=label)


def _read_pages(path: Path, data: bytes, limits: Limits) -> tuple[_Text, list[DocumentError]]:
    text = _Text()
    errors: list[DocumentError] = []
    with _open(path, data) as pdf:
        count = len(pdf)
        if count > limits.pages:
            raise UnreadableFileError(
                f"{path} has {count} pages, more than the limit {limits.pages}; "
                "split it or raise limits.pages in rodtrad.toml."
            )
        for index in range(count):
            _add_page(text, pdf, index, errors)
            if text.length > limits.characters:
                raise UnreadableFileError(
                    f"{path} has more than {limits.characters} characters; "
                    "split it or raise limits.characters in rodtrad.toml."
                )
    return text, errors


def _open(path: Path, data: bytes) -> PdfText:
    try:
        return PdfText(data)
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
    if any(error.stage == "ocr" for error in errors):
        raise UnreadableFileError(
            f"{path} is scanned and holds no text; add it with --ocr, or run ocrmypdf on it first."
        )
    raise UnreadableFileError(f"{path} holds no text; check that it is the right file.")


def _add_page(text: _Text, pdf: PdfText, index: int, errors: list[DocumentError]) -> None:
    if index:
        text.add("\f")
    start = text.length
    try:
        page = pdf.page(index)
    except pypdfium2.PdfiumError as error:
        errors.append(DocumentError("pdf", f"the page cannot be read ({error})", index + 1))
        page = PdfPage(index + 1, 0.0, 0.0, ())
    if page.pictures and not page.lines:
        message = "the page is a picture without text; read the file with OCR (ocrmypdf)"
        errors.append(DocumentError("ocr", message, index + 1))
    _add_lines(text, page)
    text.pages.append(Page(index + 1, None, start, text.length))


def _add_lines(text: _Text, page: PdfPage) -> None:
    ordered = reading_order(page)
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
