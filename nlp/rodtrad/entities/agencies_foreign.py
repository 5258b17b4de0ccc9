"""Foreign look-alikes and names in web addresses: what a name's surroundings rule out."""

from __future__ import annotations

import re
from functools import cache

from rodtrad.entities.agencies_words import Words
from rodtrad.entities.datafiles import read_rows

_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|(?<!\w)/[\w%.-]+/\S*|[\w.-]+\.(?:se|nu|eu|com|org|net|int|dk|no|fi)\b(?:/\S*)?",
    re.I,
)
_SIGNS = frozenset("./@:-_=?&%#")
_BLANKS = frozenset({" ", "\u00a0"})
_SPACE = re.compile(r"\s")
# "den norska nationella polisen": words that may stand between the adjective and the name.
_BETWEEN = frozenset({"nationella", "statliga", "federala", "centrala", "kungliga"})


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(row["adjective"] for row in read_rows("organisations-countries.tsv"))


@cache
def _countries() -> frozenset[str]:
    names = (row["country"].lower() for row in read_rows("organisations-countries.tsv"))
    return frozenset(name for name in names if name)


@cache
def _genitives() -> frozenset[str]:
    return frozenset(name if name.endswith("s") else name + "s" for name in _countries())


def is_foreign(words: Words, first: int, last: int) -> bool:
    """Whether the name in words `[first, last]` belongs to another country.

    Forms: "norska polisen", "Finlands Socialstyrelse", "arbetsmiljöverket i Nederländerna", "the
    Danish Ministry of Justice". Not: "motsvarigheterna till Noa", "Migrationsverket i Norrköping".
    """
    if words.key(first) == "ministry" and _is_ministry_abroad(words, first, last):
        return True
    before = first - 1
    if words.key(before) in _BETWEEN:
        before -= 1
    word = words.key(before)
    if (word in _adjectives() or word in _genitives()) and words.gap(before + 1) in _BLANKS:
        return True
    if words.key(last + 1) != "i" or words.gap(last + 1).strip():
        return False
    return words.key(last + 2) in _countries() and words.raw(last + 2)[0].isupper()


# Adjectives of nations in English: Danish, Norwegian, Icelandic, French, Moldovan, Portuguese.
_NATION = re.compile(r"[A-Z][a-z]+(?:ish|an|ese|ch|ic)")


def _is_ministry_abroad(words: Words, first: int, last: int) -> bool:
    """ "the Danish Ministry of Justice", "the Ministry of Justice of (the Republic of) Moldova"."""
    before = words.raw(first - 1) if first else ""
    if _NATION.fullmatch(before) and before != "Swedish":
        return True
    after = last + 1
    if words.key(after) not in ("of", "in") or words.gap(after).strip():
        return False
    after += 2 if words.key(after + 1) == "the" else 1
    place = words.key(after)
    at_home = place in ("", "sweden", "stockholm", "kingdom")
    return not at_home and words.raw(after)[0].isupper()


def in_address(text: str, start: int, end: int) -> bool:
    """Whether `[start, end)` lies inside a web or mail address."""
    if text[end : end + 1] == "." and not text[end + 1 : end + 2].isalnum():
        end_sign = ""
    else:
        end_sign = text[end : end + 1]
    if text[start - 1 : start] not in _SIGNS and end_sign not in _SIGNS:
        return False
    left = start
    while left > 0 and start - left < 300 and not text[left - 1].isspace():
        left -= 1
    space = _SPACE.search(text, end)
    right = space.start() if space else len(text)
    return any(
        left + m.start() <= start and end <= left + m.end()
        for m in _ADDRESS.finditer(text[left : min(right, end + 300)])
    )
