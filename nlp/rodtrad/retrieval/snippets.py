"""A stretch of a passage around what matched, with the matching words marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rodtrad.datamodel import Passage, Span
from rodtrad.retrieval.analysers import as_language
from rodtrad.retrieval.query import Alternative, Concept, ParsedQuery
from rodtrad.retrieval.stemming import Language
from rodtrad.retrieval.tokenization import Analyser, Term, Wanted, fold

WIDTH = 240
_EDGE = re.compile(r"\s")


class Match(NamedTuple):
    """A stretch of the passage that answers to something in the query."""

    at: Span
    concept: Concept | None
    alternative: Alternative | None
    compound: bool = False


class Finder:
    """Finds what of one query stands in texts; made once a search."""

    def __init__(self, parsed: ParsedQuery, analysers: Callable[[Language], Analyser]) -> None:
        self._parsed, self._analysers = parsed, analysers
        self._references = {reference.text for reference in parsed.references}
        self._ways: dict[Language, list[tuple[Concept, Alternative]]] = {"sv": [], "en": []}
        for concept in parsed.concepts:
            for way in concept.alternatives:
                self._ways[way.language].append((concept, way))
        self._of_stem: dict[tuple[Language, str], list[int]] = {}
        for spoken, ways in self._ways.items():
            for number, (_, way) in enumerate(ways):
                for stem in way.stems:
                    self._of_stem.setdefault((spoken, stem), []).append(number)
        self._wanted_in: dict[Language, Wanted] = {}

    def expect(self, passages: Iterable[Passage]) -> None:
        """Look up the words of passages, and of their headings, that will be asked for."""
        texts: dict[Language, list[str]] = {"sv": [], "en": []}
        for passage in passages:
            texts[as_language(passage.language)] += [passage.text, "\n".join(passage.path)]
        for spoken, of_language in texts.items():
            self._analysers(spoken).expect(of_language, self._wanted(spoken))

    def matches(self, text: str, language: str) -> list[Match]:
        """What of the query stands in a text, in text order. Offsets are of that text."""
        spoken = as_language(language)
        terms = self._terms(text, spoken, references=bool(self._references))
        found = [Match(at, None, None) for at in _literal(text, self._parsed)]
        if terms:
            places = Places(terms)
            ways = [
                m for way in self._ways_in(places, spoken) for m in _of_alternative(places, *way)
            ]
            cited = [t for t in terms if t.text in self._references]
            found = [*ways, *(Match(Span(t.start, t.end), None, None) for t in cited), *found]
        return sorted(found, key=lambda m: (m.at.start, m.at.end, m.compound))

    def _ways_in(self, places: Places, spoken: Language) -> Iterator[tuple[Concept, Alternative]]:
        """The ways to say a concept of which a stem stands somewhere, in their order."""
        stems = places.whole.keys() | places.inside.keys()
        numbers = {n for stem in stems for n in self._of_stem.get((spoken, stem), ())}
        return (self._ways[spoken][number] for number in sorted(numbers))

    def shares(self, passage: Passage) -> dict[Concept, float]:
        """How much of each concept stands in a passage or in its section's headings, 0–1."""
        spoken = as_language(passage.language)
        texts = (passage.text, "\n".join(passage.path))
        places = Places([term for text in texts for term in self._terms(text, spoken)])
        return {concept: places.share(concept, spoken) for concept in self._parsed.concepts}

    def _terms(self, text: str, spoken: Language, *, references: bool = False) -> list[Term]:
        wanted = self._wanted(spoken)
        return self._analysers(spoken).terms_among(text, wanted, references=references)

    def _wanted(self, spoken: Language) -> Wanted:
        """The stems of the query in a language."""
        if spoken not in self._wanted_in:
            stems = frozenset(stem for _, way in self._ways[spoken] for stem in way.stems)
            self._wanted_in[spoken] = self._analysers(spoken).wanted(stems)
        return self._wanted_in[spoken]


class Places:
    """Where each stem stands in a text, as a word and as a part of a compound."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.whole: dict[str, list[Term]] = {}
        self.inside: dict[str, list[Term]] = {}
        for term in terms:
            if term.kind != "stop":
                self.whole.setdefault(term.text, []).append(term)
            for part in term.parts:
                self.inside.setdefault(part, []).append(term)

    def share(self, concept: Concept, spoken: Language) -> float:
        """How much of a concept stands in the text, 0–1.

        Of its own words and of the parts of a compound some may stand alone; another way to say it
        counts only whole.
        """
        best = 0.0
        for alternative in concept.alternatives:
            if alternative.language == spoken:
                stems = set(alternative.stems)
                found = sum(stem in self.whole or stem in self.inside for stem in stems)
                if found == len(stems) or alternative.origin in ("own", "parts"):
                    best = max(best, found / len(stems))
        return best


def _of_alternative(places: Places, concept: Concept, alternative: Alternative) -> list[Match]:
    wanted = dict.fromkeys(alternative.stems)
    whole = [term for stem in wanted for term in places.whole.get(stem, ())]
    if len({t.text for t in whole}) < len(wanted) and alternative.origin not in ("own", "parts"):
        whole = whole if len(wanted) == 1 else []
    matches = [Match(Span(t.start, t.end), concept, alternative) for t in whole]
    if len(wanted) == 1:
        (stem,) = wanted
        inside = [t for t in places.inside.get(stem, ()) if t.text != stem]
        matches += [Match(Span(t.start, t.end), concept, alternative, True) for t in inside]
    return matches


def _literal(text: str, parsed: ParsedQuery) -> list[Span]:
    if not (parsed.phrases or parsed.prefixes):
        return []
    patterns = [r"\W+".join(map(re.escape, phrase)) for phrase in parsed.phrases]
    patterns += [re.escape(prefix) + r"\w*" for prefix in parsed.prefixes]
    folded = fold(text)
    if len(folded) != len(text):
        return []
    return [
        Span(match.start(), match.end())
        for pattern in patterns
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", folded)
    ]


def snippet(
    text: str, matches: Sequence[Match], *, width: int = WIDTH
) -> tuple[str, tuple[Span, ...]]:
    """The stretch of about `width` characters with the most different matches, and its marks.

    The marks are offsets in the snippet. Cuts are made at white space and shown as "…".
    """
    start = _best_start(text, matches, width)
    end = min(len(text), start + width)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + width // 2)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(before) - start
    marks = [m.at for m in matches if start <= m.at.start and m.at.end <= end]
    merged = _merged(marks)
    shown = tuple(Span(at.start + shift, at.end + shift) for at in merged)
    return before + text[start:end] + after, shown


def _best_start(text: str, matches: Sequence[Match], width: int) -> int:
    if len(text) <= width or not matches:
        return 0
    best, best_value = 0, -1.0
    for match in matches:
        start = max(0, match.at.start - width // 5)
        inside = [m for m in matches if start <= m.at.start and m.at.end <= start + width]
        kinds = {m.concept.surface if m.concept else m.at.of(text) for m in inside}
        value = len(kinds) + 0.01 * len(inside)
        if value > best_value:
            best, best_value = start, value
    best = min(best, max(0, len(text) - width))
    edge = _EDGE.search(text, best)
    return edge.end() if best and edge and edge.end() < best + 40 else best


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
