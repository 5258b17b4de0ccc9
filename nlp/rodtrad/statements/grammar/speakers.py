"""Who speaks in a clause, and whether what is said is denied."""

from __future__ import annotations

import re

from rodtrad.entities import canonical_name
from rodtrad.statements.grammar.clauses import Clauses
from rodtrad.statements.grammar.hits import Hit
from rodtrad.statements.grammar.lexicon import meanings
from rodtrad.statements.vocabulary import word_list

_DENIED_BEHIND = 6
_JOINERS = frozenset({"och", "men", "samt"})


def own_subject(clauses: Clauses, verb: int) -> bool:
    """Whether the body is the subject of a finite verb, or nobody is ("Tillstyrker förslaget.")."""
    clause = clauses.clause_of(verb)
    before = range(clause.start, verb)
    named = [n for n in before if clauses.words[n].own]
    if named:
        return not any(is_other(clauses, n) for n in range(named[-1] + 1, verb))
    if _inverted(clauses, verb):
        fronted = verb + 1 < len(clauses.words) and clauses.words[verb + 1].own
        return fronted or not clauses.opener_is_foreign(clause)
    if clause.opener:
        return False
    said = [n for n in before if clauses.at(n).isalpha() and clauses.at(n) not in _JOINERS]
    if any(w.own for w in clauses.words[:verb]):
        return _joined(clauses, clause.start, verb) or all(clauses.is_light(n) for n in said)
    return len(said) <= 1 and all(clauses.is_light(n) for n in said)


def speaks(clauses: Clauses, hit: Hit, verb: int) -> bool:
    """Whether the body is the subject, also by a name that is not known as its own.

    One that opens the sentence and is no known agency ("Kontoret delar …"), and anywhere that of
    a vote ("Förslaget kan landstinget inte biträda"): only bodies that reply vote, others who do
    are told of with "som" or in the plural ("Flera kommuner avstyrker").
    """
    if own_subject(clauses, verb):
        return True
    clause = clauses.clause_of(verb)
    if clause.opener not in ("", "när", "att") or clauses.opener_is_foreign(clause):
        return False
    before = range(clause.start, verb)
    opens = verb == 1 and canonical_name(clauses.text(0, 1)) is None
    if meanings()[hit.lexeme.meaning].rank > _VOTES and not opens:
        return False
    if any(is_other(clauses, n) for n in before) or clauses.at(verb + 1) in word_list("others"):
        return False
    if clauses.at(verb) in word_list("orders"):
        return False
    if opens:
        return bool(ONE_BODY.fullmatch(clauses.text(0, 1)))
    behind = verb + 1 + (clauses.at(verb + 1) in word_list("reflexives"))
    beside = (clauses.text(verb - 1, verb), clauses.text(behind, behind + 1))
    return any(ONE_BODY.fullmatch(text) and canonical_name(text) is None for text in beside)


_VOTES = 1
# "landstinget", "styrelsen", "TRO": one body in the definite form, or a short name in capitals.
ONE_BODY = re.compile(
    r"\w{3,}(?:en|et|[aeiouyåäö]n)|[A-ZÅÄÖ]\w?[A-ZÅÄÖ]\w{0,3}|[A-ZÅÄÖ]\w*[A-ZÅÄÖ]"
)


def is_other(clauses: Clauses, place: int) -> bool:
    """A word that names another who speaks, as a subject ("utredningen", not "utredningens")."""
    return clauses.at(place) in word_list("others") and clauses.at(place - 1) not in word_list(
        "prepositions"
    )


def _inverted(clauses: Clauses, verb: int) -> bool:
    """ "Därför tillstyrker nämnden": the body right behind the verb."""
    for place in range(verb + 1, min(verb + 4, len(clauses.words))):
        if clauses.words[place].own:
            return True
        if not clauses.is_light(place) or clauses.at(place) in word_list("prepositions"):
            return False
    return False


def _joined(clauses: Clauses, start: int, verb: int) -> bool:
    """ "Nämnden har läst förslaget och tillstyrker det": the subject is shared."""
    for place in range(verb - 1, start - 1, -1):
        if clauses.at(place) in ("och", "men", "samt", "utan", ","):
            return True
        if not clauses.is_light(place):
            return False
    return False


def is_foreign(clauses: Clauses, verb: int) -> bool:
    """Whether the clause reports another's view ("Utredningen anser att X är rimligt")."""
    clause = clauses.clause_of(verb)
    return clause.opener == "att" and clauses.opener_is_foreign(clause)


def denied_behind(clauses: Clauses, first: int, last: int) -> bool:
    """A denial inside the expression or behind its verb, before the object."""
    end = min(last + _DENIED_BEHIND, len(clauses.words))
    inside = range(first + 1, last + 1)
    if any(_denies(clauses, n) or clauses.at(n) in ("inget", "ingen", "inga") for n in inside):
        return True
    for place in range(last + 1, end):
        if _denies(clauses, place):
            return True
        text = clauses.at(place)
        if not clauses.is_light(place) and text not in ("den", "det", "dem", "dessa"):
            return False
    return False


def denied_before(clauses: Clauses, start: int, end: int) -> bool:
    """Whether one of the words `[start, end)` denies."""
    return any(_denies(clauses, n) for n in range(start, end))


def _denies(clauses: Clauses, place: int) -> bool:
    """ "inte", but not "inte bara"; "under inga omständigheter", "på intet sätt"."""
    text, behind = clauses.at(place), clauses.at(place + 1)
    if text in word_list("deniers"):
        return behind not in word_list("only")
    if text == "inga":
        return behind in ("omständigheter", "förhållanden", "villkor")
    return (text, behind) in (("intet", "sätt"), ("långt", "ifrån"))


_NO_REASON = re.compile(
    r"\b(?:inte|ingen|inget|inga|ej)\s+(?:\w+\s+){0,2}?(?:skäl|anledning|möjlighet|behov|grund)\s+"
    r"(?:till\s+|av\s+)?att\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def is_unreasoned(clauses: Clauses, infinitive: int) -> bool:
    """Whether an infinitive is what there is no reason for ("finner inte skäl att lämna …")."""
    return _NO_REASON.search(clauses.line[: clauses.words[infinitive].start]) is not None
