"""Names of persons are masked, names of bodies, places and laws are not, and the table says so."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Decision
from rodtrad.entities.agencies_gazetteer import gazetteer
from rodtrad.entities.datafiles import read_rows
from rodtrad.tables.masking import masked_records, masked_table
from rodtrad.tables.personnames import find_persons, mask_text, surnames
from rodtrad.tables.terms import load_terms
from rodtrad.tables.textformats import table_records
from rodtrad.tables.traceview import TraceTable
from rodtrad.tables.writers import write_table
from tables import sample

CASES = Path(__file__).parents[1] / "cases"


def persons(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_persons(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("statsrådet Busch svarar.", ["Busch"]),
        ("Svantesson svarade.", ["Svantesson"]),
        ("enligt K. Lundberg", ["K. Lundberg"]),
        ("enligt Xerxa Bergström i Umeå", ["Xerxa Bergström"]),
        ("Xi Ekman, lagman vid rätten", ["Xi Ekman"]),
        ("Xi Ekman (S) frågade", ["Xi Ekman"]),
        ("Xi Ekman förordnas som ledamot", ["Xi Ekman"]),
        ("Laboratorn Xi Ekman", ["Xi Ekman"]),
        ("Carl Hård af Segerstad deltog", ["Carl Hård af Segerstad"]),
        ("Eva Ek beslutar. Eks förslag, som Ekman", ["Eva Ek"]),
        ("Eva Roth beslutar. Roths förslag", ["Eva Roth", "Roths"]),
        ("På regeringens vägnar\n\nXi Ekman\n\nYa Obo\n(Näringsdepartementet)",
         ["Xi Ekman", "Ya Obo"]),
        ("skriv till asa.ek@myndigheten.se", ["asa.ek"]),
        ("Anna Ek Boverket", ["Anna Ek"]),
    ],
)  # fmt: skip
def test_a_person_is_found(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Folke Bernadotteakademin och Prins Eugens Waldemarsudde",
        "vid Gustav Adolfs torg",
        "enligt lex Maria",
        "stormen Gudrun",
        "Region Jämtland Härjedalen",
        "Lindesbergs kommun och Lindesberg",
        "Astrid Fagraeuslaboratoriet",
        "Marie Cederschiöld högskola",
        "Stiftelsen Allmänna Barnhuset",
        "tillverkaren Bavarian Nordic A/S",
        "utredaren. Med stöd av lagen",
        "ordföranden Svenska Röda Korset",
        "registrator@regeringskansliet.se och s.remissvar@regeringskansliet.se",
        "Max IV och Rakel Generation 2",
        "Volvo Personvagnar AB",
    ],
)
def test_what_is_no_person_stays(text: str) -> None:
    assert persons(text) == []


def test_no_body_court_place_or_law_of_the_vocabularies_is_masked() -> None:
    names = {surface for entry in gazetteer().entries.values() for surface in (entry.name,)}
    names |= {row["name"] for row in read_rows("municipalities.tsv")}
    names |= {row["name"] for row in read_rows("courts.tsv")}
    assert len(names) > 300
    assert [name for name in sorted(names) if persons(f"Regeringen uppdrar åt {name} att")] == []


@pytest.mark.parametrize(
    ("part", "recall", "precision"),
    [("development", 1, 1), ("held-out", 12 / 13, 1), ("pages", 0.93, 1)],
)
def test_recall_and_precision_on_labelled_sentences(
    part: str, recall: float, precision: float
) -> None:
    lines = (CASES / f"names-{part}.tsv").read_text("utf-8").splitlines()[2:]
    right = wanted = given_out = 0
    for line in lines:
        sentence, _, names = line.partition("\t")
        labels, found = Counter(names.split("|") if names else ()), Counter(persons(sentence))
        right += (labels & found).total()
        wanted += labels.total()
        given_out += found.total()
    assert right / wanted >= recall
    assert right / given_out >= precision


@given(
    st.text() | st.lists(st.sampled_from(["Eva", "Ek", "von", "A.", "AB", ",", "\n"])).map(" ".join)
)
def test_spans_are_in_order_and_inside(text: str) -> None:
    spans = find_persons(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    if not spans:
        assert mask_text(text, mark="[namn]") == text


def test_a_surname_is_known_from_another_text() -> None:
    known = surnames(["Eva Roth beslutar.", "I Lund."])
    assert known == {"Roth"}
    assert mask_text("Roth anser", mark="[namn]", known=known) == "[namn] anser"


def named_table(language: str = "sv") -> TraceTable:
    table = sample.table(language="en" if language == "en" else "sv")
    first = table.rows[0]
    decision = Decision("justify-gap", "Cia", "2026-11-01", "e1", comment="Eva Roth vill så")
    line = replace(first.line, text="Eva Roth ska utreda", decision=decision)
    assert first.recommendation
    demand = replace(first.recommendation, text="Eva Roth ska utreda", quote="Eva Roth ska utreda")
    row = replace(first, line=line, recommendation=demand)
    return replace(table, rows=(row, *table.rows[1:]))


@pytest.mark.parametrize("ending", ["html", "csv", "md", "json", "docx", "xlsx"])
def test_every_format_says_that_quotes_are_masked(tmp_path: Path, ending: str) -> None:
    path = write_table(masked_table(named_table()), tmp_path / f"t.{ending}")
    text = read_file(path)
    assert "Eva Roth" not in text
    assert "Roth" not in text
    assert "[namn] ska utreda" in text.replace("\\", "")
    assert "namn maskerade, citat ej ordagranna" in text or '"masked": true' in text
    assert "återges ordagrant" not in text


def read_file(path: Path) -> str:
    if path.suffix == ".docx":
        from docx import Document

        document = Document(str(path))
        cells = (c.text for t in document.tables for r in t.rows for c in r.cells)
        heads = (p.text for s in document.sections for p in s.header.paragraphs)
        return "\n".join([*(p.text for p in document.paragraphs), *cells, *heads])
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        book = load_workbook(path)
        return "\n".join(str(c) for s in book for r in s.iter_rows(values_only=True) for c in r)
    return path.read_text("utf-8-sig")


def test_who_decided_is_masked_whole_and_ids_stay() -> None:
    table = named_table("en")
    masked = masked_table(table)
    record = table_records(masked)[0]
    assert record["masked"] is True
    assert record["decision"]["who"] == "[name]"  # type: ignore[index]
    assert record["decision"]["comment"] == "[name] vill så"  # type: ignore[index]
    assert [row.line.id for row in masked.rows] == [row.line.id for row in table.rows]
    assert masked.measures == table.measures
    assert "masked" not in table_records(table)[0]


def test_a_table_without_names_changes_only_in_what_it_says_of_itself() -> None:
    table = sample.table()
    masked = masked_table(table)
    assert masked.rows == table.rows
    assert masked.notes[1:] == table.notes


def test_records_are_masked_and_say_so() -> None:
    records = [
        {"id": "a#1", "document": "a", "quote": "Eva Roth", "marking": None,
         "evidence": {"from": {"document": "a", "quote": "Roth anser"}}},
    ]  # fmt: skip
    (found,) = masked_records(records, load_terms("sv"))
    assert json.dumps(found, ensure_ascii=False).count("[namn]") == 2
    assert found["id"] == "a#1"
    assert found["masked"] is True
    assert "maskerade" in found["marking"]
