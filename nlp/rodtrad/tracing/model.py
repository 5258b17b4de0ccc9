"""The link model: from features to the probability of a link and of its grade.

A row of features becomes a score (weights never negative), the score a probability (fitted apart,
on predictions for demands the weights had not seen). The numbers are data, `data/link-model.json`,
with their card in docs/model-card-tracing.md; only numpy is needed to apply them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rodtrad.datamodel.link import FEW_WORDS, NEAR
from rodtrad.errors import UsageError
from rodtrad.tracing.arrays import Floats, relative_rows

USUAL_MEASURES = 40  # how many measures a target had where the model was fitted


@dataclass(frozen=True, slots=True)
class GapWeights:
    """How sure it is that a demand has no link at all, from two numbers of its row.

    `none` weighs the log odds that none of its candidates is a link, were they independent;
    `unknown_action` the share of what is asked to be done that stands in no measure.
    """

    none: float
    unknown_action: float
    intercept: float


# Chance that no candidate is a link, taken one by one, from which a demand is plainly about
# something else, whatever is known of its action: all 19 judged sources so far out had none.
PLAINLY_NONE = 0.75
MOSTLY = 0.5  # share of what is asked to be done that a short demand's gap must be missing


@dataclass(frozen=True, slots=True)
class Row:
    """What decides whether a demand is a gap: see `Bands.is_gap`."""

    no_link: float
    none: float
    best: float
    known_action: float
    words: int


@dataclass(frozen=True, slots=True)
class Bands:
    """Decision limits: a link is accepted from `accept` up, a gap declared from `gap` up."""

    accept: float
    gap: float

    def is_gap(self, row: Row) -> bool:
        """Whether it is sure that no measure has any link to a demand.

        The probability that there is none must reach the limit, or every candidate be far from a
        link (a demand of another field); no measure may be near one.
        A demand of a few words ("Stärkt samordning") is a gap only where most of what it wants done
        stands in no measure.
        """
        proven = row.words >= FEW_WORDS or row.known_action < MOSTLY
        sure = row.no_link >= self.gap or row.none >= PLAINLY_NONE
        return proven and sure and row.best < NEAR


@dataclass(frozen=True, slots=True)
class Weights:
    """One fitted scorer with its calibration and decision limits.

    `relative` weighs features standardised over the measures of the target, `absolute` the features
    as they are. `slope` and `intercept` turn the score into log odds; `grade_slope` and
    `grade_intercept` into those of "answers" given a link.
    """

    relative: Mapping[str, float]
    absolute: Mapping[str, float]
    slope: float
    intercept: float
    grade_slope: float
    grade_intercept: float
    no_link: GapWeights
    bands: Bands

    def score(self, features: Mapping[str, Floats]) -> Floats:
        """The weighted sum, a row a demand; order within a row is the ranking."""
        shape = next(iter(features.values())).shape
        total = np.zeros(shape, np.float32)
        for name, weight in self.relative.items():
            total += np.float32(weight) * relative_rows(features[name])
        for name, weight in self.absolute.items():
            total += np.float32(weight) * features[name]
        return total


@dataclass(frozen=True, slots=True)
class LinkModel:
    """Weights for fields that the aspect vocabulary knows, and for those it does not."""

    version: str
    known_field: Weights
    other_field: Weights

    def weights(self, *, known: bool) -> Weights:
        """The weights for a target of a field that the vocabulary knows, or of another."""
        return self.known_field if known else self.other_field

    def probabilities(self, score: Floats, *, known: bool) -> Floats:
        """P(any link) for scores.

        A target with more measures than usual has more of the wrong ones, so the odds fall with the
        square root of the number: half way between "as many links as ever" and "as great a share".
        """
        weights = self.weights(known=known)
        crowd = 0.5 * np.log(max(score.shape[1], USUAL_MEASURES) / USUAL_MEASURES)
        return _logistic(weights.slope * score + weights.intercept - crowd)

    def answer_probabilities(self, score: Floats, *, known: bool) -> Floats:
        """P(grade 2 | link) for scores."""
        weights = self.weights(known=known)
        return _logistic(weights.grade_slope * score + weights.grade_intercept)

    def gap_probabilities(
        self, probability: Floats, features: Mapping[str, Floats], *, known: bool
    ) -> Floats:
        """P(no link of any grade), a number a demand."""
        weights = self.weights(known=known).no_link
        odds = weights.intercept + weights.none * odds_of_none(probability)
        odds = odds + weights.unknown_action * (1.0 - features["known_action"][:, 0])
        return _logistic(np.asarray(odds, np.float32))

    def to_json(self) -> str:
        """The model as written to disk."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"


def odds_of_none(probability: NDArray[Any]) -> NDArray[np.float64]:
    """Log odds, a row, that none of its pairs is a link, as if they were independent.

    They are not, and there are many: the fit of `GapWeights` learns by how much to believe it.
    """
    none = np.log1p(-np.clip(probability, 0.0, 0.999)).sum(axis=1)
    return np.asarray(none - np.log(-np.expm1(np.minimum(none, -1e-6))), np.float64)


def _logistic(odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))), np.float32)


def _weights(read: Mapping[str, Any]) -> Weights:
    nested = {"no_link": GapWeights(**read["no_link"]), "bands": Bands(**read["bands"])}
    return Weights(**{**read, **nested})


def parse_model(text: str, *, name: str) -> LinkModel:
    """A model from its JSON.

    Raises:
        UsageError: not a model, or one with a negative weight.
    """
    try:
        read: dict[str, Any] = json.loads(text)
        model = LinkModel(
            version=str(read["version"]),
            known_field=_weights(read["known_field"]),
            other_field=_weights(read["other_field"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{name}: not a link model ({error})") from error
    for weights in (model.known_field, model.other_field):
        if min([*weights.relative.values(), *weights.absolute.values()]) < 0:
            raise UsageError(f"{name}: a weight is negative; features only speak for a link")
    return model


@cache
def shipped_model() -> LinkModel:
    """The model that comes with the program."""
    shipped = resources.files("rodtrad.tracing").joinpath("data/link-model.json")
    return parse_model(shipped.read_text("utf-8"), name="link-model.json")


def read_model(path: Path) -> LinkModel:
    """A model the user trained.

    Raises:
        UsageError: the file is missing or not a model.
    """
    try:
        return parse_model(path.read_text("utf-8"), name=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error
