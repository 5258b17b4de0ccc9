"""The cross-reference table as a Word document: real headings, repeated table heads, languages.

Heads of tables repeat on every page, rows do not break across pages, each quote carries the
language of its source so that proofing and screen readers treat it rightly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.datamodel import Evidence
from rodtrad.tables.officezip import save_reproducibly
from rodtrad.tables.phrases import (
    assessment_text,
    dnr_text,
    document_text,
    due_texts,
    evidence_text,
    facts,
    gap_text,
    issuer_text,
    lead_quote,
    lead_text,
    limits,
    measure_label,
    misses_text,
    recommendation_text,
    rejected_text,
    responsible_text,
    same_words,
    source_text,
    state_text,
    status_text,
    strength_text,
    upper_first,
)
from rodtrad.tables.safety import plain_text
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import date_text, day_text, place_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
_MEASURE_WIDTHS = (58, 46, 44, 36, 46, 39)
_DEADLINE_WIDTHS = (36, 32, 56, 75, 34, 36)


def write_word(table: TraceTable, path: Path) -> None:
    """Write the document; the same table gives the same bytes."""
    import docx

    word = docx.Document()
    _layout(word, table)
    _front(word, table)
    word.add_heading(table.terms["detail.title"], 1)
    for row in table.rows:
        _recommendation(word, row, table)
    _gaps(word, table)
    _deadlines(word, table)
    _about(word, table)
    save_reproducibly(word, path, day=table.provenance.generated or table.as_of)


def _layout(word: WordDocument, table: TraceTable) -> None:
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
    section.footer.paragraphs[0].text = plain_text(table.title)
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


def _run(
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


def _front(word: WordDocument, table: TraceTable) -> None:
    terms = table.terms
    word.add_heading(plain_text(table.title), 0)
    word.add_paragraph(terms.say("head.as_of", date=day_text(table.as_of, terms)))
    for label, documents in (("head.from", table.sources), ("head.to", table.targets)):
        paragraph = word.add_paragraph()
        _run(paragraph, f"{terms[label]}: ", bold=True)
        _run(paragraph, "; ".join(document_text(d, terms) for d in documents))


def _recommendation(word: WordDocument, row: Row, table: TraceTable) -> None:
    terms = table.terms
    word.add_heading(plain_text(f"{row.line.id}: {status_text(row, terms)}"), 2)
    paragraph = word.add_paragraph()
    _run(paragraph, f"{issuer_text(row)}, {strength_text(row, terms)}: ", bold=True)
    _run(paragraph, lead_text(row, terms), language=row.language)
    if quote := lead_quote(row):
        _quotation(word.add_paragraph(), quote, row.language, table)
    _small(word, f"{terms['col.source']}: {source_text(row, terms)}")
    if row.cells:
        _measure_table(word, row, table)
    if gap := gap_text(row, terms):
        _run(word.add_paragraph(), gap, bold=True)
    if row.rejected:
        word.add_paragraph(terms["gap.rejected_intro"])
        for item in row.rejected:
            word.add_paragraph(plain_text(rejected_text(item, terms)), style="List Bullet")
    if row.is_open and row.line.gap:
        _small(word, f"{misses_text(row, terms)}.")
    _context(word, row, table)


def _small(word: WordDocument, text: str) -> None:
    from docx.shared import Pt

    paragraph = word.add_paragraph()
    _run(paragraph, text)
    for run in paragraph.runs:
        run.font.size = Pt(8.5)


def _context(word: WordDocument, row: Row, table: TraceTable) -> None:
    terms = table.terms
    languages = {d.id: d.language for d in table.documents}
    if row.line.context:
        word.add_paragraph(f"{terms['context.title']}:")
    for passage in row.line.context:
        paragraph = word.add_paragraph(style="List Bullet")
        _quotation(paragraph, passage.evidence, languages.get(passage.evidence.document), table)


def _quotation(
    paragraph: Paragraph, evidence: Evidence, language: str | None, table: TraceTable
) -> None:
    terms = table.terms
    _run(paragraph, evidence_text(evidence, terms), language=language)
    if place := place_text(evidence, terms):
        _run(paragraph, f" ({place})")


def _caption(word: WordDocument, text: str) -> None:
    paragraph = word.add_paragraph(plain_text(text), style="Caption")
    paragraph.paragraph_format.keep_with_next = True


def _grid(word: WordDocument, heads: Sequence[str], widths: Sequence[int]) -> Table:
    """A table with a head that repeats on every page; widths in millimetres."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    grid: Table = word.add_table(rows=1, cols=len(heads), style="Table Grid")
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, head, width in zip(grid.rows[0].cells, heads, widths, strict=True):
        cell.width = Mm(width)
        _run(cell.paragraphs[0], head, bold=True)
        _cell_size(cell.paragraphs[0])
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(mark)
    return grid


def _grid_row(grid: Table, texts: Iterable[str], widths: Sequence[int]) -> Sequence[_Cell]:
    """Add a row that does not break across pages."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    row: _Row = grid.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells: tuple[_Cell, ...] = row.cells
    for cell, text, width in zip(cells, texts, widths, strict=True):
        cell.width = Mm(width)
        _run(cell.paragraphs[0], text)
        _cell_size(cell.paragraphs[0])
    return cells


def _measure_table(word: WordDocument, row: Row, table: TraceTable) -> None:
    terms = table.terms
    _caption(word, terms.say("word.caption", id=row.line.id))
    heads = ("col.measure", "col.responsible", "col.deadline", "col.dnr", "col.assessment")
    grid = _grid(word, [*(terms[h] for h in heads), terms["col.signals"]], _MEASURE_WIDTHS)
    for cell in row.cells:
        candidate = cell.candidate
        dnr = f"{dnr_text(cell, terms)}. {terms['col.state']}: {state_text(cell, terms)}"
        texts = (
            measure_label(cell),
            responsible_text(cell, terms),
            "; ".join(due_texts(cell, terms)),
            dnr,
            assessment_text(candidate, terms),
            "; ".join(candidate.signals),
        )
        for shown in _grid_row(grid, texts, _MEASURE_WIDTHS):
            shown.paragraphs[0].paragraph_format.keep_with_next = True
        _evidence_row(grid, cell, row, table)


def _evidence_row(grid: Table, cell: MeasureCell, row: Row, table: TraceTable) -> None:
    """The quotes at both ends, in one row across the table."""
    terms, candidate = table.terms, cell.candidate
    cells = _grid_row(grid, ("",) * len(_MEASURE_WIDTHS), _MEASURE_WIDTHS)
    ends = [
        ("quote.recommendation", candidate.evidence_from, row.language),
        ("quote.measure", candidate.evidence_to, cell.document.language),
    ]
    if same_words(candidate.evidence_from, row.evidence):
        del ends[0]
    width = len(cells) // len(ends)
    for index, (label, evidence, language) in enumerate(ends):
        end = cells[index * width].merge(cells[(index + 1) * width - 1])
        for extra in end.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)
        paragraph = end.paragraphs[0]
        _run(paragraph, f"{terms[label]}: ", bold=True)
        _quotation(paragraph, evidence, language, table)
        _cell_size(paragraph)


def _cell_size(paragraph: Paragraph) -> None:
    """The smaller type of tables."""
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(2)
    for run in paragraph.runs:
        run.font.size = Pt(9)


def _gaps(word: WordDocument, table: TraceTable) -> None:
    terms = table.terms
    word.add_heading(terms["gaps.title"], 1)
    word.add_paragraph(terms["gaps.intro"])
    if not table.gaps:
        word.add_paragraph(terms["gaps.none"])
        return
    _caption(word, terms["gaps.caption"])
    widths = (30, 120, 119)
    heads = ("col.id", "col.recommendation", "status.column")
    grid = _grid(word, [terms[head] for head in heads], widths)
    for _, row in table.gaps:
        cells = _grid_row(grid, (row.line.id, "", gap_text(row, terms)), widths)
        _run(cells[1].paragraphs[0], recommendation_text(row), language=row.language)
        _cell_size(cells[1].paragraphs[0])


def _deadlines(word: WordDocument, table: TraceTable) -> None:
    terms = table.terms
    word.add_heading(terms["deadlines.title"], 1)
    dates = table.due_dates()
    if not dates:
        word.add_paragraph(terms["deadlines.none"])
        return
    _caption(word, terms["deadlines.caption"])
    heads = ("col.date", "col.kind", "col.responsible", "col.measure", "col.dnr", "col.state")
    grid = _grid(word, [terms[head] for head in heads], _DEADLINE_WIDTHS)
    for measure, due in dates:
        texts = (
            date_text(due.deadline.date, terms),
            upper_first(terms.value("kind", due.deadline.kind)),
            ", ".join(due.deadline.responsible),
            f"{measure.id} {measure.title}",
            ", ".join(measure.dnr),
            upper_first("; ".join((terms[due.state], *due.deadline.flags))),
        )
        _grid_row(grid, texts, _DEADLINE_WIDTHS)


def _about(word: WordDocument, table: TraceTable) -> None:
    terms = table.terms
    word.add_heading(terms["about.title"], 1)
    for title, texts in (
        (terms["about.notes"], table.notes),
        (terms["about.limits"], limits(table)),
        (terms["about.documents"], [document_text(d, terms) for d in table.documents]),
        (terms["about.method"], [f"{name}: {value}" for name, value in facts(table)]),
    ):
        if texts:
            word.add_heading(title, 2)
        for text in texts:
            word.add_paragraph(plain_text(text), style="List Bullet")
