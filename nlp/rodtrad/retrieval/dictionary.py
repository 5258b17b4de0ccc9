"""The general Swedish–English dictionary: Folkets lexikon (CC BY-SA 2.5), from `svlang`.

Read when an index is built; without that package there are no general translations, and compounds
are split by the collection's own words alone. Filing it takes more than a second of processor, so
what comes of it is kept in the user's cache, under a digest of all it is made of.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from math import log, sqrt
from pathlib import Path

from rodtrad.retrieval.analysers import english_key
from rodtrad.retrieval.compounds import shipped_parts
from rodtrad.retrieval.encoders.kept import kept_folder
from rodtrad.retrieval.stemming import stem
from rodtrad.retrieval.tokenization import fold

_DATA = Path("data") / "folkets_sv_en.tsv"
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")  # "(truck [US]), lorry": what is in brackets explains
_SHORTEST = 4
_ALIKE = 0.3  # how often an English word and a Swedish half go together, 0-1
_TAUGHT = 8.0
_SELDOM = 2
_MOST = 5  # translations of a word
_TRANSLATIONS, _HEADWORDS = "translations.tsv", "headwords.tsv"
_MADE_OF = (
    "analysers.py", "compounds.py", "dictionary.py", "stemming.py", "tokenization.py",
    "data/everyday-words.tsv", "data/parts-sv.txt", "data/stems-sv.tsv",
)  # fmt: skip
_LOG = logging.getLogger(__name__)


def _file() -> Path | None:
    """The file of the dictionary; None where it is not installed."""
    spec = find_spec("svlang")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / _DATA
    return path if path.is_file() else None


@cache
def _entries() -> tuple[tuple[str, str], ...]:
    """Swedish word, with "|" between the halves of some compounds, and English meanings."""
    path = _file()
    if path is None:
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
    return tuple((english, swedish) for english, swedish in _rows(_TRANSLATIONS))


@cache
def swedish_dictionary() -> SwedishDictionary:
    """The Swedish words of the dictionary."""
    return SwedishDictionary((word, root, halves) for word, root, halves in _rows(_HEADWORDS))


def _rows(name: str) -> list[list[str]]:
    """The rows of one of the kept lists; made anew each time where nothing can be kept."""
    try:
        folder = kept_folder(f"dictionary-{_digest()}", _write)
    except OSError as error:
        _LOG.warning("The dictionary is filed anew each time: %s.", error)
        return [*map(list, _LISTS[name]())]
    text = (folder / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line]


def _write(folder: Path) -> None:
    for name, rows in _LISTS.items():
        text = "\n".join(map("\t".join, rows()))
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


@cache
def _digest() -> str:
    """Changes with the dictionary, our own lists, and the rules by which both are filed."""
    whole = blake2b(f"{version('PyStemmer')} {unicodedata.unidata_version}".encode(), digest_size=8)
    package, path = files("rodtrad.retrieval"), _file()
    for name in _MADE_OF:
        whole.update(package.joinpath(name).read_bytes())
    whole.update(path.read_bytes() if path else b"")
    return whole.hexdigest()


def _translations() -> list[tuple[str, str]]:
    """What `general_dictionary` gives, made from the entries."""
    words = SwedishDictionary(_headwords())
    pairs = defaultdict[tuple[str, str], float](float, _taught_by_compounds(words))
    for swedish, keys in _meanings():
        word = fold(swedish.replace("|", ""))
        for key in keys:
            pairs[key, word] += log(_SELDOM + shipped_parts().get(word, 0)) / sqrt(len(keys))
    likely = sorted(pairs, key=lambda pair: (pair[0], -pairs[pair], pair[1]))
    found: dict[str, list[str]] = {}
    for english, swedish in dict.fromkeys((*_everyday(), *likely)):
        given = found.setdefault(english, [])
        if len(given) < _MOST:
            given.append(swedish)
    return [(english, word) for english, given in found.items() for word in given]


def _headwords() -> list[tuple[str, str, str]]:
    """Plain words of four letters and more, no names: word, stem, and halves with "|" between."""
    halves: dict[str, str] = {}
    for swedish, _ in _entries():
        plain = swedish.replace("|", "")
        if len(plain) >= _SHORTEST and plain.isalpha() and plain == fold(plain):
            halves[plain] = swedish if "|" in swedish else halves.get(plain, "")
    by_stem = defaultdict[str, list[str]](list)
    for word in halves:
        by_stem[stem(word, "sv")].append(word)
    return [(word, root, halves[word]) for root, words in by_stem.items() for word in words]


_LISTS: dict[str, Callable[[], Sequence[Sequence[str]]]] = {
    _TRANSLATIONS: _translations,
    _HEADWORDS: _headwords,
}


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

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Of each word its stem, and its halves with "|" between, or ""."""
        self._rows = tuple(rows)
        self._halves = {w: tuple(h.split("|")) if h else () for w, _, h in self._rows}

    @cached_property
    def _by_stem(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for word, root, _ in self._rows:
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

    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """Every word with its stem, and its halves with "|" between."""
        return self._rows
