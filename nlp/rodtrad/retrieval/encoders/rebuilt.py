"""The embedded weights run as eight-bit integers: passages four times as fast."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rodtrad.retrieval.encoders.embedded import EmbeddedEncoder
from rodtrad.retrieval.encoders.encodable import encodable
from rodtrad.retrieval.encoders.graph import MEAN, TOKENS
from rodtrad.retrieval.encoders.port import (
    LEAST_TELLING,
    Progress,
    Role,
    Subwords,
    Vectors,
    checked,
    unit_rows,
)
from rodtrad.retrieval.encoders.process import refuse_forked
from rodtrad.retrieval.encoders.weights import (
    Floats,
    Weights,
    WeightsFile,
    installed_weights,
    verify,
)

BATCH = 32
FORMAT = 2
"""Raise it when the graph, the tokenizer or the windows change: vectors are then made anew."""

GRAPH_FORMAT = f"{FORMAT}.1"
"""Raise its second part when the graph gives something more and every vector stays the same."""

FIRST_QUERIES = 2
"""So many typed queries of a process go through the engine, which is ready 0.2 s sooner."""

LONG_QUERY = 20
"""Words from which a query is not one somebody typed but a demand to be traced."""

_QUERY, _PASSAGE = "query: ", "passage: "
_GRAPH = "encoder.onnx"
_STEP = 0.05  # of how telling a piece is: nine steps from the least
_LOG = logging.getLogger(__name__)


class RebuiltEncoder:
    """Passages through onnxruntime, typed queries through the package's engine; the same weights.

    Each half is loaded when first used: a search loads only the engine (0.05 s), a build only the
    graph. Queries of 20 words and more go with the passages, as lists of them are long, and so do
    all from the third on: whoever goes on asking gets a third of the time a query. The halves agree
    to a cosine of 0.995; on the relevance suite the best hit is the same for 134 of 135 queries.
    A text is run alone, without padding: its vector does not depend on its batch, the order, or the
    number of threads.
    """

    name = "multilingual-e5-small"
    dimensions = 384

    def __init__(self, weights: WeightsFile | None = None, *, threads: int | None = None) -> None:
        self._file = weights or installed_weights()
        self._threads = threads or available_threads()
        self._asked = 0
        self.revision = f"q4-rows7.{FORMAT};{self._file.digest[:16]}"

    def prepare(self) -> None:
        """Load the half that encodes passages, making its graph if this machine has none."""
        _ = self._passages

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query; the package's engine encodes the first short ones of a process."""
        self._asked += len(texts)
        if self._asked > FIRST_QUERIES or "_passages" in self.__dict__:
            return self._passages.encode(texts, prefix=_QUERY)
        rows = np.empty((len(texts), self.dimensions), dtype=np.float32)
        lengths = [len(encodable(text).split()) for text in texts]
        is_long = np.array(lengths, dtype=np.int64) >= LONG_QUERY
        if is_long.any():
            rows[is_long] = self._passages.encode(_chosen(texts, is_long), prefix=_QUERY)
        if not is_long.all():
            rows[~is_long] = self._queries.encode_queries(_chosen(texts, ~is_long))
        return rows

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """One vector a passage; several at a time, a thread each."""
        return self._passages.encode(texts, prefix=_PASSAGE, progress=progress)

    def encode_subwords(self, texts: Sequence[str], *, role: Role) -> list[Subwords]:
        """The telling pieces of each text, always through the graph."""
        return self._passages.subwords(texts, prefix=_QUERY if role == "query" else _PASSAGE)

    @cached_property
    def _queries(self) -> EmbeddedEncoder:
        return EmbeddedEncoder(self._file, threads=self._threads)

    @cached_property
    def _passages(self) -> IntegerNetwork:
        return IntegerNetwork(self._file, threads=self._threads)


class IntegerNetwork:
    """Tokenizer, embeddings and graph of one file of weights."""

    def __init__(self, file: WeightsFile, *, threads: int) -> None:
        from rodtrad.retrieval.encoders.unigram import UnigramTokenizer

        self._session = _session(file)
        self._weights = Weights(file.path)
        self._tokenizer = UnigramTokenizer(self._weights.pieces)
        self._threads = threads
        shape = self._weights.shape
        positions = self._weights.vector("emb.pos").reshape(shape.positions, shape.hidden)
        self._places = positions + self._weights.vector("emb.type")[: shape.hidden]
        self._owner = os.getpid()

    def encode(
        self, texts: Sequence[str], *, prefix: str, progress: Progress | None = None
    ) -> Vectors:
        """One vector of length 1 a text, each with the prefix before it."""
        refuse_forked(self._owner)
        if len(texts) == 1:
            row = self._unit_mean(prefix + encodable(texts[0]))
            return checked(row[None], count=1, name=RebuiltEncoder.name)
        return self._encode_many(texts, prefix=prefix, progress=progress)

    def _encode_many(
        self, texts: Sequence[str], *, prefix: str, progress: Progress | None
    ) -> Vectors:
        from concurrent.futures import ThreadPoolExecutor

        rows = np.empty((len(texts), self._weights.shape.hidden), dtype=np.float32)
        with ThreadPoolExecutor(self._threads) as pool:
            for start in range(0, len(texts), BATCH):
                batch = [prefix + encodable(text) for text in texts[start : start + BATCH]]
                for offset, row in enumerate(pool.map(self._unit_mean, batch)):
                    rows[start + offset] = row
                if progress is not None:
                    progress(start + len(batch), len(texts))
        return checked(rows, count=len(texts), name=RebuiltEncoder.name)

    def subwords(self, texts: Sequence[str], *, prefix: str) -> list[Subwords]:
        """The telling pieces of each text, each seen in its text; none of the prefix."""
        from concurrent.futures import ThreadPoolExecutor

        refuse_forked(self._owner)
        opening = self._tokenizer.ids(prefix.strip())
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(lambda text: self._subwords(opening, encodable(text)), texts))

    def _subwords(self, opening: list[int], text: str) -> Subwords:
        """Pieces are numbered by frequency: the logarithm of its number says how rare one is.

        It is rounded: from its exact number the piece, and so the text, could be read back.
        """
        ids = self._tokenizer.ids(text)
        room = self._weights.shape.positions - 2 - len(opening)
        windows = [ids[start : start + room] for start in range(0, max(len(ids), 1), room)]
        rows = [self._run([*opening, *w], TOKENS)[len(opening) + 1 : -1] for w in windows]
        telling = np.log1p(np.array(ids, np.float32)) / np.log(
            np.float32(len(self._weights.pieces.texts))
        )
        telling = np.round(telling / _STEP) * np.float32(_STEP)
        kept = telling >= np.float32(LEAST_TELLING)
        return Subwords(np.concatenate(rows)[kept].astype(np.float16), telling[kept])

    def _unit_mean(self, text: str) -> Floats:
        """Scaled to length 1 alone: scaled among others, the last digits would depend on them."""
        row: Floats = unit_rows(self._mean(text)[None])[0]
        return row

    def _mean(self, text: str) -> Floats:
        """The mean over all tokens; a text longer than the network reads goes in windows."""
        ids = self._tokenizer.ids(text)
        room = self._weights.shape.positions - 2
        windows = [ids[start : start + room] for start in range(0, len(ids), room)]
        means = np.stack([self._run(window, MEAN) for window in windows])
        mean: Floats = np.average(means, axis=0, weights=[len(w) for w in windows])
        return mean

    def _run(self, ids: list[int], output: str) -> Floats:
        pieces = self._weights.pieces
        marked = np.array([pieces.start, *ids, pieces.end], dtype=np.int64)
        embeddings = self._weights.word_rows(marked) + self._places[: len(marked)]
        (given,) = self._session.run([output], {"embeddings": embeddings[None]})
        found: Floats = given[0]
        return found


def _chosen(texts: Sequence[str], mask: npt.NDArray[np.bool_]) -> list[str]:
    return [text for text, is_chosen in zip(texts, mask, strict=True) if is_chosen]


def available_threads() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _session(file: WeightsFile) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # every text has its own length
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(_graph(file), options, providers=["CPUExecutionProvider"])


def _graph(file: WeightsFile) -> str | bytes:
    """The path of the kept graph; where nothing can be kept, the graph itself."""
    from rodtrad.retrieval.encoders.kept import kept_folder

    def make(folder: Path) -> None:
        (folder / _GRAPH).write_bytes(_verified_graph(file))

    try:
        return str(kept_folder(f"encoder-{GRAPH_FORMAT}-{file.digest[:16]}", make) / _GRAPH)
    except OSError as error:
        _LOG.warning("The encoder's graph is made anew each time: %s.", error)
        return _verified_graph(file)


def _verified_graph(file: WeightsFile) -> bytes:
    from rodtrad.retrieval.encoders.graph import write_graph

    verify(file)
    return write_graph(Weights(file.path))
