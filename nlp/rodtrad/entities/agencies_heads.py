"""Words that open a pattern: county boards, authorities of each county, courts in lists, classes.

The words and their kinds stand in `data/agencies-heads.tsv`.
"""

from __future__ import annotations

from rodtrad.datamodel import Span
from rodtrad.entities.agencies_context import ALL_BOARDS, AgencyContext
from rodtrad.entities.agencies_foreign import is_foreign
from rodtrad.entities.agencies_gazetteer import gazetteer
from rodtrad.entities.agencies_lexicon import Entry, Match
from rodtrad.entities.agencies_lists import boards_behind, counties, courts_behind, names_before
from rodtrad.entities.agencies_words import Words
from rodtrad.entities.finding import Finding

LABELLER = "agencies.gazetteer.v1"
_DISTRIBUTIVE = frozenset({"varje", "respektive", "berörd", "berörda", "annan", "en", "någon"})


def read_head(words: Words, match: Match, head: Entry, context: AgencyContext) -> list[Finding]:
    """What a word that opens a pattern stands for; empty when another reading must do.

    `head` is the entry of `agencies-heads.tsv` among the surfaces of `match`.
    """
    kind = head.type
    if is_foreign(words, match.first, match.last):
        return [foreign_body(words, match)]
    if kind.startswith("board-"):
        return _board(words, match, kind)
    if kind == "regional":
        return _regional(words, match, head, context)
    if kind.startswith("plural-"):
        return courts_behind(words, match, kind.removeprefix("plural-"))
    if kind.startswith("tail-"):
        return names_before(words, match, plural=kind.removeprefix("tail-")) or _class(match, head)
    if kind == "former-court":
        return _former_court(words, match)
    if kind == "own":
        return _issuer(match, head, context)
    return _part_or_class(match, head)


def foreign_body(words: Words, match: Match) -> Finding:
    """A look-alike that belongs to another country."""
    value = " ".join(words.text[match.start : match.end].split())
    at = Span(match.start, match.end)
    return Finding("ORGANISATION", at, value, LABELLER, detail={"kind": "foreign"})


def _doubtful(match: Match, value: str, reason: str, unit: str | None = None) -> Finding:
    at = Span(match.start, match.end)
    detail = {"unit": unit} if unit else None
    return Finding("AGENCY", at, value, LABELLER, "doubtful", reason, detail)


def _part_or_class(match: Match, head: Entry) -> list[Finding]:
    """Forms that a careful reader could leave out."""
    if head.type == "police-some":
        return [_doubtful(match, "Polismyndigheten", "obestämd form")]
    if head.type.startswith("unit-doubtful-"):
        owner = gazetteer().entries[head.type.removeprefix("unit-doubtful-")]
        return [_doubtful(match, owner.name, "del av en myndighet", head.name)]
    return _class(match, head)


def _class(match: Match, head: Entry) -> list[Finding]:
    """Several bodies under one word; of the courts' words only "domstolarna" is worth a doubt."""
    if head.type in {"tail-tingsrätt", "tail-hovrätt"}:
        return []
    return [_doubtful(match, head.name, "flera organ, inte en myndighet")]


def _issuer(match: Match, head: Entry, context: AgencyContext) -> list[Finding]:
    """ "Kammarrätten" in a reply of Kammarrätten i Göteborg: named by its kind only."""
    last = {"tingsrätten": "tingsrätt", "universitetet": "universitet"}.get(head.name, "-")
    issuer = context.issuer or ""
    if issuer.lower().startswith(head.name) or issuer.lower().endswith(" " + last):
        return [_doubtful(match, issuer, "dokumentets utfärdare utan namn")]
    return []


def _former_court(words: Words, match: Match) -> list[Finding]:
    """ "Katrineholms tingsrätt": a court that is in no table. Not: "Aktuell tingsrätt"."""
    before = match.first - 1
    if before < 0 or words.gap(match.first).strip() or not words.raw(before)[0].isupper():
        return []
    sentence_start = before == 0 or words.gap(before).strip()[-1:] in {".", "!", "?"}
    if sentence_start and not words.key(before).endswith("s"):
        return []
    at = Span(words.starts[before], match.end)
    return [Finding("AGENCY", at, f"{words.raw(before)} tingsrätt", LABELLER)]


def _board(words: Words, match: Match, kind: str) -> list[Finding]:
    boards = boards_behind(words, match, several=kind == "board-all")
    if boards:
        return boards
    at = Span(match.start, match.end)
    if kind == "board-all":
        return [Finding("AGENCY", at, ALL_BOARDS, LABELLER)]
    if kind == "board-some":
        return [_doubtful(match, ALL_BOARDS, "obestämd form")]
    distributive = words.key(match.first - 1) in _DISTRIBUTIVE or _in_that_county(words, match)
    detail = {"distributive": True} if distributive else None
    return [Finding("AGENCY", at, None, LABELLER, detail=detail)]


def _in_that_county(words: Words, match: Match) -> bool:
    """ "länsstyrelsen i det län där ...": each board for its county."""
    following = tuple(words.key(match.last + step) for step in (1, 2, 3))
    return following[0] == "i" and (
        following[1:] == ("det", "län") or following[1] in {"respektive", "varje", "länet"}
    )


def _regional(words: Words, match: Match, head: Entry, context: AgencyContext) -> list[Finding]:
    """ "Polismyndigheten i Skåne (län)" of the years when each county had its own.

    Without a date a name that one authority bears today is read as that one.
    """
    bears_today = any(surface.role == "agency" for surface in match.surfaces)
    if context.year is None and bears_today:
        return []
    if context.year is not None and head.end is not None and context.year > head.end:
        return []
    place = match.last + 2
    if words.key(match.last + 1) not in {"i", "för"} or place >= len(words):
        return []
    if not words.raw(place)[0].isupper() or words.gap(place).strip():
        return []
    last = _county_end(words, place)
    end = words.ends[last] - (words.key(last) == "läns")
    region = " ".join(words.text[words.starts[place] : end].split())
    value = f"{head.name[0].upper()}{head.name[1:]} i {region}"
    return [Finding("AGENCY", Span(match.start, end), value, LABELLER, detail={"until": head.end})]


def _county_end(words: Words, place: int) -> int:
    for length in (3, 2, 1):
        if tuple(words.keys[place : place + length]) in counties():
            after = place + length
            return after if words.key(after) in {"län", "läns"} else after - 1
    return place
