"""What each stage of a build, a search and a trace costs: processor time and peak memory.

A build in one process is watched: the functions that are a stage are wrapped. The peak of a stage
is that of the whole process while it ran (Linux; elsewhere the peak so far).
"""

from __future__ import annotations

import json
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

Wrapped = Callable[..., Any]
SEARCHES, DEMANDS = 50, 50
_PEAK, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Stages:
    """Seconds of processor and megabytes at the peak, by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.megabytes: dict[str, float] = defaultdict(float)

    def watch(self, place: Any, name: str, stage: str) -> None:
        """Let every call of a function of a module or class count for a stage."""
        inner = getattr(place, name)

        def outer(*args: Any, **options: Any) -> Any:
            return self.run(stage, lambda: inner(*args, **options))

        setattr(place, name, outer)

    def run(self, stage: str, job: Callable[[], Any]) -> Any:
        """Do a job that counts for a stage."""
        _reset_peak()
        start = time.process_time()
        try:
            return job()
        finally:
            self.seconds[stage] += time.process_time() - start
            self.megabytes[stage] = max(self.megabytes[stage], _peak())

    def save(self, path: Path) -> None:
        """Write [seconds, megabytes] by stage."""
        found = {s: [self.seconds[s], self.megabytes[s]] for s in self.seconds}
        path.write_text(json.dumps(found), encoding="utf-8")

    def watch_build(self, encoder: Any) -> None:
        """Watch the stages of a build in this process."""
        from rodtrad.pipeline import annotate
        from rodtrad.retrieval import building
        from rodtrad.retrieval.dense import DenseIndex
        from rodtrad.retrieval.lexical import LexicalIndex

        self.watch(annotate, "read_document", "parse")
        self.watch(annotate, "find_sections", "segmentation")
        self.watch(annotate, "find_passages", "segmentation")
        self.watch(annotate, "find_mentions", "entities")
        self.watch(annotate, "find_statements", "statements")
        self.watch(building, "_write_words", "word index")
        self.watch(LexicalIndex, "add", "word index")
        self.watch(encoder, "encode_passages", "encode")
        self.watch(DenseIndex, "add", "vector index")
        self.watch(DenseIndex, "save", "vector index")


def _reset_peak() -> None:
    if _RESET.exists():
        _RESET.write_text("5", encoding="ascii")


def _peak() -> float:
    if not _RESET.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(one for one in _PEAK.read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def ask(stages: Stages, folder: Path, encoder: Any, queries: list[str]) -> None:
    """Ask a built workspace."""
    from rodtrad.pipeline.searchjob import open_search
    from rodtrad.pipeline.store import required_manifest
    from rodtrad.workspace import open_workspace

    workspace = open_workspace(folder)
    index = open_search(workspace, required_manifest(workspace))
    name = f"{SEARCHES} searches"
    asked = [queries[number % len(queries)] for number in range(SEARCHES)]
    stages.run(name, lambda: [index.search(q, encoder=encoder) for q in asked])


def trace_made(stages: Stages, count: int) -> None:
    """Trace made demands to as many made measures as there are documents."""
    from bench_tracing import NoEncoder, demand, measure

    from rodtrad.tracing import Means, trace

    chance = random.Random(20261122)  # noqa: S311 (no secret)
    plan = [measure(number, chance) for number in range(count)]
    asked = [demand(number, chance) for number in range(DEMANDS)]
    encoder = NoEncoder()
    stages.run(f"trace of {DEMANDS}", lambda: trace(asked, plan, means=Means(encoder)))
