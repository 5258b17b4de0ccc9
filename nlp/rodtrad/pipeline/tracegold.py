"""The judged sources of tracing, traced: those of the plan and those of other fields.

`trace*/links-NAME.json` are sources against the document NAME of the workspace; `field-*.json` and
`heldout-*.json` carry the measures they were judged against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rodtrad.datamodel import Measure, TraceLine
from rodtrad.errors import UsageError
from rodtrad.evaluation.figures import Figure
from rodtrad.evaluation.metrics import Bin, reliability
from rodtrad.evaluation.trace import (
    TraceItem,
    judged_chances,
    read_trace_gold,
    trace_figures,
)
from rodtrad.evaluation.tracebaselines import Scores, baseline_scores
from rodtrad.evaluation.tracefit import read_field_measures
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import measures_as_of
from rodtrad.pipeline.searchjob import encoder_for
from rodtrad.pipeline.store import required_manifest
from rodtrad.retrieval.encoders import Encoder
from rodtrad.tracing import Means, trace
from rodtrad.workspace import Workspace

GIVEN = "trace"
POOLED = "plan"


@dataclass(frozen=True)
class JudgedTrace:
    """A file of judged sources with the lines the tracing gave them."""

    name: str
    items: tuple[TraceItem, ...]
    lines: tuple[TraceLine, ...]
    baselines: Mapping[str, Scores]


def judged_traces(workspace: Workspace, gold: Path) -> tuple[JudgedTrace, ...]:
    """All judged sources of a gold folder, those of the plan pooled as well (`plan`).

    Raises:
        UsageError: a file names a document that the workspace does not hold.
    """
    encoder = encoder_for(workspace, jobs_hint=1)
    plan = [_of_plan(path, workspace, encoder) for path in sorted(gold.glob("trace*/links-*.json"))]
    fields = [path for kind in ("field", "heldout") for path in gold.glob(f"trace*/{kind}-*.json")]
    others = [_traced(path.stem, path, read_field_measures(path), encoder) for path in fields]
    pooled = [_pooled(plan)] if len(plan) > 1 else []
    return (*plan, *pooled, *sorted(others, key=lambda one: one.name))


def judged_figures(traces: Sequence[JudgedTrace]) -> Iterator[Figure]:
    """Figures of each file; `split` begins with its name, but for the given gold."""
    for one in traces:
        prefix = "" if one.name == GIVEN else f"{one.name}: "
        for figure in trace_figures(one.items, one.lines, baselines=one.baselines):
            yield replace(figure, split=f"{prefix}{figure.split}")


def reliability_bins(traces: Sequence[JudgedTrace]) -> tuple[Bin, ...]:
    """Bins over all judged pairs, each pair once."""
    pairs = [
        pair
        for one in traces
        if one.name != POOLED
        for pair in judged_chances(one.items, one.lines)
    ]
    return reliability([chance for chance, _ in pairs], [linked for _, linked in pairs])


def _of_plan(path: Path, workspace: Workspace, encoder: Encoder) -> JudgedTrace:
    (target,) = load_documents([_target_of(path, workspace)], workspace)
    return _traced(path.parent.name, path, measures_as_of(target, as_of=date.max), encoder)


def _traced(name: str, path: Path, measures: Sequence[Measure], encoder: Encoder) -> JudgedTrace:
    items = read_trace_gold(path)
    lines = trace([item.recommendation() for item in items], measures, means=Means(encoder))
    asked = [item.text for item in items]
    return JudgedTrace(name, items, lines, baseline_scores(asked, measures, encoder=encoder))


def _pooled(parts: Sequence[JudgedTrace]) -> JudgedTrace:
    return JudgedTrace(
        POOLED,
        tuple(item for part in parts for item in part.items),
        tuple(line for part in parts for line in part.lines),
        {
            name: [row for part in parts for row in part.baselines[name]]
            for name in parts[0].baselines
        },
    )


def _target_of(path: Path, workspace: Workspace) -> str:
    name = path.stem.removeprefix("links-")
    ids = [d.id for d in required_manifest(workspace).documents if d.id.endswith(name)]
    if len(ids) != 1:
        raise UsageError(f"{path}: no document {name} in this workspace to trace to; add it.")
    return ids[0]
