"""An index of any size for the benchmark: the passages of a built workspace first, then woven ones.

Passages beyond the real ones are made of the halves of two that were analysed before: half the
text, half the terms. Their vectors lie between a real one and one of its nearest ten, with noise
added. So 10^6 take some minutes, not a day, and little is held in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rodtrad.datamodel import Passage
from rodtrad.pipeline.searchjob import open_search
from rodtrad.pipeline.store import required_manifest
from rodtrad.retrieval import DocumentInfo, build_search_index
from rodtrad.retrieval.analysers import LEXICAL_FOLDER, Analysers
from rodtrad.retrieval.building import encoded_text, lexical_passages
from rodtrad.retrieval.dense import DenseIndex, VectorSpace
from rodtrad.retrieval.encoders.port import Encoder, Progress, Vectors
from rodtrad.retrieval.flatfile import slices
from rodtrad.retrieval.hits import PassageFacts
from rodtrad.retrieval.lexical import LexicalIndex, LexicalPassage
from rodtrad.retrieval.store import PassageStore, StoredPassage
from rodtrad.retrieval.wordstore import WordStore
from rodtrad.workspace import open_workspace

CHUNK, NEAR, NOISE, SEED = 5000, 10, 0.5, 5


@dataclass(frozen=True)
class Real:
    """What a built workspace holds: passages with what was found in them, documents, vectors."""

    stored: Sequence[StoredPassage]
    infos: Mapping[str, DocumentInfo]
    vectors: Vectors

    @classmethod
    def of(cls, folder: Path, most: int) -> Real:
        """The first passages of a workspace, `most` of them if there are as many."""
        workspace = open_workspace(folder)
        index = open_search(workspace, required_manifest(workspace))
        numbers = sorted(index.keys())[:most]
        found = index._store.passages(numbers)
        vectors = index._dense.vectors(numbers)
        return cls([found[number] for number in numbers], index.documents, vectors)

    def first(self, size: int) -> Real:
        """So many of them."""
        return Real(self.stored[:size], self.infos, self.vectors[:size])


class KeptVectors:
    """Gives real passages the vectors they have; queries are encoded."""

    def __init__(self, inner: Encoder, real: Real) -> None:
        self._inner = inner
        self.name, self.revision, self.dimensions = inner.name, inner.revision, inner.dimensions
        passages = (one.passage for one in real.stored)
        texts = (encoded_text(p, real.infos.get(p.document)) for p in passages)
        self._known = dict(zip(texts, real.vectors, strict=True))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Those of the encoder."""
        return self._inner.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Those the workspace has."""
        return np.stack([self._known[text] for text in texts])


def grow(real: Real, size: int, folder: Path, *, encoder: Encoder) -> None:
    """Write an index of a size into a fresh folder."""
    known = KeptVectors(encoder, real)
    facts = {one.passage.key: one.facts for one in real.stored}
    passages = [one.passage for one in real.stored]
    build_search_index(passages, folder, encoder=known, documents_info=real.infos, facts=facts)
    if size <= len(real.stored):
        return
    words = WordStore.open(folder)
    analysed = list(lexical_passages(real.stored, real.infos, Analysers.of_index(words)))
    words.close()
    store = PassageStore.open(folder, for_change=True)
    lexical = LexicalIndex.open(folder / LEXICAL_FOLDER)
    lexical.add(_woven_passages(store, real.stored, analysed, size))
    store.commit()
    store.close()
    _write_vectors(real.vectors, size, folder, encoder)


def _write_vectors(real: Vectors, size: int, folder: Path, encoder: Encoder) -> None:
    path = folder / "made.raw"
    rows = np.memmap(path, "<f4", "w+", shape=(size, encoder.dimensions))
    rows[: len(real)] = real
    made = resampled(real)
    for part in slices(size - len(real)):
        here = rows[len(real) :][part]
        here[:] = made(len(here))
    dense = DenseIndex.create(VectorSpace(encoder.name, encoder.revision, encoder.dimensions))
    dense.add(range(1, size + 1), rows)
    dense.learn(encoder.encode_queries, rows)
    dense.save(folder)
    del rows
    path.unlink()


class resampled:  # noqa: N801 (used as a function that remembers where its chance stands)
    """So many vectors between a real one and one of its nearest, with noise, at each call."""

    def __init__(self, real: Vectors) -> None:
        import faiss

        self._real, self._random = real, np.random.default_rng(SEED)
        _, self._near = faiss.knn(real, real, NEAR + 1, metric=faiss.METRIC_INNER_PRODUCT)

    def __call__(self, count: int) -> Vectors:
        random = self._random
        one = random.integers(0, len(self._real), count)
        other = self._near[one, random.integers(1, NEAR + 1, count)]
        share = random.random((count, 1), dtype="f4")
        rows = unit((1 - share) * self._real[one] + share * self._real[other])
        noise = random.standard_normal(rows.shape, dtype="f4") / np.sqrt(rows.shape[1])
        return unit(rows + np.float32(NOISE) * noise)


def unit(rows: Vectors) -> Vectors:
    """The rows, each of length 1."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _woven_passages(
    store: PassageStore,
    real: Sequence[StoredPassage],
    analysed: Sequence[LexicalPassage],
    size: int,
) -> Iterator[LexicalPassage]:
    """The terms of woven passages, whose texts are written on the way, some thousand at a time."""
    random = np.random.default_rng(3)
    for start in range(len(real) + 1, size + 1, CHUNK):
        pairs = random.integers(0, len(real), (min(CHUNK, size + 1 - start), 2)).tolist()
        store.add_passages(
            woven(real[one], real[other], number)
            for number, (one, other) in enumerate(pairs, start=start)
        )
        for number, (one, other) in enumerate(pairs, start=start):
            terms = _halves(analysed[one].terms, analysed[other].terms)
            first = analysed[one]
            yield LexicalPassage(number, terms, first.keywords, first.date)


def woven(first: StoredPassage, second: StoredPassage, number: int) -> StoredPassage:
    """A passage of the halves of two, with the headings and the facts of the first."""
    one, other = first.passage.text, second.passage.text
    text = f"{one[: _middle(one)]} {other[_middle(other) :].lstrip()}".strip()
    passage: Passage = replace(first.passage, key=f"synthetic:{number}", text=text)
    return StoredPassage(number, passage, PassageFacts(first.facts.agencies, first.facts.types))


def _middle(text: str) -> int:
    """Where a text is halved: between two words, so that weaving makes no word that is none."""
    blank = text.find(" ", len(text) // 2)
    return blank if blank >= 0 else len(text)


def _halves(
    one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Headings of the first, and of all else half of each."""
    found = {name: [*one[name][: len(one[name]) // 2]] for name in one}
    for name, terms in other.items():
        found[name] += terms[len(terms) // 2 :]
    return found | {name: list(one[name]) for name in ("title", "path")}
