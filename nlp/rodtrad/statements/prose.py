"""Measures told in the running text of a plan: sentences that order somebody to do something.

A strategy may tell under a theme ("Område 1 – Kunskap") what several agencies are to do, each in a
paragraph or a point of its own: "X ska få i uppdrag att …", "Regeringen kommer att ge" with points
"– X i uppdrag att …", "X ska … senast den 1 mars 2027", "Regeringen avser att lämna en proposition
om …", "Regeringen avsätter 3 miljoner kronor till …". Then each is a measure, not the theme.

It must not match what was ordered before ("X fick i uppdrag"), what an agency shall do anyhow
("enligt sin instruktion"), or several tasks of one agency under one heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rodtrad.datamodel import AgencyRole, Section
from rodtrad.statements.build import Draft, slug
from rodtrad.statements.kinds import BILL
from rodtrad.statements.reading import Reading, Unit, extent, one_line, without_bullet
from rodtrad.statements.roles import acting, roles_in
from rodtrad.statements.tasks import tasks_of

# "Regeringen avser att uppdra åt X att …", "Regeringen ger X i uppdrag att …": now or to come.
_GOVERNMENTS = re.compile(
    r"^\W*regeringen\s+(?:\w+\s+){0,2}?(?:(?:avser|kommer|beslutar|planerar)\s+(?:\w+\s+)?"
    r"(?:om\s+)?(?:att\s+)?(?:ge|uppdra)|ger|uppdrar)\b[^.;]*?\batt\s+(?P<task>[^.;]{10,})",
    re.IGNORECASE,
)
# "Regeringen avser att låta utreda …", "har för avsikt att lägga fram förslag till ändringar i …":
# an act of its own, not what it follows or works for; nor "avser inte att", "kan komma att".
_NOT_BUT = r"(?:(?!inte\b)\w+\s+)"
_INTENDS = re.compile(
    rf"^\W*(?:regeringen\s+(?:avser|planerar|kommer|har\s+(?:\w+\s+)?för\s+avsikt|tänker)"
    rf"|[^.;:]{{3,80}}?\s(?:avser|planerar|kommer|tänker)\s+regeringen)\s+{_NOT_BUT}{{0,3}}?"
    r"(?:att\s+)?(?P<task>(?:låta\s+)?(?:utreda|se över|tillsätta|tillkalla|inrätta|anordna|hålla"
    r"|införa|ändra|föreslå|lägga fram|lämna förslag|ta fram|utarbeta|precisera|inleda)\b"
    r"[^.;]{10,})",
    re.IGNORECASE,
)
# "Arbetsgivarverket ska få i uppdrag att …", "Vidare får X i uppdrag att …".
_GIVEN = re.compile(
    r"^\W*(?-i:[A-ZÅÄÖ])[^.;]{2,160}?\b(?:får|få|ges|gets)\s+(?:[^.;]{2,80}?\s+)?i\s+uppdrag\s+att\s+"
    r"(?P<task>[^.;]{10,})",
    re.IGNORECASE,
)
# "– Socialstyrelsen i uppdrag att …" below "Regeringen kommer att ge".
_POINT = re.compile(
    r"^\W*(?:ge\s+|åt\s+)?(?-i:[A-ZÅÄÖ])[^.;]{2,120}?\s(?:i\s+uppdrag\s+)?att\s+(?P<task>[^.;]{10,})",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\bregeringen\b[^.]*\b(?:(?:ge|ger|uppdrar?)(?:\s+åt)?|att)\s*:?$", re.IGNORECASE
)
_BILL = re.compile(
    r"^\W*regeringen\s+(?:\w+\s+)?(?:avser|planerar|kommer)\b[^.;]*\b(?:lämna|lägga fram|överlämna"
    r"|presentera|besluta om|återkomma)\b[^.;]*\b(?:proposition|lagrådsremiss|lagförslag)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"^\W*(?:regeringen\s+(?:\w+\s+)?(?:beslutar|avsätter|tillför|anslår|fördelar|tilldelar|satsar)"
    r"|[^.;:]{3,80}?\s(?:avsätter|tillför|anslår|fördelar|tilldelar|satsar)\s+regeringen)\b",
    re.IGNORECASE,
)
# A communication gives its reasons under what it judges; what it orders stands in them.
_JUDGES = re.compile(r"^\W*(?:skälen\s+för\s+)?regeringens\s+bedömning\w*\s*:", re.IGNORECASE)
_LABEL = re.compile(r"^\W*skälen\s+för\s+regeringens\s+(?:bedömning\w*|förslag)\s*:\s*", re.I)
_DUTY = re.compile(r"\b(?:ska|skall|kommer\s+(?:\w+\s+)?att)\s+\w", re.IGNORECASE)
# What an agency shall do anyhow is no measure.
STANDING = re.compile(
    r"\benligt\s+(?:(?:sin|sitt|myndighetens)\s+\w*(?:instruktion|uppdrag)\w*|(?:\d+ §\s+)?\w*"
    r"(?:lagen|balken|förordningen))\b|\baccording to the \w+ (?:Act|Code)\b",
    re.IGNORECASE,
)
# "…, att redovisas senast den 1 mars 2027, och": none of what is to be done.
_REPORTED = re.compile(
    r",\s+(?:att|som ska|vilket ska)\s+(?:slut|del)?redovisas\b.*$", re.IGNORECASE
)
_CONSULTED = re.compile(r"\b(?:samråd|samverkan|tillsammans)\b", re.IGNORECASE)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Order:
    """An order: what it asks, who is given it by its place in a list, and its sentences."""

    task: str
    given: tuple[AgencyRole, ...]
    units: tuple[Unit, ...]
    type: str | None = None

    def acts(self, reading: Reading) -> frozenset[str]:
        return frozenset((*acting(self.given), *acting(roles_in(reading, self.units[:1]))))


def told_orders(
    reading: Reading, sections: Iterable[Section], *, alone: bool
) -> dict[int, list[Draft]]:
    """The orders of each section's own text, by the section's index.

    Two at least that somebody else or nothing named carries out each; one is enough where it is
    given expressly and `alone` (a plan in which no section is a measure), or in the reasons for
    what the Government judges ("Skälen för regeringens bedömning: …").
    """
    found: dict[int, list[Draft]] = {}
    for section in sections:
        units = reading.units_of_section.get(section.index, ())
        orders = list(_orders(reading, units))
        apart = len({order.acts(reading) for order in orders}) >= _FEWEST
        judged = orders and any(_JUDGES.match(u.line) for u in units)
        if apart or judged or (alone and any(_GOVERNMENTS.match(o.units[0].line) for o in orders)):
            found[section.index] = [_draft(reading, order) for order in orders]
    return found


def listed_orders(reading: Reading, section: Section) -> list[Draft]:
    """The points of a section that give somebody a task ("ge X i uppdrag att …")."""
    orders = _orders(reading, reading.units_of_section.get(section.index, ()))
    return [_draft(reading, order) for order in orders if order.given]


def _orders(reading: Reading, units: Sequence[Unit]) -> Iterator[_Order]:
    """The orders in their order, each with the sentences behind it in its paragraph."""
    current: _Order | None = None
    lead = ""
    for unit in units:
        order = _order_of(reading, unit, units, lead)
        lead = unit.line if unit.kind != "list_item" else lead
        if order and not (current and _goes_on(reading, current, order)):
            if current:
                yield current
            current = order
        elif current and unit.block == current.units[-1].block:
            current = replace(current, units=(*current.units, unit))
    if current:
        yield current


def _goes_on(reading: Reading, current: _Order, order: _Order) -> bool:
    """Whether an order is one more sentence about what the same agencies were just given."""
    same = order.units[0].block == current.units[-1].block
    return same and order.acts(reading) <= current.acts(reading) and order.type != BILL


def _order_of(reading: Reading, unit: Unit, units: Sequence[Unit], lead: str) -> _Order | None:
    if STANDING.search(unit.line):
        return None
    if unit.kind == "list_item":
        point = _POINT.match(unit.line) if _LEADS.search(lead) else None
        given = _first_named(reading, unit) if point else ()
        return _Order(point["task"], given, (unit,), "uppdrag") if point and given else None
    line = _LABEL.sub("", unit.line)
    express = _GOVERNMENTS.match(line) or _GIVEN.match(line)
    if express and acting(roles_in(reading, (unit,))):
        return _Order(express["task"], (), (unit,), "uppdrag")
    if _BILL.match(line):
        return _Order(line, (), (unit,), BILL)
    if _MONEY.match(line) and _has(reading, [unit], "AMOUNT"):
        return _Order(line, (), (unit,), "finansiering")
    if intended := _INTENDS.match(line):
        return _Order(intended["task"], (), (unit,))
    if not _lays_duty(reading, unit):
        return None
    paragraph = [u for u in units if u.block == unit.block and u.at >= unit.at]
    dated = _has(reading, paragraph, "DEADLINE") or _has(reading, paragraph, "AMOUNT")
    return _Order(unit.line, (), (unit,)) if dated else None


def _lays_duty(reading: Reading, unit: Unit) -> bool:
    """ "X ska …": a sentence that begins with an agency and what it is to do."""
    agencies = reading.mentions_in(unit.at, "AGENCY")
    if not agencies or agencies[0].at.start != unit.at.start or not _DUTY.search(unit.line):
        return False
    return str(agencies[0].value) in acting(roles_in(reading, (unit,)))


def _first_named(reading: Reading, unit: Unit) -> tuple[AgencyRole, ...]:
    """The agencies before "att" in a point, as those who are given its task."""
    end = unit.at.start + unit.text.index(" att ") if " att " in unit.text else unit.at.end
    named = (m for m in reading.mentions_in(unit.at, "AGENCY") if m.at.end <= end)
    text = reading.document.text
    return tuple(
        AgencyRole(str(m.value), "must_act", m.span)
        for m in named
        if not _CONSULTED.search(text[unit.at.start : m.at.start])
    )


def _has(reading: Reading, units: Iterable[Unit], kind: str) -> bool:
    return any(m.certainty == "certain" for u in units for m in reading.mentions_in(u.at, kind))


def _draft(reading: Reading, order: _Order) -> Draft:
    title = _REPORTED.sub("", without_bullet(one_line(order.task))).rstrip(" ,")
    return Draft(
        id=slug(title),
        title=title,
        at=extent(order.units),
        units=order.units,
        section=reading.path(order.units[0].section),
        type=order.type,
        given=order.given,
        tasks=tasks_of(reading, order.units),
    )
