"""`rodtrad chain`: from a recommendation to measure, assignment, report and replies."""

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
    parse_day,
    required_workspace,
)
from rodtrad.cli.output import print_or_tell
from rodtrad.cli.tableoptions import MaskNamesOption, without_names


def chain(
    context: typer.Context,
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help="DOCUMENT#ID of a recommendation or measure.")
    ],
    mask_names: MaskNamesOption = False,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Follow an item through the documents, with evidence at every step and conflicts shown."""
    from rodtrad.pipeline.chainjob import chain_lines, run_chain

    place = required_workspace(context, workspace)
    record = run_chain(item, workspace=place, as_of=parse_day(as_of))
    if mask_names:
        (record,) = without_names([record], lang)
    print_or_tell(
        [dict(record)], chain_lines(record, language=language_name(lang)), as_json=as_json
    )
