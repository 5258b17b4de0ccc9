"""The README's commands and code are run, so that they cannot go stale."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.sv.md")
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> list[tuple[str, str]]:
    return [
        (name, match["body"])
        for name in READMES
        for match in BLOCK.finditer((ROOT / name).read_text(encoding="utf-8"))
        if match["kind"] == kind
    ]


def command_lines() -> list[tuple[str, str]]:
    joined = [(name, body.replace("\\\n", " ")) for name, body in blocks("sh")]
    return [
        (name, line.split("#")[0].strip())
        for name, body in joined
        for line in body.splitlines()
        if line.split("#")[0].strip()
    ]


@pytest.mark.parametrize(("name", "line"), command_lines())
def test_every_command_runs(name: str, line: str, demo: Path, tmp_path: Path) -> None:
    words = shlex.split(line)
    if words[0] == "make":
        targets = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{words[1]}:", targets, re.MULTILINE)
        return
    assert words[0].removeprefix(".venv/bin/") == "rodtrad", f"{name}: {line}"
    arguments = [
        str(tmp_path / w.removeprefix("out/")) if w.startswith("out/") else w for w in words
    ]
    result = subprocess.run(
        [sys.executable, "-m", "rodtrad", *arguments[1:]],
        cwd=demo,
        env=os.environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() or "-o" in words


@pytest.mark.parametrize(("name", "code"), blocks("python"))
def test_every_python_block_runs(
    name: str, code: str, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo)
    exec(compile(code, name, "exec"), {})  # noqa: S102 - our own README


def test_both_readmes_name_the_same_commands() -> None:
    first, second = ([line for n, line in command_lines() if n == name] for name in READMES)
    assert first == second
