"""Whom a demand is put to."""

from __future__ import annotations

import re

from rodtrad.statements.issuer import names_pattern
from rodtrad.statements.reading import Reading, Unit, one_line
from rodtrad.statements.vocabulary import spelled_out

_EACH = r"(?:varje|samtliga|alla) (?:kommun|region)(?:er)?"
_ACTS = re.compile(
    r"^s?\s*(?:\([^)]*\)\s*)?(?:och \w+ )?"
    r"(?:(?:även|också|därför|fortsatt|fortsättningsvis|i fortsättningen|i stället|alltjämt) ){0,2}"
    r"(?:får|ges|ska|skall|bör|borde|behöver|måste|skulle|kan med fördel"
    r"|uppmanas|rekommenderas|bereder|tar|ger|inrättar"
    r"|säkerställer|utreder|ser över|tillsätter|avsätter|tillför|inför|initierar|överväger|utses"
    r"|har med|deltar|verkar|skyndsamt|i uppdrag)\b",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(
    spelled_out(
        rf"\b(?P<name>{_EACH}|{{ACTORS}}"
        r"|(?:berörda )?myndigheterna(?: i (?:uppdraget|nätverket|rådet))?)\b"
        r"(?=\s+(?:\w+\s+){0,2}?(?:får|ges|ska|bör|"
        r"behöver|måste|bereder|tar|ger|inrättar"
        r"|säkerställer|utreder|ser över|tillsätter|avsätter|"
        r"tillför|inför|initierar|överväger|uppdrar|samtidigt|tillskjuter|finansierar|bekostar"
        r"|ersätter|kompenserar|betalar|står för|ansvarar))"
    ),
    re.IGNORECASE,
)
# "uppmanar våra kollegor i EU att": whoever stands between the verb and what they are to do.
_ASKED = re.compile(
    r"\b(?:rekommenderar|uppmanar|ber|vädjar till)\s+"
    r"(?:(?:också|även|därför|vidare|dessutom|samtidigt|nu|starkt|härmed|alltså|vi|jag)\s+)*"
    r"(?P<name>(?!att\b)[^,.;:]{3,60}?)\s*(?:\s+att\b|:)",
    re.IGNORECASE,
)
_ASKED_OF_ALL = re.compile(
    spelled_out(rf"\batt\s+(?P<name>{_EACH}|{{ACTORS}})\s+")
    + r"(?:(?!får\b|ges\b|har\b|är\b|blir\b|behöver\b)\w+(?<!as)\s+)??"
    r"(?!behöver\b|under\b|efter\b|över\b)(?:\w+(?:ar|er)|gör)(?<!\bhar)\b"
    r"|\b(?P<called>kommunerna|regionerna|landstingen|\w*huvudmännen|arbetsgivarna|domstolarna)\s+"
    r"(?:uppmanas|rekommenderas)\b",
    re.IGNORECASE,
)
# "Därför bör Skolverket se över …", "bör länsstyrelserna stödja …".
_INVERTED = re.compile(
    r"\b(?:bör|borde|ska|skall|måste|behöver)\s+(?:(?:även|också|därför|dock|därutöver|vidare) )*$",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"^\s+(?:(?!att\b|och\b)[\wåäö]+\s+){0,4}?(?:[\wåäö]+a|[\wåäö]*(?:se|ge|gå|stå|bli|få|ske))\b",
    re.IGNORECASE,
)
_LAID_ON = re.compile(
    r"\b(?:bör|ska|måste)\b[^.]*\b(?:åläggas|ankomma på|läggas på|vila på|ligga (?:på|hos)"
    r"|överföras till|flyttas till|ges till|(?:ske|\w+as) (?:av|genom|hos|inom))\s+$"
    # "efterlyser en vägledning från Konsumentverket".
    r"|\b(?:efterlyser|efterfrågar|önskar|begär)\s+[^.,;]{3,80}?\bfrån\s+$",
    re.IGNORECASE,
)
_GOVERNMENT_GIVES = re.compile(
    r"\bregeringen\s+(?:[\w-]+\s+){0,5}?(?:ger|ge|uppdrar|uppdra)\b", re.IGNORECASE
)
# "delar bedömningen att kommunerna bör …, men anser att": what is asked stands behind the turn.
_TURN = re.compile(
    r"\b(?:delar|instämmer|tillstyrker|välkomnar|stödjer|stöder|positiv\w*|biträder|godtar|bakom"
    r"|inga invändningar|ingen (?:erinran|invändning)|inget att (?:invända|erinra))\b"
    r"[^.;]*?,?\s+(?:men|dock)\s+"
    r"(?:\w+\s+)?(?:anser|vill|efterlyser|föreslår|önskar|menar|bedömer|saknar|efterfrågar)\b",
    re.IGNORECASE | re.DOTALL,
)
# "Det är viktigt att A, B och C fortsätter …", "Ett första steg kan vara att X tar fram …".
_IMPORTANT_THAT = re.compile(
    r"\b(?:viktigt|angeläget|nödvändigt|önskvärt|avgörande|väsentligt|vikt|betydelse|steg)\b[^.;]*?"
    r"\batt\s[^.;]{0,120}$",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"^\s*(?:\w+\s+){0,2}?(?!har\b|är\b|under\b|efter\b|över\b)\w{2,}(?:ar|er|år)\b"
)
# "Ge X i uppdrag att …" is said to whoever gives.
_GIVE = re.compile(r"^\W*(?:\d+[.)]\s*)?(?:ge|uppdra åt|tilldela)\s", re.IGNORECASE)
# Who is to be given money or powers does not act: whoever gives them does.
_MEANS = (
    r"(?:förutsättning\w*|mandat|resurser|medel|anslag|befogenhet\w*|möjlighet\w*|rätt|tillgång"
    r"|finansiering|förstärkning\w*|inflytande|insyn|kronor|tillskott\w*|kompensation|ersättning"
    r"|stöd|hjälp|vägledning|utbildning)"
)
_GETS = rf"(?:ges|få|får|tilldelas|tillföras|tillförs|erhålla)\s+(?:\w+\s+){{0,3}}?{_MEANS}\b"
# "bör se till att Y får resurser": who sees to it gives.
_SEES_TO = r"(?:se till|tillse|säkerställa|verka för)"
# "kommunerna bör ersättas" is asked of whoever pays; "bör åläggas", "ges i uppdrag" of themselves.
_SUFFERS = re.compile(
    r"^s?\s*(?:\([^)]*\)\s*)?(?:bör|borde|ska|skall|måste|behöver)\s+(?:\w+\s+){0,2}?"
    r"(?!(?:ges|tilldelas|anförtros|utses|åläggas|uppmanas|uppdras|finnas|förses|fortsätta)\b)\w{3,}(?:as|ts|ras)\b"
)
_IS_GIVEN_MEANS = re.compile(
    rf"\b(?:(?:bör|behöver|måste|ska|skall)\b(?:(?!\b{_SEES_TO}\b)[^.]){{0,80}}?"
    rf"|(?<!till )(?<!tillse )(?<!för )(?<!säkerställa )att\s+(?:[\wåäöÅÄÖ-]+\s+){{1,4}})\b{_GETS}"
    r"(?![^.]*\bi uppdrag\b)"
    rf"|\b(?:behöver|kräver)\s+(?:[\w-]+\s+){{0,3}}?{_MEANS}\b",
    re.IGNORECASE,
)
# "Om kommunerna ska utöva tillsyn krävs …": who stands in the condition is not asked.
_CONDITION = re.compile(
    r"^\W*(?:om|när|även om|i den mån|för att|så länge)\b.*?"
    r"(?:,|(?=\b(?:krävs|behövs|bör|måste|behöver)\b))",
    re.IGNORECASE | re.DOTALL,
)
# "att Sametinget tillsammans med länsstyrelserna ser över": one is asked.
_BESIDE = re.compile(
    r"\b(?:tillsammans|i (?:nära )?(?:samverkan|samråd|samarbete|dialog))\s+med\s+$", re.IGNORECASE
)
_GIVEN = re.compile(
    r"\b(?:ge|ger|rekommenderar|uppmanar|uppdrar åt|föreslår)\s+"
    r"(?:(?:också|även|därför|vidare|dessutom|därutöver|därtill|samtidigt)\s+)*(?:att\s+)?$",
    re.IGNORECASE,
)


# One of each stands for all of them.
_ALL = {
    "varje kommun": "kommunerna",
    "samtliga kommuner": "kommunerna",
    "alla kommuner": "kommunerna",
    "varje region": "regionerna",
    "samtliga regioner": "regionerna",
    "alla regioner": "regionerna",
}


def addressees_of(
    reading: Reading, units: list[Unit], *, default: tuple[str, ...], own: frozenset[str]
) -> tuple[str, ...]:
    """Who should act, from the demand's own sentences; `default` where they name nobody.

    An agency counts where it is the subject of what is asked ("att Migrationsverket får i
    uppdrag", "J och länsstyrelserna ges …"), or is asked directly ("rekommenderar regeringen att").
    The issuer itself does not: it speaks.
    """
    found: list[str] = []
    for unit in units:
        if _GIVE.match(unit.line):
            return default
        condition = _CONDITION.match(unit.text)
        main = condition.end() if condition else 0
        turn = _TURN.search(unit.text)
        main = max(main, turn.end()) if turn else main
        if _GOVERNMENT_GIVES.search(unit.line) or _IS_GIVEN_MEANS.search(unit.line):
            return ("regeringen",)
        for mention in reading.mentions_in(unit.at, "AGENCY"):
            before = unit.text[: mention.at.start - unit.at.start]
            if len(before) < main or _BESIDE.search(before):
                continue
            after = _behind_list(unit, reading, mention.at.end)
            asked = (
                (_ACTS.match(after) and not _SUFFERS.match(after))
                or (_IMPORTANT_THAT.search(before) and _PRESENT.match(after))
                or _GIVEN.search(before)
                or _LAID_ON.search(before)
                or (_INVERTED.search(before) and _DOES.match(after))
            )
            if asked and mention.surface.casefold() not in own:
                found.append(str(mention.value))
        found += _groups(unit.text[main:], own) if not found else []
        if found:
            break
    return tuple(dict.fromkeys(found)) or default


def _groups(text: str, own: frozenset[str]) -> list[str]:
    """Groups and bodies that no table holds, as the words name them, with a small letter."""
    named = [m["name"] for m in _COLLECTIVE.finditer(text) if not _SUFFERS.match(text[m.end() :])]
    named += [m[m.lastgroup or "name"] for m in _ASKED_OF_ALL.finditer(text)]
    asked = [one_line(m["name"]) for m in _ASKED.finditer(text)] if not named else []
    named += [one for one in asked if not names_pattern(own).search(one)]
    found = [name for one in named for name in one_line(one).split(" och ")]
    return [_ALL.get(name.casefold(), name[:1].lower() + name[1:]) for name in found]


_JOINED = re.compile(
    r"[\s,()]*(?:och|samt|eller|respektive"
    r"|(?:tillsammans|i (?:nära )?(?:samverkan|samråd|samarbete|dialog))\s+med)?[\s,()]*"
)


def _behind_list(unit: Unit, reading: Reading, end: int) -> str:
    """The words behind a mention and behind those joined to it by commas and "och"."""
    text = unit.text[end - unit.at.start :]
    for mention in reading.mentions_in(unit.at, "AGENCY"):
        if mention.at.start < end:
            continue
        gap = unit.text[end - unit.at.start : mention.at.start - unit.at.start]
        if not _JOINED.fullmatch(gap):
            break
        end = mention.at.end
        text = unit.text[end - unit.at.start :]
    return text
