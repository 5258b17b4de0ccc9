"""The records each command prints, from annotated documents and the manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rodtrad.datamodel import AnnotatedDocument, Measure
from rodtrad.pipeline.store import DocumentRecord, required_manifest
from rodtrad.statements import (
    Change,
    change_of,
    changes_among,
    origin_of,
    reports_among,
    with_state,
)
from rodtrad.statements.measures import DECISION_KINDS
from rodtrad.tables.deadlines import deadline_record, outside_record
from rodtrad.tables.records import (
    measure_record,
    mention_record,
    recommendation_record,
    section_record,
    stance_record,
)
from rodtrad.tables.terms import load_terms
from rodtrad.workspace import Workspace

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What documents tell of each other's assignments: reports of them, and later decisions."""

    reports: Mapping[str, str]
    changes: Mapping[str, Change]


def document_records(workspace: Workspace) -> list[Record]:
    """A record per document of the index, failed ones included."""
    return [document_record(d) for d in required_manifest(workspace).documents]


def document_record(record: DocumentRecord) -> Record:
    """What the manifest knows of a document, as `rodtrad documents` prints it."""
    return {
        "id": record.id,
        "path": record.path,
        "kind": record.kind,
        "title": record.title,
        "issuer": record.issuer,
        "date": record.date,
        "dnr": record.dnr,
        "language": record.language,
        "sha256": record.sha256,
        "pages": record.pages,
        "status": record.status,
        "errors": list(record.errors),
    }


def section_records(found: AnnotatedDocument) -> list[Record]:
    """The sections of a document."""
    return [section_record(section, found.document) for section in found.sections]


def entity_records(found: AnnotatedDocument, *, doubtful: bool = False) -> list[Record]:
    """The mentions in a document; doubtful ones only when asked for."""
    return [
        mention_record(
            mention,
            found.document,
            section=found.section_path(found.section_at(mention.at.start)),
        )
        for mention in found.mentions
        if doubtful or mention.certainty == "certain"
    ]


def recommendation_records(found: AnnotatedDocument, *, doubtful: bool = False) -> list[Record]:
    """The recommendations in a document; doubtful ones, behind them, only when asked for."""
    items = (*found.recommendations, *(found.doubtful if doubtful else ()))
    return [recommendation_record(item) for item in items]


def stance_records(found: AnnotatedDocument) -> list[Record]:
    """The stances in a consultation reply."""
    return [stance_record(stance, found.document) for stance in found.stances]


def measure_records(
    found: AnnotatedDocument, *, as_of: date, reports: Known | None = None
) -> list[Record]:
    """The measures in a document, with their state as of a day."""
    measures = measures_as_of(found, as_of=as_of, reports=reports)
    return [measure_record(m, found.document) for m in measures]


def measures_as_of(
    found: AnnotatedDocument, *, as_of: date, reports: Known | None = None
) -> tuple[Measure, ...]:
    """The measures of a document with their state as of a day, `reports` as of `reports_in`."""
    known = reports or Known({}, {})
    return tuple(
        with_state(m, as_of=as_of, reports=known.reports, change=_change(m, found, known))
        for m in found.measures
    )


def _change(measure: Measure, found: AnnotatedDocument, known: Known) -> Change | None:
    return change_of(measure, known.changes, dated=found.document.get("date"))


def reports_in(documents: Sequence[AnnotatedDocument], *, as_of: date) -> Known:
    """What documents tell of each other by a day, by the assignment's diarienummer."""
    reports = reports_among((origin_of(d.document, d.mentions) for d in documents), as_of=as_of)
    deciding = [d for d in documents if d.document.kind in DECISION_KINDS]
    dates = {d.id: d.document.get("date") for d in deciding}
    measures = (m for d in deciding for m in d.measures)
    return Known(reports, changes_among(measures, dates, as_of=as_of))


def deadline_records(
    found: AnnotatedDocument,
    *,
    as_of: date,
    language: str = "sv",
    reports: Known | None = None,
) -> Iterator[Record]:
    """Every deadline of every measure in a document; `state` is in words of the language.

    A day that a later decision moved or ended is due no more.
    """
    terms = load_terms("en" if language == "en" else "sv")
    known = reports or Known({}, {})
    for measure in measures_as_of(found, as_of=as_of, reports=reports):
        change = _change(measure, found, known)
        held = change.applied_to(measure.deadlines) if change else measure.deadlines
        for deadline in (d for d in measure.deadlines if d in held):
            yield deadline_record(deadline, measure, found.document, as_of=as_of, terms=terms)


def outside_records(
    found: AnnotatedDocument, *, as_of: date, language: str = "sv"
) -> Iterator[Record]:
    """The dates a document gives outside its measures, such as duties told in other chapters.

    Dates of which it is not said what is due (kind "annat") are left out.
    """
    terms = load_terms("en" if language == "en" else "sv")
    inside = [measure.span for measure in found.measures if measure.span]
    for mention in found.mentions:
        if mention.type != "DEADLINE" or mention.certainty != "certain":
            continue
        if mention.value["kind"] == "annat" or any(s.covers(mention.span) for s in inside):
            continue
        section = found.section_path(found.section_at(mention.at.start))
        yield outside_record(mention, section, found.document, as_of=as_of, terms=terms)
