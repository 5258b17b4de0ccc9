"""Metrics against values worked out by hand, and what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.evaluation.metrics import (
    average_precision,
    calibration_error,
    f_score,
    interval,
    precision_recall,
    recall_at,
    reliability,
)


@pytest.mark.parametrize(
    ("ranking", "relevant", "value"),
    [("abc", "a", 1.0), ("abc", "b", 0.5), ("abc", "ac", (1 + 2 / 3) / 2), ("abc", "x", 0.0)],
)
def test_average_precision(ranking: str, relevant: str, value: float) -> None:
    assert average_precision(list(ranking), set(relevant)) == pytest.approx(value)


def test_rankings_without_anything_relevant_are_refused() -> None:
    with pytest.raises(ValueError, match="needs something relevant"):
        average_precision(["a"], set())
    with pytest.raises(ValueError, match="needs something relevant"):
        recall_at(["a"], set(), depth=1)


def test_recall_at() -> None:
    assert recall_at(["a", "b", "c"], {"a", "c"}, depth=2) == 0.5


@pytest.mark.parametrize(
    ("precision", "recall", "beta", "value"),
    [(1.0, 1.0, 1, 1.0), (0.5, 1.0, 1, 2 / 3), (0.5, 1.0, 2, 5 / 6), (0.0, 0.0, 1, 0.0)],
)
def test_f_score(precision: float, recall: float, beta: float, value: float) -> None:
    assert f_score(precision, recall, beta=beta) == pytest.approx(value)


def test_precision_and_recall_of_nothing() -> None:
    assert precision_recall(set(), {"a"}) == (1.0, 0.0)
    assert precision_recall({"a"}, set()) == (0.0, 1.0)


def test_calibration() -> None:
    bins = reliability([0.95, 0.85, 0.05, 1.0], [True, False, False, True])
    assert [b.n for b in bins] == [1, 1, 2]
    assert calibration_error(bins) == pytest.approx((0.05 + 0.85 + 2 * 0.025) / 4)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_calibration_error_lies_between_0_and_1(pairs: list[tuple[float, bool]]) -> None:
    bins = reliability([p for p, _ in pairs], [y for _, y in pairs])
    assert sum(b.n for b in bins) == len(pairs)
    assert 0 <= calibration_error(bins) <= 1


def test_the_interval_holds_the_mean() -> None:
    values = [0.0, 0.5, 1.0] * 20
    low, high = interval(values, lambda drawn: sum(drawn) / len(drawn))
    assert low < 0.5 < high
