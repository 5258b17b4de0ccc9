"""Candidates that are like the best ones rise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rodtrad.retrieval.feedback import drawn_to_best
from rodtrad.retrieval.ranking import Scored

VECTORS = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], dtype=np.float32)
FOUND = [Scored(n, score, 0.0, 0.0) for n, score in enumerate([1.5, 0.6, 0.5, 0.4])]


def vectors(numbers: Sequence[int]) -> npt.NDArray[np.float32]:
    return VECTORS[list(numbers)]


def test_what_is_like_the_best_comes_before_what_is_not() -> None:
    found = drawn_to_best(FOUND, vectors, weight=0.5, among=4)
    assert [one.id for one in found] == [0, 2, 1, 3]


def test_only_the_first_are_moved_and_none_without_weight() -> None:
    assert [one.id for one in drawn_to_best(FOUND, vectors, weight=0.5, among=2)] == [0, 1, 2, 3]
    assert drawn_to_best(FOUND, vectors, weight=0.0, among=4) == FOUND


def test_a_heading_leads_nobody() -> None:
    found = drawn_to_best(FOUND, vectors, weight=0.5, among=4, beside={0, 2})
    assert [one.id for one in found] == [0, 1, 3, 2]
    assert drawn_to_best(FOUND[:1], vectors, weight=0.5, among=4, beside={0}) == FOUND[:1]
