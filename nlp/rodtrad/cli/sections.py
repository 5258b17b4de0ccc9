"""`rodtrad sections`: the headings of a document."""

from __future__ import annotations

import typer

from rodtrad.cli.options import (
    DocumentArgument,
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    optional_workspace,
)
from rodtrad.cli.output import print_or_show


def sections(
    context: typer.Context,
    document: DocumentArgument,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List the sections of a document with their place in the source text."""
    from rodtrad.pipeline.loading import load_documents
    from rodtrad.pipeline.records import section_records

    found = load_documents([document], optional_workspace(context, workspace))
    records = [record for document in found for record in section_records(document)]
    print_or_show("sections", records, as_json=as_json, language=language_name(lang))
