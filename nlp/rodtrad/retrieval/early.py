"""A query's text is encoded while the query is still being read.

What the encoder is given is known only when the query has been parsed, but for most Swedish ones it
is what was typed. Encoding takes half the time of a search and no lock of Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from rodtrad.retrieval.encoders.port import Vectors


class QueryEncoder(Protocol):
    """What a search needs of an encoder."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query, in the order given."""
        ...


class EarlyEncoder:
    """Gives the vector of one text from where it is made, those of others from the encoder."""

    def __init__(self, encoder: QueryEncoder, text: str, vector: Callable[[], Vectors]) -> None:
        self._encoder, self._text, self._vector = encoder, text, vector

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query, in the order given."""
        if list(texts) == [self._text]:
            return self._vector()
        return self._encoder.encode_queries(texts)
