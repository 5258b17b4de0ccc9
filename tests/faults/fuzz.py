"""Reads mutated files one after the other in a process that may crash without harm.

`python -m faults.fuzz --count 1000 --seed 1 --out DIR` (from tests/) prints a JSON line a target.
The input under way lies in DIR/current.*; what failed is kept there as TARGET-DIGEST.ending.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from faults.mutations import mutated
from faults.targets import TARGETS, all_seeds, make_workspace, outcome
from rodtrad.workspace import Workspace

SECONDS = 30
"""CPU time that any one input may take."""
SLOW = 8
"""An input that takes so long is kept, to be looked at."""
BYTES = 4 << 30
"""Address space of the process, libraries included."""


class TooSlow(BaseException):
    """An input took more than its time; nothing catches this on the way."""


@dataclass
class Tally:
    """What became of the inputs of one target."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    slow: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` after so much CPU time."""

    def stop(number: int, frame: Any) -> None:
        raise TooSlow

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def watch_writes(root: Path, allowed: tuple[Path, ...]) -> list[str]:
    """Note every file opened for writing outside a folder, and every connection."""
    seen: list[str] = []
    places = tuple(str(path.resolve()) for path in (root, *allowed))

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            seen.append(f"connects to {arguments[1]}")
        if event == "open" and isinstance(arguments[0], int):
            return  # a pipe to a worker
        if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
            path = str(arguments[0])
            if not path.startswith(places) and not path.startswith("/dev/"):
                seen.append(f"writes {path}")

    sys.addaudithook(hook)
    return seen


def try_input(target: str, place: Workspace, file: Path, tally: Tally) -> str | None:
    """Read one file; the fault it showed, None when there is none."""
    start = time.process_time()
    fault = None
    try:
        with time_limit(SECONDS):
            tally.counts[outcome(target, place, file)] += 1
    except TooSlow:
        fault = f"took more than {SECONDS} s"
    except Exception:  # noqa: BLE001 - whatever it is, it is a fault to report
        fault = traceback.format_exc(limit=-6)
    spent = time.process_time() - start
    if spent > SLOW:
        kept = file.with_name(f"slow-{_digest(file)}{file.suffix}")
        kept.write_bytes(file.read_bytes())
        tally.slow.append(kept.name)
    tally.slowest = max(tally.slowest, spent)
    return fault


def _digest(file: Path) -> str:
    return blake2b(file.read_bytes(), digest_size=5).hexdigest()


def run(targets: list[str], *, count: int, seed: int, out: Path) -> Iterator[tuple[str, Tally]]:
    """Read `count` mutated files for each target."""
    with TemporaryDirectory() as folder:
        place = make_workspace(Path(folder) / "w")
        sound = all_seeds(place)
        writes = watch_writes(Path(folder), (out,))
        for target in targets:
            tally = Tally()
            random = Random(f"{target} {seed}")  # noqa: S311 - repeatable, not secret
            for _ in range(count):
                ending, data = random.choice(list(sound[target].items()))
                file = out / f"current-{target}.{ending}"
                file.write_bytes(mutated(data, ending, random))
                fault = try_input(target, place, file, tally) or "; ".join(writes)
                writes.clear()
                if fault:
                    kept = out / f"{target}-{_digest(file)}.{ending}"
                    kept.write_bytes(file.read_bytes())
                    tally.failed.append(f"{kept.name}: {fault}")
                file.unlink()
            yield target, tally


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--target", action="append", choices=list(TARGETS))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    for target, tally in run(
        given.target or list(TARGETS), count=given.count, seed=given.seed, out=given.out
    ):
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        line = {
            "target": target,
            **tally.counts,
            "slowest_s": round(tally.slowest, 2),
            "slow": tally.slow,
            "peak_mb": memory,
            "failed": tally.failed,
        }
        print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
