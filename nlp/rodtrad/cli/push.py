"""`rodtrad push`: put the index on a search server."""

from __future__ import annotations

import typer

from rodtrad.cli.options import (
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    required_workspace,
)
from rodtrad.cli.output import print_or_show, progress_bar, warn


def push(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Put what is built on the search server that rodtrad.toml names.

    Only what changed is sent. May be interrupted and done again: each document is there as it was
    or as it is now. The exit code is 1 where another push changed a document meanwhile.
    """
    from rodtrad.pipeline.pushjob import push as run_push

    with progress_bar() as progress:
        records = run_push(required_workspace(context, workspace), progress=progress)
    print_or_show("push", records, as_json=as_json, language=language_name(lang))
    conflicts = [record["id"] for record in records if record["status"] == "conflict"]
    if conflicts:
        warn(f"{len(conflicts)} dokument ändrades samtidigt av någon annan: {conflicts[0]}.")
        raise typer.Exit(1)
