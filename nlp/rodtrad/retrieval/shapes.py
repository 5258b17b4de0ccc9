"""How much of a query's words a passage holds, letter by letter.

Stems and compound parts say yes or no. Swedish says one thing in many shapes that share letters but
no stem: *sprutbyte* and *sprututbytesverksamhet*, *följa upp* and *uppföljning*, *fallolyckor* and
*fallprevention*. So the best candidates are compared by runs of four letters: for each concept, the
share of its runs that stand in the passage, squared so that chance overlaps count little. On the
relevance suite this adds 0.03 (sv) and 0.09 (en) to nDCG@10.

All candidates are looked through at once: their letters (see `letters`, kept with the passages)
make one row of bytes, and each four bytes are a number to look up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from rodtrad.retrieval.letters import letters_of
from rodtrad.retrieval.query import Concept, Origin

RUN = 4
_MIX, _BITS = np.uint32(2_654_435_761), 14  # Knuth's multiplier; 2^14 slots for some 100 runs

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.uint32]


def runs(words: str) -> tuple[bytes, ...]:
    """The runs of letters of words, each with the blanks around it.

    >>> runs("fil")
    (b' fil', b'fil ')
    """
    found: list[bytes] = []
    for word in letters_of(words).split():
        spaced = b" %b " % word
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
        asked = [(weight / total, _ways(c, origins)) for c, weight in importances.items()]
        self._concepts = [(weight, len(ways)) for weight, ways in asked]
        self._ways = [way for _, ways in asked for way in ways]
        self._runs = tuple(dict.fromkeys(run for *_, runs in self._ways for run in runs))
        self._factors = np.array([factor for _, factor, _ in self._ways])
        place = {run: row for row, run in enumerate(self._runs)}
        self._holds = np.zeros((len(self._runs), len(self._ways)), dtype=np.int32)
        for column, (*_, runs) in enumerate(self._ways):
            self._holds[[place[run] for run in runs], column] = 1

    def coverages(self, letters: Sequence[bytes], languages: Sequence[str]) -> list[float]:
        """The share of the query in the letters of each text, 0–1; each comes with its language."""
        covered = np.zeros(len(letters))
        if not self._runs:
            return covered.tolist()
        shares = runs_in(self._runs, letters) @ self._holds / self._holds.sum(axis=0)
        values = self._factors * shares * shares
        for column, (spoken, _, _) in enumerate(self._ways):
            if spoken:
                values[[language != spoken for language in languages], column] = 0.0
        start = 0
        for weight, count in self._concepts:
            if count:
                covered += weight * values[:, start : start + count].max(axis=1)
            start += count
        return covered.tolist()


def runs_in(wanted: Sequence[bytes], letters: Sequence[bytes]) -> Flags:
    """Which runs stand in the letters of which texts: a row a text, a column a run."""
    found = np.zeros((len(letters), len(wanted)), dtype=np.bool_)
    if not letters:
        return found
    whole = [place for place, run in enumerate(wanted) if len(run) == RUN]
    if whole:
        found[:, whole] = _numbers_in([wanted[place] for place in whole], letters)
    for place in set(range(len(wanted))).difference(whole):  # of a single letter
        found[:, place] = [wanted[place] in one for one in letters]
    return found


def _numbers_in(wanted: Sequence[bytes], pieces: Sequence[bytes]) -> Flags:
    ends = np.cumsum([len(piece) for piece in pieces])
    numbers = _numbers(b"".join(pieces))
    asked = _numbers(b"".join(wanted))[::RUN]
    order = np.argsort(asked)
    is_slot = np.zeros(1 << _BITS, dtype=np.bool_)
    is_slot[_slots(asked)] = True
    maybe = np.flatnonzero(is_slot[_slots(numbers)])  # few: the others need no closer look
    nearest = np.searchsorted(asked, numbers[maybe], sorter=order)
    columns = order[np.minimum(nearest, len(asked) - 1)]
    sure = asked[columns] == numbers[maybe]
    found = np.zeros((len(pieces), len(wanted)), dtype=np.bool_)
    found[np.searchsorted(ends, maybe[sure], side="right"), columns[sure]] = True
    return found


def _numbers(letters: bytes) -> Numbers:
    """Each four bytes that follow one another, as a number."""
    count = len(letters) - RUN + 1
    return np.ndarray((count,), dtype="<u4", buffer=letters, strides=(1,)).astype(np.uint32)


def _slots(numbers: Numbers) -> Numbers:
    return (numbers * _MIX) >> np.uint32(32 - _BITS)


def _ways(
    concept: Concept, origins: Mapping[Origin, float]
) -> Sequence[tuple[str, float, frozenset[bytes]]]:
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
