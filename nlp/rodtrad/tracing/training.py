"""Fits the link model on judged pairs. Not needed to apply it.

With few judged links a free fit is worse than equal weights: here weights cannot be negative, are
pulled towards prior ones (what is known to work for such texts), and probabilities are fitted apart
on scores of sources that the weights had not seen (leave one set of sources out).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rodtrad.tracing.arrays import Floats, standardise_rows
from rodtrad.tracing.model import Bands, GapWeights, LinkModel, Weights

# What the weights are pulled to. Relative ones in deviations of the feature over the measures.
PRIOR_RELATIVE = {
    "aspects": 0.60,
    "facets": 0.30,
    "terms": 0.12,
    "words": 0.08,
    "chars": 0.08,
    "sentences": 0.06,
    "title": 0.06,
    "whole": 0.06,
    "agency": 0.02,
}
PRIOR_ABSOLUTE = {"aspects": 1.0, "facets": 0.2, "coverage": 1.5, "key": 1.0, "foreign": 0.4}
PRIOR_NO_ASPECTS = {
    "terms": 0.30,
    "words": 0.35,
    "chars": 0.20,
    "sentences": 0.25,
    "title": 0.20,
    "whole": 0.25,
    "agency": 0.02,
}
PRIOR_NO_ASPECTS_ABSOLUTE = {"words": 1.0, "terms": 0.5, "foreign": 0.4}
SHRINKAGE = 30.0  # judged pairs' worth of pull towards the prior, per standard unit of a weight
PRIOR_GAP = np.array([1.0, 1.5, 1.5])
GAP_SHRINKAGE = 2.0
LEAST_SURE = 0.4
PRECISION_WANTED = 0.91  # aimed at a little above the bar of 0.90
_STEPS = 800


@dataclass(frozen=True)
class Judged:
    """Judged pairs of several sources against one target.

    `grades` holds 0, 1 or 2, a row a source; `counted` is False for pairs the judges disagreed on.
    `groups` names each source's set: whole sets are left out together.
    """

    features: Mapping[str, Floats]
    grades: NDArray[np.int8]
    counted: NDArray[np.bool_]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class _Design:
    """Columns of a fit: first the relative features, then the absolute ones."""

    names: tuple[tuple[str, bool], ...]
    columns: NDArray[np.float64]
    prior: NDArray[np.float64]


def _design(
    judged: Judged, relative: Mapping[str, float], absolute: Mapping[str, float]
) -> _Design:
    names = [(name, True) for name in relative] + [(name, False) for name in absolute]
    columns = [
        standardise_rows(judged.features[name]) if scaled else judged.features[name]
        for name, scaled in names
    ]
    return _Design(
        names=tuple(names),
        columns=np.stack(columns, axis=-1).astype(np.float64),
        prior=np.array([*relative.values(), *absolute.values()], np.float64),
    )


def fit_logistic(
    columns: NDArray[np.float64],
    linked: NDArray[np.bool_],
    *,
    prior: NDArray[np.float64],
    shrinkage: float,
) -> tuple[NDArray[np.float64], float]:
    """Non-negative weights near a prior, and an intercept, by projected gradient with momentum.

    Minimises the log loss plus `shrinkage` / 2 times the squared distance to the prior, columns in
    units of their deviation.
    """
    scale = columns.std(axis=0) + 1e-9
    x, aim = columns / scale, prior * scale
    weights, intercept = aim.copy(), -2.0
    step = 4.0 / (len(x) * (1.0 + x.shape[1]) + 4.0 * shrinkage)
    ahead, ahead_intercept = weights.copy(), intercept
    for number in range(_STEPS):
        wrong = 1.0 / (1.0 + np.exp(-(x @ ahead + ahead_intercept))) - linked
        gradient = x.T @ wrong + shrinkage * (ahead - aim)
        moved = np.maximum(ahead - step * gradient, 0.0)
        moved_intercept = ahead_intercept - step * float(wrong.sum())
        pace = number / (number + 3.0)
        ahead = moved + pace * (moved - weights)
        ahead_intercept = moved_intercept + pace * (moved_intercept - intercept)
        weights, intercept = moved, moved_intercept
    return weights / scale, float(intercept)


def _fit_weights(design: _Design, judged: Judged, rows: NDArray[np.bool_]) -> NDArray[np.float64]:
    used = judged.counted & rows[:, None]
    weights, _ = fit_logistic(
        design.columns[used], judged.grades[used] > 0, prior=design.prior, shrinkage=SHRINKAGE
    )
    return weights


def held_out_scores(design: _Design, judged: Judged) -> NDArray[np.float64]:
    """The score of every pair from weights fitted without the pair's set of sources."""
    scores = np.zeros(judged.grades.shape)
    groups = np.array(judged.groups)
    for group in dict.fromkeys(judged.groups):
        out = groups == group
        scores[out] = design.columns[out] @ _fit_weights(design, judged, ~out)
    return scores


def _calibrate(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and intercept of the log odds (Platt 1999, with his smoothing by a weak prior)."""
    column = scores[:, None]
    prior = np.array([1.0])
    slope, intercept = fit_logistic(column, positive, prior=prior, shrinkage=2.0)
    return float(slope[0]), intercept


def _fit(
    judged: Judged, relative: Mapping[str, float], absolute: Mapping[str, float]
) -> tuple[Weights, NDArray[np.float64]]:
    design = _design(judged, relative, absolute)
    scores = held_out_scores(design, judged)
    slope, intercept = _calibrate(scores[judged.counted], judged.grades[judged.counted] > 0)
    linked = judged.counted & (judged.grades > 0)
    grade_slope, grade_intercept = _calibrate(scores[linked], judged.grades[linked] == 2)
    weights = _fit_weights(design, judged, np.ones(len(scores), bool))
    named = list(zip(design.names, weights, strict=True))
    fitted = Weights(
        relative={name: round(float(w), 4) for (name, scaled), w in named if scaled},
        absolute={name: round(float(w), 4) for (name, scaled), w in named if not scaled},
        slope=round(slope, 4),
        intercept=round(intercept, 4),
        grade_slope=round(grade_slope, 4),
        grade_intercept=round(grade_intercept, 4),
    )
    return fitted, _probability(scores * slope + intercept)


def _probability(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), np.float64)


def accept_limit(probability: NDArray[np.float64], linked: NDArray[np.bool_]) -> float:
    """The lowest limit above which the share of links is what is wanted; 0.95 where none is."""
    order = np.argsort(-probability, kind="stable")
    precision = np.cumsum(linked[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= PRECISION_WANTED)
    return round(float(probability[order][enough[-1]]), 3) if len(enough) else 0.95


def _gap_columns(
    probability: NDArray[np.float64], features: Mapping[str, Floats]
) -> NDArray[np.float64]:
    expected = np.log(np.maximum(probability.sum(axis=1), 1e-4))
    key, coverage = features["key"].max(axis=1), features["coverage"].max(axis=1)
    return -np.stack([expected, key, coverage], axis=-1)


def _fit_gap(columns: NDArray[np.float64], gap: NDArray[np.bool_]) -> GapWeights:
    weights, intercept = fit_logistic(columns, gap, prior=PRIOR_GAP, shrinkage=GAP_SHRINKAGE)
    expected, key, coverage = (round(float(w), 4) for w in weights)
    return GapWeights(expected, key, coverage, round(intercept, 4))


def gap_limit(sure: NDArray[np.float64], gap: NDArray[np.bool_]) -> float:
    """The limit on P(no link) from which gaps are found with the best F1, never a wild guess."""
    limits = [limit for limit in np.unique(sure) if limit >= LEAST_SURE]
    f1 = [2 * ((sure >= x) & gap).sum() / max((sure >= x).sum() + gap.sum(), 1) for x in limits]
    return round(float(limits[int(np.argmax(f1))]) - 0.001, 3) if limits else 0.9


def held_out_gaps(judged: Judged, probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """P(no link) of every source, from weights fitted without its set."""
    columns = _gap_columns(probability, judged.features)
    clear, gap = _clear_sources(judged)
    groups = np.array(judged.groups)
    found = np.zeros(len(columns))
    for group in dict.fromkeys(judged.groups):
        kept = clear & (groups != group)
        w = _fit_gap(columns[kept], gap[kept])
        odds = columns @ np.array([w.expected, w.key, w.coverage]) + w.intercept
        found[groups == group] = _probability(odds)[groups == group]
    return found


def _clear_sources(judged: Judged) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which sources either have a link or no doubtful pair, and which have no link."""
    linked = np.any(judged.grades > 0, axis=1)
    return np.logical_or(linked, np.all(judged.counted, axis=1)), np.logical_not(linked)


def fit_model(judged: Judged, *, version: str) -> tuple[LinkModel, NDArray[np.float64]]:
    """The model with and without aspects, and the held-out probabilities it was calibrated on."""
    with_aspects, probability = _fit(judged, PRIOR_RELATIVE, PRIOR_ABSOLUTE)
    without, _ = _fit(judged, PRIOR_NO_ASPECTS, PRIOR_NO_ASPECTS_ABSOLUTE)
    clear, gap = _clear_sources(judged)
    columns = _gap_columns(probability, judged.features)
    linked = judged.grades > 0
    bands = Bands(
        accept=accept_limit(probability[judged.counted], linked[judged.counted]),
        gap=gap_limit(held_out_gaps(judged, probability)[clear], gap[clear]),
    )
    no_link = _fit_gap(columns[clear], gap[clear])
    return LinkModel(version, with_aspects, without, no_link, bands), probability


def stack(parts: Sequence[Judged]) -> Judged:
    """Judged sources against targets of the same number of measures, one below the other."""
    names = parts[0].features
    return Judged(
        features={n: np.concatenate([p.features[n] for p in parts]) for n in names},
        grades=np.concatenate([p.grades for p in parts]),
        counted=np.concatenate([p.counted for p in parts]),
        groups=tuple(group for p in parts for group in p.groups),
    )
