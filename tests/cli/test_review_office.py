"""The workbook for decisions after a real spreadsheet program has saved it."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from rodtrad.review.exchange import RowKey
from rodtrad.review.items import measure_end, recommendation_end
from rodtrad.review.sheetfile import read_sheet_rows
from rodtrad.tables.reviewsheet import sheet_words
from rodtrad.tables.traceview import ReviewSetup, TraceTable
from rodtrad.tables.writers import write_table
from tables import sample

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# The checks of the project must not pass because a program is missing: there the test fails.
MUST_RUN = os.environ.get("CI") == "true"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None and not MUST_RUN, reason="LibreOffice is not installed"),
]


def table() -> TraceTable:
    starts = [recommendation_end(r) for r in sample.recommendations()]
    ends = [measure_end(m) for m in sample.measures()]
    keys = {(s.id, e.id): RowKey(s, e).text() for s in starts for e in ends}
    keys |= {(s.id, ""): RowKey(s, None).text() for s in starts}
    return replace(sample.table(), review=ReviewSetup(keys, ("Ju",)))


def test_keys_choices_and_texts_survive_libreoffice(tmp_path: Path) -> None:
    assert OFFICE, "install LibreOffice: apt-get install libreoffice-calc"
    path = write_table(table(), tmp_path / "granskning.xlsx")
    saved = tmp_path / "saved"
    subprocess.run(
        [OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", str(saved), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    heads, _ = sheet_words()
    keys = [head for head, name in heads.items() if name == "key"]
    before = read_sheet_rows(path, key_heads=keys)
    after = read_sheet_rows(saved / path.name, key_heads=keys)
    assert [row.cells for row in after] == [row.cells for row in before]
    assert len(before) == 5
    rules = openpyxl.load_workbook(saved / path.name)["Granskning"].data_validations
    assert {rule.formula1 for rule in rules.dataValidation} == {
        '"godtas,avslås"', '"luckan är motiverad"', '"2 svarar mot,1 bidrar till"',
    }  # fmt: skip
