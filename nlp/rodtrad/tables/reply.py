"""A template for a reply in English to a monitoring body, recommendation by recommendation.

It holds what is known (the recommendation, the convention's articles, measures, deadlines) and an
empty paragraph for the reply itself: nothing in it is written on the Government's behalf.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.errors import UnreadableFileError
from rodtrad.tables.english import with_english_remarks
from rodtrad.tables.filters import without_internal
from rodtrad.tables.footnotes import finish_footnotes
from rodtrad.tables.officezip import save_reproducibly
from rodtrad.tables.phrases import (
    dnr_text,
    due_texts,
    gap_text,
    issuer_text,
    lead_text,
    measure_number,
    responsible_text,
    source_text,
    state_text,
    strength_text,
    upper_first,
)
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import day_text
from rodtrad.tables.wordparts import (
    add_heading,
    add_quotation,
    add_run,
    add_small,
    add_text,
    lay_out,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_MOST_BYTES = 5_000_000


def write_reply(
    table: TraceTable, path: Path, *, translations: Mapping[str, str] | None = None
) -> Path:
    """Write the template as .docx, in English whatever the language of the table.

    Args:
        table: the trace to reply from.
        path: the .docx file.
        translations: English titles of measures by measure id, which the user supplies; each is
            marked as an unofficial translation. Without one the Swedish title stands alone.

    Returns:
        The path written.
    """
    import docx

    # The reply leaves the house: what colleagues noted among themselves does not go into it.
    english = without_internal(with_english_remarks(replace(table, language="en")))
    word = docx.Document()
    lay_out(word, english)
    add_heading(word, english.terms.say("reply.title"), 0)
    as_of = day_text(table.as_of, english.terms)
    add_small(word, english.terms.say("reply.intro", date=as_of))
    for row in english.rows:
        _reply_to(word, row, english, translations or {})
    finish_footnotes(word)
    save_reproducibly(word, path, day=table.provenance.generated or table.as_of)
    return path


def read_translations(path: Path) -> dict[str, str]:
    """English titles of measures, by measure id, from a CSV file with columns measure and title.

    Raises:
        UnreadableFileError: the file is missing, too large, not UTF-8, or lacks a column.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UnreadableFileError(f"{path}: is larger than 5 MB; it is no list of titles.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{path}: is not UTF-8 text; save it as 'CSV UTF-8'.") from error
    mark = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
    if not {"measure", "title"} <= set(reader.fieldnames or ()):
        raise UnreadableFileError(f"{path}: needs the columns measure and title.")
    return {str(r["measure"]).strip(): str(r["title"]).strip() for r in reader if r["title"]}


def _reply_to(
    word: WordDocument, row: Row, table: TraceTable, translations: Mapping[str, str]
) -> None:
    terms, demand = table.terms, row.recommendation
    heading = terms.say("reply.recommendation", id=row.line.id)
    if demand and demand.articles:
        number = "one" if len(demand.articles) == 1 else "many"
        heading += terms.say(f"reply.articles.{number}", articles=", ".join(demand.articles))
    add_heading(word, heading, 1)
    paragraph = add_text(word)
    add_run(paragraph, f"{issuer_text(row)} ({strength_text(row, terms)}): ", bold=True)
    add_run(paragraph, lead_text(row, terms), language=row.language)
    add_small(word, source_text(row, terms))
    add_heading(word, terms["reply.measures"], 2)
    for cell in row.cells:
        _measure(word, cell, table, translations.get(cell.candidate.measure))
    if not row.cells:
        add_text(word, gap_text(row, terms) or terms["reply.none"])
    add_heading(word, terms["reply.text"], 2)
    add_text(word, terms["reply.placeholder"])


def _measure(
    word: WordDocument, cell: MeasureCell, table: TraceTable, translation: str | None
) -> None:
    terms = table.terms
    paragraph = add_text(word, style="ListBullet")
    title = cell.title or terms["measure.unknown"]
    add_run(paragraph, f"{measure_number(cell.candidate.measure, title)} ".lstrip(), bold=True)
    add_run(paragraph, title, language=cell.document.language if cell.title else None)
    if translation:
        add_run(paragraph, terms.say("reply.translation", title=translation))
    facts = (
        (terms["col.responsible"], responsible_text(cell, terms)),
        (terms["col.deadline"], "; ".join(due_texts(cell, terms))),
        (terms["col.dnr"], dnr_text(cell, terms)),
        (terms["state.column"], state_text(cell, terms)),
    )
    lines = "; ".join(f"{upper_first(name)}: {value}" for name, value in facts)
    add_run(add_text(word, style="ListContinue"), f"{lines}.")
    quote = add_text(word, style="ListContinue")
    add_quotation(quote, cell.candidate.evidence_to, cell.document.language, table)
