"""How search grows: `python tests/benchmark/bench_search.py WORKSPACE --keep FOLDER --sizes N …`.

The passages and vectors are those of a built workspace, woven and resampled where more are wanted
(see `growing`); queries are those of the suite, encoded for real. SQLite FTS5 and bm25s see the
same passages in the same run. Each step of each size runs in a process of its own and writes what
it measured to FOLDER, with the index, so that a long run goes on where it stopped and `--again ask`
times the queries anew on a quiet machine. Not a test: a million takes some twenty minutes.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from growing import Real, grow, woven

from rodtrad.evaluation.search import read_queries
from rodtrad.retrieval import SearchIndex
from rodtrad.retrieval.approximate import Nearest, recall
from rodtrad.retrieval.building import encoded_text
from rodtrad.retrieval.dense import DenseIndex
from rodtrad.retrieval.encoders import open_encoder
from rodtrad.retrieval.encoders.opening import named_encoder
from rodtrad.retrieval.encoders.port import Encoder, Vectors
from rodtrad.retrieval.flatfile import slices
from rodtrad.retrieval.hits import SearchFilters
from rodtrad.retrieval.query import ParsedQuery
from rodtrad.retrieval.querytext import in_one_text
from rodtrad.retrieval.updating import copy_search_index, update_search_index
from rodtrad.settings import EncoderSettings, cache_folder

SUITE = Path(__file__).parents[1] / "relevance" / "queries.toml"
QUERIES, FIRST, CHANGED = 100, 50, 100
MEMORY = 12_000_000_000  # bytes that building the other two engines may take
Figures = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """Where an index of a size is, what it is made of, and what it is asked.

    The first queries are not timed: whoever answers has been asked before.
    """

    workspace: Path
    folder: Path
    size: int
    queries: Sequence[str]
    first: Sequence[str]

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.folder / f"index-{self.size}"

    def result(self, step: str) -> Path:
        """The file of what a step measured."""
        return self.folder / f"{step}-{self.size}.json"


def build(job: Job) -> Figures:
    """Make the index; what it took without the encoding of passages."""
    real = Real.of(job.workspace, job.size)
    shutil.rmtree(job.index, ignore_errors=True)
    start, wall = time.process_time(), time.perf_counter()
    grow(
        real,
        job.size,
        job.index,
        encoder=open_encoder(EncoderSettings(), cache_folder=cache_folder()),
    )
    return {
        "real": len(real.stored),
        "seconds": time.process_time() - start,
        "clock": time.perf_counter() - wall,
        "disk": sum(f.stat().st_size for f in job.index.rglob("*") if f.is_file()) / 1e6,
    }


@dataclass(frozen=True)
class Times:
    """Milliseconds a query, sorted: on the clock, and of processor time of all threads.

    On a machine that others use, the second says more.
    """

    wall: list[float]
    processor: list[float]

    def at(self, share: float) -> list[float]:
        """Clock and processor at a share of the queries."""
        place = min(int(len(self.wall) * share), len(self.wall) - 1)
        return [self.wall[place], self.processor[place]]

    @property
    def figures(self) -> Figures:
        """The median and the nineteenth of twenty."""
        return {"p50": self.at(0.5), "p95": self.at(0.95)}


def milliseconds(
    ask: Callable[[str], object], queries: Sequence[str], first: Sequence[str]
) -> Times:
    """How long each query took, after others that are not counted.

    What those have loaded is left to itself then, as the web page's server leaves it.
    """
    for query in first:
        ask(query)
    gc.freeze()
    wall, processor = [], []
    for query in queries:
        start, used = time.perf_counter(), time.process_time()
        ask(query)
        wall.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - used))
    return Times(sorted(wall), sorted(processor))


def ask(job: Job) -> Figures:
    """Ask the whole search, its parts alone and with a filter; recall of the vectors.

    The encoder is one that remembers no query.
    """
    encoder = named_encoder(EncoderSettings())
    index = SearchIndex.open(job.index)
    every = milliseconds(lambda q: index.search(q, encoder=encoder), job.queries, job.first)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parsed = {q: index.parser.parse(q) for q in job.queries}
    vectors = {q: direction(index, encoder, parsed[q]) for q in job.queries}
    kinds = sorted({one.kind for one in index.documents.values()})
    one_kind = SearchFilters(kinds=(kinds[0],))
    parts: dict[str, Callable[[str], object]] = {
        "encoding": lambda q: encoder.encode_queries([q]),
        "words": lambda q: index.by_words(parsed[q]),
        "vectors": lambda q: index._dense.search(vectors[q], limit=100),
        "filtered": lambda q: index.search(q, encoder=encoder, filters=one_kind),
    }
    few = job.queries[:5]
    found = {name: milliseconds(part, job.queries, few).figures for name, part in parts.items()}
    asked = np.stack(list(vectors.values()))
    return {
        "all": every.figures,
        "asking": memory,
        "parts": found,
        "recall": recalled(index, asked),
    }


def direction(index: SearchIndex, encoder: Encoder, parsed: ParsedQuery) -> Vectors:
    """Where a query is looked for, as a search does."""
    asked = in_one_text(parsed, index.has)
    return index._dense.direction(encoder.encode_queries([asked.text])[0], asked.languages)


def recalled(index: SearchIndex, asked: Vectors) -> float:
    """The share of the exact ten nearest that the index finds; 1 where it compares with all."""
    dense = index._dense
    assert isinstance(dense, DenseIndex)
    numbers = np.asarray(sorted(index.keys()), dtype=np.int64)
    exact = Nearest.of_nothing()
    for part in slices(len(numbers)):
        exact = exact.with_rows(asked, dense.vectors(numbers[part].tolist()), numbers[part])
    found = [[number for number, _ in dense.search(q, limit=10)] for q in asked]
    return recall(np.asarray(found), exact.numbers)


def compare(job: Job) -> Figures:
    """The same passages and queries in SQLite FTS5 and in bm25s; None where memory ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with sqlite3.connect(job.index / "passages.sqlite") as connection:
        texts = [text for (text,) in connection.execute("SELECT text FROM passages ORDER BY id")]
    engines: dict[str, Callable[[Sequence[str], Job], Times]] = {
        "fts5": fts5,
        "bm25s": bm25s_times,
    }
    found: Figures = {}
    for name, engine in engines.items():
        try:
            found[name] = engine(texts, job).figures
        except MemoryError:
            found[name] = None
    return found


def fts5(texts: Sequence[str], job: Job) -> Times:
    """An OR query ranked by BM25 in SQLite."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE p USING fts5(text)")
        connection.executemany("INSERT INTO p VALUES (?)", ((text,) for text in texts))

        def ask(query: str) -> object:
            words = "".join(c if c.isalnum() else " " for c in query).split()
            match = " OR ".join(f'"{w}"' for w in words)
            sql = "SELECT rowid FROM p WHERE p MATCH ? ORDER BY rank LIMIT 10"
            return connection.execute(sql, (match,)).fetchall()

        return milliseconds(ask, job.queries, job.first)


def bm25s_times(texts: Sequence[str], job: Job) -> Times:
    """A query in bm25s."""
    import bm25s

    ranker = bm25s.BM25()
    ranker.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)

    def ask(query: str) -> object:
        words = bm25s.tokenize(query, stopwords=None, show_progress=False, return_ids=False)
        return ranker.retrieve(words, k=10, show_progress=False)

    return milliseconds(ask, job.queries, job.first)


def change(job: Job) -> Figures:
    """Add, change and take away passages in a copy of the index."""
    copy = job.index.with_name(f"{job.index.name}-copy")
    shutil.rmtree(copy, ignore_errors=True)
    encoder = open_encoder(EncoderSettings(), cache_folder=cache_folder())
    start, wall = time.process_time(), time.perf_counter()
    copy_search_index(job.index, copy)
    found: Figures = {"copy": [time.perf_counter() - wall, time.process_time() - start]}
    real = Real.of(job.workspace, 2 * CHANGED)
    pairs = zip(real.stored[:CHANGED], real.stored[CHANGED:], strict=True)
    new = [woven(one, other, job.size + n).passage for n, (one, other) in enumerate(pairs, 1)]
    infos = SearchIndex.open(copy).documents
    keys = [passage.key for passage in new]
    for name, added, removed in (
        ("add", new, []), ("change", new[:10], keys[:10]), ("delete", [], keys)
    ):  # fmt: skip
        encoder.encode_passages([encoded_text(p, infos.get(p.document)) for p in added])
        start, wall = time.process_time(), time.perf_counter()
        count = update_search_index(
            copy, added=added, removed=removed, encoder=encoder, documents_info=infos
        )
        found[name] = [time.perf_counter() - wall, time.process_time() - start]
        assert count == job.size + (0 if name == "delete" else CHANGED), count
    shutil.rmtree(copy)
    return found


STEPS: dict[str, Callable[[Job], Figures]] = {
    "build": build, "ask": ask, "compare": compare, "change": change
}  # fmt: skip


def measure(job: Job, step: str) -> None:
    """Run one step in this process and write down what it measured."""
    found = STEPS[step](job)
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["when"] = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    job.result(step).write_text(json.dumps(found), encoding="utf-8")


def both(figures: Sequence[float]) -> str:
    """Clock / processor."""
    return " / ".join(f"{one:.1f}" for one in figures)


def row(job: Job) -> Iterator[str]:
    """The cells of a size; a dash for what was not measured."""
    found = {s: json.loads(job.result(s).read_text()) for s in STEPS if job.result(s).is_file()}
    yield f"{job.size:,}"
    made, asked = found.get("build"), found.get("ask")
    yield from (
        (f"{made['real']:,}", f"{job.size / made['seconds']:,.0f}", f"{made['disk']:,.0f}",
         f"{made['memory']:,.0f}") if made else "––––"
    )  # fmt: skip
    if asked:
        yield f"{asked['asking']:,.0f}"
        yield both(asked["all"]["p50"])
        yield both(asked["all"]["p95"])
        yield from (both(asked["parts"][p]["p95"]) for p in asked["parts"])
        yield f"{asked['recall']:.3f}"
    compared = found.get("compare")
    for one in ("fts5", "bm25s"):
        yield both(compared[one]["p50"]) if compared and compared[one] else "–"
        yield both(compared[one]["p95"]) if compared and compared[one] else "–"
    changed = found.get("change")
    yield from (
        both(changed[one]) if changed else "–" for one in ("copy", "add", "change", "delete")
    )


HEAD = (
    "passages", "of them real", "build, passages a second", "disk, MB", "memory of building, MB",
    "memory of asking, MB", "p50, ms", "p95, ms", "encoding", "words", "vectors", "with a filter",
    "recall@10", "FTS5 p50", "FTS5 p95", "bm25s p50", "bm25s p95",
    "copy, s", f"add {CHANGED}, s", "change 10, s", f"delete {CHANGED}, s",
)  # fmt: skip


def main() -> None:
    """Read the options, run the steps that have not been run, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path, help="built, with real vectors")
    parser.add_argument("--keep", type=Path, required=True, help="where indexes and figures go")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--steps", choices=STEPS, nargs="+", default=list(STEPS))
    parser.add_argument("--again", choices=STEPS, nargs="+", default=[], help="measure anew")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    texts = [query.text for query in read_queries(SUITE)][: QUERIES + FIRST]
    asked = (texts[:QUERIES], texts[QUERIES:])
    jobs = [Job(options.workspace, options.keep, size, *asked) for size in options.sizes]
    if options.here:
        measure(jobs[0], options.steps[0])
        return
    for job in jobs:
        for step in options.steps:
            if job.result(step).is_file() and step not in options.again:
                continue
            command = [sys.executable, __file__, str(job.workspace), "--keep", str(job.folder)]
            command += ["--sizes", str(job.size), "--steps", step, "--here"]
            subprocess.run(command, check=True)
    lines = [" | ".join(cells) for cells in (HEAD, ["---"] * len(HEAD), *map(row, jobs))]
    print("\n".join(f"| {line} |" for line in lines))


if __name__ == "__main__":
    main()
