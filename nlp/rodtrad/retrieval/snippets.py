"""A stretch of a passage around what matched, with the matching words marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rodtrad.datamodel import Span
from rodtrad.retrieval.analysers import as_language
from rodtrad.retrieval.query import Alternative, Concept, ParsedQuery
from rodtrad.retrieval.stemming import Language
from rodtrad.retrieval.tokenization import Analyser, Term, fold

WIDTH = 240
_EDGE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of the passage that answers to something in the query."""

    at: Span
    concept: Concept | None
    alternative: Alternative | None
    compound: bool = False


def find_matches(
    text: str, language: str, parsed: ParsedQuery, analysers: Callable[[Language], Analyser]
) -> list[Match]:
    """What of the query stands in a text, in text order. Offsets are of that text."""
    spoken = as_language(language)
    terms = analysers(spoken).terms_among(
        text, wanted_stems(parsed.concepts, spoken), references=bool(parsed.references)
    )
    places = Places(terms)
    found: list[Match] = []
    for concept in parsed.concepts:
        for alternative in concept.alternatives:
            if alternative.language == spoken:
                found.extend(_of_alternative(places, concept, alternative))
    wanted = {reference.text for reference in parsed.references}
    found += [Match(Span(t.start, t.end), None, None) for t in terms if t.text in wanted]
    found += [Match(at, None, None) for at in _literal(text, parsed)]
    return sorted(found, key=lambda match: (match.at, match.compound))


def wanted_stems(concepts: Iterable[Concept], language: Language) -> frozenset[str]:
    """The stems of every way to say some concepts in a language."""
    ways = (way for concept in concepts for way in concept.alternatives)
    return frozenset(stem for way in ways if way.language == language for stem in way.stems)


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
