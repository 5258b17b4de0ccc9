"""TF-IDF of words (stems and compound parts) and of concepts, for pairs of texts.

Swedish and English meet through the term bank: Swedish terms of what an English text names are
added to it. The document frequencies are those of the measures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from rodtrad.retrieval.compounds import CompoundSplitter
from rodtrad.retrieval.termbank import TermBank
from rodtrad.retrieval.tokenization import Analyser, find_references
from rodtrad.tracing.arrays import Floats
from rodtrad.tracing.aspects import tokens_of

_PART_WEIGHT = 0.5


@cache
def _analyser(language: str) -> Analyser:
    return Analyser("en") if language == "en" else Analyser("sv", CompoundSplitter({}))


def word_terms(text: str, language: str, bank: TermBank | None = None) -> dict[str, float]:
    """Terms with their weights in the text: stems count 1, parts of a compound one half.

    With a term bank the Swedish terms of what an English text names are counted as well.
    """
    counts: dict[str, float] = {}
    _count_words(counts, text, language)
    if bank is not None and language == "en":
        entries = {match.entry.id: match.entry for match in bank.matches(text, "en")}
        for entry in entries.values():
            _count_words(counts, entry.sv[0], "sv")
    return counts


@lru_cache(maxsize=200_000)
def _analysed(surface: str, language: str) -> tuple[str, ...]:
    """The stem of a word and those of its compound parts; nothing for a stop word."""
    term = _analyser(language).word(surface.partition(":")[0].rstrip("-"))
    return () if term.kind == "stop" else (term.text, *term.parts)


def _count_words(counts: dict[str, float], text: str, language: str) -> None:
    for reference in find_references(text):
        counts[reference.text] = counts.get(reference.text, 0.0) + 1.0
    for surface, number in Counter(tokens_of(text)).items():
        for place, stem in enumerate(_analysed(surface, language)):
            weight = number * (_PART_WEIGHT if place else 1.0)
            counts[stem] = counts.get(stem, 0.0) + weight


def concept_terms(text: str, language: str, bank: TermBank | None) -> dict[str, float]:
    """The term bank's concepts in a text, by how often; empty without a term bank."""
    if bank is None:
        return {}
    found = bank.matches(text, "en" if language == "en" else "sv")
    return dict(Counter(match.entry.id for match in found))


class TfIdf:
    """A TF-IDF space over the texts it was made from; rows of length 1, logarithmic frequencies.

    The targets are kept as postings: for each term, which targets hold it and with what weight.
    """

    def __init__(self, targets: Sequence[Mapping[str, float]]) -> None:
        frequency = Counter(term for terms in targets for term in terms)
        total = 1 + len(targets)
        self._idf = {term: log(total / (1 + n)) + 1 for term, n in frequency.items()}
        self._count = len(targets)
        self._postings = self._posted(targets)

    def _posted(
        self, targets: Sequence[Mapping[str, float]]
    ) -> dict[str, tuple[NDArray[np.int32], Floats]]:
        places: dict[str, list[int]] = {}
        weights: dict[str, list[float]] = {}
        for place, terms in enumerate(targets):
            for term, weight in self.weighted(terms).items():
                places.setdefault(term, []).append(place)
                weights.setdefault(term, []).append(weight)
        return {
            term: (np.array(places[term], np.int32), np.array(weights[term], np.float32))
            for term in places
        }

    def weighted(self, terms: Mapping[str, float]) -> dict[str, float]:
        """The unit vector of a text; terms that no target holds count for nothing."""
        row = {
            term: (1 + log(count) if count > 1 else count) * self._idf[term]
            for term, count in terms.items()
            if term in self._idf
        }
        norm = sum(value * value for value in row.values()) ** 0.5 or 1.0
        return {term: value / norm for term, value in row.items()}

    def similarity(self, texts: Iterable[Mapping[str, float]]) -> Floats:
        """Cosines, a row a text and a column a target."""
        rows = [self._row(terms) for terms in texts]
        return np.array(rows, np.float32).reshape(len(rows), self._count)

    def holding(self, terms: Sequence[str]) -> Floats:
        """Share of the terms, by idf, that each target holds."""
        found = np.zeros(self._count, np.float32)
        for term in terms:
            if term in self._postings:
                found[self._postings[term][0]] += np.float32(self._idf[term])
        total = sum(self._idf.get(term, 0.0) for term in terms)
        return found / np.float32(total or 1.0)

    def _row(self, terms: Mapping[str, float]) -> Floats:
        found = np.zeros(self._count, np.float32)
        for term, weight in self.weighted(terms).items():
            places, weights = self._postings[term]
            found[places] += np.float32(weight) * weights
        return found
