"""`rodtrad gaps`: what has no answer, or only part of one."""

from __future__ import annotations

import typer

from rodtrad.cli.options import (
    AsOfOption,
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    optional_workspace,
)
from rodtrad.cli.tableoptions import (
    AgencyOption,
    BeforeOption,
    Choice,
    OutputOption,
    PictureOption,
    SharingOption,
    StrengthOption,
    check_outputs,
    chosen_part,
    save_outputs,
)
from rodtrad.cli.trace import FromFileOption, FromOption, ToOption, show_table, traced_table


def gaps(
    context: typer.Context,
    to: ToOption,
    source: FromOption = None,
    from_file: FromFileOption = None,
    output: OutputOption = None,
    strength: StrengthOption = None,
    agency: AgencyOption = None,
    before: BeforeOption = None,
    sharing: SharingOption = False,
    figure: PictureOption = None,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List the recommendations whose status is gap or partly, with what was searched."""
    choice = Choice(("gap", "partly"), tuple(strength or ()), agency, before, sharing)
    check_outputs(output, choice)
    place = optional_workspace(context, workspace)
    whole = traced_table(
        source, to, from_file=from_file, workspace=place, as_of=as_of, language=language_name(lang)
    )
    table = chosen_part(whole, choice)
    save_outputs(table, output, picture=figure, workspace=place)
    show_table(table, as_json=as_json)
