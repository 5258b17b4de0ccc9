"""`rodtrad stances`: what consultation replies think of proposals."""

from __future__ import annotations

from typing import Annotated

import typer

from rodtrad.cli.options import (
    DocumentsArgument,
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    optional_workspace,
)
from rodtrad.cli.output import print_or_show, print_or_tell


def stances(
    context: typer.Context,
    documents: DocumentsArgument,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
    summary: Annotated[
        bool,
        typer.Option(
            "--summary",
            help="Sum up many replies by proposal; add the referral to see who was silent.",
        ),
    ] = False,
) -> None:
    """List the stances a consultation reply takes, proposal by proposal."""
    from rodtrad.pipeline.loading import load_documents
    from rodtrad.pipeline.records import stance_records

    found = load_documents(documents, optional_workspace(context, workspace))
    if summary:
        from rodtrad.pipeline.consultationjob import summary_lines, summary_records

        summed = summary_records(found)
        lines = summary_lines(summed, language=language_name(lang))
        print_or_tell(summed, lines, as_json=as_json)
        return
    records = [record for document in found for record in stance_records(document)]
    print_or_show("stances", records, as_json=as_json, language=language_name(lang))
