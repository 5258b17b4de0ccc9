"""What each stage costs beside a lower bound or a peer, taken in turns in the same run.

Every measurement gives the processor time of both sides, so that a busy machine hits both alike.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pypdfium2
from bench_pdf import bare, made

from rodtrad.ingest import read_document
from rodtrad.retrieval.index import SearchIndex
from rodtrad.workspace import Workspace

ROUNDS = 5
TYPES = {
    "DEADLINE": r"\bsenast den \d{1,2} \w+ \d{4}",
    "DIARIENUMMER": r"\b[A-ZÅÄÖ][a-zåäö]?\s?\d{4}/\d{5}",
    "AMOUNT": r"\b\d[\d ]* (?:miljoner |miljarder )?kronor",
    "REFERENCE": r"\b(?:prop\.|skr\.|SOU|Ds|dir\.)\s*\d{4}(?:/\d\d)?:\d+",
    "AGENCY": r"\b[A-ZÅÄÖ][a-zåäö]+(?:verket|myndigheten|styrelsen|inspektionen)\b",
}


@dataclass(frozen=True)
class Ratio:
    """Ours beside another: seconds of processor for the same work."""

    stage: str
    work: str
    ours: float
    other: float
    name: str

    @property
    def row(self) -> str:
        """A row of the table; above 1 ours takes longer."""
        return (
            f"| {self.stage} | {self.work} | {self.ours:.4f} | {self.name} | {self.other:.4f} "
            f"| {self.ours / max(self.other, 1e-9):.2f} |"
        )


def beside(
    stage: str, work: str, ours: Callable[[], object], name: str, other: Callable[[], object]
) -> Ratio:
    """The least processor time of each over some rounds, taken in turns."""
    print(f"{stage} beside {name}", flush=True)
    best = {ours: float("inf"), other: float("inf")}
    for one in (ours, other):
        one()
    for _ in range(ROUNDS):
        for one in (ours, other):
            start = time.process_time()
            one()
            best[one] = min(best[one], time.process_time() - start)
    return Ratio(stage, work, best[ours], best[other], name)


def pdf() -> Iterator[Ratio]:
    """PDF text: the whole document against the bare engine."""
    with tempfile.TemporaryDirectory() as folder:
        path = made(Path(folder, "made.pdf"))
        with pypdfium2.PdfDocument(path) as found:
            pages = len(found)
        read: Callable[[], object] = lambda: read_document(path)  # noqa: E731
        yield beside("PDF to document", f"{pages} pages", read, "bare pypdfium2 text",
                     lambda: bare(path))  # fmt: skip


def words(texts: Sequence[str], index: SearchIndex) -> Iterator[Ratio]:
    """Terms with stems and compound parts, against spaCy's tokenizer and a bare pattern."""
    import spacy

    nlp, pattern = spacy.blank("sv"), re.compile(r"\w+")
    terms = index.analysers("sv")
    count = f"{sum(map(len, texts)):,} characters"
    paragraphs = [part for text in texts for part in text.split("\n\n")]

    def ours() -> None:
        for text in paragraphs:
            terms._terms(text)

    yield beside("tokenisation", count, ours, "spaCy blank sv",
                 lambda: [nlp.make_doc(text) for text in paragraphs])  # fmt: skip
    yield beside("tokenisation", count, ours, r"bare pattern \w+",
                 lambda: [pattern.findall(text) for text in paragraphs])  # fmt: skip


def entities(texts: Sequence[str]) -> Iterator[Ratio]:
    """All entity types against one compiled pattern a type, and references against eyecite."""
    from eyecite import get_citations
    from test_entities import AMERICAN, CITATIONS, SWEDISH

    from rodtrad.entities import find_in_text, find_references

    patterns = [re.compile(text) for text in TYPES.values()]
    count = f"{sum(map(len, texts)):,} characters"
    yield beside("entities", count, lambda: [find_in_text(text) for text in texts],
                 "one pattern a type",
                 lambda: [p.findall(text) for p in patterns for text in texts])  # fmt: skip
    here = "".join(SWEDISH.format(n=n + 1) for n in range(CITATIONS))
    there = "".join(AMERICAN.format(n=n + 1) for n in range(CITATIONS))
    yield beside("references", f"{CITATIONS} citations", lambda: find_references(here),
                 "eyecite, as many", lambda: get_citations(there))  # fmt: skip


def encoding(texts: Sequence[str]) -> Iterator[Ratio]:
    """The encoder as a build calls it, with its store of vectors, against the bare call."""
    from rodtrad.retrieval.encoders.cached import CachedEncoder
    from rodtrad.retrieval.encoders.opening import named_encoder
    from rodtrad.retrieval.encoders.vectorstore import VectorStore
    from rodtrad.settings import EncoderSettings

    bare_encoder = named_encoder(EncoderSettings())
    some = [text[:800] for text in texts[:24]]
    with tempfile.TemporaryDirectory() as folder:
        kept = iter(range(1000))

        def ours() -> object:
            store = VectorStore(Path(folder) / f"{next(kept)}.sqlite")
            return CachedEncoder(bare_encoder, store).encode_passages(some)

        def call() -> object:
            return bare_encoder.encode_passages(some)

        yield beside("encoding, nothing known", f"{len(some)} passages", ours,
                     "bare encoder call", call)  # fmt: skip
        known = CachedEncoder(bare_encoder, VectorStore(Path(folder) / "all.sqlite"))
        yield beside("encoding, all known", f"{len(some)} passages",
                     lambda: known.encode_passages(some), "bare encoder call", call)  # fmt: skip


def searching(index: SearchIndex, texts: Sequence[str], queries: Sequence[str]) -> Iterator[Ratio]:
    """Word search against SQLite FTS5 and bm25s, vector search against bare faiss."""
    import bm25s

    count = f"{len(queries)} queries, {len(texts)} passages"
    parsed = [index.parser.parse(query) for query in queries]

    def ours() -> None:
        for one in parsed:
            index.by_words(one)

    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE p USING fts5(text)")
        connection.executemany("INSERT INTO p VALUES (?)", ((text,) for text in texts))
        rows = [" OR ".join(f'"{w}"' for w in re.findall(r"\w+", q)) for q in queries]
        ask = "SELECT rowid FROM p WHERE p MATCH ? ORDER BY rank LIMIT 100"

        def fts5() -> None:
            for row in rows:
                connection.execute(ask, (row,)).fetchall()

        yield beside("word search", count, ours, "SQLite FTS5", fts5)
    tokens = bm25s.tokenize(list(texts), stopwords=None, show_progress=False)
    ranker = bm25s.BM25()
    ranker.index(tokens, show_progress=False)
    asked = [[w.lower() for w in re.findall(r"\w+", q)] for q in queries]
    yield beside("word search", count, ours, "bm25s",
                 lambda: [ranker.retrieve([a], k=min(100, len(texts)), show_progress=False)
                          for a in asked])  # fmt: skip


def nearest(index: SearchIndex) -> Iterator[Ratio]:
    """Vector search against bare faiss on the same vectors."""
    import faiss

    numbers = list(index.keys())
    vectors = np.ascontiguousarray(index._dense.vectors(numbers))
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    asked = vectors[:: max(1, len(vectors) // 50)]
    k = min(100, len(vectors))
    yield beside("vector search", f"{len(asked)} queries, {len(numbers)} passages",
                 lambda: [index._dense.search(one, limit=k) for one in asked], "bare faiss, flat",
                 lambda: [flat.search(one[None], k) for one in asked])  # fmt: skip


def tracing(workspace: Workspace) -> Iterator[Ratio]:
    """A whole trace, vectors known, against the bare product of as many vectors."""
    from rodtrad.pipeline.loading import load_documents
    from rodtrad.pipeline.tracejob import run_trace

    target = "handlingsplan-2026-2028"
    demands, plan = load_documents(["greta", target], workspace)
    shape = (len(demands.recommendations), len(plan.measures))
    random = np.random.default_rng(1)
    one, other = (random.standard_normal((n, 384), dtype="f4") for n in shape)
    as_of = date(2026, 11, 1)
    yield beside("tracing", f"{shape[0]} demands × {shape[1]} measures",
                 lambda: run_trace(["greta"], [target], workspace=workspace, as_of=as_of),
                 "bare product of vectors", lambda: one @ other.T)  # fmt: skip
