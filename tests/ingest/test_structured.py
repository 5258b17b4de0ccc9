"""Word, HTML and Markdown: structure that the format itself states."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from rodtrad.datamodel import Document
from rodtrad.ingest import read_document
from support.makers import make_docx

PAGE = """<!DOCTYPE html><html><head><title>Remiss</title><script>var x = 1;</script></head><body>
<nav><a href="/">Start</a></nav><main><h1>Remiss av SOU 2026:14</h1>
<p>Sista dag att <b>svara</b> är den 30&nbsp;juni 2026.<br>Svara per post.</p>
<h2>Remissinstanser</h2><ul><li>Boverket<ol><li>Enheten för mark</li></ol></li><li>SMHI</li></ul>
<table><tr><th>Län</th><th>Antal</th></tr><tr><td>Skåne</td><td>12</td></tr></table>
<div class="contentfooter"><h2>Dela</h2><ul><li>Facebook</li></ul></div><p hidden>Dold.</p>
Lös text.</main><footer>Kontakt</footer></body></html>"""

MARKDOWN = """# Uppdrag att mäta *regn*

Regeringen ger SMHI i uppdrag att mäta regn i hela
landet, se [myndighetens sida](https://www.smhi.se/a_(b)) för mer.[^1]

## Bakgrund ##

* ta fram **en plan**,
  med mått, och
* redovisa den senast den 1 mars 2027.

| Län | Antal |
|---|---|
| Skåne | 12 |

Rubrik under
------------

[^1]: SMHI, årsredovisning 2024.
"""


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, b.at.of(document.text)) for b in document.blocks]


def read(tmp_path: Path, name: str, text: str) -> Document:
    path = tmp_path / name
    path.write_text(text)
    return read_document(path)


def test_html_has_the_main_content_only(tmp_path: Path) -> None:
    document = read(tmp_path, "sida.html", PAGE)
    assert kinds(document) == [
        ("heading", "Remiss av SOU 2026:14"),
        ("paragraph", "Sista dag att svara är den 30 juni 2026. Svara per post."),
        ("heading", "Remissinstanser"),
        ("list_item", "• Boverket"),
        ("list_item", "1. Enheten för mark"),
        ("list_item", "• SMHI"),
        ("table", "Län\tAntal\nSkåne\t12"),
        ("paragraph", "Lös text."),
    ]
    assert document.kind == "remiss"


def test_deeply_nested_html_is_read(tmp_path: Path) -> None:
    deep = "<div>" * 5000 + "<p>Längst in.</p>" + "</div>" * 5000
    document = read(tmp_path, "djup.html", f"<html><body><h1>Överst</h1>{deep}</body></html>")
    assert "Överst" in document.text


def test_markdown_drops_markup_from_the_clean_text_only(tmp_path: Path) -> None:
    document = read(tmp_path, "sida.md", MARKDOWN)
    assert document.source == MARKDOWN
    assert kinds(document) == [
        ("heading", "Uppdrag att mäta regn"),
        ("paragraph", "Regeringen ger SMHI i uppdrag att mäta regn i hela landet, se "
                      "myndighetens sida för mer."),
        ("heading", "Bakgrund"),
        ("list_item", "ta fram en plan, med mått, och"),
        ("list_item", "redovisa den senast den 1 mars 2027."),
        ("table", "| Län | Antal |\n| Skåne | 12 |"),
        ("heading", "Rubrik under"),
        ("footnote", "SMHI, årsredovisning 2024."),
    ]  # fmt: skip
    levels = [b.level for b in document.blocks if b.kind == "heading"]
    assert levels == [1, 2, 2]


def test_word_headings_lists_and_tables(tmp_path: Path) -> None:
    document = read_document(make_docx(tmp_path / "plan.docx"))
    assert kinds(document) == [
        ("heading", "Handlingsplan mot vattenbrist"),
        ("paragraph", "Planen gäller till och med 2027."),
        ("heading", "Åtgärder"),
        ("list_item", "• Myndigheten ska mäta nivåerna."),
        ("list_item", "• Myndigheten ska redovisa dem."),
        ("table", "Län\tNivå\nSkåne\t12"),
        ("paragraph", "Slut på planen."),
    ]
    assert document.kind == "handlingsplan"
    assert document.title == "Handlingsplan mot vattenbrist"


def test_word_deletions_are_left_out_and_insertions_kept(tmp_path: Path) -> None:
    word = WordDocument()
    paragraph = word.add_paragraph("Uppdraget redovisas ")
    for tag, text_tag, text in (("w:del", "w:delText", "2026"), ("w:ins", "w:t", "2027")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        content.text = text
        content.set(qn("xml:space"), "preserve")
        run.append(content)
        change.append(run)
        paragraph._p.append(change)
    word.save(str(tmp_path / "spårad.docx"))
    assert read_document(tmp_path / "spårad.docx").text == "Uppdraget redovisas 2027"


def test_word_without_styles_finds_headings_by_form(tmp_path: Path) -> None:
    word = WordDocument()
    for text in ("1. Inledning", "Planen gäller i tre år.", "2. Åtgärder", "Vi mäter regn."):
        word.add_paragraph(text)
    word.save(str(tmp_path / "enkel.docx"))
    document = read_document(tmp_path / "enkel.docx")
    assert [b.number for b in document.blocks if b.kind == "heading"] == ["1", "2"]


@pytest.mark.parametrize("text", ["", "#", "[^1]:", "|\n|-|\n", "***\n", "```\nkod"])
def test_odd_markdown_with_text_behind_it(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, "udda.md", f"{text}\n\nRegeringen ger uppdraget.\n")
    assert "Regeringen ger uppdraget." in document.text
