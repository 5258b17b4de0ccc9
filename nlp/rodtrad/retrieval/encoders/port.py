"""What every sentence encoder offers, and what may go wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

from rodtrad.errors import RodtradError

Vectors: TypeAlias = npt.NDArray[np.float32]
Progress: TypeAlias = Callable[[int, int], None]
"""Called with (texts done, texts in all) after every batch."""
Role: TypeAlias = Literal["query", "passage"]
LEAST_TELLING = 0.6
"""Pieces below this (the 1,700 most frequent of 250,000: endings, "och", points) are left out."""


class EncoderError(RodtradError):
    """An encoder is missing, damaged, or used where it would hang."""


class Encoder(Protocol):
    """Texts in, one vector a text out.

    Vectors are rows of a float32 array of shape `(len(texts), dimensions)`, each of length 1, so
    that the inner product of two is their cosine. Only vectors of the same `name` *and* `revision`
    may be compared: whatever changes a vector (weights, prefixes, arithmetic) changes `revision`.
    """

    @property
    def name(self) -> str:
        """The model's name, readable."""
        ...

    @property
    def revision(self) -> str:
        """Changes whenever any vector would."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query, in the order given."""
        ...

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """One vector a passage, in the order given."""
        ...


@dataclass(frozen=True, slots=True)
class Subwords:
    """The telling pieces of one text, each seen in its context.

    `vectors` has a row a piece, as the model gives them (neither centred nor of length 1);
    `telling` says how rare each piece is, from `LEAST_TELLING` to 1.
    """

    vectors: npt.NDArray[np.float16]
    telling: npt.NDArray[np.float32]


@runtime_checkable
class GivesSubwords(Protocol):
    """An encoder that gives the vectors of a text's pieces as well."""

    def encode_subwords(self, texts: Sequence[str], *, role: Role) -> list[Subwords]:
        """The telling pieces of each text, in the order given; of some texts none."""
        ...


def subwords_of(encoder: Encoder, texts: Sequence[str], *, role: Role) -> list[Subwords]:
    """The telling pieces of each text; the text as one piece where the encoder gives no others."""
    if isinstance(encoder, GivesSubwords):
        return encoder.encode_subwords(texts, role=role)
    encode = encoder.encode_queries if role == "query" else encoder.encode_passages
    whole = np.ones(1, dtype=np.float32)
    return [Subwords(row[None].astype(np.float16), whole) for row in encode(texts)]


def checked(vectors: Vectors, *, count: int, name: str) -> Vectors:
    """The vectors as they came, if there are `count` of them and each is finite and of length 1.

    Raises:
        EncoderError: they are not; damaged weights give such vectors without any other sign.
    """
    if len(vectors) != count or not np.isfinite(vectors).all():
        raise EncoderError(f"The encoder {name} gives broken vectors; reinstall its package.")
    lengths = np.linalg.norm(vectors, axis=1)
    if count and np.abs(lengths - 1.0).max() > 1e-3:
        raise EncoderError(f"The encoder {name} gives vectors that are not of length 1.")
    return vectors


def unit_rows(vectors: npt.NDArray[np.floating]) -> Vectors:
    """Rows scaled to length 1; a row of zeros stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled
