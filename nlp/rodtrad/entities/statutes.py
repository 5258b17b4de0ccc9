"""Acts of Swedish law: by number, by name, and with chapter, section, stycke and point.

One grammar: a citation is an instrument (a law by name, with or without its number in the Swedish
Code of Statutes, an agency's regulation, or "samma lag"), optionally with places in front of it or
behind it. A number alone counts where a word for a law stands before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rodtrad.datamodel import Span
from rodtrad.entities.datafiles import read_rows
from rodtrad.entities.finding import Finding
from rodtrad.entities.locators import PLACES, read_places
from rodtrad.entities.scanning import occurrences

_S = r"(?:[ \t\n\u00a0]{1,3})"
NUMBER = r"(?:1[6-9]|20)\d\d:\d{1,4}(?!\d)"
_END = (
    r"(?:[Ll]agen|[Ll]agarna|[Ll]ag|[Bb]alken|balk|[Ff]örordningen|[Ff]örordningarna|[Ff]örordning|formen"
    r"|ordningen|kungörelsen|kungörelse|instruktionen|stadgan|reglementet|tillkännagivandet|cirkuläret)"
)
_NAME = rf"(?:[\wåäöÅÄÖ]+-(?:,{_S}[\wåäö]+-)*{_S}(?:och|eller){_S})?[\wåäöÅÄÖ-]*{_END}s?(?!\w)"
_BRACKET = rf"{_S}?[(\[](?:SFS{_S}?)?(?P<number>{NUMBER})[)\]]"
_TITLE = rf"(?:{_S}(?:om|med|angående|för){_S}[^().;:§]{{3,200}}?)?"
_SAME = rf"(?:samma|nämnda|ovannämnda){_S}(?:lag|förordning|balk)(?!\w)"
_LINK = rf"(?:{_S}(?:i|av|till|enligt))?{_S}"
_PLACES_END = re.compile(rf"(?<![\w:/.,-]){PLACES}")
_AFTER = re.compile(
    rf"{_LINK}(?P<law>(?P<same>{_SAME})|(?P<series>[A-ZÅÄÖ][\wÅÄÖ-]*FS{_S}{NUMBER})"
    rf"|(?P<short>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{1,5}}(?!\w))"
    rf"|(?P<name>{_NAME})(?:(?P<title>{_TITLE}){_BRACKET}|{_S}(?P<loose>{NUMBER}))?)"
)
_BEFORE = re.compile(rf"(?P<name>{_NAME}|[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{1,5}})(?:{_BRACKET})?,?{_S}$")
# "6:11 BrB" and "BrB 6:11", read only for abbreviations that are known.
_SHORT = r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,4}"
_COLON_PLACE = re.compile(
    rf"(?<![\w:/])(?:(?P<place>\d{{1,3}}:\d{{1,3}}[a-z]?)[ \u00a0](?P<short>{_SHORT})(?!\w)"
    rf"|(?P<head>{_SHORT})[ \u00a0](?P<tail>\d{{1,3}}:\d{{1,3}}[a-z]?)(?![\w:/]))"
)
_DEFINED = re.compile(
    rf"\((?:SFS{_S})?(?P<number>{NUMBER})\)(?P<title>{_S}(?:om|med|angående){_S}[^.,;:()§]{{2,119}}[^.,;:()§\s])?"
    rf"(?:,{_S}(?:nedan{_S}|här{_S})?(?:förkortad|kallad)|{_S}\()?{_S}?(?P<short>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{1,4}})?(?!\w)"
)
_NAME_BEFORE = re.compile(rf"(?P<name>{_NAME}){_S}$")


@dataclass(frozen=True, slots=True)
class _Citation:
    """A citation being read: where it stands, the act, the places in it."""

    start: int
    end: int
    act: str
    certain: bool
    places: tuple[str, ...]


def find_places_in_law(text: str, *, year: int | None = None) -> tuple[Finding, ...]:
    """Citations of a law with chapter or section, the whole expression, sorted.

    Finds `5 kap. 15 § andra stycket utlänningslagen (2005:716)`, `4 kap. 1 a § brottsbalken`,
    `BrB 6 kap. 11 §`, `3 § samma lag`; the value is `SFS 2005:716 5:15 st2`, with the law's name
    where its number is not known, a list where several places are cited. A place without a law
    (`enligt 3 §`) is doubtful. `year` is that of the document: a name that several laws have had
    means the one of that time, and no law that is younger.
    """
    if not _MAY_CITE.search(text):
        return ()
    names, named = _names_in(text, year)
    found: list[Finding] = []
    last, done = (0, ""), 0
    for citation in sorted(_citations(text, names), key=lambda citation: citation.start):
        before = named[bisect_left(named, (citation.start, "")) - 1] if named else (0, "")
        if before[0] < citation.start:
            last = max(last, before)
        act = last[1] if citation.act == "same" else citation.act
        last = max(last, (citation.start, act)) if act else last
        if citation.start >= done:
            found.append(_finding(citation, act))
            done = citation.end
    return tuple(found)


def _citations(text: str, names: dict[str, str]) -> Iterator[_Citation]:
    done = 0
    for anchor in _anchors(text):
        place = _place_around(text, max(done, anchor - 60), anchor) if anchor >= done else None
        if place:
            citation = _with_law(text, place, names)
            done = max(citation.end, anchor + 1)
            yield citation
    for at in occurrences(text, (":",)):
        match = _COLON_PLACE.search(text, max(0, at - 10), at + 12)
        act = names.get(match["short"] or match["head"]) if match and at < match.end() else None
        if match and act:
            yield _Citation(*match.span(), act, True, (match["place"] or match["tail"],))


def _anchors(text: str) -> list[int]:
    """Where a "§" or a "kap" behind a blank stands; finding them first is fast."""
    return list(occurrences(text, ("§", " kap", "\u00a0kap")))


def _place_around(text: str, begin: int, anchor: int) -> re.Match[str] | None:
    """The leftmost run of places that covers the "§" or "kap." at `anchor`."""
    for match in _PLACES_END.finditer(text, begin, min(len(text), anchor + 200)):
        if match.start() <= anchor < match.end():
            # A date on the line above and the number of a minute, "§ 187", are no place.
            return match if "\n\n" not in match.group() else None
        if match.start() > anchor:
            return None
    return None


def _with_law(text: str, place: re.Match[str], names: dict[str, str]) -> _Citation:
    places = tuple(read_places(place.group()))
    after = _AFTER.match(text, place.end())
    if after and after["name"] and not (after["number"] or after["loose"]):
        titled = _titled(text, after, names)
        if titled:
            return _Citation(place.start(), titled[1], titled[0], bool(titled[0]), places)
    if after and (act := _act(after, names)):
        end = after.end()
        if after["short"] is None and after["title"] is not None and after["number"] is None:
            end = after.end("name")
        return _Citation(place.start(), end, act, True, places)
    before = _BEFORE.search(text, max(0, place.start() - 80), place.start())
    if before:
        name = _plain(before["name"])
        # "I lagens 5 §": the law cited last is meant.
        bare = "same" if name in _BARE and before["name"].endswith("s") else ""
        act = f"SFS {before['number']}" if before["number"] else names.get(name, bare)
        if act:
            return _Citation(before.start(), place.end(), act, True, places)
    return _Citation(place.start(), place.end(), "", False, places)


def _act(law: re.Match[str], names: dict[str, str]) -> str:
    """`SFS number`, a regulation's series and number, a law's name, "same", or ""."""
    if law["same"]:
        return "same"
    if law["series"]:
        return re.sub(r"\s+", " ", law["series"])
    number = law["number"] or law["loose"]
    if number:
        return f"SFS {number}"
    if law["short"]:
        unknown = law["short"] if law["short"].isupper() else ""
        return names.get(law["short"], unknown)
    name = _plain(law["name"])
    # A bare "lagen" names no law by itself: the one cited last is meant.
    return "same" if name in _BARE else names.get(name, name)


def _titled(text: str, law: re.Match[str], names: dict[str, str]) -> tuple[str, int] | None:
    """The act and the end of "lagen om anställningsskydd", None where no title follows."""
    start = law.start("name")
    if _plain(law["name"]) not in _BARE or not _TITLE_WORD.match(text, law.end("name")):
        return None
    words = _TITLE_WORDS.match(text, start)
    pieces = words.group().split(" ") if words else []
    for count in range(len(pieces), 2, -1):
        title = " ".join(pieces[:count])
        act = names.get(title.lower()) or _act_beginning(title.lower(), pieces[count:], names)
        if act:
            return act, start + len(title)
    return "", law.end("name")


def _act_beginning(title: str, behind: list[str], names: dict[str, str]) -> str | None:
    """The one act of the text whose title begins so: "lagen om skatt" after "(1990:1) om skatt på".

    None where more than one does, and where the words behind may go on with another title: only
    the end of the clause or a verb shows that the short title is whole.
    """
    if len(title.split(" ")) < _SHORT_TITLE or (behind and not _AFTER_TITLE.match(behind[0])):
        return None
    acts = {act for name, act in names.items() if name.startswith(f"{title} ")}
    return acts.pop() if len(acts) == 1 else None


_SHORT_TITLE = 3
_AFTER_TITLE = re.compile(
    r"(?:ska|skall|får|bör|kan|måste|är|var|har|hade|som|gäller|gällde|framgår|följer|anges"
    r"|regleras|finns|fanns|innebär|innehåller|behöver|föreskrivs|ändras|upphävs|trädde|träder)$"
)
_MAY_CITE = re.compile(r"§|kap|:\d")
_TITLE_WORD = re.compile(r"\s(?:om|med|angående|för)\s")
_TITLE_WORDS = re.compile(r"[\wåäöÅÄÖ-]+(?: [\wåäöÅÄÖ-]+){2,9}")
_BARE = {"lagen", "förordningen", "balken", "lag", "förordning"}


def _plain(name: str) -> str:
    """A law's name as the tables have it: lower case, single blanks, without the genitive."""
    words = re.sub(r"\s+", " ", name)
    if words.isupper() or (len(words) < 6 and words.lower() not in _BARE):
        return words
    words = words.lower()
    return words.removesuffix("s") if words.endswith(("ens", "ns", "rnas")) else words


def _finding(citation: _Citation, act: str) -> Finding:
    values = [f"{act} {place}" for place in citation.places] if act else list(citation.places)
    value = values[0] if len(values) == 1 else values
    span = Span(citation.start, citation.end)
    if act:
        return Finding("REFERENCE", span, value, "statutes.place.v1")
    reason = "lagen som paragrafen hör till anges inte"
    return Finding("REFERENCE", span, value, "statutes.place.v1", "doubtful", reason)


def _names_in(text: str, year: int | None) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Laws named in the text: number by name or abbreviation, and where each number stands.

    The well-known names are among the former.
    """
    names, named = dict(_known_names(year)), []
    for at in occurrences(text, ("(",)):
        match = _DEFINED.match(text, at)
        before = _NAME_BEFORE.search(text, max(0, at - 60), at) if match else None
        if match and before:
            _add_name(names, before["name"], match)
            named.append((at, f"SFS {match['number']}"))
    return names, named


def _add_name(names: dict[str, str], surface: str, match: re.Match[str]) -> None:
    name, act = _plain(surface), f"SFS {match['number']}"
    if match["title"] and name in _BARE:
        title = re.sub(r"\s+", " ", match["title"]).strip()
        names[f"{name} {title}".lower()] = act
    elif name not in _BARE:
        names[name] = act
    if match["short"]:
        names[match["short"]] = act


@cache
def _known_names(year: int | None) -> dict[str, str]:
    """Names and abbreviations to numbers, as they were understood in a year (None: today)."""
    laws: dict[str, list[tuple[int, str]]] = {}
    for row in read_rows("laws.tsv"):
        for name in (row["name"], row["abbreviation"]):
            if name:
                laws.setdefault(name, []).append((int(row["sfs"][:4]), f"SFS {row['sfs']}"))
    chosen = ((name, _law_of(numbers, year)) for name, numbers in laws.items())
    return {name: act for name, act in chosen if act}


def _law_of(numbers: list[tuple[int, str]], year: int | None) -> str | None:
    """The law meant in a year; None where the law came later, or changed that very year."""
    if year is None:
        return max(numbers)[1]
    issued = [number for number in numbers if number[0] <= year]
    if not issued or (len(issued) > 1 and year - max(issued)[0] < _TRANSITION):
        return None
    return max(issued)[1]


# A new law is seldom in force in the year of its number: both are cited by name for a while.
_TRANSITION = 2
