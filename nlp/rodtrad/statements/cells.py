"""What a cell of a table or a labelled line holds: bodies and dates, without a sentence around."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rodtrad.datamodel import AgencyRole, Amount, Deadline, Mention, Span
from rodtrad.entities import find_dates
from rodtrad.entities.formlabels import is_department
from rodtrad.statements.reading import Reading, one_line

_BODIES = ("AGENCY", "MUNICIPALITY", "ORGANISATION")
_REPORTS = re.compile(r"\bredovis\w*", re.IGNORECASE)
# A body that no list holds, by how its name ends: "skolnämnden", "Tekniska kontoret".
_OFFICE = (
    r"\w*(?:förvaltning|nämnd|styrelse|kontor|myndighet|verk|stab|enhet|avdelning|kommun|region"
    r"|chef|direktör)"
    r"(?:en|et|na|er|erna)?"
)
_ITEM = re.compile(
    r"(?:[^,;/\n()]|\([^()]*\))+?(?=[,;/\n]"
    rf"|(?<!-)\s+(?:och|samt|resp\.?|respektive)\s+(?=[A-ZÅÄÖ]|{_OFFICE}\b)|$)"
)
_JOINED = re.compile(r"^\s*(?:och|samt|resp\.?|respektive)\s+|\s*\([^()]*\)")
_NAME_WORDS = 6
# "Samtliga", "Övriga myndigheter", "Ej beslutat": a cell that names nobody.
_EVERYBODY = re.compile(
    r"(?:samtliga|alla|övriga|berörda|respektive|varje|flera|ingen|ej|inte|oklart|se|enligt)\b",
    re.I,
)


def named_in(reading: Reading, cell: Span | None, role: str) -> list[AgencyRole]:
    """The bodies of a cell in their order, all with one part.

    Known bodies by their canonical name; an item that begins with a capital and holds none of them
    as it stands ("Socialförvaltningen"). "samtliga kommuner i länet" names nobody. A department in
    an agency's own plan ("Avdelningen Tillsyn") is the agency.
    """
    if cell is None:
        return []
    if own := _own_agency(reading, cell):
        return [AgencyRole(own, role, reading.document.span_of(cell))]
    known = sorted(
        (m for kind in _BODIES for m in reading.mentions_in(cell, kind)), key=lambda m: m.at
    )
    found = [(m.at.start, AgencyRole(str(m.value), role, m.span)) for m in known]
    for at in _unknown(reading, cell, known):
        name = one_line(_JOINED.sub("", at.of(reading.document.text)))
        found.append(
            (at.start, AgencyRole(name[:1].upper() + name[1:], role, reading.document.span_of(at)))
        )
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _own_agency(reading: Reading, cell: Span) -> str | None:
    """The agency whose plan it is, where the cell names one of its departments and nobody else."""
    issuer = reading.document.get("issuer")
    if issuer is None or not is_department(cell.of(reading.document.text)):
        return None
    if any(reading.mentions_in(cell, kind) for kind in _BODIES):
        return None
    return (
        issuer if any(m.type == "AGENCY" and m.value == issuer for m in reading.mentions) else None
    )


def _unknown(reading: Reading, cell: Span, known: Sequence[Mention]) -> Iterator[Span]:
    text = cell.of(reading.document.text)
    for item in _ITEM.finditer(text):
        lead = len(item.group()) - len(re.sub(r"^\s*(?:(?:och|samt)\s+)?", "", item.group()))
        at = Span(cell.start + item.start() + lead, cell.start + item.end())
        name = _JOINED.sub("", at.of(reading.document.text)).strip()
        if any(m.at.start < at.end and at.start < m.at.end for m in known):
            continue
        if _EVERYBODY.match(name):
            continue
        named = name[:1].isupper() or re.fullmatch(_OFFICE, name)
        if named and len(name) > 1 and len(name.split()) <= _NAME_WORDS:
            yield Span(at.start, at.start + len(at.of(reading.document.text).rstrip(" .")))


def amounts_in(reading: Reading, cell: Span | None) -> tuple[Amount, ...]:
    """The sums of a cell for money."""
    mentions = reading.mentions_in(cell, "AMOUNT") if cell else []
    sums = ((m.value, m.span) for m in mentions if isinstance(m.value, dict))
    return tuple(Amount(int(v["value"]), str(v["currency"]), "given", span) for v, span in sums)


def deadlines_in(
    reading: Reading, cell: Span | None, agencies: Sequence[str]
) -> tuple[Deadline, ...]:
    """The dates of a cell: of a report where the cell says so, else of when it is to be done."""
    if cell is None:
        return ()
    text = cell.of(reading.document.text)
    kind = "redovisning" if _REPORTS.search(text) else "genomförande"
    return tuple(
        Deadline(kind, value, tuple(agencies), reading.document.span_of(at))
        for value, place in _dates(text)
        if not _BEGINS.match(text, place.end)
        for at in [Span(cell.start + place.start, cell.start + place.end)]
    )


# "2019-09-01–2020-12-31": the first day only begins the time.
_BEGINS = re.compile(r"\s*(?:[–—-]|till(?: och med)?|t\.?o\.?m\.?)\s*(?=\d)")
# Tables shorten what running text spells out: "Vår 2026", "2026-06".
_SHORT_DATE = re.compile(
    r"\b(?:(?P<season>vår|sommar|höst|vinter)\s+(?P<syear>20\d\d)"
    r"|(?P<myear>20\d\d)-(?P<month>0[1-9]|1[0-2])(?![-\d]))",
    re.IGNORECASE,
)
_SEASONS = {"vår": "spring", "sommar": "summer", "höst": "autumn", "vinter": "winter"}


def _dates(text: str) -> Iterator[tuple[str, Span]]:
    """The normalised dates of a cell, with their place in it; years alone are none."""
    short = _SHORT_DATE.search(text)
    if short:
        yield _short_value(short), Span(short.start(), short.end())
        return
    for date in find_dates(text):
        if "-" in str(date.value):
            yield str(date.value), date.at


def _short_value(found: re.Match[str]) -> str:
    """The value of a shortened date.

    >>> _short_value(_SHORT_DATE.search("Vår 2026"))
    '2026-spring'
    """
    if found["season"]:
        return f"{found['syear']}-{_SEASONS[found['season'].casefold()]}"
    return f"{found['myear']}-{found['month']}"
