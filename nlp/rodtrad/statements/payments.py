"""Payments that a letter of appropriation orders in the terms of its money.

"Från anslagsposten ska verket betala 5 000 000 kronor till Stiftelsen X." gives the agency
something to do, unlike what only bounds the money ("får användas för", "högst … får användas") and
what the agency itself is paid ("en tolftedel varje månad till räntekontot").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rodtrad.datamodel import Measure, Span
from rodtrad.statements.build import Draft, measure_of, slug
from rodtrad.statements.reading import Reading, Unit, extent
from rodtrad.statements.roles import acting, others

_PAYS = re.compile(
    r"\b(?:ska|skall)\b(?=[^.;]*\b(?:(?:ut)?betalas?(?:\s+ut)?|överföras?)\b)"
    r"[^.;]*?\b(?:till|i\s+\w*(?:stöd|bidrag))\s+(?P<whom>\w[^.;]*)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:räntekonto\w*|rekvisition\w*|rekvirer\w*|tolftedel\w*|varje månad|Riksgäld\w*"
    r"|inkomsttitel\w*|statens centralkonto)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\W*(?:\d{1,2}[.)]\s+)?")


def payments(reading: Reading, found: Sequence[Measure]) -> Iterator[Measure]:
    """One measure for each payment ordered outside the measures found, in order."""
    units = reading.units
    for number, unit in enumerate(units):
        if not _orders_payment(reading, unit) or any(m.at.covers(unit.at) for m in found):
            continue
        behind = [u for u in units[number + 1 :] if u.block == unit.block]
        alone = [u for u in behind if not _orders_payment(reading, u)]
        yield _to_receiver(reading, measure_of(reading, _draft(reading, (unit, *alone))), unit)


def _orders_payment(reading: Reading, unit: Unit) -> bool:
    pays = _PAYS.search(unit.line)
    return bool(pays and reading.mentions_in(unit.at, "AMOUNT") and not _OWN.search(unit.line))


def _to_receiver(reading: Reading, measure: Measure, unit: Unit) -> Measure:
    """The measure of whoever pays: those paid have no other part than to receive."""
    pays = _PAYS.search(unit.text)
    paid = Span(unit.at.start + pays.start("whom"), unit.at.end) if pays else unit.at
    names = {str(m.value) for m in reading.mentions_in(paid, "AGENCY")}
    roles = tuple(
        replace(r, role="receives") if r.name in names else r for r in measure.agency_roles
    )
    agencies = acting(roles)
    beside = (*others(roles, agencies), *names)
    return replace(
        measure,
        agencies=agencies,
        other_agencies=tuple(dict.fromkeys(beside)),
        agency_roles=roles,
    )


def _draft(reading: Reading, units: tuple[Unit, ...]) -> Draft:
    title = _FROM.sub("", units[0].line)
    return Draft(
        id=slug(title),
        title=title,
        at=extent(units),
        units=units,
        section=reading.path(units[0].section),
        type="finansiering",
    )
