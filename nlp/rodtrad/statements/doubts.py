"""Why a sentence of a reply that reads like a demand may ask for nothing.

Independent readers take most of these for remarks: what a report leaves unclear, what somebody
needs ("Företagen behöver tid"), what is needed for something ("Kunskap är avgörande för att").
It must not doubt a word of asking beside them, nor what a report lacks ("saknar en analys") or
does not tell ("framgår inte hur"), nor a need of means or of more of something ("behöver medel").
"""

from __future__ import annotations

import re

from rodtrad.statements.grammar.clauses import clauses_of
from rodtrad.statements.grammar.duties import needs_a_thing
from rodtrad.statements.positions import ask_cues
from rodtrad.statements.vocabulary import Cue

UNCLEAR = "påpekar att något är oklart eller inte belyst, begär inget"
NEEDS = "säger vad någon behöver, inte vad som bör göras"
LACKS_ITSELF = "säger vad den svarande själv saknar för sin bedömning"
PURPOSE = "säger vad något förutsätter, begär inget"

_MISSING = "D06"
_NEED = "D01"
_UNCLEAR = re.compile(
    r"\boklart\b"
    r"|\b(?:är|blir)\s+(?:\w+\s+){0,3}?(?:inte|otillräckligt|bristfälligt|knapphändigt)\s+(?:\w+\s+)?"
    r"(?:belys|beskriv|utred|utret|analyser|behandla|övervägd|genomlys)\w*",
    re.IGNORECASE,
)
_OWN_GROUND = re.compile(
    r"\bsaknar\b[^.,]*\bunderlag\b[^.]*\b(?:bedöma|bedömning|ta ställning|avgöra|uttala)\b", re.I
)
_ASKS = re.compile(
    r"\b(?:sakna[rs]|efterlys\w+|efterfråga\w*|bör|borde|måste|behöv\w+)\b", re.IGNORECASE
)
_FOR_WHAT = re.compile(
    r"\b(?:avgörande|nödvändigt?a?|grundläggande|en (?:\w+ )?förutsättning)\s+för\b", re.IGNORECASE
)


def doubt_of(cue: Cue, sentence: str, own: frozenset[str]) -> str:
    """The reason to doubt that a sentence asks for something; "" where there is none.

    >>> from rodtrad.statements.replies import reply_cue
    >>> own = frozenset({"vi"})
    >>> [bool(doubt_of(reply_cue(s, own), s, own)) for s in (
    ...     "Det är oklart hur kravet ska prövas.", "Det saknas en analys av kravet.")]
    [True, False]
    """
    if cue.id == _MISSING and _OWN_GROUND.search(sentence):
        return LACKS_ITSELF
    if cue.id == _MISSING:
        return UNCLEAR if _UNCLEAR.search(sentence) and not _ASKS.search(sentence) else ""
    if cue.id == _NEED and needs_a_thing(clauses_of(sentence, own)):
        return NEEDS
    only = [one.id for one in ask_cues(sentence, own)] == ["ask need"]
    return PURPOSE if only and cue.id == "ask need" and _FOR_WHAT.search(sentence) else ""
