"""`rodtrad trace`: which measures answer which recommendation."""

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
from rodtrad.cli.output import print_records, progress_bar, show, warn
from rodtrad.errors import UsageError

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
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", help="Save as .xlsx .docx .csv .html .md .json."),
    ] = None,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Hold recommendations against measures: links with quotes at both ends, and the gaps.

    --from, --to and -o may be given several times.
    """
    from rodtrad.pipeline.tracejob import run_trace
    from rodtrad.tables.records import trace_record
    from rodtrad.tables.writers import check_ending, write_table

    if not source and not from_file:
        raise UsageError("say what to trace: --from DOC or --from-file FILE.")
    for path in output or ():
        check_ending(path)
    with progress_bar() as progress:
        traced = run_trace(
            source or [],
            to,
            workspace=optional_workspace(context, workspace),
            as_of=parse_day(as_of),
            from_file=from_file,
            progress=progress,
        )
    table = traced.table(language=language_name(lang))
    for path in output or ():
        write_table(table, path)
        warn(f"{path}: sparad.")
    if as_json:
        print_records(trace_record(line) for line in traced.lines)
    else:
        from rodtrad.tables.terminal import render_trace

        show(render_trace(table))
