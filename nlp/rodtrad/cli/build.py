"""`rodtrad build`: make the index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rodtrad.cli.options import (
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    required_workspace,
)
from rodtrad.cli.output import print_or_show, progress_bar, warn


def build(
    context: typer.Context,
    force: Annotated[bool, typer.Option("--force", help="Read everything again.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="How many processes read documents.")] = 1,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Read scanned pages with tesseract, where installed.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Read what is new or changed and bring the index up to date.

    A document that cannot be read is reported and left out; the rest goes on, and the exit code
    is 1.
    """
    from rodtrad.pipeline.build import build as run_build
    from rodtrad.pipeline.build import build_record

    with progress_bar() as progress:
        lines = run_build(
            required_workspace(context, workspace),
            force=force,
            jobs=jobs,
            ocr=ocr,
            progress=progress,
        )
    records = [build_record(line) for line in lines]
    print_or_show("build", records, as_json=as_json, language=language_name(lang))
    failed = [line for line in lines if line.status == "failed" or line.record.status == "partial"]
    for line in failed:
        reason = line.errors[0] if line.errors else "unknown reason"
        warn(reason if Path(line.record.path).name in reason else f"{line.record.path}: {reason}")
    if failed:
        warn(f"{len(failed)} av {len(lines)} dokument kunde inte läsas helt.")
        raise typer.Exit(1)
