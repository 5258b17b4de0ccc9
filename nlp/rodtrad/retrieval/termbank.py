"""The bilingual term bank of the field: Swedish terms, English terms, their variants.

Search uses it to carry a query into the other language, tracing to see that two texts speak of the
same thing. Users add entries of their own in a file of the same form (see `data/termbank.tsv`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from rodtrad.datamodel import Span
from rodtrad.errors import UnreadableFileError
from rodtrad.retrieval.stemming import Language
from rodtrad.retrieval.tokenization import Term, fold, plain_analyser

_LANGUAGES: tuple[Language, ...] = ("sv", "en")
_COLUMNS = 4  # id, field, Swedish, English; "seen" may be left out


class TermEntry(NamedTuple):
    """One concept. The first variant of each language is its head term.

    `seen` says where the Swedish form was found, "unverified" where in none of our texts.
    """

    id: str
    field: str
    sv: tuple[str, ...]
    en: tuple[str, ...]
    seen: str = "unverified"

    def variants(self, language: Language) -> tuple[str, ...]:
        """The terms in one language, head first."""
        return self.sv if language == "sv" else self.en


class TermMatch(NamedTuple):
    """A term found in a text: the entry, the variant that fits, and where in that text."""

    entry: TermEntry
    variant: str
    at: Span
    surface: str


@dataclass
class TermBank:
    """Entries and what is needed to find them in texts.

    Variants are stemmed by first letter when a text asks for that letter: a query of three words
    needs a tenth of them, and a command starts that much sooner. A stem keeps its first letter.
    """

    entries: tuple[TermEntry, ...]
    _waiting: dict[tuple[Language, str], list[tuple[TermEntry, str]]] = field(
        init=False, repr=False
    )
    _keys: dict[Language, dict[str, list[_Key]]] = field(init=False, repr=False)
    _filing: Lock = field(init=False, repr=False, compare=False, default_factory=Lock)

    def __post_init__(self) -> None:
        self._keys = {"sv": {}, "en": {}}
        self._waiting = {}
        for entry in self.entries:
            for language in _LANGUAGES:
                for variant in entry.variants(language):
                    initial = _initial(variant.lstrip("\"'(”")[:2])
                    self._waiting.setdefault((language, initial), []).append((entry, variant))

    def __reduce__(self) -> tuple[type[TermBank], tuple[tuple[TermEntry, ...]]]:
        """It goes to another process as its entries."""
        return TermBank, (self.entries,)

    def _keys_for(self, stem: str, language: Language) -> list[_Key]:
        """The keys whose first stem this is, longest first."""
        if (language, stem[:1]) in self._waiting:
            with self._filing:
                self._file(language, stem[:1])
        return self._keys[language].get(stem, [])

    def _file(self, language: Language, initial: str) -> None:
        """File the variants that begin with a letter; they wait until the last is filed."""
        keys: dict[str, list[_Key]] = {}
        for entry, variant in self._waiting.get((language, initial), ()):
            stems = tuple(term.text for term in plain_analyser(language).terms(variant))
            if stems:
                keys.setdefault(stems[0], []).append(_Key(stems, entry, variant))
        for first, found in keys.items():
            both = [*self._keys[language].get(first, []), *found]
            self._keys[language][first] = sorted(both, key=lambda key: -len(key.stems))
        self._waiting.pop((language, initial), None)

    def writes(self, word: str, language: Language) -> bool:
        """Whether a casefolded word stands in any term of a language, alone or not: *dental*."""
        return word in self._words[language]

    @cached_property
    def _words(self) -> dict[Language, frozenset[str]]:
        return {
            spoken: frozenset(
                word
                for entry in self.entries
                for variant in entry.variants(spoken)
                for word in fold(variant).split()
            )
            for spoken in _LANGUAGES
        }

    def translations(self, term: str, *, source: Language) -> tuple[str, ...]:
        """The terms of the other language for a term, in any inflection; empty when unknown.

        >>> load_termbank().translations("betänketiden", source="sv")[0]
        'recovery and reflection period'
        """
        target: Language = "en" if source == "sv" else "sv"
        found = (v for entry in self.lookup(term, source) for v in entry.variants(target))
        return tuple(dict.fromkeys(found))

    def lookup(self, term: str, language: Language) -> tuple[TermEntry, ...]:
        """The entries one of whose variants is exactly this term, inflection apart."""
        stems = tuple(t.text for t in plain_analyser(language).terms(term))
        keys = self._keys_for(stems[0], language) if stems else []
        return tuple(dict.fromkeys(key.entry for key in keys if key.stems == stems))

    def matches(self, text: str, language: Language) -> tuple[TermMatch, ...]:
        """The terms that occur in a text: longest first from the left, never overlapping.

        Terms are compared by stems, so "betänketiden" matches *betänketid*. A term that is part of
        a compound ("betänketidsärenden") is not matched here. A span that several entries fit gives
        one match for each.
        """
        terms = plain_analyser(language).terms(text)
        return tuple(self._scan(text, terms, language))

    def _scan(self, text: str, terms: Sequence[Term], language: Language) -> Iterator[TermMatch]:
        position = 0
        while position < len(terms):
            fitting = self._fitting(terms, position, language)
            for key in fitting:
                last = terms[position + len(key.stems) - 1]
                at = Span(terms[position].start, last.end)
                yield TermMatch(key.entry, key.variant, at, at.of(text))
            position += len(fitting[0].stems) if fitting else 1

    def _fitting(self, terms: Sequence[Term], position: int, language: Language) -> list[_Key]:
        """The longest keys that begin at a position, one an entry."""
        keys = self._keys_for(terms[position].text, language)
        if not keys:  # as for nine words in ten
            return []
        found: dict[str, _Key] = {}
        longest = 0
        for key in keys:
            length = len(key.stems)
            if length < longest or length + position > len(terms):
                continue
            if all(t.text == s for t, s in zip(terms[position:], key.stems, strict=False)):
                longest = length
                found.setdefault(key.entry.id, key)
        return _nearest(list(found.values()), terms[position : position + longest])


class _Key(NamedTuple):
    stems: tuple[str, ...]
    entry: TermEntry
    variant: str


def _nearest(keys: list[_Key], terms: Sequence[Term]) -> list[_Key]:
    """Of keys with equal stems, those written as the text is: *trafficking*, not *trafficker*."""
    surface = " ".join(term.surface for term in terms)
    exact = [key for key in keys if fold(key.variant) == surface]
    return exact or keys


def parse_termbank(text: str, *, name: str) -> Iterator[TermEntry]:
    """The entries of a term bank file.

    Raises:
        UnreadableFileError: a line has too few columns or no term; `name` and the line are named.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [*map(str.strip, line.split("\t"))]
        sv, en = map(_variants, (*columns, "", "", "", "")[2:4])
        if len(columns) < _COLUMNS or not sv or not en:
            raise UnreadableFileError(
                f"{name}, line {number}: a term needs id, field, Swedish and English, "
                "separated by tabs; mend the line."
            )
        seen = columns[4] if len(columns) > _COLUMNS else "unverified"
        yield TermEntry(columns[0], columns[1], sv, en, seen)


@cache
def _initial(letters: str) -> str:
    """The first of two letters, casefolded; one written as two is one."""
    return fold(letters)[:1]


def _variants(column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(str.strip, column.split("|")))))


@cache
def _shipped(*, wide: bool = False) -> tuple[TermEntry, ...]:
    names = ("termbank.tsv", "policyterms.tsv") if wide else ("termbank.tsv",)
    data = files("rodtrad.retrieval").joinpath("data")
    texts = ((name, data.joinpath(name).read_text(encoding="utf-8")) for name in names)
    return tuple(entry for name, text in texts for entry in parse_termbank(text, name=name))


@cache
def _shipped_bank(*, wide: bool) -> TermBank:
    return TermBank(_shipped(wide=wide))


def merge(shipped: Iterable[TermEntry], own: Iterable[TermEntry]) -> tuple[TermEntry, ...]:
    """Both lists; an entry of `own` replaces the shipped entry of the same id."""
    entries = {entry.id: entry for entry in shipped}
    entries.update((entry.id, entry) for entry in own)
    return tuple(entries.values())


def load_termbank(extra: Path | None = None, *, wide: bool = False) -> TermBank:
    """The shipped term bank, with the user's own file merged into it.

    A `wide` one has the terms of all fields of government beside those of ours, for search.

    Raises:
        UnreadableFileError: the user's file cannot be read or is not a term bank.
    """
    if extra is None:
        return _shipped_bank(wide=wide)
    try:
        text = extra.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"{extra}: the term bank cannot be read ({error}).") from error
    return TermBank(
        merge(_shipped(wide=wide), parse_termbank(fold_newlines(text), name=str(extra)))
    )


def fold_newlines(text: str) -> str:
    """Text without a byte order mark, its line ends unified."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")
