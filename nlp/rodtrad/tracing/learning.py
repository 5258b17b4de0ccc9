"""Learning from what people decided: the shipped weights are moved, never forgotten.

Decisions are few and not drawn at random (people look at what stands high), so the weights are
pulled back to the shipped ones as if by many judged pairs, cannot become negative, and the constant
moves least. Whether it helps is measured on demands whose decisions were held out, a third of the
demands at a time; if it does not, or if accepted links no longer stand as well above rejected ones,
the model that came in is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rodtrad.datamodel import Measure, Recommendation
from rodtrad.errors import UsageError
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.tracing.arrays import relative_rows
from rodtrad.tracing.features import MeasureSpace, read_demands
from rodtrad.tracing.means import Means
from rodtrad.tracing.model import USUAL_MEASURES, LinkModel, Weights

FEWEST = 20
PULL = 20.0  # judged pairs' worth of pull to the shipped weights, per standard unit of a weight
PULL_CONSTANT = 40.0
_STEPS = 400
_LEAST_SPREAD = 1e-3
_FOLDS = 3  # a demand belongs to one of them by the digest of its id


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided of one pair. The ids are those of the trace."""

    recommendation: str
    measure: str
    linked: bool


@dataclass(frozen=True, slots=True)
class Case:
    """Decisions on links between some demands and the measures of one target."""

    decisions: tuple[Decided, ...]
    recommendations: tuple[Recommendation, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Retrained:
    """The model to use from now on, and how it does on decisions that were held out.

    `before` and `after` are mean log losses, `order_before` and `order_after` the share of couples
    (an accepted link, a rejected one) of which the accepted one is the likelier. `kept` is False
    where the decisions did not help, or helped the loss at the price of the order, and `model` is
    the one that came in.
    """

    model: LinkModel
    before: float
    after: float
    order_before: float
    order_after: float
    used: int
    kept: bool


@dataclass(frozen=True)
class _Pairs:
    columns: NDArray[np.float64]
    linked: NDArray[np.bool_]
    fold: NDArray[np.int64]
    crowd: NDArray[np.float64]

    def only(self, rows: NDArray[np.bool_]) -> _Pairs:
        return _Pairs(self.columns[rows], self.linked[rows], self.fold[rows], self.crowd[rows])


def retrain(cases: Sequence[Case], *, means: Means) -> Retrained:
    """The model of `means` after it has learnt from decisions.

    Decisions on items that are not given are left out. Fields that the aspect vocabulary knows and
    other fields have weights of their own: those with more decisions learn.

    Raises:
        UsageError: fewer than 20 decisions, or only decisions of one kind.
    """
    found: dict[bool, list[_Pairs]] = {True: [], False: []}
    encoder, model = means.encoder, means.model
    for case in cases:
        if not case.measures:
            continue
        space = MeasureSpace(
            case.measures, encoder=encoder, book=means.aspects, termbank=means.termbank
        )
        weights = model.weights(known=space.known_field)
        found[space.known_field].append(_pairs(case, space, weights, encoder))
    known = max((True, False), key=lambda kind: sum(len(p.linked) for p in found[kind]))
    if not found[known]:
        raise UsageError(f"0 decisions on these documents; learning needs {FEWEST}.")
    return _learn(model, _joined(found[known]), known=known)


def _learn(model: LinkModel, pairs: _Pairs, *, known: bool) -> Retrained:
    _check(pairs)
    weights = model.weights(known=known)
    start = _flat(weights)
    held = np.zeros(len(pairs.linked))
    for fold in np.unique(pairs.fold):
        out = pairs.fold == fold
        held[out] = _odds(pairs.only(out), _fit(pairs.only(~out), start))
    shipped = _odds(pairs, start)
    before, after = _loss(shipped, pairs.linked), _loss(held, pairs.linked)
    order_before, order_after = _order(shipped, pairs.linked), _order(held, pairs.linked)
    kept = after < before and order_after >= order_before
    number = len(pairs.linked)
    name = "known_field" if known else "other_field"
    final = {name: _moved(weights, _fit(pairs, start))}
    return Retrained(
        model=replace(model, version=f"{model.version}+{number}", **final) if kept else model,
        before=before,
        after=after,
        order_before=order_before,
        order_after=order_after,
        used=number,
        kept=kept,
    )


def _check(pairs: _Pairs) -> None:
    number = len(pairs.linked)
    if number < FEWEST:
        raise UsageError(f"{number} decisions on these documents; learning needs {FEWEST}.")
    if pairs.linked.all() or not pairs.linked.any():
        raise UsageError("only one kind of decision; learning needs accepted and rejected links.")
    if len(np.unique(pairs.fold)) == 1:
        raise UsageError("the decisions are on too few recommendations to hold some of them out.")


def _pairs(case: Case, space: MeasureSpace, weights: Weights, encoder: Encoder) -> _Pairs:
    rows = {r.id: n for n, r in enumerate(case.recommendations)}
    places = {m.id: n for n, m in enumerate(space.measures)}
    known = [d for d in case.decisions if d.recommendation in rows and d.measure in places]
    demands = read_demands(case.recommendations, encoder=encoder, book=space.book)
    features = space.compare(demands)
    columns = [relative_rows(features[n]) for n in weights.relative]
    columns += [features[n] for n in weights.absolute]
    at = ([rows[d.recommendation] for d in known], [places[d.measure] for d in known])
    crowd = 0.5 * float(np.log(max(len(space.measures), USUAL_MEASURES) / USUAL_MEASURES))
    return _Pairs(
        np.stack([c[at] for c in columns], axis=-1).astype(np.float64),
        np.array([d.linked for d in known], bool),
        np.array([_fold(d.recommendation) for d in known], np.int64),
        np.full(len(known), crowd),
    )


def _joined(parts: Sequence[_Pairs]) -> _Pairs:
    return _Pairs(
        np.concatenate([p.columns for p in parts]),
        np.concatenate([p.linked for p in parts]),
        np.concatenate([p.fold for p in parts]),
        np.concatenate([p.crowd for p in parts]),
    )


def _fold(key: str) -> int:
    return hashlib.blake2b(key.encode(), digest_size=4).digest()[0] % _FOLDS


def _flat(weights: Weights) -> NDArray[np.float64]:
    """All weights in log odds, the constant last."""
    named = [*weights.relative.values(), *weights.absolute.values()]
    return np.array([*(weights.slope * w for w in named), weights.intercept], np.float64)


def _odds(pairs: _Pairs, given: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(pairs.columns @ given[:-1] + given[-1] - pairs.crowd, np.float64)


def _loss(odds: NDArray[np.float64], linked: NDArray[np.bool_]) -> float:
    signed = np.where(linked, 1.0, -1.0) * np.clip(odds, -30, 30)
    return round(float(np.log1p(np.exp(-signed)).mean()), 4)


def _order(odds: NDArray[np.float64], linked: NDArray[np.bool_]) -> float:
    """Share of couples (linked, not linked) in the right order; ties count half."""
    apart = odds[linked][:, None] - odds[~linked][None, :]
    return round(float(((apart > 0) + 0.5 * (apart == 0)).mean()), 4)


def _fit(pairs: _Pairs, start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights near the start by projected gradient; columns centred, in units of their deviation.

    A feature that is the same for all decided pairs teaches nothing and keeps its weight.
    """
    spread = pairs.columns.std(axis=0)
    scale = np.where(spread > _LEAST_SPREAD, spread, np.inf)
    centre = pairs.columns.mean(axis=0)
    units = np.column_stack([(pairs.columns - centre) / scale, np.ones(len(pairs.linked))])
    pull = np.append(np.full(len(centre), PULL), PULL_CONSTANT)
    fixed = _odds(pairs, start)
    lowest = np.append(-start[:-1] * np.where(np.isinf(scale), 0.0, scale), -np.inf)
    moved = np.zeros(len(start))
    step = 1.0 / (0.25 * float(np.linalg.norm(units, 2)) ** 2 + float(pull.max()))
    for _ in range(_STEPS):
        wrong = 1.0 / (1.0 + np.exp(-(fixed + units @ moved))) - pairs.linked
        moved = np.maximum(moved - step * (units.T @ wrong + pull * moved), lowest)
    slopes = moved[:-1] / scale
    constant = moved[-1] - float(slopes @ centre)
    return np.asarray(start + np.append(slopes, constant), np.float64)


def _moved(weights: Weights, given: NDArray[np.float64]) -> Weights:
    found = [round(float(w) / weights.slope, 4) for w in given[:-1]]
    relative = dict(zip(weights.relative, found, strict=False))
    absolute = dict(zip(weights.absolute, found[len(relative) :], strict=True))
    return replace(
        weights, relative=relative, absolute=absolute, intercept=round(float(given[-1]), 4)
    )
