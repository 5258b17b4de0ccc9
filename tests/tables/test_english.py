from dataclasses import replace

import pytest

from rodtrad.statements.state import PASSED_FLAG
from rodtrad.tables.english import english_remark, with_english_remarks
from tables import sample


@pytest.mark.parametrize(
    ("swedish", "english"),
    [
        ("del 1", "part 1"),
        ("efter planens period", "after the period of the plan"),
        ("SBU nämns bland de ansvariga men i ingen del och utan datum",
         "SBU is named among those responsible, but in no part and without a date"),
        ("läge: dagen för ikraftträdande har passerat, beslut ej funnet",
         "state: the day of entry into force has passed, no decision found"),
        ("något som listan inte har", "något som listan inte har"),
    ],
)  # fmt: skip
def test_remarks(swedish: str, english: str) -> None:
    assert english_remark(swedish) == english


def test_the_remark_about_a_passed_report_is_known_as_the_rules_word_it() -> None:
    remark = english_remark(f"läge: slutredovisning 2026-10-01 {PASSED_FLAG}")
    assert remark.startswith("state: final report 2026-10-01 ")
    assert "found" in remark


def test_signals_and_parts_are_english_and_quotes_are_not_touched() -> None:
    table = sample.table(language="en")
    cell = table.rows[0].cells[0]
    cell = replace(cell, candidate=replace(cell.candidate, signals=("liknande innebörd",)))
    line = replace(table.rows[0].line, candidates=(cell.candidate,))
    table = replace(table, rows=(replace(table.rows[0], cells=(cell,), line=line),))
    (row,) = with_english_remarks(table).rows
    assert row.cells[0].candidate.signals != ("liknande innebörd",)
    assert [due.deadline.part for due in row.cells[0].due] == ["part 1", "part 2"]
    assert row.cells[0].candidate.evidence_to == cell.candidate.evidence_to
    (listed,) = row.line.candidates
    assert listed.signals == row.cells[0].candidate.signals
    assert replace(row.line, candidates=line.candidates) == line
