"""The stand that a sentence of a consultation reply takes: its label and where its target stands.

A stand is composed: the meaning of a lexeme (`lexicon`), found in a frame by a body that speaks for
itself (`frames`), then what is said over it: a denial, most or some of it, a condition, remarks.
`data/grammar/labels.tsv` turns the composition into a label of the command contract.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rodtrad.statements.grammar.clauses import clauses_of
from rodtrad.statements.grammar.frames import find_asks, find_stands
from rodtrad.statements.grammar.hits import Stand
from rodtrad.statements.grammar.lexicon import Meaning, meanings
from rodtrad.statements.issuer import names_pattern
from rodtrad.statements.reading import one_clause
from rodtrad.statements.vocabulary import Cue, spelled_out

_RETOLD = re.compile(
    r"^\W*(?:utredningen|utredaren|kommittén|regeringen|"
    r"i (?:utredningen|betänkandet|promemorian))\b",
    re.IGNORECASE,
)
# "Skälen för att nämnden avstyrker är …" gives the grounds of a stand taken elsewhere.
_GROUNDS = re.compile(r"^\W*(?:skäl(?:en|et)?|orsaken|motivet)\s+(?:för|till)\b", re.IGNORECASE)
# "utarbeta yttrandet, som nämnden ansluter sig till", "Vi har inget ytterligare att tillägga": no
# stand on a proposal.
_OF_THE_REPLY = re.compile(
    r"\b(?:yttrandet|remissvaret|svaret|tjänsteutlåtandet|tjänsteskrivelsen)\b,?\s+(?:som|vilket)\s+"
    r"(?:[\w-]+\s+){1,5}?(?:ansluter|ställer|instämmer|antar)\b"
    r"|^\W*[^,;]{0,60}\b(?:inget|ingenting)\s+(?:ytterligare|vidare|mer)\s+att\s+tillägga\W*$",
    re.IGNORECASE,
)
# "ifrågasätter om inte rekvisitet bör utgå" asks for it.
_SUGGESTS = re.compile(r"\s+om\s+(?:det\s+)?inte\b[^.]*\b(?:bör|borde)\b", re.IGNORECASE)


# No real sentence is longer; it keeps hostile input from costing its square.
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Position:
    """A stand with its label: `start` and `end` are where its words stand in the sentence.

    `about` is where the proposal stands, None where it is what follows the words; `judged` is
    whether it is found to be something ("är rimligt"), not voted on.
    """

    label: str
    meaning: str
    judged: bool
    start: int
    end: int
    about: tuple[int, int] | None


def stance_of(sentence: str, own: frozenset[str]) -> str | None:
    """The label of the stand a sentence takes, None where it takes none.

    >>> own = frozenset({"vi", "länsstyrelsen"})
    >>> stance_of("Länsstyrelsen delar utredningens bedömning att åldern inte bör höjas.", own)
    'delar bedömningen'
    >>> stance_of("Länsstyrelsen avstyrker inte förslaget.", own)
    'inget att erinra'
    >>> stance_of("Utredningen välkomnar en bred debatt.", own) is None
    True
    """
    found = position_of(sentence, own)
    return found.label if found else None


@lru_cache(maxsize=16384)
def position_of(sentence: str, own: frozenset[str]) -> Position | None:
    """The stand that a sentence takes in the body's own voice, None where it takes none."""
    line = one_clause(sentence[:_LONGEST])
    if _OF_THE_REPLY.search(line) or _GROUNDS.match(line):
        return None
    if _RETOLD.match(line) and not names_pattern(own).search(line):
        return None
    stands = find_stands(clauses_of(line, own))
    if _is_undecided(line, stands):
        return Position(_UNDECIDED, "neutral", False, stands[0].start, stands[-1].end, None)
    found = [
        (meanings()[stand.lexeme.meaning].rank, number, stand, label)
        for number, stand in enumerate(stands)
        if (label := _label(line, stand))
    ]
    if not found:
        return None
    _, _, stand, label = min(found, key=lambda one: one[:2])
    judged = stand.lexeme.kind == "quality" or stand.lexeme.needs == "judged"
    return Position(label, stand.lexeme.meaning, judged, stand.start, stand.end, stand.about)


_UNDECIDED = "tar inte ställning"
_NEITHER = re.compile(
    r"\bvarken\b[^.]*\beller\s+(?:\w+\s+)?(?:avstyrk|beklag|motsätt|avvis|invänd|ifrågasätt)", re.I
)
_FOR = frozenset({"support", "back", "welcome", "accept"})


def _is_undecided(line: str, stands: Sequence[Stand]) -> bool:
    """ "kan varken tillstyrka eller avstyrka"."""
    meant = {stand.lexeme.meaning for stand in stands if stand.denied}
    return bool(_NEITHER.search(line)) and bool(meant & _FOR)


def ask_cues(sentence: str, own: frozenset[str]) -> list[Cue]:
    """The words by which the body asks in a sentence, each as a cue ("ask wish")."""
    asks = find_asks(clauses_of(one_clause(sentence[:_LONGEST]), own))
    return [
        Cue(f"ask {one.meaning}", one.meaning, _ANY, one.example, one.counterexample)
        for one in (stand.lexeme for stand in asks)
    ]


_ANY = re.compile("")


def _label(line: str, stand: Stand) -> str:
    """What a stand amounts to, with all that is said over it."""
    meaning = meanings()[stand.lexeme.meaning]
    if stand.lexeme.meaning == "query" and _SUGGESTS.match(line, stand.end):
        return ""
    told = f" {line[slice(*stand.about)]}" if stand.about else line[stand.end :]
    if stand.lexeme.meaning in ("back", "accept", "approve") and _OF_A_VIEW.match(told):
        meaning = meanings()["agree"]
    if stand.denied:
        partly = meaning.denied == "avstyrker" and IN_PART.search(line, stand.end)
        return _PARTLY_AGAINST if partly else meaning.denied
    return _modified(line, stand, meaning)


def _modified(line: str, stand: Stand, meaning: Meaning) -> str:
    behind = line[stand.end :]
    if _PARTLY.search(line[max(0, stand.start - 8) : stand.end]):
        return meaning.partly
    if _PARTLY_BEHIND.match(behind) or _ONLY_PART.search(behind):
        return meaning.partly
    if stand.lexeme.meaning == "oppose" and (IN_PART.search(behind) or IN_PART.match(line)):
        return meaning.partly
    could = line[stand.start : stand.end].casefold().startswith("kan ")
    if (stand.lexeme.meaning == "accept" or could) and IF_CLAUSE.search(behind):
        return meaning.condition
    if _CONDITION.search(behind) or _CONDITION_FIRST.match(line):
        return meaning.condition
    if _is_mainly(line, stand):
        proposals = stand.lexeme.meaning == "agree" and _OF_PROPOSALS.match(behind)
        return meanings()["support"].mainly if proposals else meaning.mainly
    if stand.lexeme.meaning == "back" and _WITH_REMARKS.search(behind):
        return meanings()["support"].remarks
    if _REMARKS.search(behind):
        return meaning.remarks
    return meaning.plain


# "ansluter sig till den bedömningen", "ställer sig bakom utredningens analys".
_OF_A_VIEW = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}?(?:bedömning|uppfattning|slutsats|\w*analys|resonemang|synsätt|åsikt"
    r"|\w*beskrivning|problembild|ståndpunkt|överväganden)\w{0,4}\b",
    re.IGNORECASE,
)
# "instämmer i stort med förslagen om X" is for them, "i bedömningen" shares a view.
_OF_PROPOSALS = re.compile(
    r"\s+(?:i (?:huvudsak|stort(?: sett)?|allt väsentligt)\s+)?(?:med|i)\s+(?:[\w-]+\s+)?"
    r"förslag(?:en|et)?\b",
    re.IGNORECASE,
)
_WITH_REMARKS = re.compile(
    r"\bmed (?:de|följande|nedanstående|vissa)\s+(?:\w+\s+)?synpunkter\b", re.I
)
_PARTLY_BEHIND = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}?(?:delvis|i vissa delar|i delar|delar av|vissa delar|vissa av)\b", re.I
)
_PARTLY = re.compile(r"\bdelvis\b", re.IGNORECASE)
_ONLY_PART = re.compile(r"\b(?:endast|bara|enbart)\s+(?:i den|den)\s+del\b", re.IGNORECASE)
_PARTLY_AGAINST = "avstyrker delvis"
# "i den del det avser gymnasiet", "såvitt avser gymnasiet".
IN_PART = re.compile(
    r"\bi (?:den|de) del(?:en|ar|arna)? (?:det|den|de|som|förslaget) (?:avser|gäller|rör)\b"
    r"|\bsåvitt (?:(?:det|den|de|förslaget) )?(?:avser|gäller|rör|angår)\b",
    re.I,
)
# "kan godta förslaget om samtycke görs till ett krav": a clause, not "förslaget om samtycke".
IF_CLAUSE = re.compile(
    r"\bom (?:(?!(?:om|att|som|där|när|hur|vad|vem|vilk\w+)\b)[\w-]+\s){1,8}?"
    r"(?:är|får|kan|ges|blir|görs|sker|\w*förs|\w{3,}(?:as|ts|ks|ns|ds))\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(spelled_out(r"\b{CONDITION}\b"), re.IGNORECASE)
_CONDITION_FIRST = re.compile(
    r"^\W*(?:(?:endast|bara|enbart)\s+)?(?:förutsatt|under förutsättning"
    r"|om(?![^,]{0,60}\b(?:ändå|trots|likväl)\b))\b",
    re.IGNORECASE,
)
_MAINLY = re.compile(
    spelled_out(
        r"\b(?:{MAINLY}|till största delen|huvuddelen|merparten|flertalet|de flesta|huvuddragen"
        r"|i den mån (?:inte|ej) annat)\b"
    ),
    re.IGNORECASE,
)
_REMARKS = re.compile(
    r"\bmen\b|,\s+dock\b|\bmed\s+(?:de |vissa |några )?(?:\w+ )?(?:synpunkter|påpekanden"
    r"|kommentarer|tillägg|justeringar|ändringar)\b"
    r"|\bmed (?:den|det|en|ett|vissa) (?:\w+ )?(?:ändring|justering|tillägg|reservation|undantag"
    r"|påpekande)\w*\b|\bmed (?:följande|nedanstående|nedan|undantag)|\bmed beaktande av\b"
    r"|\bmed de reservationer\b",
    re.IGNORECASE,
)
_MAINLY_WITHIN = 5


def _is_mainly(line: str, stand: Stand) -> bool:
    """ "i huvudsak" beside the words, or "huvuddelen av" as what they are said of."""
    for found in _MAINLY.finditer(line):
        if found.end() <= stand.start:
            between = line[found.end() : stand.start]
        elif found.start() >= stand.end:
            between = line[stand.end : found.start()]
            if found.group().casefold().startswith("i den mån") or _WHOLE.search(between):
                return True
        else:
            return True
        if len(between.split()) <= _MAINLY_WITHIN and not re.search(r"\batt\b|,", between):
            return True
    return False


# "ställer sig bakom utredningens förslag i stort".
_WHOLE = re.compile(r"^\s+(?:[\w-]+\s+){0,3}?förslag\w*\s+$", re.IGNORECASE)
