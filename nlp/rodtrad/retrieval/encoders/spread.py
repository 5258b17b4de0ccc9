"""An encoder whose passages are encoded elsewhere, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

import numpy as np

from rodtrad.retrieval.encoders.port import (
    Encoder,
    Progress,
    Role,
    Subwords,
    Vectors,
    checked,
    subwords_of,
)
from rodtrad.settings import EncoderSettings

T = TypeVar("T")
R = TypeVar("R")
PIECE = 64
"""Texts a job: some seconds of work, and little to do again when a worker dies."""

BATCH = 4096
"""Texts between two visits to the store of vectors: enough for many workers."""


class Runner(Protocol):
    """What runs jobs elsewhere; see `backends.runners`."""

    def run(
        self, job: Callable[[T], R], items: Sequence[T]
    ) -> Iterator[tuple[int, R | BaseException]]:
        """The place and outcome of every item, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class EncodingJob:
    """Texts to encode with the encoder of some settings, whose revision is known."""

    settings: EncoderSettings
    revision: str
    texts: tuple[str, ...]


class SpreadEncoder:
    """Encodes passages through a job runner; queries, which somebody waits for, here."""

    def __init__(self, encoder: Encoder, settings: EncoderSettings, runner: Runner) -> None:
        self._encoder, self._settings, self._runner = encoder, settings, runner
        self.name, self.revision = encoder.name, encoder.revision
        self.dimensions = encoder.dimensions

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query."""
        return self._encoder.encode_queries(texts)

    def encode_subwords(self, texts: Sequence[str], *, role: Role) -> list[Subwords]:
        """The telling pieces of each text, encoded here: they are for tracing, not for a build."""
        return subwords_of(self._encoder, texts, role=role)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """One vector a passage, the same as the inner encoder gives."""
        if len(texts) <= PIECE:
            return self._encoder.encode_passages(texts, progress=progress)
        starts = range(0, len(texts), PIECE)
        jobs = [
            EncodingJob(self._settings, self.revision, tuple(texts[start : start + PIECE]))
            for start in starts
        ]
        rows = np.empty((len(texts), self.dimensions), dtype=np.float32)
        done = 0
        for place, outcome in self._runner.run(encode_piece, jobs):
            if isinstance(outcome, BaseException):
                raise outcome
            start, done = starts[place], done + len(outcome)
            rows[start : start + len(outcome)] = outcome
            if progress is not None:
                progress(done, len(texts))
        return checked(rows, count=len(texts), name=self.name)


def encode_piece(job: EncodingJob) -> Vectors:
    """The vectors of some texts, in the process that has the job.

    Raises:
        RuntimeError: this process has another model.
    """
    encoder = _encoder(job.settings)
    if encoder.revision != job.revision:
        raise RuntimeError(
            f"a worker has the model {encoder.revision}, {job.revision} is wanted; install the "
            "same version everywhere"
        )
    return encoder.encode_passages(job.texts)


@lru_cache(maxsize=2)
def _encoder(settings: EncoderSettings) -> Encoder:
    """The encoder of a worker, loaded once a process."""
    from rodtrad.retrieval.encoders.opening import named_encoder

    return named_encoder(settings)
