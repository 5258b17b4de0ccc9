"""Decisions of people laid over the links a model proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rodtrad.datamodel import Candidate, Decision, Gap, TraceLine
from rodtrad.datamodel.link import TraceStatus
from rodtrad.review.decisions import Pair

_REJECTED_SHOWN = 3


def apply_decisions(
    line: TraceLine, decisions: Mapping[Pair, Decision], *, searched: str
) -> TraceLine:
    """A trace line as people have decided it.

    A person's accept or reject beats the model's and stays visible as such; a suspect decision is
    shown and changes nothing. The status follows only where decisions changed what is accepted:
    an answer accepted by a person covers; other accepted links cover partly; none left is a gap
    where the model found one or a person declared it, else unresolved.

    Args:
        line: as the model made it.
        decisions: by the ids of both ends; a gap has None for the measure.
        searched: what was searched, in words, for gaps that a person declared.
    """
    name = f"{line.document}#{line.id}"
    candidates = tuple(_decided(c, decisions.get((name, _name(c)))) for c in line.candidates)
    justified = decisions.get((name, None))
    if candidates == line.candidates and justified is None:
        return line
    declared = justified is not None and not justified.suspect
    status = _status(line, candidates, declared=declared)
    gap = line.gap if status == "gap" else None
    if status == "gap" and gap is None:
        gap = _gap(candidates, searched)
    return replace(line, candidates=candidates, status=status, gap=gap, decision=justified)


def _name(candidate: Candidate) -> str:
    return f"{candidate.document}#{candidate.measure}"


def _decided(candidate: Candidate, decision: Decision | None) -> Candidate:
    if decision is None:
        return candidate
    if decision.suspect:
        return replace(candidate, decision=decision)
    if decision.action == "reject":
        return replace(candidate, decision=decision, accepted=False, grade=0)
    grade = decision.grade or candidate.grade or 1
    return replace(candidate, decision=decision, accepted=True, grade=grade)


def _status(line: TraceLine, candidates: tuple[Candidate, ...], *, declared: bool) -> TraceStatus:
    accepted = [c for c in candidates if c.accepted]
    unchanged = [(c.accepted, c.grade) for c in candidates] == [
        (c.accepted, c.grade) for c in line.candidates
    ]
    if accepted and unchanged:
        return line.status
    if accepted:
        by_person = any(c.grade == 2 and c.decision for c in accepted)
        by_model = line.status == "covered" and any(c.grade == 2 for c in accepted)
        return "covered" if by_person or by_model else "partly"
    ruled_out = bool(candidates) and all(_rejected(c) for c in candidates)
    return "gap" if declared or ruled_out or line.status == "gap" else "unresolved"


def _rejected(candidate: Candidate) -> bool:
    decision = candidate.decision
    return decision is not None and decision.action == "reject" and not decision.suspect


def _gap(candidates: tuple[Candidate, ...], searched: str) -> Gap:
    """The proof of a gap that a person declared: what was searched and what came closest."""
    nearest = sorted(candidates, key=lambda c: -c.probability)[:_REJECTED_SHOWN]
    open_ones = sum(c.probability for c in candidates if not _rejected(c))
    return Gap(searched, tuple(_name(c) for c in nearest), round(open_ones, 2))
