"""Vectors of passages in faiss, centred and of length 1, found by inner product.

All vectors of an e5 model lie in a narrow cone, and some passages (lists of links, say) are near to
every query, so the collection's mean is subtracted from the passages. What is done to a query is
said in `directions`.

By size: up to `QUICK` vectors a flat file is read and multiplied with numpy, which starts 60 ms
sooner than faiss and gives the same answer; up to `APPROXIMATE_FROM` faiss compares with all; above
it codes choose and half-precision vectors score (`approximate`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from rodtrad.errors import WorkspaceError
from rodtrad.retrieval.directions import (
    LANGUAGES,
    Directions,
    neutral_vectors,
    on_one_thread,
)
from rodtrad.retrieval.flatfile import FlatFile, read_flat_file, slices
from rodtrad.retrieval.stemming import Language

if TYPE_CHECKING:
    from rodtrad.retrieval.approximate import CodedVectors

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
_FEW, _SAMPLE, _MANY, _LEAST_SPREAD = 20, 300, 50_000, 0.01
_INDEX, _ABOUT, _DIRECTIONS = "vectors.faiss", "vectors.json", "directions.npy"
QUICK = 20_000
APPROXIMATE_FROM = 50_000


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
    mean = (vectors.sum(axis=0) / (len(vectors) + _FEW)).astype(np.float32)
    moved = _centred(vectors[:: max(1, len(vectors) // _MANY)], mean)
    sample = moved[:: max(1, len(moved) // _SAMPLE)]
    spread = float((sample @ moved.T).std(axis=1).mean()) if len(vectors) > 1 else 0.0
    return Centring(mean, moved.mean(axis=0), max(spread, _LEAST_SPREAD))


def _centred(vectors: Vectors, mean: Vectors) -> Vectors:
    moved = vectors - mean
    lengths = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    return np.asarray(moved / lengths, dtype=np.float32)


class CentredRows:
    """Vectors, perhaps in a file, of which those asked for are centred when they are."""

    def __init__(self, vectors: Vectors, mean: Vectors) -> None:
        self._vectors, self._mean = vectors, mean
        self.shape = vectors.shape

    def __getitem__(self, rows: slice | Numbers) -> Vectors:
        return _centred(self._vectors[rows], self._mean)


def contents(flat: Any) -> tuple[Vectors, Numbers]:
    """The vectors of a flat faiss index, and the number of each."""
    import faiss

    inner: Any = faiss.downcast_index(flat.index)
    vectors = faiss.rev_swig_ptr(inner.get_xb(), flat.ntotal * flat.d).reshape(-1, flat.d)
    return vectors, faiss.vector_to_array(flat.id_map)


def coded_vectors(folder: Path, looked_at: int | None) -> CodedVectors | None:
    """The coded vectors of a folder; None where it has none."""
    if looked_at is None:
        return None
    from rodtrad.retrieval.approximate import CodedVectors

    return CodedVectors.open(folder, looked_at=looked_at)


class DenseIndex:
    """Vectors by passage number.

    `mean` was subtracted from every vector; it is fixed when the first vectors are added, so that
    later additions stay comparable. `centre` and `spread` say what a cosine with an unrelated query
    is: its mean direction and its usual standard deviation.
    """

    def __init__(
        self,
        space: VectorSpace,
        about: Centring,
        *,
        directions: Directions | None = None,
        index: Any = None,
        path: Path | None = None,
    ) -> None:
        self.space = space
        self._about = about
        self.directions = directions or Directions.plain(space.dimensions)
        self._made = index
        self._path = path
        self._flat: FlatFile | None = read_flat_file(path) if path else None
        self._coded: CodedVectors | None = None

    @classmethod
    def create(cls, space: VectorSpace) -> DenseIndex:
        """An empty index for the vectors of one model."""
        import faiss

        index = faiss.IndexIDMap2(faiss.IndexFlatIP(space.dimensions))
        zeros = np.zeros(space.dimensions, dtype=np.float32)
        return cls(space, Centring(zeros, zeros, 1.0), index=index)

    @property
    def centring(self) -> Centring:
        """What was subtracted from the vectors, and what is left of them."""
        return self._about

    @cached_property
    def _index(self) -> Any:
        """The faiss index; read when first needed."""
        if self._made is not None:
            return self._made
        import faiss

        try:
            return faiss.read_index(str(self._path))
        except RuntimeError as error:
            raise WorkspaceError(
                f"{self._path}: the vectors cannot be read ({error}); run `rodtrad build`."
            ) from error

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
        if not len(ids):
            return
        numbers = np.asarray(ids, dtype=np.int64)
        if self.size == 0:
            self._about = centring_of(vectors)
        if not all(np.isfinite(vectors[part]).all() for part in slices(len(ids))):
            raise WorkspaceError("the encoder gave vectors that are no numbers; check its model.")
        self._add_centred(numbers, CentredRows(vectors, self._about.mean))
        self._flat = None

    def _add_centred(self, numbers: Numbers, rows: CentredRows) -> None:
        """Add rows some at a time; from the limit on their codes."""
        from rodtrad.retrieval.approximate import CodedVectors

        if self._coded is None and self.size == 0 and len(numbers) >= APPROXIMATE_FROM:
            self._coded = CodedVectors.of(rows, numbers)
            return
        for part in slices(len(numbers)):
            if self._coded is not None:
                self._coded.add(rows[part], numbers[part])
            else:
                self._index.add_with_ids(rows[part], numbers[part])
        if self._coded is None and self._index.ntotal >= APPROXIMATE_FROM:
            self._coded = CodedVectors.of(*contents(self._index))

    def learn(self, encode: Callable[[list[str]], Vectors], vectors: Vectors) -> None:
        """Learn from the vectors that were added, as they came, what a query's vector is worth.

        `encode` is that of queries. What is learnt stays when passages come and go.
        """
        with on_one_thread():
            self._learn(encode, vectors)

    def _learn(self, encode: Callable[[list[str]], Vectors], vectors: Vectors) -> None:
        moved = _centred(vectors[:: max(1, len(vectors) // _MANY)], self._about.mean)
        neutral = neutral_vectors(encode)
        self.directions = found = Directions.learnt(neutral, moved)
        asked = [
            found.of(vector, frozenset({spoken}))
            for spoken, rows in zip(LANGUAGES, neutral, strict=True)
            for vector in rows
        ]
        spread = float((np.stack(asked) @ moved.T).std(axis=1).mean())
        self._about = replace(self._about, spread=max(spread, _LEAST_SPREAD))

    def direction(self, vector: Vectors, languages: frozenset[Language]) -> Vectors:
        """Where to look for what a query means, from its vector and the languages it is in."""
        return self.directions.of(vector, languages)

    def surprises(self, query: Vectors, cosines: Sequence[float]) -> list[float]:
        """How many standard deviations cosines lie above that of unrelated passages."""
        usual = float(self._about.centre @ query)
        return [(cosine - usual) / self._about.spread for cosine in cosines]

    def delete(self, ids: Sequence[int]) -> None:
        """Take vectors out by passage number; unknown numbers are no error."""
        numbers = np.asarray(ids, dtype=np.int64)
        if self._coded is not None:
            self._coded.delete(numbers)
            return
        self._index.remove_ids(numbers)
        self._flat = None

    @property
    def size(self) -> int:
        """How many vectors the index holds."""
        held = self._coded or self._flat
        return held.size if held else int(self._index.ntotal)

    def search(
        self, query: Vectors, *, limit: int, among: Numbers | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers and cosines, best first, optionally only among some rising numbers."""
        limit = min(limit, self.size)
        if limit == 0 or (among is not None and not len(among)):
            return []
        if self._flat is not None and self.size <= QUICK:
            return self._flat.search(query, limit=limit, among=among)
        if self._coded is not None:
            return self._coded.search(query, limit=limit, among=among)
        import faiss

        only = None
        if among is not None:
            selector = faiss.IDSelectorBatch(among)
            only = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, ids = self._index.search(query[None, :], limit, params=only)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """The centred vectors of passages that are in the index."""
        if self._coded is not None:
            return self._coded.vectors(np.asarray(ids, dtype=np.int64))
        if self._flat is not None:
            return self._flat.rows(ids)
        rows = self._index.reconstruct_batch(np.asarray(ids, dtype=np.int64))
        return np.asarray(rows, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the index and what model it is of."""
        self._write(folder)
        np.save(folder / _DIRECTIONS, self.directions.rows(), allow_pickle=False)
        about = {
            **asdict(self.space),
            "size": self.size,
            "mean": self._about.mean.tolist(),
            "centre": self._about.centre.tolist(),
            "spread": self._about.spread,
            "looked_at": self._coded.looked_at if self._coded else None,
        }
        (folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")

    def _write(self, folder: Path) -> None:
        import faiss

        if self._coded is None:
            faiss.write_index(self._index, str(folder / _INDEX))
        else:
            self._coded.save(folder)
            (folder / _INDEX).unlink(missing_ok=True)

    @classmethod
    def open(cls, folder: Path) -> DenseIndex:
        """The index of a folder.

        Raises:
            WorkspaceError: there is none, or its parts do not belong together.
        """
        path = folder / _INDEX
        try:
            about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
            space = VectorSpace(about["model"], about["revision"], about["dimensions"])
            mean, centre = (np.asarray(about[n], dtype=np.float32) for n in ("mean", "centre"))
            rows = np.load(folder / _DIRECTIONS, allow_pickle=False)
            found = cls(
                space,
                Centring(mean, centre, float(about["spread"])),
                directions=Directions.from_rows(rows),
                path=None if about["looked_at"] else path,
            )
            found._coded = coded_vectors(folder, about["looked_at"])
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise WorkspaceError(
                f"{folder}: the vectors cannot be read ({error}); run `rodtrad build`."
            ) from error
        if found._flat is not None and found.size > QUICK:
            found._flat = None  # faiss reads the file now: it may be gone when a search needs it
        if found._dimensions != space.dimensions or found.size != about["size"]:
            raise WorkspaceError(
                f"{folder}: {_INDEX} and {_ABOUT} do not belong together; run `rodtrad build`."
            )
        return found

    @property
    def _dimensions(self) -> int:
        if self._coded is not None:
            return self._coded.width
        return self._flat.dimensions if self._flat else int(self._index.d)

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
