"""Where a target document touches a demand's subject outside its measures.

A plan can itself be the answer, or describe a structure that stands since long. Words decide here,
not the encoder: a passage must hold the demand's rare words, so that "betänketid" in chapter 2 is
found and a passage that is merely about the same field is not. Where the aspect vocabulary knows
what is asked, the sentence must have much of it, the most telling action included: shared words
("nationell", "part") alone bring up the membership in an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rodtrad.datamodel import ContextPassage, Document, Evidence, Measure, Passage, Span
from rodtrad.retrieval.termbank import TermBank
from rodtrad.tracing.arrays import Floats
from rodtrad.tracing.aspects import AspectBook
from rodtrad.tracing.aspectspace import aspect_idf
from rodtrad.tracing.lexical import TfIdf, word_terms
from rodtrad.tracing.texts import Side, split_sentences

_NOT_TEXT = frozenset({"contents", "reference_list", "footnote", "heading", "signature"})
_SHOWN = 3
_LEAST_SENTENCE = 0.2
_KEY_TERMS = 3
_KEY_WEIGHT = 0.5
_KEY_HELD = 0.6  # share of the key terms, by idf, without which words alone prove no subject
_MOST = 0.4  # share of the asked aspects, by idf, that a sentence on the subject has
_ALONE = 0.7  # score from which words of one language need no aspect beside them
_SUBJECT = ("form", "group", "action")
_MARK = 6  # letters of a note's mark that the clean text leaves out within a sentence


@dataclass(frozen=True, slots=True)
class _Place:
    passage: Passage
    sentence: str


def running_text(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Passages of the text itself: contents pages, notes, lists and headings left out."""
    return tuple(p for p in passages if not _NOT_TEXT.intersection(p.flags))


def outside_measures(
    passages: Sequence[Passage], measures: Sequence[Measure]
) -> tuple[Passage, ...]:
    """Running text that lies in no measure."""
    taken: dict[str, list[Span]] = {}
    for measure in measures:
        taken.setdefault(measure.document, []).append(measure.at)
    return tuple(
        passage
        for passage in running_text(passages)
        if not any(passage.at.overlaps(at) for at in taken.get(passage.document, ()))
    )


class ContextIndex:
    """Sentences of the passages outside the measures, ready to be searched.

    With a `book` of aspects a demand that it understands is searched by them.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        *,
        documents: Mapping[str, Document],
        termbank: TermBank | None = None,
        book: AspectBook | None = None,
    ) -> None:
        self._documents = documents
        self._bank = termbank
        self._places = [
            _Place(passage, sentence)
            for passage in passages
            for sentence in split_sentences(passage.text)
        ]
        languages = [place.passage.language for place in self._places]
        self._spoken = np.array(languages)
        texts = [place.sentence for place in self._places]
        self._space = TfIdf([word_terms(t, lang) for t, lang in zip(texts, languages, strict=True)])
        self._book = book or AspectBook(())
        rows = [self._book.counts(t, lang) for t, lang in zip(texts, languages, strict=True)]
        self._aspects = np.array(rows, np.float32).reshape(len(rows), len(self._book))

    def find(self, demand: Side, asked: Floats | None = None) -> tuple[ContextPassage, ...]:
        """The passages that touch the demand's subject most, one sentence each, best first.

        `asked` counts the demand's aspects by the book's order, heading and context by their
        weights: "ta fram en riktlinje" under "Handläggning av betänketid" is about the latter.
        """
        if not self._places or not demand.units:
            return ()
        title = word_terms(demand.title, demand.language, self._bank)
        whole = word_terms(demand.text, demand.language, self._bank)
        close = self._space.similarity([whole, title]).max(axis=0)
        held = self._space.holding(self._key_terms(whole))
        scores = close + _KEY_WEIGHT * held
        if asked is None:
            return self._best(scores)
        share, told = self._shares(asked)
        on_subject = share > 0 if told else held >= _KEY_HELD
        sure = on_subject | ((self._spoken == demand.language) & (scores >= _ALONE))
        return self._best(np.where(sure, scores + _KEY_WEIGHT * share, np.float32(0.0)))

    def _shares(self, asked: Floats) -> tuple[Floats, bool]:
        """Share of the asked aspects that each sentence has; 0 for one that is off the subject.

        And whether the vocabulary tells the subject at all: whether it knows what is to be done.
        """
        facets = {name: self._book.facet(name) for name in _SUBJECT}
        idf = aspect_idf(self._aspects)
        weight = np.minimum(asked, 1.0) * idf * sum(facets.values(), np.zeros_like(idf))
        acts = weight * facets["action"]
        if not acts.any():
            return np.zeros(len(self._places), np.float32), False
        there = self._aspects > 0
        share = there @ weight / weight.sum()
        on_subject = (share >= _MOST) & there[:, acts.argmax()]
        return np.asarray(np.where(on_subject, share, 0.0), np.float32), True

    def _key_terms(self, whole: Mapping[str, float]) -> list[str]:
        """The demand's most telling terms: often in it, seldom in the target."""
        weighted = self._space.weighted(whole)
        return sorted(weighted, key=lambda term: (-weighted[term], term))[:_KEY_TERMS]

    def _best(self, scores: Floats) -> tuple[ContextPassage, ...]:
        """The best sentence of each section; one that a note tears apart gives way to the next."""
        found: dict[str, ContextPassage] = {}
        for index in np.argsort(-scores, kind="stable"):
            score = float(scores[index])
            if score < _LEAST_SENTENCE or len(found) == _SHOWN:
                break
            place = self._places[index]
            key = "\x1f".join(place.passage.path) or place.passage.key
            if key not in found:
                document = self._documents.get(place.passage.document)
                evidence = sentence_evidence(place.passage, place.sentence, document)
                if evidence is not None:
                    found[key] = ContextPassage(evidence, round(score, 4))
        return tuple(found.values())


def sentence_evidence(
    passage: Passage, sentence: str, document: Document | None
) -> Evidence | None:
    """A sentence of a passage as a quote; as a summary without its document; None if torn."""
    span = _span_of(passage, sentence, document) if document is not None else None
    if document is not None and span is None:
        return None
    return Evidence(
        document=passage.document,
        quote=document.quote(span) if document is not None and span is not None else None,
        start=span.start if span is not None else None,
        end=span.end if span is not None else None,
        page=passage.page,
        section=passage.path,
        summary=None if span is not None else sentence,
    )


def _span_of(passage: Passage, sentence: str, document: Document) -> Span | None:
    """The source span of the sentence, or of the passage where its text is not the clean text."""
    start = passage.text.find(sentence)
    if start < 0 or passage.at.of(document.text) != passage.text:
        return passage.span
    begin = passage.at.start + start
    return unbroken(document, Span(begin, begin + len(sentence)))


def unbroken(document: Document, at: Span) -> Span | None:
    """The source span of a sentence's clean span; None where something else stands within it.

    A note at the foot of a page stands inside a sentence that goes on overleaf: no slice of the
    source is that sentence, and a part of it would be a quote broken off. A note's mark alone
    interrupts nothing.
    """
    words = [match.span() for match in re.finditer(r"\S+", at.of(document.text))]
    found = [document.span_of(Span(at.start + a, at.start + b)) for a, b in words]
    if not found or any(
        len(document.source[before.end : after.start].strip()) > _MARK
        for before, after in pairwise(found)
    ):
        return None
    return Span(found[0].start, found[-1].end)
