"""Learning from the decisions of a workspace: the ranking is fitted to them, measured, kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rodtrad.datamodel import Measure
from rodtrad.pipeline.linkmodel import forget_model, means_for, store_model
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import measures_as_of
from rodtrad.pipeline.reviewjob import read_reviews
from rodtrad.pipeline.searchjob import encoder_for
from rodtrad.pipeline.store import read_manifest
from rodtrad.review.decisions import Reviews, Verdict
from rodtrad.tracing import Case, Decided, Retrained, retrain, shipped_model
from rodtrad.workspace import Workspace

Record = dict[str, Any]


def learn(workspace: Workspace) -> Record:
    """Learn anew from all decisions in force, starting from the shipped model.

    Returns:
        the record of what was measured; `kept` says whether the learnt model is used from now on.

    Raises:
        UsageError: too few decisions, or only of one kind.
    """
    reviews = read_reviews(workspace)
    means = means_for(workspace, encoder_for(workspace, jobs_hint=1))
    cases = _cases(workspace, reviews)
    found = retrain(cases, means=replace(means, model=shipped_model()))
    record = _record(found, [v.event.id for v in _link_verdicts(reviews)])
    if found.kept:
        store_model(workspace, found.model, record)
    else:
        forget_model(workspace)
    return record


def _record(found: Retrained, events: Sequence[str]) -> Record:
    return {
        "base": shipped_model().version,
        "version": found.model.version,
        "decisions": found.used,
        "loss_before": found.before,
        "loss_after": found.after,
        "order_before": found.order_before,
        "order_after": found.order_after,
        "kept": found.kept,
        "events": sorted(events),
    }


def _link_verdicts(reviews: Reviews) -> list[Verdict]:
    return [v for v in reviews.verdicts if v.pair[1] is not None and v.standing == "in force"]


def _cases(workspace: Workspace, reviews: Reviews) -> list[Case]:
    """The decisions by target document; where people differ, the latest counts."""
    decided: dict[str, dict[tuple[str, str], bool]] = {}
    for verdict in _link_verdicts(reviews):
        start, end = verdict.pair[0], verdict.pair[1] or ""
        target = end.partition("#")[0]
        decided.setdefault(target, {})[start, end] = verdict.accepts
    manifest = read_manifest(workspace)
    built = {d.id for d in manifest.documents if d.artefact} if manifest else set()
    return [
        _case(workspace, target, pairs, built)
        for target, pairs in sorted(decided.items())
        if target in built
    ]


def _case(
    workspace: Workspace, target: str, pairs: Mapping[tuple[str, str], bool], built: set[str]
) -> Case:
    names = sorted({start.partition("#")[0] for start, _ in pairs} & built)
    sources = load_documents(names, workspace)
    (found,) = load_documents([target], workspace)
    measures: tuple[Measure, ...] = tuple(measures_as_of(found, as_of=date.max))
    # Ids of several documents meet here, so they carry their document's name.
    demands = [replace(r, id=f"{r.document}#{r.id}") for d in sources for r in d.recommendations]
    return Case(
        decisions=tuple(
            Decided(start, end.partition("#")[2], linked) for (start, end), linked in pairs.items()
        ),
        recommendations=tuple(demands),
        measures=measures,
    )
