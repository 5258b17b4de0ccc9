"""Why a passage was found, in Swedish words."""

from __future__ import annotations

from collections.abc import Sequence

from rodtrad.datamodel import Passage
from rodtrad.retrieval.query import ParsedQuery
from rodtrad.retrieval.snippets import Match

_LIMIT = 6
# Standard deviations above an unrelated passage, and what to call it.
_CLOSENESS = ((4.5, "mycket nära"), (3.0, "nära"), (1.5, "besläktad"))


def reasons(
    passage: Passage,
    parsed: ParsedQuery,
    matches: Sequence[Match],
    *,
    above: Sequence[str] = (),
    meaning: float,
    exact: bool,
) -> tuple[str, ...]:
    """What matched, one reason a string: exact references first, meaning last.

    `above` are the words of the section's headings that matched.
    """
    found: list[str] = []
    if exact:
        names = ", ".join(passage_surface(parsed.text, r.start, r.end) for r in parsed.references)
        found.append(f"exakt träff: {names}")
    found += [f"frasen ”{' '.join(p)}”" for p in parsed.phrases]
    found += [f"börjar med ”{prefix}”" for prefix in parsed.prefixes]
    for match in matches:
        found.append(_one(passage, match))
    if above:
        found.append(f"i rubriken: {', '.join(dict.fromkeys(above)).casefold()}")
    found += [f"”{wrong}” tolkat som ”{right}”" for wrong, right in parsed.corrected]
    kept = tuple(dict.fromkeys(reason for reason in found if reason))[:_LIMIT]
    closeness = next((word for least, word in _CLOSENESS if meaning >= least), None)
    return (*kept, f"betydelse: {closeness}") if closeness else kept


def passage_surface(text: str, start: int, end: int) -> str:
    """The query's own words for a reference."""
    return text[start:end]


def _one(passage: Passage, match: Match) -> str:
    if match.concept is None or match.alternative is None:
        return ""
    surface = " ".join(match.at.of(passage.text).split())
    origin = match.alternative.origin
    if origin in ("acronym", "translation", "dictionary", "synonym", "instead"):
        source = {
            "acronym": "förkortningen utläst",
            "translation": "termbanken",
            "dictionary": "ordboken",
            "synonym": "annat ord i termbanken",
            "instead": "annat ord i termbanken",
        }[origin]
        return f"{match.concept.surface} → {match.alternative.shown} ({source})"
    if match.compound or origin == "parts":
        return f"del av sammansättning: {surface.casefold()}"
    return f"ordet ”{match.concept.surface}”"
