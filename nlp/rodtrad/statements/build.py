"""Put a measure together from the stretch of text that describes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rodtrad.datamodel import AgencyRole, Deadline, Measure, Sentence, Span
from rodtrad.statements.fields import (
    amounts_of,
    day_flags,
    deadlines_of,
    dnr_of,
    period_end,
    recipient_of,
    references_of,
)
from rodtrad.statements.kinds import BILL, MAY_ORDER, type_of
from rodtrad.statements.numbering import LABELLED_MEASURE
from rodtrad.statements.parts import Part, left_out, parts_of
from rodtrad.statements.reading import Reading, Unit, joined, one_line
from rodtrad.statements.roles import MUST_ACT, acting, others, roles_in
from rodtrad.statements.state import REPORTING, with_state
from rodtrad.statements.vocabulary import label_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What a finder hands over: where a measure stands and which sentences belong to it.

    `heading` is a unit of the heading, read for agencies only. `own_dnr` are numbers that belong
    to the whole document (a decision's own). `decides` is for a decision, where what is told in the
    past is background; a plan tells its measures so. `given` are those to whom the place gives it.
    """

    id: str
    title: str
    at: Span
    units: tuple[Unit, ...]
    section: tuple[str, ...]
    heading: Unit | None = None
    own_dnr: tuple[str, ...] = ()
    type: str | None = None
    tasks: tuple[Sentence, ...] = ()
    decides: bool = False
    given: tuple[AgencyRole, ...] = ()


# In a decision, an assignment told in the past ("har getts i uppdrag", "gavs …") is another one.
EARLIER_ORDER = re.compile(
    r"\bhar\s+(?:\w+\s+){0,2}(?:getts|fått|gett|givits|haft)\b[^.]*\buppdrag\b"
    r"|\b(?:gavs|fick|gav)\b[^.]*\buppdrag\b",
    re.IGNORECASE,
)
_ORDERS_NOW = re.compile(r"\b(?:ger|ge|uppdrar|får)\b[^.]*\buppdrag\b|\buppdrar\b", re.IGNORECASE)


# The assignment told in the past is this one, where the decision prolongs or changes it.
CHANGES = re.compile(
    r"\W*(?:begäran om )?(?:förläng\w+|ändr\w+|utökning|ändring)\b.*\buppdrag", re.IGNORECASE
)
_CHANGES_NOW = re.compile(
    r"\b(?:ändrar|ändras|förlänger|förlängs|utökar|utökas|med ändring av"
    r"|beslutar (?:om ändring|att ändra|om förlängning|att förlänga))\b",
    re.IGNORECASE,
)
# A duty that an ordinance already lays on the agency is the background of a decision.
_STANDING_DUTY = re.compile(
    r"^\W*enligt\s+(?:\d[^.]{0,20}§[^.]{0,40}?)?"
    r"(?:förordningen|lagen|(?:myndighetens|sin) instruktion)\b",
    re.IGNORECASE,
)


def _told_now(draft: Draft, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The sentences to read agencies from: without earlier orders where the decision gives one."""
    if not draft.decides or not any(_ORDERS_NOW.search(u.text) for u in units):
        return units
    return tuple(u for u in units if not EARLIER_ORDER.search(u.text))


def measure_of(reading: Reading, draft: Draft) -> Measure:
    """The measure with all its fields; its state is what the words alone say (no dates)."""
    kind = draft.type or type_of(clean_title(draft.title), draft.units)
    read = ((draft.heading,) if draft.heading else ()) + draft.units
    roles = [*draft.given, *roles_in(reading, _told_now(draft, read), is_bill=kind == BILL)]
    if kind in MAY_ORDER and draft.type is None and _orders(reading, draft):
        kind = "uppdrag"
    if kind == "uppdrag" and not acting(roles):
        roles = _promoted(roles)
    if kind == "utredning" and draft.decides:
        roles = [r for r in roles if r.role not in MUST_ACT]
    agencies = acting(roles)
    parts = parts_of(reading, draft.units)
    dnr, other_dnr = _dnr(reading, draft)
    span = reading.document.span_of(draft.at)
    page = reading.document.page_of(span)
    found = Measure(
        id=draft.id,
        document=reading.document.id,
        title=clean_title(draft.title),
        type=kind,
        state="okänd",
        agencies=agencies,
        other_agencies=others(roles, agencies),
        deadlines=_deadlines(reading, draft, parts, agencies),
        dnr=dnr,
        other_dnr=other_dnr,
        refs=_references(reading, read),
        amounts=amounts_of(reading, draft.units),
        text=joined(draft.units),
        at=draft.at,
        span=span,
        section=draft.section,
        page=page.number if page else None,
        recipient=recipient_of(reading, draft.units),
        agency_roles=tuple(roles),
        sentences=tuple(reading.sentence(u) for u in draft.units),
        tasks=draft.tasks if kind in ("uppdrag", "utredning") else (),
        flags=(*_flags(parts, agencies), *day_flags(reading, draft.units)),
        language=reading.document.language,
    )
    return with_state(found, as_of=date.min)


_TITLE_DNR = re.compile(
    r"\s*(?:diarienummer|dnr)\s*:?\s*[A-ZÅÄÖ][A-Za-zåäö]*\s?\d{4}/\S+\s*$", re.I
)


_TITLE_NUMBER = re.compile(rf"^{LABELLED_MEASURE}\s*(?=[^\s\d])", re.IGNORECASE)


def clean_title(text: str) -> str:
    """A heading without "Åtgärd 1:", its final full stop and a diarienummer put behind it.

    >>> clean_title("Utredning om en åldersgräns. ")
    'Utredning om en åldersgräns'
    """
    title = _TITLE_NUMBER.sub("", _TITLE_DNR.sub("", one_line(text)))
    return title[:-1] if title.endswith(".") and not title.endswith(("m.m.", "m.fl.")) else title


def _orders(reading: Reading, draft: Draft) -> bool:
    """The first sentence says what an agency shall do ("Socialstyrelsen ska kartlägga …")."""
    first = draft.units[:1]
    if not first or not re.search(r"\b(?:ska|skall|shall|must|will|is to)\b", first[0].text):
        return False
    if label_of("types_title", clean_title(draft.title)):
        return False
    if label_of("types_text", first[0].line) == "finansiering":
        return False
    return bool(acting(roles_in(reading, first)))


def _promoted(roles: Sequence[AgencyRole]) -> list[AgencyRole]:
    """An assignment whose only subject "ska bidra" or "ska bistå": that agency must act."""
    first = next((r.name for r in roles if r.role == "participates"), None)
    return [replace(r, role="must_act") if r.name == first else r for r in roles]


def _dnr(reading: Reading, draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...]]:
    units = ((draft.heading,) if draft.heading else ()) + draft.units
    own: list[str] = list(draft.own_dnr)
    foreign: list[str] = []
    for unit in units:
        if unit is draft.heading:
            own += [str(m.value) for m in reading.mentions_in(unit.at, "DIARIENUMMER")]
            continue
        mine, theirs = dnr_of(reading, unit.at, [unit])
        if draft.decides and EARLIER_ORDER.search(unit.text):
            changed = CHANGES.match(draft.title) is not None
            both = (*mine, *theirs)
            mine, theirs = (both, ()) if changed else ((), both)
        if draft.own_dnr and CHANGES.match(draft.title) and _CHANGES_NOW.search(unit.text):
            own += [*mine, *theirs]
        elif draft.own_dnr:
            foreign += [v for v in (*mine, *theirs) if v not in own]
        else:
            own += mine
            foreign += theirs
    numbers = tuple(dict.fromkeys(own))
    return numbers, tuple(dict.fromkeys(v for v in foreign if v not in numbers))


def _references(reading: Reading, units: Sequence[Unit]) -> tuple[str, ...]:
    found: list[str] = []
    for unit in units:
        found += references_of(reading, unit.at)
    return tuple(dict.fromkeys(found))


def _deadlines(
    reading: Reading, draft: Draft, parts: Sequence[Part], agencies: Sequence[str]
) -> tuple[Deadline, ...]:
    if draft.decides:
        units = tuple(u for u in draft.units if not _STANDING_DUTY.match(u.text))
        draft = replace(draft, units=units)
    found = _all_deadlines(reading, draft, parts, agencies)
    if draft.decides and draft.type == "utredning":
        # Terms of reference tell by when laws of others enter into force; their own dates report.
        return tuple(d for d in found if d.kind in REPORTING)
    return found


def _all_deadlines(
    reading: Reading, draft: Draft, parts: Sequence[Part], agencies: Sequence[str]
) -> tuple[Deadline, ...]:
    named = label_of("types_title", clean_title(draft.title)) == "uppdrag"
    return deadlines_of(
        reading,
        draft.units,
        parts,
        agencies,
        one_matter=named,
        period_end=period_end(reading),
    )


def _flags(parts: Sequence[Part], agencies: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        f"{name} nämns bland de ansvariga men i ingen del och utan datum"
        for name in left_out(parts, agencies)
    )


_SLUG_WORDS = re.compile(r"[^\w]+")


def slug(title: str, *, width: int = 60) -> str:
    """A readable, stable id from a title: lower case, hyphens, cut between words.

    >>> slug("Stärkt förmåga inom Polismyndigheten")
    'stärkt-förmåga-inom-polismyndigheten'
    """
    words = [w for w in _SLUG_WORDS.split(clean_title(title).casefold()) if w]
    text = ""
    for word in words:
        if text and len(text) + len(word) + 1 > width:
            break
        text = f"{text}-{word}" if text else word
    return text or "utan-rubrik"
