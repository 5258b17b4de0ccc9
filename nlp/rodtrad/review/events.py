"""Events of the review log and their JSON form."""

from __future__ import annotations

import json
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

from rodtrad.review.items import End

Record = dict[str, Any]

FORMAT = 1
VERDICTS = ("accept", "reject", "regrade", "justify-gap")
ACTIONS = (*VERDICTS, "comment", "clear", "undo", "follow-up", "freeze")
GRADES = (1, 2)
FOLLOW_UP_FIELDS = ("status", "date", "source", "unit", "person", "next_step", "note")
_KEYS = frozenset({
    "format", "id", "when", "who", "action", "target", "digests", "texts", "grade", "comment",
    "of", "department", "version", "follow_up", "via",
})  # fmt: skip


class BadEventError(ValueError):
    """A record is no event; the text says why."""


class NewerEventError(ValueError):
    """A record was written by a later version of Rödtråd."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something a person did, never changed afterwards.

    Attributes:
        when: ISO 8601 with offset.
        who: the person's name or login.
        action: one of ACTIONS.
        start: the recommendation, with the words it had then; None for a measure alone.
        end: the measure; None for a recommendation alone.
        grade: of accept and regrade.
        comment: free text.
        of: the id of the event that an undo or clear speaks of.
        department: whose comment it is, in a round between departments.
        version: the number of a frozen table, for freeze and for comments on it.
        follow_up: the fields that a follow-up sets; an empty text takes a value back.
        via: the file and row it was imported from.
    """

    when: str
    who: str
    action: str
    start: End | None = None
    end: End | None = None
    grade: int | None = None
    comment: str = ""
    of: str | None = None
    department: str | None = None
    version: int | None = None
    follow_up: Mapping[str, str] = field(default_factory=dict)
    via: str | None = None

    @property
    def id(self) -> str:
        """A digest of everything the event says: a changed line no longer fits its id."""
        return _digest(self._content())

    @property
    def pair(self) -> tuple[str | None, str | None]:
        """The ids of the two ends."""
        return (self.start.id if self.start else None, self.end.id if self.end else None)

    def record(self) -> Record:
        """The event as it stands in the log; fields that say nothing are null."""
        return {"id": self.id, **self._content()}

    def _content(self) -> Record:
        ends = {"from": self.start, "to": self.end}
        return {
            "format": FORMAT,
            "when": self.when,
            "who": self.who,
            "action": self.action,
            "target": {name: end.id if end else None for name, end in ends.items()},
            "grade": self.grade,
            "comment": self.comment,
            "digests": {name: end.digest if end else None for name, end in ends.items()},
            "texts": {name: end.text if end else None for name, end in ends.items()},
            "of": self.of,
            "department": self.department,
            "version": self.version,
            "follow_up": dict(self.follow_up),
            "via": self.via,
        }


def _digest(content: Record) -> str:
    data = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return blake2b(data.encode("ascii"), digest_size=8).hexdigest()


def event_line(event: Event) -> bytes:
    """The event as one line of the log, its line end included."""
    # ASCII, so that no half character can stand at the end of a torn file.
    return json.dumps(event.record(), ensure_ascii=True).encode("ascii") + b"\n"


def parse_event(line: bytes) -> Event:
    """The event of a line.

    Raises:
        NewerEventError: it has a format, field or action that this version does not know.
        BadEventError: it is no event, or does not fit its own id.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadEventError("is not JSON") from error
    if not isinstance(record, dict):
        raise BadEventError("is not an object")
    return event_of(record)


def event_of(record: Record) -> Event:
    """The event of a record; see `parse_event`."""
    version = record.get("format")
    if type(version) is int and version > FORMAT:
        raise NewerEventError(f"has format {version}, this version reads {FORMAT}")
    if version != FORMAT:
        raise BadEventError("has no format number")
    if unknown := sorted(set(record) - _KEYS):
        raise NewerEventError(
            f"has the field {unknown[0][:40]!r}, which this version does not know"
        )
    event = _event(record)
    if record.get("id") != event.id:
        raise BadEventError("does not fit its id: something in it was changed")
    if event.action not in ACTIONS:
        raise NewerEventError(
            f"has the action {event.action[:40]!r}, which this version does not know"
        )
    check_event(event)
    return event


def _event(record: Record) -> Event:
    try:
        return Event(
            when=_text(record["when"]),
            who=_text(record["who"]),
            action=_text(record["action"]),
            start=_end(record, "from"),
            end=_end(record, "to"),
            grade=_whole(record["grade"]),
            comment=_text(record["comment"]),
            of=_maybe(record["of"]),
            department=_maybe(record["department"]),
            version=_whole(record["version"]),
            follow_up={_text(k): _text(v) for k, v in record["follow_up"].items()},
            via=_maybe(record["via"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadEventError(f"lacks a field or has one of the wrong kind ({error})") from error


def _end(record: Record, name: str) -> End | None:
    parts = [record[field][name] for field in ("target", "digests", "texts")]
    if parts == [None, None, None]:
        return None
    return End(*(_text(part) for part in parts))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{reprlib.repr(value)} is not text")
    return value


def _maybe(value: object) -> str | None:
    return None if value is None else _text(value)


def _whole(value: object) -> int | None:
    if value is None or type(value) is int:
        return value
    raise TypeError(f"{reprlib.repr(value)} is not a whole number")


def check_event(event: Event) -> None:
    """Refuse an event whose parts do not fit together.

    Raises:
        BadEventError: the sentence says which part.
    """
    problem = _problem(event)
    if problem:
        raise BadEventError(problem)


def _problem(event: Event) -> str | None:
    if not event.who.strip():
        return "does not say who"
    if not _is_moment(event.when):
        return f"has no readable time ({event.when[:40]!r})"
    if event.grade is not None and event.grade not in GRADES:
        return f"has the grade {event.grade}; a grade is 1 (contributes) or 2 (answers)"
    if unknown := set(event.follow_up) - set(FOLLOW_UP_FIELDS):
        return f"has the follow-up field {sorted(unknown)[0][:40]!r}"
    return _wrong_ends(event)


def _wrong_ends(event: Event) -> str | None:
    both, one = event.start and event.end, event.start or event.end
    if event.action in ("accept", "reject", "regrade") and not both:
        return "must name a recommendation and a measure"
    if event.action == "regrade" and event.grade is None:
        return "must give a grade"
    if event.action == "justify-gap" and (event.start is None or event.end):
        return "must name a recommendation alone"
    if event.action == "follow-up" and (both or not one or not event.follow_up):
        return "must name a recommendation or a measure, and say something of it"
    if event.action in ("undo", "clear") and not event.of:
        return "must name the event it speaks of"
    if event.action == "freeze" and not event.version:
        return "must give the number of the version"
    if event.action == "comment" and not (one or event.version):
        return "must name what it comments on"
    return None


def _is_moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
