"""Money in tables, where the unit stands in the caption, the head or above the table.

"Tabell 1. Fördelning (mnkr)", "Belopp angivna i tkr" and "Tusental kronor" say the unit of the rows
below them, up to the next sentence. Matches numbers that fill a cell; not years, percentages,
numbers in a column of counts ("Antal"), or a table whose unit is not money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rodtrad.datamodel import Span
from rodtrad.entities.finding import Finding
from rodtrad.entities.numbers import DIGITS, parse_digits
from rodtrad.entities.scanning import occurrences

_G = r"[ \u00a0]"
_MONEY = (
    rf"(?:tkr|kkr|tsek|ksek|(?:i{_G})?(?:tusental|1{_G}?000-tals?|tusen(?:tals)?){_G}?(?:kronor|kr)"
    rf"|mnkr|mkr|msek|(?:i{_G})?(?:miljoner|miljontals|milj\.?){_G}?(?:kronor|kr)"
    rf"|mdkr|mdrkr|(?:i{_G})?(?:miljarder|mdr){_G}?(?:kronor|kr)|(?:i{_G})?kronor|kr|sek)"
)


def _named(group: str) -> str:
    return f"(?P<{group}>{_MONEY})"


# In brackets, behind "belopp i", or alone in a line or cell.
_DECLARED = re.compile(
    rf"[(\[](?:[Bb]elopp{_G})?(?:i{_G})?{_named('unit')}[.,]?{_G}?(?:[,;][^()\n]{{0,40}})?[)\]]"
    rf"|\b(?:[Bb]elopp(?:en)?|[Aa]nslag)\b[^.\n\t]{{0,50}}?\bi{_G}{_named('stated')}(?!\w)"
    rf"|(?:^|(?<=[\n\t])){_named('alone')}(?=[\n\t])",
    re.IGNORECASE,
)
_NEEDLES = ("kr", "Kr", "KR", "SEK", "sek")
_FACTORS = (
    (re.compile(r"^(?:tkr|kkr|tsek|ksek)|tus|000"), Decimal(1000)),
    (re.compile(r"^(?:mnkr|mkr|msek)|milj(?!ard)"), Decimal(10**6)),
    (re.compile(r"^(?:mdkr|mdrkr)|miljard|mdr"), Decimal(10**9)),
)
_CELL = re.compile(rf"[-–−+]?{_G}?(?P<number>{DIGITS}){_G}?\*?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\D.*)?")
_GROUPED = re.compile(
    r"(?<![\d.,:/-])\d{1,3}(?:[ \u00a0]\d{3})+(?![\d,.:/%-])|(?<![\w.,:/-])\d+,\d+(?![\d%])"
)
_CAPTION = re.compile(r"\s*(?:Tabell|Table|Bilaga)\s+[\d.]+[.:]?\s")
_SENTENCE = re.compile(r"[a-zåäö)][.;:?!]$|[.?!]\s+[A-ZÅÄÖ]")
_COUNTS = re.compile(r"\b(?:antal|andel|procent|index|årsarbetskraft\w*)\b|%", re.IGNORECASE)
_HEADS = 6
_LONGEST = 6000


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit that was declared: where the rows begin, its factor, and the role of the money."""

    start: int
    factor: Decimal
    role: str


def find_table_amounts(text: str) -> tuple[Finding, ...]:
    """Amounts in the rows under a declared unit, sorted; the surface is the number alone.

    Certain in cells parted by tabs. In rows without tabs a blank may part columns or groups of
    digits ("782 453"), so that only decimal numbers are certain there.
    """
    units = list(_units(text))
    found: list[Finding] = []
    for number, unit in enumerate(units):
        stop = units[number + 1].start if number + 1 < len(units) else len(text)
        found += _rows(text, unit, min(stop, unit.start + _LONGEST))
    return tuple(found)


def _units(text: str) -> Iterator[_Unit]:
    done = 0
    for at in occurrences(text, _NEEDLES):
        if at < done:
            continue
        begin = max(text.rfind("\n", 0, at) + 1, at - 120)
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        match = _DECLARED.search(text, begin, end + 1) if end - begin < 300 else None
        if match is None or match.end() < at:
            continue
        if _SENTENCE.search(_CAPTION.sub("", text[begin:end], count=1)):
            continue
        done = end
        named = (match["unit"] or match["stated"] or match["alone"]).lower()
        factor = next((f for pattern, f in _FACTORS if pattern.search(named)), Decimal(1))
        role = "appropriation" if "nslag" in text[begin:end] else "statistic"
        yield _Unit(end, factor, role)


def _rows(text: str, unit: _Unit, stop: int) -> Iterator[Finding]:
    heads, years, at, counted = _HEADS, list[str](), unit.start, False
    while at < stop:
        end = text.find("\n", at, stop)
        end = stop if end < 0 else end
        line = text[at:end]
        found = [] if _SENTENCE.search(line) else list(_row(line, at, unit, years))
        counted = counted or bool(_COUNTS.search(line))
        if found and not counted:
            yield from found
            heads = 1
        elif line.strip() and not found:
            heads -= 1
            years = line.split("\t") if "\t" in line else years
            if heads < 0 or _SENTENCE.search(line):
                return
        at = end + 1


def _row(line: str, start: int, unit: _Unit, heads: list[str]) -> Iterator[Finding]:
    if "\t" not in line:
        for match in _GROUPED.finditer(line):
            yield _finding(match.group(), start + match.start(), unit, tabbed=False)
        return
    at = start
    for column, cell in enumerate(line.split("\t")):
        number = _CELL.fullmatch(cell.strip())
        if number and not _YEAR.fullmatch(cell.strip()) and column:
            head = heads[column].strip() if column < len(heads) else ""
            place = at + cell.index(number["number"])
            yield _finding(number["number"], place, unit, tabbed=True, head=head)
        at += len(cell) + 1


def _finding(number: str, start: int, unit: _Unit, *, tabbed: bool, head: str = "") -> Finding:
    value = parse_digits(number) * unit.factor
    plain = int(value) if value == value.to_integral_value() else float(value)
    year = int(head[:4]) if _YEAR.fullmatch(head) else None
    certain = tabbed or "," in number
    return Finding(
        "AMOUNT",
        Span(start, start + len(number)),
        {"value": plain, "currency": "SEK"},
        "amounts.table.v1",
        "certain" if certain else "doubtful",
        None if certain else "tabellens kolumner går inte att skilja från siffergrupper",
        {"role": unit.role, "year": year, "unit": "i tabellens huvud"},
    )
