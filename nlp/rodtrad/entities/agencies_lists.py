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
_PREPOSITIONS = frozenset({"i", "för", "över", "på", "vid"})
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


def boards_behind(words: Words, head: Match) -> list[Finding]:
    """The county boards named behind "länsstyrelsen"/"länsstyrelserna"; empty when none is.

    Forms: "Länsstyrelsen i Skåne län", "Länsstyrelsen Skåne", "Länsstyrelserna i Stockholms, Skåne
    och Västra Götalands län". Not: "Länsstyrelsen i Stockholm, Uppsala universitet" (one board).
    """
    several = head.surfaces[0].entry.type == "board-all"
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
    if not several:
        items = _singular(items)
    return [
        _found(words, head.first if rank == 0 else first, last, name, several or len(items) > 1)
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


def _found(words: Words, first: int, last: int, value: str, shared: bool) -> Finding:
    end = words.ends[last] - (words.key(last) == "läns")
    return Finding(
        "AGENCY",
        Span(words.starts[first], end),
        value,
        LABELLER,
        detail={"shared_head": True} if shared else None,
    )


@cache
def _places(singular: str) -> dict[str, Entry]:
    """Place to entry, for names such as "Kammarrätten i Göteborg" or "Malmö tingsrätt"."""
    found: dict[str, Entry] = {}
    for entry in gazetteer().entries.values():
        keys = key_of(entry.name).split()
        if keys[0] == singular and len(keys) > 2 and keys[1] in _PREPOSITIONS:
            found[" ".join(keys[2:])] = entry
        elif len(keys) == 2 and keys[1] == singular:
            found[keys[0]] = entry
            found.setdefault(keys[0].removesuffix("s"), entry)
    return found


def courts_behind(words: Words, head: Match) -> list[Finding]:
    """Courts or universities listed behind a plural: "Förvaltningsrätterna i Malmö och Luleå"."""
    places = _places(head.surfaces[0].entry.type.removeprefix("plural-"))
    place = head.last + 1
    found: list[Finding] = []
    if words.key(place) not in _PREPOSITIONS:
        return found
    place += 1
    while (item := _place_at(words, place, places)) is not None:
        last, entry = item
        first = head.first if not found else place
        found.append(_found(words, first, last, entry.name, True))
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


def names_before(words: Words, match: Match) -> list[Finding]:
    """Names listed before a shared last word: "Göteborgs" in "Göteborgs och Lunds universitet".

    For a plural ("Malmö och Göteborgs tingsrätter") the name next to the word is found too, with
    the word in its surface.
    """
    entry = match.surfaces[0].entry
    found: list[Finding] = []
    if entry.type.startswith("tail-"):
        places = _places(entry.type.removeprefix("tail-"))
        place = match.first - 1
        last = match.last
    else:
        shared = words.key(match.last).removesuffix("s")
        if shared not in _SHARED_LAST:
            return found
        places = _places(shared)
        place, last = _before(words, match.first), -1
    while place is not None and place >= 0:
        known = places.get(words.key(place))
        if known is None or not words.raw(place)[0].isupper():
            break
        found.append(_found(words, place, last if last >= 0 else place, known.name, True))
        last = -1
        place = _before(words, place)
    return found[::-1]


def _before(words: Words, place: int) -> int:
    """The last word of the item before the item that begins at `place`; -1 when there is none."""
    if place < 1 or words.gap(place).strip() not in {"", ","}:
        return -1
    if words.gap(place).strip() == ",":
        return place - 1
    linked = words.key(place - 1) in _LINKS and place >= 2
    return place - 2 if linked and not words.gap(place - 1).strip().strip("-,") else -1
