"""Text → terms: references and case numbers whole, then words as stems and compound parts.

Every term keeps the offsets of the surface it came from, so that a snippet can mark the hit in the
passage's own words. Terms contain no white space: a row of terms joined by blanks goes into the
lexical engine as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, Protocol

from rodtrad.retrieval.compounds import CompoundSplitter
from rodtrad.retrieval.stemming import Language, stem

_KEPT = 512
_MOST_PIECES = 3
_WORDS_KEPT = 200_000
_SOUGHT = 3  # letters from which a word is looked for in a text
TermKind = Literal["word", "stop", "reference"]

_WORD = re.compile(r"[^\W_]+(?:[-‑’'][^\W_]+)*")
_WORD_BEFORE = re.compile(r"[^\W_][-‑’']?\Z")
# A genitive after an acronym: NSPM:s, GRETA:s, GRETA's. The colon forms are matched after the word.
_COLON_GENITIVE = re.compile(r":(?:s|n|ns|en|ens|t|ts|er|erna|ernas)\b")
_APOSTROPHE = re.compile(r"[’'](?:s|re|ve|ll|d)?$")

# One alternative a form; the group names say how the term is put together in `_reference`.
_REFERENCE = re.compile(
    r"""
    (?P<series>\b(?:SOU|Ds|prop\.?|skr\.?|dir\.?|bet\.?|rskr\.?|proposition(?:en)?|skrivelse(?:n)?
        |direktiv(?:et)?)\s+(?P<series_number>(?:19|20)\d\d(?:/\d\d)?[:\u2013–-]\s?[A-ZÅÄÖ]{0,4}\d+))
  | (?P<eu>(?:\((?:EU|EG|EEG|EC)\)\s*(?:nr\s*)?)?\b
        (?P<eu_number>(?:19|20)\d\d/\d{2,4}|\d{2,4}/(?:19|20)\d\d)
        (?:/(?:EU|EG|RIF|EEG|EC))?\b)
  | (?P<dnr>\b(?P<letters>Fi|Fö|Ju|Ku|[ASNMUKI]|UD|LI|KN|N|IJ|Jo|TPU|SB|L)\s?
        (?P<dnr_number>(?:19|20)\d\d/\d{3,6})(?P<unit>/[A-ZÅÄÖ]{1,6}(?:/[A-ZÅÄÖ]{1,6})?)?\b)
  | (?P<chapter>\b(?P<kap>\d+(?:\s?[a-z])?)\s*kap\.\s*(?P<paragraf>\d+(?:\s?[a-z])?)\s*§)
  | (?P<cets>\b(?:CETS|ETS)\s*(?:nr|no\.?)?\s*(?P<cets_number>\d{2,3})\b)
  | (?P<sfs>(?<!\d)(?P<sfs_number>(?:1[6-9]|20)\d\d:\d+)\b)
    """,
    re.VERBOSE,
)
_SIGN_OF_REFERENCE = re.compile(r"\d[/:\u2013-]|kap\.|ETS")
# Words that stand in references; all others can be told without looking for references.
_IN_REFERENCE = re.compile(
    r".{1,4}|.*\d.*|proposition(?:en)?|skrivelse(?:n)?|direktiv(?:et)?", re.DOTALL
)
_SERIES = {"proposition": "prop", "skrivelse": "skr", "direktiv": "dir"}


@dataclass(frozen=True, slots=True)
class Term:
    """One term: what is indexed, where its surface stands in the text, and what it is made of.

    `parts` are the stems of a compound's parts and of the compounds inside it (empty for a word
    that is none). `surface` is casefolded. A reference has the normalised reference as its
    `text`: "sou_2025:119".
    """

    text: str
    start: int
    end: int
    surface: str
    kind: TermKind = "word"
    parts: tuple[str, ...] = ()


class SeenWord(NamedTuple):
    """A word as it was taken apart: what `Term` says of it, its place aside."""

    text: str
    surface: str
    kind: TermKind
    parts: tuple[str, ...]


class SeenWords(Protocol):
    """Words of passages, Swedish ones, as they were taken apart when the index was built."""

    def seen(self, words: Collection[str]) -> Mapping[str, SeenWord]:
        """Words by how they are written; it may leave out some."""
        ...

    def forms(self, stems: Collection[str]) -> frozenset[str]:
        """The words of passages, as written, that have one of some stems or one as a part."""
        ...


class Wanted(NamedTuple):
    """Stems that are looked for in texts, and the words that have them; None where unknown."""

    stems: frozenset[str]
    written: frozenset[str] | None = None


@cache
def stop_words(language: Language) -> frozenset[str]:
    """The words of a language that carry no subject."""
    name = f"data/stopwords-{language}.txt"
    text = files("rodtrad.retrieval").joinpath(name).read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def fold(text: str) -> str:
    """NFC and casefolded; å, ä and ö stay letters of their own."""
    return unicodedata.normalize("NFC", text).casefold()


def find_references(text: str) -> Iterator[Term]:
    """References and case numbers as single terms.

    Matches "SOU 2025:119", "prop. 2025/26:222", "A2025/00637", "Ju 2015/02345/PO", "5 kap. 15 §",
    "(2005:716)", "2011/36/EU", "CETS nr 197"; must not match "3:1" or "2026–2028".
    """
    if _SIGN_OF_REFERENCE.search(text) is None:  # every form has one; most texts have none
        return
    for match in _REFERENCE.finditer(text):
        yield Term(_reference(match), match.start(), match.end(), fold(match[0]), "reference")


def _reference(match: re.Match[str]) -> str:
    form = next(form for name, form in _FORMS.items() if match[name] is not None)
    return form(match)


def _series(match: re.Match[str]) -> str:
    name = fold(match["series"].split()[0]).rstrip(".")
    for full, short in _SERIES.items():
        if name.startswith(full):
            name = short
    number = re.sub(r"[:–-]\s?(?=\w+$)", ":", match["series_number"])
    return f"{name}_{number.casefold()}"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


_FORMS: dict[str, Callable[[re.Match[str]], str]] = {
    "series": _series,
    "eu": lambda match: f"eu_{match['eu_number']}",
    "dnr": lambda match: f"{match['letters'].casefold()}{match['dnr_number']}",
    "chapter": lambda match: f"{_squeezed(match['kap'])}kap{_squeezed(match['paragraf'])}§",
    "cets": lambda match: f"cets_{match['cets_number']}",
    "sfs": lambda match: f"sfs_{match['sfs_number']}",
}


@dataclass
class Analyser:
    """Splits text of one language into terms. `splitter` is None where compounds stay whole.

    `stored` knows the words of the passages of an index.
    """

    language: Language
    splitter: CompoundSplitter | None = None
    stored: SeenWords | None = None
    _recent: dict[str, list[Term]] = field(default_factory=dict, repr=False, compare=False)
    _words_seen: dict[str, SeenWord] = field(default_factory=dict, repr=False, compare=False)
    _written: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def terms(self, text: str) -> list[Term]:
        """All terms in text order, stop words included (kind "stop").

        Offsets count code points of `text` as given. The terms of the latest texts are kept: one
        search reads the same passages several times.
        """
        terms = self._recent.get(text)
        if terms is None:
            self._recall(frozenset(_WORD.findall(text)) if self.stored else frozenset())
            terms = self._terms(text)
            if len(self._recent) >= _KEPT:  # all at once: threads may do so at the same time
                self._recent.clear()
            self._recent[text] = terms
        return list(terms)

    def wanted(self, stems: frozenset[str]) -> Wanted:
        """Stems to look for in passages."""
        return Wanted(stems, self.stored.forms(stems) if self.stored else None)

    def terms_among(self, text: str, wanted: Wanted, *, references: bool = False) -> list[Term]:
        """The terms of a text that are wanted stems or have one as a part, and any references.

        What `terms` gives, the others left out: most texts hold few of the words asked for. The
        text is one of a passage where the wanted words are those of passages.
        """
        alike = self._alike(text, wanted)
        self._recall(alike)
        if not references and not any(map(_IN_REFERENCE.fullmatch, alike)):
            return list(self._words(text, 0, len(text), alike)) if alike else []
        return self._terms(text, alike)

    def expect(self, texts: Iterable[str], wanted: Wanted) -> None:
        """Look up at once what will be asked for in some texts one after the other."""
        if self.stored is not None:
            self._recall(frozenset().union(*(self._alike(text, wanted) for text in texts)))

    def _alike(self, text: str, wanted: Wanted) -> frozenset[str]:
        """The words of a text that are wanted, as they are written."""
        words = self._words_in(text)
        if wanted.written is not None:
            return words & wanted.written
        seen = ((written, self._seen(written)) for written in words)
        return frozenset(
            w for w, one in seen if not wanted.stems.isdisjoint((one.text, *one.parts))
        )

    def _words_in(self, text: str) -> frozenset[str]:
        """The different words of a text as they are written; those of the latest texts are kept."""
        found = self._written.get(text)
        if found is None:
            if len(self._written) >= _KEPT:
                self._written.clear()
            found = self._written[text] = frozenset(_WORD.findall(text))
        return found

    def _recall(self, words: frozenset[str]) -> None:
        """Look up, all at once, the words of a text that have not been met since the start."""
        if self.stored is not None:
            seen = self._words_seen
            fresh = words.difference(seen)
            if fresh:
                if len(seen) >= _WORDS_KEPT:
                    seen.clear()
                seen.update(self.stored.seen(fresh))

    def _terms(self, text: str, among: Collection[str] | None = None) -> list[Term]:
        """The references of a text and its words, or those that are written like some."""
        terms: list[Term] = []
        position = 0
        for reference in find_references(text):
            terms.extend(self._words(text, position, reference.start, among))
            terms.append(reference)
            position = reference.end
        terms.extend(self._words(text, position, len(text), among))
        return terms

    def _words(
        self, text: str, start: int, end: int, among: Collection[str] | None = None
    ) -> Iterator[Term]:
        position = start
        for match in _matches(text, start, end, among):
            if match.start() < position:  # the s of NSPM:s
                continue
            position = match.end()
            if text.startswith(":", position):
                genitive = _COLON_GENITIVE.match(text, position, end)
                position = genitive.end() if genitive else position
            seen = self._seen(match[0])
            yield Term(seen.text, match.start(), position, seen.surface, seen.kind, seen.parts)

    def _seen(self, written: str) -> SeenWord:
        """The term of a word as written; a collection has few different words, so they are kept."""
        seen = self._words_seen.get(written)
        if seen is None:
            if len(self._words_seen) >= _WORDS_KEPT:
                self._words_seen.clear()
            term = self.word(_APOSTROPHE.sub("", fold(written)))
            seen = SeenWord(term.text, term.surface, term.kind, term.parts)
            self._words_seen[written] = seen
        return seen

    def taken_apart(self, texts: Iterable[str]) -> dict[str, SeenWord]:
        """Every word of some texts, by how it is written: what `stored` may give another time."""
        written = {match[0] for text in texts for match in _WORD.finditer(text)}
        return {word: self._seen(word) for word in written}

    def word(self, surface: str, start: int = 0, end: int = 0) -> Term:
        """The term of one casefolded word."""
        if surface in stop_words(self.language):
            return Term(surface, start, end, surface, "stop")
        plain = surface.replace("‑", "-")
        parts = self._parts(plain)
        text = stem(plain.replace("-", ""), self.language)
        return Term(text, start, end, surface, "word", parts)

    def _parts(self, word: str) -> tuple[str, ...]:
        pieces = [piece for piece in word.split("-") if piece]
        if len(pieces) > _MOST_PIECES:  # the end of an address: starkare-skydd-mot-brott
            return ()
        inner: list[str] = []
        if self.splitter is not None:
            inner = [part for piece in pieces for part in self.splitter.inner(piece)]
            inner += pieces if len(pieces) > 1 else []
            pieces = [part for piece in pieces for part in self.splitter.split(piece)]
        if len(pieces) < 2:
            return ()
        return tuple(dict.fromkeys(stem(piece, self.language) for piece in (*pieces, *inner)))


@cache
def plain_analyser(language: Language) -> Analyser:
    """The analyser for what is asked or listed: compounds stay whole."""
    return Analyser(language)


def stems_of(text: str, language: Language) -> tuple[str, ...]:
    """The stems and references of a text, stop words left out."""
    return tuple(t.text for t in plain_analyser(language).terms(text) if t.kind != "stop")


def _matches(
    text: str, start: int, end: int, among: Collection[str] | None
) -> Iterable[re.Match[str]]:
    """The words of a stretch of text from left to right, or those that are written like some."""
    if among is None:
        return _WORD.finditer(text, start, end)
    if min(map(len, among), default=0) < _SOUGHT:
        return (match for match in _WORD.finditer(text, start, end) if match[0] in among)
    found = [match for written in among for match in _sought(written, text, start, end)]
    return sorted(found, key=re.Match.start)


def _sought(written: str, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where a word stands alone: quicker than to go through all words, of which few are meant."""
    at = text.find(written, start, end)
    while at >= 0:
        match = _WORD.match(text, at, end)
        is_inside = _WORD_BEFORE.search(text, max(start, at - 2), at)
        if match and match[0] == written and not is_inside:
            yield match
        at = text.find(written, at + 1, end)


def certain_language(text: str) -> Language | None:
    """The language of a short text by its letters and its stop words; None where they do not tell.

    "stöd till barn" → sv, "support for children" → en, "prostitution in Sverige" → None: *in* is a
    stop word of both.
    """
    words = {fold(match[0]) for match in _WORD.finditer(text)}
    swedish = len(words & stop_words("sv") - stop_words("en"))
    english = len(words & stop_words("en") - stop_words("sv"))
    if re.search(r"[åäöÅÄÖ]", text):
        swedish += 2
    if swedish == english:
        return None
    return "sv" if swedish > english else "en"
