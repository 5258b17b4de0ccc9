"""`rodtrad documents`: what the index holds."""

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
from rodtrad.cli.output import print_or_show


def documents(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List the documents of the workspace."""
    from rodtrad.pipeline.records import document_records

    records = document_records(required_workspace(context, workspace))
    print_or_show("documents", records, as_json=as_json, language=language_name(lang))
