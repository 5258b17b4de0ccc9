"""Aspects of a text: what it is about, for whom, and what is to be done, counted by cues.

An aspect ("barn", "utbildning och kompetens") has cues in Swedish and English, so that a demand in
one language and a measure in the other meet in the same space. The vocabulary is data
(`data/aspects.toml`); a user adds a file of the same shape for a new field.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from rodtrad.errors import UsageError
from rodtrad.tracing.arrays import Floats

FACETS = ("form", "group", "action", "actor", "field", "mask")
_NAME = re.compile(r"\w{3,}(?:myndigheten|verket|styrelsen|inspektionen|nämnden|domstolen)s?")
_ENDING = 3  # letters by which a cue may be shorter than a name and still spell it out
_LEAST_FIRST, _LEAST_LATER = 4, 6  # letters of a compound's first part and of a cue in its later
_TOKEN = re.compile(r"\w+(?:[-:’']\w+)*-?")


def tokens_of(text: str) -> list[str]:
    """Words in lower case; inner hyphens, colons and apostrophes stay ("fn:s", "co-ordinate")."""
    return _TOKEN.findall(text.lower())


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect: `names` and `cues` by language; a cue is a sequence of word patterns."""

    id: str
    facet: str
    names: Mapping[str, str]
    cues: Mapping[str, tuple[tuple[str, ...], ...]]
    articles: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


class _WordPatterns:
    """Which word patterns a word meets: `kommun*`, `*organ`, `a*b`, `*` or the word itself.

    Where `compounds` is set a later part of a word meets `kampanj*` too, as its head does:
    "informationskampanj", "våldsförebyggande"; not the name of an agency.
    """

    def __init__(self, patterns: Iterable[str], *, compounds: bool) -> None:
        self._compounds = compounds
        self._exact: dict[str, str] = {}
        self._prefix: dict[str, str] = {}
        self._other: list[tuple[re.Pattern[str], str]] = []
        self._seen: dict[str, tuple[str, ...]] = {}
        for pattern in sorted(set(patterns)):
            if "*" not in pattern:
                self._exact[pattern] = pattern
            elif pattern.index("*") == len(pattern) - 1 > 0:
                self._prefix[pattern[:-1]] = pattern
            else:
                source = ".*".join(map(re.escape, pattern.split("*")))
                self._other.append((re.compile(source), pattern))

    def __call__(self, word: str) -> tuple[str, ...]:
        found = self._seen.get(word)
        if found is None:
            found = self._seen[word] = tuple(self._find(word))
        return found

    def _find(self, word: str) -> Iterator[str]:
        if word in self._exact:
            yield word
        least = len(word) - _ENDING if _NAME.fullmatch(word) else 1
        for length in range(least, len(word) + 1):
            if word[:length] in self._prefix:
                yield self._prefix[word[:length]]
        if self._compounds and not _NAME.fullmatch(word):
            yield from self._in_later_parts(word)
        for regex, pattern in self._other:
            if regex.fullmatch(word):
                yield pattern

    def _in_later_parts(self, word: str) -> Iterator[str]:
        for start in range(_LEAST_FIRST, len(word) - _LEAST_LATER + 1):
            for end in range(start + _LEAST_LATER, len(word) + 1):
                if word[start:end] in self._prefix:
                    yield self._prefix[word[start:end]]


class _CueIndex:
    """Finds the cues of one language in a list of words."""

    def __init__(self, aspects: Sequence[Aspect], language: str) -> None:
        self._starts: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self._masks: dict[str, list[tuple[tuple[str, ...], frozenset[int]]]] = {}
        places = {aspect.id: index for index, aspect in enumerate(aspects)}
        everything = frozenset(range(len(aspects)))
        patterns: list[str] = []
        for index, aspect in enumerate(aspects):
            for cue in aspect.cues.get(language, ()):
                patterns += cue
                if aspect.facet == "mask":
                    hidden = frozenset(places[name] for name in aspect.only) or everything
                    self._masks.setdefault(cue[0], []).append((cue[1:], hidden))
                else:
                    self._starts.setdefault(cue[0], []).append((index, cue[1:]))
        self._patterns = _WordPatterns(patterns, compounds=language == "sv")

    def find(self, words: Sequence[str]) -> set[tuple[int, int]]:
        """Pairs (aspect, place of the first word); an aspect counts once at a place."""
        met = [self._patterns(word) for word in words]
        masked = self._masked(met)
        return {
            (aspect, place)
            for place, patterns in enumerate(met)
            for pattern in patterns
            for aspect, rest in self._starts.get(pattern, ())
            if aspect not in masked.get(place, ()) and (not rest or _follows(met, place, rest))
        }

    def _masked(self, met: Sequence[tuple[str, ...]]) -> dict[int, frozenset[int]]:
        """Places of words in masked phrases, with the aspects that do not count there."""
        masked: dict[int, frozenset[int]] = {}
        opening = [(place, p) for place, found in enumerate(met) for p in found if p in self._masks]
        for place, pattern in opening:
            for rest, hidden in self._masks[pattern]:
                if _follows(met, place, rest):
                    for word in range(place, place + len(rest) + 1):
                        masked[word] = masked.get(word, frozenset()) | hidden
        return masked


def _follows(met: Sequence[tuple[str, ...]], place: int, rest: Sequence[str]) -> bool:
    """Whether the words after a place meet the rest of a cue."""
    return all(
        place + step < len(met) and wanted in met[place + step]
        for step, wanted in enumerate(rest, start=1)
    )


class AspectBook:
    """The aspects in use and their cues, ready to count."""

    def __init__(self, aspects: Sequence[Aspect]) -> None:
        self.aspects = tuple(aspects)
        self._indexes = {lang: _CueIndex(self.aspects, lang) for lang in ("sv", "en")}

    def __len__(self) -> int:
        return len(self.aspects)

    def counts(self, text: str, language: str) -> Floats:
        """How often each aspect's cues stand in the text, one number an aspect."""
        found = np.zeros(len(self.aspects), np.float32)
        for aspect, _place in self._indexes[language].find(tokens_of(text)):
            found[aspect] += 1
        return found

    def places(self, ids: Collection[str]) -> list[int]:
        """The places of the aspects with these ids; of those the book has."""
        return [place for place, aspect in enumerate(self.aspects) if aspect.id in ids]

    def facet(self, name: str) -> Floats:
        """A mask over the aspects: 1 for those of the facet."""
        return np.array([a.facet == name for a in self.aspects], np.float32)


def _cues(entry: Mapping[str, Any], language: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cue.lower().split()) for cue in entry.get(language, ()))


def parse_aspects(text: str, *, name: str) -> tuple[Aspect, ...]:
    """Aspects from TOML: a table a facet, an entry an aspect (see `data/aspects.toml`).

    Raises:
        UsageError: not TOML, an unknown facet, or an entry without names and cues.
    """
    try:
        tables = tomllib.loads(text)
        return tuple(
            Aspect(
                id=f"{facet}.{key}",
                facet=facet,
                names={"sv": entry["names"][0], "en": entry["names"][-1]},
                cues={lang: _cues(entry, lang) for lang in ("sv", "en")},
                articles=tuple(entry.get("articles", ())),
                only=tuple(entry.get("only", ())),
            )
            for facet, entries in tables.items()
            for key, entry in entries.items()
            if facet in FACETS or _unknown(facet)
        )
    except (tomllib.TOMLDecodeError, KeyError, IndexError, AttributeError, ValueError) as error:
        raise UsageError(f"{name}: not a list of aspects ({error})") from error


def _unknown(facet: str) -> bool:
    raise ValueError(f"unknown facet {facet!r}; known are {', '.join(FACETS)}")


@lru_cache(maxsize=8)
def load_aspects(*extra: Path) -> AspectBook:
    """The shipped aspects and those of the user's files.

    Raises:
        UsageError: a file that cannot be read or that repeats an id.
    """
    shipped = resources.files("rodtrad.tracing").joinpath("data/aspects.toml")
    aspects = list(parse_aspects(shipped.read_text("utf-8"), name="aspects.toml"))
    for path in extra:
        try:
            aspects += parse_aspects(path.read_text("utf-8"), name=str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: cannot be read ({error})") from error
    ids = [aspect.id for aspect in aspects]
    repeated = sorted({i for i in ids if ids.count(i) > 1})
    if repeated:
        raise UsageError(f"aspects with the same id: {', '.join(repeated)}")
    return AspectBook(aspects)
