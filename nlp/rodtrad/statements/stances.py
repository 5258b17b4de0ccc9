"""What a consultation reply thinks of each proposal.

The vocabulary is that of the command contract. A sentence counts when the body itself speaks ("vi",
its name, "institutet"), not when it retells the inquiry. Negation and echo: "delar bedömningen att
X inte bör ändras" agrees (the "inte" belongs to what is agreed on); "delar inte", "avstyrker inte"
and "kan inte tillstyrka" are read as one expression. "Detsamma gäller …" repeats the last stance.

The target is the proposal in the words of the reply ("förslaget att …"); where a sentence only
points back ("Detta är positivt"), it is the sentence before. What follows in the same section and
asks for something is in `wishes`, not a stance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rodtrad.datamodel import Document, Mention, Section, Stance
from rodtrad.statements.issuer import names_pattern, own_names
from rodtrad.statements.positions import cue_of, stance_of
from rodtrad.statements.reading import Reading, Unit, one_line
from rodtrad.statements.replies import condition_of, own_units, reply_cue

_REPLIES = frozenset({"remissvar"})
_SAME = "samma"
_TARGET_FROM = re.compile(
    r"^\s*(?:(?:därför|även|också|särskilt|vidare|dock|delvis"
    r"|i huvudsak|i stort|i allt väsentligt) )*"
    r"(?:,? ?(?:(?:liksom|likt|i likhet med) )?utredning(?:en)?s, )?"
    r"(?:mot |till |på |med |bakom |i |om |över )?",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    r"^\W*(?:detta|det) är (?:\w+ ){0,2}?(?:positivt|bra|glädjande)\b"
    r"|\b(?:den|denna) bedömning(?:en)?\b"
    r"|\b(?:mot|till|för|på|med) (?:detta|det)\W*$|\bdet förslaget\b"
    r"|^\W*(?:detta|det)\s+(?:välkomna|tillstyrk|avstyrk)"
    r"|\b(?:en|ett) (?:så \w+|sådan|sådant) \w+\W*$|\banser (?:\w+ )?inte att (?:detta|det) är\b",
    re.IGNORECASE,
)
_RETELLS = re.compile(
    r"^\W*(?:(?:det|enligt \w+) (?:konstateras|framgår|anges)|(?:jag|vi) noterar"
    r"|(?:utredningen|utredaren|kommittén|promemorian|betänkandet)"
    r" (?:gör bedömningen|\w+(?:er|ar|år))"
    r"|förslaget innebär|det föreslås)"
    r"\s+(?:\w+\s+)?att\s+"
    r"|^\W*i (?:utredningen|betänkandet|promemorian|remissen) föreslås\s+(?:att\s+)?",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r",?\s*\b(?:förutsatt att|under förutsättning(?:en)? (?:att|av)|under villkor(?:et)? att"
    r"|(?:endast|bara|enbart) om\b|så länge\b|\bmen\b|\bdock\b|eftersom\b|då det\b|vilket\b"
    r"|med (?:följande|nedanstående) synpunkter).*$",
    re.IGNORECASE,
)
_OVERALL = re.compile(
    r"\b(?:sammanfatt\w*|allmän\w*|inled\w*|övergripande|synpunkter|inställning|ställningstagande"
    r"|yttrande|remissvar|remissyttrande|remiss\w*|helhet|bakgrund|konsekvens\w*|övrigt)\b",
    re.IGNORECASE,
)
# "anser att tiden är alltför kort" judges what stands before the word, not behind it.
_JUDGES = frozenset({"A16", "A18", "A19"})
_CONDITIONAL = "A09"
_ANSWERS = re.compile(r"\b(?:SOU|Ds)\s?\d{4}:\d+|\b[A-ZÅÄÖ][a-zåäö]{0,2}\d{4}/\d{3,6}\b")


@dataclass(frozen=True, slots=True)
class _Said:
    """A stance as read from one sentence."""

    unit: Unit
    stance: str
    target: str
    source: str | None = None


def find_stances(
    document: Document, sections: Sequence[Section], mentions: Sequence[Mention]
) -> tuple[Stance, ...]:
    """The stances of a reply, in order; none for other kinds of document."""
    if document.kind.casefold() not in _REPLIES or document.language != "sv":
        return ()
    reading = Reading(document, tuple(sections), tuple(mentions))
    said = _read_stances(reading)
    return tuple(_written(reading, said, number) for number in range(len(said)))


def _read_stances(reading: Reading) -> list[_Said]:
    own = own_names(reading)
    found: list[_Said] = []
    before: Unit | None = None
    for unit in own_units(reading):
        for clause in _clauses(unit, own):
            stance = stance_of(clause.line, own)
            if stance == _SAME:
                stance = found[-1].stance if found else None
            if stance is not None:
                said = _said(reading, clause, before, stance)
                found.append(replace(said, unit=unit))
        before = unit
    return found


_JOINED = re.compile(r"(?:,|;)?\s+(?:men|och|samt|medan)\s+(?!att\b)|;\s+")
_SHARED_SUBJECT = 4
# No real sentence with two stands is longer; it keeps hostile input from costing its square.
_LONGEST_SPLIT = 1000


def _clauses(unit: Unit, own: frozenset[str]) -> list[Unit]:
    """A sentence that takes two stands ("tillstyrker X men ifrågasätter Y") as two, else whole.

    Both halves must say what they are about: "välkomnar och tillstyrker förslaget" is one.
    """
    if len(unit.text) > _LONGEST_SPLIT:
        return [unit]
    for turn in _JOINED.finditer(unit.text):
        first = replace(unit, text=unit.text[: turn.start()])
        second = replace(unit, text=unit.text[turn.end() :])
        if not _opens_stance(second.line, own):
            continue
        if _tells_what(first.line, own) and _tells_what(second.line, own):
            return [first, *_clauses(second, own)]
    return [unit]


def _opens_stance(clause: str, own: frozenset[str]) -> bool:
    """Whether the verb of a stance stands among the first words of a clause."""
    found = cue_of(clause, own)
    if found is None or found[0].id in (*_JUDGES, _CONDITIONAL):
        return False
    before = clause[: found[1].start()].split()
    return len(before) <= _SHARED_SUBJECT and "att" not in before


def _tells_what(clause: str, own: frozenset[str]) -> bool:
    found = cue_of(clause, own)
    if found is None:
        return False
    target = clause[_verb_end(clause, found[1]) :]
    before = names_pattern(own).sub("", clause[: found[1].start()])
    return has_content(target) or has_content(before)


def _said(reading: Reading, unit: Unit, before: Unit | None, stance: str) -> _Said:
    """A stance with its proposal; where the sentence names none, the heading or the report does."""
    here = before if before and before.section == unit.section else None
    target = target_of(unit, here, own_names(reading))
    if has_content(target) and target != unit.line:
        return _Said(unit, stance, target, source_of(unit, here))
    around = reading.ancestors(unit.section)
    heading = one_line(around[0].title) if around else ""
    points = _POINTS_TO_ONE.match(target) is not None or _is_elliptic(unit, target)
    if points and has_content(heading) and not _OVERALL.search(heading):
        return _Said(unit, stance, heading)
    if _OTHERWISE.search(unit.line) and (target == unit.line or not has_content(target)):
        target = "övrigt"
    elif target == unit.line:
        target = answers_to(reading) or "förslagen"
    return _Said(unit, stance, target)


_OTHERWISE = re.compile(r"\bi övrigt\b|\bövriga delar\b", re.IGNORECASE)


def _is_elliptic(unit: Unit, target: str) -> bool:
    """ "Inga synpunkter." under a heading is about what the heading names."""
    short = len(unit.line.split()) <= 6 and not _OTHERWISE.search(unit.line)
    return target == unit.line and short


_POINTS_TO_ONE = re.compile(r"^(?:(?:det|detta|denna)\b|(?:det )?förslaget\b)", re.IGNORECASE)


def target_of(unit: Unit, before: Unit | None, own: frozenset[str]) -> str:
    """The proposal a stance is about, in the reply's words.

    Where the sentence only points back ("Detta är positivt"), it is the sentence before.
    """
    sentence = unit.line
    if _BACKWARD.search(sentence) and before is not None:
        return told_by(before)
    found = cue_of(sentence, own)
    if found is None:
        return sentence
    cue, match = found
    tail = "" if cue.id in _JUDGES else sentence[_verb_end(sentence, match) :]
    subject = names_pattern(own).match(tail.lstrip())
    if subject:
        tail = tail.lstrip()[subject.end() :]
    target = _TRAILING.sub("", _ASIDE.sub("", tail[_cut(tail) :])).strip(" .,:;")
    if has_content(target):
        return target
    forms = (
        (_IMPERSONAL, _LED_IN, _LEFT, _BETWEEN)
        if names_pattern(own).match(sentence)
        else _WORD_ORDERS
    )
    led = next((m for p in forms if (m := p.match(sentence))), None)
    if led and has_content(led.group("about")):
        return led.group("about")
    earlier = _clause_before(unit, match.start(), own)
    if earlier is not None:
        return earlier
    if before is not None and _RETELLS.match(before.line):
        return told_by(before)
    return target if len(target) >= 6 else one_line(sentence)


def _clause_before(unit: Unit, end: int, own: frozenset[str]) -> str | None:
    """What the first half of a sentence takes a stand on where its second half only points to it.

    "finner inte skäl för X och kan därför inte tillstyrka förslaget" is about X.
    """
    for turn in _JOINED.finditer(unit.line, 0, end):
        first = replace(unit, text=unit.line[: turn.start()])
        target = target_of(first, None, own)
        if cue_of(first.line, own) and has_content(target) and target != first.line:
            return target
    return None


def told_by(before: Unit) -> str:
    """What a sentence that retells the report says, without "Utredningen föreslår att"."""
    return _RETELLS.sub("", before.line).strip(" .")


_EMPTY = re.compile(
    r"\b(?:det|den|de|denna|detta|dessa|förslag\w*|utrednings?(?:en)?s?|promemorians?|betänkandets?"
    r"|bakom|i|dess|sin|nuvarande|utformning|form|delen|del|avseende|även|också|likaså|därför|dock|mot|till"
    r"|utredarens|kommitténs|uppfattning\w*|bedömning\w*|slutsats\w*|på|om|som|helhet|föreslagna|lagda|att|och|myndighetens|rapportens|nu|aktuella|ovan\w*)\b|\W",
    re.IGNORECASE,
)


def has_content(target: str) -> bool:
    """Whether words name a proposal, not only point to one ("förslaget i dess utformning").

    >>> has_content("det förslaget"), has_content("förslaget om vite")
    (False, True)
    """
    return len(_EMPTY.sub("", target)) >= 4


_SOURCE = re.compile(
    r"^\W*(?P<who>GRETA|Europarådet|Europeiska kommissionen|kommissionen|Lagrådet|Riksrevisionen"
    r"|FN\w*|[A-ZÅÄÖ]\w+(?:myndigheten|verket|styrelsen|rådet|inspektionen))\s+(?:\w+\s+){0,2}?"
    r"(?:betonar|anser|menar|bedömer|framhåller|konstaterar|rekommenderar|påpekar|uppmanar|har)\b"
)
_DIRECT_SOURCE = re.compile(
    r"\b(?:delar|instämmer i|instämmer med)\s+(?P<who>GRETA|Europarådet|Lagrådet|Riksrevisionen"
    r"|[A-ZÅÄÖ]\w+(?:myndigheten|verket|styrelsen|rådet|inspektionen))(?::?s)?\b"
)


def source_of(unit: Unit, before: Unit | None) -> str | None:
    """Whose view a stance answers where it is not the inquiry's ("GRETA betonar … Den bedömningen
    delar vi"); None where it is.
    """
    direct = _DIRECT_SOURCE.search(unit.line)
    if direct:
        return direct.group("who")
    if before is None or not _BACKWARD.search(unit.line):
        return None
    told = _SOURCE.match(before.line)
    return told.group("who") if told else None


# "Förslaget om vite tillstyrks", "Att de lämnas utanför finner nämnden svårt att försvara".
_FRONTED = re.compile(
    r"^\W*(?:(?:att|mot|till|på|om|för|även|i)\s+)*(?P<about>.{5,300}?),?\s+"
    r"(?:föranleder\b|kommenteras\b|ligger utanför\b|lämnas utan\b|framstår\b|förefaller\b"
    r"|ter sig\b|(?:bedöms|anses)\b"
    r"|(?:kan|bör)\s+(?:inte\s+)?(?:tillstyrk|avstyrk|biträd|godta|acceptera|ifrågasätt)"
    r"|(?:finns|riktas)\b(?=[^.]*\b(?:inte|ingen|inga|inget)\b)"
    r"|är (?:\w+ )?(?:enligt \w+ (?:mening|uppfattning|bedömning)|en slutsats|något som)\b"
    r"|(?:tillstyrk|avstyrk|biträd|välkomna)\w*s\b"
    r"|(?:kan|anser|finner|bedömer|tillstyrker|avstyrker|stödjer|stöder|delar|har|ser|ställer|vill"
    r"|får|går|avstår|menar|motsätter)\s+"
    r"(?:vi|jag|[\wåäö-]+(?:en|et|n|ket)s?|[A-ZÅÄÖ]{2,6})\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"^.{0,120}?\b(?:anser|bedömer|menar|finner|tycker)\s+(?:\w+\s+){0,2}?att\s+(?P<about>.{6,200}?),?\s+"
    r"(?:är|vore|blir|framstår|förefaller)\b",
    re.IGNORECASE,
)
_LED_IN = re.compile(
    r"^\W*(?:i fråga om|i frågan om|när det gäller|vad (?:\w+ )?(?:gäller|avser|angår|beträffar)"
    r"|beträffande|avseende|gällande|angående)\s+"
    r"(?P<about>.+?)\s*,?\s+(?:tar|har|avstår|tillstyrker|avstyrker|ser|delar|instämmer|kan|anser|ställer|vill|finner|går|motsätter)\b",
    re.IGNORECASE,
)
# "från landstingets sida", "närmare": no object of the verb.
_ASIDE = re.compile(
    r"^\W*(?:(?:från|för|ur)\s+[\w-]+\s+(?:sida|del|perspektiv|synpunkt|utgångspunkt\w*)"
    r"|närmare|vidare|ytterligare|här)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(r"^.{0,60}?\b(?:lämnar|låter)\s+(?P<about>.{6,200}?)\s+utan\b", re.IGNORECASE)


# "Det är lämpligt att fristen förlängs".
_IMPERSONAL = re.compile(
    r"^(?:.{0,80}?\b(?:anser|bedömer|menar|finner|tycker) att)?\W*(?:det|detta)\s+"
    r"(?:är|framstår|förefaller|ter sig|bedöms)\b[^.]{0,60}?\batt\s+"
    r"(?P<about>.{6,})",
    re.IGNORECASE,
)
_WORD_ORDERS = (_IMPERSONAL, _LED_IN, _LEFT, _FRONTED, _BETWEEN)


def _cut(tail: str) -> int:
    found = _TARGET_FROM.match(tail)
    return found.end() if found else 0


_VERB = re.compile(
    r"\b(?:tillstyrk\w+|avstyrk\w+|välkomnar|välkommet|delar?|instämm(?:er|a)|stödj(?:er|a)|stöder"
    r"|biträd(?:er|a)|förordar?|godta(?:r|ga)?|accepterar?|avråder|avvisar|ansluta? sig"
    r"|ansluter sig|enig\w*|ense|överens|håller med|samma \w+|nej|ja|emot|övertygad\w*|undrande"
    r"|ifrågasättas|beklagar|anmärka|anmärkning\w*"
    r"|värdefullt|glädjande|utmärkt|bra|i likhet med|liksom|bekymrad\w*|orolig\w*"
    r"|tillfredsställelse|problem|svårigheter|risker|nackdelar"
    r"|erinra|invända|erinran|invändningar|synpunkter|ställning|bakom|positivt|positiv\w*"
    r"|tveksam\w*"
    r"|frågande|kritisk\w*|skeptisk\w*|ifrågasätter|gäller|motsätter sig|sig|anföra|tillägga"
    r"|yttra sig|besvara|svara på)\b"
    r"(?:\s+(?:inte|delvis|i huvudsak|i stort))?",
    re.IGNORECASE,
)


def _verb_end(sentence: str, match: re.Match[str]) -> int:
    """Behind the word that carries the stance (a pattern may reach further)."""
    found = list(_VERB.finditer(sentence, match.start(), match.end()))
    if not found or found[-1].end() == match.end():
        return match.end()
    return found[0].end()


def _written(reading: Reading, said: Sequence[_Said], number: int) -> Stance:
    this = said[number]
    own = own_names(reading)
    span = reading.document.span_of(this.unit.at)
    page = reading.document.page_of(span)
    return Stance(
        document=reading.document.id,
        target_document=this.source or answers_to(reading),
        target=this.target,
        stance=this.stance,
        span=span,
        section=reading.path(this.unit.section),
        page=page.number if page else None,
        condition=condition_of(this.unit.line),
        wishes=_wishes(reading, said, number, own),
    )


def _wishes(
    reading: Reading, said: Sequence[_Said], number: int, own: frozenset[str]
) -> tuple[str, ...]:
    """What the same section asks for between this stance and the next."""
    this = said[number].unit
    end = said[number + 1].unit.at.start if number + 1 < len(said) else len(reading.document.text)
    return tuple(
        u.line
        for u in reading.units
        if this.at.end <= u.at.start < end
        and u.section == this.section
        and u.block <= this.block + 1
        and reply_cue(u.line, own) is not None
    )


def answers_to(reading: Reading) -> str | None:
    """The report or matter a reply is about, from the catalogue or its title."""
    known = reading.document.get("answers_to")
    if known:
        return known
    match = _ANSWERS.search(reading.document.title)
    return match.group() if match else None
