"""Every quote of traces, comparisons and chains is verbatim; context lies outside the measures."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rodtrad.pipeline.chainjob import run_chain
from rodtrad.pipeline.comparejob import run_compare
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.tracejob import run_trace
from rodtrad.workspace import Workspace, open_workspace

TODAY = date(2026, 11, 22)
OLD, PLAN, REPORT = "handlingsplan-2018", "handlingsplan-2026-2028", "lagesrapport-25"


@pytest.fixture(scope="module")
def place(demo: Path) -> Workspace:
    return open_workspace(demo)


@pytest.fixture(scope="module")
def sources(place: Workspace) -> dict[str, str]:
    names = [OLD, PLAN, REPORT, "regeringsbeslut-ju2025-01324"]
    return {d.id: d.document.source for d in load_documents(names, place)}


def quoted(value: Any) -> Iterator[dict[str, Any]]:
    """Every piece of evidence with a quote, however deep in a record."""
    if isinstance(value, dict):
        if value.get("quote") is not None:
            yield value
        for inner in value.values():
            yield from quoted(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from quoted(inner)


def check(record: Any, sources: dict[str, str]) -> int:
    found = list(quoted(record))
    for one in found:
        assert sources[one["document"]][one["start"] : one["end"]] == one["quote"]
    return len(found)


def test_quotes_of_a_comparison_and_of_conflicting_sources(
    place: Workspace, sources: dict[str, str]
) -> None:
    assert check(run_compare(OLD, PLAN, workspace=place, as_of=TODAY), sources) > 40
    chain = run_chain(f"{PLAN}#4.4.1", workspace=place, as_of=TODAY)
    assert check(chain["conflicts"], sources) >= 2 * len(chain["conflicts"]) > 2


@pytest.mark.parametrize("target", [OLD, PLAN])
def test_quotes_of_a_trace_and_context_outside_every_measure(
    place: Workspace, sources: dict[str, str], target: str
) -> None:
    traced = run_trace([REPORT], [target], workspace=place, as_of=TODAY)
    (plan,) = load_documents([target], place)
    shown = 0
    for line in traced.lines:
        ends = [e for c in line.candidates for e in (c.evidence_from, c.evidence_to)]
        for one in [*ends, *(c.evidence for c in line.context)]:
            assert one.quote == sources[one.document][one.start : one.end]
        for passage in line.context:
            shown += 1
            start, end = passage.evidence.start or 0, passage.evidence.end or 0
            assert start < end
            assert not any(start < m.span.end and m.span.start < end for m in plan.measures)
    assert shown > 3
