"""Options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rodtrad.errors import UsageError, WorkspaceError
from rodtrad.workspace import Workspace, find_workspace, open_workspace


class Language(StrEnum):
    """Languages of tables."""

    SV = "sv"
    EN = "en"


def language_name(value: Language) -> str:
    """ "sv" or "en"."""
    return value.value


WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "-w", "--workspace", help="The workspace folder; default: the nearest one upward from here."
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON Lines, one object a line, instead of a table.")
]
LangOption = Annotated[Language, typer.Option("--lang", help="Language of the table.")]
DoubtfulOption = Annotated[
    bool, typer.Option("--doubtful", help="Print doubtful findings too, each with its reason.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="What counts as today (YYYY-MM-DD)."),
]
DocumentsArgument = Annotated[
    list[str], typer.Argument(metavar="DOC...", help="Document ids, or paths of files.")
]
DocumentArgument = Annotated[str, typer.Argument(metavar="DOC", help="Document id, or a path.")]


def chosen_folder(context: typer.Context, option: Path | None) -> Path | None:
    """The workspace folder given before or after the command's name."""
    given = option if option is not None else context.obj
    return given if isinstance(given, Path) else None


def required_workspace(context: typer.Context, option: Path | None) -> Workspace:
    """The chosen workspace, or the nearest one upward from here.

    Raises:
        WorkspaceError: there is none.
    """
    folder = chosen_folder(context, option)
    return open_workspace(folder) if folder else find_workspace(Path.cwd())


def optional_workspace(context: typer.Context, option: Path | None) -> Workspace | None:
    """The chosen workspace, the nearest one upward from here, or None where there is none."""
    folder = chosen_folder(context, option)
    if folder:
        return open_workspace(folder)
    try:
        return find_workspace(Path.cwd())
    except WorkspaceError:
        return None


def parse_day(value: str | None) -> date:
    """A day written YYYY-MM-DD; today without one.

    Raises:
        UsageError: it is no such day.
    """
    if value is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{value!r} is not a date; write it like 2026-11-22.") from error
