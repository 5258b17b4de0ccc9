"""How a group of commands lists them, and what becomes of what goes wrong in one."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from rodtrad.errors import RodtradError


class Command(TyperCommand):
    """Lets an option that may be repeated take several values at once: `--from DOC DOC`.

    Only in a command without arguments of its own, where no value can be meant as one.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line after the command's name."""
        if any(isinstance(parameter, TyperArgument) for parameter in self.params):
            return super().parse_args(ctx, args)
        repeatable = [p for p in self.params if getattr(p, "multiple", False)]
        names = {name for parameter in repeatable for name in parameter.opts}
        return super().parse_args(ctx, list(repeat_options(args, names)))


def repeat_options(arguments: Sequence[str], names: Collection[str]) -> Iterator[str]:
    """The arguments with the option's name written before each value that follows it.

    `--from a b --to c` becomes `--from a --from b --to c`; `--json b` stays as it is.
    """
    option, has_value = None, False
    for argument in arguments:
        if argument.startswith("-"):
            name, sign, _ = argument.partition("=")
            option, has_value = (name if name in names else None), bool(sign)
        elif option and has_value:
            yield option
        else:
            has_value = True
        yield argument


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
