import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.errors import UsageError
from rodtrad.tables.records import trace_record
from rodtrad.tables.textformats import csv_text, markdown_text
from rodtrad.tables.traceview import TraceTable
from rodtrad.tables.writers import ENDINGS, check_ending, write_table
from tables import sample


def with_text(text: str) -> TraceTable:
    table = sample.table()
    line = replace(table.rows[1].line, text=text)
    return replace(table, rows=(replace(table.rows[1], line=line),))


def test_csv_is_read_by_excel_as_utf8_with_semicolons(tmp_path: Path) -> None:
    content = write_table(sample.table(), tmp_path / "x.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["Nr"] for row in rows] == ["5.7", "5.4", "SE-R3-01"]
    assert rows[0]["Sannolikhet"] == "0,923"
    assert rows[0]["Diarienummer"] == "A2025/00637"


def test_a_marking_is_a_column_of_the_list() -> None:
    plan = replace(sample.DOCUMENTS[sample.PLAN], marking="sekretess")
    content = csv_text(sample.table(documents={**sample.DOCUMENTS, sample.PLAN: plan}))
    rows = list(csv.DictReader(content.splitlines(), delimiter=";"))
    assert [row["Märkning"] for row in rows] == ["sekretess"] * 3


@given(st.text(max_size=60))
def test_no_csv_cell_starts_a_formula_and_no_text_makes_a_column(text: str) -> None:
    content = csv_text(with_text("=" + text))
    rows = list(csv.reader(content.splitlines(keepends=True), delimiter=";"))
    assert {len(row) for row in rows} == {26}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_json_holds_the_records_of_the_command(tmp_path: Path) -> None:
    content = write_table(sample.table(), tmp_path / "x.json").read_text("utf-8")
    records = [{**trace_record(line), "marking": None} for line in sample.lines()]
    assert json.loads(content) == records
    assert "å" in content


def test_markdown_shows_quotes_and_the_gap() -> None:
    text = markdown_text(sample.table())
    assert text.count("\n### ") == 3
    assert "- **4.3.1 Uppdrag till flera myndigheter" in text
    assert "**Ingen motsvarighet hittad i Handlingsplan" in text
    assert "sammanfattning, ej citat" in text


@given(st.text(alphabet="*_`[]<>#|~\\ab\n&!()", max_size=40))
def test_no_text_becomes_markdown(text: str) -> None:
    lines = markdown_text(with_text(f"x {text}")).splitlines()
    plain = markdown_text(with_text("x")).splitlines()
    assert len(lines) == len(plain)
    assert sum(line.startswith("#") for line in lines) == sum(
        line.startswith("#") for line in plain
    )


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.HTMLX"])
def test_an_unknown_ending_is_refused_with_the_known_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.html, \.xlsx"):
        check_ending(tmp_path / name)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        write_table(sample.table(), tmp_path / "nej" / "x.html")


@pytest.mark.parametrize("ending", [*ENDINGS, ".HTML"])
def test_every_format_is_written(ending: str, tmp_path: Path) -> None:
    path = write_table(sample.table(), tmp_path / f"tabell{ending}")
    assert path.stat().st_size > 1000
