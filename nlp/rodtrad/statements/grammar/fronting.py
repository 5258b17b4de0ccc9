"""What stands first is what a stand is about: "Promemorians förslag avvisar vi bestämt"."""

from __future__ import annotations

import re
from dataclasses import replace

from rodtrad.statements.grammar.clauses import Clauses
from rodtrad.statements.grammar.hits import Stand
from rodtrad.statements.grammar.speakers import ONE_BODY, denied_before
from rodtrad.statements.vocabulary import word_list

_FRONTED_KINDS = frozenset({"verb", "body", "noun"})
_STRANDED = frozenset(["på", "om", "till", "för", "med", "av", "över", "mot", "i", "däri", "härom"])
_REST = re.compile(
    r"(?:i\s+)?övrig[at]\w*(?:\s+delar)?$"
    r"|(?:om|under|eftersom|när|enligt|utifrån|vid|efter|genom|trots|utöver|då)\s",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"^\W*(?:(?:mot|på|om|till|för|med|över|av)\s+)?", re.IGNORECASE)


def with_front(clauses: Clauses, stand: Stand) -> Stand:
    """A stand whose object stands before its verb, with where it stands and what denies it.

    The body stands right behind the finite verb, and nothing behind the words of the stand. A
    denial may open such a sentence ("Inte heller detta krav kan vi tillstyrka").
    """
    if stand.lexeme.kind not in _FRONTED_KINDS or stand.about is not None:
        return stand
    finite = _inverted_verb(clauses, stand)
    if finite is None:
        return stand
    start = clauses.main_start(finite)
    denied = stand.denied or denied_before(clauses, start, start + 1)
    if not _nothing_behind(clauses, stand.end):
        return replace(stand, denied=denied)
    front = clauses.without_light(start, finite)
    if front is None or _REST.match(clauses.line[slice(*front)]):
        return replace(stand, denied=denied)
    skipped = _BEFORE.match(clauses.line[slice(*front)])
    first = front[0] + (skipped.end() if skipped else 0)
    return replace(stand, denied=denied, about=(first, front[1]))


def _inverted_verb(clauses: Clauses, stand: Stand) -> int | None:
    """The finite verb with the body right behind it, at the words of the stand or before them."""
    finite = word_list("modals") | word_list("carriers") | word_list("body_verbs")
    last = clauses.index_at(stand.end - 1)
    own = clauses.find(lambda w: w.own and w.start < stand.end + 30, 1, last + 4)
    if own is None:
        return _existential(clauses, last) or _unknown_behind(clauses, stand)
    verb = own - 1 - (clauses.at(own - 1) in word_list("reflexives"))
    at_words = clauses.words[verb].start == stand.start
    return verb if verb > 0 and (at_words or clauses.at(verb) in finite) else None


def _unknown_behind(clauses: Clauses, stand: Stand) -> int | None:
    """The verb of a vote with a body behind it whose name is not known as its own."""
    verb = clauses.index_at(stand.start)
    behind = verb + 1 + (clauses.at(verb + 1) in word_list("reflexives"))
    if stand.lexeme.kind != "verb" or clauses.clause_of(verb).start == verb:
        return None
    return verb if ONE_BODY.fullmatch(clauses.text(behind, behind + 1)) else None


def _existential(clauses: Clauses, last: int) -> int | None:
    """ "Mot slutsatsen finns inget att invända"."""
    if clauses.at(clauses.main_start(last)) != "mot":
        return None
    return clauses.find(lambda w: w.text in ("finns", "föreligger"), 1, last)


def _nothing_behind(clauses: Clauses, end: int) -> bool:
    for place in range(clauses.index_at(end - 1) + 1, len(clauses.words)):
        text = clauses.at(place)
        if ONE_BODY.fullmatch(text) and clauses.at(place - 1) in word_list("reflexives"):
            continue
        if not text.isalpha():
            return True
        if not (clauses.is_light(place) or text in _STRANDED):
            return False
    return True
