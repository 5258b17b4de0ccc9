"""Similarity of demands and measures by their aspects."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rodtrad.tracing.arrays import Floats, unit_rows
from rodtrad.tracing.aspects import AspectBook

# The problem and the action tell measures apart better than whom they name.
_FACET_WEIGHT = {"form": 1.0, "action": 1.0, "group": 0.7, "actor": 0.7, "field": 0.5}
_FACET_POWER = {"form": 1.0, "group": 0.5, "action": 1.5, "actor": 0.3, "field": 0.2}
_COMPARED_APART = ("form", "group", "actor")
_IDF_POWER = 0.75
_NORM_POWER = 0.7
_KNOWN = 0.75
_COMMON = 0.4  # share of the measures that makes a problem the target's own
_IMPLIED = 0.5  # how much an unsaid problem counts, in mentions
_MOST_NAMED = 2.0  # an agency or a group named again and again is grammar: "Polisen ska" six times
_FLOOR = 0.3  # share granted where a facet has nothing in common: the cue may have been missed


class AspectSpace:
    """The measures' aspects; an aspect that few measures have tells more."""

    def __init__(self, counts: Floats, *, book: AspectBook) -> None:
        self._masks = {facet: book.facet(facet) for facet in _FACET_WEIGHT}
        named = self._masks["group"] + self._masks["actor"] > 0
        counts = np.where(named, np.minimum(counts, _MOST_NAMED), counts)
        self._counts = counts
        self.idf = aspect_idf(counts)
        self.known_field = self._knows_problems()
        weight = self.idf * sum(
            (_FACET_WEIGHT[facet] * mask for facet, mask in self._masks.items()),
            np.zeros(len(book), np.float32),
        )
        self._weight = np.asarray(weight, np.float32)
        rows = np.log1p(counts) * self._weight
        norms = np.linalg.norm(rows, axis=1, keepdims=True) ** _NORM_POWER
        self._rows = np.asarray(rows / np.where(norms > 0, norms, 1.0), np.float32)
        self._by_facet = {
            facet: unit_rows(np.log1p(counts) * self.idf * self._masks[facet])
            for facet in _COMPARED_APART
        }
        common = (counts > 0).mean(axis=0) >= _COMMON if len(counts) else np.zeros(len(book), bool)
        self._implied = np.asarray(_IMPLIED * common * self._masks["form"], np.float32)
        self._present = np.asarray(np.minimum(1.3 * _saturated(counts), 1.0), np.float32)

    def _knows_problems(self) -> bool:
        """Whether the vocabulary names the problems these measures deal with.

        Where it names those of fewer than three quarters, it was made for other fields: words and
        pieces of words tell the measures apart better than groups and actions do.
        """
        named = (self._counts @ self._masks["form"]) > 0
        return len(self._counts) > 0 and float(np.mean(named)) >= _KNOWN

    def understood(self, asked: Floats) -> Floats:
        """The demands' aspects with what they leave unsaid.

        A demand that names no problem is held to be about the one most of the measures are about:
        "secure victims' access to assistance", put to a plan against trafficking.
        """
        silent = (asked * self._masks["form"]).sum(axis=1, keepdims=True) == 0
        return np.asarray(asked + silent * self._implied, np.float32)

    def similarity(self, asked: Floats) -> Floats:
        """Weighted inner products, per unit of the demand; long measures softly held back."""
        rows = np.log1p(asked) * self._weight
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(norms > 0, norms, 1.0) @ self._rows.T, np.float32)

    def facet_cosines(self, asked: Floats) -> dict[str, Floats]:
        """Cosine within problems, groups and actors; 0 where either names nothing of them."""
        found = {}
        for facet, known in self._by_facet.items():
            rows = unit_rows(np.log1p(asked) * self.idf * self._masks[facet])
            found[facet] = rows @ known.T
        return found

    def coverage(self, asked: Floats) -> Floats:
        """Share of the demand's aspects, by weight, that a measure has: 0 to 1."""
        rows = np.log1p(asked) * self._weight
        present = (self._counts > 0).astype(np.float32)
        return np.asarray(rows @ present.T / (rows.sum(axis=1, keepdims=True) + 1e-6), np.float32)

    def share_met(self, asked: Floats, places: Sequence[int]) -> float:
        """Share of one demand's aspects, by weight, that the measures at these places have."""
        weight = np.log1p(asked) * self._weight
        present = (self._counts[list(places)] > 0).any(axis=0)
        total = float(weight.sum())
        return float(weight @ present) / total if total else 1.0

    def key_present(self, asked: Floats) -> Floats:
        """How little of what is asked most is missing: 1 nothing, 0 the most telling aspect."""
        rows = np.log1p(asked) * self._weight
        rows = rows / np.maximum(rows.max(axis=1, keepdims=True, initial=0.0), 1e-6)
        worst = np.zeros((len(asked), len(self._counts)), np.float32)
        for aspect in np.flatnonzero(rows.any(axis=0)):
            missing = (self._counts[:, aspect] == 0)[None, :]
            np.maximum(worst, rows[:, aspect, None] * missing, out=worst)
        return np.asarray(1.0 - worst, np.float32)

    def known_actions(self, asked: Floats) -> Floats:
        """Share of what is asked to be done, by weight, that stands in any measure; else 1."""
        rows = np.log1p(asked) * self.idf * self._masks["action"]
        total = rows.sum(axis=1)
        missing = (self._counts == 0).all(axis=0)
        share = np.divide(rows @ missing, total, out=np.zeros_like(total), where=total > 0)
        return np.asarray(1.0 - share, np.float32)

    def breadth(self, asked: Floats) -> Floats:
        """Logarithm of the effective number of problems and actions asked; 0 where none is.

        Two equally telling ones count as two, a telling one and a common one as little more than
        one (inverse of the sum of squared shares).
        """
        rows = np.log1p(asked) * self.idf * (self._masks["form"] + self._masks["action"])
        squares = (rows**2).sum(axis=1)
        number = np.divide(
            rows.sum(axis=1) ** 2, squares, out=np.zeros_like(squares), where=squares > 0
        )
        return np.asarray(np.log1p(number), np.float32)

    def joint_coverage(self, asked: Floats) -> Floats:
        """Log of the product over facets of the covered share; 0 when all is covered.

        The same problem with another action, or the same action on another problem, falls behind.
        """
        total = np.zeros((len(asked), len(self._counts)), np.float32)
        for facet, power in _FACET_POWER.items():
            rows = _saturated(asked) * self.idf * self._masks[facet]
            sums = rows.sum(axis=1, keepdims=True)
            share = rows @ self._present.T / (sums + 1e-6)
            total += np.where(sums > 0, power * np.log((_FLOOR + share) / (_FLOOR + 1)), 0.0)
        return total


def aspect_idf(counts: Floats) -> Floats:
    """How telling an aspect is: the rarer among the measures the more; never below zero."""
    having = (counts > 0).sum(axis=0)
    telling = np.clip(np.log((len(counts) + 1) / (having + 0.5)), 0.0, None)
    return np.asarray(telling**_IDF_POWER, np.float32)


def _saturated(counts: Floats) -> Floats:
    return np.asarray(counts / (counts + 1.0), np.float32)
