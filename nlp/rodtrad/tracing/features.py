"""Features of a pair (demand, measure), computed for a block of demands against all measures.

Every feature is a similarity that can be said in words; none is trained. Names and meaning:

- words: TF-IDF cosine over stems and compound parts, English carried over by the term bank
- subwords: mean over the telling pieces of the demand's words of the best piece of the measure,
  each seen in its sentence (encoder; see `subwords`)
- title: the demand's sentences against the measure's heading (encoder)
- aspects: inner product of aspect counts with idf over the measures, softly normed by the measure
- depth: square root of `aspects`: the first things in common tell more than the next
- same_form, same_group, same_actor: cosines of the aspects within one facet
- facets: shares of the demand's aspects that the measure has, facet by facet, multiplied
- coverage: share of the demand's aspects that the measure has
- key: 1 where the measure has all that is asked, 0 where it lacks the most telling aspect
- terms: cosine over the concepts of the term bank
- foreign: 1 where the two are in different languages, which makes words and meaning look less alike
- agency: a responsible agency of the measure is addressed or named
- addressee: 0 where the demand names agencies and the measure is another agency's, else 1
- offenders: 0 where the measure is about those who commit the acts and the demand is not, else 1

Three say something of the demand alone and are the same for every measure. They do not order the
measures, but tell how many of them can be links:

- known_action: 0 where nothing of what is asked to be done stands in any measure, 1 where all does
- breadth: logarithm of how many problems and actions are asked, the less telling counting less
- subject: 1 where the demand names a problem or those it befalls or who cause it, else 0
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rodtrad.datamodel import Measure, Recommendation
from rodtrad.entities.agencies import find_agencies
from rodtrad.retrieval.encoders.port import Encoder, Progress
from rodtrad.retrieval.termbank import TermBank
from rodtrad.tracing.arrays import Floats, relative_rows
from rodtrad.tracing.aspects import AspectBook
from rodtrad.tracing.aspectspace import AspectSpace
from rodtrad.tracing.clauses import clauses
from rodtrad.tracing.encoding import (
    EncodedDemands,
    EncodedMeasures,
    encode_demands,
    encode_measures,
)
from rodtrad.tracing.lexical import TfIdf, concept_terms, word_terms
from rodtrad.tracing.subwords import DemandSubwords, demand_subwords, measure_subwords
from rodtrad.tracing.texts import DEMAND_WEIGHT, Side, demand_side, measure_side

FEATURES = (
    "words",
    "subwords",
    "title",
    "aspects",
    "depth",
    "same_form",
    "same_group",
    "same_actor",
    "facets",
    "coverage",
    "key",
    "terms",
    "foreign",
    "agency",
    "addressee",
    "offenders",
    "known_action",
    "breadth",
    "subject",
)


# What work with those who commit the acts, or buy what is forced, is told by.
_OFFENDERS = ("group.perpetrators", "action.prevent-reoffend")
_OFFENDERS_ASKED = (*_OFFENDERS, "form.demand")
_CONCERNED = ("group.victims", "group.perpetrators")
_MEANT = 2.0  # mentions from which a measure is about them; a single one is told in passing


@dataclass(frozen=True)
class Demands:
    """Recommendations made ready to be compared.

    `aspects` counts those of the whole demand, `asked` those of the sentences that ask.
    """

    items: tuple[Recommendation, ...]
    sides: tuple[Side, ...]
    encoded: EncodedDemands
    subwords: DemandSubwords
    aspects: Floats
    asked: Floats


def clause_aspects(text: str, language: str, book: AspectBook) -> Floats:
    """Aspect counts of a sentence: its main clause full, its examples and asides less."""
    found = np.zeros(len(book), np.float32)
    for clause in clauses(text):
        found += np.float32(clause.weight) * book.counts(clause.text, language)
    return found


def unit_aspects(side: Side, book: AspectBook) -> Floats:
    """Aspect counts of each sentence of a side, a row a sentence."""
    rows = [clause_aspects(unit.text, side.language, book) for unit in side.units]
    return np.array(rows, np.float32).reshape(len(rows), len(book))


def aspect_counts(
    sides: Sequence[Side], book: AspectBook, *, units: Sequence[Floats] | None = None
) -> Floats:
    """Aspect counts a side: the title and each sentence (`units` if known) by its weight."""
    rows = np.zeros((len(sides), len(book)), np.float32)
    for place, (row, side) in enumerate(zip(rows, sides, strict=True)):
        row += np.float32(side.title_weight) * book.counts(side.title, side.language)
        weights = np.array([unit.weight for unit in side.units], np.float32)
        row += weights @ (unit_aspects(side, book) if units is None else units[place])
    return rows


def asked_counts(sides: Sequence[Side], book: AspectBook) -> Floats:
    """Aspect counts of the sentences that ask, without title, reasons and context."""
    rows = np.zeros((len(sides), len(book)), np.float32)
    for row, side in zip(rows, sides, strict=True):
        for unit in side.units:
            if unit.weight >= DEMAND_WEIGHT:
                row += clause_aspects(unit.text, side.language, book)
    return rows


def read_demands(
    recommendations: Sequence[Recommendation], *, encoder: Encoder, book: AspectBook
) -> Demands:
    """Splits, encodes and counts a block of recommendations."""
    sides = tuple(demand_side(recommendation) for recommendation in recommendations)
    return Demands(
        items=tuple(recommendations),
        sides=sides,
        encoded=encode_demands(sides, encoder=encoder),
        subwords=demand_subwords(sides, encoder=encoder),
        aspects=aspect_counts(sides, book),
        asked=asked_counts(sides, book),
    )


class MeasureSpace:
    """The measures, indexed once, against which blocks of demands are compared."""

    def __init__(
        self,
        measures: Sequence[Measure],
        *,
        encoder: Encoder,
        book: AspectBook,
        termbank: TermBank | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.measures = tuple(measures)
        self.sides = tuple(measure_side(measure) for measure in measures)
        self.book = book
        self._bank = termbank
        self._words = TfIdf([word_terms(s.text, s.language) for s in self.sides])
        self._terms = TfIdf([concept_terms(s.text, s.language, termbank) for s in self.sides])
        self.encoded: EncodedMeasures = encode_measures(
            self.sides, encoder=encoder, progress=progress
        )
        self._subwords = measure_subwords(self.sides, encoder=encoder)
        units = [unit_aspects(side, book) for side in self.sides]
        self.aspects = aspect_counts(self.sides, book, units=units)
        self.said = tuple((rows > 0).astype(np.float32) for rows in units)
        self._aspects = AspectSpace(self.aspects, book=book)
        self._agencies = _agency_places(measures)

    @property
    def idf(self) -> Floats:
        """How telling each aspect is among these measures."""
        return self._aspects.idf

    @property
    def known_field(self) -> bool:
        """Whether the aspect vocabulary names the problems these measures deal with."""
        return self._aspects.known_field

    def compare(self, demands: Demands) -> dict[str, Floats]:
        """Each feature as a matrix, a row a demand and a column a measure."""
        sides = demands.sides
        asked = self._aspects.understood(demands.aspects)
        terms = [concept_terms(s.own, s.language, self._bank) for s in sides]
        words = self._words.similarity([word_terms(s.own, s.language, self._bank) for s in sides])
        aspects = self._aspects.similarity(asked)
        cosines = self._aspects.facet_cosines(asked)

        def rough() -> Floats:
            sentences = self.encoded.best_sentences(demands.encoded)
            return relative_rows(words) + relative_rows(sentences) + relative_rows(aspects)

        return {
            "words": words,
            "subwords": self._subwords.nearest(demands.subwords, rough=rough),
            "title": self.encoded.titles(demands.encoded),
            "aspects": aspects,
            "depth": np.sqrt(np.maximum(aspects, 0.0)),
            **{f"same_{facet}": cosine for facet, cosine in cosines.items()},
            "facets": self._aspects.joint_coverage(asked),
            "coverage": self._aspects.coverage(asked),
            "key": self._aspects.key_present(asked),
            "terms": self._terms.similarity(terms),
            "foreign": self._foreign(sides),
            "agency": self._named_agencies(demands.items),
            "addressee": self._addressees_fit(sides),
            "offenders": self._offenders_fit(demands.aspects),
            "known_action": self._in_each(self._aspects.known_actions(demands.asked)),
            "breadth": self._in_each(self._aspects.breadth(demands.asked)),
            "subject": self._in_each(self._names_subject(demands.aspects)),
        }

    def _names_subject(self, asked: Floats) -> Floats:
        """Whether a demand says what it is about: "riktlinjer för strokevård" names nothing known.

        Such a demand has an agency and an action in common with much, and may be of any field.
        """
        concerned = self.book.facet("form").copy()
        concerned[self.book.places(_CONCERNED)] = 1.0
        return np.asarray(asked @ concerned > 0, np.float32)

    def _in_each(self, numbers: Floats) -> Floats:
        """A number a demand, said of each measure."""
        return np.repeat(numbers[:, None], len(self.measures), axis=1)

    def share_met(self, demands: Demands, row: int, places: Sequence[int]) -> float:
        """Share of a demand's aspects that some measures have together; 1 in an unknown field."""
        if not self.known_field:
            return 1.0
        return self._aspects.share_met(demands.aspects[row], places)

    def _foreign(self, sides: Sequence[Side]) -> Floats:
        rows = [[side.language != target.language for target in self.sides] for side in sides]
        return np.array(rows, np.float32).reshape(len(sides), len(self.sides))

    def named_agencies(self, recommendation: Recommendation, place: int) -> tuple[str, ...]:
        """The responsible agencies of a measure that a demand addresses or names."""
        text = _agency_text(recommendation)
        return tuple(a for a in self.measures[place].agencies if a.lower() in text)

    def _addressees_fit(self, sides: Sequence[Side]) -> Floats:
        """0 where a demand names agencies and the measure is the work of others alone, else 1.

        Only the demand's own sentences count; a measure without an agency contradicts nobody.
        """
        fits = np.ones((len(sides), len(self.measures)), np.float32)
        led = np.array([bool(measure.agencies) for measure in self.measures], bool)
        for row, side in enumerate(sides):
            asked = _agency_words(side.asked, side.language)
            named = [places for name, places in self._agencies.items() if name in asked]
            if named:
                fits[row, led] = 0.0
                for places in named:
                    fits[row, places] = 1.0
        return fits

    def _offenders_fit(self, asked: Floats) -> Floats:
        """0 where the measure is about those who commit the acts and the demand names none of them.

        "Nationell samordning av arbetet med våldsutövare" is no answer to "samordna stödet till
        offer"; it may be one to "work with men who buy sex", whoever they are called.
        """
        about = (self.aspects[:, self.book.places(_OFFENDERS)] >= _MEANT).any(axis=1)
        named = (asked[:, self.book.places(_OFFENDERS_ASKED)] > 0).any(axis=1)
        return np.asarray(1.0 - np.outer(~named, about), np.float32)

    def _named_agencies(self, recommendations: Sequence[Recommendation]) -> Floats:
        found = np.zeros((len(recommendations), len(self.measures)), np.float32)
        for row, recommendation in enumerate(recommendations):
            text = _agency_text(recommendation)
            for name, places in self._agencies.items():
                if name in text:
                    found[row, places] = np.maximum(found[row, places], 1.0)
        return found


def _agency_text(recommendation: Recommendation) -> str:
    return _agency_said(recommendation.text, recommendation.language, recommendation.addressees)


@lru_cache(maxsize=4096)
def _agency_said(text: str, language: str, addressees: tuple[str, ...]) -> str:
    return " ".join([_agency_words(text, language), *addressees]).lower()


@lru_cache(maxsize=4096)
def _agency_words(text: str, language: str) -> str:
    """A text in lower case; an English one with the Swedish names of the agencies it names."""
    if language != "en":
        return text.lower()
    named = (finding.value for finding in find_agencies(text))
    return " ".join([text, *(name for name in named if isinstance(name, str))]).lower()


def _agency_places(measures: Sequence[Measure]) -> Mapping[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, measure in enumerate(measures):
        for agency in measure.agencies:
            places.setdefault(agency.lower(), []).append(place)
    return places
