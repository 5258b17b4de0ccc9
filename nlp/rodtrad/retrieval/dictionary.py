"""The general Swedish–English dictionary: Folkets lexikon (CC BY-SA 2.5), from `svlang`.

Read when an index is built; without that package there are no general translations, and compounds
are split by the collection's own words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

from rodtrad.retrieval.analysers import english_key
from rodtrad.retrieval.stemming import stem
from rodtrad.retrieval.tokenization import fold

_DATA = Path("data") / "folkets_sv_en.tsv"
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")  # "(truck [US]), lorry": what is in brackets explains
_SHORTEST = 4


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
def general_dictionary() -> tuple[tuple[str, str], ...]:
    """English term (stems) → Swedish word."""
    pairs: dict[tuple[str, str], None] = {}
    for swedish, english in _entries():
        for meaning in (*_ASIDE.sub(" ", english).split(","), *english.split(",")):
            key = english_key(" ".join(meaning.split()))
            if key:
                pairs[key, fold(swedish.replace("|", ""))] = None
    return tuple(pairs)


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

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Every word with its stem, and its halves with "|" between."""
        for root, words in self._by_stem.items():
            for word in words:
                yield word, root, "|".join(self._halves[word])
