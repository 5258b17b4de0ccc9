"""What is like the best candidates is drawn up to them (pseudo-relevance feedback; Rocchio, 1971).

An English query says what is asked in words that Swedish passages do not have; the passages found
first say it in theirs. The likeness of a candidate to them, the better one the more, is added to
its score. On the relevance suite English gained in every family of queries, Swedish in none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
import numpy.typing as npt

from rodtrad.retrieval.flatfile import products
from rodtrad.retrieval.ranking import Scored, by_score

Vectors = npt.NDArray[np.float32]
LEADERS = 5
_SHARPNESS = 6.0
"""A leader whose score is lower by a tenth counts as exp(-0.6) of the first."""


def drawn_to_best(
    scored: Sequence[Scored],
    vectors: Callable[[Sequence[int]], Vectors],
    *,
    weight: float,
    among: int,
    beside: Collection[int] = (),
) -> list[Scored]:
    """Candidates in a new order: the first of them, `among` in number, also by their likeness.

    `vectors` gives the vectors, of length 1, of passages by number. What is `beside` leads nobody:
    headings, contents pages, lists of references.
    """
    best = scored[:among]
    leading = [place for place, one in enumerate(best) if one.id not in beside][:LEADERS]
    if not leading or not weight:
        return list(scored)
    rows = vectors([one.id for one in best])
    scores = np.array([best[place].score for place in leading])
    shares = np.exp((scores - scores.max()) * _SHARPNESS)
    likeness = products(rows, shares / shares.sum() @ rows[leading])
    found = [
        one._replace(score=one.score + weight * like)
        for one, like in zip(best, likeness.tolist(), strict=True)
    ]
    return [*sorted(found, key=by_score), *scored[among:]]
