"""Late interaction: each telling piece of a demand against the nearest piece of a measure.

One vector a sentence blurs what the sentence names. Here every piece of a word ("arbetskrafts",
"exploatering") keeps its own vector, seen in its sentence, and a demand is near a measure where
each of its pieces has a near one there (Khattab and Zaharia 2020, ColBERT; here with an encoder
that was not trained for it). It needs no vocabulary, works across languages, and finds compounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from rodtrad.retrieval.encoders.port import Encoder, Role, subwords_of
from rodtrad.tracing.arrays import Floats, unit_rows
from rodtrad.tracing.encoding import neutral_demands
from rodtrad.tracing.texts import Side

Codes: TypeAlias = NDArray[np.int8]
_ALL_COMPARED = 300  # measures up to which every pair is compared piece by piece
_SHORTLIST = 128  # how many a demand is compared with where there are more
_LARGEST_CODE = 127
_ENCODED_AT_ONCE = 200  # sides: in full precision the pieces of 10,000 measures are gigabytes


@dataclass(frozen=True)
class DemandSubwords:
    """Unit rows of the pieces of all demands and how much each says; one more start than demands.

    `weights` are those of the sentence times the square of how telling the piece is.
    """

    rows: Floats
    weights: Floats
    starts: tuple[int, ...]

    def __iter__(self) -> Iterator[tuple[int, Floats, Floats]]:
        """Place, rows and weights of each demand that has any telling piece."""
        for place, (start, end) in enumerate(pairwise(self.starts)):
            if self.weights[start:end].any():
                yield place, self.rows[start:end], self.weights[start:end]


@dataclass(frozen=True)
class MeasureSubwords:
    """The pieces of each measure as rows of bytes with a scale each: some 32 kB a measure."""

    codes: tuple[Codes, ...]
    scales: tuple[Floats, ...]

    def nearest(self, demands: DemandSubwords, *, rough: Callable[[], Floats]) -> Floats:
        """For each demand and measure the weighted mean of its pieces' best matches, -1 to 1.

        Of more than 300 measures only the 128 are compared that come first in the demand's row of
        a `rough` likeness; the others get what theirs lets expect, and are no nearer than the last
        of these.
        """
        found = np.zeros((len(demands.starts) - 1, len(self.codes)), np.float32)
        if len(self.codes) > _ALL_COMPARED:
            self._fill_from_shortlists(found, demands, rough())
        elif len(self.codes):
            pieces = self._some(np.arange(len(self.codes)))
            for place, asked, weights in demands:
                found[place] = pieces.mean_of_best(asked, weights)
        return found

    def _fill_from_shortlists(
        self, found: Floats, demands: DemandSubwords, likeness: Floats
    ) -> None:
        for place, asked, weights in demands:
            some = np.sort(np.argpartition(-likeness[place], _SHORTLIST)[:_SHORTLIST])
            values = self._some(some).mean_of_best(asked, weights)
            found[place] = np.minimum(_expected(values, likeness[place], some), values.min())
            found[place, some] = values

    def _some(self, places: NDArray[np.intp]) -> _Pieces:
        """The pieces of some measures, and where each measure's begin."""
        codes = np.concatenate([self.codes[place] for place in places])
        scales = [self.scales[place] for place in places]
        begins = np.array([0, *accumulate(map(len, scales[:-1]))])
        return _Pieces(codes.astype(np.float32), np.concatenate(scales), begins)


def _expected(values: Floats, likeness: Floats, some: NDArray[np.intp]) -> Floats:
    """Nearness of all measures from their likeness, in proportion to those that were compared.

    A floor for all would make every compared one stand out from the row alike.
    """
    spread = max(float(likeness[some].std()), 1e-6)
    apart = (likeness - likeness[some].mean()) / spread
    return np.asarray(values.mean() + apart * values.std(), np.float32)


@dataclass(frozen=True)
class _Pieces:
    rows: Floats
    scales: Floats
    begins: NDArray[np.int64]

    def mean_of_best(self, asked: Floats, weights: Floats) -> Floats:
        """A number a measure; the scales are put on the products, which are far fewer."""
        products = (asked @ self.rows.T) * self.scales
        best = np.maximum.reduceat(products, self.begins, axis=1)
        return np.asarray(weights @ best / weights.sum(), np.float32)


def demand_subwords(sides: Sequence[Side], *, encoder: Encoder) -> DemandSubwords:
    """The pieces of the demands' sentences; a demand of frequent pieces alone weighs nothing."""
    said = [[(unit.text, unit.weight) for unit in side.units] for side in sides]
    found = list(_pieces(said, sides, encoder=encoder, role="query"))
    return DemandSubwords(
        np.concatenate([np.zeros((0, encoder.dimensions), np.float32), *(r for r, _ in found)]),
        np.concatenate([np.zeros(0, np.float32), *(weights for _, weights in found)]),
        (0, *accumulate(len(weights) for _, weights in found)),
    )


def measure_subwords(sides: Sequence[Side], *, encoder: Encoder) -> MeasureSubwords:
    """The pieces of the measures' titles and sentences."""
    said = [[(text, 1.0) for text in (s.title, *(u.text for u in s.units))] for s in sides]
    found = _pieces(said, sides, encoder=encoder, role="passage")
    written = [_as_bytes(rows) for rows, _ in found]
    return MeasureSubwords(tuple(c for c, _ in written), tuple(s for _, s in written))


def _as_bytes(rows: Floats) -> tuple[Codes, Floats]:
    scales = np.abs(rows).max(axis=1, initial=1e-6) / _LARGEST_CODE
    return np.rint(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def _pieces(
    said: Sequence[Sequence[tuple[str, float]]],
    sides: Sequence[Side],
    *,
    encoder: Encoder,
    role: Role,
) -> Iterator[tuple[Floats, Floats]]:
    """Unit rows and weights of each side's pieces; one row of zeros where it has none."""
    languages = dict.fromkeys(side.language for side in sides)
    middles = {language: _usual_piece(language, encoder) for language in languages}
    nothing = np.zeros((1, encoder.dimensions), np.float32), np.zeros(1, np.float32)
    for start in range(0, len(sides), _ENCODED_AT_ONCE):
        some = said[start : start + _ENCODED_AT_ONCE]
        texts = [text for sentences in some for text, _ in sentences]
        given = iter(subwords_of(encoder, texts, role=role))
        for side, sentences in zip(sides[start:], some, strict=False):
            found = [(next(given), weight) for _, weight in sentences]
            weights = [np.float32(weight) * one.telling**2 for one, weight in found]
            if sum(map(len, weights)) == 0:
                yield nothing
                continue
            rows = np.concatenate([one.vectors for one, _ in found]) - middles[side.language]
            yield unit_rows(rows), np.concatenate(weights)


def _usual_piece(language: str, encoder: Encoder) -> Floats:
    """What the pieces of a language have in common: the mean over demands of many fields.

    It is taken off the measures' pieces as well, which have none of their own for all fields.
    """
    neutral = subwords_of(encoder, neutral_demands()[language], role="query")
    rows = np.concatenate([one.vectors for one in neutral]).astype(np.float32)
    return np.asarray(rows.mean(axis=0), np.float32)
