"""Metrics against values worked out by hand, and what must always hold."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.evaluation.metrics import (
    average_precision,
    bin_sums,
    calibration_error,
    ece_of,
    f_of,
    interval,
    mean_of,
    once_each,
    precision_of,
    recall_at,
    recall_of,
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
    ("right_shown_wanted", "precision", "recall", "f2"),
    [
        ((2, 2, 2), 1.0, 1.0, 1.0),
        ((2, 4, 2), 0.5, 1.0, 5 / 6),
        ((0, 3, 5), 0.0, 0.0, 0.0),
        ((0, 0, 5), math.nan, 0.0, 0.0),
        ((0, 3, 0), 0.0, math.nan, 0.0),
        ((0, 0, 0), math.nan, math.nan, math.nan),
    ],
)
def test_shares_of_counts(
    right_shown_wanted: Sequence[int], precision: float, recall: float, f2: float
) -> None:
    totals = np.array(right_shown_wanted, float)
    found = [float(score(totals)) for score in (precision_of, recall_of, f_of(2))]
    assert found == pytest.approx([precision, recall, f2], nan_ok=True)


def test_calibration() -> None:
    bins = reliability([0.95, 0.85, 0.05, 1.0], [True, False, False, True])
    assert [b.n for b in bins] == [1, 1, 2]
    assert calibration_error(bins) == pytest.approx((0.05 + 0.85 + 2 * 0.025) / 4)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_calibration_error_lies_between_0_and_1(pairs: list[tuple[float, bool]]) -> None:
    apart = [p for p, _ in pairs], [y for _, y in pairs]
    bins = reliability(*apart)
    assert sum(b.n for b in bins) == len(pairs)
    assert 0 <= calibration_error(bins) <= 1
    assert float(ece_of(bin_sums(*apart).ravel())) == pytest.approx(calibration_error(bins))


def test_the_interval_holds_the_mean_and_is_the_same_again() -> None:
    rows = once_each([0.0, 0.5, 1.0] * 20)
    low, high = interval(rows, mean_of)
    assert low < 0.5 < high
    assert (low, high) == interval(rows, mean_of)
    assert (low, high) != interval(rows, mean_of, seed=1)


def test_draws_without_anything_shown_are_left_out_of_the_interval() -> None:
    rows = np.array([(1, 1, 1), (0, 0, 1)], float)
    assert interval(rows, precision_of) == (1.0, 1.0)
    assert interval(rows, recall_of) == (0.0, 1.0)
