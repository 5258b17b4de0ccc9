"""Names that are built like those of Swedish authorities but are in no table: doubtful findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rodtrad.datamodel import Span
from rodtrad.entities.datafiles import read_rows
from rodtrad.entities.finding import Finding

LABELLER = "agencies.pattern.v1"
REASON = "namnet följer mönstret för myndighetsnamn men finns inte i registret"
_TAIL = r"(?:verket|myndigheten|styrelsen|inspektionen|nämnden|ombudsmannen|departementet)"
_SINGLE = rf"[A-ZÅÄÖ][\w-]*{_TAIL}(?=s?\b)"
_STOP = r"(?:ska|skall|att|har|som|får|bör|kan|är|i|på|om|med|till|från|inom|den|det|av|under|vid|ges)\b"
_WORD = rf"(?!{_STOP})[a-zåäöé][\w-]*"
_HEADED = (
    rf"(?:[Mm]yndigheten (?:för|mot)|(?:Inspektionen|Institutet|Styrelsen|Nämnden|Verket|"
    rf"Överklagandenämnden|Ombudsmannen) (?:för|mot)) {_WORD}(?:,? (?:och )?{_WORD}){{0,4}}"
)
_STATE = (
    r"Statens (?:[a-zåäö]+(?:- och [a-zåäö]+)? )?[a-zåäö]*"
    r"(?:verk|styrelse|inspektion|nämnd|institut|myndighet|anstalt|råd|museer|byrå)(?=s?\b)"
)
_NAME = re.compile(rf"(?<![\w/.@-])(?:{_STATE}|{_HEADED}|{_SINGLE})")


@cache
def _generic() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("agencies-generic.tsv"))


def find_unknown(text: str, taken: list[Span]) -> Iterator[Finding]:
    """Doubtful authorities outside `taken` (spans in order).

    Forms: "Rymdmyndigheten", "Myndigheten för vind", "Statens vindverk". Not: common nouns
    ("Tillsynsmyndigheten", "Regelverket") and bare heads ("Myndigheten").
    """
    place = 0
    for match in _NAME.finditer(text):
        while place < len(taken) and taken[place].end <= match.start():
            place += 1
        if place < len(taken) and taken[place].start < match.end():
            continue
        if match.group().lower().removesuffix("s") in _generic():
            continue
        span = Span(match.start(), match.end())
        yield Finding("AGENCY", span, match.group(), LABELLER, "doubtful", REASON)
