import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from rodtrad.tables.traceview import DocumentInfo
from rodtrad.tables.writers import write_table
from tables import sample


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> WordDocument:
    path = tmp_path_factory.mktemp("docx") / "spårning.docx"
    return docx.Document(str(write_table(sample.table(), path)))


def all_text(word: WordDocument) -> str:
    cells = [cell.text for grid in word.tables for row in grid.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in word.paragraphs] + cells)


def test_headings_are_real_headings(word: WordDocument) -> None:
    headings = [
        (p.style.name, p.text)
        for p in word.paragraphs
        if p.style and "Heading" in str(p.style.name)
    ]
    assert ("Heading 1", "Luckor") in headings
    assert ("Heading 2", "5.4: Ingen motsvarighet hittad") in headings
    assert [text for style, text in headings if style == "Heading 1"] == [
        "Översikt",
        "Rekommendationer, åtgärder och belägg",
        "Luckor",
        "Tidsfrister",
        "Om tabellen",
    ]  # fmt: skip


def test_pages_are_numbered(word: WordDocument) -> None:
    footer = word.sections[0].footer
    assert footer.paragraphs[0].text.startswith(sample.table().title)
    fields = footer.part.element.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]


def test_the_paper_lies_down_and_every_table_repeats_its_head(word: WordDocument) -> None:
    section = word.sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)
    assert len(word.tables) == 5
    for grid in word.tables:
        properties = grid.rows[0]._tr.trPr
        assert properties is not None
        assert properties.find(qn("w:tblHeader")) is not None
        assert grid._tbl.xpath("count(w:tr/w:trPr/w:cantSplit)") == len(grid.rows) - 1


def test_each_table_has_a_caption_above_it(word: WordDocument) -> None:
    captions = [p.text for p in word.paragraphs if p.style and p.style.name == "Caption"]
    assert len(captions) == len(word.tables)
    assert captions[1] == "Åtgärder med samband med 5.7"


def test_the_overview_says_each_status_and_what_answers(word: WordDocument) -> None:
    heads, *rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert heads == ["Nr", "Rekommendation", "Motsvarighet", "Åtgärder"]
    assert [row[0] for row in rows] == [row.line.id for row in sample.table().rows]
    found = {row[0]: row[2:] for row in rows}
    assert found["5.4"] == ["Ingen motsvarighet hittad", ""]
    assert found["5.7"][1].startswith("4.3.1 Uppdrag till flera myndigheter")


def test_quotes_carry_the_language_of_their_source(word: WordDocument) -> None:
    languages = {
        mark.getparent().getparent().text: mark.get(qn("w:val"))
        for mark in word.element.body.iter(qn("w:lang"))
    }
    assert languages[f"{sample.REMEDY} [sammanfattning, ej citat]"] == "en-GB"
    assert any(
        text.startswith("”Socialnämnden kan även") and language == "sv-SE"
        for text, language in languages.items()
    )


def test_quotes_are_verbatim_but_for_line_ends(word: WordDocument) -> None:
    text = all_text(word)
    for line in sample.lines():
        for candidate in line.links:
            words = candidate.evidence_to.quote or ""
            assert " ".join(words.split()) in text


def test_a_marking_stands_in_the_page_head(tmp_path: Path) -> None:
    marked = {
        **sample.DOCUMENTS,
        sample.PLAN: DocumentInfo(sample.PLAN, "Planen", marking="sekretess"),
    }
    path = write_table(sample.table(documents=marked), tmp_path / "x.docx")
    word = docx.Document(str(path))
    assert word.sections[0].header.paragraphs[0].text == "Märkning: sekretess"


def test_control_characters_do_not_stop_the_writer(tmp_path: Path) -> None:
    line = replace(sample.lines()[1], text="före\x00\x01efter", id="\x1b[31m")
    table = sample.table(title="a\x00b")
    table = replace(table, rows=(replace(table.rows[1], line=line),))
    word = docx.Document(str(write_table(table, tmp_path / "x.docx")))
    assert "föreefter" in all_text(word)


def notes_of(path: Path) -> dict[str, str]:
    """The texts of a file's footnotes by their ids, those of Word's own lines left out."""
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("word/footnotes.xml"))  # noqa: S314 our own
    return {
        str(note.get(qn("w:id"))): "".join(note.itertext()).strip()
        for note in root
        if note.get(qn("w:type")) is None
    }


def test_every_quote_has_its_source_in_a_footnote_numbered_as_it_is_read(tmp_path: Path) -> None:
    path = write_table(sample.table(), tmp_path / "x.docx")
    notes = notes_of(path)
    body = docx.Document(str(path)).element.body
    marks = [mark.get(qn("w:id")) for mark in body.iter(qn("w:footnoteReference"))]
    assert marks == list(notes) == [str(n) for n in range(2, len(marks) + 2)]
    assert all(set(mark.attrib) == {qn("w:id")} for mark in body.iter(qn("w:footnoteReference")))
    plan = sample.DOCUMENTS[sample.PLAN].title
    assert f"{plan}, avsnitt 4.3.1 {sample.TITLE_431}." in notes.values()
    assert sum(words.startswith(plan) for words in notes.values()) == 4


def test_a_title_cannot_break_the_footnotes(tmp_path: Path) -> None:
    infos = {**sample.DOCUMENTS, sample.PLAN: DocumentInfo(sample.PLAN, "A & B <c>\x00")}
    path = write_table(sample.table(documents=infos), tmp_path / "x.docx")
    assert any(words.startswith("A & B <c>, avsnitt") for words in notes_of(path).values())
