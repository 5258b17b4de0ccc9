"""How far two people who judged the same links agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from rodtrad.review.decisions import Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two people's verdicts on the links both judged.

    `kappa` is Cohen's, on link or no link; None where it is not defined (nothing in common, or
    both gave one and the same answer throughout).
    """

    first: str
    second: str
    n: int
    agreed: int
    kappa: float | None

    @property
    def share(self) -> float:
        """The share of equal verdicts."""
        return self.agreed / self.n


def agreements(verdicts: Iterable[Verdict]) -> tuple[Agreement, ...]:
    """The agreement of every two people who judged a link in common, by name."""
    by_person: dict[str, dict[object, bool]] = {}
    for verdict in verdicts:
        if verdict.event.end:
            by_person.setdefault(verdict.event.who, {})[verdict.pair] = verdict.accepts
    found = []
    for first, second in combinations(sorted(by_person), 2):
        mine, yours = by_person[first], by_person[second]
        common = [(mine[pair], yours[pair]) for pair in mine if pair in yours]
        agreed = sum(a == b for a, b in common)
        if common:
            found.append(Agreement(first, second, len(common), agreed, cohens_kappa(common)))
    return tuple(found)


def cohens_kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Agreement beyond chance: (observed - expected) / (1 - expected).

    J. Cohen, "A coefficient of agreement for nominal scales", 1960. None where it is not defined.

    >>> cohens_kappa([(True, True), (False, False), (True, False), (False, False)])
    0.5
    """
    n = len(pairs)
    if not n:
        return None
    observed = sum(a == b for a, b in pairs) / n
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(left[value] * right[value] for value in (True, False)) / n**2
    return None if expected == 1 else (observed - expected) / (1 - expected)
