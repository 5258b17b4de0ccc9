"""`rodtrad gaps`: what has no answer, or only part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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
from rodtrad.cli.output import print_or_tell
from rodtrad.cli.tableoptions import (
    AgencyOption,
    BeforeOption,
    MaskNamesOption,
    OutputOption,
    PictureOption,
    SharingOption,
    Status,
    StrengthOption,
)
from rodtrad.cli.trace import (
    FromFileOption,
    FromOption,
    ToOption,
    reviewed_trace,
    trace,
)
from rodtrad.errors import UsageError

if TYPE_CHECKING:
    from rodtrad.pipeline.reviewjob import ReviewedTrace

ReverseOption = Annotated[
    bool,
    typer.Option("--reverse", help="The other way: measures no recommendation asked for."),
]


def gaps(
    context: typer.Context,
    to: ToOption,
    source: FromOption = None,
    from_file: FromFileOption = None,
    reverse: ReverseOption = False,
    output: OutputOption = None,
    strength: StrengthOption = None,
    agency: AgencyOption = None,
    before: BeforeOption = None,
    sharing: SharingOption = False,
    mask_names: MaskNamesOption = False,
    figure: PictureOption = None,
    as_of: AsOfOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """List the recommendations whose status is gap or partly, with what was searched.

    With --reverse the measures that none of the recommendations asked for, each with the one that
    came closest.
    """
    if reverse:
        if output or figure or strength or agency or before or sharing or mask_names:
            raise UsageError("--reverse goes with --json and --lang only.")
        place = optional_workspace(context, workspace)
        found = reviewed_trace(source, to, from_file=from_file, workspace=place, as_of=as_of)
        _tell_reverse(found, as_json=as_json, language=language_name(lang))
        return
    trace(
        context,
        to,
        source=source,
        from_file=from_file,
        output=output,
        status=[Status.GAP, Status.PARTLY],
        strength=strength,
        agency=agency,
        before=before,
        sharing=sharing,
        mask_names=mask_names,
        figure=figure,
        as_of=as_of,
        workspace=workspace,
        as_json=as_json,
        lang=lang,
    )


def _tell_reverse(found: ReviewedTrace, *, as_json: bool, language: str) -> None:
    from rodtrad.pipeline.reversejob import reverse_lines, reverse_records

    records = reverse_records(found)
    print_or_tell(records, reverse_lines(records, found, language=language), as_json=as_json)
