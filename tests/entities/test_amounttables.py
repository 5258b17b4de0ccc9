"""Amounts in tables whose unit stands in the caption or the head."""

from __future__ import annotations

import pytest

from rodtrad.entities import Finding, find_amounts

CAPTION = """Tabell 1. Fördelning av medel 2024–2026 (mnkr)
Region\t2024\t2025
Stockholm\t120,5\t130
Skåne\t80\t85,5

I Skåne deltog 25 personer."""


def read(text: str) -> list[tuple[str, int]]:
    return [
        (f.at.of(text), f.value["value"]) for f in find_amounts(text) if f.certainty == "certain"
    ]


def test_the_caption_gives_the_unit_and_the_head_the_year() -> None:
    assert read(CAPTION) == [
        ("120,5", 120_500_000),
        ("130", 130_000_000),
        ("80", 80_000_000),
        ("85,5", 85_500_000),
    ]
    years = [(f.detail or {})["year"] for f in find_amounts(CAPTION)]
    assert years == [2024, 2025, 2024, 2025]


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("Anslag (tkr)", 4_500_000),
        ("Belopp angivna i tkr", 4_500_000),
        ("Belopp i tusental kronor", 4_500_000),
        ("Utgifter (i miljoner kronor)", 4_500_000_000),
        ("Utgifter (miljarder kronor, löpande priser)", 4_500_000_000_000),
        ("Utgifter (kr)", 4_500),
        ("Post\tTkr", 4_500_000),
    ],
)
def test_units_as_they_are_written(head: str, value: int) -> None:
    assert read(f"{head}\nLöner\t4 500\n") == [("4 500", value)]


@pytest.mark.parametrize(
    "text",
    [
        "Tabell 2 Kostnader (tkr)\nPost\tAntal\tKostnad\nLöner\t12\t4 500\n",
        "Tabell 3 Personer (antal)\nSkåne\t80\n",
        "Anslag (tkr)\n\nMyndigheten har 80 anställda. De arbetar i Skåne.\n\nSkåne\t80\n",
        "Utgifter (tkr)\nÅr\t2024\t2025\n",
        "Utgifterna, i miljoner kronor, ökade under 2020. De var 12 345 och sedan 13 000.",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert read(text) == []


def doubts(found: tuple[Finding, ...]) -> list[str | None]:
    return [finding.reason for finding in found if finding.certainty == "doubtful"]


def test_without_tabs_columns_and_groups_of_digits_look_alike() -> None:
    text = "Belopp angivna i tkr\nRamanslag 1:1 Socialstyrelsen 782 453\nvarav lokaler 12,5 13,5"
    assert read(text) == [("12,5", 12_500), ("13,5", 13_500)]
    assert doubts(find_amounts(text)) == [
        "tabellens kolumner går inte att skilja från siffergrupper"
    ]


def test_a_currency_named_in_an_earlier_sentence_is_not_certain() -> None:
    text = "Staten ger 10 miljoner kronor. Regionerna får 24 miljoner till vården."
    assert read(text) == [("10 miljoner kronor", 10_000_000)]
    assert doubts(find_amounts(text)) == ["valutan anges tidigare i stycket"]
