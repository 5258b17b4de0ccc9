"""A gap shows what was searched, what came closest and why that was rejected, and the misses."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from rich.console import Console

from rodtrad.datamodel import Decision
from rodtrad.tables.english import with_english_remarks
from rodtrad.tables.phrases import rejected_text
from rodtrad.tables.terminaltrace import render_trace
from rodtrad.tables.terms import load_terms
from rodtrad.tables.traceview import RejectedMeasure, TraceTable, build_trace_table
from rodtrad.tables.writers import table_text, write_table
from tables import sample


def in_terminal(table: TraceTable, _: Path) -> str:
    console = Console(width=200, color_system=None, force_terminal=False, highlight=False)
    with console.capture() as capture:
        for renderable in render_trace(table):
            console.print(renderable)
    return capture.get()


def in_markdown(table: TraceTable, _: Path) -> str:
    return table_text(table, ".md")


def in_page(table: TraceTable, _: Path) -> str:
    return table_text(table, ".html").partition('id="gaps"')[2]


def in_word(table: TraceTable, folder: Path) -> str:
    word = docx.Document(str(write_table(table, folder / "t.docx")))
    (gaps,) = (grid for grid in word.tables if len(grid.rows) == 2 and len(grid.columns) == 4)
    return "\n".join(cell.text for cell in gaps.rows[1].cells)


def in_workbook(table: TraceTable, folder: Path) -> str:
    book = openpyxl.load_workbook(write_table(table, folder / "t.xlsx"))
    rows = book[table.terms["sheet.gaps"]].iter_rows(values_only=True)
    return "\n".join(str(value) for row in rows for value in row)


@pytest.mark.parametrize("told", [in_terminal, in_markdown, in_page, in_word, in_workbook])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("(3 åtgärder)", "(sannolikhet 0,17); saknas i åtgärden: barn",
                "Förväntat antal missade samband")),
        ("en", ("(3 measures)", "(probability 0.17); missing in the measure: children",
                "Expected number of missed links")),
    ],
)  # fmt: skip
def test_the_proof_of_a_gap_in_every_format(
    told: Callable[[TraceTable, Path], str], language: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    table = sample.table(language=language)
    text = told(with_english_remarks(table) if language == "en" else table, tmp_path)
    for proof in words:
        assert proof in " ".join(text.split())


@pytest.mark.parametrize(
    ("signals", "reasons"),
    [
        (("gemensamt: brott", "saknas i åtgärden: barn, skola", "liknande ord"),
         ("saknas i åtgärden: barn, skola",)),
        (("inget tydligt gemensamt",), ("inget tydligt gemensamt",)),
        (("skulle väga tyngre om åtgärden också gällde: barn",), ()),
        (("liknande ord",), ()),
    ],
)  # fmt: skip
def test_only_what_speaks_against_a_link_is_a_reason(
    signals: tuple[str, ...], reasons: tuple[str, ...]
) -> None:
    line = sample.lines()[1]
    line = replace(line, candidates=(replace(line.candidates[0], signals=signals),))
    table = build_trace_table(
        [line], sample.recommendations(), sample.measures(),
        documents=sample.DOCUMENTS, as_of=sample.AS_OF,
    )  # fmt: skip
    (rejected,) = table.rows[0].rejected
    assert rejected.reasons == reasons


REJECT = Decision("reject", "Anna Ek", "2026-11-20T10:00:00+01:00", "0123456789abcdef", None, "")


@pytest.mark.parametrize(
    ("rejected", "text"),
    [
        (RejectedMeasure("4.1", "Stöd", 0.2, None, ("saknas i åtgärden: barn",)),
         "4.1 Stöd (sannolikhet 0,20); saknas i åtgärden: barn"),
        (RejectedMeasure("4.1", "Stöd", 0.2),
         "4.1 Stöd (sannolikhet 0,20); för osannolikt för att godtas"),
        (RejectedMeasure("4.1", None, None), "4.1"),
        (RejectedMeasure("4.1", "Stöd", 0.8, REJECT),
         "4.1 Stöd (sannolikhet 0,80); avslaget av Anna Ek 20 november 2026"),
    ],
)  # fmt: skip
def test_why_a_measure_was_rejected(rejected: RejectedMeasure, text: str) -> None:
    assert rejected_text(rejected, load_terms("sv")).replace("\u00a0", " ") == text
