"""Files made by real producers from text that the test knows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from docx import Document as WordDocument
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

LEFT, TOP, BOTTOM = 85.0, 740.0, 120.0
BODY, SMALL = 11.0, 8.0
LEADING = 15.0


class Pdf:
    """A PDF drawn line by line, so that every character and its place are known."""

    def __init__(self, path: Path, *, password: str | None = None) -> None:
        encryption = StandardEncryption(password) if password else None
        self.path = path
        self._canvas = Canvas(str(path), pagesize=A4, encrypt=encryption, invariant=1)
        self._y = TOP

    def line(
        self,
        text: str,
        *,
        x: float = LEFT,
        size: float = BODY,
        bold: bool = False,
        mark: str = "",
        space: float = 0.0,
    ) -> None:
        """Prints a line, `mark` raised and small behind it, `space` points above it."""
        self._y -= space
        font = "Helvetica-Bold" if bold else "Helvetica"
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, self._y, text)
        if mark:
            end = x + self._canvas.stringWidth(text, font, size)
            self._canvas.setFont("Helvetica", 0.6 * size)
            self._canvas.drawString(end, self._y + 0.35 * size, mark)
        self._y -= LEADING * max(size / BODY, 0.8)

    def at(self, x: float, y: float, text: str, *, size: float = 9.0) -> None:
        """Prints text at a place."""
        self._canvas.setFont("Helvetica", size)
        self._canvas.drawString(x, y, text)

    def move_to(self, y: float) -> None:
        """Goes on printing at a height."""
        self._y = y

    def picture(self) -> None:
        """Fills the page with a picture, as a scanner does."""
        data = io.BytesIO()
        Image.new("L", (200, 280), 200).save(data, "PNG")
        data.seek(0)
        self._canvas.drawImage(ImageReader(data), 0, 0, *A4)

    def bookmark(self, title: str, level: int) -> None:
        """Adds an entry to the outline that points to this page."""
        self._canvas.bookmarkPage(title)
        self._canvas.addOutlineEntry(title, title, level - 1)

    def page(self, *, rotate: int = 0) -> None:
        """Ends the page."""
        if rotate:
            self._canvas.setPageRotation(rotate)
        self._canvas.showPage()
        self._y = TOP

    def save(self) -> Path:
        """Writes the file."""
        self._canvas.save()
        return self.path


def make_pdf(path: Path, pages: Sequence[Sequence[str]], *, header: str = "") -> Path:
    """A plain report: lines of text, a running header and a folio on every page."""
    pdf = Pdf(path)
    for number, lines in enumerate(pages, start=1):
        if header:
            pdf.at(LEFT, 800, header)
            pdf.at(290, 40, str(number))
        for line in lines:
            pdf.line(line)
        pdf.page()
    return pdf.save()


def make_docx(path: Path) -> Path:
    """A Word file with headings, a numbered and a bulleted list, a table."""
    document = WordDocument()
    document.add_heading("Handlingsplan mot vattenbrist", level=1)
    document.add_paragraph("Planen gäller till och med 2027.")
    document.add_heading("Åtgärder", level=2)
    document.add_paragraph("Myndigheten ska mäta nivåerna.", style="List Bullet")
    document.add_paragraph("Myndigheten ska redovisa dem.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, [("Län", "Nivå"), ("Skåne", "12")], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("Slut på planen.")
    document.save(str(path))
    return path
