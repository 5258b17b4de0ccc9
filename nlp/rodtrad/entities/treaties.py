"""Treaties, symbols of international documents, and court cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rodtrad.datamodel import Span
from rodtrad.entities.finding import Finding

_G = r"[ \t\n\u00a0]"
_NR = rf"(?:{_G}?(?:nr|no|No|NO|Nr)\.?)?{_G}{{1,2}}"
_COUNCIL = re.compile(rf"(?<!\w)(?P<series>CETS|ETS){_NR}(?P<number>\d{{1,3}})(?![\d/])")
_BODIES = (
    r"(?:CEDAW|CCPR|CAT|CRC|CRPD|CERD|CMW|CED|HRI|SPT|OPCAT|CTOC|UNEP|UNODC|DP|ST|A|E|S|COP"
    r"|FCCC|CBD)"
)
_SYMBOL = re.compile(
    rf"(?<![\w/.]){_BODIES}(?:/[A-Z0-9][A-Za-z0-9.\-]*){{2,6}}(?:{_G}?\((?:19|20)\d\d\))?"
)
_COUNCIL_PAPER = re.compile(
    r"(?<![\w/])(?P<body>GRETA|GREVIO|CP|CM|CPT|T-ES|CommDH|ECRI|GRECO|CDL-AD|SG)"
    r"(?P<series>(?:/[A-Za-z]+)*)\s?"
    r"(?:\((?P<year>(?:19|20)\d\d)\)\s?(?P<number>\d{1,4})|/Inf\s?\(\d{4}\)\s?\d+)"
)
_LABOUR = re.compile(
    rf"(?P<kind>[Kk]onvention(?:en)?|[Rr]ekommendation(?:en)?|[Pp]rotokoll(?:et)?)(?P<between>(?:{_G}i{_G}samma{_G}ämne)?{_G}\(?)"
    rf"(?P<number>nr\.?{_G}\d{{1,3}})(?![\d/])"
)
_ILO = re.compile(r"\bILO|Internationella arbets(?:tagar)?organisation")
_CASE = re.compile(
    rf"(?P<word>(?:[Mm]ål(?:en|et)?|[Cc]ase|[Aa]pplication){_G}(?:(?:nr|nummer|no|No)\.?:?{_G})?)?"
    rf"(?P<number>(?:[A-ZÅÄÖ]{{1,3}}{_G}?)?\d{{1,6}}-\d\d(?!\d)|[CTF]-\d{{1,4}}/\d\d(?:{_G}P)?(?!\d)|\d{{3,6}}/\d\d(?!\d))"
)
_REPORTED = re.compile(
    rf"(?<!\w)(?P<court>NJA|RÅ|HFD|RH|AD|MÖD|MD|PMÖD|MIG|JK|JO|RK|NJA{_G}II){_G}"
    rf"(?P<year>(?:19|20)\d\d(?:/\d\d)?)(?:(?P<colon>:){_G}?(?P<plain>\d{{1,4}})|{_G}(?P<kind>s\.?|ref\.?|nr|not\.?|dnr){_G}?(?P<number>\d{{1,4}}))"
)
_NOUNS = {"k": "konvention", "r": "rekommendation", "p": "protokoll"}


def find_treaties(text: str) -> tuple[Finding, ...]:
    """Treaties and symbols in `text`, sorted.

    Finds `CETS no. 197` (value `CETS 197`), `CEDAW/C/SWE/CO/10`, `GRETA(2018)8`, and as doubtful
    `nr 190` of "ILO:s konvention (nr 190)" (value `ILO konvention 190`); not `EU/EES`.
    """
    return tuple(sorted(_treaties(text), key=lambda finding: finding.at))


def find_court_cases(text: str) -> tuple[Finding, ...]:
    """Court cases in `text`, sorted.

    Finds `mål nr B583-23` (value `mål B 583-23`), `målen C-203/15 och C-698/15`, `NJA 2020 s. 3`;
    not `2019-20` or a case without "mål" before it, except behind another one and at the Union's
    court (`C-203/15`).
    """
    return tuple(sorted(_cases(text), key=lambda finding: finding.at))


def _treaties(text: str) -> Iterator[Finding]:
    for match in _near(text, "ETS", _COUNCIL, reach=8):
        if match["series"] == "CETS" or re.search(r"n[or]", match.group(), re.IGNORECASE):
            yield _found(match, f"{match['series']} {match['number']}", "treaties.council.v1")
    for match in _near(text, "/", _SYMBOL, reach=10):
        symbol = match.group().rstrip(".-")
        if re.search(r"\d", symbol):
            span = Span(match.start(), match.start() + len(symbol))
            yield Finding("REFERENCE", span, symbol, "treaties.symbol.v1")
    for opening in ("(20", "(19", "/Inf"):
        for match in _near(text, opening, _COUNCIL_PAPER, reach=24):
            yield _found(match, re.sub(r"\s", "", match.group()), "treaties.paper.v1")
    if "ILO" in text or "Internationella arbets" in text:
        yield from _labour(text)


def _near(
    text: str, needle: str, pattern: re.Pattern[str], *, reach: int
) -> Iterator[re.Match[str]]:
    """Matches of `pattern` that begin up to `reach` characters before `needle` and hold it."""
    at, done = text.find(needle), 0
    while at >= 0:
        if needle != "/" or text[at - 1 : at].isupper():
            match = pattern.search(text, max(done, at - reach), at + 60)
            if match and match.start() <= at < match.end():
                done = match.end()
                yield match
        at = text.find(needle, max(done, at + 1))


def _labour(text: str) -> Iterator[Finding]:
    for match in _LABOUR.finditer(text):
        if not _ILO.search(text, max(0, match.start() - 200), match.end() + 60):
            continue
        digits = re.sub(r"\D", "", match["number"])
        value = f"ILO {_NOUNS[match['kind'][0].lower()]} {digits}"
        span = Span(match.start("number"), match.end("number"))
        reason = "ett instrument som anges med sitt nummer"
        yield Finding("REFERENCE", span, value, "treaties.labour.v1", "doubtful", reason)


def _cases(text: str) -> Iterator[Finding]:
    found: dict[int, Finding] = {}
    for needle in ("mål", "Mål", "C-", "T-", "ase ", "pplication"):
        for match in _near(text, needle, _CASE, reach=2):
            if match["word"] or match["number"][:2] in ("C-", "T-", "F-"):
                finding = _case(match)
                found.setdefault(finding.at.end, finding)
    yield from found.values()
    for court in _COURTS:
        for match in _near(text, court, _REPORTED, reach=1):
            yield _found(match, re.sub(r"\s+", " ", match.group()), "treaties.reported.v1")


_COURTS = ("NJA ", "RÅ ", "HFD ", "RH ", "AD ", "MÖD ", "MD ", "MIG ", "JK ", "JO ")


def _case(match: re.Match[str]) -> Finding:
    number = re.sub(r"\s", "", match["number"])
    number = re.sub(r"^([A-ZÅÄÖ]+)(\d)", r"\1 \2", number)
    plural = (match["word"] or "").lower().startswith("målen")
    start = match.start("number") if plural or not match["word"] else match.start()
    return Finding("REFERENCE", Span(start, match.end()), f"mål {number}", "treaties.case.v1")


def _found(match: re.Match[str], value: str, labeller: str) -> Finding:
    return Finding("REFERENCE", Span(*match.span()), value, labeller)
