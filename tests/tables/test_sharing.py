from dataclasses import replace
from html import unescape
from pathlib import Path

import docx
import openpyxl
import pytest

from rodtrad.datamodel import Decision, FollowUp
from rodtrad.tables.filters import TableFilter, filter_table, for_sharing
from rodtrad.tables.textformats import table_records
from rodtrad.tables.traceview import RejectedMeasure, ReviewSetup, TraceTable
from rodtrad.tables.writers import table_text, write_table
from tables import sample


def test_an_unresolved_row_does_not_name_what_came_close_in_a_marked_document() -> None:
    infos = {**sample.DOCUMENTS, sample.PLAN: replace(sample.DOCUMENTS[sample.PLAN],
                                                      marking="sekretess")}  # fmt: skip
    table = sample.table(documents=infos)
    row = table.rows[1]
    rejected = (RejectedMeasure("4.3.9", sample.TITLE_439, 0.4),)
    line = replace(row.line, status="unresolved", gap=None)
    table = replace(table, rows=(replace(row, line=line, rejected=rejected),))
    (shared,) = for_sharing(table).rows
    assert shared.rejected == ()


DECISION = Decision(
    "accept", "Anna Ek", "2026-11-20T10:00:00+01:00", "0123456789abcdef", 2, "kollat med Bo",
    dissenters=("Bo Alm",),
)  # fmt: skip


def decided(decision: Decision = DECISION) -> TraceTable:
    """The sample with a decision on its first link, a justified gap, and a follow-up."""
    table = sample.table()
    first, gap, last = table.rows
    candidate = replace(first.cells[0].candidate, decision=decision)
    follow_up = FollowUp("Anna Ek", "2026-11-21T09:00:00+01:00", "delredovisad", "2026-12-01",
                         "möte", "Enheten", "Eva Berg", "ring")  # fmt: skip
    first = replace(
        first,
        line=replace(first.line, candidates=(candidate, *first.line.candidates[1:])),
        cells=(replace(first.cells[0], candidate=candidate, follow_up=follow_up),),
    )
    why = replace(decision, action="justify-gap", comment="täcks av EU-rätten", dissenters=())
    gap = replace(gap, line=replace(gap.line, decision=why))
    return replace(table, rows=(first, gap, last))


def every_text(table: TraceTable, folder: Path) -> dict[str, str]:
    """What a reader of each format sees."""
    word = docx.Document(str(write_table(table, folder / "t.docx")))
    cells = [c.text for grid in word.tables for row in grid.rows for c in row.cells]
    texts = {ending: table_text(table, ending) for ending in (".html", ".csv", ".md")}
    texts[".docx"] = "\n".join([*(p.text for p in word.paragraphs), *cells])
    book = openpyxl.load_workbook(write_table(table, folder / "t.xlsx"))
    texts[".xlsx"] = "\n".join(
        str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row
    )
    return {k: " ".join(unescape(v).replace("\\", "").split()) for k, v in texts.items()}


def test_every_format_says_who_decided_what_and_when(tmp_path: Path) -> None:
    for ending, text in every_text(decided(), tmp_path).items():
        assert "godtaget av Anna Ek 20 november 2026 (annan mening: Bo Alm)" in text, ending
        assert "uckan bedömd som motiverad av Anna Ek 20 november 2026: täcks av" in text, ending
        assert "delredovisad 1 december 2026, Enheten, Eva Berg, nästa steg: ring" in text, ending


def test_a_suspect_decision_says_that_it_does_not_count(tmp_path: Path) -> None:
    for ending, text in every_text(decided(replace(DECISION, suspect=True)), tmp_path).items():
        assert "gällde en annan lydelse och räknas inte" in text, ending


def test_what_is_shared_names_no_reviewer_and_no_internal_note(tmp_path: Path) -> None:
    setup = ReviewSetup({("a#1", "b#2"): "nyckel"}, ("Ju",), {("a#1", "b#2", "Ju"): "hemligt"})
    table = for_sharing(replace(decided(), review=setup))
    texts = every_text(table, tmp_path) | {".json": table_text(table, ".json")}
    for ending, text in texts.items():
        for word in ("Anna Ek", "Bo Alm", "Eva Berg", "kollat", "täcks av", "hemligt", "nyckel"):
            assert word not in text, (ending, word)
        assert "n handläggare" in text, ending


def test_a_filter_narrows_the_records_too() -> None:
    table = filter_table(sample.table(), TableFilter(agency="Polismyndigheten"))
    (record,) = table_records(table)
    assert [link["measure"] for link in record["links"]] == ["4.4.1"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("ending", [".html", ".md", ".json", ".svg", ".csv"])
def test_the_marking_stands_in_every_text_format(ending: str) -> None:
    infos = {**sample.DOCUMENTS, sample.PLAN: replace(sample.DOCUMENTS[sample.PLAN],
                                                      marking="arbetsmaterial")}  # fmt: skip
    assert "arbetsmaterial" in table_text(sample.table(documents=infos), ending)
