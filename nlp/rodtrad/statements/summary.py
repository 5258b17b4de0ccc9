"""A remissammanställning: what all replies think, proposal by proposal.

Replies name a proposal in their own words, under headings of their own or of the report they
answer. Stances are about the same proposal when they point to the same section of the report
("avsnitt 6.2"), or when the words of one target stand in the other; words of one notion
("minimiålder", "åldersgräns") count as the same. What speaks of "förslagen" or
"betänkandet" alone is about the whole. A stance that fits nowhere stands alone: it is better told
twice than told as somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rodtrad.datamodel import Recommendation, Span, Stance
from rodtrad.statements.consultation import Reply
from rodtrad.statements.reading import words
from rodtrad.statements.vocabulary import cues

WHOLE = "helheten"
SUPPORT = "tillstyrker"
OBJECT = "avstyrker"
DOUBT = "tveksam"
NO_OBJECTION = "inget att erinra"
SILENT = "tar inte ställning"
_POSITIONS = {
    "tillstyrker": SUPPORT,
    "tillstyrker i huvudsak": SUPPORT,
    "tillstyrker under villkor": SUPPORT,
    "tillstyrker med synpunkter": SUPPORT,
    "välkomnar": SUPPORT,
    "delar bedömningen": SUPPORT,
    "avstyrker": OBJECT,
    "avstyrker delvis": OBJECT,
    "tveksam": DOUBT,
    "inget att erinra": NO_OBJECTION,
    "inga synpunkter": SILENT,
    "tar inte ställning": SILENT,
    "avstår": SILENT,
}
_SECTION = re.compile(
    r"\b(?:avsnitt|avsn\.|kapitel|kap\.|punkt)\s*(\d+(?:\.\d+)*)|^\s*(\d+(?:\.\d+)+)\b",
    re.IGNORECASE,
)
_STEM = 6
_SAME = 0.6
_GENERIC = frozenset(
    word[:_STEM]
    for word in (
        *("förslag", "förslaget", "förslagen", "utredningens", "utredningen", "utredaren"),
        *("betänkandet", "promemorian", "promemorians", "remissen", "ärendet", "övrigt"),
        *("föreslagna", "föreslås", "dess", "helhet", "sina", "delar", "stort", "huvudsak"),
        *("avsnitt", "kapitel", "inriktning", "bedömning", "regeringen", "lämnas", "över"),
        *("rapportens", "rapporten", "myndighetens", "departementets", "huvuddelen", "samtliga"),
    )
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one body thinks of a proposal; `position` gathers the thirteen stances in five."""

    body: str
    position: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Request:
    """What one body asks for in connection with a proposal, in its own words."""

    body: str
    document: str
    text: str
    span: Span | None
    section: tuple[str, ...]


@dataclass(frozen=True)
class ProposalSummary:
    """One proposal and what the bodies think of it and ask for.

    `proposal` is the fullest wording met; `reference` the report's section where replies name it.
    """

    target_document: str | None
    proposal: str
    reference: str | None
    opinions: tuple[Opinion, ...]
    requests: tuple[Request, ...]

    def bodies(self, position: str) -> tuple[str, ...]:
        """The bodies with a position, each once."""
        return tuple(dict.fromkeys(o.body for o in self.opinions if o.position == position))


def summarise(replies: Sequence[Reply]) -> tuple[ProposalSummary, ...]:
    """The replies by proposal: the whole first, then the proposals most bodies speak of."""
    groups: list[list[Opinion]] = []
    for reply in replies:
        for stance in reply.stances:
            _placed(Opinion(reply.body, _POSITIONS[stance.stance], stance), groups)
    requests = [(_home(reply, r), _request(reply, r)) for reply in replies for r in _asked(reply)]
    found = [_summary(group, requests) for group in groups]
    for home, request in requests:
        if home is None:
            _lay(_alone(request), found)
    return tuple(
        sorted(found, key=lambda p: (p.proposal != WHOLE, -len({o.body for o in p.opinions})))
    )


def _placed(opinion: Opinion, groups: list[list[Opinion]]) -> None:
    """Put an opinion into the group it fits best, or into a new one."""
    best = max(groups, key=lambda g: _fit(opinion, g), default=None)
    if best is not None and _fit(opinion, best) >= _SAME:
        best.append(opinion)
    else:
        groups.append([opinion])


def _fit(opinion: Opinion, group: Sequence[Opinion]) -> float:
    return max(_likeness(opinion.stance, other.stance) for other in group)


def _likeness(one: Stance, other: Stance) -> float:
    """1 for the same section of the report, else the words they share of the shorter wording."""
    if one.target_document != other.target_document:
        return 0.0
    if is_whole(one) or is_whole(other):
        return float(is_whole(one) and is_whole(other))
    if one.document != other.document and _named_section(one) and _same_section(one, other):
        return 1.0
    first, second = _stems(proposal_of(one)), _stems(proposal_of(other))
    shared, smaller = first & second, min(len(first), len(second))
    if one.document == other.document and first != second:
        return 0.0
    if len(shared) >= 2 or shared == first == second:
        return len(shared) / smaller
    return 0.0


def is_whole(stance: Stance) -> bool:
    """Whether a stance is about the whole report ("förslagen", "betänkandet")."""
    heading = _heading(stance)
    return not _stems(stance.target) and (not _stems(heading) or _is_overall(heading))


_OVERALL = re.compile(
    r"\b(?:sammanfatt\w*|allmän\w*|inledande|övergripande|synpunkter|inställning|ställningstagande"
    r"|yttrande|remissvar|remissyttrande|remiss|helhet)\b",
    re.IGNORECASE,
)


def _is_overall(heading: str) -> bool:
    return not heading or _OVERALL.search(heading) is not None


def proposal_of(stance: Stance) -> str:
    """The proposal in words: the target, or the heading where the target only says "förslaget"."""
    if _stems(stance.target):
        return stance.target
    return _SECTION.sub("", _heading(stance)).strip(" .:()") or stance.target


def _heading(stance: Stance) -> str:
    return stance.section[-1] if stance.section else ""


def _named_section(stance: Stance) -> str | None:
    """The report's section a stance names, in its own words or in its heading."""
    for text in (stance.target, _heading(stance)):
        match = _SECTION.search(text)
        if match:
            return match.group(1) or match.group(2)
    return None


def _same_section(one: Stance, other: Stance) -> bool:
    """The same number, and headings that do not speak of different things."""
    if _named_section(one) != _named_section(other):
        return False
    first, second = _stems(_heading(one)), _stems(_heading(other))
    return not first or not second or bool(first & second)


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    plain = _SECTION.sub(" ", text)
    return frozenset(s for w in words(plain) if len(w) > 3 for s in notions(w)) - _GENERIC


def notions(word: str) -> frozenset[str]:
    """The notions a word holds: those of data/synonyms.tsv, and the stem of what they leave.

    >>> sorted(notions("tillsynsavgiften")), sorted(notions("taxan"))
    (['avgift', 'tillsyn'], ['avgift'])
    """
    found: set[str] = set()
    rest = word
    for cue in cues("synonyms"):
        if cue.pattern.search(rest):
            found.add(cue.label)
            rest = cue.pattern.sub(" ", rest)
    stems = (piece[:_STEM] for piece in rest.split() if len(piece) > (3 if found else 0))
    return frozenset((*found, *stems))


def _summary(
    group: Sequence[Opinion], requests: Sequence[tuple[Stance | None, Request]]
) -> ProposalSummary:
    stances = [o.stance for o in group]
    whole = all(is_whole(s) for s in stances)
    wordings = sorted((proposal_of(s) for s in stances), key=lambda t: (-len(_stems(t)), t))
    named = (number for s in stances if (number := _named_section(s)))
    return ProposalSummary(
        target_document=stances[0].target_document,
        proposal=WHOLE if whole else wordings[0],
        reference=None if whole else next(named, None),
        opinions=tuple(group),
        requests=tuple(r for home, r in requests if any(home is s for s in stances)),
    )


def _asked(reply: Reply) -> list[Recommendation]:
    """What a reply asks of others; its own undertakings ask for nothing."""
    return [r for r in reply.recommendations if not r.own_undertaking]


def _home(reply: Reply, item: Recommendation) -> Stance | None:
    """The stance a demand goes with: in its own section the last up to it, else the first."""
    here = [s for s in reply.stances if s.section == item.section]
    if not here:
        return None
    end = item.span.end if item.span else 0
    before = [s for s in here if s.span.start < end]
    return before[-1] if before else here[0]


def _request(reply: Reply, item: Recommendation) -> Request:
    return Request(reply.body, item.document, item.text, item.span, item.section)


def _lay(alone: ProposalSummary, found: list[ProposalSummary]) -> None:
    """Put a demand with no stance beside it where its section of the report is spoken of.

    Where several reports have a section of that number, it stands alone, and so do the others
    under that heading with it.
    """
    near = [
        n
        for n, other in enumerate(found)
        if (alone.reference is not None and other.reference == alone.reference)
        or (other.target_document is None and other.proposal == alone.proposal)
    ]
    if len(near) == 1:
        place = near[0]
        found[place] = replace(found[place], requests=(*found[place].requests, *alone.requests))
    else:
        found.append(alone)


def _alone(request: Request) -> ProposalSummary:
    """A demand in a section without a stance: a subject of its own, under that heading."""
    heading = request.section[-1] if request.section else ""
    number = _SECTION.search(heading)
    return ProposalSummary(
        target_document=None,
        proposal=_SECTION.sub("", heading).strip(" .:()") or request.text,
        reference=(number.group(1) or number.group(2)) if number else None,
        opinions=(),
        requests=(request,),
    )
