"""Measures in a document of any kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rodtrad.datamodel import Document, Measure, Mention, Section
from rodtrad.statements.bills import bill_measures
from rodtrad.statements.decision import decision_measures
from rodtrad.statements.kinds import PLAN_KINDS as PLAN_KINDS
from rodtrad.statements.letter import letter_measures, letter_tables
from rodtrad.statements.plan import plan_measures
from rodtrad.statements.reading import Reading
from rodtrad.statements.tables import table_measures
from rodtrad.statements.vocabulary import first_cue

DECISION_KINDS = frozenset({"regeringsuppdrag", "regeringsbeslut", "annat regeringsbeslut"})
_BILLS = frozenset({"proposition", "lagrådsremiss"})


def find_measures(
    document: Document, sections: Sequence[Section], mentions: Sequence[Mention]
) -> tuple[Measure, ...]:
    """What a government document orders, funds, legislates or describes as done.

    A plan or communication gives one measure a section, a bill one and one for each proposal, a
    decision or an assignment's page one (or one for each assignment under a heading of its own), a
    letter of appropriation one an assignment, terms of reference one inquiry. A document of unknown
    kind gives what its wording supports; documents that ask (reports, replies) give none.
    """
    reading = Reading(document, tuple(sections), tuple(mentions))
    kind = document.kind
    if kind in DECISION_KINDS:
        return decision_measures(reading)
    if kind == "regleringsbrev":
        return _in_order((*letter_measures(reading), *letter_tables(reading)))
    if kind in ("kommittédirektiv", "tilläggsdirektiv"):
        return decision_measures(reading, kind="utredning")
    if kind in _BILLS:
        return bill_measures(reading)
    if kind in PLAN_KINDS:
        return _in_order((*plan_measures(reading), *table_measures(reading)))
    return _by_wording(reading) if kind in ("okänd", "webbsida") else ()


def _by_wording(reading: Reading) -> tuple[Measure, ...]:
    governments = _may_be_governments(reading.document)
    opening = [u.line for u in reading.units[:3] if governments]
    if any(cue and cue.id == "G01" for cue in (first_cue("government_acts", t) for t in opening)):
        return decision_measures(reading)
    if not governments and not _IS_PLAN.match(reading.document.title):
        return ()
    return _in_order((*plan_measures(reading), *table_measures(reading)))


# "Tillsynsplan för skolan 2022", "Göteborgs program mot ensamhet": a body tells what it will do.
_IS_PLAN = re.compile(
    r"(?:[\w-]+\s+){0,4}?(?!kurs|läro|detalj|översikts)[\w-]*(?:plan|program|strategi)(?:en|met|n)?\b",
    re.IGNORECASE,
)


def _may_be_governments(document: Document) -> bool:
    """Whether no other body is known to speak: an audit report of unknown kind orders nothing."""
    issuer = document.get("issuer")
    ours = ("Regering", "Ministry", "Government")
    return issuer is None or issuer.startswith(ours) or "departementet" in issuer


def _in_order(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """By place; a section whose measures stand in a table is no measure itself."""
    kept = [
        m
        for m in measures
        if not any(o is not m and m.at.covers(o.at) and m.at != o.at for o in measures)
    ]
    return tuple(sorted(kept, key=lambda m: m.at))
