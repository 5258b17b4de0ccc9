"""Vectors of passages in faiss, centred and of length 1, found by inner product.

All vectors of an e5 model lie in a narrow cone, and some passages (lists of links, say) are near to
every query. Subtracting the collection's mean from the passages, not from the query, measured best
on the relevance suite: nDCG@10 of meaning alone 0.70 → 0.73 (sv), 0.48 → 0.50 (en).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rodtrad.errors import WorkspaceError

Vectors = npt.NDArray[np.float32]
_FEW, _SAMPLE, _LEAST_SPREAD = 20, 300, 0.01
_INDEX, _ABOUT = "vectors.faiss", "vectors.json"


@dataclass(frozen=True, slots=True)
class VectorSpace:
    """Which model made the vectors; vectors of two spaces are never compared."""

    model: str
    revision: str
    dimensions: int


@dataclass(frozen=True, slots=True)
class Centring:
    """What was subtracted from the vectors, their mean after it, and the spread of cosines."""

    mean: Vectors
    centre: Vectors
    spread: float


def centring_of(vectors: Vectors) -> Centring:
    """The centring for a collection. The mean of a few vectors is drawn towards zero."""
    mean = vectors.sum(axis=0) / (len(vectors) + _FEW)
    moved = _centred(vectors, mean.astype(np.float32))
    sample = vectors[:: max(1, len(vectors) // _SAMPLE)]
    spread = float((sample @ moved.T).std(axis=1).mean()) if len(vectors) > 1 else 0.0
    return Centring(mean.astype(np.float32), moved.mean(axis=0), max(spread, _LEAST_SPREAD))


def _centred(vectors: Vectors, mean: Vectors) -> Vectors:
    moved = vectors - mean
    lengths = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    return np.asarray(moved / lengths, dtype=np.float32)


class DenseIndex:
    """Vectors by passage number.

    `mean` was subtracted from every vector; it is fixed when the first vectors are added, so that
    later additions stay comparable. `centre` and `spread` say what a cosine with an unrelated query
    is: its mean direction and its usual standard deviation.
    """

    def __init__(self, index: Any, space: VectorSpace, about: Centring) -> None:
        self._index = index
        self.space = space
        self._about = about

    @classmethod
    def create(cls, space: VectorSpace) -> DenseIndex:
        """An empty index for the vectors of one model."""
        import faiss

        index = faiss.IndexIDMap2(faiss.IndexFlatIP(space.dimensions))
        zeros = np.zeros(space.dimensions, dtype=np.float32)
        return cls(index, space, Centring(zeros, zeros, 1.0))

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add the vectors of passages.

        Raises:
            WorkspaceError: they have another dimension, or hold what is no number.
        """
        if vectors.shape != (len(ids), self.space.dimensions):
            raise WorkspaceError(
                f"vectors of shape {vectors.shape} do not fit an index of "
                f"{self.space.dimensions} dimensions; rebuild with `rodtrad build --force`."
            )
        if not np.isfinite(vectors).all():
            raise WorkspaceError("the encoder gave vectors that are no numbers; check its model.")
        if not len(ids):
            return
        if self.size == 0:
            self._about = centring_of(vectors)
        moved = _centred(vectors, self._about.mean)
        self._index.add_with_ids(moved, np.asarray(ids, dtype=np.int64))

    def surprise(self, query: Vectors, cosine: float) -> float:
        """How many standard deviations a cosine lies above that of unrelated passages."""
        return (cosine - float(self._about.centre @ query)) / self._about.spread

    def delete(self, ids: Sequence[int]) -> None:
        """Take vectors out by passage number; unknown numbers are no error."""
        self._index.remove_ids(np.asarray(ids, dtype=np.int64))

    @property
    def size(self) -> int:
        """How many vectors the index holds."""
        return int(self._index.ntotal)

    def search(
        self, query: Vectors, *, limit: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers and cosines, best first, optionally only among some numbers."""
        import faiss

        limit = min(limit, self.size)
        if limit == 0 or (among is not None and not len(among)):
            return []
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBatch(np.asarray(among, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, ids = self._index.search(query[None, :], limit, params=parameters)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """The centred vectors of passages that are in the index."""
        rows = self._index.reconstruct_batch(np.asarray(ids, dtype=np.int64))
        return np.asarray(rows, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index and what model it is of."""
        import faiss

        faiss.write_index(self._index, str(folder / _INDEX))
        about = {
            **asdict(self.space),
            "size": self.size,
            "mean": self._about.mean.tolist(),
            "centre": self._about.centre.tolist(),
            "spread": self._about.spread,
        }
        (folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> DenseIndex:
        """The index of a folder.

        Raises:
            WorkspaceError: there is none, or its parts do not belong together.
        """
        import faiss

        try:
            about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
            space = VectorSpace(about["model"], about["revision"], about["dimensions"])
            mean, centre = (np.asarray(about[n], dtype=np.float32) for n in ("mean", "centre"))
            centring = Centring(mean, centre, float(about["spread"]))
            index = faiss.read_index(str(folder / _INDEX))
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise WorkspaceError(
                f"{folder}: the vectors cannot be read ({error}); run `rodtrad build`."
            ) from error
        if index.d != space.dimensions or index.ntotal != about["size"]:
            raise WorkspaceError(
                f"{folder}: {_INDEX} and {_ABOUT} do not belong together; run `rodtrad build`."
            )
        return cls(index, space, centring)

    def require(self, space: VectorSpace) -> None:
        """Refuse queries of another model.

        Raises:
            WorkspaceError: model, revision or dimension differ.
        """
        if space != self.space:
            raise WorkspaceError(
                f"the index holds vectors of {self.space.model} ({self.space.revision}), the "
                f"query comes from {space.model} ({space.revision}); run `rodtrad build`."
            )
