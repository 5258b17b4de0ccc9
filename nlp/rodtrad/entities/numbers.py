"""Numbers as Swedish administration writes them: digits with group blanks, decimals, words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from rodtrad.entities.datafiles import read_table

GAP = r"[ \t\n\u00a0\u2009\u202f]"
# "5 000 000", "1.384.000", "5,000,000" and "1,5"; groups must have three digits each.
DIGITS = (
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:,\d+)?|\d{1,3}(?:\.\d{3})+(?!\d)"
    r"|\d{1,3}(?:,\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)?)"
)
_GROUPS = re.compile(r"[\s\u00a0\u2009\u202f]")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+$|\d{1,3}(?:,\d{3}){2,}$")


def parse_digits(surface: str) -> Decimal:
    """The value of a number matched by `DIGITS`: "1 384 000" → 1384000, "1,5" → 1.5.

    A dot or comma before every three digits groups them; else it is a decimal sign.
    """
    digits = _GROUPS.sub("", surface)
    if _DOTTED.match(digits):
        return Decimal(re.sub("[.,]", "", digits))
    return Decimal(digits.replace(",", "."))


@cache
def words_pattern() -> str:
    """A regular expression for number words: "två", "tjugofem", "en halv", "en och en halv"."""
    words = "|".join(sorted(_words(), key=len, reverse=True))
    return rf"(?:(?:(?:{words}){GAP}och{GAP})?en{GAP}halv|(?:{words})+(?:{GAP}(?:hundra|tusen))?)"


def parse_words(surface: str) -> Decimal | None:
    """The value of a number written in words, None when the words make no number.

    "tvåhundrafemtio" → 250, "en och en halv" → 1.5; not "ettfem".
    """
    text = re.sub(r"\s+", " ", surface.lower())
    if text.endswith("halv"):
        whole = text.removesuffix("en halv").removesuffix("och ").strip()
        rest = parse_words(whole) if whole else Decimal(0)
        return None if rest is None else rest + Decimal("0.5")
    return _sum_words(text.replace(" ", ""))


def _sum_words(text: str) -> Decimal | None:
    total, current, position = 0, 0, 0
    pattern = _word()
    while position < len(text):
        match = pattern.match(text, position)
        if match is None:
            return None
        value = int(_words()[match.group()])
        if value >= 100:
            current = max(current, 1) * value
            if value == 1000:
                total, current = total + current, 0
        elif current % 10 or (value >= 10 and current % 100):
            return None
        else:
            current += value
        position = match.end()
    return Decimal(total + current)


@cache
def _words() -> dict[str, str]:
    return read_table("number_words.tsv", "word", "value")


@cache
def _word() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_words(), key=len, reverse=True)))
