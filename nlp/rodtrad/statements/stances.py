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
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile, zip_longest

from rodtrad.datamodel import Document, Mention, Section, Stance
from rodtrad.statements.issuer import names_pattern, own_names
from rodtrad.statements.positions import IF_CLAUSE, position_of, stance_of
from rodtrad.statements.reading import Reading, Unit, one_line, without_bullet
from rodtrad.statements.replies import condition_of, reply_cue
from rodtrad.statements.speech import own_units, tells_others_opinion
from rodtrad.statements.targets import (
    JOINED,
    POINTS_TO_ONE,
    has_content,
    is_sound_target,
    source_of,
    target_of,
    trimmed_target,
)
from rodtrad.statements.verdicts import is_members_verdict, line_verdict, table_verdicts

_REPLIES = frozenset({"remissvar"})
_SAME = "samma"
_OVERALL = re.compile(
    r"\b(?:sammanfatt\w*|allmänt|inled\w*|övergripande|synpunkter|inställning|ställningstagande"
    r"|yttrande|överväganden|remissvar|remissyttrande|remiss\w*|helhet|bakgrund|konsekvens\w*|övrigt"
    r"|allmänna (?:synpunkter|kommentarer|överväganden|delar|reflektioner))\b",
    re.IGNORECASE,
)
_CONDITIONAL = "tillstyrker under villkor"
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
    said = [*_read_stances(reading), *_read_tables(reading)]
    said.sort(key=lambda one: one.unit.at)
    return tuple(_written(reading, said, number) for number in range(len(said)))


def _read_stances(reading: Reading) -> list[_Said]:
    own = own_names(reading)
    found: list[_Said] = []
    before: Unit | None = None
    for unit in with_points(own_units(reading), own):
        row = line_verdict(reading, unit)
        if row and _is_frame(row.target, own):
            row = None
        if row:
            found.append(_Said(unit, row.label, row.target))
        whole = row is not None or is_members_verdict(unit)
        for clause in () if whole else _clauses(unit, own):
            stance = stance_of(clause.line, own)
            if stance == _SAME:
                stance = found[-1].stance if found and _is_just_said(found[-1], before) else None
            if stance is not None and not _is_reason(clause, found, stance, own):
                said = _said(reading, clause, before, stance)
                of_place = POINTS_TO_ONE.match(said.target) and _is_of_place(reading, unit, found)
                if of_place or (_is_of_part(unit, found) and said.target in unit.line):
                    said = replace(said, target=found[-1].target)
                if not _is_about_a_body(reading, said):
                    found.append(replace(said, unit=unit))
        before = unit
    return found


def _read_tables(reading: Reading) -> list[_Said]:
    """The rows of tables of verdicts, where they are the body's own."""
    return [
        _Said(row.unit, row.label, row.target)
        for row in table_verdicts(reading)
        if not tells_others_opinion(reading, row.unit)
    ]


_OF_A_PROPOSAL = re.compile(r"\bf[öo]rslag\w*|\bföresl\w+|\bbedöm\w+", re.IGNORECASE)


def _is_just_said(last: _Said, before: Unit | None) -> bool:
    """Whether "Detsamma gäller" can mean the last stand: nothing unread was said of a proposal."""
    return before is None or last.unit.at == before.at or not _OF_A_PROPOSAL.search(before.line)


# "Förslaget är inte tillräckligt utrett", "En sådan ordning är svår att förena med …".
_POINTS_BACK = re.compile(
    r"^\W*(?:(?:det|detta|förslage[nt])\b|(?:en|ett) (?:sådan|så)\w*\b)", re.I
)
_AGAINST = frozenset({"avstyrker", "avstyrker delvis", "tveksam"})


def _is_reason(unit: Unit, found: Sequence[_Said], stance: str, own: frozenset[str]) -> bool:
    """Whether a judgement on what the paragraph has just objected to only gives the reason."""
    if not found or found[-1].unit.block != unit.block or stance not in _AGAINST:
        return False
    position = position_of(unit.line, own)
    judged = position is not None and position.judged
    return judged and found[-1].stance in _AGAINST and bool(_POINTS_BACK.match(unit.line))


def _is_about_a_body(reading: Reading, said: _Said) -> bool:
    """ "Myndigheten bedömer vi har goda förutsättningar": praise of a body, on no proposal."""
    bodies = (m for m in reading.mentions_in(said.unit.at, "AGENCY"))
    return any(m.at.of(reading.document.text).strip() == said.target.strip() for m in bodies)


def _is_of_place(reading: Reading, unit: Unit, found: Sequence[_Said]) -> bool:
    """Whether "förslaget" under a heading like "Kapitel 8" is what the stance before is about."""
    if not found or found[-1].unit.section != unit.section:
        return False
    around = reading.ancestors(unit.section)
    return bool(around) and _ONLY_PLACE.match(one_line(around[0].title)) is not None


_THAT_PART = re.compile(
    r"\b(?:till|av)styrker\b[^.]*\bförslaget i (?:den|denna) del(?:en)?\W*$", re.I
)


def _is_of_part(unit: Unit, found: Sequence[_Said]) -> bool:
    """Whether "avstyrker förslaget i den delen" is about what the paragraph spoke of before."""
    return bool(found) and found[-1].unit.block == unit.block and bool(_THAT_PART.search(unit.line))


def with_points(units: Sequence[Unit], own: frozenset[str]) -> Iterator[Unit]:
    """The sentences, with each point of a list behind the stand that opens it.

    "Vi tillstyrker:" or "Nämnden avstyrker följande förslag:" says what it is about point by point;
    "Vi tillstyrker förslaget om vite:" says it itself, and its points are its reasons.
    """
    lead: Unit | None = None
    for unit, behind in zip_longest(units, units[1:]):
        if unit.kind != "list_item":
            listed = behind is not None and behind.kind == "list_item"
            lead = unit if listed and _opens_points(unit, own) else None
            if lead is None:
                yield unit
        elif lead is not None:
            stem = _FOLLOWING.sub("", lead.line)
            yield replace(unit, text=f"{stem} {without_bullet(unit.line)}")
        else:
            yield unit


# "Vi tillstyrker följande förslag:", "Vi tillstyrker:", "Vi avstyrker att".
_FOLLOWING = re.compile(r"(?:\s+(?:följande|nedanstående|förslag\w*))*\s*:?\s*$", re.IGNORECASE)


def _opens_points(unit: Unit, own: frozenset[str]) -> bool:
    if unit.line.endswith((".", "!", "?", ";", ",", ")")):
        return False
    return stance_of(unit.line, own) is not None and not _tells_what(unit.line, own)


# What follows a "men" behind the verb of the stance is about something else.
_SHARED_SUBJECT = 4
# No real sentence with two stands is longer; it keeps hostile input from costing its square.
_LONGEST_SPLIT = 1000


# "tillstyrker förslagen med undantag för X, som kommunen avstyrker": the second stand is on X.
_EXCEPT = re.compile(
    r"\s+(?:med undantag (?:för|av)|utom)\s+(?P<but>[^,;]{4,160}),?\s+som\s+"
    r"(?P<who>(?:\w+\s+){1,3}?)(?P<verb>(?:av|till)styrker)\b",
    re.IGNORECASE,
)


# "Styrelsen - välkomnar X, - tillstyrker Y, - avstyrker Z": points that run into one paragraph.
_RUN_IN_POINT = re.compile(r"(?:^|\s)[-–—•▪]\s+(?=\w+\s)")
_ENOUGH_POINTS = 3


def _clauses(unit: Unit, own: frozenset[str]) -> list[Unit]:
    """A sentence that takes two stands ("tillstyrker X men ifrågasätter Y") as two, else whole.

    Both halves must say what they are about: "välkomnar och tillstyrker förslaget" is one.
    """
    points = _RUN_IN_POINT.split(unit.text)
    if len(points) >= _ENOUGH_POINTS and all(_opens_stance(p, own) for p in points[1:-1]):
        return [replace(unit, text=point) for point in points[1:]]
    if len(unit.text) > _LONGEST_SPLIT:
        return [unit]
    but = _EXCEPT.search(unit.text)
    if but:
        other = f"{but['who']}{but['verb']} {but['but']}"
        return [replace(unit, text=unit.text[: but.start()]), replace(unit, text=other)]
    for turn in JOINED.finditer(unit.text):
        first = replace(unit, text=unit.text[: turn.start()])
        second = replace(unit, text=unit.text[turn.end() :])
        if not _opens_stance(second.line, own):
            continue
        whole = _ALL_PROPOSALS.search(second.line) and _WELCOMES.search(first.line)
        told = _tells_what(first.line, own), _tells_what(second.line, own)
        if (told[0] and (whole or told[1])) or (told[1] and _OF_ALL.search(first.line)):
            return [first, *_clauses(second, own)]
    return [unit]


# "ser positivt på översynen och ställer sig bakom förslagen": the second stand is on the whole.
_ALL_PROPOSALS = re.compile(r"\bförslagen\W*$|\w+s förslag\W*$", re.IGNORECASE)
# "är positiv till förslagen och välkomnar att X": the first stand is on the whole.
_OF_ALL = re.compile(
    r"\b(?:till|tillstyrker|bakom|på|stödjer|stöder)\s+(?:\w+s\s+)?(?:förslag(?:en|et)?|betänkandet"
    r"|promemorian)\W*$",
    re.IGNORECASE,
)
_WELCOMES = re.compile(r"\b(?:positiv\w*|välkomnar|uppskattar|gillar)\b", re.IGNORECASE)


def _opens_stance(clause: str, own: frozenset[str]) -> bool:
    """Whether the verb of a stance stands among the first words of a clause."""
    found = position_of(clause, own)
    if found is None or found.about is not None or found.label == _CONDITIONAL:
        return False
    before = clause[: found.start].split()
    return len(before) <= _SHARED_SUBJECT and "att" not in before


def _tells_what(clause: str, own: frozenset[str]) -> bool:
    found = position_of(clause, own)
    if found is None:
        return False
    target = clause[found.end :]
    before = names_pattern(own).sub("", clause[: found.start])
    return has_content(target) or has_content(before)


def _said(reading: Reading, unit: Unit, before: Unit | None, stance: str) -> _Said:
    """A stance with its proposal; where the sentence names none, the heading or the report does."""
    here = before if before and before.section == unit.section else None
    own = own_names(reading)
    found = target_of(unit, here, own)
    target = trimmed_target(found, own) if found in unit.line else found
    named = found != unit.line and is_sound_target(target)
    if named and has_content(target):
        return _Said(unit, stance, target, source_of(unit, here))
    if _OTHERWISE.search(unit.line):
        return _Said(unit, stance, "övrigt")
    heading = _subject_of_section(reading, unit, own)
    if heading and (_is_elliptic(unit, found) or POINTS_TO_ONE.match(target)):
        return _Said(unit, stance, heading)
    if not named and found != unit.line and heading:
        return _Said(unit, stance, heading)
    told = None if named else _told_earlier(reading, unit)
    return _Said(unit, stance, target if named else told or answers_to(reading) or "förslagen")


_TOLD = re.compile(
    r"\b(?:föreslår|föreslås|vill|läggs fram ett förslag om)\s+(?:utredningen\s+|nu\s+)?(?:att\s+)?"
    r"(?P<told>[^.;]{6,240})"
    r"|(?P<named>\b(?:(?:[\w-]+s|det|den|ett|en)\s+)?(?:förslag|mål|krav|modell|bedömning|avgift"
    r"|skyldighet)\w*\s+(?:om|att|på|till)\s[^.;]{6,200})",
    re.IGNORECASE,
)
_LOOK_BACK = 4


def _told_earlier(reading: Reading, unit: Unit) -> str | None:
    """The proposal that the sentences before tell of, where a sentence only points to it."""
    here = reading.units_of_section.get(unit.section, [])
    before = [u for u in here if u.at.end <= unit.at.start and unit.block - u.block <= 1]
    for earlier in reversed(before[-_LOOK_BACK:]):
        if found := _TOLD.search(earlier.line):
            return (found["told"] or found["named"]).strip(" ,:")
    return None


# "Myndighetens samlade bedömning", "Våra kommentarer": the view, not what it is about.
_OWN_VIEW = re.compile(
    r"\b(?:samla[dt]e?|generella?)\b|^\W*(?:vår|våra|vårt|\w+s)\s+(?:bedömning|kommentarer|svar)\W*$"
    r"|^\W*(?:detaljerade |särskilda )?(?:kommentarer|bedömning)\W*$",
    re.IGNORECASE,
)


# "Kapitel 9 – Statistik. Nämnden har inget att tillägga.": a heading that runs into its paragraph.
_RUN_IN = re.compile(
    r"^\W*(?:kapitel|kap\.|avsnitt|avsn\.)\s*[\d.]+\s*[–—:-]\s*(?P<title>[^.:]{3,80})[.:]\W*$", re.I
)


def _run_in_heading(reading: Reading, unit: Unit) -> str | None:
    first = reading.units[bisect_left(reading.units, unit.block, key=lambda u: u.block)]
    found = _RUN_IN.match(first.line)
    return one_line(found["title"]) if found else None


# "Avsnitt 5 Tolkning": what the section is about.
_PLACE_FIRST = re.compile(
    r"^\W*(?:kap(?:itel|\.)?|avsn(?:itt|\.)?)\s*[\d.,–-]+\s*[–:.-]?\s*(?=\w)", re.IGNORECASE
)
# "Åldersgräns (avsnitt 5)".
_PLACE_LAST = re.compile(
    r"\s*\((?:kap(?:itel|\.)?|avsn(?:itt|\.)?)\s*[\d.,–-]+\)\s*$", re.IGNORECASE
)
# "Kapitel 8", "Avsnitt 5.6": the place in the report, no subject.
_ONLY_PLACE = re.compile(
    r"^\W*(?:kap(?:itel|\.)?|avsn(?:itt|\.)?|punkt|sid(?:an|or|orna)?|s\.)\s*[\d.,–-]+\W*$",
    re.IGNORECASE,
)


def _subject_of_section(reading: Reading, unit: Unit, own: frozenset[str]) -> str | None:
    """The heading of the unit's section where it names a subject; None for "Sammanfattning",
    "Kommunens synpunkter" and the title of the reply itself.
    """
    run_in = _run_in_heading(reading, unit)
    if run_in:
        return run_in
    around = reading.ancestors(unit.section)
    heading = one_line(around[0].title) if around else ""
    if _is_frame(heading, own) or heading in one_line(reading.document.title):
        return None
    return _PLACE_LAST.sub("", _PLACE_FIRST.sub("", heading))


def _is_frame(heading: str, own: frozenset[str]) -> bool:
    """ "Sammanfattning", "Kommunens inställning", "Avsnitt 5": no subject of its own."""
    frames = _OVERALL.search(heading) or _OWN_VIEW.search(heading)
    frames = frames or names_pattern(own).search(heading) or _ONLY_PLACE.match(heading)
    return frames is not None or not has_content(heading)


_OTHERWISE = re.compile(r"\bi övrigt\b|\bövriga delar\b", re.IGNORECASE)


_VERB_FIRST = re.compile(r"^\W*(?:till|av)styrk\w*\b", re.IGNORECASE)


def _is_elliptic(unit: Unit, target: str) -> bool:
    """ "Inga synpunkter.", "Tillstyrks med vissa ändringar." are about what the heading names."""
    short = len(unit.line.split()) <= 6 or _VERB_FIRST.match(unit.line) is not None
    return target == unit.line and short and not _OTHERWISE.search(unit.line)


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
        condition=_condition(this),
        wishes=_wishes(reading, said, number, own),
    )


def _condition(said: _Said) -> str | None:
    """What a stance depends on, also where "om" alone says so ("kan stödja det om medel ges")."""
    told = condition_of(said.unit.line)
    if told is None and said.stance == _CONDITIONAL and (found := IF_CLAUSE.search(said.unit.line)):
        return said.unit.line[found.start() :].removeprefix("om ").strip().rstrip(".,;")
    return told


def _wishes(
    reading: Reading, said: Sequence[_Said], number: int, own: frozenset[str]
) -> tuple[str, ...]:
    """What the same section asks for between this stance and the next; a point has its own only."""
    this = said[number].unit
    end = said[number + 1].unit.at.start if number + 1 < len(said) else len(reading.document.text)
    last = this.block if this.kind in ("list_item", "table") else this.block + 1
    first, after = (bisect_left(reading.units, at, key=_start) for at in (this.at.end, end))
    return tuple(
        without_bullet(u.line)
        for u in takewhile(lambda u: u.block <= last, reading.units[first:after])
        if u.section == this.section and reply_cue(u.line, own) is not None
    )


def _start(unit: Unit) -> int:
    return unit.at.start


_REFERRED = re.compile(r"\b(?:remiss\w*|yttra\w*|betänkande\w*|promemoria\w*)\b", re.IGNORECASE)
_REPORT = re.compile(r"\b(?:SOU|Ds)\s?\d{4}:\d+")
_OPENING = 6


def answers_to(reading: Reading) -> str | None:
    """The report or matter a reply is about: from the catalogue, its title, its opening sentences
    ("… yttrande över betänkandet X (SOU 2018:74)") or the number of the one who asked.
    """
    document = reading.document
    known = document.get("answers_to")
    if known:
        return known
    match = _ANSWERS.search(document.title)
    if match:
        return match.group()
    opening = (u.line for u in reading.units[:_OPENING] if _REFERRED.search(u.line))
    named = next((m.group() for line in opening if (m := _REPORT.search(line))), None)
    theirs = document.get("other_dnr")
    return named or (theirs.split(",")[0].strip() if theirs else None)
