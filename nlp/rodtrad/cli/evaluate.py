"""`rodtrad evaluate`: how good is it, beside plain baselines."""

from __future__ import annotations

from enum import StrEnum
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
from rodtrad.cli.output import print_or_show, progress_bar


class Task(StrEnum):
    """What can be measured."""

    ENTITIES = "entities"
    MEASURES = "measures"
    SEARCH = "search"
    TRACE = "trace"


def evaluate(
    context: typer.Context,
    gold: Annotated[
        Path | None, typer.Option(help="Folder with the gold; default: tests/gold here.")
    ] = None,
    task: Annotated[
        list[Task] | None, typer.Option(help="Only this task; may be given several times.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Measure extraction, search and tracing on judged examples, with counts and baselines."""
    from rodtrad.pipeline.evaluating import evaluate_all

    place = required_workspace(context, workspace)
    with progress_bar() as progress:
        figures = evaluate_all(
            place,
            gold or place.root / "tests" / "gold",
            tasks=[one.value for one in task or list(Task)],
            progress=progress,
        )
    records = [figure.record() for figure in figures]
    print_or_show("evaluate", records, as_json=as_json, language=language_name(lang))
