"""Clauses of a demand: what it asks for, the examples it gives, the asides, and who speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

ASIDE_WEIGHT = 0.4
TAIL_WEIGHT = 0.7
_MODAL = re.compile(r"\b(?:bör|ska|skall|måste|should|must|shall)\s*$")
_LEAST = 3  # letters before a tail or condition that can be a main clause


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence and how much it says about what is asked."""

    text: str
    weight: float


# Who speaks is not who is asked: "Länsstyrelsen anser i egenskap av … att", "ställer sig bakom".
_BODY = (
    r"\w*(?:myndigheten|verket|styrelsen|rådet|nämnden|inspektionen|domstolen|utredningen"
    r"|kommunen|regionen|kommittén|förbundet|organisationen|organisationerna|rapportören"
    r"|ombudsmannen|utredaren)(?:\s+mot\s+\w+)?"
)
_AS_WHAT = r"(?:\s+i\s+egenskap\s+av\s+[^,.;]{3,60}?)?"
_SPEAKER = re.compile(
    rf"\b{_BODY}(?={_AS_WHAT}"
    r"\s+(?:föreslår|anser|bedömer|rekommenderar|ställer\s+sig|tillstyrker|efterlyser|efterfrågar"
    r"|förordar|framhåller|uppmanar|önskar|vill|ser\s+(?:ett\s+)?behov)\b)",
    re.IGNORECASE,
)
# After an adverb the verb comes first. Not "rekommenderar", "uppmanar": there who is asked follows.
_SPEAKER_AFTER = re.compile(
    rf"\b(?P<verb>föreslår|anser|bedömer|förordar|framhåller|tillstyrker|vill)\s+{_BODY}"
    rf"(?={_AS_WHAT}(?:\s+(?:också|även|därför|vidare|dock))?\s+att\b)|\b(?P<stands>ställer)\s+{_BODY}(?={_AS_WHAT}\s+sig\b)",
    re.IGNORECASE,
)
_CAPACITY = re.compile(
    r"\bi\s+(?:sin\s+)?(?:egenskap\s+av|rollen\s+som|roll\s+som)\s+(?:\w+\s+){1,2}?\w+\b"
)


def without_speaker(text: str) -> str:
    """The text without the body that speaks and the capacity it speaks in.

    Matches "Socialstyrelsen anser att …", "Rapportören mot människohandel föreslår …", "föreslår i
    egenskap av nationell rapportör att …", "Därför föreslår Socialstyrelsen att …"; not
    "Socialstyrelsen bör …" or "rekommenderar Socialstyrelsen att …", where the body is to act.
    """
    plain = _SPEAKER_AFTER.sub(lambda found: found["verb"] or found["stands"], text)
    return _CAPACITY.sub(" ", _SPEAKER.sub(" ", plain))


# What follows names examples or circumstances of what the clause before it asks for.
_TAIL = re.compile(
    r"\b(?:among other things|among them|above all|including|such as|in which|so that|for example"
    r"|bland annat|inklusive|till exempel|t\.ex\.|såsom|exempelvis|framför allt|så att)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\(([^()]*)\)")
# Under what condition, which is not what is asked: "regardless of their willingness to testify".
_CONDITION = re.compile(
    r"\b(?:regardless|irrespective|whether or not|independent(?:ly)? of"
    r"|(?:is |are |be )?not (?:be |made )?(?:dependent|depending|conditional|linked)"
    r"|(?:do|does) not depend|(?:also|even) (?:if|when|where|before)"
    r"(?! (?:it comes to|appropriate|necessary|possible|relevant|applicable))"
    r"|without (?:having to|making)|so as not to|and not only"
    r"|oavsett|oberoende av|(?:även|också) (?:när|då|innan)(?! det gäller| så är)"
    r"|inte (?:är )?(?:beroende|villkorat)|utan att (?:behöva|kräva))\b",
    re.IGNORECASE,
)


def clauses(text: str) -> list[Clause]:
    """A sentence cut into its main clause, its examples and its asides, with their weights.

    "Train staff (police, nurses) so that they …" → "Train staff" 1, "so that they …" 0.7,
    "police, nurses" 0.4. An aside with figures is a reference and is left out.
    """
    asides = [
        Clause(m[1], ASIDE_WEIGHT) for m in _ASIDE.finditer(text) if not re.search(r"\d", m[1])
    ]
    bare = _ASIDE.sub(" ", text)
    main, condition = _cut(bare, _CONDITION)
    main, tail = _cut(main, _TAIL)
    weighted = ((main, 1.0), (tail, TAIL_WEIGHT), (condition, ASIDE_WEIGHT))
    return [*(Clause(words, weight) for words, weight in weighted if words), *asides]


def _cut(text: str, opening: re.Pattern[str]) -> tuple[str, str]:
    """The text before and from an opening; all of it before where it has none or begins with it.

    After a modal the clause is still to come: "bör också när barn är inblandade ge stöd".
    """
    found = opening.search(text)
    if found is None or found.start() < _LEAST or _MODAL.search(text, 0, found.start()):
        return text, ""
    return text[: found.start()], text[found.start() :]
