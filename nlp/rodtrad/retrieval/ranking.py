"""Queries for the word engine, and the mixing of word and meaning scores."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeAlias

from rodtrad.retrieval.hits import DocumentInfo
from rodtrad.retrieval.lexical import day_number, marked
from rodtrad.retrieval.periods import names_time
from rodtrad.retrieval.query import (
    Alternative,
    Concept,
    Origin,
    ParsedQuery,
    named_kinds,
    plain_kind,
)
from rodtrad.retrieval.wordquery import (
    Everything,
    WordQuery,
    all_of,
    any_of,
    phrase,
    sum_of,
    term,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much; measured on the development queries, see docs on evaluation.

    `fields` weigh where a term stands, `origins` where an alternative comes from. `dense` is the
    share of meaning in the mixed score, by (query language, passage language), `feedback` what
    likeness to the best counts for, by query language (see `feedback`). `year` is added
    where the query names the year of the document, `month` where it names a shorter period that
    holds its day, or its kind beside the year, `kind` where it names its kind, `listed` where it
    names both and nothing else: then all such documents are answers, whatever they are about.
    """

    fields: Mapping[str, float] = field(
        default_factory=lambda: {"body": 1.0, "path": 0.5, "title": 0.2, "parts": 0.4}
    )
    origins: Mapping[Origin, float] = field(
        default_factory=lambda: {
            "own": 1.0,
            "parts": 0.5,
            "acronym": 0.7,
            "synonym": 0.3,
            "instead": 0.7,
            "translation": 1.0,
            "dictionary": 0.7,
            "cognate": 0.8,
            "spelling": 0.8,
        }
    )
    dense: Mapping[tuple[str, str], float] = field(
        default_factory=lambda: {
            ("sv", "sv"): 0.6,
            ("sv", "en"): 0.6,
            ("en", "sv"): 0.7,
            ("en", "en"): 0.7,
        }
    )
    feedback: Mapping[str, float] = field(default_factory=lambda: {"en": 0.5})
    footnote: float = 0.6
    deviations: float = 5.0
    share: float = 0.7
    shape: float = 0.6
    year: float = 0.15
    month: float = 0.9
    kind: float = 0.2
    listed: float = 1.0


class Prefixes(Protocol):
    """What of the collection's words a query must know before it is put."""

    def terms_with_prefix(self, prefix: str, *, limit: int = 50) -> list[str]:
        """Words of the collection that begin so."""
        ...


Evened: TypeAlias = Callable[[Concept, Alternative, str], float]
"""What the score of a stem is multiplied by; see `Rarities.evened`."""


def lexical_query(
    parsed: ParsedQuery,
    index: Prefixes,
    weights: Weights,
    *,
    evened: Evened = lambda concept, alternative, stem: 1.0,
) -> WordQuery | None:
    """The word query for what was asked; None when there is nothing to look for."""
    wanted = [(_concept(concept, weights, evened), 1.0) for concept in parsed.concepts]
    wanted += [(term(field, r.text), 4.0) for r in parsed.references for field in ("body", "path")]
    must = [phrase(words) for words in parsed.phrases]
    for prefix in parsed.prefixes:
        begun = [(term("exact", word), 1.0) for word in index.terms_with_prefix(prefix)]
        must.append(any_of(begun) if begun else term("exact", prefix))
    if must:
        return all_of([*must, *([sum_of([*wanted, (Everything(), 1e-6)])] if wanted else [])])
    return sum_of(wanted) if wanted else None


def _concept(concept: Concept, weights: Weights, evened: Evened) -> WordQuery:
    ways = [
        (_alternative(concept, alternative, weights, evened), weights.origins[alternative.origin])
        for alternative in concept.alternatives
    ]
    return sum_of(ways)


def _alternative(
    concept: Concept, alternative: Alternative, weights: Weights, evened: Evened
) -> WordQuery:
    """Own words count in full each; the words of another way to say it share one word's weight."""
    share = 1.0 if alternative.origin == "own" else len(alternative.stems) ** -weights.share
    return sum_of(
        [
            (term(field, marked(stem, alternative.language)), weight * share * factor)
            for stem in alternative.stems
            for factor in (evened(concept, alternative, stem),)
            for field, weight in weights.fields.items()
        ]
    )


class Scored(NamedTuple):
    """A passage's number with its scores. `words` and `meaning` are as ranked alone.

    `shape` is how much of the query stands in it letter by letter, 0–1; 0 where not looked at.
    """

    id: int
    score: float
    words: float
    meaning: float
    shape: float = 0.0


def by_score(one: Scored) -> tuple[float, int]:
    """What passages are sorted by: the best first, of equals the one that came first."""
    return -one.score, one.id


def mix(
    words: Mapping[int, float],
    meaning: Mapping[int, float],
    languages: Mapping[int, str],
    *,
    query_language: str,
    weights: Weights,
    notes: Collection[int] = (),
    unknown: float = 0.0,
    bonuses: Mapping[int, float] = MappingProxyType({}),
) -> list[Scored]:
    """One ranking from two, each scaled to about 0–1, then weighed.

    `words` are scaled by the best of them; `meaning` holds standard deviations above an unrelated
    passage (see `DenseIndex.surprise`) and is scaled by `weights.deviations`. Every candidate must
    have a `meaning` and a language; one without `words` has matched no word. `notes` are footnotes,
    which count less: they cite what the text says. The more of the query's concepts are `unknown`
    to the collection as words, the more meaning counts. `bonuses` are added.
    """
    top = max(words.values(), default=0.0) or 1.0
    shares = {}
    for language in set(languages.values()):
        share = weights.dense.get((query_language, language), 0.5)
        shares[language] = share + (1 - share) * unknown
    scored: list[Scored] = []
    for number, surprise in meaning.items():
        share, by_words = shares[languages[number]], words.get(number, 0.0)
        score = (1 - share) * (by_words / top) + share * (max(surprise, 0.0) / weights.deviations)
        if number in notes:
            score *= weights.footnote
        scored.append(Scored(number, score + bonuses.get(number, 0.0), by_words, surprise))
    return sorted(scored, key=by_score)


def document_bonus(info: DocumentInfo | None, parsed: ParsedQuery, weights: Weights) -> float:
    """What is added for a document that is of the time and of the kind that the query names."""
    if info is None:
        return 0.0
    first, last = (day_number(info.date, last=is_last) for is_last in (False, True))
    is_kind = plain_kind(info.kind) in parsed.kinds
    held = [period for period in parsed.periods if period.holds(first, last)]
    sure = any(period.is_short or is_kind for period in held)
    bonus = weights.month if sure else weights.year if held else 0.0
    return bonus + weights.kind * is_kind + weights.listed * is_listed(info, parsed)


def is_listed(info: DocumentInfo, parsed: ParsedQuery) -> bool:
    """Whether a query names the kind and the time of a document and nothing else."""
    first, last = (day_number(info.date, last=is_last) for is_last in (False, True))
    kind = plain_kind(info.kind)
    of_the_time = any(period.holds(first, last) for period in parsed.periods)
    return of_the_time and kind in parsed.kinds and _only_kind_and_time(parsed, kind)


def _only_kind_and_time(parsed: ParsedQuery, kind: str) -> bool:
    """Whether all concepts of a query are a kind of documents or a time."""
    return all(
        names_time(concept.surface) or kind in named_kinds([concept]) for concept in parsed.concepts
    )


def ranks(scored: Sequence[Scored]) -> dict[int, int]:
    """Passage number → place, from 1."""
    return {one.id: place for place, one in enumerate(scored, start=1)}
