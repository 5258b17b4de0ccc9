"""How two lines of one paragraph join: with a blank, without the hyphen, or with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

Join = Literal["blank", "drop", "keep", "single"]

_HYPHENS = "-\u2010\u00ad\ufffe"
# Letters of a word that are looked at; from any longer run the search would begin at each of them.
_LONGEST_WORD = 200
_STEM = re.compile(r"([^\W\d_]+)[-\u2010\u00ad\ufffe]$")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_START = re.compile(r"[^\W\d_]+")
_URL = re.compile(r"(?:https?://|www\.)\S*$", re.IGNORECASE)
_SUSPENDED = frozenset(
    ["och", "eller", "samt", "respektive", "men", "än", "and", "or", "und", "till", "à"]
)


class Vocabulary:
    """The words of a document, to decide how a broken word was written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n".join(texts)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORDS.findall(self._text))

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self._words)

    @cached_property
    def _lower(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self._words if word[0].islower())

    def has(self, word: str) -> bool:
        """Whether the word stands somewhere within a line, written so, hyphens included."""
        return word.casefold() in self._folded

    def is_common(self, word: str) -> bool:
        """Whether the word also occurs with a small first letter: it is not a proper name."""
        return word.casefold() in self._lower


def join_lines(line: str, following: str, vocabulary: Vocabulary) -> Join:
    """How `following` joins `line`.

    "drop" leaves the line-end hyphen out: "organ-" + "handel" = "organhandel". "keep" keeps it
    without a blank, because it belongs: before a capital or a digit ("EU-" + "Direktiv"), behind
    an acronym or a digit ("LVM-" + "hem"), in an address, or where the document writes the word so
    within a line. "single" drops it together with one of three equal letters ("till-" + "lägg").
    "blank" is everything else, with suspended hyphens among it: "social-" + "och".
    """
    if not line or line[-1] not in _HYPHENS:
        address = line.endswith("/") and following[:1].isalnum() and _URL.search(line)
        return "keep" if address else "blank"
    if _URL.search(line):
        return "keep"
    stem, start = _STEM.search(line[-_LONGEST_WORD:]), _START.match(following)
    if start is None or stem is None:
        return "keep" if _touches(line, following) else "blank"
    if line[-1] in "\u00ad\ufffe" and following[0].islower():
        return "drop"
    return _join_words(stem.group(1), start.group(), vocabulary)


def _touches(line: str, following: str) -> bool:
    return len(line) > 1 and line[-2].isalnum() and following[:1].isalnum()


def _join_words(stem: str, start: str, vocabulary: Vocabulary) -> Join:
    if start.casefold() in _SUSPENDED:
        return "blank"
    if start[0].isupper() or (len(stem) > 1 and stem.isupper()):
        return "keep"
    if vocabulary.has(stem + start):
        return "drop"
    if vocabulary.has(f"{stem}-{start}"):
        return "keep"
    if len(stem) > 2 and stem[-1] == stem[-2] == start[0]:
        return "single"
    return "drop"
