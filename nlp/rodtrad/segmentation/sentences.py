"""Sentences of Swedish and English official prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rodtrad.datamodel import Span
from rodtrad.ingest.wording import first_word, is_abbreviation, word_list

_BREAK = re.compile(
    r"(?P<stop>[.!?…]+)(?P<note>(?<=[^\W\d_][.!?])\d{1,3})?(?P<close>[\"”’»')\]]*)(?P<blank>\s+)"
    r"|(?P<block>[ \t]*\n\s*\n\s*)"
)
_NEXT = re.compile(r"[\"”“'»(\[–—-]*\s*(?:[A-ZÅÄÖÉÜ]|\d|[•●▪■])")
_TOKEN = re.compile(r"\S+$")
_NUMBER_ITEM = re.compile(r"[(\[]?(?:\d{1,3}|[a-zåäö]|[ivx]+)")
_MAY_END = frozenset(
    ["m.m", "m.fl", "osv", "o.s.v", "etc", "o.d", "dyl", "kr", "st", "f.kr", "e.kr", "e.d", "o.dyl"]
)
_LONGEST_BRACKET = 800
# No abbreviation is longer; bounds the look back in texts without ends of sentences.
_LONGEST_TOKEN = 80


def split_sentences(text: str) -> Iterator[Span]:
    """Spans of the sentences of a text, in order, white space between them left out.

    A sentence ends at a stop before a capital or a digit, and at an empty line. No end is seen
    after an abbreviation ("bl.a. Arbetsmiljöverket", "4 kap. 1 a §", "prop. 2025/26:1", "dnr. A1"),
    an initial ("G. Strömmer"), the number of an item ("1. Förslaget"), before a small letter
    ("den 1. juli"), or inside brackets ("(A2025/00637. Se vidare …)"). "m.m. Regeringen" does end.
    """
    start, brackets = 0, _Brackets(text)
    for match in _BREAK.finditer(text):
        if match["block"] is None and not _is_end(text, start, match, brackets):
            continue
        end = match.start("block") if match["block"] is not None else match.start("blank")
        if text[start:end].strip():
            yield _trimmed(text, start, end)
        start = match.end()
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _is_end(text: str, start: int, match: re.Match[str], brackets: _Brackets) -> bool:
    following = match.end()
    if not _NEXT.match(text, following) or brackets.inside(match.start("stop"), match.end("close")):
        return False
    if match["stop"] != ".":
        return True
    token = _TOKEN.search(
        text, max(start, match.start("stop") - _LONGEST_TOKEN), match.start("stop")
    )
    if token is None:
        return False
    word = token.group()
    if _NUMBER_ITEM.fullmatch(word) and not text[start : token.start()].strip():
        return False
    if not is_abbreviation(word):
        return True
    after = first_word(text[following : following + 40]).casefold()
    return word.strip("(").casefold() in _MAY_END and after in word_list("openers")


class _Brackets:
    """Where the round brackets of a text open and close."""

    def __init__(self, text: str) -> None:
        self._pairs: list[tuple[int, int]] = []
        opened: list[int] = []
        for match in re.finditer(r"[()]|\n\s*\n", text):
            if match.group() == "(":
                opened.append(match.start())
            elif match.group() == ")" and opened:
                self._close(opened.pop(), match.start(), outermost=not opened)
            elif match.group() != ")":
                opened.clear()
        self._next = 0

    def _close(self, start: int, end: int, *, outermost: bool) -> None:
        if end - start > _LONGEST_BRACKET:
            return
        while self._pairs and self._pairs[-1][0] > start:
            self._pairs.pop()
        self._pairs.append((start, end))

    def inside(self, position: int, closed: int) -> bool:
        """Whether a position is inside brackets that close behind `closed`; asked in order."""
        while self._next < len(self._pairs) and self._pairs[self._next][1] < position:
            self._next += 1
        if self._next == len(self._pairs):
            return False
        start, end = self._pairs[self._next]
        return start < position and end >= closed
