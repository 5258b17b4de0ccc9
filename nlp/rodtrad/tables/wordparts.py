"""The parts Word documents are made of: layout, runs with a language, captions, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from rodtrad.datamodel import Evidence
from rodtrad.tables.footnotes import add_footnote
from rodtrad.tables.phrases import evidence_text
from rodtrad.tables.safety import plain_text
from rodtrad.tables.traceview import TraceTable
from rodtrad.tables.wording import place_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

CELL_POINTS = 9
_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


def lay_out(word: WordDocument, table: TraceTable) -> None:
    """A4 landscape, the language of the words, marking, title and fixed properties."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(14)
    section.top_margin = section.bottom_margin = Mm(15)
    style = word.styles["Normal"]
    style.font.size = Pt(10)
    style.font.name = "Calibri"
    _style_language(style, table.language)
    _hyphenate(word)
    footer = section.footer.paragraphs[0]
    footer.text = f"{plain_text(table.title)} · "
    for name, between in (("PAGE", " ("), ("NUMPAGES", ")")):
        _add_field(footer, name)
        footer.add_run(between)
    if table.marking:
        text = table.terms.say("head.marking", marking=table.marking)
        section.header.paragraphs[0].text = plain_text(text)
    made = table.provenance.generated or table.as_of
    stamp = datetime(made.year, made.month, made.day, tzinfo=UTC)
    properties = word.core_properties
    properties.title, properties.author = plain_text(table.title)[:255], "Rödtråd"
    properties.created = properties.modified = stamp
    properties.language, properties.revision = _LANGUAGES[table.language], 1
    properties.last_modified_by, properties.comments = "Rödtråd", ""


def _add_field(paragraph: Paragraph, name: str) -> None:
    """A number that the program fills in when it lays out the pages."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def _hyphenate(word: WordDocument) -> None:
    """Let Word hyphenate: Swedish compounds are longer than table columns are wide.

    The schema fixes the order of settings: the mark stands right behind the default tab stop.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:autoHyphenation")
    tab_stop = word.settings.element.find(qn("w:defaultTabStop"))
    if tab_stop is not None:
        tab_stop.addnext(mark)


def _style_language(style: object, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()  # type: ignore[attr-defined]
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), _LANGUAGES[language])
    properties.append(mark)


def add_run(
    paragraph: Paragraph, text: str, *, language: str | None = None, bold: bool = False
) -> None:
    """Add text to a paragraph; with a language of its own where it is not the document's."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(plain_text(text))
    run.bold = bold or None
    if language:
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), _LANGUAGES.get(language, language))
        run._r.get_or_add_rPr().append(mark)


def add_small(word: WordDocument, text: str) -> None:
    """A paragraph in smaller type."""
    from docx.shared import Pt

    paragraph = word.add_paragraph()
    add_run(paragraph, text)
    for run in paragraph.runs:
        run.font.size = Pt(8.5)


def add_quotation(
    paragraph: Paragraph, evidence: Evidence, language: str | None, table: TraceTable
) -> None:
    """A quote or summary in its own language; document and place stand in a footnote."""
    terms = table.terms
    add_run(paragraph, evidence_text(evidence, terms), language=language)
    title = next((d.title for d in table.documents if d.id == evidence.document), None)
    parts = (title or evidence.document, place_text(evidence, terms))
    add_footnote(paragraph, ", ".join(part for part in parts if part) + ".")


def add_caption(word: WordDocument, text: str) -> None:
    """A caption that stays with the table below it."""
    paragraph = add_text(word, text, style="Caption")
    paragraph.paragraph_format.keep_with_next = True


def add_grid(word: WordDocument, heads: Sequence[str], widths: Sequence[int]) -> Table:
    """A table with a head that repeats on every page; widths in millimetres."""
    from docx.shared import Mm

    grid: Table = word.add_table(rows=0, cols=len(heads))
    grid._tbl.tblPr.style = "TableGrid"
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    cells = "".join(_cell_xml(h, w, bold=True) for h, w in zip(heads, widths, strict=True))
    _append_row(grid, cells, properties="<w:tblHeader/>")
    return grid


def add_grid_row(
    grid: Table, texts: Iterable[str], widths: Sequence[int], *, keep: bool = False
) -> Sequence[_Cell]:
    """Add a row that does not break across pages; with `keep` it stays with the next row.

    Written as XML at once: python-docx looks up styles and neighbours for each part, which takes
    a second for some ten rows.
    """
    cells = "".join(
        _cell_xml(text, width, keep=keep) for text, width in zip(texts, widths, strict=True)
    )
    return _append_row(grid, cells)


def add_wide_row(grid: Table, count: int, widths: Sequence[int]) -> Sequence[_Cell]:
    """Add a row of `count` empty cells that share the columns between them."""
    span = len(widths) // count
    cells = "".join(
        _cell_xml("", sum(widths[i * span : (i + 1) * span]), span=span) for i in range(count)
    )
    return _append_row(grid, cells)


def _append_row(grid: Table, cells: str, *, properties: str = "<w:cantSplit/>") -> Sequence[_Cell]:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.table import _Cell

    row = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
    grid._tbl.append(row)
    return [_Cell(cell, grid) for cell in row.tc_lst]


def _cell_xml(
    text: str, width: int, *, keep: bool = False, span: int = 1, bold: bool = False
) -> str:
    """A cell with one paragraph in the smaller type of tables; width in millimetres."""
    twips = round(width * 1440 / 25.4)
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in plain_text(text).split("\n")
    )
    weight = "<w:b/>" if bold else ""
    look = f'<w:rPr>{weight}<w:sz w:val="{2 * CELL_POINTS}"/></w:rPr>'
    run = f"<w:r>{look}{lines}</w:r>" if text else ""
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    kept = "<w:keepNext/>" if keep else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/>{wide}</w:tcPr>'
        f'<w:p><w:pPr>{kept}<w:spacing w:after="40"/></w:pPr>{run}</w:p></w:tc>'
    )


def add_text(word: WordDocument, text: str = "", *, style: str | None = None) -> Paragraph:
    """A paragraph; `style` is the id of a style of the template, for example ListBullet.

    The id is set as it is: looking a style up by its name costs a walk through all styles.
    """
    paragraph = word.add_paragraph(plain_text(text))
    if style:
        paragraph._p.style = style
    return paragraph


def add_list_head(word: WordDocument, text: str) -> None:
    """Add the words above a list: apart from what stands before, on the page of its first item."""
    from docx.shared import Pt

    look = add_text(word, text).paragraph_format
    look.space_before, look.keep_with_next = Pt(6), True


def add_heading(word: WordDocument, text: str, level: int) -> Paragraph:
    """A heading of level 1 to 9, or the document's title (0)."""
    return add_text(word, text, style=f"Heading{level}" if level else "Title")


def set_cell_size(paragraph: Paragraph) -> None:
    """The smaller type of tables."""
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(2)
    for run in paragraph.runs:
        run.font.size = Pt(CELL_POINTS)
