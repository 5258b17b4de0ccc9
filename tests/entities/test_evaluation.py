"""Scoring against gold, and the bars on the development part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy

from rodtrad.datamodel import Mention, Span
from rodtrad.entities import find_mentions
from rodtrad.evaluation.entities import (
    EntityScore,
    baseline_mentions,
    disagreements,
    entity_figures,
    evaluate_entities,
    evaluate_places,
)
from rodtrad.evaluation.pipelines import pipeline_mentions
from rodtrad.ingest import read_document
from rodtrad.segmentation import find_sections

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold" / "entities"
SOURCES = {
    "handlingsplan-2026-2028": "handlingsplan",
    "regeringsbeslut-ju2025-01324": "regeringsuppdrag",
    "remissvar-lansstyrelsen-vasterbotten": "remissvar",
}
BARS = {"DIARIENUMMER": 0.98, "AMOUNT": 0.98, "REFERENCE": 0.98, "AGENCY": 0.97, "DEADLINE": 0.95}


@pytest.fixture(scope="module")
def scores() -> tuple[dict[str, EntityScore], dict[str, EntityScore]]:
    """Scores of the extractors and of the plain baseline, over the three documents."""
    ours: dict[str, EntityScore] = {}
    plain: dict[str, EntityScore] = {}
    for name, folder in SOURCES.items():
        document = read_document(ROOT / "corpus" / "sources" / folder / f"{name}.txt")
        mentions = find_mentions(document, find_sections(document))
        gold = GOLD / f"{name}.jsonl"
        for total, found in ((ours, mentions), (plain, baseline_mentions(document.source))):
            for kind, score in evaluate_entities(found, gold).items():
                total[kind] = total.get(kind, EntityScore(kind)) + score
    return ours, plain


@pytest.mark.parametrize("kind", sorted(BARS))
def test_bars_are_met(scores: tuple[dict[str, EntityScore], Any], kind: str) -> None:
    score = scores[0][kind]
    assert score.f1 >= BARS[kind]
    assert score.value_accuracy >= BARS[kind]
    assert score.responsible_accuracy >= 0.95


def test_never_below_the_plain_baseline(
    scores: tuple[dict[str, EntityScore], dict[str, EntityScore]],
) -> None:
    ours, plain = scores
    assert all(ours[kind].f1 >= plain[kind].f1 for kind in ours)
    figures = entity_figures(ours, plain, split="development")
    assert {figure.task for figure in figures} == {"entities"}
    assert len(figures) == 4 * len(ours) + 1


def mention(kind: str, start: int, surface: str, value: Any, *, doubtful: bool = False) -> Mention:
    span = Span(start, start + len(surface))
    certainty: Any = "doubtful" if doubtful else "certain"
    return Mention(kind, surface, value, span, span, "test.v1", certainty)


def gold_file(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def row(kind: str, start: int, surface: str, value: Any, **more: Any) -> dict[str, Any]:
    end = start + len(surface)
    return {"start": start, "end": end, "surface": surface, "type": kind, "value": value, **more}


def test_doubt_is_left_out_both_ways(tmp_path: Path) -> None:
    gold = gold_file(tmp_path, row("AMOUNT", 0, "5 kr", 5, doubt=True), row("AMOUNT", 9, "6 kr", 6))
    found = [mention("AMOUNT", 0, "5 kr", 5), mention("AMOUNT", 20, "7 kr", 7, doubtful=True)]
    score = evaluate_entities(found, gold)["AMOUNT"]
    assert (score.found, score.invented, score.missed) == (0, 0, 1)


def test_words_at_the_left_of_a_deadline_are_neutral(tmp_path: Path) -> None:
    value = {"date": "2018-spring", "kind": "redovisning", "responsible": ["A", "B"]}
    gold = gold_file(tmp_path, row("DEADLINE", 10, "under våren 2018", value))
    other = value | {"responsible": ["B", "A"]}
    score = evaluate_entities([mention("DEADLINE", 16, "våren 2018", other)], gold)["DEADLINE"]
    assert (score.found, score.values, score.responsible) == (1, 1, 1)


def test_nothing_outside_the_ranges_is_scored(tmp_path: Path) -> None:
    gold = gold_file(tmp_path, row("AMOUNT", 5, "5 kr", 5))
    found = [mention("AMOUNT", 5, "5 kr", 6), mention("AMOUNT", 500, "9 kr", 9)]
    score = evaluate_entities(found, gold, ranges={"*": [(0, 100)]})["AMOUNT"]
    assert (score.found, score.invented, score.values) == (1, 0, 0)
    (miss,) = disagreements(found, gold, ranges={"*": [(0, 100)]})
    assert (miss.sort, miss.gold, miss.predicted) == ("value", 5, 6)


def test_a_trained_pipeline_is_a_baseline_by_place(tmp_path: Path) -> None:
    nlp = spacy.blank("sv")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Polismyndigheten"}])  # type: ignore[attr-defined]
    source = "Polismyndigheten svarar.\n" * 3000 + "Brå svarar."
    found = pipeline_mentions(source, nlp)
    assert len(found) == 3000
    assert all(m.span.of(source) == m.surface == "Polismyndigheten" for m in found)
    gold = tmp_path / "text.jsonl"
    rows = [
        {"start": 0, "end": 16, "surface": "Polismyndigheten", "type": "AGENCY", "value": "P"},
        {"start": 75000, "end": 75003, "surface": "Brå", "type": "AGENCY", "value": "B"},
    ]
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    score = evaluate_places(found[:2], gold)["AGENCY"]
    assert (score.found, score.invented, score.missed) == (1, 1, 1)
