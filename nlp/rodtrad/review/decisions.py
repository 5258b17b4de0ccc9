"""What the events of a log amount to today: decisions in force, suspects, comments, follow-ups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from rodtrad.datamodel import Decision, FollowUp
from rodtrad.review.events import FOLLOW_UP_FIELDS, VERDICTS, Event
from rodtrad.review.items import End, Items

Pair = tuple[str, str | None]
Standing = Literal["in force", "suspect", "missing", "unread"]

# What a follow-up may say of how far a matter has come; the last four need no further date.
FOLLOW_UP_STATES = (
    "ej påbörjad", "pågående", "delredovisad", "redovisad", "genomförd", "avslutad", "avskriven",
)  # fmt: skip
_FINISHED = frozenset({"redovisad", "genomförd", "avslutad", "avskriven"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision that nobody undid and its own maker did not replace.

    `pair` are the ids of today. `standing` is suspect where an end has other words now, missing
    where an end is gone, unread where its document was not looked into. `moved` says that an end
    has another id than when the decision was made.
    """

    event: Event
    pair: Pair
    standing: Standing
    moved: bool = False

    @property
    def accepts(self) -> bool:
        """Whether it says that there is a link."""
        return self.event.action in ("accept", "regrade")


def standing_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events without those that were undone, and without the undoing.

    Undoing an undo brings the first event back. An undo always stands after what it undoes, so
    one walk from the end sees every undo before its object.
    """
    undone: set[str] = set()
    kept = []
    for event in reversed(tuple(events)):
        if event.id in undone:
            continue
        if event.action == "undo":
            undone.add(str(event.of))
        else:
            kept.append(event)
    return tuple(reversed(kept))


@dataclass(frozen=True)
class Reviews:
    """A log read against the items of today."""

    events: tuple[Event, ...]
    items: Items

    @cached_property
    def standing(self) -> tuple[Event, ...]:
        """The events in force, in the order they were made; see `standing_events`.

        Not the order of the log: what a colleague decided last week and sent today does not
        replace what was decided yesterday.
        """
        return tuple(sorted(standing_events(self.events), key=_moment))

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The latest verdict of each person on each link or gap, in the order they were made."""
        cleared = self._cleared()
        latest: dict[tuple[Pair, str], Verdict] = {}
        for event in self.standing:
            if event.action in VERDICTS:
                verdict = _verdict(event, cleared.get(event.id, ()), self.items)
                key = (verdict.pair, event.who)
                latest.pop(key, None)  # so that the order is that of the latest verdicts
                latest[key] = verdict
        return tuple(latest.values())

    def _cleared(self) -> dict[str, tuple[Event, ...]]:
        """For each event the clearings that speak of it."""
        found: dict[str, tuple[Event, ...]] = {}
        for event in self.standing:
            if event.action == "clear" and event.of:
                found[event.of] = (*found.get(event.of, ()), event)
        return found

    @property
    def suspects(self) -> tuple[Verdict, ...]:
        """Verdicts on words that have changed or are gone."""
        return tuple(v for v in self.verdicts if v.standing in ("suspect", "missing"))

    @cached_property
    def decisions(self) -> Mapping[Pair, Decision]:
        """What counts for each link (or gap, with None for the measure).

        The latest verdict in force; where there is none, the latest suspect one, marked so. People
        who decided otherwise, and have not changed their mind, are named.
        """
        by_pair: dict[Pair, list[Verdict]] = {}
        for verdict in self.verdicts:
            if verdict.standing in ("in force", "suspect"):
                by_pair.setdefault(verdict.pair, []).append(verdict)
        return {pair: _decision(verdicts) for pair, verdicts in by_pair.items()}

    def comments(self, *, version: int | None = None) -> tuple[Event, ...]:
        """The comments in force; those on one frozen version, if given."""
        return tuple(
            e
            for e in self.standing
            if e.action == "comment" and (version is None or e.version == version)
        )

    @cached_property
    def follow_ups(self) -> Mapping[str, FollowUp]:
        """For each item what was last entered of it, field by field, by the item's id of today."""
        entered: dict[str, list[tuple[Event, bool]]] = {}
        for event in self.standing:
            end = event.start or event.end
            if event.action == "follow-up" and end:
                place = self.items.locate(end)
                changed = place.fate in ("changed", "missing")
                entered.setdefault(place.id, []).append((event, changed))
        return {item: _follow_up(pairs) for item, pairs in entered.items()}

    def history(self, name: str) -> tuple[Event, ...]:
        """Every event about an item, undone ones and undoings included; by its id then or now."""
        about = {
            event.id
            for event in self.events
            if any(name in (end.id, self.items.locate(end).id) for end in _ends(event))
        }
        for event in self.events:
            if event.of in about:
                about.add(event.id)
        return tuple(event for event in self.events if event.id in about)


def _moment(event: Event) -> datetime:
    return datetime.fromisoformat(event.when)


def _ends(event: Event) -> tuple[End, ...]:
    return tuple(end for end in (event.start, event.end) if end)


def _verdict(event: Event, clearings: Sequence[Event], items: Items) -> Verdict:
    """A verdict at the place its ends have today; made by the event itself or a clearing of it."""
    made = [_placed(event, ends, items) for ends in ((e.start, e.end) for e in (event, *clearings))]
    return next((v for v in made if v.standing == "in force"), made[-1])


def _placed(event: Event, ends: tuple[End | None, End | None], items: Items) -> Verdict:
    places = [items.locate(end) if end else None for end in ends]
    fates = {place.fate for place in places if place}
    standing: Standing = "in force"
    for fate, worse in (("unread", "unread"), ("changed", "suspect"), ("missing", "missing")):
        if fate in fates:
            standing = worse  # type: ignore[assignment]
    start, end = places
    pair = (start.id if start else "", end.id if end else None)
    return Verdict(event, pair, standing, "moved" in fates)


def _decision(verdicts: Sequence[Verdict]) -> Decision:
    in_force = [v for v in verdicts if v.standing == "in force"]
    chosen = (in_force or list(verdicts))[-1]
    event = chosen.event
    dissenters = [v.event.who for v in in_force if _differs(v, chosen)]
    action = "accept" if chosen.accepts else event.action
    return Decision(
        action=action,
        who=event.who,
        when=event.when,
        event=event.id,
        grade=event.grade if chosen.accepts else None,
        comment=event.comment,
        suspect=chosen.standing != "in force",
        dissenters=tuple(dissenters),
    )


def _differs(verdict: Verdict, chosen: Verdict) -> bool:
    if verdict.accepts != chosen.accepts:
        return True
    grades = (verdict.event.grade, chosen.event.grade)
    return None not in grades and grades[0] != grades[1]


def _follow_up(entered: Sequence[tuple[Event, bool]]) -> FollowUp:
    values: dict[str, str] = {}
    for event, _ in entered:
        values |= event.follow_up
    last, changed = entered[-1]
    fields = {name: values.get(name, "") for name in FOLLOW_UP_FIELDS}
    return FollowUp(who=last.who, when=last.when, changed=changed, **fields)


def is_overdue(follow_up: FollowUp, *, today: str) -> bool:
    """Whether its date (ISO) lies before `today` and its status is not a finished one."""
    return bool(follow_up.date) and follow_up.date < today and follow_up.status not in _FINISHED
