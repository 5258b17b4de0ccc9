"""`rodtrad remove`: take a document out for good."""

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
    required_workspace,
)
from rodtrad.cli.output import print_or_show, warn


def remove(
    context: typer.Context,
    documents: DocumentsArgument,
    exports: Annotated[
        bool, typer.Option("--exports", help="Delete the saved tables made from it too.")
    ] = False,
    who: Annotated[
        str | None, typer.Option("--who", help="Who removes; default: as for review.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Remove documents: file, catalogue entry, index, caches, and their words in log and versions.

    What is kept is who removed which id and when. Saved tables are named, or deleted with
    --exports. A search server has the documents until the next push. Exit code 1 if words of a
    document were found anywhere afterwards.
    """
    from rodtrad.pipeline.pushjob import server_url
    from rodtrad.pipeline.removing import remove_document
    from rodtrad.pipeline.reviewjob import reviewer_name

    place = required_workspace(context, workspace)
    name = reviewer_name(who)
    records = [remove_document(place, one, who=name, with_exports=exports) for one in documents]
    print_or_show("remove", records, as_json=as_json, language=language_name(lang))
    if not exports:
        for path in dict.fromkeys(path for record in records for path in record["exports"]):
            warn(f"{path}: innehåller ord ur dokumentet; radera filen, eller använd --exports.")
    for taken in [download for record in records for download in record["downloads"]]:
        warn(
            f"{taken['download']}: hämtad från webbsidan {taken['when']} av {taken['who']}; be om "
            "att den raderas."
        )
    if server_url(place):
        warn("sökservern har dokumentet kvar tills 'rodtrad push' har körts.")
    remains = [path for record in records for path in record["remains"]]
    for path in remains:
        warn(f"{path}: här finns fortfarande ord ur dokumentet.")
    if remains:
        raise typer.Exit(1)
