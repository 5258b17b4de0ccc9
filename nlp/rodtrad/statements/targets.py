"""The proposal that a stance is about, in the reply's own words.

A target is a noun phrase ("förslaget om vite") or an att-clause. It is what stands behind the verb
("tillstyrker X"), before it ("X tillstyrks", "Vad gäller X avstår vi"), in the first half of the
sentence, or in the sentence before it, where this one only points back ("Detta är positivt"). What
belongs to the verb (the body's name, a reflexive, adverbs, a conjunction) is taken off; what is
left but no such phrase is no target.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rodtrad.statements.issuer import names_pattern
from rodtrad.statements.positions import IF_CLAUSE, IN_PART, Position, position_of
from rodtrad.statements.reading import Unit, one_line

_AGREES = "agree"
JOINED = re.compile(r"(?:,|;)?\s+(?:men|och|samt|medan)\s+(?!att\b)|;\s+")
# What follows a "men" behind the verb of the stance is about something else.
_TURNS = re.compile(r",?\s+men\b", re.IGNORECASE)

_TARGET_FROM = re.compile(
    r"^\s*(?:(?:därför|även|också|särskilt|vidare|dock|delvis|inte|ej|heller|bestämt|starkt|helt"
    r"|i huvudsak|i stort|i allt väsentligt) )*"
    r"(?:,? ?(?:(?:liksom|likt|i likhet med) )?utredning(?:en)?s, )?"
    r"(?:som (?:utredningen|utredaren|promemorian|kommittén) och (?:anser|menar|bedömer) )?"
    r"(?:(?:på|i) någo[nt] (?:punkt|avseende|del) )?"
    r"(?:inställd\w* )?(?:förståelse )?(?:mot |till |på |med |bakom |i |om |över |för (?!att\b))?"
    r"(?:(?:synpunkter|yttrande|kommentarer) (?:på|över|om) )?",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    r"\bhar\s+(?:\w+\s+){0,2}?ingen annan (?:uppfattning|mening|åsikt|bedömning)\W*$"
    r"|^\W*(?:det\s)?förslaget\s+(?:till|av)styrks\s+(?:därför|alltså|således|följaktligen)\W*$"
    r"|^\W*(?:detta|det) är (?:\w+ ){0,2}?(?:positivt|bra|glädjande)\b(?!,? (?:att|om|när)\b)"
    r"|^\W*någo[nt] [\w-]+ (?:bör|ska|skall)\b|^\W*(?:ja|nej)\W*$"
    r"|\b(?:den|denna) (?:bedömning(?:en)?|slutsats(?:en)?|uppfattning(?:en)?"
    r"|(?:problem)?bild(?:en)?|(?:problem)?beskrivning(?:en)?|iakttagelse(?:n)?)\b"
    r"|\b(?:(?:mot|till|för|på|med) (?:detta|det)|häremot|härtill|härom)\W*$|\bdet förslaget\b"
    r"|^\W*(?:mot|till) (?:detta|det)\s+(?:har|ser|finns|ställer|riktar|hyser)\b"
    r"|^\W*(?:detta|det)\s+(?:välkomna|tillstyrk|avstyrk)"
    r"|\b(?:en|ett) (?:så \w+|sådan|sådant) \w+"
    r"(?=\W*$|,?\s+(?:under förutsättning|förutsatt)\b|,\s+(?:som|vilket)\b)"
    r"|\banser (?:\w+ )?inte att (?:detta|det) är\b"
    r"|\b(?:anser|bedömer|menar|finner)\s+(?:\w+\s+){0,2}?att\s+(?:detta|det)\s+(?:är|vore)\b"
    r"(?!.*\b(?:att|om)\b)",
    re.IGNORECASE,
)
_RETELLS = re.compile(
    r"^\W*(?:(?:det|enligt \w+) (?:konstateras|framgår|anges)|(?:jag|vi) noterar"
    r"|(?:utredningen|utredaren|kommittén|promemorian|betänkandet)"
    r" (?:gör bedömningen|\w+(?:er|ar|år))"
    r"|förslaget innebär|det föreslås"
    r"|(?:utredningens|utredarens|kommitténs|promemorians|betänkandets)"
    r" (?:bedömning|förslag|uppfattning|slutsats) (?:är|innebär))"
    r"\s+(?:\w+\s+)?att\s+"
    r"|^\W*i (?:utredningen|betänkandet|promemorian|remissen) föreslås\s+(?:att\s+)?",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r",?\s*\b(?:(?:endast|bara|enbart|dock)\s+)?(?:förutsatt att"
    r"|under förutsättning(?:en)? (?:att|av)|(?:under|på|med) (?:det )?villkor(?:et)? att"
    r"|(?:endast|bara|enbart) om\b|så länge\b|\bmen\b|\bdock\b|eftersom\b|då det\b|vilket\b"
    r"|och (?:\w+ )?(?:hemställer|begär|yrkar|förordar(?: i stället)? att|föreslår|efterlyser"
    r"|efterfrågar)\b"
    r"|annat än i|utöver (?:vad|det)\b|med (?:följande|nedanstående) synpunkter).*$",
    re.IGNORECASE,
)
_AMENDED = re.compile(
    r"\s*\bmed (?:den|det|de|en|ett|vissa|några) (?:\w+ )?(?:ändring|justering|tillägg|skillnad"
    r"|reservation|påpekande|undantag).*$",
    re.IGNORECASE,
)

_OPENS_BADLY = re.compile(
    r"^\W*(?:sig|oss|mig|men|och|samt|eller|eftersom|då|medan|är|var|har|kan|ska|skall|bör|vill"
    r"|anser|finner|menar|bedömer|delar|tillstyrker|avstyrker|inte|ej)\b",
    re.IGNORECASE,
)
# "inrättas" alone has lost its subject.
_LONE_PASSIVE = re.compile(r"^[a-zåäö]+as$")
_ADVERBS_FIRST = re.compile(
    r"^\W*(?:(?:dock|därför|alltså|således|heller|även|också|likaså|endast|bara|enbart|emellertid|däremot"
    r"|samtidigt|i (?:grunden|princip|huvudsak|stort|allt väsentligt))\b[\s,]*)+",
    re.IGNORECASE,
)
_ENDS_BADLY = re.compile(
    r"[\s,;:–-]*\b(?:men|och|samt|eller|endast|bara|enbart|dock|därför|eftersom|då|medan|att|som"
    r"|emellertid|däremot|även|också|i (?:grunden|princip|huvudsak|stort|allt väsentligt))\W*$",
    re.IGNORECASE,
)


def trimmed_target(target: str, own: frozenset[str]) -> str:
    """A target without what belongs to the verb: own name, reflexive, adverb, conjunction.

    >>> trimmed_target("hovrätten förslagen", frozenset({"hovrätten"}))
    'förslagen'
    >>> trimmed_target("förslaget endast", frozenset())
    'förslaget'
    """
    subject = names_pattern(own).match(target)
    rest = target[subject.end() :].strip() if subject else ""
    if rest and not _OPENS_BADLY.match(rest):
        target = rest
    target = _ADVERBS_FIRST.sub("", target)
    while (ending := _ENDS_BADLY.search(target)) and ending.start():
        target = target[: ending.start()]
    return target.strip(" .,:;!")


def is_sound_target(target: str) -> bool:
    """Whether a target is a noun phrase or an att-clause, no torn-off piece of a sentence.

    >>> is_sound_target("att brottet införs"), is_sound_target("sig i denna del")
    (True, False)
    """
    return bool(target) and not _OPENS_BADLY.match(target) and not _LONE_PASSIVE.match(target)


# "förslaget", "utredningens förslag", "promemorians bedömning": the section says which.
POINTS_TO_ONE = re.compile(
    r"^(?:(?:det|detta|denna)\b|(?:det |de )?förslage[nt]\b"
    r"|(?:utredning(?:en)?s|utredarens|kommitténs|betänkandets|promemorians|myndighetens|rapportens"
    r"|regeringens)\s+(?:\w+\s+)?(?:förslag|bedömning(?:ar)?)\b)",
    re.IGNORECASE,
)


def target_of(unit: Unit, before: Unit | None, own: frozenset[str]) -> str:
    """The proposal a stance is about, in the reply's words.

    Where the sentence only points back ("Detta är positivt"), it is the sentence before.
    """
    sentence = unit.line
    if _BACKWARD.search(sentence) and before is not None:
        return told_by(before)
    found = position_of(sentence, own)
    if found is None:
        return sentence
    named = _fronted_in_phrase(sentence, found) or _named_by_frame(sentence, found)
    if named:
        return named
    tail = "" if found.about else sentence[found.end :]
    subject = names_pattern(own).match(tail.lstrip())
    if subject:
        tail = tail.lstrip()[subject.end() :]
    if found.label.startswith("tillstyrker"):
        tail = _AMENDED.sub("", tail)
    target = _TRAILING.sub("", _ASIDE.sub("", tail[_cut(tail) :])).strip(" .,:;")
    target = _without_part(target, found)
    if has_content(target) and not _LONE_PASSIVE.match(target):
        return target
    if _PRONOUN.fullmatch(target) and (earlier := _clause_before(unit, found.start, own)):
        return earlier
    forms = (
        (_NOT_THAT, _IMPERSONAL, _LED_IN, _LEFT, _BETWEEN)
        if names_pattern(own).match(sentence)
        or (_ONLY_PROPOSAL.match(target) and _after_own(sentence[: found.start], own))
        else _WORD_ORDERS
    )
    turn = _TURNS.search(sentence, found.end)
    led = next(
        (m for p in forms if (m := p.match(sentence[: turn.start() if turn else None]))), None
    )
    if led and _WEIGHED.search(sentence[: led.end()]):
        led = None
    if led and (has_content(led["about"]) or POINTS_TO_ONE.match(led["about"])):
        inner = _LED_IN_WHOLE.match(led["about"])
        return inner["about"] if inner else led["about"]
    earlier = _clause_before(unit, found.start, own)
    if earlier is not None:
        return earlier
    if before is not None and _RETELLS.match(before.line):
        return told_by(before)
    return target if len(target) >= 6 else one_line(sentence)


def _without_part(target: str, found: Position) -> str:
    """A target without the condition or the part that the label already tells of."""
    ending = None
    if found.label == _CONDITIONAL:
        ending = IF_CLAUSE.search(target)
    elif found.label == _PARTLY_AGAINST:
        ending = IN_PART.search(target)
    shorter = target[: ending.start()].strip(" ,") if ending else ""
    return shorter if has_content(shorter) or _ONLY_PROPOSAL.fullmatch(shorter) else target


_CONDITIONAL = "tillstyrker under villkor"
_PARTLY_AGAINST = "avstyrker delvis"
_ONLY_PROPOSAL = re.compile(r"(?:det |de |\w+s )?förslag(?:et|en)?\b", re.IGNORECASE)


def _after_own(before: str, own: frozenset[str]) -> bool:
    """Whether the body stands right before the verb: then nothing else does that it is about."""
    return any(not before[m.end() :].strip() for m in names_pattern(own).finditer(before))


def _fronted_in_phrase(sentence: str, found: Position) -> str | None:
    """What "anser inte att Y bör", "mot Y måste invändas" and "anser att Y inte bör" are about."""
    denied = _NOT_THAT.match(sentence)
    if denied and _NOT_THAT.match(sentence[found.start : found.end]):
        return denied["about"]
    fronted = _AGAINST.match(sentence) or _SHOULD_NOT.match(sentence)
    return fronted["about"] if fronted else None


def _named_by_frame(sentence: str, found: Position) -> str | None:
    """What the frame of a stand names as subject or clause, where that has content of its own."""
    if found.about is None:
        return None
    led = _LED_IN.match(sentence)
    if led and found.judged and has_content(led["about"]):
        return led["about"]
    told = _TRAILING.sub("", sentence[slice(*found.about)]).strip(" .,:;")
    inner = _LED_IN_WHOLE.match(told)
    told = inner["about"] if inner else told
    return told if has_content(told) else None


# "finner inte att skälen för X räcker": why, not what.
_WEIGHED = re.compile(r"\batt\s+(?:\w+\s+)?(?:skälen|skälet|motiven|argumenten)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:det|detta|den|dem|dessa)", re.IGNORECASE)


def _clause_before(unit: Unit, end: int, own: frozenset[str]) -> str | None:
    """What the first half of a sentence takes a stand on where its second half only points to it.

    "finner inte skäl för X och kan därför inte tillstyrka förslaget" is about X; "delar
    uppfattningen att X och tillstyrker därför förslaget" is not: X is a reason for it.
    """
    for turn in JOINED.finditer(unit.line, 0, end):
        first = replace(unit, text=unit.line[: turn.start()])
        target = target_of(first, None, own)
        found = position_of(first.line, own)
        if found is None or found.meaning == _AGREES or _WEIGHED.search(first.line):
            continue
        if has_content(target) and target != first.line:
            return target
    return None


def told_by(before: Unit) -> str:
    """What a sentence that retells the report says, without "Utredningen föreslår att".

    Of one that leads in its subject ("Vad angår förslaget om X ser vi inget behov"), the subject.
    """
    led = _LED_IN.match(before.line)
    return led["about"] if led else _RETELLS.sub("", before.line).strip(" .")


_EMPTY = re.compile(
    r"\b(?:det|den|de|denna|detta|dessa|frågan?|förslag\w*|utrednings?(?:en)?s?|promemorians?|betänkandets?"
    r"|bakom|i|dess|sig|oss|mig|vi|emellertid|däremot|således|alltså|heller|endast|enbart|bara|sin|nuvarande|utformning|inriktning|form|delen|del|avseende|även|också|likaså|därför|dock|mot|till"
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
    r"\b(?:delar|instämmer)\s+(?:(?:vi|jag|även|också|helt|fullt ut)\s+)*"
    r"(?:(?:i|med)\s+)?(?:(?:vad|det)\s+(?:som\s+)?)?"
    r"(?P<who>GRETA|Europarådet|Lagrådet|Riksrevisionen"
    r"|[A-ZÅÄÖ]\w+(?:myndigheten|verket|styrelsen|rådet|inspektionen|ombudsmannen))(?::?s)?\b"
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
    r"|delas\b|är (?:\w+ )?(?:enligt \w+ (?:mening|uppfattning|bedömning)|en slutsats|något)\b"
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
    r"(?P<about>.+?)\s*,?\s+(?:tar|har|avstår|tillstyrker|avstyrker|ser|delar|instämmer|kan|anser|ställer|vill|finner|går|motsätter"
    r"|bedömer|menar|saknar|stöder|stödjer|välkomnar|ifrågasätter|biträder|avstyrker"
    r"|är\s+(?:[\w-]+s\s+(?:uppfattning|bedömning|mening|åsikt)"
    r"|[\w-]+\s+(?:\w+\s+)?(?:tveksam|kritisk|positiv|negativ|skeptisk|frågande)\w*))\b",
    re.IGNORECASE,
)
# "Vad gäller märkning" as all that stands before the predicate.
_LED_IN_WHOLE = re.compile(
    r"^\W*(?:(?:i )?frågan? om|när det gäller|vad (?:\w+ )?(?:gäller|avser|angår|beträffar)"
    r"|beträffande|avseende|gällande|angående"
    r"|(?:i )?(?:den|de) del(?:ar)? (?:det|de|förslage[nt]) (?:avser|gäller|rör))\s+(?P<about>.+)$",
    re.IGNORECASE,
)
# "från landstingets sida", "närmare": no object of the verb.
_ASIDE = re.compile(
    r"^\W*(?:(?:från|för|ur)\s+[\w-]+\s+(?:sida|del|perspektiv|synpunkt|utgångspunkt\w*)"
    r"|närmare|vidare|ytterligare|här)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(r"^.{0,60}?\b(?:lämnar|låter)\s+(?P<about>.{6,200}?)\s+(?:utan|därhän)\b", re.I)


# "Det är lämpligt att fristen förlängs".
_IMPERSONAL = re.compile(
    r"^(?:.{0,80}?\b(?:anser|bedömer|menar|finner|tycker) att)?\W*(?:det|detta)\s+"
    r"(?:är|framstår|förefaller|ter sig|bedöms)\b[^.]{0,60}?\batt\s+"
    r"(?P<about>.{6,})",
    re.IGNORECASE,
)
# "Mot bedömningen att P måste invändas att …", "anser att förslaget inte bör genomföras".
_AGAINST = re.compile(
    r"^\W*mot\s+(?P<about>[^.;]{4,200}?)\s(?:måste|kan|bör|vill)\s+(?:\w+\s+){0,2}?invändas?\b",
    re.IGNORECASE,
)
_SHOULD_NOT = re.compile(
    r"^.{0,80}?\b(?:anser|bedömer|menar|finner)\s+att\s+(?P<about>[^.;]{4,120}?)\s+"
    r"(?:(?:inte|ej) (?:bör|ska|skall)|bör (?:inte|ej)) (?:genomföras|införas|antas)\b",
    re.IGNORECASE,
)
# "anser inte att ett register bör inrättas".
_NOT_THAT = re.compile(
    r"^.{0,80}?\banser\s+(?:\w+\s+){0,2}?inte (?:heller )?(?P<about>att\s.{6,}?)\W*$", re.IGNORECASE
)
# "Tidplanen är orealistisk."
_JUDGED = re.compile(r"^\W*(?P<about>[^.,;:]{4,120}?)\s+är\s", re.IGNORECASE)
_WORD_ORDERS = (_NOT_THAT, _IMPERSONAL, _LED_IN, _LEFT, _FRONTED, _BETWEEN, _JUDGED)


def _cut(tail: str) -> int:
    found = _TARGET_FROM.match(tail)
    return found.end() if found else 0
