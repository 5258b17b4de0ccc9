"""Proposals in Swedish reports and inquiries.

A sentence is a proposal when it says so in the issuer's own voice ("föreslår", "föreslås",
"rekommenderar", "ställer sig bakom förslaget att", "avser att … tillse", "Förslag: …") and, for the
weaker "bör" and "behöver", stands in a chapter of proposals or names who should act. What the
report only describes or lets others say is background, and so is a summary of what follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile, zip_longest

from rodtrad.statements.grammar.clauses import clauses_of
from rodtrad.statements.grammar.duties import MUST, SHOULD, is_asked_whether, is_own_duty
from rodtrad.statements.grouping import (
    BODIES,
    BOX,
    WEAK,
    WHO_SHOULD,
    Demand,
    Proposal,
    grouped,
    nouns,
    without_announcements,
)
from rodtrad.statements.issuer import is_inquiry, names_pattern, own_names
from rodtrad.statements.listed import listed_points
from rodtrad.statements.positions import ask_cues
from rodtrad.statements.reading import Reading, Unit, one_clause, one_line, without_bullet
from rodtrad.statements.speech import (
    is_attributed,
    is_own_voice,
    is_reported,
    names_subject,
    own_units,
)
from rodtrad.statements.vocabulary import Cue, cues, first_cue, spelled_out

_MUST = "P07"
_SAY_SHOULD = frozenset({"P05", "P06"})
_HELD = "P06"
_SPOKEN_OF = frozenset({"P05", "P07", "P09", "P10"})
_ONLY_BY_NAME = frozenset({"P08"})
_UNDERTAKES = frozenset({"P01", "P08"})
_NAMED_ADDRESSEE = re.compile(
    spelled_out(rf"\b{BODIES}\s+(?:\w+\s+){{0,3}}?(?:bör|behöver|måste)\b"), re.IGNORECASE
)
# "Därutöver behöver Skolverkets handläggare utbildning".
_INVERTED_ADDRESSEE = re.compile(
    spelled_out(rf"\b(?i:bör|behöver|måste)\s+(?:\w+\s+)?{BODIES}s?\b")
)
# "Det är angeläget att Skolverket tar fram".
_NEEDED_OF = re.compile(
    spelled_out(
        rf"\b(?:angeläget|nödvändigt|viktigt|avgörande|vikt)\s+att\s+(?-i:{BODIES})\s+(?:\w+\s+){{0,2}}?"
        r"(?!är\b|har\b)\w+(?:ar|er|år|ör|s)\b"
    ),
    re.IGNORECASE,
)
_PROPOSED_OF = re.compile(
    spelled_out(rf"\b(?:föreslås|rekommenderas)\s+(?:\w+\s+)?att\s+{BODIES}\b"), re.IGNORECASE
)
_RELATIVE = re.compile(r"\b(?:som|vilka|vilket)\s+(?:\w+\s+){0,4}(?:bör|behöver|måste)\b")


def find_proposals(reading: Reading) -> tuple[Proposal, ...]:
    """The recommendations of a Swedish report or inquiry, in order."""
    own = own_names(reading)
    boxed = any(BOX.match(u.line) for u in reading.units)
    found: list[Proposal] = []
    frames: list[Proposal] = []
    chapters = _chapters_that_propose(reading, own)
    for index, units in _by_section(reading):
        sums_up = boxed and _sums_up(reading, index)
        is_frame = sums_up or _is_frame(reading, index) or "appendix" in reading.flags_of(units[0])
        in_boxes = boxed and not sums_up and not _stands_alone(reading, index)
        in_chapter = in_boxes or _chapter(reading, index) in chapters
        demands = _demands(reading, units, own, boxed=in_boxes, in_chapter=in_chapter)
        if boxed and not in_boxes and not is_frame:
            demands = [d for d in demands if d.formal or names_pattern(own).search(d.unit.line)]
        (frames if is_frame else found).extend(grouped(demands, index, own, boxed=in_boxes))
    kept = without_announcements(reading, found)
    kept += _only_there(reading, frames, kept)
    kept += [p for p in _listed(reading) if not _is_known(p, kept, share=_SAME_WORDS)]
    return tuple(sorted(kept, key=lambda p: p.formal.unit.at))


def _chapters_that_propose(reading: Reading, own: frozenset[str]) -> frozenset[object]:
    """Chapters in which two sections or more, and at least two in five, propose outright."""
    sections: dict[object, list[bool]] = {}
    for index, units in _by_section(reading):
        chapter = _chapter(reading, index)
        if chapter is not None and not _is_frame(reading, index):
            found = _demands(reading, units, own, boxed=False, in_chapter=False)
            sections.setdefault(chapter, []).append(any(d.formal for d in found))
    return frozenset(c for c, has in sections.items() if max(2, 0.4 * len(has)) <= sum(has))


def _chapter(reading: Reading, index: int | None) -> object:
    """What a section's siblings have in common: the number before its last part, else the parent.

    None for a section at the top.
    """
    if index is None:
        return None
    section = reading.sections[index]
    number = (section.number or "").rstrip(".")
    return number.rpartition(".")[0] if "." in number else section.parent


def _listed(reading: Reading) -> list[Proposal]:
    """The points of lists in the imperative, each a recommendation."""
    demands = [(Demand(p.unit, p.cue, True), p.addressee) for p in listed_points(reading)]
    return [Proposal(d, (d,), d.unit.section, addressee) for d, addressee in demands]


def _only_there(
    reading: Reading, frames: Sequence[Proposal], found: Sequence[Proposal]
) -> list[Proposal]:
    """Outright proposals of a summary that the body does not hold ("X föreslår följande: …"), and
    of an introduction where the issuer says by name that they are its own.
    """
    own = names_pattern(own_names(reading))
    return [
        p
        for p in frames
        if (_is_titled(reading, p.section, _SUMMARY) and _is_outright(p))
        or (_sums_up(reading, p.section) and _is_put_to(reading, p, own))
        or _is_introduced(reading, p, own)
        if not _is_known(_with_points(reading, p), found)
    ]


def _is_outright(proposal: Proposal) -> bool:
    cue = proposal.formal.cue.id
    return proposal.formal.formal or cue in _SAY_SHOULD or cue not in WEAK


def _is_put_to(reading: Reading, proposal: Proposal, own: re.Pattern[str]) -> bool:
    """An outright proposal, or one by name or to a known body ("X bör få i uppdrag")."""
    unit = proposal.formal.unit
    named = own.search(unit.line) is not None or bool(reading.mentions_in(unit.at, "AGENCY"))
    return _is_outright(proposal) and (proposal.formal.cue.id not in WEAK or named)


def _with_points(reading: Reading, proposal: Proposal) -> Proposal:
    """A proposal that only opens a list, with the first of its points."""
    unit = proposal.formal.unit
    place = bisect_left(reading.units, unit.at.end, key=lambda u: u.at.start)
    behind = reading.units[place] if place < len(reading.units) else None
    if behind is None or behind.kind != "list_item" or not unit.line.endswith((":", " att")):
        return proposal
    head = replace(unit, text=f"{unit.text} {behind.text}.")
    return replace(proposal, formal=replace(proposal.formal, unit=head))


def _is_introduced(reading: Reading, proposal: Proposal, own: re.Pattern[str]) -> bool:
    named = own.search(proposal.formal.unit.line) is not None
    return named and _is_titled(reading, proposal.section, _INTRODUCTION)


def _sums_up(reading: Reading, index: int | None) -> bool:
    """Whether a section belongs to the summary: under its heading, or without a number between it
    and the first numbered chapter.
    """
    if _is_titled(reading, index, _SUMMARY):
        return True
    if index is None or not any(s.number for s in reading.sections[index:]):
        return False
    before = takewhile(lambda s: not s.number, reversed(reading.sections[: index + 1]))
    return any(_SUMMARY.match(one_line(s.title)) for s in before)


def _is_titled(reading: Reading, index: int | None, title: re.Pattern[str]) -> bool:
    around = reading.ancestors(index)
    return any(title.match(one_line(s.title)) for s in around)


# A report's list of recommendations is its own wording, not a restatement of its conclusions.
_SAME_WORDS = 0.8


def _is_known(proposal: Proposal, found: Sequence[Proposal], *, share: float = 0.5) -> bool:
    """Whether that share of its nouns is said before; what only opens a list is not known by its
    head.
    """
    said = nouns(proposal.formal.unit.line)
    if len(said) < 3 and proposal.formal.unit.line.endswith((":", " att")):
        return False
    others = (nouns(" ".join(d.unit.line for d in p.sentences)) for p in found)
    return any(len(said & other) >= max(1, len(said) * share) for other in others)


_SUMMARY = re.compile(r"^(?:sammanfattning|sammanfattande)\b", re.IGNORECASE)
_INTRODUCTION = re.compile(r"^(?:inledning|förord)\b", re.IGNORECASE)
_RESTATES = re.compile(
    r"^(?:skäl\w*|konsekvens\w*|bakgrund|direktiv\w*|uppdraget|författningskommentar)",
    re.IGNORECASE,
)


def _stands_alone(reading: Reading, index: int | None) -> bool:
    """A numbered section of a report with boxes that has none itself, nor around or below it.

    The reasons, the consequences and the background restate what the boxes propose.
    """
    around = reading.ancestors(index)
    if not around or not around[0].number:
        return False
    if any(_RESTATES.match(one_line(s.title)) for s in around):
        return False
    near = {s.index for s in around[:1]} | {s.index for s in reading.children.get(index, [])}
    return not any(BOX.match(u.line) for n in near for u in reading.units_of_section.get(n, ()))


def _by_section(reading: Reading) -> list[tuple[int | None, list[Unit]]]:
    """The issuer's own sentences by section; not those of its members and experts."""
    found: dict[int | None, list[Unit]] = {}
    for unit in own_units(reading):
        found.setdefault(unit.section, []).append(unit)
    return list(found.items())


def _is_frame(reading: Reading, index: int | None) -> bool:
    """A summary, a foreword, the text of the proposed statutes: what stands elsewhere in full."""
    around = reading.ancestors(index)
    if around and around[0].number:
        # A numbered section belongs to no summary without number, nor to a chapter of another
        # number that precedes it ("5.1" after "1 Inledning" in an excerpt).
        number = around[0].number
        around = [s for s in around if s.number and f"{number}.".startswith(f"{s.number}.")]
    return any(first_cue("summary_titles", one_line(s.title)) for s in around)


def _in_proposals(reading: Reading, index: int | None) -> bool:
    titles = [one_line(s.title) for s in reading.ancestors(index)]
    return any(first_cue("proposal_titles", title) for title in titles)


def _demands(
    reading: Reading, units: Sequence[Unit], own: frozenset[str], *, boxed: bool, in_chapter: bool
) -> list[Demand]:
    """The demands among the sentences; in a report with boxes, the sentences of those boxes."""
    in_chapter = in_chapter or any(_in_proposals(reading, u.section) for u in units[:1])
    if boxed:
        return [demand for box in _boxes(units) for demand in _boxed(box, own)]
    inquires = is_inquiry(reading)
    found: list[Demand] = []
    retells = False
    for unit, behind in zip_longest(units, units[1:]):
        retells = retells or _is_others_proposal(unit.line, own)
        proposed = inquires and not retells and _IS_PROPOSED_HERE.search(unit.line) is not None
        demand = _demand(_with_point(unit, behind), own, in_chapter=in_chapter or proposed)
        demand = replace(demand, unit=unit) if demand else None
        if demand and retells and _IS_PROPOSED.search(unit.line) and not demand.formal:
            demand = None
        if demand is None and inquires and _goes_on_proposing(unit, found, own):
            demand = Demand(unit, next(c for c in cues("proposals") if c.id == "P04"), False)
        found += [demand] if demand else []
    return found


# "Kommunerna behöver" before a list.
_STOPS_AT_MODAL = re.compile(r"\b(?:bör|borde|måste|behöver|ska|skall)\s*:?\s*$", re.IGNORECASE)


def _with_point(unit: Unit, behind: Unit | None) -> Unit:
    """A sentence that stops at its modal, with the first point that goes on with it."""
    if behind is None or behind.kind != "list_item" or not _STOPS_AT_MODAL.search(unit.line):
        return unit
    return replace(unit, text=f"{unit.line.rstrip(' :')} {without_bullet(behind.line)}")


# "Kommissionen har föreslagit X. … Vidare föreslås Y.": Y is the Commission's too.
_OTHERS_PROPOSE = re.compile(
    r"\b(?P<who>kommissionen|utredningen|utredaren|promemorian|regeringen)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:föreslår|föreslagit|föreslog|presenterade|presenterat)\b"
    r"|\bföreslår\s+(?P<inverted>kommissionen|utredningen|utredaren|promemorian|regeringen)\b",
    re.IGNORECASE,
)
_IS_PROPOSED = re.compile(r"\bföreslås\b", re.IGNORECASE)


# An inquiry's own, where it names nobody else: "Lagen föreslås träda i kraft", "X föreslås få".
_IS_PROPOSED_HERE = re.compile(
    r"^(?!.*\b(?:SOU|Ds|prop|bet|dir|KOM|COM|EU|direktivet|kommissionen)\b)(?!.*\bföreslås\s+i\b)"
    r".*\bföreslås\s+(?:[\w-]+\s+){0,2}?(?:\w{3,}as?|få|gå|ges|ske|bli)\b",
    re.IGNORECASE | re.DOTALL,
)


def _is_others_proposal(line: str, own: frozenset[str]) -> bool:
    found = _OTHERS_PROPOSE.search(line)
    return found is not None and (found["who"] or found["inverted"]).casefold() not in own


_SHALL = frozenset({"ska", "skall"})
_AS_PROPOSED = re.compile(r"\b(?:ska|skall)\s+enligt\s+(?:vårt |våra )?förslag", re.IGNORECASE)
_BY_WHAT_IS = re.compile(r"^\W*(?:enligt|i dag|av)\b", re.IGNORECASE)


def _goes_on_proposing(unit: Unit, before: Sequence[Demand], own: frozenset[str]) -> bool:
    """ "Fristen ska förlängas" behind "Utredningen föreslår …", or "ska enligt förslaget": an
    inquiry tells in the indicative what its proposal holds.
    """
    text = one_clause(unit.line)
    if is_reported(text) or is_attributed(text, own) or _BY_WHAT_IS.match(text):
        return False
    if _AS_PROPOSED.search(text):
        return True
    proposed = any(demand.formal for demand in before)
    return proposed and is_own_duty(clauses_of(text, own), _SHALL, named=True)


def _boxes(units: Sequence[Unit]) -> list[list[Unit]]:
    found: list[list[Unit]] = []
    for unit in units:
        if BOX.match(unit.line):
            found.append([unit])
        elif found and unit.block == found[-1][0].block:
            found[-1].append(unit)
    return found


def _boxed(box: Sequence[Unit], own: frozenset[str]) -> list[Demand]:
    """All sentences of a box that proposes; of a mere assessment those that say what should be."""
    head = _demand(box[0], own, in_chapter=True)
    if head is None or head.cue.id in WEAK:
        found = (_demand(unit, own, in_chapter=True) for unit in box)
        return [demand for demand in found if demand is not None]
    return [head, *(Demand(unit, head.cue, False) for unit in box[1:])]


def _demand(unit: Unit, own: frozenset[str], *, in_chapter: bool) -> Demand | None:
    text = one_clause(unit.line)
    for cue in cues("proposals"):
        match = cue.pattern.search(text)
        if match is None or not _is_said_by(cue, text, match, own):
            continue
        if cue.id in _ONLY_BY_NAME and not names_subject(text, match, own):
            continue
        if cue.id in _UNDERTAKES and _IN_RELATIVE.search(text[: match.start()]):
            continue
        if not _says_should(cue, text, own):
            if cue.id in _SAY_SHOULD and _is_beside_the_point(cue, text, own):
                continue
            if cue.id in WEAK and not _is_strong_enough(text, in_chapter=in_chapter):
                continue
            if cue.id == _MUST and not is_own_duty(clauses_of(text, own), MUST, named=False):
                continue
            plain = names_subject(text, match, own) or BOX.match(text) or WHO_SHOULD.match(text)
            plain = plain or _NEEDED_OF.search(text) or _PROPOSED_OF.search(text)
            plain = plain or _INVERTED_ADDRESSEE.search(text)
            if not in_chapter and not plain:
                continue
        formal = names_subject(text, match, own) and cue.id not in WEAK
        return Demand(unit, _stronger(cue, text), formal)
    return _wished(unit, text, own)


def _says_should(cue: Cue, text: str, own: frozenset[str]) -> bool:
    """ "X bör" as the issuer's own word, in a main clause or behind "myndigheten anser att".

    Behind "anser att" the weaker words count too: "X ska ansvara", "X behöver definieras".
    """
    if cue.id not in _SAY_SHOULD or text.endswith("?"):
        return False
    clauses = clauses_of(text, own)
    held = cue.id == _HELD and _HELD_NEEDED.search(text) is not None
    return is_own_duty(clauses, SHOULD, named=True) or (
        held and is_own_duty(clauses, _SHALL | MUST, named=True)
    )


def _is_beside_the_point(cue: Cue, text: str, own: frozenset[str]) -> bool:
    """What is asked about ("övervägt om det bör") or only a purpose ("för att X ska hinna")."""
    clauses = clauses_of(text, own)
    if cue.id != _HELD:
        return is_asked_whether(clauses, SHOULD)
    modals = SHOULD | MUST | _SHALL
    told = any(word.text in modals for word in clauses.words)
    return told and not is_own_duty(clauses, modals, named=False)


_HELD_NEEDED = re.compile(
    r"\b(?:anser|menar)\s+(?:(?!att\b|inte\b)[\w-]+\s+){0,3}att\s+[^.,;:]{3,120}?"
    r"\b(?:(?:ska|skall)\s+(?:[\w-]+\s+){0,3}?(?:\w{2,}as?|\w*(?:se|ge|gå|stå|få|bli)s?)"
    r"|(?:behöver|måste)\s+(?:[\w-]+\s+){0,2}?(?:\w{3,}as|ses över|tas fram))\b",
    re.IGNORECASE,
)


def _wished(unit: Unit, text: str, own: frozenset[str]) -> Demand | None:
    """A wish in the issuer's own name ("Vi ser hellre att villkoren förenklas"), or a need that it
    puts forward ("Myndigheten vill lyfta behovet av att fristen förlängs").
    """
    if not names_pattern(own).search(text) or is_reported(text):
        return None
    wanted = {"wish", "need"} if _PUTS_FORWARD.search(text) else {"wish"}
    wish = next((cue for cue in ask_cues(text, own) if cue.label in wanted), None)
    return Demand(unit, wish, formal=False) if wish else None


_PUTS_FORWARD = re.compile(r"\b(?:behovet|vikten) av att\b", re.IGNORECASE)
# "det som regeringen avser att göra" undertakes nothing here.
_IN_RELATIVE = re.compile(r"\b(?:som|vilka|vilket|vilken)\s+(?:\w+\s+){1,3}$", re.IGNORECASE)


def _stronger(cue: Cue, text: str) -> Cue:
    """ "anser att … bör" recommends; "anser att … behöver" only states a need."""
    should = next(c for c in cues("proposals") if c.id == "P05")
    return should if cue.id == "P06" and should.pattern.search(text) else cue


def _is_said_by(cue: Cue, text: str, match: re.Match[str], own: frozenset[str]) -> bool:
    """The issuer speaks. The subject of "bör" and "behöver" is who should act, not who speaks."""
    if BOX.match(text):
        return not _FOREIGN_BOX.search(text) and not (
            "regeringen" in own and _OTHERS_BOX.match(text)
        )
    if is_attributed(text, own) or _REFUSES.search(text) or _is_held_by_other(text, own):
        return False
    if cue.id in _SPOKEN_OF:
        return not is_reported(text)
    return is_own_voice(text, match, own)


_HOLDS = re.compile(r"^\W*(?P<who>[A-ZÅÄÖ][\w-]+)\s+(?:anser|menar|bedömer|framhåller|tycker)\b")
_UNKNOWN = frozenset({"vi", "myndigheten"})


def _is_held_by_other(text: str, own: frozenset[str]) -> bool:
    """ "Europol anser att …" in the report of a body whose names are known."""
    found = _HOLDS.match(text)
    return found is not None and bool(own - _UNKNOWN) and found["who"].casefold() not in own


# "Utredningens förslag: Överensstämmer med …" retells; so do an inquiry's boxes in a bill.
_FOREIGN_BOX = re.compile(
    r":\s*(?:överensstämmer|stämmer|avviker|har (?:delvis )?(?:annan|en annan))\b", re.IGNORECASE
)
_OTHERS_BOX = re.compile(
    r"^\W*(?:utredningens?|promemorians?|kommitténs?|utredarens|delegationens|rapportens"
    r"|myndighetens)\b",
    re.IGNORECASE,
)
# "anser inte att X bör införas" asks for nothing.
_REFUSES = re.compile(
    r"\b(?:anser|bedömer|menar) (?:\w+ )?inte att\b"
    r"|\bföreslår\s+(?:\w+\s+)?inte\s+(?:någon|något|några|att)\b",
    re.IGNORECASE,
)


def _is_strong_enough(text: str, *, in_chapter: bool) -> bool:
    if _RELATIVE.search(text):
        return False
    named = (_NAMED_ADDRESSEE, _INVERTED_ADDRESSEE, _NEEDED_OF)
    return in_chapter or any(pattern.search(text) for pattern in named)
