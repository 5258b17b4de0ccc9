"""`rodtrad measures`: what documents order, fund or legislate."""

from __future__ import annotations

from typing import Annotated

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
from rodtrad.cli.output import print_or_show, print_or_tell


def measures(
    context: typer.Context,
    documents: DocumentsArgument,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
    versions: Annotated[
        bool,
        typer.Option(
            "--versions",
            help="Print the assignments that the documents have in common: versions, differences.",
        ),
    ] = False,
) -> None:
    """List the measures in documents: who must act, by when, under which diarienummer."""
    from rodtrad.pipeline.loading import load_documents
    from rodtrad.pipeline.records import measure_records, reports_in

    day = parse_day(as_of)
    found = load_documents(documents, optional_workspace(context, workspace))
    if versions:
        from rodtrad.pipeline.assignmentjob import assignment_lines, assignment_records

        common = assignment_records(found, as_of=day)
        lines = assignment_lines(common, language=language_name(lang))
        print_or_tell(common, lines, as_json=as_json)
        return
    reports = reports_in(found, as_of=day)
    records = [
        r for document in found for r in measure_records(document, as_of=day, reports=reports)
    ]
    print_or_show("measures", records, as_json=as_json, language=language_name(lang))
