"""Numbers of headings: "4.3.4", "2.", "IV.", "b."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rodtrad.ingest.wording import REMEMBERED

_NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,3}){0,5})(?P<stop>\.?)(?P<gap>\s+|(?=[A-ZÅÄÖ]))(?P<title>\S.*)",
    re.DOTALL,
)
_DIGITS = re.compile(r"\d+")
_TITLE_START = re.compile(r"[\"”“'»(]?(?:[^\W\d_]|\d{4}\b)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number and the title behind it.

    `rank` is the level that the form of the number gives (I or A = 1, 1 = 2, a = 3, i = 4) in
    documents whose numbers start again under every heading above.
    """

    number: str
    title: str
    rank: int | None = None

    @property
    def parts(self) -> tuple[int, ...]:
        """The number as integers."""
        return _integers(self.number)

    @property
    def depth(self) -> int:
        """The level: the rank, else how many parts the number has (3 for 4.3.4)."""
        return self.rank or len(self.parts)


@lru_cache(maxsize=REMEMBERED)
def _integers(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _DIGITS.findall(number))


@lru_cache(maxsize=REMEMBERED)
def split_number(text: str) -> Numbered | None:
    """The heading number at the start of a line, if it can be one.

    Matches "4.3.4 Uppdrag", "2. Organisering", "2 Uppdraget", "4.2Upptäckt" (lost blank); not
    "1 januari", "14 § förordningen", "2016/17:10", "10 procent", "1.5 miljoner".
    """
    if not text[:1].isdigit():
        return None
    match = _NUMBERED.match(text)
    if match is None or not _TITLE_START.match(match["title"]):
        return None
    title = match["title"]
    first = next((c for c in title if c.isalpha()), "")
    if not first.isupper() and not re.match(r"[\"”“'»(]?\d{4}\b", title):
        return None
    if not match["gap"] and not match["stop"] and "." not in match["number"]:
        return None
    return Numbered(match["number"], title)


_RANKED = (
    (1, re.compile(r"(?P<number>[IVX]{1,6}|[A-HJ-U])\.\s+(?P<title>[A-ZÅÄÖ\"“”].*)", re.DOTALL)),
    (2, re.compile(r"(?P<number>\d{1,2})\.\s+(?P<title>[A-ZÅÄÖ\"“”].*)", re.DOTALL)),
    (4, re.compile(r"(?P<number>ii|iii|iv|vi{0,3}|ix|i|x)\.\s+(?P<title>[A-ZÅÄÖ].*)", re.DOTALL)),
    (3, re.compile(r"(?P<number>[a-zåäö])\.\s+(?P<title>[A-ZÅÄÖ\"“”].*)", re.DOTALL)),
)


def split_ranked(text: str, *, under: int) -> Numbered | None:
    """The number of a heading in the order I → 1 → a → i.

    `under` is the rank of the heading before it: "i." is the ninth letter under "h.", but a small
    Roman number under "a.".
    """
    for rank, pattern in _RANKED:
        match = pattern.fullmatch(text)
        if match and (rank != 4 or under >= 3):
            return Numbered(match["number"], match["title"], rank)
    return None


def follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether one heading number can come next after the other, lost headings allowed.

    (4, 1) → (4, 1, 1), (4, 2), (5,), (4, 4) do; (4, 1) → (3,), (9,) do not.
    """
    if after <= before:
        return False
    if len(after) == 1:
        return 0 < after[0] - before[0] <= 2
    return after[0] - before[0] <= 2
