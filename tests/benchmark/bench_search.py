"""How search grows: `python tests/benchmark/bench_search.py --pages FILE --sizes 1000 10000`.

The passages are those of the pages file (one JSON object a line, gzipped: id, kind, published,
title, text), woven of halves of them where more are wanted (see `growing`); vectors are synthetic
throughout (directions around 2,000 subjects), because encoding 10^6 passages takes hours. Queries
are real words of the suite; their vectors are encoded for the time it takes, and synthetic ones are
searched with. SQLite FTS5 and bm25s see the same passages in the same run. Not a test: it takes
minutes.

With `--vectors` instead of `--sizes` only the recall of the approximate index is measured, on real
vectors: the passages of the pages and the queries of the suite, encoded (about three minutes for
10,000 the first time).
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from growing import grow

from rodtrad.datamodel import Passage, Span
from rodtrad.evaluation.search import read_queries
from rodtrad.retrieval import SearchIndex
from rodtrad.retrieval.approximate import inverted_file, recall
from rodtrad.retrieval.dense import DenseIndex, centring_of
from rodtrad.retrieval.encoders import open_encoder
from rodtrad.retrieval.encoders.port import Encoder, Progress, Vectors
from rodtrad.settings import EncoderSettings, cache_folder

SUITE = Path(__file__).parents[1] / "relevance" / "queries.toml"
WORDS, SUBJECTS, EXACT_SAMPLE = 150, 2000, 50


@dataclass(frozen=True)
class Row:
    """What was measured at one size."""

    size: int
    real: int
    build: float
    megabytes: float
    memory: float
    times: Times
    recall: float
    others: tuple[str, str]


class SyntheticEncoder:
    """Passages get made-up directions; a query is encoded for the time, then gets one too."""

    name, revision = "synthetic", "1"

    def __init__(self, inner: Encoder) -> None:
        self._inner = inner
        self.dimensions = inner.dimensions
        self._random = np.random.default_rng(5)
        self._subjects = self._random.standard_normal((SUBJECTS, self.dimensions), dtype="f4")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self._inner.encode_queries(texts)
        return self.made(len(texts))

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        return self.made(len(texts))

    def made(self, count: int) -> Vectors:
        """So many made-up directions around the subjects."""
        rows = self._subjects[self._random.integers(0, SUBJECTS, count)]
        rows += self._random.standard_normal((count, self.dimensions), dtype="f4")
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


def read_real(path: Path, most: int) -> Iterator[Passage]:
    """Passages of about 150 words from the pages, until there are enough."""
    made = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            words = page["text"].split()
            for start in range(0, len(words), WORDS):
                if made == most:
                    return
                text = " ".join(words[start : start + WORDS])
                at = Span(start, start + len(text))
                key, path_ = f"{page['id']}:{start}", (page["title"],)
                yield Passage(key, page["id"], None, path_, text, at, at, "sv")
                made += 1


@dataclass(frozen=True)
class Times:
    """Milliseconds a query, sorted: on the clock, and of processor time of all threads.

    On a machine that others use, the second says more.
    """

    wall: list[float]
    processor: list[float]

    def shown(self, share: float) -> str:
        """Clock / processor at a share of the queries."""
        at = min(int(len(self.wall) * share), len(self.wall) - 1)
        return f"{self.wall[at]:.1f} / {self.processor[at]:.1f}"


def milliseconds(ask: Callable[[str], object], queries: Sequence[str]) -> Times:
    """How long each query took; the first few, which open files, are asked twice."""
    for query in queries[:5]:
        ask(query)
    wall, processor = [], []
    for query in queries:
        start, used = time.perf_counter(), time.process_time()
        ask(query)
        wall.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - used))
    return Times(sorted(wall), sorted(processor))


def fts5(texts: Sequence[str], queries: Sequence[str]) -> str:
    """Median time of an OR query ranked by BM25 in SQLite."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE p USING fts5(text)")
        connection.executemany("INSERT INTO p VALUES (?)", ((text,) for text in texts))

        def ask(query: str) -> object:
            words = [w for w in "".join(c if c.isalnum() else " " for c in query).split() if w]
            match = " OR ".join(f'"{w}"' for w in words)
            sql = "SELECT rowid FROM p WHERE p MATCH ? ORDER BY rank LIMIT 10"
            return connection.execute(sql, (match,)).fetchall()

        times = milliseconds(ask, queries)
    return times.shown(0.5)


def bm25s_time(texts: Sequence[str], queries: Sequence[str]) -> str:
    """Median time of a query in bm25s."""
    import bm25s

    tokens = bm25s.tokenize(texts, stopwords=None, show_progress=False)
    ranker = bm25s.BM25()
    ranker.index(tokens, show_progress=False)

    def ask(query: str) -> object:
        words = bm25s.tokenize(query, stopwords=None, show_progress=False, return_ids=False)
        return ranker.retrieve(words, k=10, show_progress=False)

    times = milliseconds(ask, queries)
    return times.shown(0.5)


def recall_at_ten(folder: Path, encoder: SyntheticEncoder) -> float:
    """The share of the exact ten nearest that the index finds; 1 where it compares with all."""
    index = DenseIndex.open(folder)
    ids = list(SearchIndex.open(folder).keys())
    queries = encoder.made(EXACT_SAMPLE)
    best = np.full((EXACT_SAMPLE, 10), -np.inf, dtype="f4")
    exact = np.zeros((EXACT_SAMPLE, 10), dtype="i8")
    for start in range(0, len(ids), 50_000):
        some = np.asarray(ids[start : start + 50_000])
        scores = np.hstack([best, queries @ index.vectors(some.tolist()).T])
        numbers = np.hstack([exact, np.tile(some, (EXACT_SAMPLE, 1))])
        order = np.argsort(-scores, axis=1)[:, :10]
        best, exact = (np.take_along_axis(a, order, axis=1) for a in (scores, numbers))
    found = [[number for number, _ in index.search(q, limit=10)] for q in queries]
    return recall(np.asarray(found), exact)


def texts_of(folder: Path) -> list[str]:
    """The texts of the passages of an index."""
    with sqlite3.connect(folder / "passages.sqlite") as connection:
        return [text for (text,) in connection.execute("SELECT text FROM passages ORDER BY id")]


def real_recall(path: Path, most: int) -> str:
    """Recall@10 of the approximate index against the exact one, on vectors of real texts."""
    import faiss

    encoder = open_encoder(EncoderSettings(), cache_folder=cache_folder())
    texts = [f"{p.path[0]}. {p.text}" for p in read_real(path, most)]
    vectors = encoder.encode_passages(texts)
    queries = encoder.encode_queries([q.text for q in read_queries(SUITE)])
    moved = vectors - centring_of(vectors).mean
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    flat = faiss.IndexIDMap2(faiss.IndexFlatIP(encoder.dimensions))
    flat.add_with_ids(moved, np.arange(len(moved)))
    made = inverted_file(flat)
    share = recall(made.search(queries, 10)[1], flat.search(queries, 10)[1])
    return (
        f"{len(moved):,} real vectors, {len(queries)} real queries: {made.nprobe} of {made.nlist} "
        f"cells, recall@10 {share:.4f}"
    )


def measure(size: int, real: Sequence[Passage], queries: Sequence[str], compare_to: int) -> Row:
    """Build an index of a size and ask it."""
    encoder = SyntheticEncoder(open_encoder(EncoderSettings(), cache_folder=cache_folder()))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.process_time()
        grow(real, size, folder, encoder=encoder)
        build = size / (time.process_time() - start)
        index = SearchIndex.open(folder)
        times = milliseconds(lambda q: index.search(q, encoder=encoder, limit=10), queries)
        used = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found = recall_at_ten(folder, encoder)
        others = ("–", "–")
        if size <= compare_to:
            texts = texts_of(folder)
            others = (fts5(texts, queries), bm25s_time(texts, queries))
    return Row(size, min(size, len(real)), build, used, memory, times, found, others)


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    head = (
        "| passages | of them real | build, passages a second of processor | disk, MB "
        "| peak memory, MB | p50, ms "
        "| p95, ms | recall@10 of vectors | FTS5 p50, ms | bm25s p50, ms |"
    )
    lines = [
        f"| {r.size:,} | {r.real:,} | {r.build:,.0f} | {r.megabytes:,.0f} | {r.memory:,.0f} "
        f"| {r.times.shown(0.5)} | {r.times.shown(0.95)} | {r.recall:.3f} | {r.others[0]} "
        f"| {r.others[1]} |"
        for r in rows
    ]
    return "\n".join([head, "|" + "---|" * 10, *lines])


def main() -> None:
    """Read the options, measure each size, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--compare-to", type=int, default=100_000)
    parser.add_argument("--most-real", type=int, default=20_000, help="above it they are woven")
    parser.add_argument("--vectors", type=int, help="only recall, on so many real vectors")
    options = parser.parse_args()
    if options.vectors:
        print(real_recall(options.pages, options.vectors))
        return
    queries = [query.text for query in read_queries(SUITE)][: options.queries]
    real = list(read_real(options.pages, min(options.most_real, max(options.sizes))))
    rows = []
    for size in options.sizes:
        rows.append(measure(size, real, queries, options.compare_to))
        print(f"{datetime.now().astimezone():%Y-%m-%d %H:%M}\n{table(rows)}", flush=True)


if __name__ == "__main__":
    main()
