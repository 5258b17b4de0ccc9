"""One measured figure, as `rodtrad evaluate` prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of a metric for a task, on how much, and what the plain baseline reaches.

    `split` says which part of the gold, `n` how many judged items the value rests on; `baseline`
    is None where there is nothing plain to compare with, `value` where it is a share of nothing.
    """

    task: str
    split: str
    metric: str
    value: float | None
    n: int
    baseline: float | None = None
    note: str = ""

    def record(self) -> dict[str, Any]:
        """The JSON record, rounded to what so few judged items can bear."""
        return {
            "task": self.task,
            "split": self.split,
            "metric": self.metric,
            "value": None if self.value is None else round(self.value, 4),
            "n": self.n,
            "baseline": None if self.baseline is None else round(self.baseline, 4),
            "note": self.note,
        }
