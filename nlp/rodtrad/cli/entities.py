"""`rodtrad entities`: agencies, deadlines, diarienummer, amounts and references."""

from __future__ import annotations

from typing import Annotated

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


def entities(
    context: typer.Context,
    documents: DocumentsArgument,
    kind: Annotated[
        str | None, typer.Option("--type", metavar="T", help="Only this type, e.g. AGENCY.")
    ] = None,
    doubtful: DoubtfulOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List the entities in documents, each with its place and normalised value."""
    from rodtrad.pipeline.loading import load_documents
    from rodtrad.pipeline.records import entity_records

    found = load_documents(documents, optional_workspace(context, workspace))
    wanted = kind.upper() if kind else None
    records = [
        record
        for document in found
        for record in entity_records(document, doubtful=doubtful)
        if wanted is None or record["type"] == wanted
    ]
    print_or_show("entities", records, as_json=as_json, language=language_name(lang))
