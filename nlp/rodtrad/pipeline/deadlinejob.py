"""Deadlines over several documents, filtered and sorted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.entities import canonical_name
from rodtrad.errors import UsageError
from rodtrad.pipeline.loading import load_all, load_documents
from rodtrad.pipeline.records import Record, outside_records, reports_in
from rodtrad.pipeline.records import deadline_records as records_of
from rodtrad.tables.wording import last_day
from rodtrad.workspace import Workspace

if TYPE_CHECKING:
    from rodtrad.tables.picture import Figure


def deadline_records(
    names: Sequence[str],
    workspace: Workspace | None,
    *,
    as_of: date,
    agency: str | None = None,
    before: date | None = None,
    outside: bool = False,
    language: str = "sv",
) -> list[Record]:
    """The deadlines of the named documents, or of all, soonest first.

    Args:
        names: document ids or paths; none means the whole workspace.
        workspace: where ids are looked up.
        as_of: what counts as today.
        agency: only deadlines this agency must meet; an acronym or former name will do.
        before: only deadlines whose last possible day is before this one.
        outside: also the dates that documents give outside their measures.
        language: "sv" or "en", for the words that say where a deadline stands.

    Raises:
        UsageError: neither documents nor a workspace.
    """
    if names:
        found = load_documents(names, workspace)
    elif workspace:
        found = load_all(workspace)
    else:
        raise UsageError("name a document, or run this in a workspace.")
    reports = reports_in(found, as_of=as_of)
    wanted = (canonical_name(agency) or agency) if agency else None
    told = [
        record
        for document in found
        for record in (
            *records_of(document, as_of=as_of, language=language, reports=reports),
            *(outside_records(document, as_of=as_of, language=language) if outside else ()),
        )
    ]
    records = [
        record
        for record in told
        if (wanted is None or wanted in record["responsible"]) and _is_before(record, before)
    ]
    return sorted(records, key=lambda record: (_sort_day(record), str(record["measure"] or "")))


def _is_before(record: Record, before: date | None) -> bool:
    day = last_day(str(record["date"]))
    return before is None or (day is not None and day < before)


def _sort_day(record: Record) -> date:
    return last_day(str(record["date"])) or date.max


def save_timeline(
    records: Sequence[Record], path: Path, *, as_of: date, language: str = "sv"
) -> None:
    """Write deadlines as a picture, agency by agency, on a line of time (.svg, .png, .html).

    Raises:
        UsageError: the ending is another one, or the folder does not exist.
    """
    from rodtrad.tables.picture import write_figure

    write_figure(timeline_of(records, as_of=as_of, language=language), path)


def timeline_of(records: Sequence[Record], *, as_of: date, language: str = "sv") -> Figure:
    """Deadlines as the picture that commands, notebooks and pages show."""
    from rodtrad.tables.figures import deadline_timeline
    from rodtrad.tables.filters import is_marked

    marks = {str(r["marking"]) for r in records if is_marked(r.get("marking"))}
    return deadline_timeline(
        records,
        as_of=as_of,
        language="en" if language == "en" else "sv",
        marking=", ".join(sorted(marks)) or None,
        caption=", ".join(dict.fromkeys(str(r["document"]) for r in records)),
    )


def save_calendar(records: Sequence[Record], path: Path, *, language: str = "sv") -> None:
    """Write deadlines as a calendar file.

    Raises:
        UsageError: the ending is not .ics, or the file cannot be written there.
    """
    from rodtrad.tables.calendar import calendar_text
    from rodtrad.tables.outfile import check_place, write_file

    check_place(path, (".ics",))
    text = calendar_text(records, language="en" if language == "en" else "sv")
    write_file(path, text.encode("utf-8"))
