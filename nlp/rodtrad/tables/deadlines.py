"""Deadlines as records: what is due, by when, from whom, and whether the date has passed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any

from rodtrad.datamodel import Deadline, Document, Measure, Mention
from rodtrad.tables.records import place_fields
from rodtrad.tables.terms import Terms, load_terms
from rodtrad.tables.wording import last_day, yearly_day

_REPORTS = ("redovisning", "delredovisning", "slutredovisning")


def deadline_state(deadline: Deadline, measure_state: str, *, as_of: date) -> str:
    """Where a deadline stands on a day, as a key of the terms (`due.…`).

    A date that has passed is never called done: only where the measure itself is known to be
    reported does the state say so, and then with the words "enligt källan". A date of a month or
    a season has passed when its last day has; a yearly date never passes.
    """
    if yearly_day(deadline.date):
        return "due.yearly"
    due = last_day(deadline.date)
    if due is None:
        return "due.unknown"
    if due >= as_of:
        return "due.today" if due == as_of else "due.ahead"
    if deadline.kind not in _REPORTS:
        return "due.passed_force" if deadline.kind == "ikraftträdande" else "due.passed_other"
    reported = measure_state == "redovisad" or (
        measure_state == "delredovisad" and deadline.kind == "delredovisning"
    )
    return "due.passed_reported" if reported else "due.passed_report"


def deadline_record(
    deadline: Deadline,
    measure: Measure,
    document: Document,
    *,
    as_of: date,
    terms: Terms | None = None,
) -> dict[str, Any]:
    """A deadline as `rodtrad deadlines` prints it; `state` is in words (Swedish by default).

    `quote` is the date expression; `sentence` the verbatim sentence it stands in, None where the
    measure's sentences do not hold it.
    """
    told = _told(deadline, measure.state, document, as_of=as_of, terms=terms)
    return told | {
        "recipient": deadline.recipient or measure.recipient,
        "measure": measure.id,
        "measure_title": measure.title,
        "dnr": list(measure.dnr),
        "sentence": _sentence(deadline, measure, document),
        "section": list(measure.section),
    }


def outside_record(
    mention: Mention,
    section: tuple[str, ...],
    document: Document,
    *,
    as_of: date,
    terms: Terms | None = None,
) -> dict[str, Any]:
    """A date that a document gives outside its measures, with the same fields.

    `measure` is None, and the section's heading stands where the measure's title does.
    """
    value, detail = mention.value, mention.detail or {}
    deadline = Deadline(
        value["kind"],
        value["date"],
        tuple(value["responsible"]),
        mention.span,
        coordinator=detail.get("coordinator"),
        recipient=detail.get("recipient"),
    )
    told = _told(deadline, "", document, as_of=as_of, terms=terms)
    title = section[-1] if section else document.title
    return told | {"measure_title": title, "section": list(section)}


def _told(
    deadline: Deadline, measure_state: str, document: Document, *, as_of: date, terms: Terms | None
) -> dict[str, Any]:
    """All fields of a deadline's record, those of its measure empty."""
    state = deadline_state(deadline, measure_state, as_of=as_of)
    return {
        "date": deadline.date,
        "kind": deadline.kind,
        "responsible": list(deadline.responsible),
        "coordinator": deadline.coordinator,
        "recipient": deadline.recipient,
        "part": deadline.part,
        "state": (terms or load_terms())[state],
        "measure": None,
        "measure_title": None,
        "document": document.id,
        "document_date": document.get("date"),
        "dnr": [],
        "quote": document.quote(deadline.span),
        **place_fields(deadline.span, document),
        "sentence": None,
        "section": [],
        "flags": list(deadline.flags),
        "marking": document.get("marking"),
    }


def _sentence(deadline: Deadline, measure: Measure, document: Document) -> str | None:
    for sentence in measure.sentences:
        if sentence.span.covers(deadline.span):
            return document.quote(sentence.span)
    return None


def deadline_order(value: str, *, as_of: date) -> tuple[date, str]:
    """A sort key for dates of every form: by last day; a yearly date by its next occurrence."""
    return (next_occurrence(value, as_of=as_of) or last_day(value) or date.max, value)


def next_occurrence(value: str, *, as_of: date) -> date | None:
    """The first day on or after `as_of` of a yearly date `--MM-DD`; None for any other form.

    29 February falls on 28 February in a year without it.
    """
    day = yearly_day(value)
    if day is None:
        return None
    for year in (as_of.year, as_of.year + 1):
        last = monthrange(year, day.month)[1]
        occurrence = date(year, day.month, min(day.day, last))
        if occurrence >= as_of:
            return occurrence
    return None


def sorted_deadlines(
    measures: Iterable[Measure], *, as_of: date
) -> tuple[tuple[Measure, Deadline], ...]:
    """All deadlines of the measures, soonest first; ties by document and measure."""
    pairs = [(measure, deadline) for measure in measures for deadline in measure.deadlines]
    return tuple(
        sorted(
            pairs,
            key=lambda p: (deadline_order(p[1].date, as_of=as_of), p[0].document, p[0].id),
        )
    )
