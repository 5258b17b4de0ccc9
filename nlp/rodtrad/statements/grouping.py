"""Which sentences of a section state the same proposal, which only announce another section's.

Sentences of one section that state the same proposal are one recommendation. The formal sentence
(the issuer named as subject) is its quote; what precedes it in the section leads up to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rodtrad.datamodel import Section
from rodtrad.statements.reading import Reading, Unit, words
from rodtrad.statements.vocabulary import Cue, spelled_out

WEAK = frozenset({"P05", "P06", "P07", "P09", "P10"})
BOX = re.compile(
    r"^\W*(?:(?:regeringens?|promemorians?|utredningens?|kommitténs?|utredarens|delegationens|vår|vårt|våra|min|mitt|mina|myndighetens)\s+)?"
    r"(?:förslag|rekommendation(?:er)?|bedömning(?:ar)?)(?:\s*\d+)?\s*:",
    re.IGNORECASE,
)
BODIES = (
    r"(?:{ACTORS}|sverige|EU|länsstyrelserna|[A-ZÅÄÖ][\w-]*(?:myndigheten|verket|styrelsen|rådet"
    r"|inspektionen|nämnden|kassan|förmedlingen|ombudsmannen|institutet|universitetet|departementet))"
)

# "Domstolsverket bör erbjuda …": a sentence that begins with who should do something.
WHO_SHOULD = re.compile(
    spelled_out(
        rf"^\W*(?:[\w-]+\s+){{0,3}}?(?P<who>{BODIES})\b(?:\s(?:och|samt)\s[\w-]+)?\s+"
        r"(?:bör|borde|ska|skall|måste|behöver|uppmanas|rekommenderas"
        r"|(?:ges|får) (?:\w+ )?i uppdrag)\b"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Demand:
    """One sentence that asks for something: how strongly, and whether formally.

    `doubt` is why it may ask for nothing, "" where it does ask.
    """

    unit: Unit
    cue: Cue
    formal: bool
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One recommendation before it is written out: the formal sentence first."""

    formal: Demand
    sentences: tuple[Demand, ...]
    section: int | None
    addressee: str | None = None


def grouped(
    demands: Sequence[Demand], index: int | None, own: frozenset[str], *, boxed: bool
) -> list[Proposal]:
    """The demands of a section as proposals: each with the sentences that state the same."""
    formal = [d for d in demands if d.formal]
    if not formal or boxed:
        return _by_paragraph(demands, index, boxed=boxed)
    taken: dict[int, list[Demand]] = {number: [] for number in range(len(formal))}
    alone: list[Demand] = []
    for demand in demands:
        number = _owner(demand, demands, formal, own)
        if number is None:
            alone.append(demand)
        else:
            taken[number].append(demand)
    found = [Proposal(head, tuple(taken[n]), index) for n, head in enumerate(formal)]
    found += [Proposal(demand, (demand,), index) for demand in alone]
    return sorted(found, key=lambda p: p.formal.unit.at)


def _owner(
    demand: Demand, demands: Sequence[Demand], formal: Sequence[Demand], own: frozenset[str]
) -> int | None:
    """The formal sentence a demand belongs to: the next one, else the last; None for none.

    An outright proposal ("föreslås även …") leads up to the formal one. A mere "bör" or "behöver",
    or anything beside an undertaking of the issuer's own, belongs to it only when they share words.
    """
    if demand.formal:
        return formal.index(demand)
    place = demands.index(demand)
    later = [n for n, head in enumerate(formal) if demands.index(head) > place]
    number = later[0] if later else len(formal) - 1
    head = formal[number]
    if _ADDS.search(demand.unit.line) or place > demands.index(head):
        return None
    shared = nouns(demand.unit.line) & nouns(head.unit.line)
    shared -= frozenset(name[:6] for name in own)
    who = WHO_SHOULD.match(demand.unit.line)
    shared -= nouns(who["who"]) if who else frozenset()
    return number if shared else None


def nouns(text: str) -> frozenset[str]:
    """The first six letters of words of six or more, without those of any administrative text."""
    return frozenset(w[:6] for w in words(text) if len(w) >= 6) - _COMMON


_COMMON = frozenset(
    [
        "regeri",
        "myndig",
        "förslå",
        "föresl",
        "förslag",
        "uppdra",
        "insats",
        "åtgärd",
        "därför",
        "därutö",
    ]
)


def _by_paragraph(demands: Sequence[Demand], index: int | None, *, boxed: bool) -> list[Proposal]:
    """Without a formal sentence, what a paragraph demands of one thing is one recommendation."""
    groups: list[list[Demand]] = []
    for demand in demands:
        if groups and _goes_on(demand, groups[-1], boxed=boxed):
            groups[-1].append(demand)
        else:
            groups.append([demand])
    return [_paragraph(found, index) for found in groups]


_ADDS = re.compile(
    r"^\W*(?:vidare|därutöver|dessutom|därtill|därjämte|även|samtidigt|ett \w+ steg)\b"
    r"|\b(?:bör|behöver|måste|föreslås|föreslår|är det|det är|behövs)\s+(?:\w+\s+){0,2}?"
    r"(?:också|även|vidare|dessutom|därutöver)\b",
    re.IGNORECASE,
)


def _names_others(sentence: str, before: Sequence[str]) -> bool:
    """Whether a sentence begins with another body that should act than the last before it did."""
    this = WHO_SHOULD.match(_unlabelled(sentence))
    named = [one for one in map(_unlabelled, before) if WHO_SHOULD.match(one)]
    if this is None or not named:
        return False
    return this["who"].casefold() not in named[-1].casefold()


def _unlabelled(sentence: str) -> str:
    """A sentence without the label of its box ("Utredningens rekommendation: …")."""
    return BOX.sub("", sentence).strip()


def _goes_on(demand: Demand, group: Sequence[Demand], *, boxed: bool) -> bool:
    """Whether a sentence states the demand of the sentences before it in other words.

    In a box all do but one that names others who should act ("A ska … B ska …"); elsewhere those
    of the same paragraph that share a noun with the last and add nothing ("Vidare bör …").
    """
    before = group[-1]
    if demand.unit.block != before.unit.block:
        return False
    if boxed:
        return not _names_others(demand.unit.line, [one.unit.line for one in group])
    shared = nouns(demand.unit.line) & nouns(before.unit.line)
    enough = len(shared) >= _SHARED or (shared and _POINTS_BACK.match(demand.unit.line))
    return bool(enough) and not _ADDS.search(demand.unit.line)


_SHARED = 2
_POINTS_BACK = re.compile(
    r"^\W*(?:det|detta|den|denna|dessa|en sådan|ett sådant|därför|i det|i den)\b", re.IGNORECASE
)


def _paragraph(demands: Sequence[Demand], index: int | None) -> Proposal:
    """The head is the first outright proposal, else the first that recommends, else the first."""
    outright = [d for d in demands if d.cue.id not in WEAK]
    stated = [d for d in demands if d.cue.label == "recommend"]
    head = next(iter((*outright, *stated)), demands[0])
    return Proposal(head, tuple(demands), index)


def without_announcements(reading: Reading, found: Sequence[Proposal]) -> list[Proposal]:
    """Leave out what only announces the subject of another section that has its own proposal."""
    topic = _stems(reading.document.title)
    titled = {p.section: reading.sections[p.section] for p in found if p.section is not None}
    kept = []
    for proposal in found:
        if proposal.formal.formal:
            kept.append(proposal)
            continue
        rest = _after_announcements(proposal, titled, topic)
        if rest:
            kept.append(_paragraph(rest, proposal.section))
    return kept


_THEREFORE = re.compile(r"^\W*(?:därför|av den anledningen|mot (?:den )?bakgrund)", re.IGNORECASE)


def _after_announcements(
    proposal: Proposal, titled: dict[int, Section], topic: frozenset[str]
) -> list[Demand]:
    """The demands without those that announce, lead up to it ("… Därför föreslås") or go on.

    `topic` are the stems of the document's title: sharing them ties nothing together.
    """
    demands, index = proposal.sentences, proposal.section
    gone: set[int] = set()
    for number, demand in enumerate(demands):
        if not _announces(demand, titled, index):
            continue
        gone.add(number)
        if _THEREFORE.match(demand.unit.line) and number:
            gone.add(number - 1)
        follower = demands[number + 1] if number + 1 < len(demands) else None
        if follower and (_stems(demand.unit.line) & _stems(follower.unit.line)) - topic:
            gone.add(number + 1)
    return [d for number, d in enumerate(demands) if number not in gone]


def _stems(text: str) -> frozenset[str]:
    """The first nine letters of long words: enough to know a noun again in another form."""
    return frozenset(w[:9] for w in words(text) if len(w) >= 9)


def _announces(demand: Demand, titled: dict[int, Section], own: int | None) -> bool:
    if demand.formal:
        return False
    said = words(demand.unit.line)
    for index, section in titled.items():
        subject = words(section.title) - {"införande", "inrättande", "för", "och", "nya", "nytt"}
        if index != own and len(subject) >= 2 and subject <= said:
            return True
    return False
