"""Fits the link model on judged pairs. Not needed to apply it.

With few judged links a free fit is worse than equal weights: here weights cannot be negative, are
pulled towards prior ones (what is known to work for such texts), and probabilities are fitted apart
on scores of sources that the weights had not seen (leave one set of sources out).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rodtrad.tracing.arrays import Floats, relative_rows
from rodtrad.tracing.model import Bands, GapWeights, LinkModel, Weights, odds_of_none

# What the weights are pulled to. Relative ones in deviations of the feature over the measures.
PRIOR_RELATIVE = {
    "aspects": 0.60,
    "facets": 0.30,
    "same_form": 0.10,
    "same_group": 0.10,
    "same_actor": 0.10,
    "terms": 0.12,
    "words": 0.08,
    "subwords": 0.20,
    "title": 0.06,
    "agency": 0.02,
}
PRIOR_ABSOLUTE = {
    "aspects": 1.0,
    "depth": 1.0,
    "facets": 0.2,
    "same_form": 0.5,
    "same_group": 0.5,
    "same_actor": 0.5,
    "coverage": 1.5,
    "key": 1.0,
    "subwords": 4.0,
    "title": 1.0,
    "foreign": 0.4,
    "addressee": 1.0,
    "offenders": 1.0,
    "known_action": 1.0,
    "breadth": 0.5,
    "subject": 1.0,
}
SHRINKAGE = 10.0  # judged pairs' worth of pull towards the prior, per standard unit of a weight
PRIOR_GAP = np.array([0.5, 4.0])  # odds of none, share of the asked actions in no measure
GAP_SHRINKAGE = 2.0
SURE_OF_GAP = 0.5  # a gap is called where it is likelier than not that there is no link
# The bar is 0.90. Newly judged sources come out lower than sets left out of the fit promise: their
# errors were read while the vocabulary was made.
PRECISION_WANTED = 0.92
_STEPS = 800


@dataclass(frozen=True)
class Judged:
    """Judged pairs of several sources, a row a source and a column a measure of its target.

    `features` are as compared, `standard` standardised over the measures. `grades` holds 0, 1 or 2;
    `exists` is False for columns that only fill up a smaller target, `counted` also for pairs the
    judges disagreed on. `groups` names each source's set: whole sets are left out together.
    """

    features: Mapping[str, Floats]
    standard: Mapping[str, Floats]
    grades: NDArray[np.int8]
    exists: NDArray[np.bool_]
    counted: NDArray[np.bool_]
    groups: tuple[str, ...]


def judge(
    features: Mapping[str, Floats],
    *,
    measures: Sequence[str],
    links: Sequence[Mapping[str, int]],
    doubt: Sequence[Collection[str]],
    groups: Sequence[str],
) -> Judged:
    """Features of sources against one target, and what the judges said of each pair."""
    grades = np.array([[row.get(m, 0) for m in measures] for row in links], np.int8)
    counted = np.array([[m not in row for m in measures] for row in doubt], bool)
    return Judged(
        features=features,
        standard={name: relative_rows(matrix) for name, matrix in features.items()},
        grades=grades,
        exists=np.ones(grades.shape, bool),
        counted=counted,
        groups=tuple(groups),
    )


def stack(parts: Sequence[Judged]) -> Judged:
    """Judged sources of several targets, one below the other, smaller targets filled up."""
    width = max(part.grades.shape[1] for part in parts)

    def joined(matrices: Sequence[NDArray[Any]]) -> NDArray[Any]:
        filled = [np.pad(m, ((0, 0), (0, width - m.shape[1]))) for m in matrices]
        return np.concatenate(filled)

    names = parts[0].features
    return Judged(
        features={name: joined([p.features[name] for p in parts]) for name in names},
        standard={name: joined([p.standard[name] for p in parts]) for name in names},
        grades=joined([p.grades for p in parts]),
        exists=joined([p.exists for p in parts]),
        counted=joined([p.counted for p in parts]),
        groups=tuple(group for part in parts for group in part.groups),
    )


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
    columns = [judged.standard[name] if scaled else judged.features[name] for name, scaled in names]
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
    units of their deviation and centred, without which the steps get nowhere near the minimum.
    """
    centre, scale = columns.mean(axis=0), columns.std(axis=0) + 1e-9
    x, aim = (columns - centre) / scale, prior * scale
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
    return weights / scale, float(intercept - (weights / scale) @ centre)


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


def _fit(judged: Judged) -> tuple[Weights, NDArray[np.float64]]:
    design = _design(judged, PRIOR_RELATIVE, PRIOR_ABSOLUTE)
    centre = design.columns[judged.counted].mean(axis=0)
    # A feature that is 1 for almost all pairs would lift the scores of every left-out set by its
    # weight, each time another: centred, sets compare.
    design = replace(design, columns=design.columns - centre)
    scores = held_out_scores(design, judged)
    linked = judged.grades[judged.counted] > 0
    slope, intercept = _calibrate(scores[judged.counted], linked)
    known = judged.counted & (judged.grades > 0)
    grade_slope, grade_intercept = _calibrate(scores[known], judged.grades[known] == 2)
    weights = _fit_weights(design, judged, np.ones(len(scores), bool))
    usual = float(centre @ weights)  # the score's middle, as the features are read uncentred
    named = list(zip(design.names, weights, strict=True))
    probability = _probability(scores * slope + intercept)
    fitted = Weights(
        relative={name: round(float(w), 4) for (name, scaled), w in named if scaled},
        absolute={name: round(float(w), 4) for (name, scaled), w in named if not scaled},
        slope=round(slope, 4),
        intercept=round(intercept - slope * usual, 4),
        grade_slope=round(grade_slope, 4),
        grade_intercept=round(grade_intercept - grade_slope * usual, 4),
        no_link=_fit_gap(judged, probability),
        bands=Bands(accept=accept_limit(probability[judged.counted], linked), gap=SURE_OF_GAP),
    )
    return fitted, probability


def _probability(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)), np.float64)


def accept_limit(probability: NDArray[np.float64], linked: NDArray[np.bool_]) -> float:
    """The lowest limit above which the share of links is what is wanted; 0.95 where none is."""
    order = np.argsort(-probability, kind="stable")
    precision = np.cumsum(linked[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= PRECISION_WANTED)
    return round(float(probability[order][enough[-1]]), 3) if len(enough) else 0.95


def _fit_gap(judged: Judged, probability: NDArray[np.float64]) -> GapWeights:
    clear, gap = clear_sources(judged)
    unknown_action = 1.0 - judged.features["known_action"][:, 0]
    columns = np.stack([odds_of_none(probability * judged.exists), unknown_action], axis=-1)
    (none, unknown), intercept = fit_logistic(
        columns[clear], gap[clear], prior=PRIOR_GAP, shrinkage=GAP_SHRINKAGE
    )
    return GapWeights(round(float(none), 4), round(float(unknown), 4), round(intercept, 4))


def clear_sources(judged: Judged) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which sources either have a link or no doubtful pair, and which have no link."""
    linked = np.any(judged.grades > 0, axis=1)
    certain = np.all(judged.counted | ~judged.exists, axis=1)
    return np.logical_or(linked, certain), np.logical_not(linked)


def fit_model(
    known: Judged, other: Judged, *, version: str
) -> tuple[LinkModel, NDArray[np.float64], NDArray[np.float64]]:
    """The model, and the held-out probabilities its two parts were calibrated on.

    `known` are pairs of targets whose problems the aspect vocabulary names, `other` of all others.
    """
    known_field, probability = _fit(known)
    other_field, elsewhere = _fit(other)
    return LinkModel(version, known_field, other_field), probability, elsewhere
