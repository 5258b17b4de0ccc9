"""Pages that are made when the documentation is built: commands and decisions, from the sources.

A page asks for them with a line of its own: `<!-- commands -->` or `<!-- decisions -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

DECISIONS = Path(__file__).parent.parent / "decisions"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """What MkDocs calls for every page."""
    if "<!-- commands -->" in markdown:
        markdown = markdown.replace("<!-- commands -->", "\n".join(command_lines()))
    if "<!-- decisions -->" in markdown:
        markdown = markdown.replace("<!-- decisions -->", "\n".join(decision_lines()))
    return markdown


def command_lines() -> Iterator[str]:
    """Every command with its arguments and options, as the program itself knows them."""
    from typer.main import get_command

    from rodtrad.cli.main import make_app

    for name, command in all_commands(get_command(make_app())):
        yield f"\n## rodtrad {name}\n"
        yield f"{_sentence(command.help)}\n"
        if getattr(command, "commands", None):
            continue
        yield "| argument or option | meaning |\n|---|---|"
        for parameter in command.params:
            if parameter.name != "help":
                yield f"| {option_names(parameter)} | {_cell(parameter)} |"


def all_commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Name and command, subcommands behind their group."""
    for name, command in group.commands.items():
        yield f"{prefix}{name}", command
        if getattr(command, "commands", None):
            yield from all_commands(command, f"{prefix}{name} ")


def option_names(parameter: Any) -> str:
    """The spellings of an option, or the argument's name as the help writes it."""
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or (parameter.name or '').upper()}`"
    return ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))


def _cell(parameter: Any) -> str:
    words = _sentence(getattr(parameter, "help", None))
    required = " Required." if parameter.required else ""
    descriptor = getattr(parameter, "type_descriptor", None)
    choices = [f"`{one}`" for one in _choices(getattr(descriptor, "annotation", None))]
    among = f" One of {', '.join(choices)}." if choices else ""
    default = parameter.default
    shown = (
        isinstance(default, int | float | str) and not isinstance(default, bool) and default != ""
    )
    told = f" Default: `{getattr(default, 'value', default)}`." if shown else ""
    return f"{words}{required}{among}{told}".replace("|", "\\|")


def _choices(annotation: Any) -> list[str]:
    """The values of a closed choice; none for any other type."""
    inner = next(iter(get_args(annotation)), annotation)
    return [one.value for one in inner] if isinstance(inner, type(StrEnum)) else []


def _sentence(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def decision_lines() -> Iterator[str]:
    """A link to every decision by its title, in order of number."""
    for path in sorted(DECISIONS.glob("*.md")):
        title = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
        yield f"- [{title}](decisions/{path.name})"
