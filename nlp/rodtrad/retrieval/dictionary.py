"""The general Swedish–English dictionary: Folkets lexikon (CC BY-SA 2.5), from `svlang`.

Read when an index is built; without that package there are no general translations, and compounds
are split by the collection's own words alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from math import log, sqrt
from pathlib import Path

from rodtrad.retrieval.analysers import english_key
from rodtrad.retrieval.compounds import shipped_parts
from rodtrad.retrieval.stemming import stem
from rodtrad.retrieval.tokenization import fold

_DATA = Path("data") / "folkets_sv_en.tsv"
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")  # "(truck [US]), lorry": what is in brackets explains
_SHORTEST = 4
_ALIKE = 0.3  # how often an English word and a Swedish half go together, 0-1
_TAUGHT = 8.0
_SELDOM = 2
_MOST = 5  # translations of a word


@cache
def _entries() -> tuple[tuple[str, str], ...]:
    """Swedish word, with "|" between the halves of some compounds, and English meanings."""
    spec = find_spec("svlang")
    if spec is None or not spec.submodule_search_locations:
        return ()
    path = Path(spec.submodule_search_locations[0]) / _DATA
    if not path.is_file():
        return ()
    lines = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return tuple((sv.strip(), en) for sv, tab, en in lines if tab and not sv.startswith(("#", "-")))


@cache
def _meanings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Swedish word as in `_entries` and its different meanings (stems)."""
    filed = lru_cache(maxsize=None)(english_key)  # most meanings stand at several words
    found = []
    for swedish, english in _entries():
        plain = _ASIDE.sub(" ", english)
        parts = plain.split(",") if plain == english else (*plain.split(","), *english.split(","))
        keys = dict.fromkeys(filed(" ".join(part.split())) for part in parts)
        keys.pop("", None)
        found.append((swedish, tuple(keys)))
    return tuple(found)


@cache
def _everyday() -> tuple[tuple[str, str], ...]:
    """English term (stems) → Swedish word, the likeliest first (`data/everyday-words.tsv`)."""
    text = files("rodtrad.retrieval").joinpath("data/everyday-words.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((english_key(en), sv) for en, words in rows for sv in words.split("|"))


@cache
def general_dictionary() -> tuple[tuple[str, str], ...]:
    """English term (stems) → Swedish word, the likeliest translation of a term first.

    Everyday words come before those of the dictionary. There, a word weighs the more, the more
    usual it is in administration and the fewer other meanings it has. Added is what the compounds
    teach: *miljöhot* "environmental threat" and *miljöskada* "environmental damage" say that
    *environmental* is *miljö*, which no entry says.
    """
    pairs = defaultdict[tuple[str, str], float](float, _taught_by_compounds(SwedishDictionary()))
    for swedish, keys in _meanings():
        word = fold(swedish.replace("|", ""))
        for key in keys:
            pairs[key, word] += log(_SELDOM + shipped_parts().get(word, 0)) / sqrt(len(keys))
    likely = sorted(pairs, key=lambda pair: (pair[0], -pairs[pair], pair[1]))
    found: dict[str, list[str]] = {}
    for english, swedish in dict.fromkeys((*_everyday(), *likely)):
        words = found.setdefault(english, [])
        if len(words) < _MOST:
            words.append(swedish)
    return tuple((english, word) for english, words in found.items() for word in words)


def _taught_by_compounds(words: SwedishDictionary) -> dict[tuple[str, str], float]:
    """English word (stem) → Swedish half of compounds whose meanings hold it (Dice, 1945)."""
    both: Counter[tuple[str, str]] = Counter()
    english_seen: Counter[str] = Counter()
    swedish_seen: Counter[str] = Counter()
    for swedish, keys in _meanings():
        stems = {stem for key in keys if key.count(" ") == 1 for stem in key.split()}
        halves = words.every_half(swedish) if stems else set()
        english_seen.update(stems)
        swedish_seen.update(halves)
        both.update((one, half) for one in stems for half in halves)
    alike = {
        (one, half): count * 2 / (english_seen[one] + swedish_seen[half])
        for (one, half), count in both.items()
        if count > 1
    }
    return {pair: share * _TAUGHT for pair, share in alike.items() if share >= _ALIKE}


class SwedishDictionary:
    """The Swedish words of the dictionary: plain words of four letters and more, no names."""

    @cached_property
    def _halves(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for swedish, _ in _entries():
            plain = swedish.replace("|", "")
            if len(plain) >= _SHORTEST and plain.isalpha() and plain == fold(plain):
                halves = tuple(swedish.split("|")) if "|" in swedish else ()
                found[plain] = halves or found.get(plain, ())
        return found

    @cached_property
    def _by_stem(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for word in self._halves:
            root = stem(word, "sv")
            found[root] = (*found.get(root, ()), word)
        return found

    def halves(self, word: str) -> tuple[str, ...] | None:
        """The halves of a word of the dictionary; () if it names none, None if it has no such."""
        return self._halves.get(word)

    def of_stem(self, stem: str) -> tuple[str, ...]:
        """The words of the dictionary with a stem."""
        return self._by_stem.get(stem, ())

    def every_half(self, compound: str) -> set[str]:
        """The words that may be halves of a compound, "|" marking a known cut; as headwords."""
        if compound.count("|") == 1:
            cuts = [len(compound.partition("|")[0])]
        else:
            cuts = list(range(_SHORTEST - 1, len(compound) - _SHORTEST + 1))
        word, found = fold(compound.replace("|", "")), set[str]()
        for cut in cuts:
            first = self._first(word[:cut])
            last = self._last(word[cut:]) if first else None
            if first and last:
                found |= {first, last}
        return found

    def _first(self, part: str) -> str | None:
        """The headword of a first half, which may have a linking s."""
        return next((w for w in (part, part.removesuffix("s")) if w in self._halves), None)

    def _last(self, part: str) -> str | None:
        """The headword of a last half, which may be inflected."""
        if part in self._halves:
            return part
        alike = self._by_stem.get(stem(part, "sv"), ())
        return next((word for word in alike if part.startswith(word[:-1])), None)

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Every word with its stem, and its halves with "|" between."""
        for root, words in self._by_stem.items():
            for word in words:
                yield word, root, "|".join(self._halves[word])
