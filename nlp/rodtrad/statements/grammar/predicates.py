"""Qualities: X är ADJ till Y, Y är ADJ, X anser att Y är ADJ, det är ADJ att Y, X finner Y ADJ."""

from __future__ import annotations

import re
from dataclasses import replace

from rodtrad.statements.grammar.clauses import Clauses
from rodtrad.statements.grammar.hits import Hit, Stand, stand_of
from rodtrad.statements.grammar.lexicon import ASKS, Lexeme, lexicon
from rodtrad.statements.grammar.objects import LEADS_IN, PROPOSED, VERDICTS, object_fits
from rodtrad.statements.grammar.speakers import denied_before, own_subject, speaks
from rodtrad.statements.vocabulary import word_list

_PREDICATE_WITHIN = 9


def read_body(clauses: Clauses, hit: Hit) -> Stand | None:
    """X är, ställer sig ADJ till Y."""
    verb = clauses.find_back(
        lambda w: w.text in word_list("body_verbs"), hit.first, _PREDICATE_WITHIN
    )
    if verb is None or not object_fits(clauses, hit):
        return None
    of_something = clauses.at(hit.last + 1) in word_list("takes")
    if not own_subject(clauses, verb) and not (of_something and speaks(clauses, hit, verb)):
        return None
    if any(not clauses.is_light(n) for n in range(verb + 1, hit.first)):
        gap = clauses.text(verb + 1, hit.first)
        if not _ADVERBIAL.fullmatch(gap):
            return None
    clause = clauses.clause_of(verb)
    start = clause.start if clause.opener else verb
    stand = stand_of(clauses, hit, denied_before(clauses, start, hit.first))
    return replace(stand, start=clauses.words[verb].start)


# "är mycket", "är i grunden", "är positiv till och", "är dock ytterst".
_ADVERBIAL = re.compile(r"\s*(?:[\w-]+\s*,?\s+){0,4}(?:[\w-]+)?\s*", re.IGNORECASE)


def read_quality(clauses: Clauses, hit: Hit) -> Stand | None:
    """Y är ADJ; X anser att Y är ADJ; det är ADJ att Y; X finner Y ADJ."""
    return _predicated(clauses, hit) or _predicate_first(clauses, hit) or _found_so(clauses, hit)


def _predicate_first(clauses: Clauses, hit: Hit) -> Stand | None:
    """ "Särskilt positivt är att Y", "Bra att Y"."""
    opens = all(clauses.is_light(n) for n in range(clauses.main_start(hit.first), hit.first))
    verbless = clauses.at(hit.last + 1) == "att" and hit.lexeme.needs != "proposal"
    inverted = clauses.at(hit.last + 1) == "är"
    behind = clauses.clause_behind(hit.last + inverted) if inverted or verbless else None
    rest = clauses.span(hit.last + 2, len(clauses.words))
    if inverted and behind is None and PROPOSED.match(clauses.line[rest[0] :]):
        behind = rest
    if not opens or behind is None:
        return None
    return stand_of(clauses, hit, denied_before(clauses, hit.first - 2, hit.first), behind)


def _predicated(clauses: Clauses, hit: Hit) -> Stand | None:
    copula = clauses.find_back(
        lambda w: w.text in word_list("copulas"), hit.first, _PREDICATE_WITHIN
    )
    if copula is None or not _is_predicate(clauses, copula, hit):
        return None
    judged = _judged(clauses, copula)
    if judged is None:
        return None
    voiced, start = judged
    voiced = voiced or _FORMAL.search(clauses.text(copula - 1, copula + 1)) is not None
    finite = copula
    while finite > start and clauses.at(finite - 1) in (word_list("modals") | {"att", "inte"}):
        finite -= 1
    judge = _judge_between(clauses, start, finite)
    if judge is not None:
        voiced, finite = True, judge
    ordered = clauses.find(lambda w: w.text in word_list("orders"), copula - 3, copula) is not None
    if ordered and clauses.at(copula) == "vara":
        return None
    about = clauses.span(start, finite)
    told = clauses.line[about[0] : about[1]]
    if LEADS_IN.match(told) and (inner := clauses.without_light(copula + 1, hit.first)):
        about = inner
        told = clauses.line[about[0] : about[1]]
    clause_behind = clauses.clause_behind(hit.last) or clauses.with_behind(hit.last)
    if _IT.fullmatch(told.strip()):
        if _is_wished(clauses, copula, hit):
            return None
        if hit.lexeme.needs == "proposal" and clause_behind is not None:
            return None
        about = clause_behind or about
    elif not _is_judged(told, hit.lexeme, voiced=voiced) or _is_wished(clauses, copula, hit):
        return None
    if not told.strip() and not voiced:
        return None
    denied = denied_before(clauses, max(start, finite - 3), hit.first)
    denied = denied or (voiced and _judge_denied(clauses, start))
    return stand_of(clauses, hit, denied, about)


_IT = re.compile(r"(?:det|detta|det här|sammantaget|däremot|dock|därför|även|,|\s)+", re.IGNORECASE)


# "får anses", "måste bedömas", "framstår": who writes is who finds so.
_FORMAL = re.compile(r"\b(?:får|måste|kan) anses\b|\b(?:framstår|synes)\b", re.IGNORECASE)


def _judge_between(clauses: Clauses, start: int, finite: int) -> int | None:
    """ "Att X tycker vi är bra": the body's own verb between the subject and the copula."""
    named = finite - 1 > start and clauses.words[finite - 1].own
    judge = finite - 2
    return judge if named and clauses.at(judge) in word_list("judges") and judge > start else None


def _is_wished(clauses: Clauses, copula: int, hit: Hit) -> bool:
    """ "vore önskvärt" asks for something; "vore olyckligt" doubts."""
    return clauses.at(copula) == "vore" and hit.lexeme.meaning != "doubt"


def _is_predicate(clauses: Clauses, copula: int, hit: Hit) -> bool:
    """Nothing of another clause stands between the copula and the quality."""
    gap = clauses.text(copula + 1, hit.first)
    if _opens_inverted(clauses, copula) and PROPOSED.search(" ".join(gap.split()[:4])):
        return not _is_attribute(clauses, hit)
    gap = _TOO.sub("", _ACCORDING.sub(" ", gap))
    if re.search(r"\b(?:att|som|om|för|vilket|eftersom)\b|[;:(]", _AS.sub("", gap)):
        return False
    return len(gap.split()) <= 7 and not _is_attribute(clauses, hit)


def _opens_inverted(clauses: Clauses, copula: int) -> bool:
    """ "Enligt nämndens mening är förslaget …": what stands before the verb is no subject."""
    before = clauses.text(clauses.main_start(copula), copula)
    return LEADS_IN.match(before) is not None and "," not in before


def _is_attribute(clauses: Clauses, hit: Hit) -> bool:
    """ "är en god hälsa" judges no proposal; "är ett rimligt förslag" does."""
    behind = clauses.at(hit.last + 1)
    if not behind.isalpha() or clauses.is_light(hit.last + 1) or behind in word_list("behind"):
        return False
    return not VERDICTS.search(clauses.text(hit.last + 1, hit.last + 3))


# "är enligt vår mening för optimistisk".
_TOO = re.compile(r"\bför\W*$", re.IGNORECASE)
_AS = re.compile(r"^\W*(?:(?:inte|varken|dock|därför|också)\s+)*som\b", re.IGNORECASE)
_ACCORDING = re.compile(
    r"\benligt\s+(?:[\w-]+\s+){1,4}?(?:mening|uppfattning|bedömning|åsikt)\b|\benligt\s+[\w-]+"
    r"|\bi\s+(?:huvudsak|grunden|allt väsentligt|stort sett|och för sig)\b|\bpå det hela taget\b"
    r"|\bför \w+ del\b",
    re.IGNORECASE,
)


def _judged(clauses: Clauses, copula: int) -> tuple[bool, int] | None:
    """Whether the body says so of itself, and where the subject begins; None: another says so."""
    clause = clauses.clause_of(copula)
    line = clauses.line
    first = clauses.main_start(copula)
    if clauses.at(first) == "att" and _is_last_verb(clauses, copula):
        return True, first
    according = _OWN_VIEW_SAID.search(line)
    voiced = according is not None and clauses.names_own(according.group())
    if according and not voiced and _OTHERS_VIEW.search(according.group()):
        return None
    if clause.opener == "när" and clauses.at(clause.start + 1) != "gäller":
        return None
    if clause.opener and clause.opener not in ("att", "som", "när", "eftersom"):
        return None
    if clause.opener in ("som", "eftersom"):
        start = clauses.main_start(copula)
        heads = clause.opener == "som" and _heads_main(clauses, clause.start - 1, copula)
        return (voiced, start) if heads else None
    if clause.opener == "att":
        start = clauses.main_start(copula)
        if clause.start - 1 <= start or _heads_main(clauses, clause.start - 1, copula):
            return voiced, start
        own = voiced or clauses.governor(clause) == "own"
        return (True, clause.start) if own else None
    return voiced, clauses.main_start(copula)


def _is_last_verb(clauses: Clauses, copula: int) -> bool:
    verbs = word_list("copulas") | word_list("modals") | word_list("judges")
    verbs |= word_list("main_verbs") - {"har"}
    return not any(w.text in verbs for w in clauses.words[copula + 1 :])


def _heads_main(clauses: Clauses, opener: int, copula: int) -> bool:
    """ "Utredningens slutsats att X ryms är optimistisk": the second verb rules.

    Nothing before "att" is a verb, and behind the predicate no other verb follows.
    """
    verbs = word_list("copulas") | word_list("modals") | word_list("judges")
    start = clauses.main_start(copula)
    if any(w.text in verbs for w in clauses.words[start:opener]):
        return False
    if not PROPOSED.search(clauses.text(max(start, opener - 3), opener)):
        return False
    return not any(
        w.text in verbs or w.text in word_list("main_verbs") for w in clauses.words[copula + 1 :]
    )


_OWN_VIEW_SAID = re.compile(
    r"\benligt\s+(?:[\w-]+\s+){0,4}?(?:mening|uppfattning|bedömning|åsikt)\b|\benligt\s+[\w-]+"
    r"|\b[\w-]+s\s+(?:\w+\s+)?(?:mening|uppfattning|bedömning|åsikt)\s+(?:är\s+)?att\b"
    r"|\bär\s+[\w-]+s\s+(?:\w+\s+)?(?:mening|uppfattning|bedömning|åsikt)\b|\bi \w+s ögon\b",
    re.IGNORECASE,
)


_OTHERS_VIEW = re.compile(
    r"\b(?:utredning|utredar|kommittén|regering|promemoria|betänkande)\w*", re.IGNORECASE
)


def _judge_denied(clauses: Clauses, start: int) -> bool:
    """ "anser inte att …"."""
    return denied_before(clauses, max(0, start - 5), max(0, start - 1))


# "Syftet är gott": what a "but" follows.
_AIM = re.compile(r"\W*(?:syftet|tanken|avsikten|ambitionen|intentionen|målet)\W*", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:i|på|av|för|med|hos|vid|till|om|att|som)\s", re.IGNORECASE)
_PROPOSED_THERE = re.compile(r"\bföresl\w+", re.IGNORECASE)
# That a report is well written is praise of its authors.
_REPORT = re.compile(r"\W*(?:betänkandet|promemorian|utredningen|rapporten)\W*", re.IGNORECASE)
# "Någon begränsning bedöms inte vara nödvändig" retells.
_INDEFINITE = re.compile(
    r"\W*(?:någon|något|några|(?:en|ett)(?! (?:sådan|sådant|så)\b))\s", re.IGNORECASE
)
_NOW = re.compile(r"\b(?:nuvarande|dagens|gällande|befintlig\w*|vore)\b", re.IGNORECASE)


def _is_judged(told: str, lexeme: Lexeme, *, voiced: bool) -> bool:
    """Whether a subject is of the kind that a reply judges; any is where the body speaks."""
    if _NOW.search(told) or (not voiced and _INDEFINITE.match(told)):
        return False
    fronted = re.match(r"\W*att\s", told, re.IGNORECASE) is not None
    if voiced and lexeme.needs != "proposal":
        return True
    if _REPORT.fullmatch(told) and lexeme.meaning != "welcome":
        return False
    if not voiced and _AIM.fullmatch(told):
        return False
    head = _PREPOSITION.split(told)[0]
    said = PROPOSED.search(head) or _PROPOSED_THERE.search(told)
    return fronted or said is not None


def _needs() -> frozenset[str]:
    """The qualities that ask for what they are said of ("finner det angeläget att")."""
    return frozenset(
        one.lemma for one in lexicon(ASKS) if one.kind == "need" and one.needs != "wished"
    )


def _found_so(clauses: Clauses, hit: Hit) -> Stand | None:
    """X finner Y ADJ; Y anser X vara ADJ; X ser det som ADJ att Y."""
    judges = word_list("judges")
    verb = clauses.find_back(lambda w: w.text in judges, hit.first, 25)
    if verb is None or clauses.clause_of(verb).start > 1 or not own_subject(clauses, verb):
        return None
    gap = clauses.text(verb + 1, hit.first)
    if re.search(r"\b(?:att|om att|vilket|vilka)\b|[;:]", gap) or clauses.at(verb) in word_list(
        "tells"
    ):
        return None
    if clauses.at(verb) == "ser" and not re.search(r"\bsom\b", gap):
        return None
    clause_behind = clauses.clause_behind(hit.last)
    if clause_behind and hit.lexeme.lemma in _needs():
        return None
    inner = re.sub(r"\b(?:vara|som|det|detta|är|mycket|dock|däremot)\b", " ", gap).strip(" ,")
    behind_name = clauses.without_light(verb + 1, hit.first)
    denied = denied_before(clauses, verb + 1, hit.first)
    if clause_behind and len(inner.split()) <= 4:
        return stand_of(clauses, hit, denied, clause_behind)
    if behind_name is not None and _is_judged(gap, hit.lexeme, voiced=True):
        return stand_of(clauses, hit, denied, behind_name)
    fronted = clauses.span(clauses.main_start(verb), verb)
    return stand_of(clauses, hit, denied, fronted) if fronted[1] - fronted[0] > 4 else None


def read_verdict(clauses: Clauses, hit: Hit) -> Stand | None:
    """Y bör (inte) genomföras; X anser att Y ska avslås."""
    should = clauses.find_back(lambda w: w.text in word_list("orders"), hit.first, 12)
    if should is None or re.search(r"\b(?:att|som|kunna)\b", clauses.text(should, hit.first)):
        return None
    judged = _judged(clauses, should)
    if judged is None:
        return None
    voiced, start = judged
    finite = should - 1 if clauses.at(should - 1) in word_list("deniers") else should
    about = clauses.subject(start, finite)
    if _opens_inverted(clauses, should):
        about = clauses.without_light(should + 1, hit.first) or about
    told = clauses.line[about[0] : about[1]]
    denied = denied_before(clauses, finite, hit.first)
    if clauses.at(hit.last + 1) in ("från", "ifrån"):
        return None
    against = denied or hit.lexeme.meaning == "verdict against"
    no_such = denied and re.match(r"\W*någo[nt]\s", told, re.IGNORECASE)
    named = _SUGGESTED.search(told) or (against and not denied and PROPOSED.search(told))
    if not (named or no_such or (voiced and against)):
        return None
    return stand_of(clauses, hit, denied, about)


_SUGGESTED = re.compile(r"\bförslag\w*|\bföreslagn\w+", re.IGNORECASE)
