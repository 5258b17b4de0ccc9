"""Money: number, scale and currency, in digits or words, with the part it plays in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from rodtrad.datamodel import Span
from rodtrad.entities.amountroles import amount_role, amount_year
from rodtrad.entities.amounttables import find_table_amounts
from rodtrad.entities.datafiles import read_rows
from rodtrad.entities.finding import Finding
from rodtrad.entities.numbers import DIGITS, GAP, parse_digits, parse_words, words_pattern
from rodtrad.entities.scanning import occurrences
from rodtrad.entities.sentences import sentence_around

_JOIN = rf"(?:{GAP}?[–—-]{GAP}?|{GAP}(?:till|respektive|resp\.|och|eller|à|to){GAP}|,{GAP})"
_BARE_YEAR = re.compile(r"(?:19|20)\d\d$")
_AND = re.compile(rf"{GAP}(?:och|eller){GAP}|,{GAP}")
_BETWEEN = re.compile(rf"\b(?:mellan|between){GAP}$")
_NUMBER = re.compile(DIGITS)
# Behind the day of a date a new number begins: "2021-06-30 900 tkr".
_LAST_NUMBER = re.compile(rf"(?<!\d)(?<!\d-\d\d-){DIGITS}$")
# Numbers before the last one: "5–" in "5–10 miljoner kronor", "7 miljoner respektive ".
_SCALED = re.compile(
    rf"(?P<number>{DIGITS})(?:{GAP}(?P<scale>miljon(?:er)?|miljard(?:er)?|tusen))?"
)
_EARLIER = re.compile(
    rf"(?<![\w.,:/§–-])(?:{DIGITS}(?:{GAP}(?:miljon(?:er)?|miljard(?:er)?|tusen))?{_JOIN}){{1,4}}$"
)
# Parts of every word of money; what they occur in is then read with care.
_NEEDLES = (
    ":-",
    "kr",
    "Kr",
    "KR",
    "SEK",
    "sek",
    "euro",
    "Euro",
    "EUR",
    "eur",
    "€",
    "dollar",
    "USD",
    "NOK",
    "DKK",
    "pund",
    "GBP",
    "franc",
    "CHF",
    "yen",
)
_SCALES = ("miljon", "Miljon", "miljard", "tusen")
_CODES = ("€", "$", "£", "SEK", "EUR", "USD", "NOK", "DKK", "GBP", "CHF")
_GLUED = re.compile(r"[\w.,:/§]$")
# No amount without a currency, with what must follow it, is longer.
_AHEAD = 80
_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP"}


def find_amounts(text: str) -> tuple[Finding, ...]:
    """Amounts of money in `text`, sorted; the value is `{"value": units, "currency": code}`.

    A range or coordination ("5–10 miljoner kronor") is one finding with a list of values. Finds
    `1,5 miljoner kronor`, `24 mnkr`, `två miljoner kronor`, `SEK 5 million`; not `8 miljoner
    gånger`, `1,1 procent` or `cirka` and `per år` around an amount. `detail` holds the role
    (given, proposed, permanent, appropriation, ceiling, statistic) and the year of the money.
    """
    found = dict(_candidates(text))
    named = [_finding(text, span, values) for span, values in sorted(found.items())]
    taken = [(finding.at.start, finding.at.end) for finding in named]
    others = [*_inheriting(text, named), *find_table_amounts(text)]
    free = (f for f in others if not any(f.at.start < e and s < f.at.end for s, e in taken))
    return tuple(sorted([*named, *free], key=lambda finding: finding.at))


def _inheriting(text: str, named: Sequence[Finding]) -> Iterator[Finding]:
    """Amounts that leave the currency out behind one that names it: "och för 2026 5 miljoner".

    Certain in the same sentence, doubtful later in the paragraph. Not "8 miljoner invånare": what
    follows must be the end of the clause, or a word that tells purpose, time or receiver.
    """
    for number, finding in enumerate(named):
        paragraph = text.find("\n\n", finding.at.end)
        paragraph = len(text) if paragraph < 0 else paragraph
        sentence = sentence_around(text, finding.at.start)[1]
        later = (one.at.start for one in named[number + 1 :] if one.at.start > finding.at.start)
        stop = min(next(later, paragraph), paragraph)
        for match in _ELLIPTIC.finditer(text, finding.at.end, min(stop + _AHEAD, paragraph)):
            if match.end() > stop:
                break
            yield _elliptic(text, finding, match, same_sentence=match.end() <= sentence)


def _elliptic(text: str, finding: Finding, match: re.Match[str], *, same_sentence: bool) -> Finding:
    factor, _ = _unit(match["scale"])
    value = _plain(parse_digits(match["number"]) * factor)
    span = (match.start("number"), match.end("scale"))
    found = _finding(text, span, [{"value": value, "currency": _currency(finding)}])
    if same_sentence:
        return replace(found, labeller="amounts.elliptic.v1")
    return replace(
        found,
        labeller="amounts.elliptic.v1",
        certainty="doubtful",
        reason="valutan anges tidigare i stycket",
    )


def _currency(finding: Finding) -> Any:
    value = finding.value[-1] if isinstance(finding.value, list) else finding.value
    return value["currency"]


_ELLIPTIC = re.compile(
    rf"(?<![\w.,:/§–-])(?P<number>{DIGITS}){GAP}(?P<scale>miljon(?:er)?|miljard(?:er)?)"
    rf"(?=[.,;)]|$|{GAP}(?:till|för|under|per|årligen|avser|och{GAP}för|respektive|samt|fr\.o\.m"
    rf"|från{GAP}och{GAP}med|(?:19|20)\d\d))"
)


def _candidates(text: str) -> Iterator[tuple[tuple[int, int], list[dict[str, Any]]]]:
    ends = set()
    for match in _matches(text):
        number = _LAST_NUMBER.search(text, match.start(), match.end("block"))
        if number and not _GLUED.search(text, max(0, number.start() - 1), number.start()):
            span, values = _read(text, match, number)
            ends.add(span[1])
            yield span, values
    for at in occurrences(text, _SCALES):
        for match in _in_words().finditer(text, max(0, at - 40), at + 32):
            value = parse_words(match["number"])
            if match.start("scale") != at or value is None:
                continue
            yield match.span(), [_value(value, match["scale"], match["currency"])]
    for at in occurrences(text, _CODES):
        prefixed = _PREFIXED.match(text, at)
        if prefixed and prefixed.end() not in ends:
            yield _prefixed(prefixed)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Number, scale and currency around each word of money; looking for the word first is fast."""
    done = 0
    for at in occurrences(text, _NEEDLES):
        window = text.rfind("\n\n", max(done, at - 50), at)
        match = _in_digits().search(text, max(done, at - 50, window), min(len(text), at + 20))
        if match:
            done = match.end()
            yield match


def _read(
    text: str, match: re.Match[str], number: re.Match[str]
) -> tuple[tuple[int, int], list[dict[str, Any]]]:
    """One value, or several where numbers share the unit; a year before "och" is no amount."""
    unit = match["scale"], match["currency"]
    earlier = _EARLIER.search(text, max(0, number.start() - 60), number.start())
    parts = [(number.group(), unit[0])]
    start = number.start()
    if earlier and _coordinated(text, earlier):
        before = _SCALED.finditer(earlier.group())
        parts = [(m["number"], m["scale"] or unit[0]) for m in before] + parts
        start = earlier.start()
    values = [_value(parse_digits(n), scale, unit[1]) for n, scale in parts]
    return (start, match.end()), values


def _coordinated(text: str, earlier: re.Match[str]) -> bool:
    """Whether the numbers before the last one are amounts too: not "under 2019 och 5 miljoner"."""
    numbers = [m.group() for m in _NUMBER.finditer(earlier.group())]
    if any(_BARE_YEAR.match(number) for number in numbers):
        return False
    if "resp" in earlier.group() or not _AND.search(earlier.group()):
        return True
    return bool(_BETWEEN.search(text, max(0, earlier.start() - 9), earlier.start()))


def _prefixed(match: re.Match[str]) -> tuple[tuple[int, int], list[dict[str, Any]]]:
    currency = _SYMBOLS.get(match["code"], match["code"])
    scale, _ = _unit(match["scale"]) if match["scale"] else (Decimal(1), "")
    value = parse_digits(match["number"]) * scale
    return match.span(), [{"value": _plain(value), "currency": currency}]


def _value(number: Decimal, scale: str | None, currency: str | None) -> dict[str, Any]:
    factor, code = _unit(scale) if scale else (Decimal(1), "")
    if currency:
        one, code = _unit(currency)
        factor *= one
    return {"value": _plain(number * factor), "currency": code}


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _finding(text: str, span: tuple[int, int], values: list[dict[str, Any]]) -> Finding:
    bounds = sentence_around(text, span[0])
    detail = {
        "role": amount_role(text, span, bounds),
        "year": amount_year(text, span, bounds),
    }
    value = values[0] if len(values) == 1 else values
    return Finding("AMOUNT", Span(*span), value, "amounts.v1", detail=detail)


def _unit(surface: str) -> tuple[Decimal, str]:
    text = re.sub(r"\s+", " ", surface)
    for pattern, factor, currency in _units():
        if pattern.fullmatch(text):
            return factor, currency
    raise ValueError(f"no unit of money: {surface!r}")


@cache
def _units() -> tuple[tuple[re.Pattern[str], Decimal, str], ...]:
    rows = read_rows("money_units.tsv")
    return tuple(
        (re.compile(row["form"], re.IGNORECASE), Decimal(row["factor"]), row["currency"])
        for row in rows
    )


@cache
def _alternatives() -> tuple[str, str, str]:
    """Scales without currency, scales that name it, currencies, as regular expressions."""
    rows = read_rows("money_units.tsv")
    scales = [r["form"] for r in rows if not r["currency"]]
    both = [r["form"] for r in rows if r["currency"] and r["factor"] != "1"]
    currencies = [r["form"] for r in rows if r["currency"] and r["factor"] == "1"]
    joined = (
        "|".join(sorted(forms, key=len, reverse=True)) for forms in (scales, both, currencies)
    )
    scale, scaled, currency = (form.replace(" ", GAP) for form in joined)
    return scale, scaled, currency


@cache
def _in_digits() -> re.Pattern[str]:
    scale, scaled, currency = _alternatives()
    unit = (
        rf"(?:{GAP}{{0,3}}(?i:(?P<scale>{scale}){GAP}{{1,4}})?"
        rf"{GAP}{{0,3}}(?i:(?P<currency>{currency}|{scaled})))"
    )
    return re.compile(rf"(?P<block>\d(?:[\d., \u00a0\u2009\u202f]*\d)?){unit}(?!\w)")


@cache
def _in_words() -> re.Pattern[str]:
    scale, _, currency = _alternatives()
    return re.compile(
        rf"(?<!\w)(?i:(?P<number>{words_pattern()}){GAP}(?P<scale>{scale}){GAP}"
        rf"(?P<currency>{currency}))(?!\w)"
    )


_PREFIXED = re.compile(
    rf"(?P<code>[€$£]|(?<!\w)(?:SEK|EUR|USD|NOK|DKK|GBP|CHF)\b){GAP}?(?P<number>{DIGITS})"
    rf"(?:{GAP}(?P<scale>million|billion|miljoner|miljarder))?(?![\w,.]\d)"
)
