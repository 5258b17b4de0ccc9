"""Encoder vectors of demands and measures, sentence by sentence, with the common part taken off.

Cosines of a multilingual encoder lie in a narrow band, because all texts of one kind share a
direction. The mean of the measures' sentences is taken off theirs, the mean of neutral demands (of
the demand's language, many fields) off the demands'.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np

from rodtrad.retrieval.encoders.port import Encoder, Progress
from rodtrad.tracing.arrays import Floats, unit_rows
from rodtrad.tracing.texts import Side

_BLOCK = 2048  # measure sentences compared at once: keeps a block of similarities under 10 MB


@cache
def neutral_demands() -> Mapping[str, tuple[str, ...]]:
    """Demands of many fields, by language."""
    shipped = resources.files("rodtrad.tracing").joinpath("data/neutral-demands.toml")
    return {lang: tuple(texts) for lang, texts in tomllib.loads(shipped.read_text("utf-8")).items()}


@dataclass(frozen=True)
class EncodedDemands:
    """Unit rows of all demand sentences; `starts` has one more entry than there are demands."""

    rows: Floats
    weights: Floats
    starts: tuple[int, ...]


@dataclass(frozen=True)
class EncodedMeasures:
    """Unit rows of all titles and sentences; a measure's first row is its title."""

    rows: Floats
    starts: tuple[int, ...]

    def best_sentences(self, demands: EncodedDemands) -> Floats:
        """For each demand and measure the mean over the demand's sentences of the best match."""
        return _pool(_block_maxima(demands.rows, self.rows, self.starts), demands)

    def titles(self, demands: EncodedDemands) -> Floats:
        """For each demand and measure the mean over the demand's sentences of the title."""
        return _pool(demands.rows @ self.rows[list(self.starts[:-1])].T, demands)


def _block_maxima(queries: Floats, rows: Floats, starts: Sequence[int]) -> Floats:
    found = np.empty((len(queries), len(starts) - 1), np.float32)
    first = 0
    while first < len(starts) - 1:
        last = first + 1
        while last < len(starts) - 1 and starts[last + 1] - starts[first] <= _BLOCK:
            last += 1
        products = queries @ rows[starts[first] : starts[last]].T
        places = [start - starts[first] for start in starts[first:last]]
        found[:, first:last] = np.maximum.reduceat(products, places, axis=1)
        first = last
    return found


def _pool(per_sentence: Floats, demands: EncodedDemands) -> Floats:
    pooled = np.zeros((len(demands.starts) - 1, per_sentence.shape[1]), np.float32)
    for row, (start, end) in enumerate(pairwise(demands.starts)):
        weights = demands.weights[start:end]
        if end > start:
            pooled[row] = weights @ per_sentence[start:end] / weights.sum()
    return pooled


def encode_measures(
    sides: Sequence[Side], *, encoder: Encoder, progress: Progress | None = None
) -> EncodedMeasures:
    """Encodes titles and sentences as passages."""
    texts: list[str] = []
    starts = [0]
    for side in sides:
        texts += [side.title or "-", *(unit.text for unit in side.units)]
        starts.append(len(texts))
    raw = encoder.encode_passages(texts, progress=progress)
    return EncodedMeasures(unit_rows(raw - raw.mean(axis=0)), tuple(starts))


def encode_demands(sides: Sequence[Side], *, encoder: Encoder) -> EncodedDemands:
    """Encodes demand sentences as queries, the neutral demand of their language taken off."""
    texts: list[str] = []
    weights: list[float] = []
    starts = [0]
    languages: list[str] = []
    for side in sides:
        texts += [unit.text for unit in side.units]
        weights += [unit.weight for unit in side.units]
        languages += [side.language] * len(side.units)
        starts.append(len(texts))
    rows = np.array(encoder.encode_queries(texts), np.float32)  # the encoder may keep its own
    for language, neutral in neutral_demands().items():
        chosen = np.array([known == language for known in languages], bool)
        if chosen.any():
            rows[chosen] -= encoder.encode_queries(neutral).mean(axis=0)
    return EncodedDemands(unit_rows(rows), np.array(weights, np.float32), tuple(starts))
