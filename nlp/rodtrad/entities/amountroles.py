"""The part an amount plays in its sentence, and the year its money is for."""

from __future__ import annotations

import re
from functools import cache

from rodtrad.entities.datafiles import read_rows

_YEAR = re.compile(r"(?<![\d:/–-])(?:19|20)\d\d(?![\d:/]|[–-]\d)")
_APART = re.compile(r",|\s(?:och|samt|respektive|and)\s")
_AFTER = 60


def amount_role(text: str, span: tuple[int, int], bounds: tuple[int, int]) -> str:
    """given, proposed, permanent, appropriation, ceiling or statistic.

    Read from the words of the amount's sentence (`bounds`); without a telling word an amount is a
    statistic: money is not taken for given unless the text says so.
    """
    sentence = text[bounds[0] : bounds[1]].lower()
    for role, cue in _cues():
        if cue.search(sentence):
            return role
    return "statistic"


def amount_year(text: str, span: tuple[int, int], bounds: tuple[int, int]) -> int | None:
    """The year nearest the amount in its sentence: behind it ("under 2020"), else before.

    "För 2025 beräknas 10 miljoner kronor och för 2026 5 miljoner": a year behind a comma or "och"
    belongs to the amount only where no year stands before it. None where the sentence names no
    single year ("2021–2025" is a period).
    """
    after = _YEAR.search(text, span[1], min(bounds[1], span[1] + _AFTER))
    before = list(_YEAR.finditer(text, bounds[0], span[0]))
    if after and not (before and _APART.search(text, span[1], after.start())):
        return int(after.group())
    return int(before[-1].group()) if before else None


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["role"], re.compile(row["cue"])) for row in read_rows("amount_roles.tsv"))
