"""The model file, its arithmetic, and that fitting finds what is there."""

import json
from pathlib import Path

import numpy as np
import pytest

from rodtrad.errors import UsageError
from rodtrad.tracing.arrays import relative_rows, standardise_rows
from rodtrad.tracing.features import FEATURES
from rodtrad.tracing.model import odds_of_none, parse_model, read_model, shipped_model
from rodtrad.tracing.training import accept_limit, fit_logistic, fit_model, judge, stack


def test_the_shipped_model_reads_back_as_written() -> None:
    model = shipped_model()
    assert parse_model(model.to_json(), name="again") == model


def test_probability_rises_with_the_score_and_falls_with_the_crowd() -> None:
    model = shipped_model()
    score = np.array([[0.0, 1.0, 5.0]], np.float32)
    chances = model.probabilities(score, known=True)[0]
    assert chances[0] < chances[1] < chances[2]
    crowd = np.repeat(score, 400, axis=1)
    assert model.probabilities(crowd, known=True)[0, -1] < chances[2]


def test_one_thing_in_common_stands_out_by_three_deviations_at_most() -> None:
    rare = np.zeros((1, 100), np.float32)
    rare[0, 7] = 1.0
    assert standardise_rows(rare).max() > 9
    assert relative_rows(rare).max() == 3


def test_a_gap_is_surer_the_fewer_links_are_likely_and_the_less_of_the_action_is_known() -> None:
    model = shipped_model()
    features = {"known_action": np.array([[1.0] * 3, [1.0] * 3, [0.2] * 3], np.float32)}
    chances = np.array([[0.01, 0.01, 0.01], [0.9, 0.5, 0.1], [0.9, 0.5, 0.1]], np.float32)
    few, many, unknown = model.gap_probabilities(chances, features, known=True)
    assert few > many
    assert unknown > many


@pytest.mark.parametrize("damage", ["{}", "no json", "negative"])
def test_a_damaged_model_is_named(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "model.json"
    text = damage
    if damage == "negative":
        content = json.loads(shipped_model().to_json())
        content["known_field"]["relative"]["words"] = -1.0
        text = json.dumps(content)
    path.write_text(text)
    with pytest.raises(UsageError, match=r"model\.json"):
        read_model(path)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_model(tmp_path / "none.json")


def test_fitting_finds_the_telling_column_and_never_a_negative_weight() -> None:
    generator = np.random.default_rng(0)
    columns = generator.normal(size=(400, 3))
    linked = columns[:, 0] - columns[:, 1] + 0.1 * generator.normal(size=400) > 0
    weights, _ = fit_logistic(columns, linked, prior=np.zeros(3), shrinkage=1.0)
    assert weights[0] > 1
    assert weights[1] == 0
    assert weights[2] < 0.3


def test_strong_shrinkage_stays_at_the_prior() -> None:
    columns = np.random.default_rng(0).normal(size=(50, 2))
    prior = np.array([0.7, 0.2])
    weights, _ = fit_logistic(columns, columns[:, 1] > 0, prior=prior, shrinkage=1e7)
    assert weights == pytest.approx(prior, abs=0.01)


def test_the_accept_limit_keeps_the_wanted_precision() -> None:
    chances = np.array([0.9, 0.8, 0.7, 0.6])
    assert accept_limit(chances, np.array([True, True, False, False])) == 0.8
    assert accept_limit(chances, np.array([False, False, False, False])) == 0.95


def test_the_odds_of_no_link_fall_with_every_likely_candidate() -> None:
    odds = odds_of_none(np.array([[0.5, 0.0], [0.5, 0.5], [0.01, 0.01]]))
    assert odds[0] == pytest.approx(0.0)
    assert odds[1] == pytest.approx(np.log(0.25 / 0.75))
    assert odds[2] > 3


def test_targets_of_different_size_are_filled_up_and_not_counted() -> None:
    parts = [
        judge(
            {"words": np.ones((1, size), np.float32)},
            measures=[str(i) for i in range(size)],
            links=[{"0": 2}],
            doubt=[{"1"}],
            groups=["a"],
        )
        for size in (2, 4)
    ]
    both = stack(parts)
    assert both.grades.tolist() == [[2, 0, 0, 0], [2, 0, 0, 0]]
    assert both.counted.tolist() == [[True, False, False, False], [True, False, True, True]]
    assert both.exists.tolist() == [[True, True, False, False], [True] * 4]


def test_as_many_links_are_expected_as_there_were_also_with_almost_constant_features() -> None:
    generator = np.random.default_rng(1)
    shape = (24, 8)
    features = {name: generator.normal(size=shape).astype(np.float32) for name in FEATURES}
    for name in ("addressee", "offenders", "known_action"):
        features[name] = np.where(generator.random(shape) < 0.05, 0.0, 1.0).astype(np.float32)
    linked = features["coverage"] + generator.normal(size=shape) > 1.5
    judged = judge(
        features,
        measures=[str(i) for i in range(8)],
        links=[{str(i): 2 for i in np.flatnonzero(row)} for row in linked],
        doubt=[()] * 24,
        groups=["a", "b", "c"] * 8,
    )
    model, _, _ = fit_model(judged, judged, version="test")
    chances = model.probabilities(model.known_field.score(features), known=True)
    assert float(chances.mean()) == pytest.approx(float(linked.mean()), abs=0.05)
