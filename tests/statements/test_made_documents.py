"""Whole made replies and reports: what the rules find may not fall below what was reached."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rodtrad.datamodel import Document
from rodtrad.evaluation.statements import (
    NO_QUOTES,
    QuoteScore,
    score_measures,
    score_quoted_recommendations,
    score_quoted_stances,
)
from rodtrad.statements import Statements

Read = Callable[..., tuple[Document, Statements]]
GOLD = Path(__file__).parents[1] / "gold" / "statements"
LATER = (
    *("later", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
    *(
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "twentyfirst",
        "twentysecond",
    ),
)
INFO = json.loads((GOLD / "documents" / "documents.json").read_text(encoding="utf-8"))


def _records(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _file(name: str) -> Path:
    return next((GOLD / "documents").glob(f"{name}.*"))


def _read_file(read: Read, name: str) -> tuple[Document, Statements]:
    path = _file(name)
    return read(path.read_text(encoding="utf-8"), suffix=path.suffix, **INFO[name])


def _totals(read: Read, which: str) -> tuple[QuoteScore, QuoteScore]:
    stances = _records(f"stances-{which}.jsonl")
    demands = _records(f"recommendations-{which}.jsonl")
    told, asked = NO_QUOTES, NO_QUOTES
    for name in INFO:
        if (name.split("-")[0] if name.split("-")[0] in LATER else "documents") != which:
            continue
        document, found = _read_file(read, name)
        mine = [r for r in stances if r["document"] == name]
        told += score_quoted_stances(mine, found.stances, document.source)
        wanted = [r for r in demands if r["document"] == name]
        asked += score_quoted_recommendations(wanted, found.recommendations, document.source)
    return told, asked


@pytest.mark.parametrize(
    ("which", "stances", "demands"),
    [
        ("documents", 0.96, 0.92),
        ("later", 0.82, 0.95),
        ("first", 0.95, 0.94),
        ("second", 0.95, 0.95),
        ("third", 0.95, 0.95),
        ("fourth", 0.90, 0.95),
        ("fifth", 0.95, 0.95),
        ("sixth", 0.95, 0.95),
        ("seventh", 0.95, 0.95),
        ("eighth", 0.90, 0.80),
        ("ninth", 0.95, 0.95),
        ("tenth", 0.95, 0.95),
        ("eleventh", 0.95, 0.95),
        ("twelfth", 0.95, 0.95),
        ("thirteenth", 0.95, 0.95),
        ("fourteenth", 0.95, 0.95),
        ("fifteenth", 0.95, 0.95),
        ("sixteenth", 0.95, 0.95),
        ("seventeenth", 0.92, 0.83),
        ("eighteenth", 0.90, 0.90),
        ("nineteenth", 0.87, 0.86),
        ("twentieth", 0.90, 0.85),
        ("twentyfirst", 0.90, 0.90),
        ("twentysecond", 0.90, 0.85),
    ],
)
def test_f1_with_target_and_addressee(
    which: str, stances: float, demands: float, read: Read
) -> None:
    told, asked = _totals(read, which)
    assert told.f1(told.whole) >= stances
    assert asked.f1(asked.whole) >= demands


def test_every_gold_quote_stands_once() -> None:
    kinds = ("stances", "recommendations")
    paths = [GOLD / f"{kind}-{which}.jsonl" for which in ("documents", *LATER) for kind in kinds]
    assert len(paths) == 48
    for path in paths:
        for record in _records(path.name):
            text = _file(record["document"]).read_text(encoding="utf-8")
            assert text.count(record["quote"]) == 1


MEASURES = [r for n in LATER[6:16] for r in _records(f"measures-{n}.jsonl")]


@pytest.mark.parametrize("name", sorted({r["document"] for r in MEASURES}))
def test_measures_of_made_plans_and_decisions(name: str, read: Read) -> None:
    _, found = _read_file(read, name)
    gold = [r for r in MEASURES if r["document"] == name]
    assert [m.title for m in found.measures] == [r["title"] for r in gold]
    scores = score_measures(gold, found.measures, key="title")
    assert {s.field: s.f1 for s in scores if s.f1 < 1} == {}
