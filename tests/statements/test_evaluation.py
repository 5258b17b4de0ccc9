"""Scores of statements count values and whole items, and never flatter."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rodtrad.datamodel import Measure, Recommendation, Span, Stance
from rodtrad.evaluation.statements import (
    measure_record,
    score_measures,
    score_recommendations,
    score_stances,
)
from rodtrad.pipeline.evaluatingstatements import statement_figures

MEASURE = Measure(
    id="1",
    document="d",
    title="Uppdrag",
    type="uppdrag",
    state="okänd",
    agencies=("A", "B"),
    other_agencies=(),
    deadlines=(),
    dnr=(),
    other_dnr=(),
    refs=(),
    amounts=(),
    text="",
    at=Span(0, 1),
    span=Span(0, 1),
    section=(),
)


def test_a_measure_scored_against_itself_is_right() -> None:
    scores = score_measures([measure_record(MEASURE)], [MEASURE])
    assert {s.f1 for s in scores} == {s.exact for s in scores} == {1.0}


def test_wrong_and_missing_values_count() -> None:
    gold = [measure_record(MEASURE), {**measure_record(MEASURE), "id": "2"}]
    scores = {s.field: s for s in score_measures(gold, [replace(MEASURE, agencies=("A", "C"))])}
    assert scores["measure"].recall == 0.5
    agencies = scores["agencies"]
    assert (agencies.right, agencies.found, agencies.wanted) == (1, 2, 4)
    assert (agencies.precision, agencies.recall) == (0.5, 0.25)
    assert agencies.f1 == pytest.approx(1 / 3)
    assert scores["title"].exact == 0.5


def test_recommendations_match_by_words_and_score_strength() -> None:
    found = Recommendation("1", "d", "X", ("regeringen",), "propose", "Inför en ny lag nu.", "sv")
    gold = [
        {"text": "Inför en ny lag nu.", "strength": "recommend", "addressees": ["regeringen"]},
        {"text": "Utbilda alla domare.", "strength": "propose", "addressees": []},
    ]
    scores = {s.field: s for s in score_recommendations(gold, [found])}
    assert (scores["recommendation"].precision, scores["recommendation"].recall) == (1.0, 0.5)
    assert scores["strength"].right == 0
    assert scores["addressees"].exact == 1.0


def test_the_gold_folder_is_measured_beside_the_plain_verbs(tmp_path: Path) -> None:
    folder = tmp_path / "statements" / "documents"
    folder.mkdir(parents=True)
    text = "Yttrande\n\nVi tillstyrker förslaget om vite. Vi kan inte godta förslaget om avgift.\n"
    (folder / "svar.txt").write_text(text, encoding="utf-8")
    info = {"svar": {"kind": "remissvar", "issuer": "Rådet", "answers_to": "SOU 2020:1"}}
    (folder / "documents.json").write_text(json.dumps(info), encoding="utf-8")
    rows = [
        {"document": "svar", "quote": "Vi tillstyrker", "target": "vite", "stance": "tillstyrker"},
        {"document": "svar", "quote": "Vi kan inte", "target": "avgift", "stance": "avstyrker"},
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "statements" / "stances-små.jsonl").write_text(lines, encoding="utf-8")
    found, whole = statement_figures(tmp_path, "stances")
    assert (found.split, found.value, found.n) == ("små", 1.0, 2)
    assert found.baseline == pytest.approx(2 / 3)
    assert whole.value == 1.0


def test_a_folder_without_annotated_documents_gives_no_figures(tmp_path: Path) -> None:
    assert list(statement_figures(tmp_path, "recommendations")) == []


def test_stances_need_the_right_target() -> None:
    found = Stance("d", None, "förslaget om en ny lag", "avstyrker", Span(0, 1), ())
    gold = [{"target": "förslaget om en ny lag", "stance": "tillstyrker"}]
    target, stance = score_stances(gold, [found])
    assert (target.f1, stance.f1) == (1.0, 0.0)
    assert score_stances([], [])[0].f1 == 1.0
