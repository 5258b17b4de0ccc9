"""Jobs for the tests of runners: workers import them by this module's name."""

from __future__ import annotations

import os
import signal
from pathlib import Path


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
