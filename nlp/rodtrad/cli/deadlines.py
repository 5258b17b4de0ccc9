"""`rodtrad deadlines`: what is due, by when, from whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rodtrad.cli.options import (
    AsOfOption,
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    optional_workspace,
    parse_day,
)
from rodtrad.cli.output import print_or_show, tell_saved
from rodtrad.cli.tableoptions import MaskNamesOption, without_names


def deadlines(
    context: typer.Context,
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DOC...]", help="Document ids or paths; default: all."),
    ] = None,
    agency: Annotated[str | None, typer.Option(help="Only where this agency must act.")] = None,
    before: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only deadlines before this day.")
    ] = None,
    outside: Annotated[
        bool, typer.Option("--outside", help="Also dates the documents give outside measures.")
    ] = False,
    ics: Annotated[Path | None, typer.Option(help="Save as a calendar (.ics).")] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", help="Save the line of time as .svg, .png or .html."),
    ] = None,
    sharing: Annotated[
        bool, typer.Option("--sharing", help="Leave out deadlines from marked documents.")
    ] = False,
    mask_names: MaskNamesOption = False,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List the deadlines of measures, and whether each lies ahead or has passed."""
    from rodtrad.pipeline.deadlinejob import deadline_records, save_calendar, save_timeline
    from rodtrad.pipeline.exports import note_export

    place = optional_workspace(context, workspace)
    day = parse_day(as_of)
    last = parse_day(before) if before else None
    records = deadline_records(
        documents or [],
        place,
        as_of=day,
        agency=agency,
        before=last,
        outside=outside,
        language=language_name(lang),
    )
    if sharing:
        from rodtrad.tables.filters import is_marked

        records = [record for record in records if not is_marked(record.get("marking"))]
    if mask_names:
        records = [*without_names(records, lang)]
    for path in output or ():
        save_timeline(records, path, as_of=day, language=language_name(lang))
    if ics:
        save_calendar(records, ics, language=language_name(lang))
    for path in [*(output or ()), *([ics] if ics else [])]:
        note_export(place, path, sorted({record["document"] for record in records}))
        tell_saved(path, language_name(lang))
    print_or_show("deadlines", records, as_json=as_json, language=language_name(lang))
