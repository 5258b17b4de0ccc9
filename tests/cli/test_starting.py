"""A command starts without the others: they are neither imported nor described."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rodtrad.cli.main import COMMANDS, make_app, named_command


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["search", "trace"], "search"),
        (["-w", "search", "trace", "--from", "a"], "trace"),
        (["--workspace=here", "build"], "build"),
        (["--help"], None),
        (["review", "list"], None),
        (["sök"], None),
        ([], None),
    ],
)
def test_the_named_command_is_found(arguments: list[str], command: str | None) -> None:
    assert named_command(arguments) == command


def test_one_command_alone_is_the_same_command() -> None:
    alone = make_app("search").registered_commands
    assert [one.callback.__name__ for one in alone if one.callback] == ["search"]
    assert len(make_app().registered_commands) == len(COMMANDS)


def test_other_commands_are_not_imported() -> None:
    code = (
        "import sys; from rodtrad.cli.main import make_app; make_app('search');"
        "print(*[m for m in sys.modules if m.startswith('rodtrad.cli.')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "rodtrad.cli.search" in found.stdout.split()
    assert "rodtrad.cli.trace" not in found.stdout.split()
