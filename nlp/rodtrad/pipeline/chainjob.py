"""The chain of one recommendation or measure through the documents of the workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from textwrap import shorten
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
from rodtrad.tracing import trace
from rodtrad.tracing.chains import chain_of, chain_record, name_of
from rodtrad.workspace import Workspace

_QUOTED = 240  # letters of a quote beside a conflict; the record has it whole
_WORDS = {
    "sv": {
        "measure": "åtgärd",
        "assignment": "uppdrag",
        "report": "redovisning",
        "reply": "remissvar",
        "mention": "nämner ärendet",
        "explicit": "uttrycklig",
        "back": "äldre än steget före",
        "conflict": "källorna skiljer sig",
        "leaves_out": "utelämnar det",
        "nothing": "säger inget",
        "none": "Ingen länk vidare hittades.",
    },
    "en": {
        "mention": "names the matter",
        "back": "older than the step before",
        "conflict": "the sources differ",
        "leaves_out": "leaves it out",
        "nothing": "says nothing",
        "none": "No further link was found.",
    },
}


def run_chain(item: str, *, workspace: Workspace, as_of: date) -> Mapping[str, Any]:
    """The chain record of "document#id", or of an id that only one item has.

    Raises:
        UsageError: no item, or several, have that name.
    """
    found = [replace(d, measures=measures_as_of(d, as_of=as_of)) for d in load_all(workspace)]
    name = _named(item, found)
    lines = _lines(name, found, workspace)
    return chain_record(chain_of(name, found, lines=lines))


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


def chain_lines(record: Mapping[str, Any], *, language: str) -> Iterator[str]:
    """What a person reads: each hop with its ground, then where the sources differ."""
    words = _WORDS["en" if language == "en" else "sv"]
    if not record["hops"]:
        yield words["none"]
    for hop in record["hops"]:
        explicit = words.get("explicit", "explicit")
        ground = explicit if hop["explicit"] else f"{hop['probability']:.2f}"
        told = f"; {words['back']}" if hop["in_order"] is False else ""
        yield f"{hop['from']} → {hop['to']} ({words.get(hop['kind'], hop['kind'])}, {ground}{told})"
    for conflict in record["conflicts"]:
        yield f"{words['conflict']}: {conflict['field']}"
        tasks = conflict["field"] == "tasks"
        leading = "; ".join(conflict["missing" if tasks else "leading_says"])
        other = words["leaves_out"] if tasks else "; ".join(conflict["other_says"])
        names = (conflict["leading"], conflict["other"])
        for name, says, at in zip(names, (leading, other), conflict["evidence"], strict=True):
            yield f"    {name}: {says or words['nothing']}"
            if at["quote"]:
                yield f"        ”{shorten(at['quote'], _QUOTED, placeholder=' …')}”"
