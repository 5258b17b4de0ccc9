"""`rodtrad entities`: agencies, deadlines, diarienummer, amounts and references."""

from __future__ import annotations

from pathlib import Path
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
from rodtrad.cli.output import print_or_show, tell_saved


def entities(
    context: typer.Context,
    documents: DocumentsArgument,
    kind: Annotated[
        str | None, typer.Option("--type", metavar="T", help="Only this type, e.g. AGENCY.")
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", help="Save counts by type as .svg .png .html."),
    ] = None,
    doubtful: DoubtfulOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List the entities in documents, each with its place and normalised value."""
    from rodtrad.pipeline.loading import load_documents
    from rodtrad.pipeline.records import entity_records

    place = optional_workspace(context, workspace)
    found = load_documents(documents, place)
    wanted = kind.upper() if kind else None
    records = [
        record
        for document in found
        for record in entity_records(document, doubtful=doubtful)
        if wanted is None or record["type"] == wanted
    ]
    if output:
        from rodtrad.pipeline.countjob import counts_figure
        from rodtrad.pipeline.exports import note_export
        from rodtrad.tables.picture import write_figure

        kinds = [record["type"] for record in records]
        figure = counts_figure(kinds, found, language=language_name(lang))
        for path in output:
            note_export(place, write_figure(figure, path), [d.id for d in found])
            tell_saved(path, language_name(lang))
    print_or_show("entities", records, as_json=as_json, language=language_name(lang))
