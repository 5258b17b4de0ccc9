"""The chain of one recommendation or measure through the documents of the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rodtrad.datamodel import AnnotatedDocument, TraceLine
from rodtrad.errors import UsageError
from rodtrad.pipeline.linkmodel import means_for
from rodtrad.pipeline.loading import load_all
from rodtrad.pipeline.records import measures_as_of
from rodtrad.pipeline.reviewjob import read_reviews
from rodtrad.pipeline.searchjob import encoder_for
from rodtrad.review.applying import apply_decisions
from rodtrad.statements.measures import PLAN_KINDS
from rodtrad.tables.changes import conflict_lines, hop_lines
from rodtrad.tables.hopends import hop_end_lines
from rodtrad.tables.terms import Language, load_terms
from rodtrad.tracing import trace
from rodtrad.tracing.chains import chain_of, chain_record, name_of
from rodtrad.workspace import Workspace


def run_chain(item: str, *, workspace: Workspace, as_of: date) -> Mapping[str, Any]:
    """The chain record of "document#id", or of an id that only one item has.

    Raises:
        UsageError: no item, or several, have that name.
    """
    found = [replace(d, measures=measures_as_of(d, as_of=as_of)) for d in load_all(workspace)]
    name = _named(item, found)
    lines = _lines(name, found, workspace)
    record = chain_record(chain_of(name, found, lines=lines))
    return {**record, "titles": _titles(record, found), "dates": _dates(record, found)}


def _titles(record: Mapping[str, Any], found: list[AnnotatedDocument]) -> dict[str, str]:
    """What the ends of the hops are called: the title of a measure, the words of a demand."""
    called = {d.id: str(d.document.get("title") or d.id) for d in found}
    called |= {name_of(d.id, m.id): m.title for d in found for m in d.measures}
    called |= {name_of(d.id, r.id): r.text for d in found for r in d.recommendations}
    ends = (hop[end] for hop in record["hops"] for end in ("from", "to"))
    return {name: called[name] for name in ends if name in called}


def _dates(record: Mapping[str, Any], found: list[AnnotatedDocument]) -> dict[str, str | None]:
    """The dates of the documents that the hops lead between, by id; None where none is known."""
    ends = {hop[end].partition("#")[0] for hop in record["hops"] for end in ("from", "to")}
    return {d.id: d.document.get("date") or None for d in found if d.id in ends}


def _named(item: str, found: list[AnnotatedDocument]) -> str:
    names = [name_of(d.id, r.id) for d in found for r in d.recommendations]
    names += [name_of(d.id, m.id) for d in found for m in d.measures]
    fitting = [n for n in names if n == item] or [n for n in names if n.partition("#")[2] == item]
    if len(set(fitting)) != 1:
        several = f"several items have it: {', '.join(sorted(set(fitting)))}"
        told = several if fitting else "see 'rodtrad recommendations' and 'rodtrad measures'"
        raise UsageError(f"{item}: not the name of one item (DOCUMENT#ID); {told}.")
    return fitting[0]


def _lines(
    name: str, found: list[AnnotatedDocument], workspace: Workspace
) -> tuple[TraceLine, ...]:
    """The trace line of a recommendation to the plans, as people decided it; none for a measure."""
    asked = [r for d in found for r in d.recommendations if name_of(r.document, r.id) == name]
    plans = [d.measures for d in found if d.document.kind.casefold() in PLAN_KINDS and d.measures]
    if not asked or not plans:
        return ()
    documents = {d.id: d.document for d in found}
    means = means_for(workspace, encoder_for(workspace, jobs_hint=1))
    decided = read_reviews(workspace).decisions
    # A plan at a time, as `rodtrad trace --to PLAN` does: a measure is judged among its plan's own.
    return tuple(
        apply_decisions(line, decided, searched="")
        for measures in plans
        for line in trace(asked, measures, means=means, documents=documents)
    )


def chain_lines(record: Mapping[str, Any], *, language: Language | str) -> Iterator[str]:
    """What a person reads: each hop with its ground, then where the sources differ."""
    terms = load_terms("en" if language == "en" else "sv")
    if not record["hops"]:
        yield terms["chain.none"]
    for hop in record["hops"]:
        yield from hop_lines(hop, record.get("titles") or {}, terms)
        yield from hop_end_lines(hop, record.get("dates") or {}, terms)
    for conflict in record["conflicts"]:
        yield from conflict_lines(conflict, terms)
