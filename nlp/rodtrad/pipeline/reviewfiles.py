"""Decisions on their way out of a workspace and back: workbooks, logs, frozen versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from rodtrad.errors import UnreadableFileError
from rodtrad.pipeline.reviewjob import (
    ReviewedTrace,
    items_of,
    now_text,
    record,
)
from rodtrad.review.decisions import Reviews, standing_events
from rodtrad.review.events import Event, event_line
from rodtrad.review.exchange import (
    BadKeyError,
    FilledRow,
    Outcome,
    RowKey,
    import_rows,
    parse_key,
)
from rodtrad.review.items import Items, measure_end, recommendation_end
from rodtrad.review.log import locked, parse_log, read_log
from rodtrad.review.sheetfile import MAX_BYTES, SheetRow, read_sheet_rows
from rodtrad.review.versions import (
    FrozenTable,
    compare_tables,
    read_version,
    write_version,
)
from rodtrad.tables.english import with_english_remarks
from rodtrad.tables.outfile import check_place, write_file
from rodtrad.tables.reviewsheet import department_of, sheet_words
from rodtrad.tables.traceview import MeasureCell, ReviewSetup, Row, TraceTable, with_reviews
from rodtrad.workspace import Workspace

Record = dict[str, Any]
_ELSEWHERE = "decisions are read from the sheet with drop-down lists, not from here"


def reviewed_table(
    found: ReviewedTrace,
    *,
    language: str,
    can_review: bool,
    departments: Sequence[str] = (),
    version: int | None = None,
) -> TraceTable:
    """The table of a reviewed trace, with follow-ups and, if asked for, a sheet for decisions."""
    table = found.traced.table(language=language)
    if language == "en":
        table = with_english_remarks(table)
    setup = _setup(found, departments, version) if can_review else None
    return with_reviews(table, follow_ups=found.reviews.follow_ups, setup=setup)


def _setup(found: ReviewedTrace, departments: Sequence[str], version: int | None) -> ReviewSetup:
    reviews, traced = found.reviews, found.traced
    starts = {f"{r.document}#{r.id}": recommendation_end(r) for r in traced.recommendations}
    ends = {f"{m.document}#{m.id}": measure_end(m) for m in traced.measures}
    keys = {}
    for line in traced.lines:
        start = starts[f"{line.document}#{line.id}"]
        keys[start.id, ""] = RowKey(start, None, _base(reviews, start.id, None), version).text()
        for candidate in line.candidates:
            end = ends[f"{candidate.document}#{candidate.measure}"]
            base = _base(reviews, start.id, end.id)
            keys[start.id, end.id] = RowKey(start, end, base, version).text()
    return ReviewSetup(keys, tuple(departments), _remarks(reviews, version))


def _base(reviews: Reviews, start: str, end: str | None) -> str:
    decision = reviews.decisions.get((start, end))
    return decision.event if decision and not decision.suspect else ""


def _remarks(reviews: Reviews, version: int | None) -> Mapping[tuple[str, str, str], str]:
    return {
        (event.start.id, event.end.id if event.end else "", event.department): event.comment
        for event in reviews.comments()
        if event.department and event.start and event.version == version
    }


def export_log(workspace: Workspace, path: Path) -> int:
    """Write a copy of the log's events; returns how many there are."""
    events = read_log(workspace.reviews).events
    check_place(path, (".jsonl",))
    write_file(path, b"".join(event_line(event) for event in events))
    return len(events)


def import_decisions(workspace: Workspace, path: Path, *, who: str) -> list[Record]:
    """Take in what a colleague decided: a filled-in workbook, or a copy of a log.

    Args:
        workspace: whose log grows.
        path: .xlsx or .csv made from an exported table, or .jsonl.
        who: the colleague, for rows that name nobody.

    Returns:
        A record per row (or event): its outcome is stored, unchanged, conflict, kept or problem.

    Raises:
        UnreadableFileError: the file cannot be read; nothing was stored.
        WorkspaceError: another import is under way, or the log cannot be written.
    """
    # Not the log's own lock: what is new must not change between looking and writing.
    with locked(workspace.indexes / ".import.lock", workspace.reviews):
        if path.suffix.lower() == ".jsonl":
            return _import_log(workspace, path)
        outcomes = read_outcomes(workspace, path, who=who)
        record(workspace, *(event for outcome in outcomes for event in outcome.events))
    return [outcome.record() for outcome in outcomes]


def read_outcomes(workspace: Workspace, path: Path, *, who: str) -> tuple[Outcome, ...]:
    """What would become of each row of a filled-in table; nothing is written."""
    heads, _ = sheet_words()
    keys, told = ([h for h, name in heads.items() if name == one] for one in ("key", "told"))
    found = read_sheet_rows(path, key_heads=keys, other_heads=told)
    rows = [filled for row in found if (filled := _filled(path, row))]
    events = read_log(workspace.reviews).events
    reviews = Reviews(events, _items_in_play(workspace, rows, events))
    return import_rows(rows, reviews, who=who, now=now_text())


def _items_in_play(
    workspace: Workspace, rows: Sequence[FilledRow], events: Sequence[Event]
) -> Items:
    ends = [end for row in rows if row.key for end in (row.key.start, row.key.end) if end]
    ends += [end for event in events for end in (event.start, event.end) if end]
    return items_of(workspace, sorted({end.document for end in ends}))


def _filled(path: Path, row: SheetRow) -> FilledRow | None:
    """What a row says; None for one of another sheet, where nothing is to be written."""
    heads, choices = sheet_words()
    cells = {heads[head]: text for head, text in row.cells.items() if head in heads}
    place = f"{path.name}, {row.sheet + ' ' if row.sheet else ''}rad {row.number}"
    if "key" not in cells:
        # What the list tells of a decision names who and when; a bare choice somebody wrote there.
        stray = _choice(cells.get("told", ""), choices)
        return FilledRow(place, None, problem=_ELSEWHERE) if stray else None
    remarks = {name: text for head, text in row.cells.items() if (name := department_of(head))}
    decision, grade = (_choice(cells.get(name, ""), choices) for name in ("decision", "grade"))
    if decision is None or decision in ("1", "2") or grade not in ("", "1", "2"):
        wrong = cells["grade"] if decision is not None else cells["decision"]
        return FilledRow(place, None, problem=f"{wrong[:60]!r} is none of the choices")
    try:
        key = parse_key(cells.get("key", ""))
    except BadKeyError as error:
        return FilledRow(place, None, problem=str(error))
    return FilledRow(
        place,
        key,
        decision=decision,
        grade=int(grade) if grade else None,
        comment=cells.get("comment", ""),
        who=cells.get("who", ""),
        departments=remarks,
    )


def _choice(text: str, choices: Mapping[str, str]) -> str | None:
    """The name of a choice, "" for an empty cell, None for any other word."""
    if not text:
        return ""
    return next((n for w, n in choices.items() if w.casefold() == text.casefold()), None)


def _import_log(workspace: Workspace, path: Path) -> list[Record]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFileError(f"{path}: is larger than {MAX_BYTES // 1_000_000} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}).") from error
    theirs = parse_log(data, name=str(path))
    if theirs.torn:
        raise UnreadableFileError(f"{path}: its last line is cut off; ask for a whole copy.")
    known = {event.id for event in read_log(workspace.reviews).events}
    fresh = [event for event in theirs.events if event.id not in known]
    record(workspace, *fresh)
    new = {event.id for event in fresh}
    return [
        Outcome(event.id, "stored" if event.id in new else "unchanged", "", (event,)).record()
        for event in theirs.events
    ]


def versions_folder(workspace: Workspace) -> Path:
    """Where frozen tables lie."""
    return workspace.root / "versions"


def next_version(workspace: Workspace) -> int:
    """The first number that neither the log nor the folder uses."""
    numbers = [e.version or 0 for e in read_log(workspace.reviews).events if e.action == "freeze"]
    folder = versions_folder(workspace)
    numbers += [int(p.stem) for p in folder.glob("*.json") if p.stem.isdecimal()]
    return max(numbers, default=0) + 1


def freeze_table(
    workspace: Workspace, table: TraceTable, *, title: str, who: str, selection: str = ""
) -> Event:
    """Keep a table as it is today under the next number; returns the event in the log.

    `selection` says which filters its rows passed.
    """
    now = now_text()
    frozen = FrozenTable(
        version=next_version(workspace),
        title=title or " ".join(filter(None, (table.title, selection))),
        when=now,
        who=who,
        as_of=table.as_of.isoformat(),
        rows=tuple(_frozen_row(row) for row in table.rows),
        selection=selection,
    )
    number, digest = write_version(versions_folder(workspace), frozen)
    event = Event(now, who, "freeze", comment=frozen.title, version=number, via=digest)
    (written,) = record(workspace, event).events
    return written


def _frozen_row(row: Row) -> Record:
    return {
        "item": f"{row.line.document}#{row.line.id}",
        "text": row.line.text,
        "strength": row.line.strength,
        "status": row.line.status,
        "decision": _plain(asdict(row.line.decision)) if row.line.decision else None,
        "follow_up": asdict(row.follow_up) if row.follow_up else None,
        "links": {
            f"{cell.document.id}#{cell.candidate.measure}": _frozen_link(cell) for cell in row.cells
        },
    }


def _frozen_link(cell: MeasureCell) -> Record:
    measure, decision = cell.measure, cell.candidate.decision
    return {
        "title": cell.title or "",
        "grade": cell.candidate.grade,
        "decision": _plain(asdict(decision)) if decision else None,
        "responsible": list(measure.agencies) if measure else [],
        "deadlines": [[d.kind, d.date] for d in measure.deadlines] if measure else [],
        "state": measure.state if measure else "okänd",
        "follow_up": asdict(cell.follow_up) if cell.follow_up else None,
    }


def _plain(record: Record) -> Record:
    """A record as it comes back from JSON, so that equal things compare equal."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in record.items()}


def version_changes(workspace: Workspace, old: int, new: int) -> list[Record]:
    """What differs between two versions, with the departments' comments on the older one."""
    events = read_log(workspace.reviews).events
    digests = {e.version: e.via for e in events if e.action == "freeze"}
    folder = versions_folder(workspace)
    tables = [read_version(folder, number, digest=digests.get(number)) for number in (old, new)]
    remarks = list(_comments_on(events, old))
    changes = [
        {**change, "comments": [r for item, r in remarks if item == change["item"]]}
        for change in compare_tables(*tables)
    ]
    named = {change["item"] for change in changes}
    texts = {str(row["item"]): row["text"] for row in tables[1].rows}
    unchanged = dict.fromkeys(item for item, _ in remarks if item not in named)
    return changes + [
        {"item": item, "change": "unchanged", "text": texts.get(item, ""), "differences": [],
         "comments": [r for name, r in remarks if name == item]}
        for item in unchanged
    ]  # fmt: skip


def _comments_on(events: Sequence[Event], version: int) -> Iterator[tuple[str, Record]]:
    for event in standing_events(events):
        if event.action == "comment" and event.version == version and event.start:
            yield (
                event.start.id,
                {
                    "department": event.department,
                    "who": event.who,
                    "measure": event.end.id if event.end else None,
                    "comment": event.comment,
                },
            )


def table_for_round(found: ReviewedTrace, table: TraceTable, version: int) -> TraceTable:
    """The table of a frozen version: its keys name the version that comments are about."""
    departments = table.review.departments if table.review else ()
    return replace(table, review=_setup(found, departments, version))
