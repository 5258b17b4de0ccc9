"""Tables drawn with ruling lines: their cells are known even where the gaps are narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from rodtrad.datamodel import Document
from rodtrad.ingest import read_document

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13, spaceAfter=7)
TEXT = (
    "Regeringen bedömer att arbetet mot översvämningar behöver stärkas i hela landet. Det gäller "
    "såväl kommunernas planering som statens stöd till dem, och myndigheterna ska redovisa sina "
    "insatser varje år."
)
YEARS = [["År", "Belopp", "Anslag"], ["2019", "3 000", "1:1 ap. 1"], ["2020", "4 500", "1:1 ap. 1"]]
ACTIONS = [
    ["Åtgärd", "Ansvarig", "Senast"],
    ["Kartlägga vilka kommuner som saknar en plan mot översvämningar och varför de saknar den",
     "Myndigheten för samhällsskydd och beredskap", "1 mars 2027"],
    ["Ta fram en vägledning om ansvar och finansiering", "Boverket", "31 december 2027"],
]  # fmt: skip


def made(path: Path, *tables: Flowable) -> Document:
    flow: list[Flowable] = [Paragraph(TEXT, BODY)]
    for table in tables:
        flow += [table, Paragraph(TEXT, BODY)]
    SimpleDocTemplate(str(path), invariant=1).build(flow)
    return read_document(path)


def ruled(rows: list[list[str]], widths: list[float], *, style: str = "GRID") -> Table:
    cells = [[Paragraph(cell, BODY) for cell in row] for row in rows]
    return Table(cells, colWidths=widths, style=[(style, (0, 0), (-1, -1), 0.5, colors.black)])


def rows_of(document: Document) -> list[list[str]]:
    tables = [b.at.of(document.text) for b in document.blocks if b.kind == "table"]
    return [row.split("\t") for table in tables for row in table.split("\n")]


@pytest.mark.parametrize(
    ("rows", "widths"),
    [(YEARS, [38, 46, 60]), (ACTIONS, [150, 120, 90])],
    ids=["narrow", "wrapped"],
)
def test_cells_of_a_ruled_table(tmp_path: Path, rows: list[list[str]], widths: list[float]) -> None:
    assert rows_of(made(tmp_path / "a.pdf", ruled(rows, widths))) == rows


def test_two_tables_and_the_text_around_them(tmp_path: Path) -> None:
    document = made(tmp_path / "a.pdf", ruled(YEARS, [38, 46, 60]), ruled(ACTIONS, [150, 120, 90]))
    assert rows_of(document) == [*YEARS, *ACTIONS]
    kinds = [b.kind for b in document.blocks]
    assert kinds == ["paragraph", "table", "paragraph", "table", "paragraph"]
    assert document.text.count("varje år.") == 3


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    box = ruled([["<b>Regeringens förslag:</b> " + TEXT]], [400], style="BOX")
    document = made(tmp_path / "a.pdf", box)
    assert rows_of(document) == []
    assert document.text.count("behöver stärkas i hela landet") == 3


def test_no_character_of_a_ruled_table_is_lost(tmp_path: Path) -> None:
    document = made(tmp_path / "a.pdf", ruled(ACTIONS, [150, 120, 90]))
    wanted = TEXT + "".join(cell for row in ACTIONS for cell in row) + TEXT
    found = "".join(b.at.of(document.text) for b in document.blocks)
    assert "".join(found.split()) == "".join(wanted.split())
