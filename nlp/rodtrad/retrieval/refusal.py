"""When the collection has no answer: how much of a query the best passages cover, and the reason.

A passage answers when it holds the query's important words (whole or in most of their letters, see
`shapes`), or is much nearer in meaning than
passages usually are. Both measures are added; the threshold lies between the answerable and the
unanswerable queries of the relevance suite.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import log

from rodtrad.retrieval.query import Concept, ParsedQuery

DEVIATIONS = 5.0
"""So many standard deviations of meaning count as much as all of the query's words."""
THRESHOLD = 0.92
"""On the suite's development half 3 of 75 answerable queries are refused and none of 8 others is
answered; on its test half 0 of 71 and 1 of 9."""


def importance(concept: Concept, frequency: int, size: int) -> float:
    """How much a concept says: the rarer in the collection, the more; most when it is unknown."""
    return log(1 + size / max(frequency, 0.5))


def coverage(weights: Mapping[Concept, float], found: Collection[Concept]) -> float:
    """The share of a query's importance that the concepts found in a passage have, 0–1."""
    total = sum(weights.values())
    return sum(weights[concept] for concept in found) / total if total else 0.0


def answers(covered: float, surprise: float) -> bool:
    """Whether coverage and nearness in meaning together are those of an answer."""
    return covered + max(surprise, 0.0) / DEVIATIONS >= THRESHOLD


def exact_refusal(parsed: ParsedQuery) -> str:
    """The reason when a reference, a phrase or a prefix occurs nowhere."""
    names = [parsed.text[r.start : r.end] for r in parsed.references]
    names += [" ".join(phrase) for phrase in parsed.phrases]
    names += [f"{prefix}…" for prefix in parsed.prefixes]
    return f"”{'”, ”'.join(names)}” nämns inte i samlingen."


def subject_refusal(parsed: ParsedQuery, nearest: str | None) -> str:
    """The reason when no passage is about the subject; `nearest` is the closest section."""
    reason = f"Inget i samlingen handlar om ”{parsed.text.strip()}”."
    return f"{reason} Närmast kommer {nearest}." if nearest else reason
