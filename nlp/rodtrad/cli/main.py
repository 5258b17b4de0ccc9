"""The `rodtrad` command: collects the commands and turns our errors into one clear sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from rodtrad import __version__
from rodtrad.cli import (
    add,
    build,
    chain,
    compare,
    deadlines,
    doctor,
    documents,
    entities,
    evaluate,
    gaps,
    init,
    measures,
    push,
    recommendations,
    remove,
    reply,
    review,
    search,
    sections,
    serve,
    stances,
    status,
    text,
    trace,
)
from rodtrad.errors import RodtradError

# In the order a newcomer meets them; each is a function whose docstring is the help.
COMMANDS = (
    init.init,
    add.add,
    remove.remove,
    build.build,
    status.status,
    documents.documents,
    text.text,
    sections.sections,
    entities.entities,
    recommendations.recommendations,
    measures.measures,
    stances.stances,
    deadlines.deadlines,
    search.search,
    trace.trace,
    compare.compare,
    chain.chain,
    gaps.gaps,
    reply.reply,
    serve.serve,
    push.push,
    evaluate.evaluate,
    doctor.doctor,
)


class Group(TyperGroup):
    """Prints our errors as one sentence on stderr, without traceback, and exits with 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command named on the command line."""
        try:
            return super().invoke(ctx)
        except RodtradError as error:
            typer.echo(f"rodtrad: {error}", err=True)
            raise typer.Exit(2) from error
        except KeyboardInterrupt as error:
            typer.echo("rodtrad: avbrutet / interrupted; nothing stored was lost.", err=True)
            raise typer.Exit(130) from error
        except BrokenPipeError as error:
            # The reader (head, less) closed the pipe: that is its right, not our failure.
            sys.stdout = None
            raise typer.Exit(0) from error


def make_app() -> typer.Typer:
    """The command-line application with all commands."""
    app = typer.Typer(
        cls=Group,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="Rödtråd: från rekommendation till åtgärd, med citat i båda ändar.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_global_options)
    for command in COMMANDS:
        app.command()(command)
    app.add_typer(review.make_review_app(), name="review")
    return app


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
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles default to legacy code pages; records are UTF-8 by contract.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    make_app()()
