"""`rodtrad status`: what is stale, failed or suspect."""

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


def status(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List what is new, changed, removed or failed since the last build; nothing if all is well."""
    from rodtrad.pipeline.freshness import status_records

    records = status_records(required_workspace(context, workspace))
    print_or_show("status", records, as_json=as_json, language=language_name(lang))
