"""A command starts without the others: they are neither imported nor described."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rodtrad.cli.main import COMMANDS, make_app, named_command
from rodtrad.workspace import init_workspace


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


def modules_after(code: str) -> set[str]:
    """What a fresh interpreter has imported after some code."""
    code += "; import sys; print(*sys.modules, file=sys.stderr)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(found.stderr.split())


def test_other_commands_are_not_imported() -> None:
    found = modules_after("from rodtrad.cli.main import make_app; make_app('search')")
    assert "rodtrad.cli.search" in found
    assert "rodtrad.cli.trace" not in found


@pytest.mark.parametrize("arguments", [["--help"], ["search", "--help"], ["review", "--help"]])
def test_help_imports_neither_what_checks_data_nor_what_draws_tables(arguments: list[str]) -> None:
    code = (
        "from rodtrad.cli.main import make_app, named_command as n; "
        f"make_app(n({arguments}))({arguments}, standalone_mode=False)"
    )
    assert not {"pydantic", "rich.markdown", "numpy", "spacy"} & modules_after(code)


def test_a_search_starts_no_runner_of_jobs(tmp_path: Path) -> None:
    """What runs jobs imports multiprocessing, of which a search that runs none has no need."""
    init_workspace(tmp_path)
    code = (
        "from pathlib import Path; from rodtrad.pipeline.searchjob import encoder_for; "
        "from rodtrad.workspace import open_workspace; "
        f"encoder_for(open_workspace(Path({str(tmp_path)!r})))"
    )
    assert not {"multiprocessing", "pydantic", "faiss", "onnxruntime"} & modules_after(code)


def test_help_tells_every_command_in_a_whole_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    make_app()(["--help"], standalone_mode=False)
    shown = capsys.readouterr().out.partition("Commands:")[2]
    assert "..." not in shown
    assert all(f"\n  {name} " in shown for name in (*COMMANDS, "review"))
