"""The queue of links to judge, and what a reviewer's form does to the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rodtrad.datamodel import Candidate, Decision, Measure, TraceLine
from rodtrad.errors import UsageError
from rodtrad.pipeline.reviewjob import ReviewedTrace, find_ends, now_text, record
from rodtrad.review.decisions import Reviews
from rodtrad.review.events import Event
from rodtrad.review.items import check_item_name
from rodtrad.tables.traceview import Row, TraceTable
from rodtrad.web.library import Library

PER_LINE = 4
LEAST = 0.15


@dataclass(frozen=True)
class Task:
    """One link to judge, or a recommendation without any (`candidate` is None)."""

    index: int
    row: Row
    candidate: Candidate | None
    measure: Measure | None

    @property
    def start(self) -> str:
        """The recommendation's id, `document#id`."""
        return f"{self.row.line.document}#{self.row.line.id}"

    @property
    def end(self) -> str | None:
        """The measure's id."""
        found = self.candidate
        return f"{found.document}#{found.measure}" if found else None

    @property
    def decision(self) -> Decision | None:
        """What people have decided."""
        return self.candidate.decision if self.candidate else self.row.line.decision


class ConflictError(UsageError):
    """Somebody decided on the same link since the page was shown."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who} decided on this link meanwhile; look at it again.")
        self.who = who


def review_tasks(table: TraceTable) -> tuple[Task, ...]:
    """What to judge, in the order of the table.

    For each recommendation its accepted and decided links, and the likeliest others, at most four
    in all unless more are accepted; after them the recommendation itself, where it has no accepted
    link, so that a gap can be declared justified.
    """
    measures = {(m.document, m.id): m for m in table.measures}
    tasks: list[Task] = []
    for row in table.rows:
        for candidate in _to_judge(row.line):
            measure = measures.get((candidate.document, candidate.measure))
            tasks.append(Task(len(tasks), row, candidate, measure))
        if not row.line.links:
            tasks.append(Task(len(tasks), row, None, None))
    return tuple(tasks)


def _to_judge(line: TraceLine) -> list[Candidate]:
    """In the order of rank, so that a decision does not move what comes after it."""
    chosen = []
    for rank, candidate in enumerate(line.candidates):
        likely = rank < PER_LINE and candidate.probability >= LEAST
        if likely or candidate.accepted or candidate.decision:
            chosen.append(candidate)
    return chosen


def next_open(tasks: Sequence[Task], start: int, who: str) -> int:
    """The index of the first task from `start` on that `who` has not decided; else `start`."""
    order = [*range(start, len(tasks)), *range(min(start, len(tasks)))]
    return next((i for i in order if not _decided_by(tasks[i].decision, who)), start)


def _decided_by(decision: Decision | None, who: str) -> bool:
    return decision is not None and (decision.who == who or who in decision.dissenters)


def done_by(tasks: Iterable[Task], who: str) -> int:
    """How many of the tasks a person has decided."""
    return sum(_decided_by(task.decision, who) for task in tasks)


@dataclass(frozen=True, slots=True)
class Form:
    """What a reviewer sends: which ends, what, and which decision was on the page then."""

    action: str
    start: str
    end: str | None
    grade: int | None = None
    comment: str = ""
    seen: str = ""


def write_review(library: Library, found: ReviewedTrace, form: Form, *, who: str) -> Event:
    """Append what the form says to the log.

    Raises:
        ConflictError: somebody else decided after the page was shown.
        UsageError: the parts do not fit together, or there is nothing to undo.
    """
    pair = (check_item_name(form.start), check_item_name(form.end) if form.end else None)
    if form.action in ("accept", "reject", "regrade", "justify-gap"):
        _check_seen(found.reviews, pair, form.seen, who)
    event = _undoing(found.reviews, pair, form, who) if form.action == "undo" else None
    if event is None:
        ends = find_ends(library.workspace, [name for name in pair if name])
        second = ends[1] if len(ends) > 1 else None
        event = Event(now_text(), who, form.action, ends[0], second, grade=form.grade,
                      comment=form.comment)  # fmt: skip
    record(library.workspace, event)
    return event


def _check_seen(reviews: Reviews, pair: tuple[str, str | None], seen: str, who: str) -> None:
    decision = reviews.decisions.get(pair)
    if decision and decision.event != seen and decision.who != who:
        raise ConflictError(decision.who)


def _undoing(reviews: Reviews, pair: tuple[str, str | None], form: Form, who: str) -> Event:
    mine = [v.event for v in reviews.verdicts if v.pair == pair and v.event.who == who]
    if not mine:
        raise UsageError("there is no decision of yours to undo here.")
    last = mine[-1]
    return Event(now_text(), who, "undo", last.start, last.end, comment=form.comment, of=last.id)
