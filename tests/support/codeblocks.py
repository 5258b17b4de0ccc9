"""Code blocks of Markdown pages, and how they are run in the tests."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
_BLOCK = re.compile(
    r'^```(?P<kind>\w*)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL
)
# Commands that run until they are stopped, or need a server: only their arguments are read.
_NOT_RUN = ("serve", "push", "train")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file it stands for, its text, where it is."""

    kind: str
    title: str | None
    body: str
    place: str


def blocks_of(page: Path) -> list[Block]:
    """The blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            match["kind"],
            match["title"],
            match["body"],
            f"{page.name}:{text.count(chr(10), 0, match.start()) + 1}",
        )
        for match in _BLOCK.finditer(text)
    ]


def command_lines(block: Block) -> Iterator[list[str]]:
    """The words of each command of a shell block, comments left out."""
    for line in block.body.replace("\\\n", " ").splitlines():
        if words := shlex.split(line, comments=True):
            yield [words[0].removeprefix(".venv/bin/"), *words[1:]]


def run_block(block: Block, names: dict[str, Any]) -> None:
    """Run a block in the current folder; `names` are those of the page's Python blocks."""
    if block.title:
        Path(block.title).write_text(block.body, encoding="utf-8")
    elif block.kind == "sh":
        for words in command_lines(block):
            run_command(words, block.place)
    elif block.kind == "python":
        exec(compile(block.body, block.place, "exec"), names)  # noqa: S102 - our own pages
    elif block.kind == "toml":
        assert tomllib.loads(block.body)
    elif block.kind == "json":
        assert json.loads(block.body)
    else:
        raise AssertionError(f"{block.place}: a block of kind {block.kind!r} is not run")


def run_command(words: list[str], place: str) -> None:
    """Run `rodtrad …` in this process; of `make TARGET` see that the target exists."""
    if words[0] == "make":
        targets = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{words[1]}:", targets, re.MULTILINE), place
        return
    assert words[0] == "rodtrad", f"{place}: {words}"
    from typer.main import get_command
    from typer.testing import CliRunner

    from rodtrad.cli.main import make_app

    if words[1] in _NOT_RUN:
        group: Any = get_command(make_app())
        group.commands[words[1]].make_context(words[1], words[2:])
        return
    result = CliRunner().invoke(make_app(), words[1:])
    assert result.exit_code == 0, f"{place}: {words}\n{result.output}\n{result.exception!r}"
