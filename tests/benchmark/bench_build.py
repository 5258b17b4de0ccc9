"""How building grows: `python tests/benchmark/bench_build.py WORKSPACE [--jobs N]`.

Builds a workspace in processes of its own and prints time, processor time and peak memory of four
builds: everything, nothing changed, one document changed, one changed back. Vectors are hashed by
default, because encoding takes by far the most time and is measured apart; `--vectors real` takes
the encoder of the workspace.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_MEASURE = """
import json, resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
STAGES = ("full", "nothing changed", "one changed", "changed back")


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, of processors, and megabytes at the peak of the largest process."""

    seconds: float
    processor: float
    megabytes: float


def cost_of(command: list[str]) -> Cost:
    """What a command took; its children count, and it must succeed.

    A bare interpreter starts it: a process counts as its own peak what its parent held at the fork.
    """
    start = time.perf_counter()
    found = subprocess.run(
        [sys.executable, "-c", _MEASURE, *command], capture_output=True, text=True, check=True
    )
    code, used, kilobytes = json.loads(found.stdout)
    if code:
        raise SystemExit(f"{command}: exit code {code}\n{found.stderr}")
    return Cost(time.perf_counter() - start, used, kilobytes / 1024)


def build_here(folder: Path, *, jobs: int, force: bool, hashed: bool) -> None:
    """Build in this process, as the command does."""
    from rodtrad.cli import output
    from rodtrad.pipeline import searchjob
    from rodtrad.pipeline.build import build, build_record
    from rodtrad.retrieval.encoders.hashing import HashingEncoder
    from rodtrad.workspace import open_workspace

    if hashed:
        searchjob.encoder_for = lambda *_, **__: HashingEncoder()
    lines = build(open_workspace(folder), jobs=jobs, force=force)
    output.print_records(map(build_record, lines))


def measured(folder: Path, *, jobs: int, vectors: str) -> dict[str, Cost]:
    """The four builds of a workspace."""
    command = [sys.executable, __file__, str(folder), "--jobs", str(jobs), "--here"]
    command += ["--vectors", vectors]
    some = next(iter(sorted((folder / "corpus" / "sources").rglob("*.md"))))
    text = some.read_text(encoding="utf-8")
    costs = {STAGES[0]: cost_of([*command, "--force"]), STAGES[1]: cost_of(command)}
    some.write_text(text + "\nRegeringen ger uppdraget ett tillägg.\n", encoding="utf-8")
    costs[STAGES[2]] = cost_of(command)
    some.write_text(text, encoding="utf-8")
    costs[STAGES[3]] = cost_of(command)
    return costs


def main() -> None:
    """Read the options, measure, print a line a build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--vectors", choices=("hashed", "real"), default="hashed")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--force", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    hashed = options.vectors == "hashed"
    if options.here:
        build_here(options.workspace, jobs=options.jobs, force=options.force, hashed=hashed)
        return
    costs = measured(options.workspace, jobs=options.jobs, vectors=options.vectors)
    for stage, cost in costs.items():
        print(json.dumps({"stage": stage, "jobs": options.jobs, **vars(cost)}))


if __name__ == "__main__":
    main()
