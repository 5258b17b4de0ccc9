"""Differences between plans and sources are told in words, with titles, in either language."""

from __future__ import annotations

from typing import Any

import pytest

from rodtrad.tables.changes import change_lines, conflict_lines, count_line, hop_lines
from rodtrad.tables.terms import Language, load_terms

CHANGE: dict[str, Any] = {
    "old": "skydd-och-stöd", "old_title": "Skydd och stöd", "new": "4.3.8",
    "new_title": "Uppdrag om skyddat boende", "change": "changed", "relation": "forerunner",
    "alternatives": [], "alternative_titles": [], "status": "resolved", "certainty": "certain",
    "probability": None, "gap": None,
    "evidence": [
        {"document": "plan", "quote": "Boverket ska\nge stöd.", "summary": None,
         "section": ["4 Stöd", "4.3 Skydd"]},
    ],
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
                "    ”Boverket ska ge stöd.” (plan, 4.3 Skydd)",
            ],
        ),
        (
            "en",
            [
                "changed (forerunner): Skydd och stöd → 4.3.8 Uppdrag om skyddat boende",
                "    Dates: nothing → report 8 February 2027",
                "    Others named: Boverket → nothing",
                "    Money: nothing → 2,000,000 kronor",
                "    ”Boverket ska ge stöd.” (plan, 4.3 Skydd)",
            ],
        ),
    ],
)
def test_a_change_names_both_measures_and_its_fields(
    language: Language, expected: list[str]
) -> None:
    lines = [line.replace("\u00a0", " ") for line in change_lines(CHANGE, load_terms(language))]
    assert lines == expected


GAP = {
    "measures": 40, "sentences": 600, "words": "Skydd och stöd", "abbreviations": ["KAST"],
    "best_rejected": [{"measure": "4.1", "probability": 0.31}],
    "best_sentence": {"quote": "Skyddet är gott."},
}  # fmt: skip
SILENT = CHANGE | {
    "new": None, "new_title": None, "change": "not mentioned", "relation": None,
    "differences": [], "gap": GAP,
}  # fmt: skip
OPEN = SILENT | {
    "status": "unresolved", "certainty": "doubtful", "alternatives": ["4.1"],
    "alternative_titles": ["Medel till jourer"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            SILENT,
            [
                "nämns inte: Skydd och stöd",
                "    ”Boverket ska ge stöd.” (plan, 4.3 Skydd)",
                "    Sökt i 40 åtgärder och 600 meningar efter: Skydd och stöd; KAST.",
                "    Närmaste åtgärd, förkastad: 4.1 (sannolikhet 0,31).",
                "    Närmaste mening, förkastad: ”Skyddet är gott.”",
            ],
        ),
        (
            OPEN,
            [
                "oklart om den nämns: Skydd och stöd",
                "    Oklart: den senare texten kan tala om det. Närmast: 4.1 Medel till jourer.",
                "    ”Boverket ska ge stöd.” (plan, 4.3 Skydd)",
            ],
        ),
        (
            OPEN
            | {"alternatives": [], "alternative_titles": [], "evidence": CHANGE["evidence"] * 2},
            [
                "oklart om den nämns: Skydd och stöd",
                "    Oklart: den senare texten kan tala om det. Närmast: 4.3 Skydd.",
                "    ”Boverket ska ge stöd.” (plan, 4.3 Skydd)",
                "    ”Boverket ska ge stöd.” (plan, 4.3 Skydd)",
            ],
        ),
        (
            CHANGE | {"differences": [], "certainty": "doubtful", "probability": 0.76},
            [
                "ändrad (föregångare): Skydd och stöd → 4.3.8 Uppdrag om skyddat boende",
                "    Osäkert: likheten ligger strax över gränsen (sannolikhet 0,76).",
                "    ”Boverket ska ge stöd.” (plan, 4.3 Skydd)",
            ],
        ),
    ],
)
def test_silence_is_told_with_its_proof_and_doubt_with_the_nearest(
    record: dict[str, Any], expected: list[str]
) -> None:
    lines = change_lines(record, load_terms("sv"))
    assert [line.replace("\u00a0", " ") for line in lines] == expected


def test_outcomes_are_counted_by_kind_doubtful_ones_apart() -> None:
    told = count_line([CHANGE, SILENT, SILENT, OPEN], load_terms("sv"))
    assert told == "Antal: ändrad 1; nämns inte 2; oklart om den nämns 1; därav osäkra: 1."


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
