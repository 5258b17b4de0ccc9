"""Every line of the vocabularies carries an example, and the rules find it."""

from __future__ import annotations

import re

import pytest

from rodtrad.entities import find_amounts, find_dates, find_diarienummer, find_references
from rodtrad.entities.amountroles import amount_role
from rodtrad.entities.datafiles import read_rows
from rodtrad.entities.formlabels import due_labels, label_pattern
from rodtrad.entities.obligations import find_cues
from rodtrad.entities.sentences import sentence_around


def each(name: str) -> pytest.MarkDecorator:
    rows = read_rows(name)
    return pytest.mark.parametrize("row", rows, ids=[next(iter(row.values())) for row in rows])


@each("ministry_series.tsv")
def test_ministry_series(row: dict[str, str]) -> None:
    (found,) = find_diarienummer(f"Uppdraget ({row['example']}) gäller.")
    assert found.value == row["example"]


@each("money_units.tsv")
def test_money_units(row: dict[str, str]) -> None:
    (found,) = find_amounts(f"Bidraget är {row['example']} per år.")
    assert isinstance(found.value, dict)
    assert row["currency"] in ("", found.value["currency"])
    assert found.value["value"] >= float(row["factor"])


@each("number_words.tsv")
def test_number_words(row: dict[str, str]) -> None:
    (found,) = find_amounts(f"Bidraget är {row['example']}.")
    assert found.value["value"] % int(row["value"]) == 0


@each("amount_roles.tsv")
def test_amount_roles(row: dict[str, str]) -> None:
    text = row["example"]
    assert amount_role(text, (0, 1), (0, len(text))) == row["role"]


@each("print_series.tsv")
def test_print_series(row: dict[str, str]) -> None:
    (found,) = find_references(f"Det framgår av {row['example']} i denna del.")
    assert str(found.value).startswith(f"{row['series']} ")


@each("laws.tsv")
def test_laws(row: dict[str, str]) -> None:
    year = int(row["sfs"][:4]) + 2
    (found,) = find_references(f"Det framgår av {row['example']} att vård ska ges.", year=year)
    assert str(found.value).startswith(f"SFS {row['sfs']} ")


@each("months.tsv")
def test_months(row: dict[str, str]) -> None:
    (found,) = find_dates(f"Det ska ske {row['example']}.")
    assert f"-{int(row['month']):02d}-" in str(found.value)


@each("deadline_cues.tsv")
def test_deadline_cues(row: dict[str, str]) -> None:
    found = [(cue.kind, cue.sort) for cue in find_cues(row["example"])]
    assert (row["kind"], row["class"]) in found


@each("form_labels.tsv")
def test_form_labels(row: dict[str, str]) -> None:
    label = row["example"].partition(":")[0]
    assert re.fullmatch(label_pattern(row["field"]), label, re.IGNORECASE)
    due = {(kind, alone) for pattern, kind, alone in due_labels() if pattern.fullmatch(label)}
    limit = row["field"] == "when" and row["kind"] != "-"
    assert due == ({(row["kind"], row["alone"] == "yes")} if limit else set())


@each("abbreviations.tsv")
def test_abbreviations(row: dict[str, str]) -> None:
    text = f"Se {row['abbreviation']} Exempel på det."
    assert sentence_around(text, 0) == (0, len(text))
    assert re.search(re.escape(row["abbreviation"]), row["example"], re.IGNORECASE)
