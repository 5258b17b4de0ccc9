"""`rodtrad recommendations`: what documents ask for."""

from __future__ import annotations

import typer

from rodtrad.cli.options import (
    DocumentsArgument,
    DoubtfulOption,
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    optional_workspace,
)
from rodtrad.cli.output import print_or_show


def recommendations(
    context: typer.Context,
    documents: DocumentsArgument,
    doubtful: DoubtfulOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List the recommendations, proposals and demands in documents."""
    from rodtrad.pipeline.loading import load_documents
    from rodtrad.pipeline.records import recommendation_records

    found = load_documents(documents, optional_workspace(context, workspace))
    records = [
        record
        for document in found
        for record in recommendation_records(document, doubtful=doubtful)
    ]
    print_or_show("recommendations", records, as_json=as_json, language=language_name(lang))
