"""`rodtrad doctor`: what is installed, what is missing, and how to mend it."""

from __future__ import annotations

import typer

from rodtrad.cli.options import (
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    optional_workspace,
)
from rodtrad.cli.output import print_or_show


def doctor(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Check packages, encoder, index and optional programs; exit code 1 if anything fails."""
    from rodtrad.pipeline.checkup import checkup_records

    records = checkup_records(optional_workspace(context, workspace))
    print_or_show("doctor", records, as_json=as_json, language=language_name(lang))
    if any(record["status"] == "fails" for record in records):
        raise typer.Exit(1)
