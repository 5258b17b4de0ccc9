"""Measures of rankings, decisions and probabilities. Pure functions on plain sequences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Bin:
    """One bin of a reliability picture: how sure, how often right, of how many."""

    low: float
    high: float
    predicted: float
    observed: float
    n: int


def average_precision(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """Mean of the precision at each relevant place; what is not ranked counts as never found.

    Raises:
        ValueError: nothing is relevant, so there is nothing to average.
    """
    if not relevant:
        raise ValueError("average precision needs something relevant")
    hits, total = 0, 0.0
    for place, item in enumerate(ranking, start=1):
        if item in relevant:
            hits += 1
            total += hits / place
    return total / len(relevant)


def recall_at(ranking: Sequence[str], relevant: Collection[str], *, depth: int) -> float:
    """Share of the relevant items among the first `depth`.

    Raises:
        ValueError: nothing is relevant.
    """
    if not relevant:
        raise ValueError("recall needs something relevant")
    return len(set(ranking[:depth]) & set(relevant)) / len(relevant)


def f_score(precision: float, recall: float, *, beta: float = 1.0) -> float:
    """F with recall weighing `beta` times as much as precision; 0 where both are 0."""
    weight = beta * beta
    below = weight * precision + recall
    return (1 + weight) * precision * recall / below if below else 0.0


def precision_recall(predicted: Collection[T], wanted: Collection[T]) -> tuple[float, float]:
    """Precision (1 where nothing is predicted) and recall (1 where nothing is wanted)."""
    right = len(set(predicted) & set(wanted))
    return (
        right / len(predicted) if predicted else 1.0,
        right / len(wanted) if wanted else 1.0,
    )


def reliability(
    probabilities: Sequence[float], outcomes: Sequence[bool], *, bins: int = 10
) -> tuple[Bin, ...]:
    """Bins of equal width that hold anything; 1.0 is in the last."""
    found: list[Bin] = []
    chance = np.asarray(probabilities, float)
    happened = np.asarray(outcomes, bool)
    places = np.minimum((chance * bins).astype(int), bins - 1)
    for place in range(bins):
        here = places == place
        if here.any():
            found.append(
                Bin(
                    place / bins,
                    (place + 1) / bins,
                    float(chance[here].mean()),
                    float(happened[here].mean()),
                    int(here.sum()),
                )
            )
    return tuple(found)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of predicted from observed, by size of the bin."""
    total = sum(b.n for b in bins)
    return sum(b.n * abs(b.predicted - b.observed) for b in bins) / total if total else 0.0


def interval(
    values: Sequence[T], statistic: Callable[[Sequence[T]], float], *, seed: int = 0
) -> tuple[float, float]:
    """95 % percentile bootstrap interval of a statistic over items drawn with replacement."""
    generator = np.random.default_rng(seed)
    draws = generator.integers(0, len(values), size=(_ROUNDS, len(values)))
    found = [statistic([values[i] for i in draw]) for draw in draws]
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
