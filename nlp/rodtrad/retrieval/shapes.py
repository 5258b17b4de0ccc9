"""How much of a query's words a passage holds, letter by letter.

Stems and compound parts say yes or no. Swedish says one thing in many shapes that share letters but
no stem: *sprutbyte* and *sprututbytesverksamhet*, *följa upp* and *uppföljning*, *fallolyckor* and
*fallprevention*. So the best candidates are compared by runs of four letters: for each concept, the
share of its runs that stand in the passage, squared so that chance overlaps count little. On the
relevance suite this adds 0.03 (sv) and 0.09 (en) to nDCG@10.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rodtrad.retrieval.query import Concept, Origin
from rodtrad.retrieval.tokenization import fold

RUN = 4
_WORD = re.compile(r"\w+")


def shape_of(text: str) -> str:
    """The words of a text, casefolded, a blank before and after each."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def runs(words: str) -> tuple[str, ...]:
    """The runs of letters of words, each with the blanks around it.

    >>> runs("tåg")
    (' tåg', 'tåg ')
    """
    found: list[str] = []
    for word in _WORD.findall(fold(words)):
        spaced = f" {word} "
        found += [spaced[i : i + RUN] for i in range(max(1, len(spaced) - RUN + 1))]
    return tuple(found)


class ShapeQuery:
    """The runs of every way to say what was asked, and how much each concept weighs.

    `importances` are any positive numbers, `origins` what an alternative counts by where it comes
    from.
    """

    def __init__(
        self, importances: Mapping[Concept, float], origins: Mapping[Origin, float]
    ) -> None:
        total = sum(importances.values())
        self._concepts = [
            (weight / total, _ways(concept, origins)) for concept, weight in importances.items()
        ]
        self._runs = frozenset(
            run for _, ways in self._concepts for _, _, wanted in ways for run in wanted
        )

    def coverage(self, shape: str, language: str) -> float:
        """The share of the query that a passage of a language holds, 0–1."""
        present = {run for run in self._runs if run in shape}
        covered = 0.0
        for weight, ways in self._concepts:
            best = 0.0
            for spoken, factor, wanted in ways:
                if factor <= best:
                    break
                if spoken in ("", language):
                    share = len(wanted & present) / len(wanted)
                    best = max(best, factor * share * share)
            covered += weight * best
        return covered


def _ways(
    concept: Concept, origins: Mapping[Origin, float]
) -> Sequence[tuple[str, float, frozenset[str]]]:
    """Language ("" for any: the user's own word), factor and runs of each alternative.

    The weightiest comes first.
    """
    ways = []
    for alternative in concept.alternatives:
        wanted = frozenset(runs(alternative.shown))
        is_own = alternative.origin in ("own", "parts")
        factor = 1.0 if is_own else origins[alternative.origin]
        if wanted:
            ways.append(("" if is_own else alternative.language, factor, wanted))
    return sorted(dict.fromkeys(ways), key=lambda way: -way[1])
