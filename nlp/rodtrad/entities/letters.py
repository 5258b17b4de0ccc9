"""Regleringsbrev: of a named agency or appropriation, with their years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from rodtrad.datamodel import Span
from rodtrad.entities.finding import Finding

_G = r"(?:[ \t\n\u00a0]{1,3})"
_YEARS = rf"(?:budgetår(?:en|et)?{_G}|år(?:en)?{_G})?20\d\d(?:(?:,|{_G}och|–|-){_G}?20\d\d)*"
_WORD = re.compile(r"[Rr]egleringsbrev(?:et|en)?(?![\wåäö])")
_FOR_YEARS = re.compile(rf"{_G}(?:för|avseende|inför){_G}(?P<years>{_YEARS})(?!\d)")
_LINK = re.compile(rf",?{_G}(?:för|avseende|till|åt){_G}")
_BARE_YEARS = re.compile(rf"{_G}(?:för{_G})?(?P<years>{_YEARS})(?!\d)")
_AND = re.compile(rf"(?:,|{_G}och|{_G}samt|,{_G}och){_G}")
_APPROPRIATION = re.compile(
    r"(?:anslag(?:et)?|anslagen)[ \u00a0](?P<number>\d+:\d+)"
    r"(?P<title>(?:[ \n\u00a0][A-ZÅÄÖa-zåäö-]+)*)"
    r"(?:,?[ \u00a0](?:anslagspost|ap\.?)[ \u00a0](?P<item>\d+))?"
)
_GENITIVE = re.compile(r"s?[ \n\u00a0]$")


@dataclass(slots=True)
class _Letter:
    """A regleringsbrev while its expression is being read."""

    start: int
    end: int
    years: list[str]
    owners: list[str]


def find_letters(text: str, *, agencies: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """Regleringsbrev of a named agency or appropriation, sorted; the whole expression.

    Finds `regleringsbrev för 2024 och 2026 avseende Socialstyrelsen` (a value for each year and
    agency, in a list), `Folkhälsomyndighetens regleringsbrev för 2026`, `regleringsbrevet för 2026
    avseende anslag 3:1 Särskilda jämställdhetsåtgärder`; not `regleringsbrev inför 2026` or
    `instruktion och regleringsbrev`. `agencies` are the agencies found in the same text.
    """
    starts = {agency.at.start: agency for agency in agencies}
    ends = {agency.at.end: agency for agency in agencies}
    letters = (_read(text, match, starts, ends) for match in _WORD.finditer(text))
    return tuple(_finding(letter) for letter in letters if letter)


def _read(
    text: str, word: re.Match[str], starts: dict[int, Finding], ends: dict[int, Finding]
) -> _Letter | None:
    letter = _Letter(word.start(), word.end(), [], [])
    _take_years(text, letter, _FOR_YEARS)
    owner = _owner_before(text, word.start(), ends)
    if owner:
        letter.start, letter.owners = owner.at.start, [str(owner.value)]
        return letter
    link = _LINK.match(text, letter.end)
    if link is None:
        return None
    appropriation = _APPROPRIATION.match(text, link.end())
    if appropriation:
        letter.owners, letter.end = [_appropriation(appropriation)], _title_end(appropriation)
    else:
        _take_agencies(letter, text, link.end(), starts)
    if letter.owners and not letter.years:
        _take_years(text, letter, _BARE_YEARS)
    return letter if letter.owners else None


def _take_years(text: str, letter: _Letter, pattern: re.Pattern[str]) -> None:
    match = pattern.match(text, letter.end)
    if match:
        letter.end = match.end()
        letter.years = re.findall(r"20\d\d", match["years"])


def _owner_before(text: str, start: int, ends: dict[int, Finding]) -> Finding | None:
    """The agency in the genitive right before the word."""
    for gap in (2, 1, 3):
        agency = ends.get(start - gap)
        if agency and _GENITIVE.fullmatch(text, agency.at.end, start):
            return agency
    return None


def _take_agencies(letter: _Letter, text: str, at: int, starts: dict[int, Finding]) -> None:
    """The agencies of a list: "Brå och Jämställdhetsmyndigheten"."""
    while agency := starts.get(at):
        letter.owners.append(str(agency.value))
        letter.end = agency.at.end
        gap = _AND.match(text, agency.at.end)
        if gap is None:
            break
        at = gap.end()


def _appropriation(match: re.Match[str]) -> str:
    item = f" anslagspost {match['item']}" if match["item"] else ""
    return f"anslag {match['number']}{item}"


def _title_end(match: re.Match[str]) -> int:
    return match.end()


def _finding(letter: _Letter) -> Finding:
    owners = letter.owners
    if letter.years:
        values = [f"regleringsbrev {year} {owner}" for year, owner in product(letter.years, owners)]
    else:
        values = [f"regleringsbrev {owner}" for owner in owners]
    value = values[0] if len(values) == 1 else values
    return Finding("REFERENCE", Span(letter.start, letter.end), value, "letters.v1")
