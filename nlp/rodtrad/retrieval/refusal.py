"""When the collection has no answer: how much of a query the best passages cover, and the reason.

A passage answers when it holds the query's important words (whole or in most of their letters, see
`shapes`), or is much nearer in meaning than passages usually are. Both measures of one passage are
added (those of two say less: one has the words, another is about the like); the threshold lies
between the answerable and the unanswerable queries of the relevance suite.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log

from rodtrad.retrieval.query import Concept, ParsedQuery

DEVIATIONS = 5.0
"""So many standard deviations of meaning count as much as all of the query's words."""
UNKNOWN_NAME = 0.35
"""What must be added where the query names something that the collection does not."""
UNKNOWN_WORDS = 0.3
"""What must be added where the collection has a word for nothing that was asked; else a share."""
ALL = 0.9
"""The share of a query's importance from which its words alone are an answer."""
THRESHOLD = 1.22
"""Between refusing what could be answered and answering what could not. On the queries of the suite
and the queries without answer beside it, see `docs/benchmarks-search.md`."""

NOTHING_CHOSEN = "Inget i samlingen uppfyller villkoren."
"""The reason when no passage passes the filters."""


def importance(concept: Concept, frequency: int, size: int) -> float:
    """How much a concept says: the rarer in the collection, the more; most when it is unknown."""
    return log(1 + size / max(frequency, 0.5))


def coverage(weights: Mapping[Concept, float], found: Mapping[Concept, float]) -> float:
    """The share of a query's importance that stands in a passage, 0–1.

    `found` says how much of each concept does.
    """
    total = sum(weights.values())
    return sum(weights[c] * share for c, share in found.items()) / total if total else 0.0


def answers(
    covered: float, surprise: float, *, unknown_names: int = 0, unknown_share: float = 0.0
) -> bool:
    """Whether coverage and nearness in meaning together are those of an answer.

    `unknown_share` is the share of the query's concepts that the collection has no word for.
    """
    if covered >= ALL and not unknown_names:  # in a collection of a few passages none is near
        return True
    wanted = THRESHOLD + UNKNOWN_WORDS * unknown_share + (UNKNOWN_NAME if unknown_names else 0.0)
    return covered + max(surprise, 0.0) / DEVIATIONS >= wanted


def unknown_names(parsed: ParsedQuery, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """Names of the query that neither the collection nor a dictionary has: *Nevada*, *Bangladesh*.

    Words with a capital letter, the first of the query apart; must not match "Åtgärder mot ...".
    A query in capitals throughout names nothing.
    """
    found = []
    for word in parsed.words[1:]:
        written = parsed.text[word.start : word.end]
        is_name = word.kind == "word" and written[:1].isupper() and not parsed.text.isupper()
        if is_name and not is_known(word.surface):
            found.append(written)
    return tuple(found)


def names_refusal(names: Sequence[str]) -> str:
    """The reason when the query names what the collection does not."""
    return f"”{'”, ”'.join(names)}” nämns inte i samlingen."


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
