"""A query is encoded while it is still being read, and passages while it is still being encoded.

What the encoder is given is known only when the query has been parsed, but for most Swedish ones it
is what was typed. Encoding takes a third of the time of a search and no lock of Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from rodtrad.retrieval.encoders.port import Vectors
from rodtrad.retrieval.ranking import Scored
from rodtrad.retrieval.shapes import ShapeQuery
from rodtrad.retrieval.store import StoredPassage

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

REFINED = 50
"""So many of the best candidates are looked at letter by letter."""

_AHEAD, _STEP = 20, 10
"""So many of the best by words are looked at while the encoder works (in the suite more than half
of them come among the best), so many before it is asked again whether it is ready."""


class QueryEncoder(Protocol):
    """What a search needs of an encoder."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query, in the order given."""
        ...


class EarlyEncoder:
    """An encoder that works on another thread on the text that is expected.

    Without a pool of threads nothing is begun: where a search takes little beside the encoder,
    handing over from thread to thread costs as much, and on a busy machine more.
    """

    def __init__(self, encoder: QueryEncoder, pool: Executor | None) -> None:
        self._encoder, self._pool = encoder, pool
        self._text: str | None = None
        self._vector: Future[Vectors] | None = None

    def expect(self, text: str) -> None:
        """Begin with this text, if it is not the one begun with."""
        if self._pool is not None and text != self._text:
            self._text = text
            self._vector = self._pool.submit(self._encoder.encode_queries, [text])

    @property
    def is_ready(self) -> bool:
        """Whether there is nothing to wait for."""
        return self._vector is None or self._vector.done()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One vector a query, in the order given; that of the text when it is ready."""
        if self._vector is not None and list(texts) == [self._text]:
            return self._vector.result()
        return self._encoder.encode_queries(texts)


class Refining:
    """The shapes of one query in passages (see `shapes`), each looked at once."""

    def __init__(
        self, asked: ShapeQuery, read: Callable[[Sequence[int]], Mapping[int, StoredPassage]]
    ) -> None:
        self._asked, self._read = asked, read
        self._shapes: dict[int, float] = {}

    def look_ahead(self, numbers: Sequence[int], *, until: Callable[[], bool]) -> None:
        """Look at passages that may come among the best, a few at a time, until told to stop."""
        for start in range(0, min(len(numbers), _AHEAD), _STEP):
            if until():
                return
            self._look_at(numbers[start : start + _STEP])

    def _look_at(self, numbers: Sequence[int]) -> None:
        """The share of the query that each passage holds letter by letter, its heading included."""
        stored = self._read(numbers)
        passages = [stored[number].passage for number in numbers]
        texts = ["\n".join((*passage.path[-1:], passage.text)) for passage in passages]
        shapes = self._asked.coverages(texts, [passage.language for passage in passages])
        self._shapes.update(zip(numbers, shapes, strict=True))

    def refined(self, scored: Sequence[Scored], weight: float) -> list[Scored]:
        """The best candidates in a new order: the more of the query's letters, the higher."""
        best = scored[:REFINED]
        self._look_at([one.id for one in best if one.id not in self._shapes])
        found = [
            replace(one, score=one.score + weight * shape, shape=shape)
            for one, shape in ((one, self._shapes[one.id]) for one in best)
        ]
        return [*sorted(found, key=lambda s: (-s.score, s.id)), *scored[REFINED:]]
