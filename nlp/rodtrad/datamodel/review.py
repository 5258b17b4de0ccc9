"""What people have decided about links and gaps, and how far a matter has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision on a link, or on a gap.

    `action` is accept, reject or justify-gap. `grade` is 2 (answers), 1 (contributes) or None where
    the person left it to the model. A `suspect` decision was made on another wording and does not
    count until somebody clears it. `dissenters` decided otherwise on the same link. `event` is the
    id of the event in the log.
    """

    action: str
    who: str
    when: str
    event: str
    grade: int | None = None
    comment: str = ""
    suspect: bool = False
    dissenters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How far a measure or a recommendation has come, in the words a person entered.

    `date` is the day something is due or was done (ISO). `changed` says that the text it was
    entered for has changed since.
    """

    who: str
    when: str
    status: str = ""
    date: str = ""
    source: str = ""
    unit: str = ""
    person: str = ""
    next_step: str = ""
    note: str = ""
    changed: bool = False
