"""`rodtrad init`: make an empty workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rodtrad.workspace import init_workspace


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the workspace is made.")],
) -> None:
    """Make an empty workspace: a folder with corpus/ and indexes/."""
    workspace = init_workspace(folder)
    typer.echo(f"{workspace.root}: klar. Lägg till dokument med: rodtrad add FIL -w {folder}")
