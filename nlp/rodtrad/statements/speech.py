"""Whose words a sentence holds: the issuer's own, or those of somebody it reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, groupby

from rodtrad.statements.issuer import issuer_of, names_pattern, own_names
from rodtrad.statements.reading import Reading, Unit
from rodtrad.statements.vocabulary import first_cue

_SELF_REFERENCE = re.compile(
    r"\bi (?:årets|denna|detta|den här|det här|föreliggande)\s+\w*(?:rapport|redovisning|betänkande"
    r"|promemoria|remissvar|yttrande|svar)\w*",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:utredningen|utredaren|kommittén|regeringen|riksdagen|kommissionen|greta|direktivet"
    r"|betänkandet|promemorian|experter|forskare|civilsamhället|[A-ZÅÄÖ][\w-]*(?:myndigheten|verket"
    r"|styrelsen|rådet|inspektionen|universitet|förbundet|ombudsmannen|jouren))\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\w+s$", re.IGNORECASE)


def is_own_voice(sentence: str, verb: re.Match[str], own: frozenset[str]) -> bool:
    """Whether the issuer itself says what the verb says.

    The subject stands before the verb, or right behind it when the clause begins with something
    else ("Därför föreslår utredningen …"). A passive is the issuer's own unless the sentence names
    a source ("I utredningen … föreslås"). `own` are the folded names of the issuer.

    >>> own = frozenset({"polismyndigheten", "vi"})
    >>> text = "Det rekommenderar Jämställdhetsmyndigheten i en rapport."
    >>> is_own_voice(text, re.search("rekommenderar", text), own)
    False
    """
    pattern = names_pattern(own)
    if _SELF_REFERENCE.search(sentence):
        return True
    if is_reported(sentence) and not pattern.search(sentence[: verb.end()]):
        return False
    if _PASSIVE.fullmatch(verb.group().split()[0]):
        return True
    return _subject_is_own(sentence, verb, pattern)


def is_reported(sentence: str) -> bool:
    """Whether the sentence retells what somebody else says, or said before."""
    return first_cue("reported_speech", sentence) is not None


_ACCORDING = re.compile(
    r"\b[Ee]nligt\s+(?P<who>[A-ZÅÄÖ][\w-]+|regeringen|riksdagen|förarbetena|instruktionen|uppgift"
    r"|uppgifter|forskare|företrädare|(?:flera|många|vissa|några)\s+\w+)\b"
)


def is_attributed(sentence: str, own: frozenset[str]) -> bool:
    """Whether a sentence gives somebody else as its source ("är enligt Tullverket nödvändigt").

    >>> is_attributed("Det är enligt Tullverket nödvändigt.", frozenset({"kustverket"}))
    True
    """
    found = _ACCORDING.search(sentence) or _HOLDS.match(sentence)
    if found is None:
        return False
    who = found.group("who").casefold()
    return who not in own and who.removesuffix("s") not in own


# "Arbetsmiljöverket anser att avgifterna bör höjas" in another body's report.
_HOLDS = re.compile(
    r"^\W*(?P<who>[A-ZÅÄÖ][\w-]*(?:myndigheten|verket|styrelsen|rådet|inspektionen|nämnden|kassan"
    r"|förbundet|förbunden|ombudsmannen|institutet|organisationerna))\s+(?:\w+\s+){0,2}?"
    r"(?:anser|menar|bedömer|framhåller|påpekar|uppger|tycker|önskar|efterlyser|konstaterar)\b"
)


def _subject_is_own(sentence: str, verb: re.Match[str], own: re.Pattern[str]) -> bool:
    before = _clause_before(sentence[: verb.start()])
    behind = " ".join(sentence[verb.end() :].split()[:6])
    if own.search(verb.group()):
        return True
    nearest = _last(own, before), _last(_OTHERS, before)
    if nearest != (-1, -1):
        return nearest[0] >= nearest[1]
    inverted = own.match(behind), _OTHERS.match(behind)
    if inverted[0]:
        return True
    return not inverted[1]


def _clause_before(text: str) -> str:
    """The words since the clause began (a comma before a capital does not begin one)."""
    return re.split(r"[;:]|,\s+(?:men|och|samt|där|som|vilket|eftersom|då)\s", text)[-1]


def _last(pattern: re.Pattern[str], text: str) -> int:
    found = [m.start() for m in pattern.finditer(text)]
    return found[-1] if found else -1


def names_subject(sentence: str, verb: re.Match[str], own: frozenset[str]) -> bool:
    """Whether the issuer stands in the sentence as the subject of the verb, by name."""
    pattern = names_pattern(own)
    before = sentence[: verb.start()]
    behind = " ".join(sentence[verb.end() :].split()[:5])
    if _PASSIVE.fullmatch(verb.group().split()[0]):
        return False
    return any(pattern.search(text) for text in (before, verb.group(), behind))


_OTHERS_OPINION = re.compile(
    r"^(?:reservation|särskil(?:t|da) (?:yttrande|uttalande)|ersättaryttrande"
    r"|(?:ärendets )?beredning\b|remiss(?:behandling|sammanställning)|inkomna (?:svar|yttranden))",
    re.IGNORECASE,
)
# "Reservation anfördes av N.N. (V) enligt följande."
_MEMBERS = re.compile(
    r"^\W*(?:reservation(?:er)?|särskil(?:t|da) (?:yttrande|uttalande)\w*|ersättaryttrande)\s+"
    r"(?:an|in|av)?\w*(?:fördes|mäldes|lämnades|gavs|har|av)\b",
    re.IGNORECASE,
)


def own_units(reading: Reading) -> list[Unit]:
    """The sentences of the body itself.

    Not those of its members (reservations, statements of their own, from the line that announces
    them to the end of the section), nor the answers that its committees gave while the matter was
    prepared ("Beredning"), nor the points of a list that others are told to say, nor what stands
    inside somebody's quotation marks.
    """
    members: set[int | None] = set()
    own = own_names(reading)
    lead = ""
    found = []
    retold = _told_of_organs(reading)
    for unit in _outside_quotations(reading):
        if _MEMBERS.match(unit.line):
            members.add(unit.section)
        if unit.kind != "list_item":
            lead = unit.line
        elif leads_foreign(lead, own):
            continue
        told = unit.section in members or tells_others_opinion(reading, unit)
        if not told and unit.block not in retold:
            found.append(unit)
    return found


# "Omsorgsnämnden har den 14 maj, § 8, yttrat sig över förslaget. Nämnden avstyrker …".
_ORGAN_ANSWERED = re.compile(
    r"^\W*(?P<who>(?:[A-ZÅÄÖ][\w-]+,?\s+(?:(?:och|samt)\s+)?){0,3}[\w-]*"
    r"(?:nämnden|utskottet|beredningen|förvaltningen|kontoret|styrelsen))\s+"
    r"har\b[^.;]{0,60}?\b(?:yttrat sig|svarat|tagit ställning"
    r"|(?:lämnat|avgett|avgivit|inkommit med|överlämnat)\s+(?:\w+\s+){0,2}?"
    r"(?:yttrande|synpunkter|svar))\b",
    re.IGNORECASE,
)
# Who decides on the reply of a municipality or a region.
_DECIDES = re.compile(
    r"\b(?P<who>(?:kommun|region|landstings)(?:styrelsen|fullmäktige))s?\s+(?:beslutar|beslut)\b",
    re.IGNORECASE,
)


def _told_of_organs(reading: Reading) -> frozenset[int]:
    """The paragraphs that tell what another organ of the municipality answered, by their numbers.

    Only where its board or assembly decides on the reply, and never one that it answers itself.
    """
    decides = {m["who"].casefold() for u in reading.units for m in _DECIDES.finditer(u.line)}
    decides |= {m["who"].casefold() for s in reading.sections for m in _DECIDES.finditer(s.title)}
    if not decides:
        return frozenset()
    own = issuer_of(reading).casefold()
    told = ((u.block, _ORGAN_ANSWERED.match(u.line)) for u in reading.units)
    named = ((block, m["who"].casefold()) for block, m in told if m)
    return frozenset(b for b, who in named if who not in decides and who not in own)


def tells_others_opinion(reading: Reading, unit: Unit) -> bool:
    """Whether a unit stands under a heading of others' views ("Reservation", "Beredning")."""
    return any(_OTHERS_OPINION.match(s.title) for s in reading.ancestors(unit.section))


_MARKS = re.compile(r"[\"”“»«]")


def _outside_quotations(reading: Reading) -> Iterator[Unit]:
    """The sentences that do not begin inside a quotation ('X berättar: "Jag … Y borde …"').

    A paragraph whose marks do not pair tells nothing of where a quotation ends.
    """
    for _, block in groupby(reading.units, key=lambda unit: unit.block):
        units = list(block)
        marks = [len(_MARKS.findall(unit.text)) for unit in units]
        for unit, before in zip(units, accumulate(marks, initial=0), strict=False):
            if before % 2 == 0 or sum(marks) % 2:
                yield unit


_TELL = re.compile(
    r"\b(?:uppger|anger|menar|anser|tycker|framhåller|påpekar|föreslår|önskar|efterfrågar|efterlyser"
    r"|lyfter|nämner|svarar|framför|uppgav|ansåg|menade|nämndes|nämnts|framförts|framkommit)\b"
    r"[^.]*(?::|\batt)\W*$",
    re.IGNORECASE,
)


def leads_foreign(lead: str, own: frozenset[str]) -> bool:
    """Whether the words before a list say that others say its points.

    >>> own = frozenset({"vi", "nämnden"})
    >>> leads_foreign("Kommunerna uppger att", own), leads_foreign("Därför föreslår vi att", own)
    (True, False)
    """
    return _TELL.search(lead) is not None and not names_pattern(own).search(lead)
