"""Vectors of passages in faiss, found by inner product of normalised vectors (cosine)."""

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
_INDEX, _ABOUT = "vectors.faiss", "vectors.json"


@dataclass(frozen=True, slots=True)
class VectorSpace:
    """Which model made the vectors; vectors of two spaces are never compared."""

    model: str
    revision: str
    dimensions: int


class DenseIndex:
    """Vectors by passage number. `mean` is the collection's mean vector, for centring."""

    def __init__(self, index: Any, space: VectorSpace, mean: Vectors) -> None:
        self._index = index
        self.space = space
        self.mean = mean

    @classmethod
    def create(cls, space: VectorSpace) -> DenseIndex:
        """An empty index for the vectors of one model."""
        import faiss

        index = faiss.IndexIDMap2(faiss.IndexFlatIP(space.dimensions))
        return cls(index, space, np.zeros(space.dimensions, dtype=np.float32))

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
        if len(ids):
            total = self.mean * self.size + vectors.sum(axis=0)
            self._index.add_with_ids(vectors, np.asarray(ids, dtype=np.int64))
            self.mean = (total / self.size).astype(np.float32)

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
        """The vectors of passages that are in the index."""
        rows = self._index.reconstruct_batch(np.asarray(ids, dtype=np.int64))
        return np.asarray(rows, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index and what model it is of."""
        import faiss

        faiss.write_index(self._index, str(folder / _INDEX))
        about = {**asdict(self.space), "size": self.size, "mean": self.mean.tolist()}
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
            mean = np.asarray(about["mean"], dtype=np.float32)
            index = faiss.read_index(str(folder / _INDEX))
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise WorkspaceError(
                f"{folder}: the vectors cannot be read ({error}); run `rodtrad build`."
            ) from error
        if index.d != space.dimensions or index.ntotal != about["size"]:
            raise WorkspaceError(
                f"{folder}: {_INDEX} and {_ABOUT} do not belong together; run `rodtrad build`."
            )
        return cls(index, space, mean)

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
