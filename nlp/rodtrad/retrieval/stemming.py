"""Swedish and English stems: Snowball, mended where it is known to slip on Swedish.

Snowball leaves forms of one Swedish word apart: *brott/brottet*, *offer/offret*, *man/män*,
*anmälan/anmälning*. The mending is a handful of endings taken off after Snowball, and a small table
for vowel changes and words whose own ending looks like an inflection (`data/stems-sv.tsv`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from threading import local
from typing import Literal, NamedTuple

import Stemmer

Language = Literal["sv", "en"]

# Endings that Snowball leaves on, with how many letters must stay in front of them.
_AFTER = (("ning", 5), ("ing", 5), ("et", 4), ("an", 4), ("or", 4))
# Endings whose genitive s Snowball keeps. Not -ens, -ets: kompetens, konferens end so themselves.
_GENITIVE = ("ers", "ars", "ors", "ares", "ernas", "arnas", "ornas")
_LONGEST_END = 12
_CONSONANT_R = re.compile(r"(?<=[bcdfghjklmnpstvx])r$")


class StemTable(NamedTuple):
    """Exceptions: whole words, and word ends that also hold inside compounds."""

    words: dict[str, str]
    ends: dict[str, str]


@cache
def swedish_exceptions() -> StemTable:
    """The exceptions of `data/stems-sv.tsv` (form, stem; a form that begins with "-" is an end)."""
    words: dict[str, str] = {}
    ends: dict[str, str] = {}
    text = files("rodtrad.retrieval").joinpath("data/stems-sv.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        form, stem = line.split("\t")[:2]
        (ends if form.startswith("-") else words)[form.lstrip("-")] = stem
    return StemTable(words, ends)


_stemmers = local()


def _snowball(language: Language) -> Stemmer.Stemmer:
    """The stemmer of this thread: one must not be used by two at the same time."""
    found = getattr(_stemmers, language, None)
    if found is None:
        found = Stemmer.Stemmer("swedish" if language == "sv" else "english")
        setattr(_stemmers, language, found)
    return found


@lru_cache(maxsize=200_000)
def stem(word: str, language: Language) -> str:
    """The stem of one casefolded word.

    >>> stem("brottet", "sv") == stem("brott", "sv")
    True
    """
    if language == "en":
        return str(_snowball("en").stemWord(word))
    table = swedish_exceptions()
    if word in table.words:
        return table.words[word]
    for length in range(min(len(word), _LONGEST_END), 2, -1):
        base = table.ends.get(word[-length:])
        if base is not None:
            return word[:-length] + base
    if len(word) > 5 and word.endswith(_GENITIVE):
        word = word[:-1]
    return _mended(str(_snowball("sv").stemWord(word)))


def _mended(root: str) -> str:
    if root.endswith("het"):
        root = str(_snowball("sv").stemWord(root))
    for ending, stays in _AFTER:
        if root.endswith(ending) and len(root) - len(ending) >= stays:
            root = root[: -len(ending)]
            break
    if len(root) > 3 and root.endswith(("nn", "mm", "llt")):
        root = root[:-1]
    return _CONSONANT_R.sub("", root) if len(root) > 3 else root
