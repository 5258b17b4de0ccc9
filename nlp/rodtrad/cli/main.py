"""The `rodtrad` command: collects the commands."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from rodtrad import __version__
from rodtrad.cli.group import Command, Group

_OBJECTS = 100_000
"""New objects after which unused cycles are looked for. Nearly all that a command makes at its
start stays (a search makes 60,000); to look through it takes a twentieth of a search."""

# In the order a newcomer meets them; each is a function of its module whose docstring is the help.
COMMANDS = (
    "init",
    "add",
    "remove",
    "build",
    "status",
    "documents",
    "text",
    "sections",
    "entities",
    "recommendations",
    "measures",
    "stances",
    "deadlines",
    "search",
    "trace",
    "compare",
    "chain",
    "gaps",
    "reply",
    "serve",
    "push",
    "evaluate",
    "train",
    "doctor",
)


def make_app(only: str | None = None) -> typer.Typer:
    """The command-line application with all commands, or with only the one that will be run.

    To import and describe all of them takes a fifth of the time of a search.
    """
    app = typer.Typer(
        cls=Group,
        no_args_is_help=True,
        rich_markup_mode=None,  # rich takes as long to import as all the rest of `--help`
        pretty_exceptions_enable=False,
        help="Rödtråd: från rekommendation till åtgärd, med citat i båda ändar.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_global_options)
    for name in (only,) if only else COMMANDS:
        app.command(cls=Command)(getattr(import_module(f"rodtrad.cli.{name}"), name))
    if only is None:
        from rodtrad.cli.review import make_review_app

        app.add_typer(make_review_app(), name="review")
    return app


def named_command(arguments: Sequence[str]) -> str | None:
    """The command that is named before anything but the workspace; None where none is."""
    rest = iter(arguments)
    for argument in rest:
        if argument in ("-w", "--workspace"):
            next(rest, None)
        elif argument in COMMANDS:
            return argument
        elif not argument.startswith("--workspace="):
            return None
    return None


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rodtrad {__version__}")
        raise typer.Exit()


def _global_options(
    context: typer.Context,
    workspace: Annotated[
        Path | None, typer.Option("-w", "--workspace", help="The workspace folder.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    context.obj = workspace


def run() -> None:
    """Entry point of the installed command."""
    gc.set_threshold(_OBJECTS)
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles default to legacy code pages; records are UTF-8 by contract.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        make_app(named_command(sys.argv[1:]))()
    finally:
        gc.freeze()  # nor is it worth a look at the end
