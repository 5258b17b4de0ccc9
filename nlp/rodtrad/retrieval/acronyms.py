"""What an acronym stands for, read where a text explains it.

Matches "sexuell och reproduktiv hälsa (SRH)", "Folkhälsomyndigheten (FoHM)" and "WHO (World Health
Organization)": the letters of the acronym stand in the words beside the brackets, in order, the
first of them at the beginning of a word (Schwartz and Hearst, 2003; letters inside a word count,
since Swedish writes compounds as one). Must not match "direktiv (EU) 2019/944" or "kommunen (SiS
ansvarar)".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from rodtrad.retrieval.tokenization import fold, stop_words

SHORTEST, LONGEST = 2, 7
_CAPITALS = 2
_MORE_WORDS = 5
_FEWEST_LETTERS = 2.5  # a letter of the acronym, at least, on the average
_STOP = re.compile(r"[.;:()\[\]\n•]")


def is_shouted(text: str) -> bool:
    """Whether a text is in capitals throughout, so that they say nothing: *BARN I SAMHÄLLSVÅRD*."""
    return text.isupper() and max(map(len, text.split())) > LONGEST


def may_be_acronym(word: str) -> bool:
    """Whether a word, in whatever case it is typed, is as short as an acronym."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def is_acronym(word: str) -> bool:
    """Whether a word is written as an acronym: *SRHR*, *SiS*; not *Sis*, *A4* or *2024*."""
    return SHORTEST <= len(word) <= LONGEST and sum(map(str.isupper, word)) >= _CAPITALS


def long_form(acronym: str, texts: Iterable[str]) -> str | None:
    """What most of some texts say that an acronym stands for; None if none says it."""
    found: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text in texts:
        for form in set(_explained(acronym, text)):
            counts[fold(form)] += 1
            found.setdefault(fold(form), form)
    return found[min(counts, key=lambda form: (-counts[form], form))] if counts else None


def _explained(acronym: str, text: str) -> Iterator[str]:
    written = rf"(?i:{re.escape(acronym)})"
    most = min(2 * len(acronym), len(acronym) + _MORE_WORDS)
    for match in re.finditer(rf"\(\s*({written})\s*[),](?!\s*\d)", text):
        before = _STOP.split(text[: match.start()])[-1].split()
        form = _spelt(acronym, before[-most:]) if is_acronym(match[1]) else None
        if form is not None and fold(form.split()[0]) not in _stop_words():
            yield form
    for match in re.finditer(rf"(?<!\w)({written})\s*\(([^()]+)\)", text):
        words = _STOP.split(match[2].partition(",")[0])[0].split()
        if is_acronym(match[1]) and _spelt(acronym, words) == " ".join(words):
            yield " ".join(words)


def _spelt(acronym: str, words: list[str]) -> str | None:
    """The last of some words, from the one where the acronym's first letter begins."""
    text = " ".join(words)
    plain, place = fold(text), len(text)
    letters = [letter for letter in fold(acronym) if letter.isalnum()]
    for left in range(len(letters) - 1, -1, -1):
        place -= 1
        while place >= 0 and not _fits(plain, place, letters[left], is_first=left == 0):
            place -= 1
        if place < 0:
            return None
    form = text[place:]
    is_long = (
        len(form) >= _FEWEST_LETTERS * len(letters) and fold(acronym) not in fold(form).split()
    )
    return form if is_long else None


@cache
def _stop_words() -> frozenset[str]:
    return stop_words("sv") | stop_words("en")


def _fits(text: str, place: int, letter: str, *, is_first: bool) -> bool:
    begins = place == 0 or not text[place - 1].isalnum()
    return text[place] == letter and (begins or not is_first)
