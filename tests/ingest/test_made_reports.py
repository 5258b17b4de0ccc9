"""Whole documents set by a real typesetter from the corpus, read back and compared.

The tolerances are named: characters must come back to `FIDELITY`, headings to `HEADINGS`.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

from rodtrad.datamodel import Document
from rodtrad.ingest import read_document

ROOT = Path(__file__).parents[2]
FIDELITY = 0.999
HEADINGS = 0.98
ROWS = [["Län", "2021", "2022", "2023"], ["Skåne", "12", "14", "15"], ["Örebro", "3", "4", "5"]]
SIZES = {1: 16, 2: 13, 3: 11.5, 4: 10.5}


@cache
def plan() -> Document:
    return read_document(ROOT / "corpus/sources/handlingsplan/handlingsplan-2018.txt")


def story(document: Document) -> list[Flowable]:
    body = ParagraphStyle(
        "body",
        fontName="Times-Roman",
        fontSize=10.5,
        leading=14,
        spaceAfter=6,
        alignment=TA_JUSTIFY,
    )
    flow: list[Flowable] = []
    for block in document.blocks:
        text = escape(block.at.of(document.text))
        if block.kind == "heading":
            size = SIZES[block.level or 1]
            style = ParagraphStyle(
                f"h{block.level}", fontName="Helvetica-Bold", fontSize=size, leading=size + 3,
                spaceBefore=9, spaceAfter=4, keepWithNext=1,
            )  # fmt: skip
            flow.append(Paragraph(text, style))
        else:
            flow.append(Paragraph(text, body))
    flow.insert(12, Table(ROWS))
    return flow


def make_report(path: Path, *, columns: int) -> Path:
    """The plan with a running header and folios, in one column or two."""
    width = (A4[0] - 140 - 24 * (columns - 1)) / columns
    frames = [
        Frame(70 + n * (width + 24), 90, width, 640, leftPadding=0, rightPadding=0)
        for n in range(columns)
    ]

    def furniture(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(70, 800, "Socialdepartementet")
        canvas.drawRightString(A4[0] - 70, 40, f"{template.page} (31)")

    template = BaseDocTemplate(str(path), pagesize=A4, invariant=1)
    template.addPageTemplates([PageTemplate(frames=frames, onPage=furniture)])
    template.build(story(plan()))
    return path


def texts(document: Document, kind: str) -> list[str]:
    return [b.at.of(document.text) for b in document.blocks if b.kind == kind]


def bare(text: str) -> str:
    return "".join(text.replace("-", "").split())


@pytest.fixture(scope="module", params=[1, 2], ids=["one column", "two columns"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("made") / "rapport.pdf"
    return read_document(make_report(path, columns=request.param))


def test_headings_come_back_with_their_levels(report: Document) -> None:
    wanted = [(b.level, b.at.of(plan().text)) for b in plan().blocks if b.kind == "heading"]
    found = [(b.level, b.at.of(report.text)) for b in report.blocks if b.kind == "heading"]
    right = len(set(wanted) & set(found))
    assert right >= HEADINGS * len(wanted)
    assert right >= HEADINGS * len(found)


def test_the_characters_come_back(report: Document) -> None:
    wanted = bare(" ".join(b.at.of(plan().text) for b in plan().blocks))
    found = bare(" ".join(b.at.of(report.text) for b in report.blocks if b.kind != "table"))
    sizes = equal_stretches(wanted, found)
    assert sum(sizes) >= FIDELITY * len(wanted)


def equal_stretches(wanted: str, found: str) -> list[int]:
    """Sizes of equal stretches, looked for piece by piece in order."""
    sizes: list[int] = []
    position = 0
    for start in range(0, len(wanted), 200):
        piece = wanted[start : start + 200]
        at = found.find(piece, position)
        if at >= 0:
            sizes.append(len(piece))
            position = at + len(piece)
    return sizes


def test_the_furniture_is_gone_and_the_pages_are_numbered(report: Document) -> None:
    assert "Socialdepartementet" not in [text.strip() for text in texts(report, "paragraph")]
    assert all(page.printed == str(page.number) for page in report.pages)


def test_the_table_keeps_its_rows(report: Document) -> None:
    rows = [line.split() for text in texts(report, "table") for line in text.split("\n")]
    assert [row for row in rows if row in ROWS] == ROWS


def test_the_text_without_fonts_gives_the_same_headings(tmp_path: Path) -> None:
    reader = PdfReader(make_report(tmp_path / "rapport.pdf", columns=1))
    path = tmp_path / "rapport.txt"
    path.write_text("\n".join(page.extract_text() for page in reader.pages), encoding="utf-8")
    document = read_document(path)
    wanted = [(b.level, b.at.of(plan().text)) for b in plan().blocks if b.kind == "heading"]
    found = [(b.level, b.at.of(document.text)) for b in document.blocks if b.kind == "heading"]
    assert len(set(wanted) & set(found)) >= HEADINGS * max(len(wanted), len(found))
