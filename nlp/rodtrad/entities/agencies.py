"""Swedish authorities in running text, with the official name of each."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from rodtrad.datamodel import Span
from rodtrad.entities.agencies_context import (
    ALL_BOARDS,
    AgencyContext,
    defined_acronyms,
    foreign_definitions,
    resolve_boards,
)
from rodtrad.entities.agencies_foreign import in_address, is_foreign
from rodtrad.entities.agencies_gazetteer import gazetteer
from rodtrad.entities.agencies_heads import LABELLER, foreign_body, read_head
from rodtrad.entities.agencies_lexicon import Match, Surface
from rodtrad.entities.agencies_lists import names_before
from rodtrad.entities.agencies_unknown import find_unknown
from rodtrad.entities.agencies_words import Words, read_words
from rodtrad.entities.finding import Finding

__all__ = ["AgencyContext", "canonical_name", "find_agencies", "find_named_bodies"]

DEFINED = "agencies.defined.v1"
# Years for which texts still speak of an authority by the acronym of its old name.
ACRONYM_LIVES_ON = 6
_DIGIT_BEHIND = re.compile(r"[\s ]*(?:\d{2,4}\b|nr\b|\d)")
# Reports of court cases and decisions begin with the court's letters: "HFD 2015 ref. 1".
_CASE_SERIES = frozenset({"HD", "HFD", "AD", "RÅ", "JO", "JK", "RiR"})
# Acronyms that are words as well, of Swedish or English, once a heading stands in capitals.
_ALSO_WORDS = frozenset({"BO", "CAN", "DO", "FAS", "FRA", "JO", "KO", "LO", "MUST", "SIDA"})
_BODY_TYPES = {"municipality": "MUNICIPALITY", "region": "MUNICIPALITY"}


def find_agencies(text: str, *, context: AgencyContext | None = None) -> tuple[Finding, ...]:
    """The Swedish public authorities that a clean text names.

    Args:
        text: clean text; single line breaks and words broken with a hyphen are tolerated.
        context: issuer and date of the document, which resolve bare and former names.

    Returns:
        Findings of type AGENCY by offset in `text`, none overlapping; a genitive's s stays outside.
        `value` is the official name, `länsstyrelserna` for the boards as a class. `detail["unit"]`
        names the part of the authority that was written. Forms that a careful reader could leave
        out (indefinite "polis", a name known by its pattern only) are doubtful, with a reason.
    """
    return tuple(f for f in find_named_bodies(text, context=context) if f.type == "AGENCY")


def find_named_bodies(text: str, *, context: AgencyContext | None = None) -> tuple[Finding, ...]:
    """Authorities (AGENCY) as in `find_agencies`, and other bodies, in one pass.

    Other bodies are ORGANISATION (associations, companies, foreign and international bodies, also
    look-alikes such as "norska polisen") and MUNICIPALITY (municipalities and regions).
    """
    context = context or AgencyContext()
    words = read_words(text)
    matches = [
        m for m in gazetteer().lexicon.matches(words) if not in_address(words.text, m.start, m.end)
    ]
    elsewhere = foreign_definitions(words, matches)
    findings: list[Finding] = []
    for match in matches:
        if match.surfaces[0].case == "exact" and match.surfaces[0].written in elsewhere:
            continue
        findings.extend(_of_match(words, match, context))
    findings.extend(_defined(words, matches, findings))
    findings = _without_overlaps(findings)
    taken = [finding.at for finding in findings]
    findings = resolve_boards(findings, context)
    findings.extend(f for f in find_unknown(words, taken) if not in_address(words.text, *_ends(f)))
    findings.sort(key=lambda finding: finding.at.start)
    if words.text == text:
        return tuple(findings)
    return tuple(replace(f, at=Span(*words.source(*_ends(f)))) for f in findings)


def canonical_name(surface: str, *, date: str | None = None) -> str | None:
    """The official name behind one way of writing an authority; None when it is unknown.

    `date` (ISO) decides between bodies that shared an acronym. "länsstyrelsen" alone is None.
    """
    found = find_named_bodies(surface.strip(), context=AgencyContext(date=date))
    whole = [
        f for f in found if f.at.end - f.at.start >= len(surface.strip().removesuffix("s")) - 1
    ]
    if not whole or whole[0].certainty == "doubtful":
        return None
    finding = whole[0]
    if finding.value == ALL_BOARDS and not surface.strip().lower().startswith(ALL_BOARDS):
        return None
    return str(finding.value)


def _ends(finding: Finding) -> tuple[int, int]:
    return finding.at.start, finding.at.end


def _of_match(words: Words, match: Match, context: AgencyContext) -> list[Finding]:
    heads = [s for s in match.surfaces if s.role == "head"]
    if heads:
        found = read_head(words, match, heads[0].entry, context)
        if found:
            return found
    surfaces = tuple(s for s in match.surfaces if s.role != "head")
    if not surfaces or _is_misread(words, match):
        return []
    match = replace(match, surfaces=surfaces)
    finding = _named(match, context)
    if _came_later(words, match, context):
        finding = replace(finding, certainty="doubtful", reason="myndigheten fanns inte då")
    if finding.type == "AGENCY" and is_foreign(words, match.first, match.last):
        return [foreign_body(words, match)]
    return [*names_before(words, match), finding]


def _is_misread(words: Words, match: Match) -> bool:
    """Whether an acronym is part of a case report, a matter's or an inquiry's number.

    "HFD 2015 ref. 1", "Ku2013/1293/KO", "UD 2021:01"; and "Sida 3" is a page.
    """
    surface = match.surfaces[0]
    if surface.case != "exact":
        return False
    if re.match(r"\d/", words.text[max(0, match.start - 2) : match.start]):
        return True
    if surface.written in _ALSO_WORDS and _in_capitals(words, match):
        return True
    numbered = surface.written in _CASE_SERIES or surface.entry.type == "ministry"
    if numbered or surface.written == "Sida":
        return _DIGIT_BEHIND.match(words.text, match.end) is not None
    return False


def _in_capitals(words: Words, match: Match) -> bool:
    """Whether a neighbouring word is in capitals too, as in a heading ("WHAT CAN WE DO")."""
    before, after = match.first - 1, match.last + 1
    close = [before] if before >= 0 and words.gap(match.first) == " " else []
    close += [after] if after < len(words) and words.gap(after) == " " else []
    return any(words.raw(index).isupper() and words.raw(index).isalpha() for index in close)


def _named(match: Match, context: AgencyContext) -> Finding:
    surfaces = _valid(match.surfaces, context.year)
    surface = surfaces[0]
    at = Span(match.start, match.end)
    if surface.role == "body":
        kind = _BODY_TYPES.get(surface.entry.type, "ORGANISATION")
        return Finding(kind, at, surface.entry.name, LABELLER, detail={"kind": surface.entry.type})
    names = sorted({s.entry.name for s in surfaces})
    if len(names) > 1:
        reason = "beteckningen har använts av flera myndigheter"
        return Finding(
            "AGENCY", at, surface.entry.name, LABELLER, "doubtful", reason, {"candidates": names}
        )
    doubt = _anachronism(surface, context.year)
    certainty: Literal["certain", "doubtful"] = "doubtful" if doubt else "certain"
    return Finding("AGENCY", at, surface.entry.name, LABELLER, certainty, doubt, _detail(surface))


def _anachronism(surface: Surface, year: int | None) -> str | None:
    """Why a name does not fit the document's year; None when it does.

    An acronym long out of use has most likely a new meaning; a unit that came later did not belong
    to the authority yet.
    """
    if year is None:
        return None
    entry = surface.entry
    if surface.case == "exact" and entry.end is not None and year > entry.end + ACRONYM_LIVES_ON:
        return f"myndigheten upphörde {entry.end}"
    if surface.unit and entry.start is not None and year < entry.start - 2:
        return f"del av myndigheten först {entry.start}"
    return None


def _valid(surfaces: tuple[Surface, ...], year: int | None) -> tuple[Surface, ...]:
    """The surfaces whose body existed in `year`; without a year those that still do."""
    if len(surfaces) == 1:
        return surfaces
    if year is None:
        living = tuple(s for s in surfaces if s.entry.end is None)
    else:
        living = tuple(s for s in surfaces if s.entry.lives_in(year))
    return living or surfaces


def _detail(surface: Surface) -> dict[str, object] | None:
    detail: dict[str, object] = {}
    if surface.unit:
        detail["unit"] = surface.unit
    if surface.entry.end is not None and not surface.unit:
        detail["until"] = surface.entry.end
        successor = gazetteer().entries.get(surface.entry.successor)
        if successor is not None:
            detail["successor"] = successor.name
    return detail or None


def _came_later(words: Words, match: Match, context: AgencyContext) -> bool:
    """Whether a name in small letters is older than the authority, and so a common noun.

    "polismyndigheten" before 2015 is any of many, "pensionsmyndigheten" of 2008 a plan.
    """
    start = match.surfaces[0].entry.start
    return (
        context.year is not None
        and start is not None
        and context.year < start
        and words.text[match.start].islower()
        and match.first == match.last
        and words.key(match.first) not in {"polisen", "polisens"}
    )


def _defined(words: Words, matches: list[Match], findings: list[Finding]) -> list[Finding]:
    """Mentions of the acronyms that the text itself defines for an authority."""
    known = {finding.at: finding for finding in findings if finding.type == "AGENCY"}
    full = [match for match in matches if Span(match.start, match.end) in known]
    defined = defined_acronyms(words, full)
    if not defined:
        return []
    shorts = "|".join(sorted(map(re.escape, defined), reverse=True))
    found = []
    for match in re.finditer(rf"(?<![\w/.@-])(?:{shorts})(?=s?(?![\w-]))", words.text):
        at = Span(match.start(), match.end())
        surface = defined[match.group()]
        if at in known and known[at].value == surface.entry.name:
            continue
        if not in_address(words.text, at.start, at.end):
            value = surface.entry.name
            found.append(Finding("AGENCY", at, value, DEFINED, detail=_detail(surface)))
    return found


def _without_overlaps(findings: list[Finding]) -> list[Finding]:
    """Findings in order; of two that overlap the text's own definition wins, then the longer."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.at.start, -f.at.end)):
        if not kept or kept[-1].at.end <= finding.at.start:
            kept.append(finding)
        elif finding.labeller == DEFINED and kept[-1].labeller != DEFINED:
            kept[-1] = finding
    return kept
