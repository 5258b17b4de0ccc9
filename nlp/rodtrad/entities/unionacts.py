"""Acts of the European Union, old and new, and the Commission's documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rodtrad.datamodel import Span
from rodtrad.entities.finding import Finding
from rodtrad.entities.scanning import occurrences

_G = r"[ \t\n\u00a0]"
_COMMUNITY = r"(?:EU|EG|EEG|EKSG|Euratom|RIF|GUSP|JHA|CFSP|EC|EEC)"
_BRACKETED = re.compile(
    rf"\((?P<community>{_COMMUNITY}(?:,{_G}?Euratom)?)\){_G}{{0,2}}(?P<nr>nr\.?|No\.?)?{_G}{{0,2}}"
    rf"(?P<number>\d{{1,4}}{_G}?/{_G}?\d{{1,4}})(?!\d)"
)
_NOUN = (
    r"[a-zåäö]*(?:[Dd]irektiv(?:et|en)?|[Bb]eslut(?:et|en)?|[Ff]örordning(?:en|ar|arna)?"
    r"|[Rr]ekommendation(?:en)?)|[Dd]irective|[Rr]egulation|[Dd]ecision"
    r"|[Gg]emensam(?:ma)? åtgärd(?:en)?"
)
_SUFFIXED = re.compile(
    rf"(?P<number>\d{{2,4}}{_G}?/{_G}?\d{{1,4}}){_G}?/{_G}?(?P<community>{_COMMUNITY})(?![\w])"
)
_NOUN_BEFORE = re.compile(rf"(?<!\w)(?P<noun>{_NOUN}){_G}(?P<nr>nr\.?{_G}|No\.?{_G})?$")
_PLAIN = re.compile(
    rf"(?P<noun>[Dd]irektiv(?:et)?|[Ff]örordning(?:en)?|[Dd]irective|[Rr]egulation){_G}(?P<nr>nr{_G}|No{_G})?"
    rf"(?P<number>\d{{2,4}}/\d{{1,4}})(?![\d/:])"
)
_CANONICAL = {"EC": "EG", "EEC": "EEG", "JHA": "RIF", "CFSP": "GUSP"}
_COMMISSION = re.compile(
    r"(?P<series>COM|KOM|SWD|SEC|SEK|JOIN|C)\s?[(\[](?P<year>(?:19|20)\d\d)[)\]]\s?(?P<number>\d{1,4})(?!\d)"
    r"(?P<final>\s(?:final|slutlig))?"
)


def find_union_acts(text: str) -> tuple[Finding, ...]:
    """Acts of the European Union in `text`, sorted; the value is community and number.

    Finds `direktiv 2011/36/EU` (with the noun where the number comes first), `(EU) 2024/1712` and
    `(EG) nr 2201/2003` (without it), `rambeslut 2002/629/RIF`, `COM(2018) 375`; the value of
    "direktiv 2024/1712" is `EU 2024/1712`. Articles stay outside; not `2025/26` or `Ju2025/01324`.
    """
    found = {finding.at: finding for finding in _all(text)}
    return tuple(found[at] for at in sorted(found))


def _all(text: str) -> Iterator[Finding]:
    taken: set[int] = set()
    for slash in _slashes(text):
        for finding in _at_slash(text, slash):
            if finding.at.end not in taken:
                taken.add(finding.at.end)
                yield finding
    for at in occurrences(text, ("OM 20", "OM 19")):
        loose = _LOOSE.match(text, at - 1)
        if loose:
            value = f"{loose['series']}({loose['year']}) {loose['number']}"
            yield Finding("REFERENCE", Span(*loose.span()), value, "unionacts.commission.v1")
    for match in _commission(text):
        value = f"{match['series']}({match['year']}) {match['number']}"
        yield Finding("REFERENCE", Span(*match.span()), value, "unionacts.commission.v1")


# "KOM 2018 (286)": the bracket around the number instead of the year.
_LOOSE = re.compile(r"(?P<series>[CK]OM) (?P<year>(?:19|20)\d\d) ?\((?P<number>\d{1,4})\)")


def _commission(text: str) -> Iterator[re.Match[str]]:
    for needle in ("(20", "(19", "[20", "[19"):
        at = text.find(needle)
        while at >= 0:
            match = _COMMISSION.search(text, max(0, at - 5), at + 24)
            if (
                match
                and match.start() < at
                and not text[match.start() - 1 : match.start()].isalnum()
            ):
                yield match
            at = text.find(needle, at + 1)


def _slashes(text: str) -> Iterator[int]:
    at = text.find("/")
    while at >= 0:
        if at and (text[at - 1].isdigit() or text[at - 1].isspace()):
            yield at
        at = text.find("/", at + 1)


def _at_slash(text: str, slash: int) -> Iterator[Finding]:
    """The act whose number has its first slash at `slash`."""
    begin = max(0, slash - 32)
    for match in _BRACKETED.finditer(text, begin, slash + 8):
        if match.start("number") < slash < match.end():
            yield _finding(match.start(), match.end(), match["community"], match["number"])
            return
    for match in _SUFFIXED.finditer(text, max(0, slash - 5), slash + 20):
        if match.start() < slash and (match.start() == 0 or not text[match.start() - 1].isalnum()):
            noun = _NOUN_BEFORE.search(text, max(0, match.start() - 30), match.start())
            start = noun.start() if noun else match.start()
            yield _finding(start, match.end(), match["community"], match["number"])
            return
    for match in _PLAIN.finditer(text, begin, slash + 8):
        if match.start("number") < slash < match.end() and match["noun"]:
            yield _plain(match)
            return


def _plain(match: re.Match[str]) -> Finding:
    """A number with neither bracket nor suffix; the community follows from the year."""
    first, second = match["number"].split("/")
    year = int(second if match["nr"] and len(second) in (2, 4) and len(first) < 4 else first)
    year += 1900 if year < 100 else 0
    community = "EU" if year >= 2010 else "EG" if year >= 1993 else "EEG"
    finding = _finding(match.start(), match.end(), community, match["number"])
    return Finding(finding.type, finding.at, finding.value, "unionacts.plain.v1")


def _finding(start: int, end: int, community: str, number: str) -> Finding:
    first = re.split(r",", community)[0]
    digits = re.sub(r"\s", "", number)
    value = f"{_CANONICAL.get(first, first)} {digits}"
    return Finding("REFERENCE", Span(start, end), value, "unionacts.v1")
