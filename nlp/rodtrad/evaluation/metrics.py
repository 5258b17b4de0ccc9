"""Measures of rankings, decisions and probabilities. Pure functions on plain sequences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

BINS = 10
_ROUNDS = 1000

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]


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


def once_each(values: Iterable[float]) -> Floats:
    """A row a value, with a 1 beside: what `mean_of` takes the sums of."""
    return np.array([(value, 1.0) for value in values])


def mean_of(totals: Floats) -> Floats:
    """The mean, of sums of values and of ones."""
    return _share(totals[..., 0], totals[..., 1])


def precision_of(totals: Floats) -> Floats:
    """Right of shown, of counts of right, shown and wanted; nan where nothing is shown."""
    return _share(totals[..., 0], totals[..., 1])


def recall_of(totals: Floats) -> Floats:
    """Right of wanted, of counts of right, shown and wanted; nan where nothing is wanted."""
    return _share(totals[..., 0], totals[..., 2])


def f_of(beta: float) -> Statistic:
    """F of right, shown and wanted, recall weighing `beta` times as much as precision.

    0 where nothing is right, nan where nothing is shown or wanted.
    """
    weight = beta * beta

    def score(totals: Floats) -> Floats:
        return _share((1 + weight) * totals[..., 0], weight * totals[..., 2] + totals[..., 1])

    return score


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full_like(whole, np.nan), where=whole > 0)


def bin_sums(probabilities: Sequence[float], outcomes: Sequence[bool]) -> Floats:
    """For each bin of equal width the sums of probabilities, of outcomes and of pairs.

    1.0 is in the last bin.
    """
    chance = np.asarray(probabilities, float)
    places = np.minimum((chance * BINS).astype(int), BINS - 1)
    summed = (chance, np.asarray(outcomes, float), np.ones(len(chance)))
    return np.stack([np.bincount(places, one, BINS) for one in summed], axis=1)


def ece_of(totals: Floats) -> Floats:
    """Expected calibration error: mean distance of predicted from observed, by size of the bin.

    Of the sums that `bin_sums` gives, in one row; nan where there is no pair.
    """
    sums = totals.reshape(*totals.shape[:-1], BINS, 3)
    distance = np.abs(sums[..., 0] - sums[..., 1]).sum(axis=-1)
    return _share(distance, sums[..., 2].sum(axis=-1))


def reliability(probabilities: Sequence[float], outcomes: Sequence[bool]) -> tuple[Bin, ...]:
    """The bins that hold anything."""
    return tuple(
        Bin(place / BINS, (place + 1) / BINS, chance / n, happened / n, int(n))
        for place, (chance, happened, n) in enumerate(bin_sums(probabilities, outcomes).tolist())
        if n
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error of bins; 0 where there are none."""
    total = sum(b.n for b in bins)
    return sum(b.n * abs(b.predicted - b.observed) for b in bins) / total if total else 0.0


def interval(rows: Floats, statistic: Statistic, *, seed: int = 0) -> tuple[float, float]:
    """95 % percentile bootstrap interval of a statistic of sums, rows drawn with replacement.

    Args:
        rows: what each item adds to the sums, a row an item.
        statistic: from sums (the last axis) to values; draws where it is nan are left out.
        seed: the same seed draws the same rows.
    """
    found = statistic(_drawn(len(rows), seed) @ rows)
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return float(low), float(high)


@lru_cache(maxsize=4)
def _drawn(size: int, seed: int) -> Floats:
    """For each round how often each of so many items is drawn; kept, for figures come in parts."""
    draws = np.random.default_rng(seed).integers(0, size, size=(_ROUNDS, size))
    return np.array([np.bincount(draw, minlength=size) for draw in draws], float)
