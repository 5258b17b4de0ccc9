"""Where a later plan speaks of an earlier measure without continuing it as a measure.

A structure that stands in a chapter of its own is found by its heading. Short of that, words tell
whether the later plan speaks of the measure at all: an abbreviation that is its own, or a sentence
that holds the greater part of what its title says. Words are weighed by how rare they are in both
plans, those that the later plan lacks included: "ambassadör" is most of "ambassadör för arbetet".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rodtrad.datamodel import AnnotatedDocument, Evidence, Measure, Passage, Sentence
from rodtrad.tracing.arrays import Floats
from rodtrad.tracing.context import outside_measures, running_text, sentence_evidence
from rodtrad.tracing.lexical import TfIdf, word_terms
from rodtrad.tracing.texts import split_sentences

DESCRIBED = 0.75  # share of the title, by rarity, that a sentence of a structure holds …
HEADED = 0.5  # … where its section's heading is as similar to the title
SPELT_ALIKE = 0.75  # share of letter trigrams: "regionskoordinator" and "regionkoordinator"
NAMED = 0.5  # share of the title from which a sentence may be about the measure
_OWN = 2  # measures of a plan in which an abbreviation stands that is still one measure's own
_SELDOM = 0.01  # share of a plan's sentences up to which an abbreviation is telling
_PREPARED = re.compile(r"(?i)\b(?:\w*beredning|remiss|samråd|konsultation)")  # how it was made
_ABBREVIATION = re.compile(r"\b[A-ZÅÄÖ]{3,}\b(?!\s*\d)")  # not "SOU 2016:42"


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence of the later plan that holds a measure's words, and the measure it stands in.

    `share` is that of the title's words by rarity; 1 for an abbreviation of the measure.
    """

    evidence: Evidence
    share: float
    measure: str | None = None

    @property
    def telling(self) -> bool:
        """Whether it holds enough that the measure may be what it speaks of."""
        return self.share >= NAMED


@dataclass(frozen=True, slots=True)
class _Place:
    passage: Passage
    sentence: str


class LaterText:
    """All sentences of the later plan, its measures included, and the headings outside them."""

    def __init__(self, old: AnnotatedDocument, new: AnnotatedDocument) -> None:
        self._plan = new
        self._places = [
            _Place(passage, sentence)
            for passage in running_text(new.passages)
            for sentence in split_sentences(passage.text)
        ]
        outside = outside_measures(new.passages, new.measures)
        frames = {m.section[:n] for m in new.measures for n in range(len(m.section) + 1)}
        standing = (
            p.path
            for p in outside
            if p.path and p.path not in frames and not any(map(_PREPARED.search, p.path))
        )
        self._openings = tuple(dict.fromkeys(standing))
        spoken = new.document.language
        texts = [(_unnumbered(path[-1]), spoken) for path in self._openings]
        texts += [(place.sentence, spoken) for place in self._places]
        for m in old.measures:
            texts += [(text, m.language) for text in (m.title, *(s.text for s in m.sentences))]
        self._space = TfIdf([word_terms(text, language) for text, language in texts])
        self._own = _own_abbreviations(old.measures)

    @property
    def sentences(self) -> int:
        """How many sentences are searched."""
        return len(self._places)

    def headed(self, measure: Measure) -> Evidence | None:
        """The opening of the section outside the measures whose heading has nearly its letters.

        "Regionskoordinatorer" and "2.4 Regionkoordinatorer"; not a chapter that holds measures,
        which is only their frame, nor who was heard on the plan ("Beredningsunderlag").
        """
        alike = {p: spelt_alike(measure.title, _unnumbered(p[-1])) for p in self._openings}
        path = max(alike, key=alike.__getitem__, default=())
        if not path or alike[path] < SPELT_ALIKE:
            return None
        return self.opening(path)

    def sections(self) -> tuple[Measure, ...]:
        """The sections outside the measures read as if they were measures, to be compared alike."""
        return tuple(self._as_measure(path) for path in self._openings)

    def _as_measure(self, path: tuple[str, ...]) -> Measure:
        places = [place for place in self._places if place.passage.path == path]
        at, span = places[0].passage.at, places[0].passage.span
        return Measure(
            id=path[-1], document=self._plan.id, title=_unnumbered(path[-1]), type="", state="",
            agencies=(), other_agencies=(), deadlines=(), dnr=(), other_dnr=(), refs=(), amounts=(),
            text=" ".join(place.sentence for place in places), at=at, span=span, section=path,
            sentences=tuple(Sentence(place.sentence, place.passage.span) for place in places),
            language=self._plan.document.language,
        )  # fmt: skip

    def opening(self, path: tuple[str, ...]) -> Evidence | None:
        """The first sentence of a section that can be quoted whole."""
        return self._quoted(
            [n for n, place in enumerate(self._places) if place.passage.path == path]
        )

    def describing(self, measure: Measure) -> Evidence | None:
        """The sentence that describes what a measure was about under a heading like its title."""
        terms = word_terms(measure.title, measure.language)
        similar = self._space.similarity([terms])[0][: len(self._openings)]
        headings = [p for p, value in zip(self._openings, similar, strict=True) if value >= HEADED]
        share = self._shares(measure)
        ranked = [int(n) for n in np.argsort(-share, kind="stable") if share[n] >= DESCRIBED]
        return self._quoted([n for n in ranked if self._places[n].passage.path in headings])

    def naming(self, measure: Measure) -> Named | None:
        """The sentence that comes closest to speaking of a measure; None where none has a word."""
        share = self._shares(measure)
        for abbreviation in self.abbreviations(measure):
            held = [
                n
                for n, place in enumerate(self._places)
                if re.search(rf"\b{abbreviation}\b", place.sentence)
            ]
            if len(held) <= max(_SELDOM * len(self._places), 1):
                share[held] += 1.0
        for n in map(int, np.argsort(-share, kind="stable")):
            found = self._quoted([n]) if share[n] > 0 else None
            if found is not None:
                return Named(found, round(min(float(share[n]), 1.0), 4), self._measure_at(n))
        return None

    def abbreviations(self, measure: Measure) -> tuple[str, ...]:
        """The abbreviations that this earlier measure has nearly alone in its plan."""
        here = _abbreviations(measure)
        return tuple(a for a in sorted(here) if self._own[a] <= _OWN)

    def _shares(self, measure: Measure) -> Floats:
        terms = list(word_terms(measure.title, measure.language))
        start = len(self._openings)
        return self._space.holding(terms)[start : start + len(self._places)].copy()

    def _quoted(self, places: Sequence[int]) -> Evidence | None:
        """The first of some sentences that can be quoted whole."""
        quotes = (
            sentence_evidence(place.passage, place.sentence, self._plan.document)
            for place in (self._places[n] for n in places)
        )
        return next((quote for quote in quotes if quote is not None), None)

    def _measure_at(self, place: int) -> str | None:
        at = self._places[place].passage.at
        return next((m.id for m in self._plan.measures if m.at.overlaps(at)), None)


def _abbreviations(measure: Measure) -> set[str]:
    return set(_ABBREVIATION.findall(f"{measure.title} {measure.text}"))


def _own_abbreviations(measures: Sequence[Measure]) -> Counter[str]:
    return Counter(a for measure in measures for a in _abbreviations(measure))


def _unnumbered(heading: str) -> str:
    return re.sub(r"^[\d.]+\s+", "", heading)


def spelt_alike(one: str, other: str) -> float:
    """Dice share of letter trigrams: 1 for the same letters, near 1 for a variant spelling."""
    first, second = _trigrams(one), _trigrams(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _trigrams(text: str) -> set[str]:
    plain = f" {text.casefold()} "
    return {plain[i : i + 3] for i in range(len(plain) - 2)}
