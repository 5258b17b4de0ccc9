"""An encoder that remembers: each different text is encoded once, ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

import numpy as np

from rodtrad.retrieval.encoders.encodable import encodable
from rodtrad.retrieval.encoders.port import (
    LEAST_TELLING,
    Encoder,
    Progress,
    Role,
    Subwords,
    Vectors,
    subwords_of,
)
from rodtrad.retrieval.encoders.vectorstore import VectorStore

T = TypeVar("T")
BATCH = 32
_SEPARATOR = b"\x1f"
_TYPED = 256  # vectors of queries that are remembered


class CachedEncoder:
    """Puts a store of vectors before another encoder.

    The key of a vector is a digest of the encoder's name and revision, the role (query or passage)
    and the text as the encoder sees it. Name and revision are the inner encoder's: a vector from
    the store is the one that would have been computed.
    """

    def __init__(self, encoder: Encoder, store: VectorStore, *, batch: int = BATCH) -> None:
        """`batch` is how many texts are encoded between two visits to the store."""
        self._encoder = encoder
        self._store = store
        self._batch = batch
        # Kept with the encoder and freed with it.
        self._typed = lru_cache(maxsize=_TYPED)(self._encode_typed)

    @property
    def name(self) -> str:
        """The inner encoder's name."""
        return self._encoder.name

    @property
    def revision(self) -> str:
        """The inner encoder's revision."""
        return self._encoder.revision

    @property
    def dimensions(self) -> int:
        """The inner encoder's dimensions."""
        return self._encoder.dimensions

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query.

        A query that comes alone is one somebody has typed: it is not written to disk, but the
        latest are remembered, for it comes again with each filter, page and order.
        """
        if len(texts) == 1:
            return self._typed(texts[0])
        return self._encode(texts, "query", self._encoder.encode_queries, None)

    def _encode_typed(self, text: str) -> Vectors:
        found = self._encoder.encode_queries([text])
        found.flags.writeable = False
        return found

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """One vector a passage; those known already count as done in the first progress call."""
        return self._encode(texts, "passage", self._encoder.encode_passages, progress)

    def encode_subwords(self, texts: Sequence[str], *, role: Role) -> list[Subwords]:
        """The telling pieces of each text; those known already are read from the store."""
        keys = [self._key(text, f"{role} subwords {LEAST_TELLING}") for text in texts]
        known = self._store.get_subwords(list(dict.fromkeys(keys)), dimensions=self.dimensions)

        def encode(some: Sequence[str]) -> list[Subwords]:
            return subwords_of(self._encoder, some, role=role)

        self._complete(known, dict(zip(keys, texts, strict=True)), encode, self._store.put_subwords)
        return [known[key] for key in keys]

    def forget_all_but(self, texts: Iterable[str]) -> int:
        """Forget every vector but those of these texts as passages; how many were forgotten."""
        return self._store.keep_only(self._key(text, "passage") for text in texts)

    def _encode(
        self,
        texts: Sequence[str],
        role: str,
        encode: Callable[[Sequence[str]], Vectors],
        progress: Progress | None,
    ) -> Vectors:
        keys = [self._key(text, role) for text in texts]
        known = self._store.get(list(dict.fromkeys(keys)), dimensions=self.dimensions)
        wanted = dict(zip(keys, texts, strict=True))
        done = len(texts) - len(wanted.keys() - known.keys())

        def told(more: int) -> None:
            if progress is not None:
                progress(done + more, len(texts))

        self._complete(known, wanted, encode, self._store.put, told)
        if done == len(texts):
            told(0)
        empty = np.empty((0, self.dimensions), dtype=np.float32)
        return np.stack([known[key] for key in keys]) if keys else empty

    def _complete(
        self,
        known: dict[bytes, T],
        wanted: Mapping[bytes, str],
        encode: Callable[[Sequence[str]], Iterable[T]],
        put: Callable[[list[tuple[bytes, T]]], None],
        told: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Encodes what is wanted and not known, and keeps it a batch at a time."""
        missing = [(key, text) for key, text in wanted.items() if key not in known]
        for start in range(0, len(missing), self._batch):
            batch = missing[start : start + self._batch]
            found = encode([text for _, text in batch])
            rows = [(key, row) for (key, _), row in zip(batch, found, strict=True)]
            put(rows)
            known.update(rows)
            told(start + len(batch))

    def _key(self, text: str, role: str) -> bytes:
        parts = (self.name, self.revision, role, encodable(text))
        return blake2b(_SEPARATOR.join(part.encode() for part in parts), digest_size=16).digest()
