"""Who speaks in a document, and by which words it names itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rodtrad.entities import canonical_name
from rodtrad.statements.reading import Reading, asked_once

_INQUIRY_KINDS = frozenset(
    {"sou", "ds", "delbetänkande", "betänkande", "slutbetänkande", "promemoria", "utredning"}
)
_BILLS = frozenset({"proposition", "lagrådsremiss"})
_INQUIRY_NAMES = (
    "utredningen",
    "utredaren",
    "kommittén",
    "delegationen",
    "kommissionen",
    "jag",
)
_HEADS = (
    "myndigheten|verket|institutet|rådet|styrelsen|universitetet|högskolan|nämnden|inspektionen"
    "|domstolen|tingsrätten|hovrätten|kammarrätten|förvaltningsrätten|ombudsmannen|föreningen"
    "|förbundet|organisationen|stiftelsen|kommunen|regionen|länsstyrelsen|kansliet|centrumet"
    "|samfundet|kåren|fonden|banken|kassan|kyrkan|nätverket|plattformen|förbundet|akademin"
)
_TAIL = re.compile(rf"(?:^|\w)(?P<head>{_HEADS})$", re.IGNORECASE)
_INDEFINITE = {
    "kommun": "kommunen",
    "region": "regionen",
    "universitet": "universitetet",
    "tingsrätt": "tingsrätten",
    "hovrätt": "hovrätten",
    "förbund": "förbundet",
    "förening": "föreningen",
    "institut": "institutet",
    "högskola": "högskolan",
    "samfund": "samfundet",
    "nämnd": "nämnden",
    "verk": "verket",
    "råd": "rådet",
    "organisation": "organisationen",
    "styrelse": "styrelsen",
    "kollegium": "kollegiet",
    "kammarrätt": "kammarrätten",
    "förvaltningsrätt": "förvaltningsrätten",
    "domstol": "domstolen",
    "stiftelse": "stiftelsen",
    "nätverk": "nätverket",
    "centrum": "centrumet",
    "kansli": "kansliet",
    "akademi": "akademin",
    "stift": "stiftet",
    "landsting": "landstinget",
    "bolag": "bolaget",
    "institution": "institutionen",
    "fakultet": "fakulteten",
    "stad": "staden",
    "delegation": "delegationen",
    "kommitté": "kommittén",
    "inspektion": "inspektionen",
}


def issuer_of(reading: Reading) -> str:
    """The issuer's name from the metadata, without the ministry in brackets; "okänd" if unknown."""
    name = _written(reading) or "okänd"
    return re.sub(r"\s*\([^)]*\)\s*$", "", name).strip() or "okänd"


def _written(reading: Reading) -> str:
    return reading.document.get("issuer") or ""


# "European Committee for the Prevention of Torture (CPT)", "ROKS – Riksorganisationen för …"; not
# "(Justitiedepartementet)".
_IN_BRACKETS = re.compile(r"\((?P<name>[A-ZÅÄÖ]{3,8})\)|^(?P<first>[\wåäöÅÄÖ-]{3,30}) [–—-] ")


@asked_once
def own_names(reading: Reading) -> frozenset[str]:
    """The words, folded, by which the document's issuer speaks of itself.

    The full name, its first word ("Länsstyrelsen i X län" → "länsstyrelsen"), the definite head
    ("Institutet för …" → "institutet", "Migrationsverket" → "verket"), an acronym that the text
    uses for it, "vi", "myndigheten", and in an inquiry's report "utredningen" and its like.
    """
    issuer = issuer_of(reading)
    names = {"vi", *self_names(issuer)}
    names.update(
        m.surface.casefold()
        for m in reading.mentions
        if m.type == "AGENCY" and str(m.value).casefold() == issuer.casefold()
    )
    if is_inquiry(reading):
        names.update(_INQUIRY_NAMES)
    if reading.document.kind.casefold() in _BILLS:
        names.add("regeringen")
    if reading.document.kind == "remissvar":
        names.update(("jag", *_subjects(reading)))
    names.update(_acronyms(reading, issuer))
    bracketed = _IN_BRACKETS.finditer(_written(reading))
    names.update((m["name"] or m["first"]).casefold() for m in bracketed)
    names.update(_by_role(reading))
    return frozenset(names)


def is_inquiry(reading: Reading) -> bool:
    """Whether a document is an inquiry's report, by its kind."""
    return reading.document.kind.casefold() in _INQUIRY_KINDS


# "Polismyndigheten är nationell rapportör", "organisationerna bakom rapporten".
_ROLE = re.compile(
    r"\b(?:är|utgör|fungerar som|uppdrag som|rollen som|egenskap av)\s+(?:[\w-]+\s+){0,3}?"
    r"(?P<role>rapportör|samordnare|utredare|ombudsman|expertgrupp|arbetsgrupp)\b"
    r"|\b(?P<authors>\w+(?:na|en|et))\s+bakom\s+(?:den här |denna )?(?:skugg)?rapport(?:en)?\b",
    re.IGNORECASE,
)
_DEFINITE = {"rapportör": "rapportören", "samordnare": "samordnaren", "utredare": "utredaren"}


def _by_role(reading: Reading) -> set[str]:
    """What the body of a report calls itself by its task, where that is told near its name."""
    if reading.document.kind.casefold() in {"remissvar", *_BILLS}:
        return set()
    found = [(u, m) for u in reading.units for m in _ROLE.finditer(u.text)]
    issuer = issuer_of(reading)
    own = names_pattern(self_names(issuer) | {"vi"})
    told = (m["role"] for u, m in found if issuer == "okänd" or own.search(u.text))
    roles = {role.casefold() for role in told if role}
    authors = {m["authors"].casefold() for _, m in found if m["authors"]}
    return authors | {_DEFINITE.get(role, f"{role}en") for role in roles}


_ACRONYM = re.compile(r"\b(?P<name>[A-ZÅÄÖ]{2,6})(?=s?\b)")


def _acronyms(reading: Reading, issuer: str) -> set[str]:
    """The short forms in capitals made of letters of the issuer's name ("SKR", "IMY").

    Its letters stand in the name in their order, the first ones first; a known agency's acronym
    ("JO" in a report about the ombudsman) counts only where it is the issuer's.
    """
    if issuer == "okänd":
        return set()
    used = {m.group("name") for u in reading.units for m in _ACRONYM.finditer(u.text)}
    return {
        name.casefold()
        for name in used
        if _is_acronym_of(name, issuer) and canonical_name(name) in (None, issuer)
    }


def _is_acronym_of(name: str, issuer: str) -> bool:
    """
    >>> _is_acronym_of("SKR", "Sveriges Kommuner och Regioner"), _is_acronym_of("EU", "Region Eds")
    (True, False)
    """
    letters = iter(issuer.casefold())
    in_order = all(letter in letters for letter in name.casefold())
    return in_order and name[0].casefold() == issuer[0].casefold()


# Sentences in which only the replying body can be the subject.
_TAKES_A_STAND = re.compile(
    r"^(?P<name>[A-ZÅÄÖ][\wåäö-]+)\s+(?:(?:kan|vill|måste)\s+(?:\w+\s+){0,6}?)?"
    r"(?:tillstyrk(?:er|a)|avstyrk(?:er|a)|instämm(?:er|a)|välkomnar|avstår|förordar|motsätter sig"
    r"|har (?:inget|ingenting|inga|ingen|inte)|ser (?:inga|positivt)|ställ(?:er|a) sig|delar"
    r"|är (?:positiv|tveksam|kritisk|negativ)\w*"
    r"|anser|tycker|menar|uppmanar|föreslår)\b"
)


def _subjects(reading: Reading) -> set[str]:
    """The definite nouns by which a reply names its body where it takes a stand ("Nämnden …").

    A name that belongs to a known agency is not one: the reply may tell what another thinks.
    """
    found = (_TAKES_A_STAND.match(u.line) for u in reading.units)
    called = issuer_of(reading).casefold().split()
    names = {
        m.group("name")
        for m in found
        if m and (_TAIL.search(m.group("name")) or m.group("name").casefold() in called)
    }
    return {name.casefold() for name in names if canonical_name(name) is None}


def self_names(issuer: str) -> frozenset[str]:
    """The short forms that follow from an issuer's name.

    >>> sorted(self_names("Institutet för mänskliga rättigheter"))
    ['institutet', 'institutet för mänskliga rättigheter']
    """
    folded = issuer.casefold()
    if folded in ("", "okänd"):
        return frozenset({"myndigheten"})
    names = {folded}
    words = folded.split()
    tail = _TAIL.search(words[0])
    if tail:
        names.update({words[0], tail.group("head")})
    named = next((found for w in words if (found := _TAIL.search(w))), None)
    if named and not tail:
        names.update({named.string, named.group("head")})
    for word in words:
        for ending, definite in _INDEFINITE.items():
            if word.endswith(ending):
                names.update((definite, word[: -len(ending)] + definite))
    if tail and tail.group("head") in ("verket", "styrelsen", "inspektionen", "rådet", "kassan"):
        names.add("myndigheten")
    if words[0].endswith("myndigheten"):
        names.add("myndigheten")
    return frozenset(names)


@lru_cache(maxsize=64)
def names_pattern(names: frozenset[str]) -> re.Pattern[str]:
    """A pattern for any of the names as whole words, longest first."""
    ordered: Iterable[str] = sorted(names, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(n) for n in ordered) + r")\b", re.IGNORECASE)
