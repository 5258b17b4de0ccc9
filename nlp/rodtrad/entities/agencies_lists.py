"""Names that share a word: "Länsstyrelserna i Skåne och Hallands län", "Malmö och Umeå tingsrätter"

Each member of such a list is a finding of its own: the first (or last) one with the shared word in
its surface, the others with their own words only.
"""

from __future__ import annotations

from functools import cache

from rodtrad.datamodel import Span
from rodtrad.entities.agencies_gazetteer import gazetteer
from rodtrad.entities.agencies_lexicon import Entry, Match
from rodtrad.entities.agencies_words import Words, key_of
from rodtrad.entities.datafiles import read_rows
from rodtrad.entities.finding import Finding

_LINKS = frozenset({"och", "samt", "respektive", "eller"})
_PREPOSITIONS = frozenset({"i", "för", "över", "på", "vid", "of"})
_OTHER_BODIES = frozenset(
    {"universitet", "kommun", "kommuns", "stad", "stads", "tingsrätt", "högskola", "domkapitel"}
)
_SHARED_LAST = frozenset({"universitet", "tingsrätt", "hovrätt", "högskola"})
LABELLER = "agencies.shared-head.v1"


@cache
def counties() -> dict[tuple[str, ...], str]:
    """The words of a county ("västra götalands", "skåne") to the name of its board."""
    return {
        tuple(key_of(form).split()): row["name"]
        for row in read_rows("county_boards.tsv")
        for form in (row["genitive"], row["short"])
    }


def boards_behind(words: Words, head: Match, *, several: bool) -> list[Finding]:
    """The county boards named behind "länsstyrelsen", or "länsstyrelserna" (`several`).

    Forms: "Länsstyrelsen i Skåne län", "Länsstyrelsen Skåne", "Länsstyrelserna i Stockholms, Skåne
    och Västra Götalands län". Not: "Länsstyrelsen i Stockholm, Uppsala universitet" (one board).
    """
    place = head.last + 1
    if words.key(place) in _PREPOSITIONS and not words.gap(place).strip():
        place += 1
    elif words.key(place) and words.gap(place).strip() not in {"", ","}:
        return []
    items: list[tuple[int, int, str, bool]] = []
    while (item := _county(words, place)) is not None:
        items.append(item)
        following = _next_item(words, item[1] + 1)
        if following is None:
            break
        place = following
    items = items if several else _singular(items)
    shared = several or len(items) > 1
    return [
        _found(words, first if rank else head.first, _county_end(words, last), name, shared)
        for rank, (first, last, name, _) in enumerate(items)
    ]


def _singular(items: list[tuple[int, int, str, bool]]) -> list[tuple[int, int, str, bool]]:
    """A list behind the singular reaches to its first "län": "i Hallands, Kalmar och Skåne län"."""
    last = next((rank for rank, item in enumerate(items) if item[3]), 0)
    return items[: last + 1]


def _county(words: Words, first: int) -> tuple[int, int, str, bool] | None:
    for length in (3, 2, 1):
        keys = tuple(words.key(first + offset) for offset in range(length))
        name = counties().get(keys)
        if name is None or not words.raw(first)[0].isupper():
            continue
        after = words.key(first + length)
        if after in ("län", "läns"):
            return first, first + length, name, True
        if after in _OTHER_BODIES and not words.gap(first + length).strip():
            return None
        return first, first + length - 1, name, False
    return None


def _next_item(words: Words, place: int) -> int | None:
    """Where the next item of a list begins, None when the list ends at `place`."""
    if place >= len(words):
        return None
    gap = words.gap(place).strip().strip("-").strip()
    linked = words.key(place) in _LINKS
    if gap not in {"", ","} or not (linked or gap == ","):
        return None
    place += linked
    if words.key(place) in _PREPOSITIONS | {"länsstyrelsen"}:
        place += 1
    return place if place < len(words) else None


def _found(words: Words, first: int, end: int, value: str, shared: bool = True) -> Finding:
    """A finding from word `first` to offset `end`."""
    detail = {"shared_head": True} if shared else None
    return Finding("AGENCY", Span(words.starts[first], end), value, LABELLER, detail=detail)


def _county_end(words: Words, last: int) -> int:
    return words.ends[last] - (words.key(last) == "läns")


@cache
def _places(singular: str, *, genitive: bool = False) -> dict[str, Entry]:
    """Place to entry, for names such as "Kammarrätten i Göteborg" or "Lunds tingsrätt".

    With `genitive` only as it stands in the name ("lunds"), else without its s too.
    """
    found: dict[str, Entry] = {}
    for entry in gazetteer().entries.values():
        keys = key_of(entry.name).split()
        if keys[0] == singular and len(keys) > 2 and keys[1] in _PREPOSITIONS:
            found[" ".join(keys[2:])] = entry
        elif len(keys) == 2 and keys[1] == singular:
            found[keys[0]] = entry
            if not genitive:
                found.setdefault(keys[0].removesuffix("s"), entry)
    return found


def courts_behind(words: Words, head: Match, singular: str) -> list[Finding]:
    """Courts or universities listed behind a plural: "Förvaltningsrätterna i Malmö och Luleå"."""
    places = _places(singular)
    place = head.last + 1
    found: list[Finding] = []
    if words.key(place) not in _PREPOSITIONS:
        return found
    place += 1
    while (item := _place_at(words, place, places)) is not None:
        last, entry = item
        first = head.first if not found else place
        found.append(_found(words, first, words.ends[last], entry.name))
        following = _next_item(words, last + 1)
        if following is None:
            break
        place = following
    return found


def _place_at(words: Words, first: int, places: dict[str, Entry]) -> tuple[int, Entry] | None:
    for length in (3, 2, 1):
        if first + length > len(words):
            continue
        entry = places.get(" ".join(words.keys[first : first + length]))
        if entry is not None and words.raw(first)[0].isupper():
            return first + length - 1, entry
    return None


def names_before(words: Words, match: Match, *, plural: str = "") -> list[Finding]:
    """Names listed before a shared last word: "Göteborgs" in "Göteborgs och Lunds universitet".

    For a plural ("Malmö och Göteborgs tingsrätter", of the singular `plural`) the name next to the
    word is found too, with the word in its surface. Not: "Stockholm, Uppsala universitet".
    """
    if plural:
        places, place = _places(plural), match.first - 1
    else:
        shared = words.key(match.last).removesuffix("s")
        if shared.endswith("departementet"):
            return _ministries_before(words, match)
        if shared not in _SHARED_LAST or words.key(match.first - 1) not in _LINKS:
            return []
        places, place = _places(shared, genitive=True), _before(words, match.first)
    found: list[Finding] = []
    while place >= 0 and words.key(place) in places and words.raw(place)[0].isupper():
        end = match.end if plural and not found else words.ends[place]
        found.append(_found(words, place, end, places[words.key(place)].name))
        place = _before(words, place)
    return found[::-1]


def _ministries_before(words: Words, match: Match) -> list[Finding]:
    """ "Justitie" in "Justitie- och Finansdepartementet", where no ministry bears both names."""
    found: list[Finding] = []
    place = _before(words, match.first)
    while place >= 0 and words.gap(place + 1).startswith("-"):
        known = gazetteer().by_name.get(words.raw(place).capitalize() + "departementet")
        if known is None:
            break
        found.append(_found(words, place, words.ends[place], known.name))
        place = _before(words, place)
    return found[::-1]


def _before(words: Words, place: int) -> int:
    """The last word of the item before the item that begins at `place`; -1 when there is none."""
    gap = words.gap(place).strip().lstrip("-") if place >= 1 else "."
    if gap not in {"", ","}:
        return -1
    if gap == ",":
        return place - 1
    linked = words.key(place - 1) in _LINKS and place >= 2
    return place - 2 if linked and not words.gap(place - 1).strip().strip("-,") else -1
