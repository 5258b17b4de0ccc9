"""Numbers that lost a digit: the same title cited with two numbers, one the beginning of the other.

A document that cites "Ut ur utsatthet, SOU 2023:97" and elsewhere "Ut ur utsatthet, SOU 2023:9" has
most likely dropped a digit the second time. The value stays as printed; the detail says what is
probably meant.

Matches the same series and year, one number beginning with the other, and the same title words
right before or right after both. Does not match "SOU 2016:42 respektive SOU 2016:4" without a title
in common.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from rodtrad.entities.finding import Finding

_NUMBERED = re.compile(r"(?P<series>\S.*?\b(?:19|20)\d\d(?:/\d\d)?:)(?P<number>\d+)")
_WORD = re.compile(r"\w+")
# A title's words closest to the number; fewer would take any two citations for one.
TITLE_WORDS = 3
_REACH = 80


def flag_truncated(text: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, those with a probably truncated number marked in their detail."""
    suspects = dict(_suspects(text, findings))
    return tuple(_marked(finding, suspects.get(i)) for i, finding in enumerate(findings))


def _marked(finding: Finding, meant: str | None) -> Finding:
    if meant is None:
        return finding
    slip = f"troligen {meant}: samma titel har det numret på annat ställe"
    return replace(finding, detail={**(finding.detail or {}), "slip": slip})


def _suspects(text: str, findings: Sequence[Finding]) -> Iterator[tuple[int, str]]:
    by_series: dict[str, list[tuple[int, str, Finding]]] = defaultdict(list)
    for index, finding in enumerate(findings):
        if finding.type == "REFERENCE" and isinstance(finding.value, str):
            match = _NUMBERED.fullmatch(finding.value)
            if match:
                by_series[match["series"]].append((index, match["number"], finding))
    for series, cited in by_series.items():
        for (i, one, left), (j, other, right) in combinations(cited, 2):
            if _lost_digit(one, other) and _same_title(text, left, right):
                yield i, series + other
            elif _lost_digit(other, one) and _same_title(text, left, right):
                yield j, series + one


def _lost_digit(short: str, whole: str) -> bool:
    return len(short) + 1 == len(whole) and whole.startswith(short)


def _same_title(text: str, one: Finding, other: Finding) -> bool:
    sides = [{_before(text, f), _after(text, f)} - {()} for f in (one, other)]
    return bool(sides[0] & sides[1])


def _before(text: str, finding: Finding) -> tuple[str, ...]:
    return _title(_WORD.findall(text[max(0, finding.at.start - _REACH) : finding.at.start])[::-1])


def _after(text: str, finding: Finding) -> tuple[str, ...]:
    return _title(_WORD.findall(text[finding.at.end : finding.at.end + _REACH]))


def _title(words: Iterable[str]) -> tuple[str, ...]:
    """The words nearest to the number, in the order of the text; empty when there are too few."""
    nearest = [word.casefold() for word in words][:TITLE_WORDS]
    return tuple(sorted(nearest)) if len(nearest) == TITLE_WORDS else ()
