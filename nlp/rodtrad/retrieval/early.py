"""A query is encoded while it is searched by words and the best of those passages are looked at.

Encoding takes a third of the time of a search and no lock of Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import sleep
from typing import TYPE_CHECKING, Protocol

from rodtrad.retrieval.encoders.port import Vectors
from rodtrad.retrieval.ports import PassageReader
from rodtrad.retrieval.ranking import Scored, by_score
from rodtrad.retrieval.shapes import ShapeQuery
from rodtrad.retrieval.traits import Traits

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

REFINED = 50
"""So many of the best candidates are looked at letter by letter."""

_AHEAD, _STEP = 20, 10
"""So many of the best by words are looked at while the encoder works (in the suite more than half
of them come among the best), so many before it is asked again whether it is ready."""


_HAND_OVER = 1e-4
"""Seconds for which this thread leaves the lock of Python to the one that encodes, which would
otherwise wait for it up to 5 ms (0.1 instead of 4 to 13 ms in one query of twenty, measured)."""


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
        """Begin with this text."""
        if self._pool is not None:
            self._text = text
            self._vector = self._pool.submit(self._encoder.encode_queries, [text])
            sleep(_HAND_OVER)

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

    def __init__(self, asked: ShapeQuery, store: PassageReader) -> None:
        self._asked, self._store = asked, store
        self._shapes: dict[int, float] = {}

    def look_ahead(self, numbers: Sequence[int], *, until: Callable[[], bool]) -> None:
        """Look at passages that may come among the best, a few at a time, until told to stop."""
        for start in range(0, min(len(numbers), _AHEAD), _STEP):
            if until():
                return
            some = numbers[start : start + _STEP]
            self._look_at(some, self._store.traits(some))

    def _look_at(self, numbers: Sequence[int], traits: Mapping[int, Traits]) -> None:
        """The share of the query that each passage holds letter by letter, its heading included."""
        languages = [traits[number].language for number in numbers]
        shapes = self._asked.coverages(self._store.letters(numbers), languages)
        self._shapes.update(zip(numbers, shapes, strict=True))

    def refined(
        self, scored: Sequence[Scored], traits: Mapping[int, Traits], weight: float
    ) -> list[Scored]:
        """The best candidates in a new order: the more of the query's letters, the higher."""
        best = scored[:REFINED]
        self._look_at([one.id for one in best if one.id not in self._shapes], traits)
        found = [
            Scored(one.id, one.score + weight * shape, one.words, one.meaning, shape)
            for one in best
            for shape in (self._shapes[one.id],)
        ]
        return [*sorted(found, key=by_score), *scored[REFINED:]]
