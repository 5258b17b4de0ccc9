"""What the text itself says about names: acronyms it defines, and which county board it means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rodtrad.entities.agencies_gazetteer import gazetteer
from rodtrad.entities.agencies_lexicon import Match, Surface
from rodtrad.entities.agencies_lists import counties
from rodtrad.entities.agencies_words import Words, read_words
from rodtrad.entities.finding import Finding

ALL_BOARDS = "länsstyrelserna"
BOARD_PREFIX = "Länsstyrelsen i "
# "(SiS)", "(Brå, ...)", "(nedan kallad Vårdanalys)", "(i det följande SiS)"
_DEFINITION = re.compile(
    r"\s*\((?:(?:nedan|förkorta[dt]|fortsättningsvis|härefter|hädanefter|i det följande|kalla[dt]"
    r"|benäm\w+)[ ,]*)*[\"”'’]?([A-ZÅÄÖ][\wåäöÅÄÖ-]{1,14})[\"”'’]?\s*[),;]"
)
# Full names with a slip reach this ratio, other words that happen to stand there do not.
RESEMBLES = 0.7
# How far back a county board may have been named for a bare "Länsstyrelsen" to mean it.
NEAR = 1500


@dataclass(frozen=True)
class AgencyContext:
    """What is known of the document.

    `issuer` is the body that issued it (official name); `date` its ISO date, for names that
    changed; `kind` its kind.
    """

    issuer: str | None = None
    date: str | None = None
    kind: str | None = None

    @property
    def year(self) -> int | None:
        """The year of the date, None when unknown."""
        return int(self.date[:4]) if self.date and self.date[:4].isdigit() else None


def defined_acronyms(words: Words, matches: list[Match]) -> dict[str, Surface]:
    """Acronyms and short names that the text puts in brackets behind a known full name.

    "Statens institutionsstyrelse (SiS)" defines SiS. "Regeringskansliet (Justitiedepartementet)"
    defines nothing: the bracket holds another name.
    """
    defined: dict[str, Surface] = {}
    for match in matches:
        surface = match.surfaces[0]
        if surface.role == "head" or surface.case == "exact":
            continue
        bracket = _DEFINITION.match(words.text, match.end)
        if bracket is None:
            continue
        short = bracket.group(1)
        if _abbreviates(short, surface):
            defined.setdefault(short, replace(surface, written=short, case="exact"))
    return defined


def foreign_definitions(words: Words, matches: list[Match]) -> frozenset[str]:
    """Known acronyms that this text introduces, in brackets, as something else.

    Form: "en vidareslussningsmekanism (NRM)", where neither the full name nor the acronym came
    before. Not: "Statens institutionsstyrelse (SiS)", nor "(SCB)" in a text that has met SCB.
    """
    met: set[str] = set()
    elsewhere: set[str] = set()
    for place, match in enumerate(matches):
        surface = match.surfaces[0]
        ids = {s.entry.id for s in match.surfaces}
        if surface.case == "exact" and not met & ids:
            bracketed = words.text[match.start - 1 : match.end + 1] == f"({surface.written})"
            named = place and words.text[matches[place - 1].end : match.start] in {" (", "s ("}
            if bracketed and not named and not _is_introduced(words, match):
                elsewhere.add(surface.written)
        met |= ids
    return frozenset(elsewhere)


def _is_introduced(words: Words, acronym: Match) -> bool:
    """Whether the words before the bracket resemble the full name, slips included."""
    for surface in acronym.surfaces:
        name = (surface.unit or surface.entry.name).lower()
        first = max(0, acronym.first - len(name.split()))
        before = words.text[words.starts[first] : acronym.start - 1].strip().lower()
        if SequenceMatcher(None, before, name).ratio() >= RESEMBLES:
            return True
    return False


def _abbreviates(short: str, surface: Surface) -> bool:
    name = surface.unit or surface.entry.name
    if short in gazetteer().shy_acronyms.get(surface.entry.id, frozenset()):
        return True
    capitals = sum(letter.isupper() for letter in short)
    return (capitals >= 2 or len(short) <= 9) and _subsequence(short.lower(), name.lower())


def _subsequence(letters: str, name: str) -> bool:
    rest = iter(name)
    return letters[0] in {word[0] for word in name.split()} and all(c in rest for c in letters)


def resolve_boards(findings: list[Finding], context: AgencyContext) -> list[Finding]:
    """Say which county board each bare "Länsstyrelsen" means.

    In order: the issuer, when it is a county board; the only board that the text names; the board
    named last, when near; all boards, when the text names no single one ("Länsstyrelserna prövar
    bidrag. Vid fördelningen ska länsstyrelsen ..."). Otherwise the finding stays doubtful, with the
    candidates.
    """
    issuer = _board_of(context.issuer or "")
    named = [f for f in findings if f.type == "AGENCY" and _is_board(f.value)]
    return [
        _resolved(finding, issuer, named) if _is_bare(finding) else finding for finding in findings
    ]


def _board_of(issuer: str) -> str | None:
    """The board that an issuer's name means, "Länsstyrelsen Skåne" included; None for others."""
    keys = read_words(issuer).keys
    if "länsstyrelsen" not in keys:
        return None
    spans = (tuple(keys[i : i + n]) for n in (3, 2, 1) for i in range(len(keys)))
    return next((counties()[span] for span in spans if span in counties()), None)


def _is_board(value: object) -> bool:
    return isinstance(value, str) and value.startswith(BOARD_PREFIX)


def _is_bare(finding: Finding) -> bool:
    return finding.value is None


def _resolved(bare: Finding, issuer: str | None, named: list[Finding]) -> Finding:
    distributive = bool(bare.detail)
    if issuer and not distributive:
        return replace(bare, value=issuer, detail={"resolved_by": "issuer"})
    boards = sorted({f.value for f in named})
    if not boards or distributive:
        return replace(bare, value=ALL_BOARDS, detail={"resolved_by": "distributive"})
    if len(boards) == 1:
        return replace(bare, value=boards[0], detail={"resolved_by": "only board named"})
    before = [f for f in named if f.at.start < bare.at.start]
    if before and bare.at.start - before[-1].at.end <= NEAR and not _in_list(before):
        return replace(bare, value=before[-1].value, detail={"resolved_by": "board named last"})
    return replace(
        bare,
        value=ALL_BOARDS,
        certainty="doubtful",
        reason="vilken länsstyrelse som avses framgår inte",
        detail={"candidates": boards},
    )


def _in_list(before: list[Finding]) -> bool:
    """Whether the last two boards were named side by side, so that neither stands out."""
    return (
        len(before) > 1
        and before[-1].value != before[-2].value
        and before[-1].at.start - before[-2].at.end <= 40
    )
