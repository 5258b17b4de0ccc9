"""`rodtrad compare`: what became of an earlier plan's measures in a later one."""

from __future__ import annotations

from typing import Annotated

import typer

from rodtrad.cli.options import (
    AsOfOption,
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    optional_workspace,
    parse_day,
)
from rodtrad.cli.output import print_or_tell, warn
from rodtrad.cli.tableoptions import MaskNamesOption, without_names


def compare(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier plan: id or path.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later plan: id or path.")],
    mask_names: MaskNamesOption = False,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Tell what of an earlier plan continues, changed, became a structure or is not mentioned."""
    from rodtrad.pipeline.comparejob import compare_lines, run_compare

    place = optional_workspace(context, workspace)
    spoken = language_name(lang)
    records = run_compare(
        old, new, workspace=place, as_of=parse_day(as_of), warn=warn, language=spoken
    )
    if mask_names:
        records = without_names(records, lang)
    print_or_tell(records, compare_lines(records, language=spoken), as_json=as_json)
