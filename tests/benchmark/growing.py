"""An index of any size for the benchmark: real passages first, then woven ones, in streams.

Passages beyond the real ones are made of the halves of two that were analysed before: half the
text, half the terms. So 10^5 take minutes, not hours, and no more than the vectors is held in
memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np

from rodtrad.datamodel import Passage
from rodtrad.retrieval import DocumentInfo, build_search_index
from rodtrad.retrieval.analysers import LEXICAL_FOLDER, Analysers
from rodtrad.retrieval.building import lexical_passages
from rodtrad.retrieval.dense import DenseIndex, VectorSpace
from rodtrad.retrieval.encoders.port import Encoder, Vectors
from rodtrad.retrieval.hits import PassageFacts
from rodtrad.retrieval.lexical import LexicalIndex, LexicalPassage
from rodtrad.retrieval.store import PassageStore, StoredPassage
from rodtrad.retrieval.wordstore import WordStore

CHUNK = 5000


class MadeUp(Encoder, Protocol):
    """An encoder that can also make up any number of vectors."""

    def made(self, count: int) -> Vectors:
        """So many vectors of length 1."""
        ...


def grow(real: Sequence[Passage], size: int, folder: Path, *, encoder: MadeUp) -> None:
    """Write an index of a size into a fresh folder."""
    infos = {p.document: DocumentInfo(p.document, p.path[0]) for p in real}
    build_search_index(real[:size], folder, encoder=encoder, documents_info=infos)
    if size <= len(real):
        return
    stored = [StoredPassage(n, p, PassageFacts()) for n, p in enumerate(real, start=1)]
    words = WordStore.open(folder)
    analysed = list(lexical_passages(stored, infos, Analysers.of_index(words)))
    words.close()
    store = PassageStore.open(folder, for_change=True)
    lexical = LexicalIndex.open(folder / LEXICAL_FOLDER)
    lexical.add(_kept(store, real, analysed, size))
    store.commit()
    store.close()
    dense = DenseIndex.create(VectorSpace(encoder.name, encoder.revision, encoder.dimensions))
    dense.add(range(1, size + 1), encoder.made(size))
    dense.save(folder)


def _kept(
    store: PassageStore, real: Sequence[Passage], analysed: Sequence[LexicalPassage], size: int
) -> Iterator[LexicalPassage]:
    """The terms of woven passages, whose texts are written on the way, some thousand at a time."""
    random = np.random.default_rng(3)
    for start in range(len(real) + 1, size + 1, CHUNK):
        pairs = random.integers(0, len(real), (min(CHUNK, size + 1 - start), 2)).tolist()
        store.add_passages(
            StoredPassage(number, _woven(real[one], real[other], number), PassageFacts())
            for number, (one, other) in enumerate(pairs, start=start)
        )
        for number, (one, other) in enumerate(pairs, start=start):
            terms = _halves(analysed[one].terms, analysed[other].terms)
            yield LexicalPassage(number, terms, analysed[one].keywords)


def _woven(one: Passage, other: Passage, number: int) -> Passage:
    text = one.text[: len(one.text) // 2] + " " + other.text[len(other.text) // 2 :]
    return replace(one, key=f"synthetic:{number}", text=text)


def _halves(
    one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """Headings of the first, and of all else half of each."""
    found = {name: [*one[name][: len(one[name]) // 2]] for name in one}
    for name, terms in other.items():
        found[name] += terms[len(terms) // 2 :]
    return found | {name: list(one[name]) for name in ("title", "path")}
