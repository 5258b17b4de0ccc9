"""Decisions that a colleague wrote into a table: what becomes an event, what is a conflict.

A row changes the log only where its cell says something else than the table said when it was
handed out, and nobody else decided in between. Nothing is ever overwritten or taken back by a file:
rows that are missing, cells that were emptied and links decided anew meanwhile are left as they
are, and the last two are reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rodtrad.review.decisions import Reviews, Verdict
from rodtrad.review.events import Event
from rodtrad.review.items import End

_DIGEST = re.compile(r"[0-9a-f]{32}")
_EVENT = re.compile(r"[0-9a-f]{16}|")
OUTCOMES = ("stored", "unchanged", "conflict", "kept", "problem")


class BadKeyError(ValueError):
    """A key cell was changed, or comes from another kind of table."""


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a row of a handed-out table is about.

    `base` is the event in force when the table was made (empty for none), `version` the frozen
    version the table belongs to.
    """

    start: End
    end: End | None
    base: str = ""
    version: int | None = None

    def text(self) -> str:
        """The key as it stands in the cell."""
        end = [self.end.id, self.end.digest] if self.end else [None, None]
        return json.dumps(
            [self.start.id, self.start.digest, *end, self.base, self.version], ensure_ascii=False
        )


def parse_key(text: str) -> RowKey:
    """The key of a cell.

    Raises:
        BadKeyError: it is none.
    """
    try:
        start, start_digest, end, end_digest, base, version = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadKeyError("the key of the row was changed") from error
    digests = [start_digest] if end is None and end_digest is None else [start_digest, end_digest]
    names = [start] if len(digests) == 1 else [start, end]
    good = (
        all(isinstance(name, str) and "#" in name for name in names)
        and all(isinstance(d, str) and _DIGEST.fullmatch(d) for d in digests)
        and isinstance(base, str)
        and bool(_EVENT.fullmatch(base))
        and (version is None or (type(version) is int and version > 0))
    )
    if not good:
        raise BadKeyError("the key of the row was changed")
    last = End(end, end_digest) if len(digests) == 2 else None
    return RowKey(End(start, start_digest), last, base, version)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row as a colleague left it, in the words of the log.

    `decision` is accept, reject, justify-gap or empty; `grade` 1, 2 or None; `place` names file
    and row; `problem` says what in the row could not be understood.
    """

    place: str
    key: RowKey | None
    decision: str = ""
    grade: int | None = None
    comment: str = ""
    who: str = ""
    departments: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: one of OUTCOMES, the reason in words, and its events."""

    place: str
    outcome: str
    reason: str = ""
    events: tuple[Event, ...] = ()

    def record(self) -> dict[str, Any]:
        """The outcome as `rodtrad review import` prints it."""
        return {
            "row": self.place,
            "outcome": self.outcome,
            "reason": self.reason,
            "events": [event.record() for event in self.events],
        }


def import_rows(
    rows: Sequence[FilledRow], reviews: Reviews, *, who: str, now: str
) -> tuple[Outcome, ...]:
    """What becomes of each row of a colleague's file, in order; nothing is written here.

    Args:
        rows: as read from the file; two rows about the same link must not differ.
        reviews: the log as it is now.
        who: the colleague, for rows that name nobody.
        now: the time the events get.
    """
    return tuple(_outcomes(rows, reviews, who, now))


def _outcomes(rows: Sequence[FilledRow], reviews: Reviews, who: str, now: str) -> Iterator[Outcome]:
    seen: dict[object, FilledRow] = {}
    for row in rows:
        if row.key is None or row.problem:
            yield Outcome(row.place, "problem", row.problem or "the row has no key")
            continue
        name = (row.key.start.id, row.key.end.id if row.key.end else None)
        other = seen.setdefault(name, row)
        if other is not row and _said(other) != _said(row):
            yield Outcome(row.place, "conflict", f"says something else than {other.place}")
        elif other is row:
            yield _outcome(row, row.key, reviews, row.who or who, now)
        else:
            yield Outcome(row.place, "unchanged", f"the same as {other.place}")


def _said(row: FilledRow) -> tuple[object, ...]:
    return (row.decision, row.grade, _plain(row.comment), dict(row.departments))


def _outcome(row: FilledRow, key: RowKey, reviews: Reviews, who: str, now: str) -> Outcome:
    remarks = tuple(_department_events(row, key, reviews, who, now))
    wanted = _wrong_decision(row, key)
    if wanted:
        return Outcome(row.place, "problem", wanted, remarks)
    base = next((e for e in reviews.events if e.id == key.base), None)
    current = _current(key, reviews)
    said = (row.decision, row.grade, _plain(row.comment))
    if said == _as_cells(base):
        return Outcome(row.place, "stored" if remarks else "unchanged", "", remarks)
    if not row.decision:
        if base is None:
            return _only_comment(row, key, reviews, remarks, who, now)
        return Outcome(
            row.place, "kept", "the cell was emptied; use 'rodtrad review undo'", remarks
        )
    if current and said == _as_cells(current.event):
        return Outcome(row.place, "unchanged", "decided so already", remarks)
    if current and current.event.id != key.base:
        return Outcome(row.place, "conflict", _conflict(current), remarks)
    event = _verdict_event(row, key, reviews, who, now)
    return Outcome(row.place, "stored", "", (event, *remarks))


def _wrong_decision(row: FilledRow, key: RowKey) -> str | None:
    if row.decision == "justify-gap" and key.end:
        return "a gap is justified on the row of the whole recommendation"
    if row.decision in ("accept", "reject") and key.end is None:
        return "a link is decided on the row of its measure"
    if row.grade and row.decision != "accept":
        return "a grade stands without an accepted link"
    return None


def _as_cells(event: Event | None) -> tuple[str, int | None, str]:
    """What the table shows for a decision: decision, grade, comment."""
    if event is None:
        return ("", None, "")
    action = "accept" if event.action == "regrade" else event.action
    grade = event.grade if action == "accept" else None
    return (action, grade, _plain(event.comment))


def _plain(text: str) -> str:
    """Text as it comes back from a cell: one line, nothing a file cannot hold."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _current(key: RowKey, reviews: Reviews) -> Verdict | None:
    """The latest verdict on the link in question, as the table would show it."""
    pair = (
        reviews.items.locate(key.start).id,
        reviews.items.locate(key.end).id if key.end else None,
    )
    # Whoever decides on today's words does not go against a decision on other words.
    found = [v for v in reviews.verdicts if v.pair == pair and v.standing != "suspect"]
    return found[-1] if found else None


def _conflict(current: Verdict) -> str:
    event = current.event
    grade = f" (grade {event.grade})" if event.grade else ""
    return (
        f"{event.who} decided {event.action}{grade} on {event.when[:10]}, after the table was made"
    )


def _verdict_event(row: FilledRow, key: RowKey, reviews: Reviews, who: str, now: str) -> Event:
    return Event(
        when=now,
        who=who,
        action=row.decision,
        start=_with_words(key.start, reviews),
        end=_with_words(key.end, reviews) if key.end else None,
        grade=row.grade,
        comment=row.comment,
        version=key.version,
        via=row.place,
    )


def _with_words(end: End, reviews: Reviews) -> End:
    """The end as the colleague saw it; its words where they are still the same.

    The digest stays that of the table: a text changed since makes the decision suspect at once.
    """
    current = reviews.items.get(reviews.items.locate(end).id)
    same = current is not None and current.digest == end.digest
    return replace(end, text=current.text if same and current else "")


def _only_comment(
    row: FilledRow, key: RowKey, reviews: Reviews, remarks: tuple[Event, ...], who: str, now: str
) -> Outcome:
    """A comment without a decision is a comment; one that is there already is not repeated."""
    event = replace(_verdict_event(row, key, reviews, who, now), action="comment", grade=None)
    if any(_same_comment(event, other) for other in reviews.comments()):
        return Outcome(row.place, "stored" if remarks else "unchanged", "", remarks)
    return Outcome(row.place, "stored", "", (event, *remarks))


def _same_comment(event: Event, other: Event) -> bool:
    """Whether two comments say the same in the same place."""
    places = [(e.pair, e.department, e.version) for e in (event, other)]
    return places[0] == places[1] and _plain(event.comment) == _plain(other.comment)


def _department_events(
    row: FilledRow, key: RowKey, reviews: Reviews, who: str, now: str
) -> Iterator[Event]:
    for department, text in row.departments.items():
        if not text:
            continue
        event = replace(
            _verdict_event(row, key, reviews, who, now),
            action="comment",
            grade=None,
            comment=text,
            department=department,
        )
        if not any(_same_comment(event, other) for other in reviews.comments()):
            yield event
