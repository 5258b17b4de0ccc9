"""The cross-reference table as a Word document: real headings, repeated table heads, languages.

Heads of tables repeat on every page, rows do not break across pages, each quote carries the
language of its source so that proofing and screen readers treat it rightly.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.tables.footnotes import finish_footnotes
from rodtrad.tables.officezip import save_reproducibly
from rodtrad.tables.phrases import (
    assessment_text,
    counts_text,
    dnr_text,
    document_text,
    due_texts,
    facts,
    gap_text,
    issuer_text,
    lead_quote,
    lead_text,
    limits,
    measure_label,
    measure_name,
    misses_text,
    others_text,
    recommendation_text,
    rejected_text,
    remarks_text,
    responsible_text,
    same_words,
    source_text,
    state_text,
    status_text,
    strength_text,
    upper_first,
    version_text,
)
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import date_text, day_text, probability_figure
from rodtrad.tables.wordparts import (
    add_caption,
    add_grid,
    add_grid_row,
    add_heading,
    add_list_head,
    add_quotation,
    add_run,
    add_small,
    add_text,
    add_wide_row,
    lay_out,
    set_cell_size,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table

_OVERVIEW_WIDTHS = (26, 117, 40, 86)
_MEASURE_WIDTHS = (58, 52, 38, 30, 40, 51)
_DEADLINE_WIDTHS = (36, 32, 56, 75, 34, 36)


def write_word(table: TraceTable, path: Path) -> None:
    """Write the document; the same table gives the same bytes."""
    import docx

    word = docx.Document()
    lay_out(word, table)
    _front(word, table)
    _overview(word, table)
    add_heading(word, table.terms["detail.title"], 1)
    for row in table.rows:
        _recommendation(word, row, table)
    _gaps(word, table)
    _deadlines(word, table)
    _about(word, table)
    finish_footnotes(word)
    save_reproducibly(word, path, day=table.provenance.generated or table.as_of)


def _front(word: WordDocument, table: TraceTable) -> None:
    terms = table.terms
    add_heading(word, table.title, 0)
    add_text(word, terms.say("head.as_of", date=day_text(table.as_of, terms)))
    for label, documents in (("head.from", table.sources), ("head.to", table.targets)):
        paragraph = add_text(word)
        add_run(paragraph, f"{terms[label]}: ", bold=True)
        add_run(paragraph, "; ".join(document_text(d, terms) for d in documents))


def _overview(word: WordDocument, table: TraceTable) -> None:
    """All of it on a page or two: each recommendation, its status, and what answers it."""
    terms = table.terms
    add_heading(word, terms["overview.title"], 1)
    add_text(word, f"{counts_text(table)}.")
    add_caption(word, terms["overview.caption"])
    heads = ("col.id", "col.recommendation", "status.column", "col.links")
    grid = add_grid(word, [terms[head] for head in heads], _OVERVIEW_WIDTHS)
    for row in table.rows:
        measures = (
            f"{measure_label(cell)} ({probability_figure(cell.candidate.probability, terms)})"
            for cell in row.cells
        )
        texts = (row.line.id, "", status_text(row, terms), "\n".join(measures))
        cells = add_grid_row(grid, texts, _OVERVIEW_WIDTHS)
        add_run(cells[1].paragraphs[0], recommendation_text(row), language=row.language)
        set_cell_size(cells[1].paragraphs[0])


def _recommendation(word: WordDocument, row: Row, table: TraceTable) -> None:
    terms = table.terms
    add_heading(word, f"{row.line.id}: {status_text(row, terms)}", 2)
    paragraph = add_text(word)
    add_run(paragraph, f"{issuer_text(row)}, {strength_text(row, terms)}: ", bold=True)
    add_run(paragraph, lead_text(row, terms), language=row.language)
    if quote := lead_quote(row):
        add_quotation(add_text(word), quote, row.language, table)
    add_small(word, f"{terms['col.source']}: {source_text(row, terms)}")
    if row.cells:
        _measure_table(word, row, table)
    if gap := gap_text(row, terms):
        add_run(add_text(word), gap, bold=True)
    if row.rejected:
        add_list_head(word, terms["gap.rejected_intro"])
        for item in row.rejected:
            add_text(word, rejected_text(item, terms), style="ListBullet")
    if row.is_open and row.line.gap:
        add_small(word, f"{misses_text(row, terms)}.")
    _context(word, row, table)


def _context(word: WordDocument, row: Row, table: TraceTable) -> None:
    terms = table.terms
    languages = {d.id: d.language for d in table.documents}
    if row.line.context:
        add_list_head(word, f"{terms['context.title']}:")
    for passage in row.line.context:
        paragraph = add_text(word, style="ListBullet")
        add_quotation(paragraph, passage.evidence, languages.get(passage.evidence.document), table)


def _measure_table(word: WordDocument, row: Row, table: TraceTable) -> None:
    terms = table.terms
    add_caption(word, terms.say("word.caption", id=row.line.id))
    heads = ("col.measure", "col.responsible", "col.deadline", "col.dnr", "state.column",
             "col.assessment")  # fmt: skip
    grid = add_grid(word, [terms[head] for head in heads], _MEASURE_WIDTHS)
    for cell in row.cells:
        texts = (
            measure_label(cell),
            responsible_text(cell, terms),
            "; ".join(due_texts(cell, terms)),
            dnr_text(cell, terms),
            state_text(cell, terms),
            assessment_text(cell.candidate, terms),
        )
        add_grid_row(grid, texts, _MEASURE_WIDTHS, keep=True)
        _told_rows(grid, cell, terms)
        _evidence_row(grid, cell, row, table)


def _told_rows(grid: Table, cell: MeasureCell, terms: Terms) -> None:
    """Who else is named, remarks, and why the link was proposed: rows that stay with the quotes."""
    for key, words in (
        ("col.others", others_text(cell, terms)),
        ("col.flags", remarks_text(cell)),
        ("col.signals", "; ".join(cell.candidate.signals)),
    ):
        if not words:
            continue
        (place,) = add_wide_row(grid, 1, _MEASURE_WIDTHS)
        paragraph = place.paragraphs[0]
        add_run(paragraph, f"{terms[key]}: ", bold=True)
        add_run(paragraph, words)
        paragraph.paragraph_format.keep_with_next = True
        set_cell_size(paragraph)


def _evidence_row(grid: Table, cell: MeasureCell, row: Row, table: TraceTable) -> None:
    """The quotes at both ends, in one row across the table."""
    terms, candidate = table.terms, cell.candidate
    ends = [
        ("quote.recommendation", candidate.evidence_from, row.language),
        ("quote.measure", candidate.evidence_to, cell.document.language),
    ]
    if same_words(candidate.evidence_from, row.evidence):
        del ends[0]
    cells = add_wide_row(grid, len(ends), _MEASURE_WIDTHS)
    for place, (label, evidence, language) in zip(cells, ends, strict=True):
        paragraph = place.paragraphs[0]
        add_run(paragraph, f"{terms[label]}: ", bold=True)
        add_quotation(paragraph, evidence, language, table)
        set_cell_size(paragraph)


def _gaps(word: WordDocument, table: TraceTable) -> None:
    terms = table.terms
    add_heading(word, terms["gaps.title"], 1)
    add_text(word, terms["gaps.intro"])
    if not table.gaps:
        add_text(word, terms["gaps.none"])
        return
    add_caption(word, terms["gaps.caption"])
    widths = (30, 84, 65, 90)
    heads = ("col.id", "col.recommendation", "status.column", "gap.rejected")
    grid = add_grid(word, [terms[head] for head in heads], widths)
    for _, row in table.gaps:
        found = "\n".join(filter(None, (gap_text(row, terms), misses_text(row, terms))))
        nearest = "\n".join(rejected_text(item, terms) for item in row.rejected)
        cells = add_grid_row(grid, (row.line.id, "", found, nearest), widths)
        add_run(cells[1].paragraphs[0], recommendation_text(row), language=row.language)
        set_cell_size(cells[1].paragraphs[0])


def _deadlines(word: WordDocument, table: TraceTable) -> None:
    terms = table.terms
    add_heading(word, terms["deadlines.title"], 1)
    dates = table.due_dates()
    if not dates:
        add_text(word, terms["deadlines.none"])
        return
    add_caption(word, terms["deadlines.caption"])
    heads = ("col.date", "col.kind", "col.responsible", "col.measure", "col.dnr", "col.state")
    grid = add_grid(word, [terms[head] for head in heads], _DEADLINE_WIDTHS)
    for measure, due in dates:
        texts = (
            date_text(due.deadline.date, terms),
            upper_first(terms.value("kind", due.deadline.kind)),
            ", ".join(due.deadline.responsible),
            measure_name(measure.id, measure.title),
            ", ".join(measure.dnr),
            upper_first("; ".join((terms[due.state], *due.deadline.flags))),
        )
        add_grid_row(grid, texts, _DEADLINE_WIDTHS)


def _about(word: WordDocument, table: TraceTable) -> None:
    terms = table.terms
    add_heading(word, terms["about.title"], 1)
    for title, texts in (
        (terms["about.notes"], table.notes),
        (terms["about.limits"], limits(table)),
        (terms["about.documents"], [version_text(d, terms) for d in table.documents]),
        (terms["about.method"], [f"{name}: {value}" for name, value in facts(table)]),
    ):
        if texts:
            add_heading(word, title, 2)
        for text in texts:
            add_text(word, text, style="ListBullet")
