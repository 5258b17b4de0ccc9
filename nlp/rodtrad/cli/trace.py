"""`rodtrad trace`: which measures answer which recommendation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from rodtrad.cli.output import print_records, progress_bar, show, warn
from rodtrad.cli.tableoptions import (
    AgencyOption,
    BeforeOption,
    Choice,
    MaskNamesOption,
    OutputOption,
    PictureOption,
    SharingOption,
    StatusOption,
    StrengthOption,
    check_outputs,
    chosen_part,
    save_outputs,
)
from rodtrad.errors import UsageError

if TYPE_CHECKING:
    from rodtrad.pipeline.reviewjob import ReviewedTrace
    from rodtrad.tables.traceview import TraceTable
    from rodtrad.workspace import Workspace

FromOption = Annotated[
    list[str] | None,
    typer.Option("--from", metavar="DOC", help="Documents or lists with recommendations."),
]
ToOption = Annotated[
    list[str], typer.Option("--to", metavar="DOC", help="Documents with measures.")
]
FromFileOption = Annotated[
    Path | None,
    typer.Option(help="Your own list: .jsonl, .csv or .xlsx with columns id and text."),
]


def trace(
    context: typer.Context,
    to: ToOption,
    source: FromOption = None,
    from_file: FromFileOption = None,
    output: OutputOption = None,
    status: StatusOption = None,
    strength: StrengthOption = None,
    agency: AgencyOption = None,
    before: BeforeOption = None,
    sharing: SharingOption = False,
    mask_names: MaskNamesOption = False,
    figure: PictureOption = None,
    as_of: AsOfOption = None,
    jobs: Annotated[
        int, typer.Option(min=1, help="How many processes compare more than 256 recommendations.")
    ] = 1,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Hold recommendations against measures: links with quotes at both ends, and the gaps.

    --from, --to and -o take one value or several. What people decided with `rodtrad review` beats
    the model and says so.
    """
    choice = Choice(tuple(status or ()), tuple(strength or ()), agency, before, sharing, mask_names)
    check_outputs(output, choice)
    place = optional_workspace(context, workspace)
    whole = traced_table(
        source,
        to,
        from_file=from_file,
        workspace=place,
        as_of=as_of,
        jobs=jobs,
        language=language_name(lang),
    )
    table = chosen_part(whole, choice)
    save_outputs(table, output, picture=figure, workspace=place)
    show_table(table, as_json=as_json)


def traced_table(
    source: list[str] | None,
    to: list[str],
    *,
    from_file: Path | None,
    workspace: Workspace | None,
    as_of: str | None,
    language: str,
    jobs: int = 1,
) -> TraceTable:
    """The table of a trace with what people decided.

    Raises:
        UsageError: nothing is named to trace.
    """
    from rodtrad.pipeline.reviewfiles import reviewed_table

    found = reviewed_trace(
        source, to, from_file=from_file, workspace=workspace, as_of=as_of, jobs=jobs
    )
    return reviewed_table(found, language=language, can_review=workspace is not None)


def reviewed_trace(
    source: list[str] | None,
    to: list[str],
    *,
    from_file: Path | None,
    workspace: Workspace | None,
    as_of: str | None,
    jobs: int = 1,
) -> ReviewedTrace:
    """A trace with what people decided laid over it.

    Raises:
        UsageError: nothing is named to trace.
    """
    from rodtrad.pipeline.reviewjob import reviewed, torn_bytes
    from rodtrad.pipeline.tracejob import run_trace

    if not source and not from_file:
        raise UsageError("say what to trace: --from DOC or --from-file FILE.")
    day = parse_day(as_of)
    with progress_bar() as progress:
        traced = run_trace(
            source or [],
            to,
            workspace=workspace,
            as_of=day,
            from_file=from_file,
            jobs=jobs,
            progress=progress,
        )
    if workspace and torn_bytes(workspace):
        warn(f"{workspace.reviews}: sista raden är avbruten; nästa beslut lägger undan den.")
    return reviewed(traced, workspace)


def show_table(table: TraceTable, *, as_json: bool) -> None:
    """The table for a person, or its records as JSON Lines."""
    if as_json:
        from rodtrad.tables.textformats import table_records

        print_records(table_records(table))
        return
    from rodtrad.tables.terminaltrace import render_trace

    show(render_trace(table))
