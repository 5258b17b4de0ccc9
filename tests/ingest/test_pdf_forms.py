"""PDFs as different producers and circumstances make them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from time import perf_counter

import pytest
import reportlab
from docx import Document as WordDocument
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from rodtrad.datamodel import Document
from rodtrad.errors import UnreadableFileError
from rodtrad.ingest import read_document
from rodtrad.ingest.pdf import is_unreadable
from rodtrad.settings import Limits
from support.makers import LEFT, Pdf, make_pdf

office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)
TEXT = [
    "Regeringen ger Boverket i uppdrag att kartlägga behovet av bostäder för unga",
    "i hela landet och att redovisa arbetet i samråd med länsstyrelserna samt med",
    "Sveriges Kommuner och Regioner.",
]


def tables(document: Document) -> list[list[list[str]]]:
    """The tables, their rows, their cells."""
    found = [b.at.of(document.text) for b in document.blocks if b.kind == "table"]
    return [[row.split("\t") for row in text.split("\n")] for text in found]


def make_table(path: Path) -> Path:
    """A table of words: cells over two lines, rows further apart than lines."""
    pdf = Pdf(path)
    for text in TEXT:
        pdf.line(text)
    rows = [
        (["Åtgärd"], ["Ansvarig"], ["Klart"]),
        (["Kartlägga behovet", "av bostäder"], ["Boverket"], ["2027"]),
        (["Ta fram stöd"], ["Länsstyrelserna och", "kommu-", "nerna"], ["2028"]),
        (["Följa upp"], ["Statskontoret"], ["2029"]),
    ]
    y = 640.0
    for row in rows:
        for x, lines in zip((LEFT, 250.0, 420.0), row, strict=True):
            for number, text in enumerate(lines):
                pdf.at(x, y - 11 * number, text)
        y -= 11 * max(map(len, row)) + 9
    pdf.move_to(y - 20)
    for text in TEXT:
        pdf.line(text)
    pdf.page()
    return pdf.save()


def test_a_table_of_words_has_cells_and_stays_out_of_the_sentences(tmp_path: Path) -> None:
    document = read_document(make_table(tmp_path / "tabell.pdf"))
    assert tables(document) == [
        [
            ["Åtgärd", "Ansvarig", "Klart"],
            ["Kartlägga behovet av bostäder", "Boverket", "2027"],
            ["Ta fram stöd", "Länsstyrelserna och kommunerna", "2028"],
            ["Följa upp", "Statskontoret", "2029"],
        ]
    ]
    paragraphs = [b.at.of(document.text) for b in document.blocks if b.kind == "paragraph"]
    assert paragraphs == [" ".join(TEXT)] * 2


def test_a_cell_is_found_again_in_the_source(tmp_path: Path) -> None:
    document = read_document(make_table(tmp_path / "tabell.pdf"))
    start = document.text.index("Statskontoret")
    span = document.clean.to_source(type(document.blocks[0].at)(start, start + 13))
    assert document.quote(span) == "Statskontoret"


def test_bullets_and_numbers_are_no_cells(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "lista.pdf")
    for number, text in enumerate(TEXT * 2):
        pdf.at(LEFT, 700 - 16 * number, "•")
        pdf.at(LEFT + 40, 700 - 16 * number, text)
    pdf.page()
    assert tables(read_document(pdf.save())) == []


def test_encrypted_with_an_empty_user_password_is_read(tmp_path: Path) -> None:
    path = tmp_path / "skyddad.pdf"
    locked = StandardEncryption("", ownerPassword="agare")
    canvas = Canvas(str(path), pagesize=A4, encrypt=locked)
    canvas.drawString(72, 700, TEXT[0])
    canvas.save()
    assert read_document(path).text == TEXT[0]


def test_fonts_without_a_map_to_letters_are_named_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "typsnitt.pdf"
    vera = Path(reportlab.__file__).parent / "fonts/Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(vera), asciiReadable=False))
    canvas = Canvas(str(path), pagesize=A4)
    for font in ("Helvetica", "Vera"):
        canvas.setFont(font, 10)
        for number, text in enumerate(TEXT):
            canvas.drawString(72, 700 - 14 * number, text)
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(path))
    for font in writer.pages[1]["/Resources"]["/Font"].values():  # type: ignore[index]
        font.get_object().pop("/ToUnicode", None)
    writer.write(path)
    document = read_document(path)
    assert [(e.stage, e.page) for e in document.errors] == [("fonts", 2)]
    assert TEXT[0] in document.text


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("\ue001\ue002 \ue003" * 40, True),
        ("\x01\x02\x03 " * 40, True),
        ("%& )(/ =?# " * 20, True),
        (" ".join(TEXT), False),
        ("1 234 567 8,9 % " * 20, False),
        ("Inledning .................. 5\n" * 9, False),
    ],
)
def test_unreadable(text: str, bad: bool) -> None:
    assert is_unreadable(text) is bad


def test_the_time_limit_says_where_it_stopped(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "lang.pdf", [TEXT] * 3)
    with pytest.raises(UnreadableFileError, match=r"more than -1 seconds \(at page 1\)"):
        read_document(path, limits=Limits(seconds=-1))


def test_a_text_box_drawn_last_at_the_head_of_a_letter_stands_there(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "direktiv.pdf")
    pdf.line("Kommittédirektiv", size=20, bold=True)
    for text in TEXT:
        pdf.line(text)
    pdf.at(450, 735, "Dir. 2031:29", size=13)
    pdf.page()
    document = read_document(pdf.save())
    assert document.text.index("Dir. 2031:29") < document.text.index("Regeringen ger")


def test_bold_proposals_are_flagged(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "report.pdf")
    for number in range(1, 7):
        bold = number == 4
        pdf.line(f"{number}. GRETA urges the authorities to train the police in all", bold=bold)
        pdf.line("parts of the country and to give the courts what they need.", bold=bold)
        pdf.line("", space=6)
    pdf.page()
    document = read_document(pdf.save())
    flags = [b.marker for b in document.blocks if "bold" in b.flags]
    assert flags == ["4."]


def office_pdf(folder: Path, *, tagged: bool) -> Path:
    """A Word file with headings, a list and a table, made a PDF by LibreOffice."""
    word = WordDocument()
    word.add_heading("Plan mot vattenbrist", level=1)
    for part in ("Bakgrund", "Åtgärder"):
        word.add_heading(part, level=2)
        word.add_paragraph(" ".join(TEXT) + " " + " ".join(TEXT))
    table = word.add_table(rows=0, cols=2)
    for cells in (("Åtgärd", "Ansvarig"), ("Mäta nivåer", "SMHI"), ("Bygga dammar", "Kommunen")):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    word.add_paragraph(" ".join(TEXT))
    word.save(str(folder / "plan.docx"))
    option = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": str(tagged).lower()}})
    profile = (folder / "profil").as_uri()
    command = [
        shutil.which("soffice") or "soffice", f"-env:UserInstallation={profile}",
        "--headless", "--convert-to", f"pdf:writer_pdf_Export:{option}", "--outdir", str(folder),
        str(folder / "plan.docx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "plan.pdf"


@office
@pytest.mark.slow
@pytest.mark.parametrize("tagged", [True, False])
def test_what_libreoffice_prints(tmp_path: Path, tagged: bool) -> None:
    document = read_document(office_pdf(tmp_path, tagged=tagged))
    headings = [b.at.of(document.text) for b in document.blocks if b.kind == "heading"]
    assert headings == ["Plan mot vattenbrist", "Bakgrund", "Åtgärder"]
    assert tables(document) == [
        [["Åtgärd", "Ansvarig"], ["Mäta nivåer", "SMHI"], ["Bygga dammar", "Kommunen"]]
    ]
    assert document.text.count(" ".join(TEXT)) == 5


@pytest.mark.slow
def test_a_thousand_pages(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "tusen.pdf", [TEXT * 10] * 1000, header="Boverket")
    begin = perf_counter()
    document = read_document(path)
    assert perf_counter() - begin < 120
    assert len(document.pages) == 1000
    assert document.pages[-1].printed == "1000"


def test_chapters_of_one_name_in_the_body_both_stay(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "foreskrifter.pdf")
    for title, size in (("Buller", 24), ("Föreskrifter om buller", 16), ("Innehåll", 13)):
        pdf.line(title, size=size, bold=True, space=20)
    pdf.page()
    pdf.line("Föreskrifter om buller", size=16, bold=True)
    for text in TEXT:
        pdf.line(text)
    for part in ("Mätning", "Skyldigheter"):
        pdf.line("Undersökning", size=16, bold=True, space=12)
        pdf.line(part, size=13, bold=True, space=12)
        for text in TEXT * 2:
            pdf.line(text)
    pdf.page()
    document = read_document(pdf.save())
    titles = [b.at.of(document.text) for b in document.blocks if b.kind == "heading"]
    assert titles.count("Undersökning") == 2
