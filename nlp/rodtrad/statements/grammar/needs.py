"""What is needed: det är ADJ att Y, ADJ är att Y, Y är ADJ för att Z, det vore ADJ med Y."""

from __future__ import annotations

import re

from rodtrad.statements.grammar.clauses import Clauses
from rodtrad.statements.grammar.hits import Hit, Stand, stand_of
from rodtrad.statements.grammar.speakers import denied_before
from rodtrad.statements.vocabulary import word_list

_WITHIN = 6
# "Det är angeläget att frågan nu har fått en genomgång" is content with what is.
_HAS_BECOME = re.compile(r"att\s+(?:[\w-]+\s+){1,4}?har\s+(?:\w+\s+)?\w+t\b", re.IGNORECASE)
# "Det är viktigt att komma ihåg att": what is only to be said or borne in mind.
_TO_BE_SAID = re.compile(
    r"att\s+(?:\w+\s+)?(?:komma ihåg|minnas|notera|påpeka|framhålla|betona|understryka|poängtera"
    r"|veta|erinra|nämna|konstatera|ha i åtanke|ha i minnet|hålla i minnet)\b",
    re.IGNORECASE,
)
_WISHES = re.compile(r"\b(?:vore|skulle (?:\w+ )?vara)\b", re.IGNORECASE)


def read_need(clauses: Clauses, hit: Hit) -> Stand | None:
    """What is said to be needed or wished; a fact about the world ("Frågan är viktig") is none.

    "vore" and "skulle vara" wish whatever their subject is; "är" needs a clause that it says it of.
    """
    if _found_needed(clauses, hit):
        return stand_of(clauses, hit, denied_before(clauses, hit.first - 3, hit.first))
    copulas = word_list("copulas")
    copula = clauses.find_back(lambda w: w.text in copulas, hit.first, _WITHIN)
    if copula is None:
        inverted = clauses.at(hit.last + 1) in ("är", "vore") and hit.first <= _OPENS
        behind = clauses.clause_behind(hit.last + 1) if inverted else None
        return stand_of(clauses, hit, False, behind) if behind else None
    said = clauses.text(max(0, copula - 3), copula + 1)
    denied = denied_before(clauses, copula, hit.first)
    if _WISHES.search(said):
        return stand_of(clauses, hit, denied)
    relative = clauses.clause_of(hit.first).opener in ("som", "vilket", "hur", "när")
    if hit.lexeme.needs == "wished" or relative:
        return None
    told = clauses.clause_behind(hit.last)
    said_behind = clauses.line[told[0] :] if told else ""
    if _HAS_BECOME.match(said_behind) or _TO_BE_SAID.match(said_behind):
        return None
    if told and _is_impersonal(clauses, copula, hit.first):
        return stand_of(clauses, hit, denied)
    purpose = clauses.text(hit.last + 1, hit.last + 3).casefold() == "för att"
    return stand_of(clauses, hit, denied) if purpose and hit.lexeme.needs == "purpose" else None


def _found_needed(clauses: Clauses, hit: Hit) -> bool:
    """ "Vi ser det som angeläget att Y", "Nämnden finner det nödvändigt att Y"."""
    verb = clauses.find_back(lambda w: w.text in word_list("judges"), hit.first, _WITHIN)
    told = clauses.clause_behind(hit.last)
    if verb is None or told is None or not any(w.own for w in clauses.words[: verb + 3]):
        return False
    between = [clauses.at(n) for n in range(verb + 1, hit.first)]
    said = clauses.line[told[0] :]
    return (
        "det" in between
        and not word_list("copulas") & frozenset(between)
        and not (_HAS_BECOME.match(said) or _TO_BE_SAID.match(said))
    )


_OPENS = 2


def _is_impersonal(clauses: Clauses, copula: int, end: int) -> bool:
    return "det" in (clauses.at(copula - 1), *(clauses.at(n) for n in range(copula + 1, end)))
