"""Where a target document touches a demand's subject outside its measures.

A plan can itself be the answer, or describe a structure that stands since long. Words decide here,
not the encoder: a passage must hold the demand's rare words, so that "betänketid" in chapter 2 is
found and a passage that is merely about the same field is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rodtrad.datamodel import ContextPassage, Document, Evidence, Measure, Passage, Span
from rodtrad.retrieval.termbank import TermBank
from rodtrad.tracing.arrays import Floats
from rodtrad.tracing.lexical import TfIdf, word_terms
from rodtrad.tracing.texts import Side, split_sentences

_NOT_TEXT = frozenset({"contents", "reference_list", "footnote", "heading", "signature"})
_SHOWN = 3
_LEAST_SENTENCE = 0.15
_KEY_TERMS = 3
_KEY_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class _Place:
    passage: Passage
    sentence: str


def outside_measures(
    passages: Sequence[Passage], measures: Sequence[Measure]
) -> tuple[Passage, ...]:
    """Running text that lies in no measure; contents pages, notes and lists left out."""
    taken: dict[str, list[Span]] = {}
    for measure in measures:
        taken.setdefault(measure.document, []).append(measure.at)
    return tuple(
        passage
        for passage in passages
        if not _NOT_TEXT.intersection(passage.flags)
        and not any(passage.at.overlaps(at) for at in taken.get(passage.document, ()))
    )


class ContextIndex:
    """Sentences of the passages outside the measures, ready to be searched."""

    def __init__(
        self,
        passages: Sequence[Passage],
        *,
        documents: Mapping[str, Document],
        termbank: TermBank | None = None,
    ) -> None:
        self._documents = documents
        self._bank = termbank
        self._places = [
            _Place(passage, sentence)
            for passage in passages
            for sentence in split_sentences(passage.text)
        ]
        languages = [place.passage.language for place in self._places]
        texts = [place.sentence for place in self._places]
        self._space = TfIdf([word_terms(t, lang) for t, lang in zip(texts, languages, strict=True)])

    def find(self, demand: Side) -> tuple[ContextPassage, ...]:
        """The passages that touch the demand's subject most, one sentence each, best first."""
        if not self._places or not demand.units:
            return ()
        title = word_terms(demand.title, demand.language, self._bank)
        whole = word_terms(demand.text, demand.language, self._bank)
        close = self._space.similarity([whole, title]).max(axis=0)
        return self._best(close + _KEY_WEIGHT * self._space.holding(self._key_terms(whole)))

    def _key_terms(self, whole: Mapping[str, float]) -> list[str]:
        """The demand's most telling terms: often in it, seldom in the target."""
        weighted = self._space.weighted(whole)
        return sorted(weighted, key=lambda term: (-weighted[term], term))[:_KEY_TERMS]

    def _best(self, scores: Floats) -> tuple[ContextPassage, ...]:
        found: dict[str, ContextPassage] = {}
        for index in np.argsort(-scores, kind="stable"):
            score = float(scores[index])
            if score < _LEAST_SENTENCE or len(found) == _SHOWN:
                break
            place = self._places[index]
            key = "\x1f".join(place.passage.path) or place.passage.key
            if key not in found:
                found[key] = ContextPassage(self._evidence(place), round(score, 4))
        return tuple(found.values())

    def _evidence(self, place: _Place) -> Evidence:
        passage = place.passage
        document = self._documents.get(passage.document)
        span = _span_of(place, document)
        quote = document.quote(span) if document is not None else None
        return Evidence(
            document=passage.document,
            quote=quote,
            start=span.start if quote is not None else None,
            end=span.end if quote is not None else None,
            page=passage.page,
            section=passage.path,
            summary=None if quote is not None else place.sentence,
        )


def _span_of(place: _Place, document: Document | None) -> Span:
    """The source span of the sentence, or of the passage where its text is not the clean text."""
    passage = place.passage
    start = passage.text.find(place.sentence)
    if document is None or start < 0 or passage.at.of(document.text) != passage.text:
        return passage.span
    begin = passage.at.start + start
    return document.span_of(Span(begin, begin + len(place.sentence)))
