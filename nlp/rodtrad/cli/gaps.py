"""`rodtrad gaps`: what has no answer, or only part of one."""

from __future__ import annotations

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
from rodtrad.cli.output import print_records, progress_bar, show
from rodtrad.cli.trace import FromFileOption, FromOption, ToOption
from rodtrad.errors import UsageError


def gaps(
    context: typer.Context,
    to: ToOption,
    source: FromOption = None,
    from_file: FromFileOption = None,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List the recommendations whose status is gap or partly, with what was searched."""
    from dataclasses import replace

    from rodtrad.pipeline.tracejob import run_trace
    from rodtrad.tables.records import trace_record

    if not source and not from_file:
        raise UsageError("say what to trace: --from DOC or --from-file FILE.")
    with progress_bar() as progress:
        traced = run_trace(
            source or [],
            to,
            workspace=optional_workspace(context, workspace),
            as_of=parse_day(as_of),
            from_file=from_file,
            progress=progress,
        )
    wanted = tuple(line for line in traced.lines if line.status in ("gap", "partly"))
    if as_json:
        print_records(trace_record(line) for line in wanted)
        return
    from rodtrad.tables.terminal import render_trace

    show(render_trace(replace(traced, lines=wanted).table(language=language_name(lang))))
