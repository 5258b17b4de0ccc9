"""PDFs made here, so that the text, the pages and the headings are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.datamodel import Document, Span
from rodtrad.errors import UnreadableFileError
from rodtrad.ingest import read_document
from support.makers import LEFT, Pdf, make_pdf

FIRST = [
    "Regeringen ger Statens geotekniska institut i uppdrag att kartlägga",
    "risken för ras och skred i hela landet under de kommande tre åren,",
    "och att redovisa arbetet i samverkan med Sveriges geologiska under-",
    "sökning samt länsstyrelserna. I uppdraget ingår att ta fram en vägled-",
]
SECOND = [
    "ning för kommunerna om skydd mot ras. Uppdraget ska redovisas till",
    "Regeringskansliet (Finansdepartementet) senast den 1 mars 2027.",
]


def headings(document: Document) -> list[tuple[int | None, str, str | None]]:
    return [
        (b.level, b.at.of(document.text), b.level_source)
        for b in document.blocks
        if b.kind == "heading"
    ]


def test_a_paragraph_goes_on_over_the_page_without_header_and_folio(tmp_path: Path) -> None:
    pages = [FIRST, SECOND, *([FIRST] * 3)]
    document = read_document(make_pdf(tmp_path / "a.pdf", pages, header="Regeringsbeslut III:4"))
    assert "en vägledning för kommunerna om skydd mot ras." in document.text
    assert "undersökning samt" in document.text
    assert "Regeringsbeslut III:4" not in document.text[: document.clean.notes_start]
    assert "Regeringsbeslut III:4" in document.text[document.clean.notes_start :]
    assert {f.kind for f in document.furniture} == {"header", "folio"}
    assert [page.printed for page in document.pages] == ["1", "2", "3", "4", "5"]


def test_the_page_of_any_span_is_right(tmp_path: Path) -> None:
    document = read_document(make_pdf(tmp_path / "a.pdf", [FIRST, SECOND, FIRST]))
    at = document.text.index("Regeringskansliet")
    page = document.page_of(document.span_of(Span(at, at + 5)))
    assert page is not None
    assert page.number == 2
    assert [document.source[p.start : p.start + 10] for p in document.pages] == [
        "Regeringen", "ning för k", "Regeringen",
    ]  # fmt: skip


def test_headings_by_type_and_footnotes_by_their_raised_marks(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "rapport.pdf")
    pdf.line("Lägesrapport om skred", size=20, bold=True)
    pdf.line("Utvecklingen", size=14, bold=True, space=10)
    pdf.line("Antalet skred har ökat sedan år 2020", mark="1", space=6)
    for text in (*FIRST, *SECOND):
        pdf.line(text)
    pdf.line("Norra Sverige", bold=True, space=6)
    for text in (*FIRST, *SECOND):
        pdf.line(text)
    pdf.move_to(120)
    pdf.line("1 Statens geotekniska institut, årsredovisning 2024, s. 12.", size=8)
    pdf.page()
    document = read_document(pdf.save())
    assert headings(document) == [
        (1, "Lägesrapport om skred", "typography"),
        (2, "Utvecklingen", "typography"),
        (3, "Norra Sverige", "typography"),
    ]
    notes = [b for b in document.blocks if b.kind == "footnote"]
    assert [b.at.of(document.text) for b in notes] == [
        "Statens geotekniska institut, årsredovisning 2024, s. 12."
    ]
    assert "sedan år 2020\n\nRegeringen" in document.text
    assert notes[0].anchor is not None
    assert document.text[: notes[0].anchor + 1].endswith("2020")


def test_the_outline_gives_the_levels(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "plan.pdf")
    for title, level in (("Åtgärder", 1), ("Skydd mot ras", 2), ("Skydd mot regn", 2)):
        pdf.bookmark(title, level)
        pdf.line(title, bold=True, space=12)
        for text in (*FIRST, *SECOND):
            pdf.line(text)
    pdf.page()
    assert headings(read_document(pdf.save())) == [
        (1, "Åtgärder", "outline"),
        (2, "Skydd mot ras", "outline"),
        (2, "Skydd mot regn", "outline"),
    ]


def test_two_columns_that_alternate_in_the_file(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "spalter.pdf")
    left = [f"Vänster spalt har rad nummer {n} här" for n in range(12)]
    right = [f"Höger spalt har rad nummer {n} här" for n in range(12)]
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        pdf.at(LEFT, 700 - 14 * number, one)
        pdf.at(320, 700 - 14 * number, other)
    pdf.page()
    document = read_document(pdf.save())
    places = [document.text.index(text) for text in (*left, *right)]
    assert places == sorted(places)


def test_a_scanned_page_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "blandad.pdf")
    for text in FIRST:
        pdf.line(text)
    pdf.page()
    pdf.picture()
    pdf.page()
    document = read_document(pdf.save())
    assert document.status == "partial"
    assert [(e.stage, e.page) for e in document.errors] == [("ocr", 2)]
    assert "Statens geotekniska institut" in document.text


def test_a_wholly_scanned_file_says_so(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "skannad.pdf")
    pdf.picture()
    pdf.page()
    with pytest.raises(UnreadableFileError, match="--ocr"):
        read_document(pdf.save())


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_rotated_pages(tmp_path: Path, rotation: int) -> None:
    pdf = Pdf(tmp_path / "liggande.pdf")
    for text in FIRST:
        pdf.line(text)
    pdf.page(rotate=rotation)
    document = read_document(pdf.save())
    assert "kartlägga risken för ras" in document.text
    assert "undersökning samt" in document.text


def test_a_truncated_file_is_read_or_refused_in_one_sentence(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "hel.pdf", [FIRST] * 3)
    data = path.read_bytes()
    for share in (0.3, 0.6, 0.9):
        path.write_bytes(data[: int(share * len(data))])
        assert read_or_refusal(path)


def read_or_refusal(path: Path) -> str:
    """The text of a file, or the one sentence that says why there is none."""
    try:
        return read_document(path).source.strip()
    except UnreadableFileError as error:
        return str(error) if "\n" not in str(error) else ""


def test_every_character_of_a_made_pdf_comes_out(tmp_path: Path) -> None:
    document = read_document(make_pdf(tmp_path / "a.pdf", [FIRST, SECOND]))
    wanted = "".join("".join((*FIRST, *SECOND)).split()).replace("-", "")
    assert "".join(document.text.split()).replace("-", "") == wanted


FULL = [
    "Myndigheten bedömer att arbetet mot översvämningar har utvecklats",
    "under året och att samverkan med kommunerna har stärkts på flera",
    "sätt. Samtidigt kvarstår brister i de regionala planerna och i den",
]


def test_notes_over_two_pages_and_a_paragraph_that_begins_with_a_number(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "noter.pdf")
    pdf.line("3 Utvecklingen under året", size=14, bold=True)
    for text in FULL:
        pdf.line(text)
    pdf.line("nationella samordningen enligt utredningen. Kommunerna har ännu", mark="1")
    pdf.move_to(150)
    pdf.line("1 Utredningen om översvämningar, SOU 2023:5, s. 12. Se även den", size=8)
    pdf.line("uppföljning som gjordes 2024 av Statskontoret.", size=8)
    pdf.at(290, 40, "12")
    pdf.page()
    pdf.line("inte fått tillräckligt stöd av staten.", mark="2")
    pdf.line("2 kap. 3 § lagen gäller fortfarande. Myndigheten anser att det är")
    for text in FULL:
        pdf.line(text)
    pdf.line("nationella planen, som gäller hela landet även under kommande år.")
    pdf.line("Anställda har deltagit i arbetet under hela året, vid alla enheter", x=LEFT + 14)
    for text in FULL:
        pdf.line(text)
    pdf.move_to(150)
    pdf.line("2 Statskontoret 2024:5.", size=8)
    pdf.at(290, 40, "13")
    pdf.page()
    document = read_document(pdf.save())
    notes = [b.at.of(document.text) for b in document.blocks if b.kind == "footnote"]
    assert notes == [
        "Utredningen om översvämningar, SOU 2023:5, s. 12. Se även den uppföljning som gjordes "
        "2024 av Statskontoret.",
        "Statskontoret 2024:5.",
    ]
    assert "Kommunerna har ännu inte fått tillräckligt stöd av staten." in document.text
    starts = [b.at.of(document.text)[:9] for b in document.blocks if b.kind == "paragraph"]
    assert starts == ["Myndighet", "2 kap. 3 ", "Anställda"]
    assert [page.printed for page in document.pages] == ["12", "13"]
