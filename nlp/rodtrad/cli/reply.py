"""`rodtrad reply`: a template for the reply in English to a monitoring body."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rodtrad.cli.options import AsOfOption, WorkspaceOption, optional_workspace
from rodtrad.cli.output import tell_saved
from rodtrad.cli.tableoptions import (
    AgencyOption,
    BeforeOption,
    Choice,
    MaskNamesOption,
    SharingOption,
    StatusOption,
    StrengthOption,
    check_outputs,
    chosen_part,
)
from rodtrad.cli.trace import FromFileOption, FromOption, ToOption, traced_table
from rodtrad.errors import UsageError


def reply(
    context: typer.Context,
    to: ToOption,
    output: Annotated[Path, typer.Option("-o", "--output", help="Save as .docx.")],
    source: FromOption = None,
    from_file: FromFileOption = None,
    translations: Annotated[
        Path | None,
        typer.Option(help="English titles: .csv with columns measure and title."),
    ] = None,
    status: StatusOption = None,
    strength: StrengthOption = None,
    agency: AgencyOption = None,
    before: BeforeOption = None,
    sharing: SharingOption = False,
    mask_names: MaskNamesOption = False,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """A Word template for the reply in English, recommendation by recommendation.

    It holds what is known, quotes in Swedish, and an empty paragraph for each answer.
    """
    from rodtrad.pipeline.exports import documents_of, note_export
    from rodtrad.tables.reply import read_translations, write_reply

    if output.suffix.lower() != ".docx":
        raise UsageError(f"{output}: the reply is a Word document; let the name end in .docx.")
    choice = Choice(tuple(status or ()), tuple(strength or ()), agency, before, sharing, mask_names)
    check_outputs([output], choice)
    titles = read_translations(translations) if translations else {}
    place = optional_workspace(context, workspace)
    table = traced_table(
        source, to, from_file=from_file, workspace=place, as_of=as_of, language="en"
    )
    write_reply(chosen_part(table, choice), output, translations=titles)
    note_export(place, output, documents_of(table))
    tell_saved(output)
