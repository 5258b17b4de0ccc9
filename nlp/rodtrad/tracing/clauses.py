"""Clauses of a demand: what it asks for, the examples it gives, the asides, and who speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

ASIDE_WEIGHT = 0.4
TAIL_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence and how much it says about what is asked."""

    text: str
    weight: float


# Who speaks is not who is asked: "Länsstyrelsen anser i egenskap av … att", "ställer sig bakom".
_SPEAKER = re.compile(
    r"\b\w*(?:myndigheten|verket|styrelsen|rådet|nämnden|inspektionen|domstolen|utredningen"
    r"|kommunen|regionen|kommittén|förbundet|organisationen)"
    r"(?=(?:\s+i\s+egenskap\s+av\s+[^,.;]{3,60}?)?"
    r"\s+(?:föreslår|anser|bedömer|rekommenderar|ställer\s+sig|tillstyrker|efterlyser|efterfrågar"
    r"|förordar|framhåller|uppmanar|önskar|vill)\b)",
    re.IGNORECASE,
)
_CAPACITY = re.compile(
    r"\bi\s+(?:sin\s+)?(?:egenskap\s+av|rollen\s+som|roll\s+som)\s+(?:\w+\s+){1,2}?\w+\b"
)


def without_speaker(text: str) -> str:
    """The text without the body that speaks and the capacity it speaks in.

    Matches "Socialstyrelsen anser att …", "föreslår i egenskap av nationell rapportör att …"; not
    "Socialstyrelsen bör …", where the body is asked to act.
    """
    return _CAPACITY.sub(" ", _SPEAKER.sub(" ", text))


# What follows names examples or circumstances of what the clause before it asks for.
_TAIL = re.compile(
    r"\b(?:among other things|among them|above all|including|such as|in which|so that|for example"
    r"|bland annat|inklusive|till exempel|t\.ex\.|såsom|exempelvis|framför allt|så att)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\(([^()]*)\)")


def clauses(text: str) -> list[Clause]:
    """A sentence cut into its main clause, its examples and its asides, with their weights.

    "Train staff (police, nurses) so that they …" → "Train staff" 1, "so that they …" 0.7,
    "police, nurses" 0.4. An aside with figures is a reference and is left out.
    """
    asides = [
        Clause(m[1], ASIDE_WEIGHT) for m in _ASIDE.finditer(text) if not re.search(r"\d", m[1])
    ]
    bare = _ASIDE.sub(" ", text)
    cut = _TAIL.search(bare)
    if cut is None or cut.start() < 3:
        return [Clause(bare, 1.0), *asides]
    return [Clause(bare[: cut.start()], 1.0), Clause(bare[cut.start() :], TAIL_WEIGHT), *asides]
