"""One regular expression per type: what the extractors must beat to be worth their keep."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from rodtrad.datamodel import Span
from rodtrad.entities.finding import Finding

_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"
_MONTH = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}
_SCALE = {"miljoner": 10**6, "miljarder": 10**9, "miljon": 10**6, "miljard": 10**9}

_DNR = re.compile(r"\b[A-Z][a-zö]?\d{4}/\d{5}\b")
_AMOUNT = re.compile(r"(\d[\d ,]*)\s(?:(miljon(?:er)?|miljard(?:er)?)\s)?kronor")
_REFERENCE = re.compile(
    r"(?:SOU|prop\.|skr\.|dir\.|Ds)\s\d{4}(?:/\d\d)?:\d+|\(\d{4}:\d+\)|\d{4}/\d+/E[UG]"
)
_DEADLINE = re.compile(rf"senast\s(den\s(\d{{1,2}})\s({'|'.join(_MONTH)})\s(\d{{4}}))")
_AGENCY = re.compile(r"\b[A-ZÅÄÖ][a-zåäö]+(?:verket|myndigheten|styrelsen|kassan|inspektionen)\b")


def find_plainly(text: str) -> tuple[Finding, ...]:
    """What one plain pattern per type finds, sorted; for comparison only."""
    rules: list[tuple[str, re.Pattern[str], int, Callable[[re.Match[str]], Any]]] = [
        ("DIARIENUMMER", _DNR, 0, lambda match: match.group()),
        ("AMOUNT", _AMOUNT, 0, _amount),
        ("REFERENCE", _REFERENCE, 0, _reference),
        ("DEADLINE", _DEADLINE, 1, _deadline),
        ("AGENCY", _AGENCY, 0, lambda match: match.group()),
    ]
    found = [
        Finding(kind, Span(*match.span(group)), value(match), "baseline.v1")
        for kind, pattern, group, value in rules
        for match in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.at, finding.type)))


def _amount(match: re.Match[str]) -> dict[str, Any]:
    digits = match.group(1).replace(" ", "").rstrip(",").replace(",", ".")
    factor = _SCALE.get(match.group(2) or "", 1)
    return {"value": round(float(digits) * factor), "currency": "SEK"}


def _reference(match: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", match.group()).strip("()")


def _deadline(match: re.Match[str]) -> dict[str, Any]:
    day, month, year = int(match.group(2)), _MONTH[match.group(3)], match.group(4)
    date = f"{year}-{month:02d}-{day:02d}"
    return {"date": date, "kind": "redovisning", "responsible": []}
