"""A flat faiss file read without faiss: the same vectors, found by the same inner product.

For one question asked of a small index, loading faiss takes longer than all the rest of a search.
The layout is that of `faiss.write_index` for an `IndexIDMap2` over an `IndexFlatIP`; a file of any
other kind, or of a layout not known here, gives None, and faiss reads it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
# Of each index: its kind, dimensions, count, two fillers, whether trained, metric (0: product).
_HEAD = struct.Struct("<4siqqq?i")
_COUNT = struct.Struct("<Q")
_AT_ONCE = 50_000


@dataclass(frozen=True)
class FlatFile:
    """Vectors (rows, dimensions), memory-mapped, and the passage number of each."""

    matrix: Vectors
    numbers: Numbers

    @property
    def size(self) -> int:
        """How many vectors there are."""
        return len(self.numbers)

    @property
    def dimensions(self) -> int:
        """How long a vector is."""
        return int(self.matrix.shape[1])

    def search(
        self, query: Vectors, *, limit: int, among: Numbers | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers and inner products, best first, optionally among some rising numbers."""
        if among is None:
            numbers, scores = self.numbers, products(self.matrix, query)
        else:
            inside = are_among(self.numbers, among)
            numbers, scores = self.numbers[inside], products(self.matrix[inside], query)
        best = largest(scores, limit)
        return list(zip(numbers[best].tolist(), scores[best].tolist(), strict=True))

    @cached_property
    def _order(self) -> npt.NDArray[np.intp]:
        return np.argsort(self.numbers, kind="stable")

    def rows(self, ids: Sequence[int]) -> Vectors:
        """The vectors of passages that are in the file.

        Raises:
            KeyError: one is not.
        """
        wanted = np.asarray(ids, dtype=np.int64)
        places = np.searchsorted(self.numbers, wanted, sorter=self._order)
        found = self._order[np.minimum(places, self.size - 1)]
        if (self.numbers[found] != wanted).any():
            raise KeyError("a passage has no vector")
        return self.matrix.take(found, axis=0)


def are_among(numbers: Numbers, rising: Numbers) -> npt.NDArray[np.bool_]:
    """Which numbers are among some that rise.

    >>> are_among(np.array([5, 1, 9]), np.array([1, 3, 5])).tolist()
    [True, True, False]
    """
    if not len(rising):
        return np.zeros(len(numbers), dtype=np.bool_)
    places = np.minimum(np.searchsorted(rising, numbers), len(rising) - 1)
    found: npt.NDArray[np.bool_] = rising[places] == numbers
    return found


def slices(count: int) -> Iterator[slice]:
    """The rows of a large array, so many at a time as memory should hold."""
    return (slice(start, start + _AT_ONCE) for start in range(0, count, _AT_ONCE))


def products(rows: Vectors, query: Vectors) -> Vectors:
    """The inner product of each row with a query.

    Without the threads of a BLAS: those go on spinning after a product that takes a millisecond,
    and cost the rest of a search as much processor time again (measured).
    """
    found: Vectors = np.einsum("ij,j->i", rows, query)
    return found


def largest(scores: Vectors, limit: int) -> npt.NDArray[np.intp]:
    """The places of the largest scores, largest first; of equals the first come first."""
    if len(scores) <= limit:
        return np.argsort(-scores, kind="stable")
    least = np.partition(scores, -limit)[-limit]
    places = np.flatnonzero(scores >= least)
    return places[np.argsort(-scores[places], kind="stable")[:limit]]


def read_flat_file(path: Path) -> FlatFile | None:
    """The vectors of a flat file; None when it is of another kind.

    Raises:
        OSError: there is no such file.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(2 * _HEAD.size + _COUNT.size)
    if len(start) < 2 * _HEAD.size + _COUNT.size:
        return None
    outer, inner = _HEAD.unpack_from(start), _HEAD.unpack_from(start, _HEAD.size)
    (floats,) = _COUNT.unpack_from(start, 2 * _HEAD.size)
    count, width = int(outer[2]), int(outer[1])
    begin = 2 * _HEAD.size + _COUNT.size
    end = begin + 4 * count * width
    kinds = (outer[0], inner[0]) == (b"IxM2", b"IxFI") and outer[1:] == inner[1:]
    if not kinds or not count or floats != count * width:
        return None
    if size != end + _COUNT.size + 8 * count:
        return None
    matrix = np.memmap(path, dtype="<f4", mode="r", offset=begin, shape=(count, width))
    numbers = np.fromfile(path, dtype="<i8", offset=end + _COUNT.size, count=count)
    return FlatFile(np.asarray(matrix), numbers)
