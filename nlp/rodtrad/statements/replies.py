"""What a consultation reply asks for: needs, wishes and proposals in the body's own voice.

Forms: "behöver", "krävs att", "kräver att", "det är viktigt att … ges", "betonar vikten av att",
"Ett medskick … är att", "det saknas en analys av hur", "bör", "föreslår". Not: what the inquiry or
the directive requires ("som krävs enligt direktivet"), what others say, praise, and facts about
the county or the field.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, zip_longest

from rodtrad.datamodel import Span
from rodtrad.statements.doubts import doubt_of
from rodtrad.statements.grammar.clauses import clauses_of
from rodtrad.statements.grammar.duties import SHOULD, is_own_duty
from rodtrad.statements.grouping import Demand, Proposal
from rodtrad.statements.issuer import names_pattern, own_names
from rodtrad.statements.positions import ask_cues, position_of
from rodtrad.statements.reading import Reading, Unit, one_clause, one_line, words
from rodtrad.statements.speech import is_attributed, names_subject, own_units
from rodtrad.statements.vocabulary import Cue, cues

_OTHERS_SAY = re.compile(
    r"^\W*(?:utredningen|utredaren|kommittén|regeringen|greta|direktivet|i utredningen"
    r"|i betänkandet|i det nya direktivet|enligt)\b[^.]{0,80}?"
    r"\b(?:lyfter|föreslår|betonar|bedömer|anser|konstaterar|framhåller"
    r"|menar|föreslås|konstateras|framgår|har)\b|^\W*det konstateras\b"
    r"|^\W*(?:utredningens|utredarens|kommitténs|promemorians|betänkandets)\s+"
    r"(?:bedömning|förslag|uppfattning|slutsats)\s+(?:är|innebär)\b"
    r"|^\W*enligt (?:utredningen|utredaren|kommittén|betänkandet|promemorian|förslaget|rapporten)"
    r"\s+(?:bör|ska|skall|behöver|måste|krävs|behövs)\b",
    re.IGNORECASE,
)
_RETELLS = re.compile(
    r"^\W*(?:utredningen|utredaren|kommittén|betänkandet|promemorian)\s+(?:\w+\s+)?"
    r"(?:gör|föreslår|bedömer|anser|menar|förordar|konstaterar|redovisar"
    r"|\w+(?:er|ar|år|ör)\s+(?:\w+\s+)?att)\b"
    r"|^\W*som\s+(?:framgår|anges|nämns|sägs|anförs)\b"
    r"|^\W*som\s+(?:utredningen|utredaren|kommittén|betänkandet|promemorian)\s+\w+(?:er|ar|år|ör)\b",
    re.IGNORECASE,
)
# "anser inte att X bör inrättas" objects; it asks for nothing.
_REFUSES = re.compile(
    r"\banser (?:\w+ )?inte att\b[^.]*\b(?:bör|ska|behöver|behövs)\b"
    r"|\b(?:kan|ser|finner)\s+(?:[\w-]+\s+){0,3}?(?:inte|inget|inga)\b[^.,]*\bbehov\b"
    r"|\b(?:inte|ej) (?:bör|ska|skall) (?:genomföras|införas|antas)\b|\bmåste (?:\w+ )?invändas\b",
    re.IGNORECASE,
)
# "För nämndens del krävs två årsarbetskrafter" is what it costs.
_OWN_COST = re.compile(r"^\W*för\s+(?P<who>[^,]{2,50}?)\s+(?:krävs|behövs)\b(?!\s+att)", re.I)
_OWN_FORECAST = re.compile(
    r"\bkommer\s+(?:eventuellt|troligen|sannolikt|möjligen)\b"
    r"|\b(?:beräknar|uppskattar|räknar med)\s+att\b[^.]*\b(?:kräver|behövs|behöver)\b",
    re.IGNORECASE,
)
# "som de ansåg borde tillstyrkas"; "frågor som kommunerna saknar underlag för".
_TOLD_OF = re.compile(r"\b(?:ansåg|menade|framförde|anmälde avvikande)\b", re.IGNORECASE)
_OTHERS_LACK = re.compile(r"\bsom\s+[\w-]+(?:na|rna)\s+saknar\b", re.IGNORECASE)
_MISSING = "D06"
_NEED = "D01"
_DUTIES = {
    "D01": frozenset({"behöver", "måste", "behövs", "behov", "kommer"}),
    "D07": SHOULD,
    "D11": frozenset({"måste"}),
}
# "anser att X ska" where the sentence takes no stand.
_HELD = "D17"
# "innebär att kommunen måste anställa", "måste i dag ansöka": how it is, or would be.
_A_FACT = re.compile(
    r"\bförståelse för\b[^.]*\b(?:måste|behöver)\b"
    r"|\b(?:innebär|medför|betyder)\s+(?:\w+\s+)?att\b[^.]*\b(?:måste|behöver)\b"
    r"|\bi dag(?:släget)?\s+(?:måste|behöver)\b|\b(?:måste|behöver)\s+(?:\w+\s+)?i dag\b",
    re.IGNORECASE,
)
# "Det framgår inte vilket krav som gäller. Vi anser att detta bör klargöras.": one demand.
_MENDS = re.compile(
    r"\b(?:detta|det|frågan|saken)\s+(?:bör|behöver|måste)\s+(?:\w+\s+){0,2}?(?:klargöras|förtydligas"
    r"|klarläggas|regleras|anges|framgå|preciseras|belysas|analyseras|utredas|redovisas|rättas)\b",
    re.IGNORECASE,
)
# What adds to the grounds of a stand asks for nothing.
_REASONS = re.compile(
    r"^\W*(?:huruvida|frågan (?:hur|när|vem|vilk\w+))\b"
    r"|^\W*(?:(?:här|där|till detta)(?:till)? kommer(?: även| också)? att"
    r"|(?:detta|det) beror på att|skälet (?:är|till detta))\b",
    re.IGNORECASE,
)
# "har förståelse för X men anser att …": what follows is the ground for the doubt.
_CONCEDES = "concede"
_GOES_FURTHER = re.compile(
    r"\b(?:men|dock|samtidigt|emellertid|däremot)\b"
    r"|\boch (?:\w+ )?(?:betonar|understryker|anser|menar|föreslår|önskar|efterlyser|ser gärna"
    r"|vill|hemställer|begär|yrkar|förordar|rekommenderar|uppmanar|efterfrågar)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\bförutsatt att\b|\bunder förutsättning(?:en)? (?:att|av att)\b"
    r"|\b(?:under|på|med) (?:det )?villkor(?:et)? att\b|\bmed förbehåll (?:för )?att\b"
    r"|\b(?:men |dock )?(?:endast|bara|enbart) om\b|\bså länge\b",
    re.IGNORECASE,
)
# "avstyrker förslaget och anser att": the second half has the subject of the first.
_SHARES_SUBJECT = re.compile(r"^\W*(?:och|men|samt)\s+(?:anser|menar|tycker)\b", re.IGNORECASE)
# "delar utredningens uppfattning och anser att": what it agrees on.
_AGREES_AND_HOLDS = re.compile(r"^\W*och\s+(?:anser|menar|tycker)\b", re.IGNORECASE)
_STRONGER = ("D10", "ask propose", "ask recommend", "D07", "D11")
_ONLY_BY_NAME = ("D10", "D17")
_SIMILAR = 0.7


def find_reply_demands(reading: Reading) -> list[Proposal]:
    """The demands of a reply, in order, the same demand once."""
    own = own_names(reading)
    found: list[Proposal] = []
    seen: list[frozenset[str]] = []
    units = own_units(reading)
    units = [piece for unit in units for piece in _asking_pieces(unit, own)]
    for unit, behind in zip_longest(units, units[1:]):
        cue = reply_cue(unit.line, own) or _listed_as_missing(reading, unit)
        if cue is None or (cue.id == _MISSING and behind and _MENDS.search(behind.line)):
            continue
        said = words(unit.line)
        if any(_alike(said, other) for other in seen):
            continue
        seen.append(said)
        demand = Demand(unit, cue, formal=True, doubt=doubt_of(cue, unit.line, own))
        found.append(Proposal(demand, (demand,), unit.section))
    return found


_FEW_JOINS = 6  # keeps a sentence of nothing but joins from costing its square
_JOINS = re.compile(r",\s+(?:och|men|samt)\s+(?!att\b)|;\s+")


def _asking_pieces(unit: Unit, own: frozenset[str]) -> list[Unit]:
    """A sentence whose main clauses each ask for something of their own, in these; else itself."""
    joins = islice(_JOINS.finditer(unit.text), _FEW_JOINS)
    join = next((m for m in joins if _ask_apart(unit.text, m, own)), None)
    if join is None:
        return [unit]
    halves = ((0, join.start()), (join.end(), len(unit.text)))
    start = unit.at.start
    return [replace(unit, text=unit.text[a:b], at=Span(start + a, start + b)) for a, b in halves]


def _ask_apart(text: str, join: re.Match[str], own: frozenset[str]) -> bool:
    halves = one_line(text[: join.start()]), one_line(text[join.end() :])
    return all(reply_cue(half, own) is not None for half in halves) and not position_of(
        halves[0], own
    )


_MISSES = re.compile(
    r"^\W*(?:vad|det)\s+(?:som\s+)?(?:utredningen|utredaren|förslaget|betänkandet|promemorian|vi)\s+"
    r"(?:missar|saknar|(?:inte )?borde|inte\b)|^\W*(?:saknas|det saknas|luckor)\b|\bsom saknas\W*$",
    re.IGNORECASE,
)


def _listed_as_missing(reading: Reading, unit: Unit) -> Cue | None:
    """A point under a heading that says what the report misses ("Vad utredningen saknar")."""
    around = reading.ancestors(unit.section)
    if unit.kind != "list_item" or not around or not _MISSES.match(around[0].title):
        return None
    return next(c for c in cues("needs") if c.id == _MISSING)


def reply_cue(sentence: str, own: frozenset[str]) -> Cue | None:
    """The wording by which a sentence asks for something; None where it does not.

    >>> found = reply_cue("Det saknas en analys av hur stödet ska säkerställas.", frozenset({"vi"}))
    >>> found.label if found else None
    'wish'
    """
    sentence = one_clause(sentence)
    if _TOLD_OF.search(sentence) or _OTHERS_LACK.search(sentence):
        return None
    if _RETELLS.match(sentence) or is_attributed(sentence, own) or _REFUSES.search(sentence):
        return None
    if _OTHERS_SAY.match(sentence) and not names_pattern(own).search(sentence):
        return _missing(sentence)
    cost = _OWN_COST.match(sentence)
    if cost and any(word.removesuffix("s") in own for word in cost["who"].casefold().split()):
        return None
    if _OWN_FORECAST.search(sentence) or _REASONS.match(sentence) or _only_stance(sentence, own):
        return None
    matches = _asked(_behind_turn(sentence, own), own)
    if not matches:
        return None
    strong = [cue for name in _STRONGER for cue in matches if cue.id == name]
    return strong[0] if strong else matches[0]


def _asked(sentence: str, own: frozenset[str]) -> list[Cue]:
    """Every wording by which a sentence asks: patterns of needs, then the words of asking."""
    found = [cue for cue in cues("needs") if _asks(cue, sentence, own)]
    return found + ask_cues(sentence, own)


def _behind_turn(sentence: str, own: frozenset[str]) -> str:
    """What a sentence that takes a stand first says behind its turn.

    "delar bedömningen att stödet bör samlas, men efterlyser en tidplan" asks for a plan; what
    should be done according to its first half is what it agrees on. Where nothing behind the turn
    asks, the whole sentence counts.
    """
    turn = _GOES_FURTHER.search(sentence)
    first = position_of(sentence[: turn.start()], own) if turn else None
    if turn is None or first is None:
        return sentence
    behind = sentence[turn.start() :]
    if _AGREES_AND_HOLDS.match(behind) and first.label in _CONTENT:
        return sentence
    return behind if _asked(behind, own) else sentence


def _asks(cue: Cue, sentence: str, own: frozenset[str]) -> bool:
    match = cue.pattern.search(sentence)
    if match is None:
        return False
    if cue.id == _HELD and position_of(sentence, own) is not None:
        return False
    if cue.id == _NEED and _A_FACT.search(sentence):
        return False
    if cue.id in _DUTIES and not is_own_duty(
        clauses_of(sentence, own), _DUTIES[cue.id], named=False
    ):
        return False
    shared = _SHARES_SUBJECT.match(sentence) is not None
    return cue.id not in _ONLY_BY_NAME or shared or names_subject(sentence, match, own)


def _missing(sentence: str) -> Cue | None:
    """ "Utredningen berör inte hur …" is the body's own remark on what is missing."""
    return next((c for c in cues("needs") if c.id == "D06" and c.pattern.search(sentence)), None)


# "Bedömningen att antalet behöver öka är korrekt": what is needed is what it agrees on.
_CONTENT = frozenset({"tillstyrker", "delar bedömningen", "välkomnar"})


def _only_stance(sentence: str, own: frozenset[str]) -> bool:
    """A stance with its condition is a stance; a demand follows only in further clauses."""
    found = position_of(sentence, own)
    if found is None or (found.judged and found.label not in _CONTENT):
        return False
    if any(cue.id == "ask recommend" for cue in _asked(sentence, own)):
        return False
    if found.meaning == _CONCEDES:
        return True
    return not _GOES_FURTHER.search(sentence)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    smaller = min(len(one), len(other))
    return bool(smaller) and len(one & other) / smaller >= _SIMILAR


def condition_of(sentence: str) -> str | None:
    """What a stance depends on.

    >>> condition_of("Vi tillstyrker förslaget under förutsättning att kommunerna får medel.")
    'kommunerna får medel'
    """
    match = _CONDITION.search(sentence)
    return sentence[match.end() :].strip().rstrip(".,;") if match else None
