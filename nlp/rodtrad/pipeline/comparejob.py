"""Two plans compared: what became of the earlier one's measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.errors import UsageError
from rodtrad.pipeline.linkmodel import means_for
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import measures_as_of
from rodtrad.pipeline.searchjob import encoder_for
from rodtrad.tables.changes import change_lines
from rodtrad.tables.terms import Language, load_terms
from rodtrad.tracing.comparison import change_record, compare_plans
from rodtrad.workspace import Workspace

Record = dict[str, Any]


def run_compare(old: str, new: str, *, workspace: Workspace | None, as_of: date) -> list[Record]:
    """One record a measure of the older plan, then one a new measure.

    Args:
        old: id or path of the earlier plan or evaluation round.
        new: id or path of the later one.
        workspace: where ids are looked up.
        as_of: what counts as today.

    Raises:
        UsageError: a document holds no measure, or both are the same.
    """
    documents = load_documents([old, new], workspace)
    if documents[0].id == documents[1].id:
        raise UsageError(f"{old}: cannot be compared with itself.")
    found = [replace(d, measures=measures_as_of(d, as_of=as_of)) for d in documents]
    for name, document in zip((old, new), found, strict=True):
        if not document.measures:
            raise UsageError(f"{name}: no measure was found there; see 'rodtrad measures {name}'.")
    means = means_for(workspace, encoder_for(workspace, jobs_hint=1))
    changes = compare_plans(found[0], found[1], means=means)
    records = map(change_record, changes)
    return [{**record, **_titles(record, found)} for record in records]


def _titles(record: Record, found: Sequence[AnnotatedDocument]) -> Record:
    """The titles of the measures a record names; None where it names none."""
    return {
        f"{side}_title": next((m.title for m in document.measures if m.id == record[side]), None)
        for side, document in zip(("old", "new"), found, strict=True)
    }


def compare_lines(records: Sequence[Record], *, language: Language | str) -> Iterator[str]:
    """What a person reads: each measure, what became of it, what differs, where it stands."""
    terms = load_terms("en" if language == "en" else "sv")
    for record in records:
        yield from change_lines(record, terms)
