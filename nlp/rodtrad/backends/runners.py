"""Where jobs run: the port every job runner meets, and the runners of one machine."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Done = tuple[int, R | BaseException]
"""The place of an item among those given, and its result or what went wrong with it."""

# From so many items on, processes give more than their start costs.
PARALLEL_FROM = 8
_ATTEMPTS = 2


class JobRunner(Protocol):
    """Runs one function over many items, in this process or elsewhere.

    Every item gives exactly one outcome, in any order. An error is an outcome of its item alone. An
    item whose worker dies is done again; the job must therefore be one that may be done twice.
    """

    @property
    def workers(self) -> int:
        """How many items run at a time."""
        ...

    def run(self, job: Callable[[T], R], items: Sequence[T]) -> Iterator[Done[R]]:
        """The outcomes as they come. Job, items and results must be picklable."""
        ...


class SerialRunner:
    """One item after the other, here."""

    workers = 1

    def run(self, job: Callable[[T], R], items: Sequence[T]) -> Iterator[Done[R]]:
        """The outcomes in the order of the items."""
        # In a thread: a future carries whatever goes wrong with one item, our own mistakes
        # included, and Ctrl-C still reaches the thread that waits.
        with ThreadPoolExecutor(1) as executor:
            for place, item in enumerate(items):
                future = executor.submit(job, item)
                yield place, future.exception() or future.result()


class PoolRunner:
    """Processes of this machine: spawned, for native threads do not survive a fork."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, job: Callable[[T], R], items: Sequence[T]) -> Iterator[Done[R]]:
        """The outcomes as they come; an item that kills every worker it meets fails alone."""
        waiting = dict(enumerate(items))
        for _ in range(_ATTEMPTS):
            for place, outcome in _tried(job, waiting, workers=self.workers):
                del waiting[place]
                yield place, outcome
            if not waiting:
                return
        for place, item in waiting.items():
            alone = dict(_tried(job, {place: item}, workers=1))
            yield place, alone.get(place, WorkerDiedError())


class WorkerDiedError(RuntimeError):
    """The process that ran an item ended without a word: killed, or out of memory."""

    def __init__(self) -> None:
        super().__init__("its process was killed, or ran out of memory, each time it was tried")


def _tried(job: Callable[[T], R], waiting: Mapping[int, T], *, workers: int) -> Iterator[Done[R]]:
    """The outcomes of items until a worker dies; those it leaves give none."""
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(min(workers, len(waiting)), mp_context=context)
    futures: dict[Future[R], int] = {}
    try:
        with suppress(BrokenProcessPool):  # a worker may die while items are handed out
            for place, item in waiting.items():
                futures[executor.submit(job, item)] = place
        for future in as_completed(list(futures)):
            error = future.exception()
            if not isinstance(error, BrokenProcessPool):
                yield futures.pop(future), error or future.result()
    finally:
        executor.shutdown(cancel_futures=True)


def local_runner(jobs: int, *, count: int) -> JobRunner:
    """The runner for so many items on this machine with at most `jobs` processes."""
    return PoolRunner(jobs) if jobs > 1 and count >= PARALLEL_FROM else SerialRunner()
