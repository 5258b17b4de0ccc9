"""What a query asks for: phrases, prefixes, references, and concepts with their alternatives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

from rodtrad.datamodel import Span
from rodtrad.retrieval.acronyms import SHORTEST, is_acronym, is_shouted, may_be_acronym
from rodtrad.retrieval.periods import Period, asked_periods
from rodtrad.retrieval.spelling import corrections
from rodtrad.retrieval.stemming import Language, stem
from rodtrad.retrieval.termbank import TermBank, TermEntry
from rodtrad.retrieval.tokenization import (
    Analyser,
    Term,
    certain_language,
    fold,
    plain_analyser,
    stems_of,
)

Origin = Literal[
    "own",
    "parts",
    "acronym",
    "synonym",
    "instead",
    "translation",
    "dictionary",
    "cognate",
    "spelling",
]

_SHORTEST_COGNATE = 4
_SHORTEST_FIRST_PART = 6
_SHORTEST_PART = 4  # *högskola* is no *hög skola*
_TRIED = 4  # translations of a word that are tried as halves of a compound
_PHRASE = re.compile(r"[\"”“„«»]([^\"”“„«»]+)[\"”“„«»]")
_PREFIX = re.compile(r"(?<!\S)([^\W\d_][\w-]{1,})\*(?!\S)")


class Alternative(NamedTuple):
    """One way to say a concept in passages of one language: stems, and the words for people."""

    stems: tuple[str, ...]
    language: Language
    origin: Origin
    shown: str


class Concept(NamedTuple):
    """A word or term of the query with all ways to find it. `at` is in the query's text."""

    surface: str
    at: Span
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query taken apart. `phrases` and `prefixes` are casefolded, `references` normalised.

    `meant` is the text with its misspelt words corrected, `kinds` what it names that may be the
    kind of a document, as `plain_kind` writes it: *remiss*, *handlingsplan*.
    """

    text: str
    language: Language
    concepts: tuple[Concept, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    prefixes: tuple[str, ...] = ()
    references: tuple[Term, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    words: tuple[Term, ...] = ()
    meant: str = ""
    periods: tuple[Period, ...] = ()
    kinds: frozenset[str] = frozenset()


class Vocabulary(Protocol):
    """What the collection knows about words."""

    def knows(self, stem: str, language: Language) -> bool:
        """Whether any passage of a language holds the stem or it is part of a compound there."""
        ...

    def has(self, alternative: Alternative) -> bool:
        """Whether some passage holds every word of an alternative."""
        ...

    def writes(self, surface: str) -> bool:
        """Whether any passage has the word exactly so."""
        ...

    def swedish_word(self, word: str) -> bool:
        """Whether it is a Swedish word, in the collection or not."""
        ...

    def beginning(self, letters: str) -> Sequence[str]:
        """A few words of the collection that begin so."""
        ...

    def corrections(self, surface: str) -> Sequence[str]:
        """Words of the collection one edit away, the most frequent first."""
        ...

    def dictionary(self, word: str) -> tuple[str, ...]:
        """Swedish words for an English one."""
        ...

    def long_forms(self, acronym: str) -> Iterable[tuple[str, Language]]:
        """What passages say that an acronym stands for, and their language."""
        ...


@dataclass(frozen=True)
class QueryParser:
    """Parses queries against a term bank and a collection's vocabulary."""

    bank: TermBank
    vocabulary: Vocabulary
    analysers: Callable[[Language], Analyser]

    def parse(self, text: str, *, language: Language | None = None) -> ParsedQuery:
        """A query taken apart.

        Quoted stretches are phrases, `word*` a prefix, case numbers and references exact look-ups;
        the rest is read as terms of the bank (longest first) and single words.
        """
        phrases = tuple(_words(match[1]) for match in _PHRASE.finditer(text))
        prefixes = tuple(fold(match[1]) for match in _PREFIX.finditer(text))
        rest = _PREFIX.sub(_blank, text)
        language = language or self.detect(rest)
        terms = self.analysers(language).terms(rest)
        references = tuple(term for term in terms if term.kind == "reference")
        terms, corrected = self._corrected(rest, terms, language)
        concepts = tuple(self._concepts(rest, terms, corrected, language))
        return ParsedQuery(
            text,
            language,
            concepts,
            tuple(p for p in phrases if p),
            prefixes,
            references,
            corrected,
            tuple(terms),
            _Corrected.of(text, terms, corrected).text,
            asked_periods(text),
            named_kinds(concepts),
        )

    def detect(self, text: str) -> Language:
        """The query's language: letters and stop words, else which vocabulary knows its words."""
        certain = certain_language(text)
        if certain is not None:
            return certain
        terms = [t for t in self.analysers("sv").terms(text) if t.kind == "word"]
        swedish = sum(self._swedish(term) for term in terms)
        english: float = sum(self._english(term.surface) for term in terms)
        swedish += sum(len(m.surface.split()) for m in self.bank.matches(text, "sv"))
        english += sum(len(m.surface.split()) for m in self.bank.matches(text, "en"))
        return "en" if english > swedish else "sv"

    def _swedish(self, term: Term) -> float:
        """Whole if the collection has the word as it stands, half if only its stem."""
        return (self.vocabulary.writes(term.surface) + self.vocabulary.knows(term.text, "sv")) / 2

    def _english(self, word: str) -> bool:
        return bool(self.vocabulary.dictionary(word) or self.bank.lookup(word, "en"))

    def _corrected(
        self, text: str, terms: Sequence[Term], language: Language
    ) -> tuple[list[Term], tuple[tuple[str, str], ...]]:
        """Terms with unknown words replaced by the nearest known one."""
        result: list[Term] = []
        corrected: list[tuple[str, str]] = []
        for term in terms:
            better = None
            if term.kind == "word" and not self._known(term, language):
                is_name = bool(result) and text[term.start].isupper()
                better = self._correction(term.surface, language, is_name=is_name)
            if better is None:
                result.append(term)
                continue
            corrected.append((term.surface, better))
            result.append(self.analysers(language).word(better, term.start, term.end))
        return result, tuple(corrected)

    def _correction(self, surface: str, language: Language, *, is_name: bool) -> str | None:
        """The nearest word of the query's language: the collection's before the term bank's.

        A name is none of these: *Hague* is not *vague*.
        """
        found = self.vocabulary.corrections(surface)
        if is_name:
            return next(iter(found), None)
        if language == "en":  # in a Swedish collection most words are not English
            found = sorted(found, key=lambda word: not self._is_term(word, "en"))
        if found and (language == "sv" or self._is_term(found[0], "en")):
            return found[0]
        terms = corrections(surface, lambda word: self._is_term(word, language))
        return next(iter((*terms, *found)), None)

    def _is_term(self, word: str, language: Language) -> bool:
        if self.bank.writes(word, language):
            return True
        return language == "en" and bool(self.vocabulary.dictionary(word))

    def _known(self, term: Term, language: Language) -> bool:
        if any(self.vocabulary.knows(term.text, spoken) for spoken in (language, "sv")):
            return True
        if self.bank.writes(term.surface, language):
            return True
        if self._english(term.surface):
            return True
        if language == "en":
            return False
        word = self.vocabulary.swedish_word(term.surface)
        return word or bool(self.bank.lookup(term.surface, "sv"))

    def _concepts(
        self,
        text: str,
        terms: Sequence[Term],
        corrected: Sequence[tuple[str, str]],
        language: Language,
    ) -> Iterator[Concept]:
        covered: list[Span] = []
        meant = _Corrected.of(text, terms, corrected)
        telling = "" if is_shouted(text) else text  # its capitals say which words are acronyms
        for place, entries in _grouped(self.bank, meant.text, language):
            at = meant.before(place)
            inside = [t for t in terms if at.start <= t.start and t.end <= at.end]
            inside = [t for t in inside if t.kind == "word"]
            if not inside:
                continue
            surface = fold(place.of(meant.text))
            alternatives = [*_own(inside, language, surface)]
            if language == "en" and len(inside) == 1:
                alternatives += self._cognates(inside)
            for entry in entries:
                alternatives += self._from_bank(entry.sv, "sv", language)
                alternatives += self._from_bank(entry.en, "en", language)
            if is_acronym(at.of(telling)) or self._is_acronym_in(surface, entries):
                alternatives = [_as_spelt_out(way) for way in alternatives]
            distinct = self._instead(_distinct(alternatives))
            if len(inside) == 1 or any(map(self.vocabulary.has, distinct)):
                covered.append(at)
                yield Concept(surface, at, distinct)
        single: dict[Term, tuple[Alternative, ...]] = {}
        for term in terms:
            if term.kind == "word" and not any(s.start <= term.start < s.end for s in covered):
                at = Span(term.start, term.end)
                ways = [*self._single(term, language), *self._spelt_out(term, at.of(telling))]
                single[term] = self._instead(_distinct(ways))
                yield Concept(term.surface, at, single[term])
        yield from self._compounded(text, terms, single)

    def _is_acronym_in(self, surface: str, entries: Iterable[TermEntry]) -> bool:
        """Whether a term that is no Swedish word is an acronym of the bank in small letters.

        Must not match *bo*, which is BO only in capitals.
        """
        if (
            len(surface) <= SHORTEST
            or not may_be_acronym(surface)
            or self.vocabulary.swedish_word(surface)
        ):
            return False
        variants = (variant for entry in entries for variant in (*entry.sv, *entry.en))
        return any(fold(variant) == surface and is_acronym(variant) for variant in variants)

    def _instead(self, alternatives: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
        """The alternatives; synonyms stand in for a word that the collection does not have."""
        if any(a.origin == "own" and self.vocabulary.has(a) for a in alternatives):
            return alternatives
        return tuple(
            a._replace(origin="instead") if a.origin == "synonym" else a for a in alternatives
        )

    def _compounded(
        self,
        text: str,
        terms: Sequence[Term],
        single: Mapping[Term, tuple[Alternative, ...]],
    ) -> Iterator[Concept]:
        """Two words of the query that Swedish writes as one: a concept beside those of each.

        Matches "guarantee pension" (*garantipension*), "skatt på bilar" (*bilskatt*); must not
        match two words with another word of content between them. Words of the term bank are left
        out: it has its own compounds.
        """
        content = [term for term in terms if term.kind != "stop"]
        for one, other in pairwise(content):
            if one.kind != "word" or other.kind != "word":
                continue
            between = text[one.end : other.start].strip()
            if len(between.split()) > 1 or not (between.isalpha() or not between):
                continue
            first, last = (other, one) if between else (one, other)
            ways = [_swedish(single.get(term, ())) for term in (first, last)]
            found = self._written_as_one(*ways)
            if found:
                at = Span(one.start, other.end)
                yield Concept(at.of(text), at, _distinct(found))

    def _written_as_one(
        self, firsts: Sequence[Alternative], lasts: Sequence[Alternative]
    ) -> list[Alternative]:
        """The collection's compounds of a first word and a last word."""
        found: dict[str, Alternative] = {}
        for one in firsts[:_TRIED]:
            for other in lasts[:_TRIED]:
                for beginning in dict.fromkeys(_linked(one, other)):
                    for word in self.vocabulary.beginning(beginning)[:1]:
                        origin: Origin = "dictionary" if other.origin != "own" else "parts"
                        found[word] = _one_word(word, origin)
        return list(found.values())

    def _from_bank(
        self, variants: Sequence[str], language: Language, asked: Language
    ) -> Iterator[Alternative]:
        origin: Origin = "synonym" if language == asked else "translation"
        for variant in variants:
            yield Alternative(stems_of(variant, language), language, origin, variant)

    def _single(self, term: Term, language: Language) -> Iterator[Alternative]:
        yield from _own([term], language, term.surface)
        for entry in self.bank.lookup(term.surface, language):  # part of a term nobody wrote of
            yield from self._from_bank(entry.sv, "sv", language)
            yield from self._from_bank(entry.en, "en", language)
        if language == "sv":
            if not self.vocabulary.knows(term.text, "sv"):
                yield from self._compounds_of(term.text, "parts")
            return
        for word in self.vocabulary.dictionary(term.surface):
            yield from self._known_words(word)
        yield from self._cognates([term])

    def _spelt_out(self, term: Term, written: str) -> Iterator[Alternative]:
        """What the collection says that an acronym stands for."""
        if not is_acronym(written) and not self._is_strange(term):
            return
        for form, language in self.vocabulary.long_forms(term.surface):
            yield Alternative(stems_of(form, language), language, "acronym", form)

    def _is_strange(self, term: Term) -> bool:
        """Whether a word is short and in no dictionary, as an acronym in small letters is."""
        word = term.surface
        if not may_be_acronym(word) or self.vocabulary.dictionary(word):
            return False
        return not self.vocabulary.swedish_word(word)

    def _known_words(self, text: str) -> Iterator[Alternative]:
        """Swedish words from the dictionary, if the collection has them all."""
        stems = stems_of(text, "sv")
        if stems and all(self.vocabulary.knows(stem, "sv") for stem in stems):
            yield Alternative(stems, "sv", "dictionary", text)
        elif len(stems) == 1:
            yield from self._compounds_of(stems[0], "dictionary")

    def _compounds_of(self, root: str, origin: Origin) -> Iterator[Alternative]:
        """Words of the collection that begin with a stem it does not have alone."""
        if len(root) >= _SHORTEST_FIRST_PART:
            for word in self.vocabulary.beginning(root):
                yield _one_word(word, origin)

    def _cognates(self, terms: Sequence[Term]) -> Iterator[Alternative]:
        """The English words themselves, where Swedish passages have them: names, loans."""
        for term in terms:
            if len(term.surface) >= _SHORTEST_COGNATE or term.surface.isdigit():
                same = _one_word(term.surface, "cognate")
                if self.vocabulary.has(same):
                    yield same


def _one_word(word: str, origin: Origin) -> Alternative:
    """A Swedish word of the collection as a way to say something."""
    return Alternative((plain_analyser("sv").word(word).text,), "sv", origin, word)


def plain_kind(name: str) -> str:
    """The name of a kind of documents as it is compared: its stem, without accents."""
    return stem(fold(name).replace("é", "e"), "sv")


def named_kinds(concepts: Iterable[Concept]) -> frozenset[str]:
    """What concepts name that may be a kind of documents, as `plain_kind` writes it."""
    ways = (way for concept in concepts for way in concept.alternatives if way.language == "sv")
    return frozenset(plain_kind(w.shown) for w in ways if w.origin not in ("synonym", "instead"))


def _as_spelt_out(way: Alternative) -> Alternative:
    """What the term bank gives for an acronym as what the acronym stands for."""
    return way._replace(origin="acronym") if way.origin == "synonym" else way


def _own(terms: Sequence[Term], language: Language, shown: str) -> Iterator[Alternative]:
    yield Alternative(tuple(t.text for t in terms), language, "own", shown)
    for term in terms:
        is_telling = min(map(len, term.parts), default=0) >= _SHORTEST_PART
        if len(term.parts) > 1 and len(terms) == 1 and is_telling:
            yield Alternative(term.parts, language, "parts", shown)


def _swedish(ways: Iterable[Alternative]) -> list[Alternative]:
    """Those of one Swedish word, long enough to be told from the beginning of another."""
    return [w for w in ways if w.language == "sv" and len(w.stems) == 1 and len(w.stems[0]) > 2]


def _linked(one: Alternative, other: Alternative) -> Iterator[str]:
    """How a compound of two words may begin: *garanti|pension*, *livstid|s|fängelse*."""
    for base in (fold(one.shown), one.stems[0]):
        if base.isalpha():
            for link in ("", "s"):
                yield base + link + other.stems[0]


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in re.findall(r"\w+(?:[-:’'/]\w+)*", text))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@dataclass(frozen=True, slots=True)
class _Corrected:
    """A text with its misspelt words corrected, and where each of its characters stood before."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(
        cls, text: str, terms: Sequence[Term], corrected: Sequence[tuple[str, str]]
    ) -> _Corrected:
        """The words of `terms` that are corrections, put in where they belong."""
        right = {word for _, word in corrected}
        letters: list[str] = []
        places: list[int] = []
        position = 0
        for term in terms:
            if term.surface in right:
                between = range(position, term.start)
                letters += [text[position : term.start], term.surface]
                places += [*between, *([term.start] * (len(term.surface) - 1)), term.end - 1]
                position = term.end
        return cls("".join([*letters, text[position:]]), (*places, *range(position, len(text))))

    def before(self, at: Span) -> Span:
        """Where a stretch of the corrected text stood."""
        return Span(self.places[at.start], self.places[at.end - 1] + 1)


def _grouped(
    bank: TermBank, text: str, language: Language
) -> Iterator[tuple[Span, list[TermEntry]]]:
    groups: dict[Span, list[TermEntry]] = {}
    for match in bank.matches(text, language):
        groups.setdefault(match.at, []).append(match.entry)
    yield from groups.items()


def _distinct(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """The alternatives with stems, the first of each kind kept."""
    seen: dict[tuple[tuple[str, ...], str], Alternative] = {}
    for alternative in alternatives:
        if alternative.stems:
            seen.setdefault((alternative.stems, alternative.language), alternative)
    return tuple(seen.values())
