"""Nouns of judgement: X har inga NOUN mot Y, X ser NOUN med Y, utan NOUN."""

from __future__ import annotations

import re

from rodtrad.statements.grammar.clauses import Clauses
from rodtrad.statements.grammar.hits import Hit, Stand, stand_of
from rodtrad.statements.grammar.objects import PROPOSED
from rodtrad.statements.grammar.speakers import (
    denied_before,
    is_other,
    is_unreasoned,
    own_subject,
    speaks,
)
from rodtrad.statements.vocabulary import word_list


def read_noun(clauses: Clauses, hit: Hit) -> Stand | None:
    """X har inga NOUN mot Y; utan NOUN; X ser NOUN med Y; det finns NOUN med Y."""
    no = _no_before(clauses, hit.first)
    if no is not None:
        if clauses.at(no) == "utan" and hit.last > hit.first:
            return None
        needed = hit.lexeme.needs == "carried" or hit.lexeme.meaning in _CARRIED
        if needed and (clauses.at(no) == "utan" or not _carried(clauses, no)):
            return None
        if needed and not any(w.own for w in clauses.words) and not _is_of_proposal(clauses, hit):
            return None
        return None if _told_of_others(clauses, no) else stand_of(clauses, hit, True)
    if _denied_behind_verb(clauses, hit):
        return stand_of(clauses, hit, True)
    verb = clauses.find_back(lambda w: w.text in word_list("carriers"), hit.first, 7)
    if verb is None or re.search(r"\b(?:att|som)\b", clauses.text(verb, hit.first)):
        return None
    denied = denied_before(clauses, verb, hit.first) or is_unreasoned(clauses, verb)
    if denied and not _told_of_others(clauses, verb):
        return stand_of(clauses, hit, True)
    judged = _is_of_proposal(clauses, hit)
    owned = clauses.at(verb) == "har" and hit.lexeme.needs == "carried"
    of_any = (
        not owned
        and clauses.at(hit.last + 1) in word_list("takes")
        and hit.lexeme.needs != "proposal"
    )
    if not judged and not of_any:
        return None
    says = own_subject(clauses, verb) or (judged and speaks(clauses, hit, verb))
    of_this = judged or any(w.own for w in clauses.words)
    existential = clauses.at(verb) == "finns" and of_this
    spoken = clauses.at(verb) not in ("finns", "ger", "lämnar", "föranleder", "innebär", "medför")
    if (spoken and says) or existential:
        return stand_of(clauses, hit, False)
    return None


_CARRIED = frozenset({"benefit", "ground", "stance"})


def _denied_behind_verb(clauses: Clauses, hit: Hit) -> bool:
    """ "Några synpunkter på förslaget har nämnden inte."."""
    start = clauses.main_start(hit.first)
    if clauses.at(hit.first - 1) in word_list("any") and denied_before(clauses, start, start + 1):
        return True
    if hit.first > 2 or clauses.at(hit.first - 1) not in word_list("any"):
        return False
    verb = clauses.find(lambda w: w.text == "har", hit.last + 1, len(clauses.words))
    return verb is not None and denied_before(clauses, verb + 1, verb + 4)


def _is_of_proposal(clauses: Clauses, hit: Hit) -> bool:
    """Whether a proposal stands right behind, or opens the sentence ("Till förslaget hyser vi")."""
    if PROPOSED.search(clauses.line[clauses.words[hit.last].end :][:40]):
        return True
    front = clauses.text(clauses.main_start(hit.first), hit.first)
    return _FRONT.match(front) is not None and PROPOSED.search(front) is not None


# "Till förslaget", "Vad kommittén anför om".
_FRONT = re.compile(
    r"\W*(?:(?:mot|till|på|om|för|inför)\s|vad\s+\w+\s+(?:anför|föreslår|uttalar|säger|skriver)\b)",
    re.IGNORECASE,
)


_LACKS = "saknar"


def _no_before(clauses: Clauses, noun: int) -> int | None:
    """Where "inga", "inte några", "utan", "saknar" stands before a noun."""
    for place in range(noun - 1, max(-1, noun - 6), -1):
        text = clauses.at(place)
        if text in word_list("no") or (text == _LACKS and place == noun - 1):
            return place
        if text in word_list("any") and clauses.at(place - 1) in ("inte", "ej"):
            return place - 1
        if text in word_list("stops_no") or text in ("annan", "annat", "andra"):
            return None
    return None


def _carried(clauses: Clauses, no: int) -> bool:
    carriers = word_list("carriers") | {"är", "saknas"}
    return clauses.find_back(lambda w: w.text in carriers, no, 6) is not None or (
        clauses.at(no) == _LACKS
    )


def _told_of_others(clauses: Clauses, place: int) -> bool:
    """ "Utredningen har inga synpunkter på …" tells of another."""
    clause = clauses.clause_of(place)
    before = range(clause.start, place)
    if clauses.at(clause.start) == "vad":  # "Vad utredningen föreslår föranleder inga synpunkter"
        return False
    if any(clauses.words[n].own for n in before):
        return False
    tells = word_list("judges") | word_list("speaks")
    return any(is_other(clauses, n) and clauses.at(n + 1) in tells for n in before)
