"""What a search index is put together from: passages, words, vectors; embedded or on a server.

Whoever meets these three can be searched by `SearchIndex`: queries are read, rankings mixed and
reasons given in one place, whatever holds the data. Passages are known by number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from rodtrad.retrieval.dense import VectorSpace
from rodtrad.retrieval.hits import DocumentInfo, SearchFilters
from rodtrad.retrieval.stemming import Language
from rodtrad.retrieval.store import StoredPassage
from rodtrad.retrieval.traits import Numbers, Traits
from rodtrad.retrieval.wordquery import WordQuery

Vectors = npt.NDArray[np.float32]


class PassageReader(Protocol):
    """Passages and documents, to be read."""

    def documents(self) -> Mapping[str, DocumentInfo]:
        """All documents by id."""
        ...

    def keys(self) -> dict[int, str]:
        """Passage key by number, of all passages."""
        ...

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Passages by number; unknown numbers are left out."""
        ...

    def traits(self, ids: Sequence[int]) -> dict[int, Traits]:
        """The traits of passages by number."""
        ...

    def letters(self, ids: Sequence[int]) -> list[bytes]:
        """The letters of passages that are there (see `shapes`), in the order of the numbers."""
        ...

    def allowed(self, filters: SearchFilters) -> Numbers:
        """The numbers, rising, of the passages that pass a filter."""
        ...


class WordIndex(Protocol):
    """Terms in passages, ranked by BM25."""

    def document_frequency(self, field: str, term: str) -> int:
        """How many passages hold a term in a field."""
        ...

    def terms_with_prefix(self, prefix: str, *, limit: int = 50) -> list[str]:
        """Words of the collection that begin so, in the field of plain words."""
        ...

    def search(
        self, query: WordQuery, *, limit: int, filters: SearchFilters | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers and scores for a query, best first."""
        ...


class VectorIndex(Protocol):
    """Vectors of passages, found by inner product."""

    @property
    def size(self) -> int:
        """How many vectors there are."""
        ...

    def require(self, space: VectorSpace) -> None:
        """Refuse queries of another model with a `WorkspaceError`."""
        ...

    def search(
        self, query: Vectors, *, limit: int, among: Numbers | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers and cosines, best first, optionally only among some rising numbers."""
        ...

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """The vectors of passages that are in the index."""
        ...

    def direction(self, vector: Vectors, languages: frozenset[Language]) -> Vectors:
        """Where to look for what a query means, from its vector and the languages it is in."""
        ...

    def surprises(self, query: Vectors, cosines: Sequence[float]) -> list[float]:
        """How many standard deviations cosines lie above that of unrelated passages."""
        ...
