"""The sheet in which a colleague decides: drop-downs for decision and grade, a hidden key a row.

The key is opaque here (see `ReviewSetup`); whoever reads the workbook back knows what it means.
Rows may be sorted, filtered or deleted: each carries its own key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rodtrad.datamodel import Candidate
from rodtrad.tables.phrases import (
    decision_text,
    evidence_text,
    measure_name,
    recommendation_text,
    strength_text,
)
from rodtrad.tables.terms import Language, Terms, load_terms
from rodtrad.tables.traceview import ReviewSetup, Row, TraceTable
from rodtrad.tables.wording import listed_probability

SHOWN_OTHERS = 3
_HEADS = (
    ("col.id", 12), ("col.recommendation", 52), ("col.strength", 14), ("col.measure", 44),
    ("col.probability", 11), ("review.model", 15), ("review.decision", 18), ("review.grade", 16),
    ("review.comment", 40), ("review.who", 18), ("review.now", 36),
)  # fmt: skip
_TAIL = (("col.quote_from", 52), ("col.quote_to", 52), ("review.key", 20))


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A line of the sheet; `is_gap` for one about a whole recommendation."""

    values: tuple[str | float | None, ...]
    index: int
    is_gap: bool


def review_heads(table: TraceTable) -> list[tuple[str, float]]:
    """The heads with their widths in characters."""
    terms, setup = table.terms, table.review or ReviewSetup({})
    own = [(terms.say("review.department", name=name), 30.0) for name in setup.departments]
    return [
        *((terms[head], float(width)) for head, width in _HEADS),
        *own,
        *((terms[head], float(width)) for head, width in _TAIL),
    ]


def review_rows(table: TraceTable) -> Iterator[ReviewRow]:
    """A line for each link, proposed or decided, and for each recommendation without any.

    Beside the accepted ones the three likeliest others are put up for decision.
    """
    setup = table.review or ReviewSetup({})
    for index, row in enumerate(table.rows):
        for candidate in judged_candidates(row):
            yield ReviewRow(_link_values(row, candidate, table, setup), index, False)
        if row.is_open or row.line.decision:
            yield ReviewRow(_gap_values(row, table.terms, setup), index, True)


def judged_candidates(row: Row) -> tuple[Candidate, ...]:
    """The candidates put up for decision, in rank order."""
    others = [c for c in row.line.candidates if not c.accepted and c.decision is None]
    leading = {id(c) for c in others[:SHOWN_OTHERS]}
    return tuple(c for c in row.line.candidates if c.accepted or c.decision or id(c) in leading)


def _link_values(
    row: Row, candidate: Candidate, table: TraceTable, setup: ReviewSetup
) -> tuple[str | float | None, ...]:
    terms, decision = table.terms, candidate.decision
    start, end = f"{row.line.document}#{row.line.id}", f"{candidate.document}#{candidate.measure}"
    title = next(
        (m.title for m in table.measures
         if (m.document, m.id) == (candidate.document, candidate.measure)), ""
    )  # fmt: skip
    standing = decision if decision and not decision.suspect else None
    grade = standing.grade if standing else None
    proposal = "review.accepted" if candidate.accepted else "review.not_accepted"
    return (
        row.line.id,
        recommendation_text(row),
        strength_text(row, terms),
        measure_name(candidate.measure, title),
        listed_probability(candidate.probability),
        terms[proposal] if standing is None else "–",
        terms[f"decide.{standing.action}"] if standing else None,
        terms[f"decide.grade.{grade}"] if grade else None,
        standing.comment if standing else None,
        None,
        decision_text(decision, terms),
        *_department_values(start, end, setup),
        evidence_text(candidate.evidence_from, terms),
        evidence_text(candidate.evidence_to, terms),
        setup.keys.get((start, end), ""),
    )


def _gap_values(row: Row, terms: Terms, setup: ReviewSetup) -> tuple[str | float | None, ...]:
    start, decision = f"{row.line.document}#{row.line.id}", row.line.decision
    standing = decision if decision and not decision.suspect else None
    return (
        row.line.id,
        recommendation_text(row),
        strength_text(row, terms),
        terms["review.gap_row"],
        None,
        terms.value("status", row.line.status),
        terms["decide.justify-gap"] if standing else None,
        None,
        standing.comment if standing else None,
        None,
        decision_text(decision, terms),
        *_department_values(start, "", setup),
        evidence_text(row.evidence, terms),
        None,
        setup.keys.get((start, ""), ""),
    )


def _department_values(start: str, end: str, setup: ReviewSetup) -> list[str | None]:
    return [setup.comments.get((start, end, name)) for name in setup.departments]


def decision_choices(terms: Terms, *, is_gap: bool) -> Sequence[str]:
    """The words of the drop-down for the decision."""
    names = ("justify-gap",) if is_gap else ("accept", "reject")
    return [terms[f"decide.{name}"] for name in names]


def grade_choices(terms: Terms) -> Sequence[str]:
    """The words of the drop-down for the grade."""
    return [terms["decide.grade.2"], terms["decide.grade.1"]]


def sheet_words() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What heads and choices of the sheet mean, in either language.

    Returns:
        Heads to the names decision, grade, comment, who, key; and choices to accept, reject,
        justify-gap, 2 and 1. A head of a department's column is told by `department_of`. The name
        told is for the column of the list, where decisions only are told.
    """
    heads, choices = {}, {}
    for terms in _both():
        heads[terms["col.decision"]] = "told"
        for name in ("decision", "grade", "comment", "who", "key"):
            heads[terms[f"review.{name}"]] = name
        for name in ("accept", "reject", "justify-gap"):
            choices[terms[f"decide.{name}"]] = name
        for grade in ("2", "1"):
            choices[terms[f"decide.grade.{grade}"]] = grade
            choices[grade] = grade
    return heads, choices


def department_of(head: str) -> str | None:
    """The department whose column a head names; None for any other head."""
    for terms in _both():
        before = terms.say("review.department", name="")
        if head.startswith(before) and head[len(before) :].strip():
            return head[len(before) :].strip()
    return None


def _both() -> tuple[Terms, Terms]:
    languages: tuple[Language, Language] = ("sv", "en")
    first, second = (load_terms(language) for language in languages)
    return first, second
