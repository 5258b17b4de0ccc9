"""`rodtrad measures`: what documents order, fund or legislate."""

from __future__ import annotations

import typer

from rodtrad.cli.options import (
    AsOfOption,
    DocumentsArgument,
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    optional_workspace,
    parse_day,
)
from rodtrad.cli.output import print_or_show


def measures(
    context: typer.Context,
    documents: DocumentsArgument,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List the measures in documents: who must act, by when, under which diarienummer."""
    from rodtrad.pipeline.loading import load_documents
    from rodtrad.pipeline.records import measure_records

    day = parse_day(as_of)
    found = load_documents(documents, optional_workspace(context, workspace))
    records = [record for document in found for record in measure_records(document, as_of=day)]
    print_or_show("measures", records, as_json=as_json, language=language_name(lang))
