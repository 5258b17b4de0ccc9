"""What kind of measure a passage describes: the heading and the first sentences decide."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rodtrad.statements.reading import Unit, one_line
from rodtrad.statements.vocabulary import label_of

OTHER = "övrigt"
BILL = "lagstiftning"
_ORDINANCE_BASIS = re.compile(
    r"\((?:\d+ kap\. )?(?:\d+ ?[a-z]? §§? )?förordningen \(\d{4}:\d+\)[^()]*\)", re.IGNORECASE
)
_ORDINANCE_DECIDED = re.compile(r"\bbeslut\w*\b[^.]*\b(?:om |i )?\w*förordningen\b", re.IGNORECASE)


def type_of(title: str, units: Sequence[Unit]) -> str:
    """The type of a measure, in the words of tests/gold/README.md.

    The heading decides where it names a form ("Uppdrag till …", "Lagrådsremiss med …", "Medel …").
    Otherwise the first sentence that says what is done decides, and a measure whose only legal
    basis is an ordinance, named in brackets, is one.

    >>> type_of("Propositionen Ersättningsregler med brottsoffret i fokus", ())
    'lagstiftning'
    """
    by_title = label_of("types_title", one_line(title))
    if by_title:
        return by_title
    first = [u.line for u in units if u.block == units[0].block] if units else []
    whole = " ".join(u.line for u in units)
    if _ORDINANCE_DECIDED.search(" ".join(first)):
        return "förordning"
    for text in (*first[:2], " ".join(first), whole):
        found = label_of("types_text", text)
        if found:
            return found
    return "förordning" if _ORDINANCE_BASIS.search(whole) else OTHER
