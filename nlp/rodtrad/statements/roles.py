"""Who does what in a measure: which of the agencies named must act, and the part of the others.

An agency's part is read from the words right before and after it in its own sentence:

- *must_act*: it is given the assignment ("ger X i uppdrag", "uppdrar åt X", "Uppdrag till X"), or
  it is the subject of an obligation or of what the measure does ("X ska …", "Vidare ska X …",
  "X har fått i uppdrag", "X prövar frågor om bidrag").
- *participates*, *consulted*: "i samverkan med X", "inhämta kunskap från X", "bistå X".
- *coordinates*: "X ska vara sammanhållande". *receives*: "redovisas till X".
- *affected*: named by a bill.

It must not match a pointer to another section ("Som framgår ovan …"), who pays out the money
("rekvireras hos Kammarkollegiet"), a citation ("(Brå 2022)"), what an agency found or handed in
earlier ("X konstaterade", "X lämnade i mars en delredovisning"), or a genitive ("X:s
regleringsbrev").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rodtrad.datamodel import AgencyRole, Mention
from rodtrad.statements.kinds import POINTS_BACK
from rodtrad.statements.reading import Reading, Unit, one_clause
from rodtrad.statements.vocabulary import cues

_LIST_GAP = re.compile(
    r"[\s,()]*(?:och|samt|respektive|eller|liksom|både|såväl|dels|and|or|as well as)?"
    r"(?:\s+the)?[\s,()]*"
)
_CITATION_AFTER = re.compile(r"[,\s]*(?:\d{4}(?::\d+)?|dnr\b)[^()]*\)", re.IGNORECASE)
_CITED_BEFORE = re.compile(
    r"regleringsbrev\w*(?:\s+(?:för|och|inför|budgetåret|avseende|till|\d{4}))*\s*$"
    r"|\b(?:avseende|utöver|instruktion för)\s*$",
    re.IGNORECASE,
)
_PARENTHESIS_OPEN = re.compile(r"\([^()]*$")


_PAYS_OUT = re.compile(
    r"\b(?:rekvisition\w*|rekvirer\w*|återbetala\w*)\b(?:(?!\bför att\b)[^.;])*"
    r"\b(?:till|hos|från)\s+$",
    re.IGNORECASE,
)

# Kammarkollegiet pays, and so gets the account of the money; it has no part in the task.
_ACCOUNT = re.compile(r"\bekonomisk\w* redovisning\w*\b[^.;]*\btill\s+$", re.IGNORECASE)

# "Utgifterna ska belasta anslaget 1:5, anslagsposten 1 del till X": whose post it is, no part.
_CHARGED = re.compile(r"\bbelasta[rs]?\b(?=[^.]*\banslag)", re.IGNORECASE)

_TO = re.compile(r"\btill\s+(?:\w+\s+){0,4}$", re.IGNORECASE)

# How far from a name the words that give it its part may stand, in characters.
_NEAR = 600

# Organisations ("Sveriges Kommuner och Regioner") are heard and join in; they are given no task.
_BODIES = ("AGENCY", "ORGANISATION")
_BESIDE = ("participates", "consulted")

MUST_ACT = ("must_act", "coordinates")


@dataclass(frozen=True, slots=True)
class Group:
    """Agencies named together ("A, B och C (D)"), as a stretch of one sentence."""

    mentions: tuple[Mention, ...]
    start: int
    end: int


def roles_in(reading: Reading, units: Sequence[Unit], *, is_bill: bool = False) -> list[AgencyRole]:
    """The part of every agency in these sentences, in order of mention, each part once.

    `is_bill` is for bills: the Government acts, so an agency they name is affected by them.
    """
    found: list[AgencyRole] = []
    seen: set[tuple[str, str]] = set()
    for unit in units:
        for role in _roles_of_sentence(reading, unit, is_bill=is_bill):
            if (role.name, role.role) not in seen:
                seen.add((role.name, role.role))
                found.append(role)
    return found


def acting(roles: Iterable[AgencyRole]) -> tuple[str, ...]:
    """Names of those who must act, in order of mention, each once."""
    return tuple(dict.fromkeys(r.name for r in roles if r.role in MUST_ACT))


def others(roles: Iterable[AgencyRole], act: Sequence[str]) -> tuple[str, ...]:
    """Names of those who have another part, in order, without those who act."""
    return tuple(dict.fromkeys(r.name for r in roles if r.name not in act))


def _roles_of_sentence(reading: Reading, unit: Unit, *, is_bill: bool) -> Iterator[AgencyRole]:
    named = (m for kind in _BODIES for m in reading.mentions_in(unit.at, kind))
    mentions = sorted((m for m in named if m.certainty == "certain"), key=lambda m: m.at)
    if POINTS_BACK.match(unit.line):
        return
    charged = _CHARGED.search(unit.text)
    for group in groups_of(unit, mentions):
        if charged and group.start > charged.start():
            continue
        before = unit.text[max(0, group.start - _NEAR) : group.start]
        after = unit.text[group.end : group.end + _NEAR]
        role = role_of(before, after, is_bill=is_bill)
        if role is None or (role != "must_act" and _PAYS_OUT.search(before)):
            continue
        for mention in group.mentions:
            if mention.value == "Kammarkollegiet" and _ACCOUNT.search(before):
                continue
            if mention.type != "AGENCY" and role not in _BESIDE:
                continue
            told = "receives" if _is_reported_to(mention, before, role) else role
            yield AgencyRole(str(mention.value), told, mention.span)


def _is_reported_to(mention: Mention, before: str, role: str) -> bool:
    """ "en rapport om uppdraget till Regeringskansliet": the Government orders itself nothing."""
    own = str(mention.value) == "Regeringskansliet" or str(mention.value).endswith("departementet")
    return own and role == "must_act" and _TO.search(before) is not None


def groups_of(unit: Unit, mentions: Sequence[Mention]) -> list[Group]:
    """Agencies joined by commas, "och", "samt" or brackets, as groups of one sentence."""
    found: list[Group] = []
    for mention in mentions:
        start, end = mention.at.start - unit.at.start, mention.at.end - unit.at.start
        last = found[-1] if found else None
        gap = unit.text[last.end : start] if last and start >= last.end else ""
        if last and start < last.end:
            found[-1] = Group((*last.mentions, mention), last.start, last.end)
        elif last and _LIST_GAP.fullmatch(gap):
            found[-1] = Group((*last.mentions, mention), last.start, _closing(unit.text, end))
        else:
            found.append(Group((mention,), start, _closing(unit.text, end)))
    return found


def _closing(text: str, end: int) -> int:
    """Behind the bracket that closes right after an acronym, or behind a bracket that explains."""
    if text[end : end + 1] == ")":
        return end + 1
    opened = re.match(r"\s*\([^()]{1,60}\)(?=\s)", text[end:])
    if opened and not re.search(r"\d", opened.group()):
        return end + opened.end()
    return end


def role_of(before: str, after: str, *, is_bill: bool = False) -> str | None:
    """The part of an agency between two stretches of its sentence, None where it has none.

    >>> role_of("Regeringen ger ", " i uppdrag att kartlägga stödet.")
    'must_act'
    >>> role_of("Uppdraget ska genomföras i samverkan med ", ".")
    'participates'
    >>> role_of("", " konstaterade 2019 att stödet brast.") is None
    True
    """
    if _is_cited(before, after):
        return None
    role = _worded_role(before, after)
    if is_bill:
        role = "affected" if role in (None, "mentioned", *MUST_ACT) else role
    return None if role in ("none", "mentioned") else role


def _worded_role(before: str, after: str) -> str | None:
    sentence = one_clause(f"{before}§{after}")
    for cue in cues("roles"):
        if cue.pattern.search(sentence):
            return cue.label
    return None


def _is_cited(before: str, after: str) -> bool:
    opened = _PARENTHESIS_OPEN.search(before)
    if opened and (_CITATION_AFTER.match(after) or _CITED_BEFORE.search(opened.group())):
        return True
    return bool(_CITED_BEFORE.search(before))
