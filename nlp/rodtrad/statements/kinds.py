"""What kind of measure a passage describes: the heading and the first sentences decide."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rodtrad.statements.reading import Unit, one_line
from rodtrad.statements.vocabulary import label_of

# Kinds of documents that gather measures; people who write a catalogue say "plan" as well.
PLAN_KINDS = frozenset(
    {"handlingsplan", "skrivelse", "strategi", "åtgärdsplan", "åtgärdsprogram", "plan", "program"}
)
OTHER = "övrigt"
# What tells money or nothing may still say, in its text or form, who shall do something.
MAY_ORDER = frozenset({OTHER, "finansiering"})
BILL = "lagstiftning"
_ORDINANCE_BASIS = re.compile(
    r"\((?:\d+ kap\. )?(?:\d+ ?[a-z]? §§? )?förordningen \(\d{4}:\d+\)[^()]*\)", re.IGNORECASE
)
POINTS_BACK = re.compile(r"^\W*(?:som (?:framgår|nämn\w+|beskriv\w+|redovisa\w+))\b", re.I)
PAYMENT = re.compile(r"\b(?:rekvisition\w*|rekvirer\w*|återbetala\w*)\b", re.IGNORECASE)
# What something costs is no money given.
_COSTS = re.compile(r"^\W*kostnad(?:en|erna)\b", re.IGNORECASE)
_OF_LAW = re.compile(r"lag|straff|kriminalis|kommitté", re.IGNORECASE)
_ORDINANCE_DECIDED = re.compile(
    r"\bbeslut(?:ade|at|ar)\b(?:\s+(?:den \d+ \w+ )?\d{4})?\s+(?:om\s+)?(?:en\s+)?(?:ny\s+)?"
    r"\w*förordning(?:en)?\b",
    re.IGNORECASE,
)


def type_of(title: str, units: Sequence[Unit]) -> str:
    """The type of a measure, in the words of tests/gold/README.md.

    The heading decides where it names a form ("Uppdrag till …", "Lagrådsremiss med …", "Medel …").
    Otherwise the first sentence that says what is done decides. A bill that only gives the
    background of an assignment or of money (no word of law in the heading) does not, nor does a
    pointer to another section ("Som framgår ovan …"). A measure whose only legal basis is an
    ordinance, named in brackets, is one.

    >>> type_of("Propositionen Ersättningsregler med brottsoffret i fokus", ())
    'lagstiftning'
    """
    by_title = label_of("types_title", one_line(title))
    if by_title:
        return by_title
    first = [u.line for u in units if u.block == units[0].block] if units else []
    lines = [u.line for u in units]
    if _ORDINANCE_DECIDED.search(" ".join(first)):
        return "förordning"
    telling = [line for line in lines if not POINTS_BACK.match(line) and not _COSTS.match(line)]
    opening = [line for line in first if line in telling]
    for texts in (opening[:2], [" ".join(opening)], [" ".join(telling)]):
        found = _first_type(texts)
        if found == BILL and not _OF_LAW.search(title):
            found = _first_type(opening, but=BILL) or found
        if found:
            return found
    return "förordning" if _ORDINANCE_BASIS.search(" ".join(lines)) else OTHER


def _first_type(texts: Sequence[str], *, but: str | None = None) -> str | None:
    found = (label_of("types_text", text) for text in texts)
    return next((label for label in found if label and label != but), None)
