"""Both ends of a step of a chain in words: document, date, a short verbatim quote and its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rodtrad.datamodel import Evidence
from rodtrad.tables.phrases import evidence_text
from rodtrad.tables.terms import Terms
from rodtrad.tables.wording import date_text, place_text

Record = Mapping[str, Any]

_QUOTED = 240  # letters of a quote; the record has it whole


def evidence_of(record: Record) -> Evidence:
    """A quote with its place, from its record."""
    return Evidence(**{**record, "section": tuple(record["section"])})


def dated_text(date: str | None, terms: Terms) -> str:
    """The date of a document in words, or that it has none."""
    return date_text(date, terms) if date else terms["chain.undated"]


def hop_end_lines(hop: Record, dates: Mapping[str, str | None], terms: Terms) -> Iterator[str]:
    """A line an end: its document with its date, then the quote and where it stands.

    `dates` are those of the documents, by id. An end without a quote says so.
    """
    quoted = {e["document"]: evidence_of(e) for e in hop["evidence"]}
    for end in ("from", "to"):
        document = hop[end].partition("#")[0]
        evidence = quoted.get(document)
        place = place_text(evidence, terms) if evidence else ""
        told = evidence_text(evidence, terms, width=_QUOTED) + (f" ({place})" if place else "")
        yield f"    {document}, {dated_text(dates.get(document), terms)}: {told}"
