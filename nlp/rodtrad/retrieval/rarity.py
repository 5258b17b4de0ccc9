"""How rare the words of a query are in a collection, and what that makes of their scores."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import log

from rodtrad.retrieval.lexical import marked
from rodtrad.retrieval.ports import WordIndex
from rodtrad.retrieval.query import Alternative, Concept, Origin
from rodtrad.retrieval.stemming import Language
from rodtrad.retrieval.wordquery import SumOf, without_trifles

WORD_FIELDS = ("body", "parts", "path")
"""The fields in which a passage holds a word."""
_KEPT = 20_000
_TRIFLE = 0.02
"""The share of the weightiest term's weight that a term must have to be looked up. On the relevance
suite this changes two of 3,500 hits, on a million passages none of the ten best by words."""


def inverse_frequency(frequency: int, size: int) -> float:
    """The inverse document frequency of BM25."""
    return log(1 + (max(size - frequency, 0) + 0.5) / (frequency + 0.5))


class Rarities:
    """Frequencies of words among the passages of a collection.

    `size` is how many passages there are, `spoken` how many of each language, `origins` what an
    alternative counts by where it comes from.
    """

    def __init__(
        self,
        words: WordIndex,
        *,
        size: int,
        spoken: Mapping[Language, int],
        origins: Mapping[Origin, float],
    ) -> None:
        self._words, self._size, self._spoken, self._origins = words, size, spoken, origins
        # Kept with the index and freed with it: a cache of methods would keep every index opened.
        self._of_word = lru_cache(maxsize=_KEPT)(self._read)
        self._of_term = lru_cache(maxsize=_KEPT)(words.document_frequency)

    def _read(self, word: str) -> int:
        """In how many passages a stem stands; that of an English one is marked so."""
        return max(self._of_term(field, word) for field in WORD_FIELDS)

    def of_stem(self, stem: str, language: Language) -> int:
        """In how many passages of a language a stem stands."""
        return self._of_word(marked(stem, language))

    def of(self, alternative: Alternative) -> int:
        """In how many passages, at most, all words of an alternative stand."""
        return min(self.of_stem(stem, alternative.language) for stem in alternative.stems)

    def of_concept(self, concept: Concept) -> int:
        """In how many passages the most frequent way to say a concept stands."""
        return max(map(self.of, concept.alternatives))

    def evened(self, concept: Concept, alternative: Alternative, stem: str) -> float:
        """What makes all ways to say a concept as rare as the most frequent of their language.

        The engine holds a word for rare if few passages have it. An English word in a collection
        with few English passages is not rare for that, nor is a rare synonym a better answer than
        the usual word: rarity is that of the concept among the passages of the language (as in
        structured queries; Pirkola, 1998).
        """
        language = alternative.language
        among = min(self._size, self._spoken.get(language, 0) or self._size)
        own = self.of_stem(stem, language)
        if not own:
            return 1.0
        alike = [self.of(other) for other in concept.alternatives if other.language == language]
        is_alone = alternative.origin == "parts" and not self._of_own(concept)
        own_weight = 1.0 / self._origins["parts"] if is_alone else 1.0
        usual = max(alike, default=0)
        wanted = min(inverse_frequency(own, among), inverse_frequency(usual, among))
        return own_weight * wanted / inverse_frequency(own, self._size)

    def _of_own(self, concept: Concept) -> int:
        """In how many passages the query's own word stands."""
        own = (way for way in concept.alternatives if way.origin == "own")
        return max(map(self.of, own), default=0)

    def without_trifles(self, query: SumOf) -> SumOf:
        """A query without the terms that could add nearly nothing to a passage's score."""

        def rarity(field: str, text: str) -> float:
            found = self._of_term(field, text)
            return inverse_frequency(found, self._size) if found else 0.0

        return without_trifles(query, rarity, least=_TRIFLE)
