"""Verbs whose subject is the body: X VERBar Y, X kan VERBa Y, Y VERBas (av X)."""

from __future__ import annotations

import re
from dataclasses import replace

from rodtrad.entities import canonical_name
from rodtrad.statements.grammar.clauses import Clauses
from rodtrad.statements.grammar.hits import Hit, Stand, stand_of
from rodtrad.statements.grammar.objects import LEADS_IN, PROPOSED, VIEWS, object_fits
from rodtrad.statements.grammar.speakers import (
    ONE_BODY,
    denied_before,
    denied_behind,
    is_foreign,
    is_other,
    speaks,
)
from rodtrad.statements.vocabulary import word_list


def read_verb(clauses: Clauses, hit: Hit) -> Stand | None:
    """The stand that a verb takes in the form in which it stands; None where it takes none."""
    hangs = _hangs_on_modal(clauses, hit.first)
    if hit.form == "present":
        return None if hangs else _active(clauses, hit, hit.first)
    if hit.form == "infinitive":
        return _infinitive(clauses, hit)
    if hit.form == "passive":
        return None if hangs else _passive(clauses, hit)
    alike = ("passive", clauses.at(hit.first)) in hit.lexeme.forms
    return _passive(clauses, hit) if hangs or not alike else None


def _hangs_on_modal(clauses: Clauses, verb: int) -> bool:
    """Whether an auxiliary stands by a verb whose infinitive looks like its present ("bejakas")."""
    modal = _modal_of(clauses, verb)
    if modal is None:
        return False
    named = clauses.words[modal + 1].own
    return named or all(clauses.is_light(n) for n in range(modal + 1, verb))


def _active(clauses: Clauses, hit: Hit, finite: int) -> Stand | None:
    """X VERBar Y; därför VERBar X Y; som X (inte) VERBar."""
    if not speaks(clauses, hit, finite) or not object_fits(clauses, hit):
        return None
    clause = clauses.clause_of(finite)
    subordinate = bool(clause.opener) and clauses.at(finite - 1) != ","
    denied = denied_behind(clauses, hit.first, hit.last) or (
        subordinate and denied_before(clauses, max(clause.start, finite - 4), finite)
    )
    return stand_of(clauses, hit, denied)


def _infinitive(clauses: Clauses, hit: Hit) -> Stand | None:
    """X vill, kan, måste VERBa Y; X väljer att VERBa Y; X ser inga skäl att VERBa Y."""
    modal = _modal_of(clauses, hit.first)
    if modal is not None:
        if clauses.at(modal) in ("ska", "skall"):
            return None
        if not speaks(clauses, hit, modal) or not object_fits(clauses, hit):
            return None
        start = modal if not clauses.clause_of(modal).opener else clauses.clause_of(modal).start
        if clauses.at(modal) == "kunna":  # "anser sig inte kunna tillstyrka"
            start = min(start, modal - 2)
        denied = denied_before(clauses, start, hit.first) or denied_behind(
            clauses, hit.first, hit.last
        )
        return replace(stand_of(clauses, hit, denied), start=clauses.words[modal].start)
    governor = _GOVERNS.search(clauses.line[: clauses.words[hit.first].start])
    if governor is None or not (_is_own_so_far(clauses, hit.first)):
        return None
    refused = governor["no"] or governor["out"]
    denied = bool(refused) or denied_before(clauses, hit.first - 3, hit.first)
    return stand_of(clauses, hit, denied)


# "har valt att tillstyrka", "ser ingen anledning att avstyrka", "är inte beredd att tillstyrka".
_GOVERNS = re.compile(
    r"\b(?:väljer|valt|beslutat|beslutar|tvungen|nödsakad\w*|föranlåt\w*|föranledd\w*|tvingad\w*|avser|kommer)\s+"
    r"(?:inte\s+)?att\s+(?:\w+\s+){0,2}$"
    r"|\b(?P<no>(?:inte|varken|ingen|inga|inget|inte (?:något|någon|några))\s+(?:\w+\s+)?"
    r"(?:skäl|anledning|möjlighet|grund|beredd\w*|redo|villig\w*)\s+(?:till\s+)?att\s+(?:\w+\s+)?)$"
    r"|\b(?P<out>(?:går|är)\b[^.]{0,60}\binte\s+(?:möjligt\s+)?att\s+)$"
    r"|\b(?:börja|inleda)\s+(?:\w+\s+)?med\s+att\s+(?:\w+\s+)?$"
    r"|\b(?:skäl|anledning|beredd\w*|redo|villig\w*)\s+(?:till\s+)?att\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def _is_own_so_far(clauses: Clauses, end: int) -> bool:
    """The body stands before, or nobody does ("Det finns skäl att ifrågasätta …")."""
    before = clauses.words[:end]
    return any(w.own for w in before) or [w.text for w in before[:2]] == ["det", "finns"]


def _modal_of(clauses: Clauses, verb: int) -> int | None:
    """The auxiliary that a bare infinitive hangs on; None for an infinitive with "att"."""
    for place in range(verb - 1, -1, -1):
        text = clauses.at(place)
        if text in word_list("modals"):
            return place
        if text == "att" and all(clauses.is_light(n) for n in range(place + 1, verb)):
            return None
        if text in (";", ":"):
            return None
    return None


def _passive(clauses: Clauses, hit: Hit) -> Stand | None:
    """Y VERBas (av X); Y kan, bör (inte) VERBas."""
    if is_foreign(clauses, hit.first) and not _of_a_view(clauses, hit.first):
        return None
    agent = clauses.find(lambda w: w.text == "av", hit.last + 1, hit.last + 3)
    if agent is not None and not _is_own_agent(clauses, agent):
        return None
    finite = hit.first
    modal = _modal_of(clauses, hit.first)
    if hit.form == "passive infinitive":
        if modal is None:
            return None
        finite = modal
    start = clauses.main_start(hit.first)
    if _is_relative(clauses, hit.first) or any(
        is_other(clauses, n)
        for n in range(start, finite)
        if clauses.at(n + 1) in word_list("judges") | word_list("speaks")
    ):
        return None
    needed = VIEWS if hit.lexeme.needs == "view" else PROPOSED
    told = clauses.text(start, hit.first) + " " + clauses.text(hit.last + 1, hit.last + 5)
    parted = clauses.at(hit.last + 1) in ("upp", "in", "ut", "mellan")
    if hit.lexeme.needs and (parted or not needed.search(told)):
        return None
    denied = denied_before(clauses, max(start, finite - 2), hit.first) or denied_behind(
        clauses, hit.first, hit.last
    )
    while finite > start and clauses.at(finite - 1) in word_list("deniers"):
        finite -= 1
    about = clauses.subject(start, finite)
    if _IT.fullmatch(clauses.line[about[0] : about[1]]):
        return stand_of(clauses, hit, denied)
    if LEADS_IN.match(clauses.line[about[0] : about[1]]) and not modal:
        behind = clauses.subject_behind(hit.last)
        about = behind or about
    return stand_of(clauses, hit, denied, about)


def _is_own_agent(clauses: Clauses, agent: int) -> bool:
    """ "av nämnden"; also one body of a name not known ("av förvaltningen"), no other speaker."""
    if any(w.own for w in clauses.words[agent + 1 : agent + 4]):
        return True
    name = clauses.text(agent + 1, agent + 2)
    known = name.casefold() in word_list("others") or canonical_name(name) is not None
    return not known and name.islower() and ONE_BODY.fullmatch(name) is not None


def _is_relative(clauses: Clauses, verb: int) -> bool:
    """ "de förslag som tillstyrks"; not "…, som därför tillstyrks", which says it of them all."""
    clause = clauses.clause_of(verb)
    if clause.opener not in ("som", "vilket", "vilka", "hur"):
        return False
    between = clauses.words[clause.start : verb]
    return clause.opener == "hur" or not any(w.text in _CONCLUDES for w in between)


_CONCLUDES = frozenset({"därför", "således", "alltså", "följaktligen"})
# "Det kan ifrågasättas om …".
_IT = re.compile(r"\W*det(?:\s+\w+)?\W*", re.IGNORECASE)


def _of_a_view(clauses: Clauses, verb: int) -> bool:
    """ "Utredningens bedömning att kravet behövs delas": the view itself is the subject."""
    opener = clauses.clause_of(verb).start - 1
    return VIEWS.fullmatch(clauses.at(opener - 1)) is not None and opener <= _SUBJECT_WITHIN


_SUBJECT_WITHIN = 5
