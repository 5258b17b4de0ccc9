"""A trace of a size no document of the tests has: the demonstration's own, many times over."""

from __future__ import annotations

from dataclasses import replace

from rodtrad.datamodel import Candidate, TraceLine
from rodtrad.pipeline.tracejob import Traced


def enlarged(traced: Traced, *, recommendations: int, measures: int) -> Traced:
    """As many of each, copies numbered; the nth copy of a demand is linked to nth copies."""
    demands = traced.recommendations
    rounds = -(-measures // len(traced.measures))
    many = [replace(m, id=f"{m.id}.{n}") for n in range(rounds) for m in traced.measures][:measures]
    kept = {m.id for m in many}
    lines = {line.id: line for line in traced.lines}
    pairs = [(demands[n % len(demands)], n // len(demands)) for n in range(recommendations)]
    return replace(
        traced,
        recommendations=tuple(replace(d, id=f"{d.id}-{n}") for d, n in pairs),
        measures=tuple(many),
        lines=tuple(_copied(lines[d.id], n, n % rounds, kept) for d, n in pairs if d.id in lines),
    )


def _copied(line: TraceLine, number: int, turn: int, kept: set[str]) -> TraceLine:
    found = [_moved(c, turn) for c in line.candidates]
    return replace(
        line,
        id=f"{line.id}-{number}",
        candidates=tuple(c for c in found if c.measure in kept),
    )


def _moved(candidate: Candidate, turn: int) -> Candidate:
    return replace(candidate, measure=f"{candidate.measure}.{turn}")
