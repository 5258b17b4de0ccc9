"""Jobs for the tests of runners: workers import them by this module's name."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from rodtrad.backends.runners import Done, JobRunner

T = TypeVar("T")
R = TypeVar("R")


def doubled(number: int) -> int:
    """Twice the number; 13 is an error."""
    if number == 13:
        raise ValueError("thirteen")
    return 2 * number


def killed_once(item: tuple[int, str]) -> int:
    """Number 5 kills its worker the first time; each start leaves a mark in the folder."""
    number, folder = item
    mark = Path(folder) / f"{number}-{os.getpid()}"
    mark.write_text("", encoding="utf-8")
    if number == 5 and len(list(Path(folder).glob("5-*"))) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def deadly(number: int) -> int:
    """Number 3 kills every worker it meets."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


class KillsOnce:
    """A runner of which one worker is killed when it has done its job and not yet said so."""

    def __init__(self, runner: JobRunner, mark: Path) -> None:
        """`mark` is a file that is made when the worker dies."""
        self._runner, self._mark = runner, mark

    @property
    def workers(self) -> int:
        """Those of the runner."""
        return self._runner.workers

    def run(self, job: Callable[[T], R], items: Sequence[T]) -> Iterator[Done[R]]:
        """The outcomes as they come."""
        return self._runner.run(partial(_dies_once, job, str(self._mark)), items)


def _dies_once(job: Callable[[T], R], mark: str, item: T) -> R:
    result = job(item)
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return result
    os.kill(os.getpid(), signal.SIGKILL)
    return result
