"""The assignments that documents have in common, as records and as lines to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from rodtrad.datamodel import AnnotatedDocument, Measure
from rodtrad.pipeline.records import measures_as_of, reports_in
from rodtrad.statements import Assignment, origin_of, same_assignments
from rodtrad.tables.changes import value_text
from rodtrad.tables.records import measure_record
from rodtrad.tables.terms import Language, Terms, load_terms
from rodtrad.tables.wording import date_text

Record = dict[str, Any]


def assignment_records(found: Sequence[AnnotatedDocument], *, as_of: date) -> list[Record]:
    """One record an assignment met in several of the documents, with versions and differences.

    Args:
        found: the documents to compare; reports among them count as answers.
        as_of: the day the state of the versions is judged from.
    """
    documents = {d.id: d for d in found}
    origins = {d.id: origin_of(d.document, d.mentions) for d in found}
    reports = reports_in(found, as_of=as_of)
    measures = [m for d in found for m in measures_as_of(d, as_of=as_of, reports=reports)]
    return [_record(one, documents) for one in same_assignments(measures, origins)]


def _record(one: Assignment, documents: dict[str, AnnotatedDocument]) -> Record:
    return {
        "id": one.id,
        "title": one.title,
        "basis": one.basis,
        "key": one.key,
        "versions": [_version(m, documents) for m in one.versions],
        "differences": [
            {
                "field": d.field,
                "version": d.version,
                "leading": list(d.leading),
                "other": list(d.other),
                "missing": list(d.missing),
                "added": list(d.added),
            }
            for d in one.differences
        ],
        "forerunners": [_version(m, documents) for m in one.forerunners],
        "reported_in": list(one.reported_in),
    }


def _version(measure: Measure, documents: dict[str, AnnotatedDocument]) -> Record:
    document = documents[measure.document].document
    return {"kind": document.kind, **measure_record(measure, document)}


def assignment_lines(records: Sequence[Record], *, language: Language | str) -> Iterator[str]:
    """What a person reads: each assignment, its versions, and what the lower ones leave out."""
    terms = load_terms("en" if language == "en" else "sv")
    if not records:
        yield terms["assignment.none"]
    for record in records:
        yield f"{record['title']} ({terms.say('assignment.' + record['basis'], by=record['key'])})"
        for number, version in enumerate(record["versions"]):
            yield from _version_lines(record, version, terms, leads=number == 0)
        for version in record["forerunners"]:
            dates = ", ".join(date_text(day, terms) for _, day in version["deadlines"])
            words = f"{_name(version)} {version['title']} ({dates})"
            yield f"  {terms.say('assignment.forerunner', words=words)}"
        if record["reported_in"]:
            words = ", ".join(record["reported_in"])
            yield f"  {terms.say('assignment.reported', words=words)}"
        yield ""


def _version_lines(record: Record, version: Record, terms: Terms, *, leads: bool) -> Iterator[str]:
    leading = f", {terms['assignment.leads']}" if leads else ""
    yield f"  {_name(version)} ({version['kind']}{leading})"
    for difference in record["differences"]:
        if difference["version"] != _name(version):
            continue
        field = difference["field"]
        for side, values in (("lacks", difference["missing"]), ("adds", difference["added"])):
            if values:
                told = "; ".join(value_text(field, value, terms) for value in values)
                words = terms.say(f"assignment.{side}", words=told)
                yield f"    {terms.value('difference', field)}: {words}"


def _name(version: Record) -> str:
    return f"{version['document']}#{version['id']}"
