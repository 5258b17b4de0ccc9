"""What a stand may be about: proposals and assessments, not the world."""

from __future__ import annotations

import re

from rodtrad.statements.grammar.clauses import Clauses
from rodtrad.statements.grammar.hits import Hit
from rodtrad.statements.vocabulary import spelled_out, word_list

VIEWS = re.compile(spelled_out(r"\b{VIEWS}\b"), re.IGNORECASE)
PROPOSED = re.compile(spelled_out(r"\b(?:{PROPOSALS}|{VIEWS})\b"), re.IGNORECASE)
_ANSWERS = re.compile(
    r"\b(?:yttra\w*|svara|lämna|avge|inkomma|besvara|kommentera|kommentarer|yttrande|synpunkter"
    r"|remissvar|svar|ta(?:\s\w+){0,2} ställning|uttala|framföra|gå)\b",
    re.IGNORECASE,
)
VERDICTS = re.compile(
    spelled_out(
        r"\b(?:{PROPOSALS}|{VIEWS}|steg|verktyg|redskap|komplement|tillskott|bidrag|förstärkning"
        r"|ansats|väg|nivå|princip|utgångspunkt)\b"
    ),
    re.IGNORECASE,
)


def _nothing_behind(behind: str) -> bool:
    """Whether nothing stands behind the words: what they are about stands before them."""
    return re.match(r"\s*(?:för|till|om|på|med|över)?\W*$", behind) is not None


_FRONTED = re.compile(r"\W*(?:att|den|det)\b", re.IGNORECASE)
_POINTS = re.compile(r"(?:det|detta|dem|dessa|en sådan|ett sådant)\b", re.IGNORECASE)
_OBJECT_WITHIN = 70


def object_fits(clauses: Clauses, hit: Hit) -> bool:
    """Whether what stands behind a verb (or before it, where nothing does) is what it judges."""
    behind = clauses.line[clauses.words[hit.last].end :][:_OBJECT_WITHIN]
    before = clauses.line[: clauses.words[hit.first].start]
    needs = hit.lexeme.needs
    if needs == "view":
        near = " ".join(behind.split()[:9])
        if clauses.at(hit.first - 1) in word_list("determiners") or near.startswith("av "):
            return False
        told = re.match(r"(?:\w+\s+){0,4}?(?:att|vad|det som|det utredn\w+)\b", near)
        fronted = _nothing_behind(behind) and _FRONTED.match(before)
        return bool(VIEWS.search(near) or told or fronted or PROPOSED.search(before))
    if needs == "praised" and _RECKONS.match(clauses.line[clauses.words[hit.last].end :]):
        return False
    needs = "proposal" if needs == "praised" else needs
    if needs == "proposal" and _nothing_behind(behind):
        return bool(PROPOSED.search(before) or _FRONTED.match(before))
    if needs == "proposal":
        near = " ".join(behind.split()[:5])
        return bool(
            _POINTS.match(near)
            or PROPOSED.search(near)
            or near.startswith(("att ", "om att ", "till att "))
        )
    if needs == "clause":
        return _CLAUSE.match(behind) is not None
    if needs == "thing":
        return not _CLAUSE.match(behind) and "bakgrund" not in behind[:14]
    if needs in ("new", "known"):
        return (_NEW.match(behind) is not None) == (needs == "new")
    if needs == "answering":
        return bool(_ANSWERS.search(behind))
    return True


# "uppskattar att förslagen medför kostnader": it reckons.
_RECKONS = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?att\b[^.]*?(?:\b(?:medför|innebär|uppgår|kräver|krävs|behövs|behov\w*|tillskott"
    r"|\w*kostnad\w*|kommer|ökar|minskar)\b|\d)",
    re.IGNORECASE,
)
# "förordar att lagen ändras", "förordar i stället en regel": something new, no alternative of the
# report ("förordar alternativ B", "förordar ett av alternativen").
_CLAUSE = re.compile(r"\s+(?:[\w-]+\s+){0,3}?att\b")
_NEW = re.compile(
    r"\s+(?:(?:[\w-]+\s+){0,3}?att\b|(?:[\w-]+\s+)?(?:i ?stället\s+)?(?:en|ett)\b(?! av| sådan))",
    re.IGNORECASE,
)
# "I denna del är förslaget …", "Enligt nämndens mening är förslaget …".
LEADS_IN = re.compile(
    r"\W*(?:(?:i|från|enligt|för|på|mot|sammantaget|därför|däremot|vidare|dock|samtidigt|vad gäller"
    r"|när det gäller|avseende|beträffande)\b|$)",
    re.IGNORECASE,
)
