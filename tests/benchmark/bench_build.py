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
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stages import Stages, ask, trace_made

from rodtrad.evaluation.search import read_queries

SUITE = Path(__file__).parents[1] / "relevance" / "queries.toml"

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


def build_here(folder: Path, *, jobs: int, force: bool, hashed: bool, stages: Path | None) -> None:
    """Build in this process, as the command does; with `stages` say there what each one cost."""
    from rodtrad.cli import output
    from rodtrad.pipeline import searchjob
    from rodtrad.pipeline.build import build, build_record
    from rodtrad.workspace import open_workspace

    encoder = encoder_of(folder, hashed=hashed)
    searchjob.encoder_for = lambda *_, **__: encoder
    watch = Stages()
    if stages:
        watch.watch_build(encoder)
    lines = build(open_workspace(folder), jobs=jobs, force=force)
    output.print_records(map(build_record, lines))
    if stages:
        watch.save(stages)


def encoder_of(folder: Path, *, hashed: bool) -> Any:
    """The encoder of a workspace, or one that hashes words."""
    from rodtrad.pipeline.searchjob import encoder_for
    from rodtrad.retrieval.encoders.hashing import HashingEncoder
    from rodtrad.workspace import open_workspace

    return HashingEncoder() if hashed else encoder_for(open_workspace(folder))


def ask_here(folder: Path, *, hashed: bool, stages: Path) -> None:
    """Ask a built workspace in this process, and trace to as many measures as it has documents."""
    watch = Stages()
    queries = [query.text for query in read_queries(SUITE)]
    ask(watch, folder, encoder_of(folder, hashed=hashed), queries)
    trace_made(watch, len(list((folder / "corpus" / "sources").rglob("*.md"))))
    watch.save(stages)


def measured(folder: Path, *, jobs: int, vectors: str) -> tuple[dict[str, Cost], dict[str, Cost]]:
    """The four builds of a workspace, and the stages of the first one, of asking and tracing."""
    command = [sys.executable, __file__, str(folder), "--jobs", str(jobs), "--vectors", vectors]
    some = next(iter(sorted((folder / "corpus" / "sources").rglob("*.md"))))
    text = some.read_text(encoding="utf-8")
    build, ask_only = [*command, "--here", "build"], [*command, "--here", "ask"]
    with tempfile.TemporaryDirectory() as place:
        files = [Path(place) / name for name in ("build", "ask")]
        # Workers would do the reading out of sight.
        watch = ["--stages", str(files[0])] if jobs == 1 else []
        costs = {STAGES[0]: cost_of([*build, "--force", *watch]), STAGES[1]: cost_of(build)}
        some.write_text(text + "\nRegeringen ger uppdraget ett tillägg.\n", encoding="utf-8")
        costs[STAGES[2]] = cost_of(build)
        some.write_text(text, encoding="utf-8")
        costs[STAGES[3]] = cost_of(build)
        cost_of([*ask_only, "--stages", str(files[1])])
        stages = {
            stage: Cost(0.0, *cost)
            for file in files
            if file.is_file()
            for stage, cost in json.loads(file.read_text(encoding="utf-8")).items()
        }
    return costs, stages


def main() -> None:
    """Read the options, measure, print a line a build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--vectors", choices=("hashed", "real"), default="hashed")
    parser.add_argument("--here", choices=("build", "ask"), help=argparse.SUPPRESS)
    parser.add_argument("--force", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--stages", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    hashed, folder = options.vectors == "hashed", options.workspace
    if options.here == "ask":
        ask_here(folder, hashed=hashed, stages=options.stages)
        return
    if options.here:
        jobs, force = options.jobs, options.force
        build_here(folder, jobs=jobs, force=force, hashed=hashed, stages=options.stages)
        return
    for costs in measured(folder, jobs=options.jobs, vectors=options.vectors):
        for stage, cost in costs.items():
            print(json.dumps({"stage": stage, "jobs": options.jobs, **vars(cost)}))


if __name__ == "__main__":
    main()
