"""Differences between plans and sources are told in words, with titles, in either language."""

from __future__ import annotations

from typing import Any

import pytest

from rodtrad.tables.changes import change_lines, conflict_lines, hop_lines
from rodtrad.tables.terms import Language, load_terms

CHANGE: dict[str, Any] = {
    "old": "skydd-och-stöd", "old_title": "Skydd och stöd", "new": "4.3.8",
    "new_title": "Uppdrag om skyddat boende", "change": "changed", "relation": "forerunner",
    "alternatives": [], "evidence": [],
    "differences": [
        {"field": "deadlines", "old": [], "new": ["redovisning 2027-02-08"]},
        {"field": "other_agencies", "old": ["Boverket"], "new": []},
        {"field": "amounts", "old": [], "new": ["2000000 SEK"]},
    ],
}  # fmt: skip
CONFLICT: dict[str, Any] = {
    "field": "recipient", "leading": "beslut#1", "leading_says": ["Regeringskansliet"],
    "other": "plan#1", "other_says": [], "missing": [], "evidence": [{"quote": None}] * 2,
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "sv",
            [
                "ändrad (föregångare): Skydd och stöd → 4.3.8 Uppdrag om skyddat boende",
                "    Datum: inget → redovisning 8 februari 2027",
                "    Övriga berörda: Boverket → inget",
                "    Belopp: inget → 2 000 000 kronor",
            ],
        ),
        (
            "en",
            [
                "changed (forerunner): Skydd och stöd → 4.3.8 Uppdrag om skyddat boende",
                "    Dates: nothing → report 8 February 2027",
                "    Others named: Boverket → nothing",
                "    Money: nothing → 2,000,000 kronor",
            ],
        ),
    ],
)
def test_a_change_names_both_measures_and_its_fields(
    language: Language, expected: list[str]
) -> None:
    lines = [line.replace("\u00a0", " ") for line in change_lines(CHANGE, load_terms(language))]
    assert lines == expected


def test_a_conflict_names_its_field_and_who_is_silent() -> None:
    assert list(conflict_lines(CONFLICT, load_terms("sv"))) == [
        "Källorna skiljer sig: Redovisas till",
        "    beslut#1: Regeringskansliet",
        "    plan#1: inget",
    ]


def test_a_step_tells_what_it_leads_to_and_is_never_certain() -> None:
    hop = {"from": "krav#1", "to": "plan#2", "kind": "measure", "explicit": False,
           "probability": 0.999, "in_order": False}  # fmt: skip
    assert list(hop_lines(hop, {"plan#2": "Stöd till offer"}, load_terms("sv"))) == [
        "krav#1 → plan#2 (åtgärd, sannolikhet över 0,99)",
        "    Stöd till offer",
        "    Det dokumentet är äldre än det i steget före.",
    ]
