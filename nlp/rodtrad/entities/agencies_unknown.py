"""Names that are built like those of Swedish authorities but are in no table: doubtful findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from rodtrad.datamodel import Span
from rodtrad.entities.agencies_gazetteer import gazetteer
from rodtrad.entities.agencies_words import Words
from rodtrad.entities.datafiles import read_rows
from rodtrad.entities.finding import Finding

LABELLER = "agencies.pattern.v1"
# A slip differs in a letter or two of a long name; at this ratio "Trafikledsverket" is no slip.
SLIP_LENGTH = 12
SLIP_RATIO = 0.93
REASON = "namnet följer mönstret för myndighetsnamn men finns inte i registret"
_TAIL = r"(?:verket|myndigheten|styrelsen|inspektionen|nämnden|ombudsmannen|departementet)"
_SINGLE = rf"[A-ZÅÄÖ][\w-]*{_TAIL}(?=s?\b)"
_STOP = (
    r"(?:ska|skall|att|har|som|får|bör|kan|är|i|på|om|med|till|från|inom|den|det|av|under|vid"
    r"|ges|och|eller|respektive|samt|vilka?|så|när|där)\b"
)
_WORD = rf"(?!{_STOP})[a-zåäöé][\w-]*"
_HEADED = (
    rf"(?:[Mm]yndigheten (?:för|mot)|(?:Inspektionen|Institutet|Styrelsen|Nämnden|Verket|"
    rf"Överklagandenämnden|Ombudsmannen) (?:för|mot)) {_WORD}(?:,? (?:och )?{_WORD}){{0,4}}"
)
_STATE = (
    r"Statens (?:[a-zåäö]+(?:- och [a-zåäö]+)? )?[a-zåäö]*"
    r"(?:verk|styrelse|inspektion|nämnd|institut|myndighet|anstalt|museer|byrå)(?=s?\b)"
)
_NAME = re.compile(rf"(?<![\w/.@-])(?:{_STATE}|{_HEADED}|{_SINGLE})")
# The last four letters of words that may end or open such a name, with and without genitive.
_TRACES = frozenset(
    {"rket", "eten", "lsen", "onen", "nden", "nnen", "ntet"}
    | {"kets", "tens", "sens", "nens", "dens", "tets"}
)


@cache
def _generic() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("agencies-generic.tsv"))


def find_unknown(words: Words, taken: list[Span]) -> Iterator[Finding]:
    """Doubtful authorities outside `taken` (spans in order).

    Forms: "Rymdmyndigheten", "Myndigheten för vind", "Statens vindverk". Not: common nouns
    ("Tillsynsmyndigheten", "Regelverket") and bare heads ("Myndigheten"). A name one or two letters
    away from a known one is that one ("Livsmedelverket"), and its reason says so.
    """
    place = reached = 0
    for index in _candidates(words):
        start = words.starts[index]
        match = _NAME.match(words.text, start) if start >= reached else None
        if match is None:
            continue
        while place < len(taken) and taken[place].end <= start:
            place += 1
        if place < len(taken) and taken[place].start < match.end():
            continue
        reached = match.end()
        if not _is_generic(match.group().lower()):
            yield _finding(match)


def _is_generic(name: str) -> bool:
    return name in _generic() or name.endswith(_generic_endings()) or name.startswith("eu-")


@cache
def _generic_endings() -> tuple[str, ...]:
    return tuple(word[1:] for word in sorted(_generic()) if word.startswith("-"))


def _candidates(words: Words) -> list[int]:
    return [
        index for index, key in enumerate(words.keys) if key[-4:] in _TRACES or key == "statens"
    ]


def _finding(match: re.Match[str]) -> Finding:
    written = match.group()
    span = Span(match.start(), match.end())
    known = _slip_of(written)
    if known is None:
        return Finding("AGENCY", span, written, LABELLER, "doubtful", REASON)
    reason = f"skrivet {written}, avser {known}"
    return Finding("AGENCY", span, known, "agencies.slip.v1", reason=reason, detail={"slip": True})


@cache
def _slip_of(written: str) -> str | None:
    """The one known name that differs from `written` in a letter or two; None for short names."""
    if len(written) < SLIP_LENGTH:
        return None
    near = get_close_matches(written.lower(), _known(), n=2, cutoff=SLIP_RATIO)
    return _known()[near[0]] if len(near) == 1 else None


@cache
def _known() -> dict[str, str]:
    entries = gazetteer().entries.values()
    kinds = {"authority", "ministry", "parliament"}
    return {entry.name.lower(): entry.name for entry in entries if entry.type in kinds}
