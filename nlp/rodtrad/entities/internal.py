"""What points inside a document or an instrument: sections, articles, appropriations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rodtrad.datamodel import Section, Span
from rodtrad.entities.finding import Finding
from rodtrad.entities.scanning import occurrences

_G = r"(?:[ \t\n\u00a0]{1,3})"
_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,4}"
_SECTION = re.compile(
    rf"(?:[Aa]vsnitt(?:en|et)?|[Kk]apitel|[Kk]apitlen|[Ss]ection|[Cc]hapter){_G}"
    rf"(?P<list>{_NUMBER}(?:(?:,|{_G}och|{_G}samt|{_G}and){_G}{_NUMBER})*)(?![\d:/%])"
)
# "artikel 9 i dataskyddsförordningen": the letter i with a word behind it is a preposition.
_PLACE = r"\d{1,3}(?:[ ]?(?!i[ \n])[a-z](?!\w))?(?:\.\d{1,3})*(?:\.[a-z](?!\w))?(?:\([a-z0-9]+\))*"
_ARTICLE = re.compile(
    rf"(?:[Aa]rti(?:kel|klarna|keln|cle|cles)|[Aa]rt\.){_G}(?P<list>{_PLACE}"
    rf"(?:(?:,|{_G}och|{_G}samt|{_G}and|–|-)[ \t\n\u00a0]{{0,3}}{_PLACE})*)"
)
_APPROPRIATION = re.compile(
    r"(?:[Rr]am)?anslag(?:et|en)?[ \u00a0\n](?P<number>\d{1,2}:\d{1,3})(?!\d)"
    r"(?:[^.;()]{0,90}?anslagspost(?:en)?[ \u00a0](?P<item>\d{1,3}))?"
)


def find_internal(text: str, *, sections: Sequence[Section] = ()) -> tuple[Finding, ...]:
    """References to sections and chapters of the same text, type INTERNAL_REFERENCE, sorted.

    The value is the section's number, `detail["section"]` its index among `sections`; a number
    that no section has is doubtful. Finds `avsnitt 4.3.17`, `avsnitten 4.1 och 4.2` (a list);
    not `kap. 4` of a law.
    """
    numbers = {section.number: section.index for section in sections if section.number}
    return tuple(_internal(match, numbers) for match in _near(text, _SECTION, _SECTION_NEEDLES))


def find_articles(text: str) -> tuple[Finding, ...]:
    """Articles of treaties and union acts, type ARTICLE, sorted.

    The value is the article ("11.1"), a list where several are named. Finds `artikel 11.1`,
    `artiklarna 17–22`, `Article 10(2)`; the instrument itself is a REFERENCE of its own.
    """
    return tuple(_article(match) for match in _near(text, _ARTICLE, ("rti", "Art", "art.")))


def find_appropriations(text: str) -> tuple[Finding, ...]:
    """Appropriations of the state budget, type APPROPRIATION, sorted.

    Finds `anslaget 1:15 Konkurrenskraftig livsmedelssektor, anslagspost 6` (value `anslag 1:15
    anslagspost 6`); not `3:1` without *anslag*.
    """
    found = []
    for match in _near(text, _APPROPRIATION, ("nslag",)):
        item = f" anslagspost {match['item']}" if match["item"] else ""
        value = f"anslag {match['number']}{item}"
        found.append(Finding("APPROPRIATION", Span(*match.span()), value, "appropriations.v1"))
    return tuple(found)


_SECTION_NEEDLES = ("vsnitt", "apit", "ection", "hapter")


def _near(text: str, pattern: re.Pattern[str], needles: Sequence[str]) -> Iterator[re.Match[str]]:
    done = 0
    for at in occurrences(text, needles):
        match = pattern.search(text, max(done, at - 4), min(len(text), at + 160))
        if match and match.start() <= at < match.end():
            done = match.end()
            if match.start() == 0 or not text[match.start() - 1].isalnum():
                yield match


def _internal(match: re.Match[str], numbers: dict[str, int]) -> Finding:
    named = re.findall(_NUMBER, match["list"])
    value = named[0] if len(named) == 1 else named
    indexes = [numbers.get(number) for number in named]
    span = Span(*match.span())
    if None in indexes:
        reason = "inget avsnitt i dokumentet har numret"
        return Finding("INTERNAL_REFERENCE", span, value, "internal.v1", "doubtful", reason)
    detail = {"section": indexes[0] if len(indexes) == 1 else indexes}
    return Finding("INTERNAL_REFERENCE", span, value, "internal.v1", detail=detail)


def _article(match: re.Match[str]) -> Finding:
    places = [re.sub(r"\s", "", place) for place in re.split(r",|och|samt|and", match["list"])]
    value = places[0] if len(places) == 1 else places
    return Finding("ARTICLE", Span(*match.span()), value, "articles.v1")
