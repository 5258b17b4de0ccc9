"""An encoder without a model, for tests: words are hashed to directions."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from rodtrad.retrieval.encoders.encodable import encodable
from rodtrad.retrieval.encoders.port import Progress, Role, Subwords, Vectors, unit_rows


class HashingEncoder:
    """Each word adds a fixed pseudo-random direction; texts with words in common are near.

    Deterministic on every machine, needs no model and no download. It knows nothing of language,
    so it is for tests of what is built around an encoder, not for searching.
    """

    name = "hashing"

    def __init__(self, *, dimensions: int = 64) -> None:
        self.dimensions = dimensions
        self.revision = f"1;{dimensions}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """One vector a passage; the same as for a query with the same words."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float64)
        for row, text in zip(rows, texts, strict=True):
            words = encodable(text).casefold().split() or [""]
            row += sum(self._direction(word) for word in words)
        if progress is not None:
            progress(len(texts), len(texts))
        return unit_rows(rows)

    def encode_subwords(self, texts: Sequence[str], *, role: Role) -> list[Subwords]:
        """Each word as one piece; the same for either role."""
        return [self._words(encodable(text).casefold().split()) for text in texts]

    def _words(self, words: Sequence[str]) -> Subwords:
        rows = np.zeros((len(words), self.dimensions), dtype=np.float16)
        for row, word in zip(rows, words, strict=True):
            row += self._direction(word).astype(np.float16)
        return Subwords(rows, np.ones(len(words), dtype=np.float32))

    def _direction(self, word: str) -> np.ndarray:
        seed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
        return np.random.default_rng(seed).standard_normal(self.dimensions)
