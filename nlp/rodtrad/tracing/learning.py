"""Learning from what people decided: the shipped weights are moved, never forgotten.

Decisions are few and not drawn at random (people look at what stands high), so the weights are
pulled back to the shipped ones as if by many judged pairs, cannot become negative, and the constant
moves least. Whether it helps is measured on demands whose decisions were held out; if it does not,
the shipped model is kept.
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
from rodtrad.retrieval.termbank import load_termbank
from rodtrad.tracing.arrays import relative_rows
from rodtrad.tracing.aspects import load_aspects
from rodtrad.tracing.features import MeasureSpace, read_demands
from rodtrad.tracing.model import USUAL_MEASURES, LinkModel, Weights

FEWEST = 20
PULL = 20.0  # judged pairs' worth of pull to the shipped weights, per standard unit of a weight
PULL_CONSTANT = 40.0
_STEPS = 400
_HELD = 3  # every third demand, by digest of its id, is held out


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided of one pair. The ids are those of the trace."""

    recommendation: str
    measure: str
    linked: bool


@dataclass(frozen=True, slots=True)
class Retrained:
    """The model to use from now on, and the mean log loss on held-out decisions.

    `kept` is False where the decisions did not help and `model` is the one that came in.
    """

    model: LinkModel
    before: float
    after: float
    used: int
    held_out: int
    kept: bool


@dataclass(frozen=True)
class _Pairs:
    columns: NDArray[np.float64]
    linked: NDArray[np.bool_]
    held: NDArray[np.bool_]
    crowd: float


def retrain(
    model: LinkModel,
    decisions: Sequence[Decided],
    *,
    recommendations: Sequence[Recommendation],
    measures: Sequence[Measure],
    encoder: Encoder,
) -> Retrained:
    """A model that has learnt from decisions on links between these demands and measures.

    Decisions on items that are not given are left out.

    Raises:
        UsageError: fewer than 20 decisions, or only decisions of one kind.
    """
    space = MeasureSpace(measures, encoder=encoder, book=load_aspects(), termbank=load_termbank())
    weights = model.weights(aspects=space.known_field)
    pairs = _pairs(decisions, recommendations, space, weights, encoder)
    _check(pairs)
    start = _flat(weights)
    learnt = _fit(pairs, start, ~pairs.held)
    before, after = (_loss(pairs, given, pairs.held) for given in (start, learnt))
    kept = after < before
    final = _moved(weights, _fit(pairs, start, np.ones(len(pairs.linked), bool)))
    name = "with_aspects" if space.known_field else "without_aspects"
    version = f"{model.version}+{len(pairs.linked)}"
    moved = replace(model, version=version, **{name: final}) if kept else model
    held = int(pairs.held.sum())
    return Retrained(moved, round(before, 4), round(after, 4), len(pairs.linked), held, kept)


def _check(pairs: _Pairs) -> None:
    number = len(pairs.linked)
    if number < FEWEST:
        raise UsageError(f"{number} decisions on these documents; learning needs {FEWEST}.")
    if pairs.linked.all() or not pairs.linked.any():
        raise UsageError("only one kind of decision; learning needs accepted and rejected links.")
    if not pairs.held.any() or pairs.held.all():
        raise UsageError("the decisions are on too few recommendations to hold some of them out.")


def _pairs(
    decisions: Sequence[Decided],
    recommendations: Sequence[Recommendation],
    space: MeasureSpace,
    weights: Weights,
    encoder: Encoder,
) -> _Pairs:
    rows = {r.id: n for n, r in enumerate(recommendations)}
    places = {m.id: n for n, m in enumerate(space.measures)}
    known = [d for d in decisions if d.recommendation in rows and d.measure in places]
    demands = read_demands(recommendations, encoder=encoder, book=space.book)
    features = space.compare(demands)
    columns = [relative_rows(features[n]) for n in weights.relative]
    columns += [features[n] for n in weights.absolute]
    at = ([rows[d.recommendation] for d in known], [places[d.measure] for d in known])
    return _Pairs(
        np.stack([c[at] for c in columns], axis=-1).astype(np.float64),
        np.array([d.linked for d in known], bool),
        np.array([_is_held(d.recommendation) for d in known], bool),
        0.5 * float(np.log(max(len(space.measures), USUAL_MEASURES) / USUAL_MEASURES)),
    )


def _is_held(key: str) -> bool:
    return hashlib.blake2b(key.encode(), digest_size=4).digest()[0] % _HELD == 0


def _flat(weights: Weights) -> NDArray[np.float64]:
    """All weights in log odds, the constant last."""
    named = [*weights.relative.values(), *weights.absolute.values()]
    return np.array([*(weights.slope * w for w in named), weights.intercept], np.float64)


def _odds(pairs: _Pairs, given: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(pairs.columns @ given[:-1] + given[-1] - pairs.crowd, np.float64)


def _loss(pairs: _Pairs, given: NDArray[np.float64], rows: NDArray[np.bool_]) -> float:
    odds = np.clip(_odds(pairs, given)[rows], -30, 30)
    signed = np.where(pairs.linked[rows], odds, -odds)
    return float(np.log1p(np.exp(-signed)).mean())


def _fit(pairs: _Pairs, start: NDArray[np.float64], rows: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights near the start by projected gradient; columns in units of their deviation."""
    x, linked = pairs.columns[rows], pairs.linked[rows]
    scale = np.append(x.std(axis=0) + 1e-6, 1.0)
    pull = np.append(np.full(x.shape[1], PULL), PULL_CONSTANT)
    units = np.column_stack([x, np.ones(len(x))]) / scale
    aim, given = start * scale, start * scale
    step = 1.0 / (0.25 * float(np.linalg.norm(units, 2)) ** 2 + float(pull.max()))
    for _ in range(_STEPS):
        wrong = 1.0 / (1.0 + np.exp(-(units @ given - pairs.crowd))) - linked
        given = given - step * (units.T @ wrong + pull * (given - aim))
        given[:-1] = np.maximum(given[:-1], 0.0)
    return np.asarray(given / scale, np.float64)


def _moved(weights: Weights, given: NDArray[np.float64]) -> Weights:
    found = [round(float(w) / weights.slope, 4) for w in given[:-1]]
    relative = dict(zip(weights.relative, found, strict=False))
    absolute = dict(zip(weights.absolute, found[len(relative) :], strict=True))
    return replace(
        weights, relative=relative, absolute=absolute, intercept=round(float(given[-1]), 4)
    )
