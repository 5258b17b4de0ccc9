"""Measures of a plan that none of the traced recommendations asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rodtrad.pipeline.reviewjob import ReviewedTrace
from rodtrad.tracing import ReverseGap, reverse_gaps

Record = dict[str, Any]
_WORDS = {
    "sv": (
        "{document}#{measure}  {title}",
        "    närmast: {closest} ({probability:.2f}); väntat antal missade: {expected_misses:.2f}",
        "{shown} av {measures} åtgärder i {targets} har ingen av {demands} rekommendationer "
        "bett om.",
    ),
    "en": (
        "{document}#{measure}  {title}",
        "    closest: {closest} ({probability:.2f}); expected misses: {expected_misses:.2f}",
        "{shown} of {measures} measures in {targets} were asked for by none of {demands} "
        "recommendations.",
    ),
}


def reverse_records(found: ReviewedTrace) -> list[Record]:
    """The measures nobody asked for, in the order of the plan.

    A link that a person accepted counts as asked for, a rejected one as not.
    """
    traced = found.traced
    gaps = reverse_gaps(traced.lines, traced.measures)
    return [_record(gap) for gap in gaps]


def _record(gap: ReverseGap) -> Record:
    return {
        "measure": gap.measure,
        "document": gap.document,
        "title": gap.title,
        "closest": gap.closest,
        "probability": gap.probability,
        "expected_misses": gap.expected_misses,
    }


def reverse_lines(
    records: Sequence[Record], found: ReviewedTrace, *, language: str
) -> Iterator[str]:
    """What a person reads: each measure with what came closest, then what was searched."""
    measure, closest, searched = _WORDS["en" if language == "en" else "sv"]
    for record in records:
        yield measure.format(**record)
        yield closest.format(**record)
    traced = found.traced
    yield searched.format(
        shown=len(records),
        measures=len(traced.measures),
        targets=", ".join(d.id for d in traced.targets),
        demands=len(traced.recommendations),
    )
