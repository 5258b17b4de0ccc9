"""The cross-reference table as CSV, Markdown and JSON."""

from __future__ import annotations

import csv
import io
import json
import re

from rodtrad.tables.listing import Value, list_header, list_rows
from rodtrad.tables.phrases import (
    assessment_text,
    context_text,
    evidence_text,
    fact_texts,
    facts,
    gap_text,
    issuer_text,
    lead_quote,
    lead_text,
    limits,
    measure_label,
    measure_name,
    misses_text,
    rejected_text,
    same_words,
    source_text,
    status_text,
    strength_text,
    version_text,
)
from rodtrad.tables.records import trace_record
from rodtrad.tables.safety import safe_cell
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import date_text, day_text, number_text, place_text

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def csv_text(table: TraceTable) -> str:
    """One line per recommendation and measure, semicolons between, safe to open in Excel."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(list_header(table))
    for row in list_rows(table):
        writer.writerow([_csv_value(value, table.terms) for value in row])
    return buffer.getvalue()


def _csv_value(value: Value, terms: Terms) -> str:
    """A number with the decimal sign the reader's spreadsheet expects; texts made safe."""
    return safe_cell(value) if isinstance(value, str) else number_text(value, terms, decimals=3)


def json_text(table: TraceTable) -> str:
    """The trace records of the contract, as one JSON array."""
    records = table_records(table)
    return json.dumps(records, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def table_records(table: TraceTable) -> list[dict[str, object]]:
    """The trace records of the table's rows, each with the marking of its documents.

    Where names are masked each says so (`masked`: true); its quotes are not verbatim then.
    """
    masked = {"masked": True} if table.masked else {}
    return [{**trace_record(row.line), "marking": row_marking(row), **masked} for row in table.rows]


def row_marking(row: Row) -> str | None:
    """The markings of the documents a row quotes; None where all are open."""
    infos = (row.document, *(cell.document for cell in row.cells))
    marks = {info.marking for info in infos if info.marking and info.marking != "öppen"}
    return ", ".join(sorted(marks)) or None


def markdown_text(table: TraceTable) -> str:
    """The table as Markdown: one heading a recommendation, one list item a measure."""
    terms = table.terms
    lines = [
        f"# {_md(table.title)}",
        "",
        terms.say("head.as_of", date=day_text(table.as_of, terms)),
    ]
    if table.marking:
        lines += ["", f"**{_md(terms.say('head.marking', marking=table.marking))}**"]
    lines += ["", f"## {terms['detail.title']}"]
    for row in table.rows:
        lines += _row_lines(row, table)
    lines += ["", f"## {terms['deadlines.title']}", "", *_deadline_lines(table)]
    lines += ["", f"## {terms['about.title']}", "", *_about_lines(table)]
    return "\n".join(lines) + "\n"


def _md(text: str) -> str:
    """Text in which no character means anything to Markdown."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _row_lines(row: Row, table: TraceTable) -> list[str]:
    terms = table.terms
    lines = [
        "",
        f"### {_md(row.line.id)}: {_md(status_text(row, terms))}",
        "",
        f"{_md(issuer_text(row))}: {_md(strength_text(row, terms))}. {_md(lead_text(row, terms))}",
        "",
        f"{terms['col.source']}: {_md(source_text(row, terms))}",
    ]
    if quote := lead_quote(row):
        lines += ["", _md(evidence_text(quote, terms))]
    for cell in row.cells:
        lines += ["", *_cell_lines(cell, row, terms)]
    if gap := gap_text(row, terms):
        lines += ["", f"**{_md(gap)}**"]
    if row.rejected:
        lines += ["", terms["gap.rejected_intro"], ""]
        lines += [f"- {_md(rejected_text(item, terms))}" for item in row.rejected]
    if row.is_open and row.line.gap:
        lines += ["", f"{_md(misses_text(row, terms))}."]
    if row.line.context:
        lines += ["", f"{terms['context.title']}:", ""]
        lines += [f"- {_md(context_text(passage, terms))}" for passage in row.line.context]
    return lines


def _cell_lines(cell: MeasureCell, row: Row, terms: Terms) -> list[str]:
    candidate = cell.candidate
    pairs = [
        *((name, "; ".join(values)) for name, values in fact_texts(cell, terms)),
        (terms["col.assessment"], assessment_text(candidate, terms)),
        (terms["col.signals"], "; ".join(candidate.signals)),
    ]
    lines = [f"- **{_md(measure_label(cell))}**"]
    lines += [f"  - {name}: {_md(value)}" for name, value in pairs if value]
    ends = (
        ("quote.recommendation", candidate.evidence_from),
        ("quote.measure", candidate.evidence_to),
    )
    for label, evidence in ends:
        if same_words(evidence, row.evidence):
            continue
        place = place_text(evidence, terms)
        quote = _md(evidence_text(evidence, terms))
        lines.append(f"  - {terms[label]}: {quote}" + (f" ({_md(place)})" if place else ""))
    return lines


def _deadline_lines(table: TraceTable) -> list[str]:
    terms = table.terms
    dates = table.due_dates()
    if not dates:
        return [terms["deadlines.none"]]
    heads = ("col.date", "col.kind", "col.responsible", "col.measure", "col.dnr", "col.state")
    lines = [f"| {' | '.join(terms[h] for h in heads)} |", "|" + " --- |" * len(heads)]
    for measure, due in dates:
        cells = (
            date_text(due.deadline.date, terms),
            terms.value("kind", due.deadline.kind),
            ", ".join(due.deadline.responsible),
            measure_name(measure.id, measure.title),
            ", ".join(measure.dnr),
            "; ".join((terms[due.state], *due.deadline.flags)),
        )
        lines.append(f"| {' | '.join(_md(cell) for cell in cells)} |")
    return lines


def _about_lines(table: TraceTable) -> list[str]:
    terms = table.terms
    lines = [f"- {_md(text)}" for text in (*table.notes, *limits(table))]
    lines += ["", f"{terms['about.documents']}:", ""]
    lines += [f"- {_md(version_text(document, terms))}" for document in table.documents]
    lines += ["", *(f"- {_md(name)}: {_md(value)}" for name, value in facts(table))]
    return lines
