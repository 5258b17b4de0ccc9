"""Decisions in a workspace: recorded, listed, and laid over a trace."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from rodtrad.datamodel import FollowUp, Measure, Recommendation
from rodtrad.errors import UsageError
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.store import read_manifest
from rodtrad.pipeline.tracejob import Traced
from rodtrad.review.agreement import agreements
from rodtrad.review.applying import apply_decisions
from rodtrad.review.decisions import FOLLOW_UP_STATES, Reviews, is_overdue
from rodtrad.review.events import BadEventError, Event
from rodtrad.review.items import End, Items, check_item_name, collect_items
from rodtrad.review.log import Appended, append_events, read_log
from rodtrad.statements.lists import read_recommendation_list
from rodtrad.workspace import Workspace

Record = dict[str, Any]
USER_VARIABLE = "RODTRAD_USER"


def reviewer_name(given: str | None) -> str:
    """Who decides: the name given, RODTRAD_USER, or the login name.

    Raises:
        UsageError: none of them is to be had.
    """
    name = given or os.environ.get(USER_VARIABLE)
    if name is None:
        try:
            name = getpass.getuser()
        except (KeyError, OSError, ImportError) as error:
            raise UsageError(f"say who decides: --who NAME or {USER_VARIABLE}=NAME.") from error
    if not name.strip():
        raise UsageError(f"say who decides: --who NAME or {USER_VARIABLE}=NAME.")
    return name.strip()


def now_text() -> str:
    """This moment as the log writes it."""
    return datetime.now().astimezone().isoformat(timespec="microseconds")


def read_reviews(workspace: Workspace, items: Items | None = None) -> Reviews:
    """The workspace's log against the items of today; by default those of the built documents."""
    events = read_log(workspace.reviews).events
    return Reviews(events, items if items is not None else _items_of_events(workspace, events))


def torn_bytes(workspace: Workspace) -> int:
    """The length of a last line whose writing was cut off; 0 where the log is whole."""
    return len(read_log(workspace.reviews).torn)


def _items_of_events(workspace: Workspace, events: Iterable[Event]) -> Items:
    names = {end.document for e in events for end in (e.start, e.end) if end}
    return items_of(workspace, sorted(names))


def items_of(
    workspace: Workspace, documents: Sequence[str], *, from_file: Path | None = None
) -> Items:
    """The items of those documents that the index holds, and of a list the user brings."""
    manifest = read_manifest(workspace)
    known = [d for d in documents if manifest and (r := manifest.get(d)) and r.artefact]
    found = load_documents(known, workspace)
    listed = read_recommendation_list(from_file) if from_file else ()
    own = [replace(r, document=r.document or Path(from_file or "").stem) for r in listed]
    return collect_items(
        [*(r for document in found for r in document.recommendations), *own],
        [m for document in found for m in document.measures],
        documents=known,
    )


def record(workspace: Workspace, *events: Event) -> Appended:
    """Write events to the workspace's log.

    Raises:
        UsageError: an event's parts do not fit together.
        WorkspaceError: see `append_events`.
    """
    try:
        return append_events(workspace.reviews, events, lock=workspace.indexes / ".reviews.lock")
    except BadEventError as error:
        raise UsageError(f"the decision {error}.") from error


def decide(
    workspace: Workspace,
    action: str,
    names: Sequence[str],
    *,
    who: str | None = None,
    from_file: Path | None = None,
    grade: int | None = None,
    comment: str = "",
) -> Appended:
    """Write a decision on a link, or on the gap of a recommendation, to the log.

    Args:
        workspace: whose log it is.
        action: accept, reject, regrade or justify-gap.
        names: the ids of recommendation and measure, or of the recommendation alone.
        who: see `reviewer_name`.
        from_file: the user's own list, where the recommendation stands in one.
        grade: 2 answers, 1 contributes.
        comment: why.

    Raises:
        UsageError: there is no such item, or the parts do not fit together.
    """
    start, *rest = find_ends(workspace, names, from_file=from_file)
    end = rest[0] if rest else None
    name = reviewer_name(who)
    return record(
        workspace, Event(now_text(), name, action, start, end, grade=grade, comment=comment)
    )


def find_ends(
    workspace: Workspace, names: Sequence[str], *, from_file: Path | None = None
) -> tuple[End, ...]:
    """The items of those ids with their words of today.

    Raises:
        UsageError: there is no such document or item; the sentence names the nearest ones.
    """
    checked = [check_item_name(name) for name in names]
    documents = list(dict.fromkeys(name.partition("#")[0] for name in checked))
    items = items_of(workspace, documents, from_file=from_file)
    return tuple(_find_end(name, items) for name in checked)


def _find_end(name: str, items: Items) -> End:
    found = items.get(name)
    if found:
        return found
    document = name.partition("#")[0]
    if document not in items.documents:
        raise UsageError(
            f"{name}: the index holds no document {document}; run 'rodtrad build', or name the "
            "list with --from-file."
        )
    near = get_close_matches(name, list(items.by_id), n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "see 'rodtrad measures'."
    raise UsageError(f"{name}: there is no such recommendation or measure; {hint}")


def find_event(workspace: Workspace, event_id: str) -> Event:
    """The event of that id, or of an id that begins so.

    Raises:
        UsageError: there is none, or several.
    """
    found = [e for e in read_log(workspace.reviews).events if e.id.startswith(event_id)]
    if len(found) != 1 or not event_id:
        raise UsageError(
            f"{event_id!r} fits {len(found)} events; see their ids with 'rodtrad review list'."
        )
    return found[0]


def clearing(workspace: Workspace, event: Event, *, who: str, comment: str) -> Event:
    """The event that says: a decision on earlier words holds for those of today too.

    Raises:
        UsageError: the event is no suspect decision, or an end of it is gone.
    """
    reviews = read_reviews(workspace)
    suspect = next((v for v in reviews.suspects if v.event.id == event.id), None)
    if suspect is None:
        raise UsageError(
            f"{event.id}: is no suspect decision; see 'rodtrad review list --suspect'."
        )
    ends = [reviews.items.get(name) if name else None for name in suspect.pair]
    if any(name and not end for name, end in zip(suspect.pair, ends, strict=True)):
        raise UsageError(f"{event.id}: an end of it is gone; undo it and decide anew.")
    start, end = ends
    return Event(now_text(), who, "clear", start, end, comment=comment, of=event.id)


def follow_up_event(end: End, values: Mapping[str, str], *, is_measure: bool, who: str) -> Event:
    """The event that says how far a matter has come.

    Raises:
        UsageError: the status or the date is none that is known.
    """
    status, day = values.get("status"), values.get("date")
    if status and status not in FOLLOW_UP_STATES:
        raise UsageError(f"{status!r} is no status; choose {', '.join(FOLLOW_UP_STATES)}.")
    try:
        if day:
            date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f"{day!r} is not a date; write it like 2026-11-22.") from error
    start, to = (None, end) if is_measure else (end, None)
    return Event(now_text(), who, "follow-up", start, to, follow_up=dict(values))


def is_measure(workspace: Workspace, name: str) -> bool:
    """Whether the item of that id is a measure."""
    document = name.partition("#")[0]
    found = load_documents([document], workspace)
    return any(f"{m.document}#{m.id}" == name for d in found for m in d.measures)


def event_records(reviews: Reviews, *, everything: bool = False) -> list[Record]:
    """The events with what has become of each: `standing`, and the ends' ids of today.

    `standing` is in force, suspect, missing, unread, replaced (its maker decided anew) or undone;
    without `everything` undone events and the undoing are left out.
    """
    verdicts = {verdict.event.id: verdict for verdict in reviews.verdicts}
    standing = {event.id for event in reviews.standing}
    records = []
    for event in reviews.events:
        verdict = verdicts.get(event.id)
        if event.id not in standing and not everything:
            continue
        state = verdict.standing if verdict else _standing(event, event.id in standing)
        current = {"from": verdict.pair[0] or None, "to": verdict.pair[1]} if verdict else None
        records.append({**event.record(), "standing": state, "current_target": current})
    return records


def _standing(event: Event, stands: bool) -> str:
    if not stands:
        return "in force" if event.action == "undo" else "undone"
    return (
        "replaced"
        if event.action in ("accept", "reject", "regrade", "justify-gap")
        else ("in force")
    )


def follow_up_records(reviews: Reviews, *, as_of: date, overdue: bool = False) -> list[Record]:
    """What was last entered of each item; with `overdue` only what is late."""
    today = as_of.isoformat()
    return [
        follow_up_record(item, found, today=today)
        for item, found in reviews.follow_ups.items()
        if not overdue or is_overdue(found, today=today)
    ]


def follow_up_record(item: str, found: FollowUp, *, today: str) -> Record:
    """One item's follow-up."""
    return {
        "item": item,
        "status": found.status,
        "date": found.date,
        "source": found.source,
        "unit": found.unit,
        "person": found.person,
        "next_step": found.next_step,
        "note": found.note,
        "overdue": is_overdue(found, today=today),
        "changed": found.changed,
        "who": found.who,
        "when": found.when,
    }


def agreement_records(reviews: Reviews) -> list[Record]:
    """How far every two people agree on the links both judged."""
    return [
        {
            "first": found.first,
            "second": found.second,
            "n": found.n,
            "agreed": found.agreed,
            "share": found.share,
            "kappa": found.kappa,
        }
        for found in agreements(reviews.verdicts)
    ]


def suspect_records(workspace: Workspace) -> list[Record]:
    """Decisions on words that have changed, and a torn log, as lines of `rodtrad status`."""
    lines = [
        {
            "id": f"{verdict.pair[0]} → {verdict.pair[1] or '–'}",
            "status": verdict.standing,
            "reason": f"{verdict.event.action} by {verdict.event.who} was made on other words",
            "remedy": f"rodtrad review clear {verdict.event.id}",
        }
        for verdict in read_reviews(workspace).suspects
    ]
    if torn := torn_bytes(workspace):
        lines.append(
            {
                "id": workspace.reviews.name,
                "status": "torn",
                "reason": f"its last line was cut off ({torn} bytes)",
                "remedy": "the next decision puts the line aside",
            }
        )
    return lines


@dataclass(frozen=True)
class ReviewedTrace:
    """A trace with the decisions of people laid over it."""

    traced: Traced
    reviews: Reviews


def reviewed(traced: Traced, workspace: Workspace | None) -> ReviewedTrace:
    """The trace as people have decided it; unchanged where no workspace or no log is."""
    items = trace_items(traced.recommendations, traced.measures, traced)
    reviews = read_reviews(workspace, items) if workspace else Reviews((), items)
    if not reviews.decisions:
        return ReviewedTrace(traced, reviews)
    words = searched_words(traced)
    lines = tuple(apply_decisions(line, reviews.decisions, searched=words) for line in traced.lines)
    return ReviewedTrace(replace(traced, lines=lines), reviews)


def trace_items(
    recommendations: Iterable[Recommendation], measures: Iterable[Measure], traced: Traced
) -> Items:
    """The items a trace was made of."""
    read = [d.id for d in (*traced.sources, *traced.targets)]
    return collect_items(recommendations, measures, documents=read)


def searched_words(traced: Traced) -> str:
    """What was searched: the titles of the targets and their number of measures."""
    titles = ", ".join(d.document.title for d in traced.targets)
    count = len(traced.measures)
    return f"{titles} ({count} {'åtgärd' if count == 1 else 'åtgärder'})"
