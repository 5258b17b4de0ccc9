"""Trace links: which measures answer which recommendation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rodtrad.datamodel.review import Decision
from rodtrad.datamodel.statement import Evidence

TraceStatus = Literal["covered", "partly", "gap", "unresolved"]
NEAR = 0.5  # a gap is sure only where no measure is more likely a link than not
FEW_WORDS = 8  # a demand this short scores low with everything: low scores alone prove nothing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recommendation held against one measure.

    `probability` is that of any link (grade 1 or 2); `grade` is 2 (answers), 1 (contributes) or 0;
    `explicit` links rest on a rule (the same matter's own dnr, a named document), not on meaning.
    `signals` say in words why, in Swedish. `decision` is what a person decided about the link;
    `accepted` and `grade` follow it unless it is suspect.
    """

    measure: str
    document: str
    probability: float
    grade: int
    explicit: bool
    accepted: bool
    signals: tuple[str, ...]
    evidence_from: Evidence
    evidence_to: Evidence
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class ContextPassage:
    """Where the target document touches the subject outside its measures."""

    evidence: Evidence
    score: float


@dataclass(frozen=True, slots=True)
class Gap:
    """The proof of a gap: what was searched, what came closest, how many links may be missed."""

    searched: str
    best_rejected: tuple[str, ...]
    expected_misses: float


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One recommendation and its ranked candidates.

    `decision` is a person's declaration that the gap is justified.
    """

    id: str
    document: str
    text: str
    strength: str | None
    status: TraceStatus
    candidates: tuple[Candidate, ...]
    context: tuple[ContextPassage, ...] = ()
    gap: Gap | None = None
    decision: Decision | None = None

    @property
    def links(self) -> tuple[Candidate, ...]:
        """The accepted candidates."""
        return tuple(c for c in self.candidates if c.accepted)

    @property
    def too_short(self) -> bool:
        """Whether the line is unresolved only because a demand of so few words proves no gap."""
        best = max((c.probability for c in self.candidates), default=0.0)
        return self.status == "unresolved" and len(self.text.split()) < FEW_WORDS and best < NEAR
