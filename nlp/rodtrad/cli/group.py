"""How a group of commands lists them, and what becomes of what goes wrong in one."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from rodtrad.errors import RodtradError


class Group(TyperGroup):
    """Prints our errors as one sentence on stderr, without traceback, and exits with 2."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands with the whole first sentence of each, which is cut otherwise."""
        names = self.list_commands(ctx)
        commands = [(name, self.get_command(ctx, name)) for name in names]
        with formatter.section("Commands"):
            formatter.write_dl([(n, c.get_short_help_str(limit=200)) for n, c in commands if c])

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
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            reason = error.strerror or type(error).__name__
            typer.echo(f"rodtrad: {place}cannot be read or written ({reason}).", err=True)
            raise typer.Exit(2) from error
