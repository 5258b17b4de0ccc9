"""No command opens a connection by itself, and no code of ours asks for one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from faults.targets import make_workspace

# Runs commands one after the other with a hook that notes whom each talks to.
WATCHED = """
import json, sys
seen = []
def hook(event, arguments):
    if event == "socket.connect":
        seen.append(str(arguments[1]))
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        seen.append(str(arguments[0]))
sys.addaudithook(hook)
from rodtrad.cli.main import run
for command in json.loads(sys.argv[1]):
    seen.clear()
    code = None
    try:
        sys.argv = ["rodtrad", *command]
        run()
    except SystemExit as end:
        code = end.code
    print("noted", json.dumps([command, list(seen), code]), file=sys.stderr)
"""
COMMANDS = (
    ["build", "--force"],
    ["status"],
    ["documents"],
    ["text", "plan"],
    ["sections", "plan"],
    ["entities", "plan"],
    ["recommendations", "lista"],
    ["measures", "plan"],
    ["stances", "plan"],
    ["deadlines"],
    ["search", "vattenbrist"],
    ["trace", "--from", "lista", "--to", "plan", "-o", "ut.html", "-o", "ut.xlsx"],
    ["gaps", "--from", "lista", "--to", "plan"],
    ["compare", "plan", "lista"],
    ["chain", "lista#R1"],
    ["reply", "--from", "lista", "--to", "plan", "-o", "svar.docx"],
    ["review", "list"],
    ["review", "export", "--from", "lista", "--to", "plan", "-o", "granska.xlsx"],
    ["doctor"],
    ["add", "ny.md"],
    ["remove", "ny", "--who", "Anna"],
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kopplingar") / "w"
    make_workspace(folder)
    (folder / "ny.md").write_text("# Ny plan\n\nBoverket ska redovisa uppdraget.\n", "utf-8")
    return folder


def watched(code: str, cwd: Path) -> list[tuple[list[str], list[str], int | None]]:
    # Offline is what conftest asks for; without it the commands must be as quiet.
    env = {k: v for k, v in os.environ.items() if k != "HF_HUB_OFFLINE"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, json.dumps(COMMANDS)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("noted ")]
    assert len(lines) == len(COMMANDS), done.stderr[-3000:]
    return [json.loads(line.removeprefix("noted ")) for line in lines]


def test_no_command_talks_to_anybody(folder: Path) -> None:
    found = watched(WATCHED, folder)
    assert [(command, seen) for command, seen, _ in found if seen] == []
    # A list is no plan to compare with: refused, after both were read.
    refused = [command[0] for command, _, code in found if code not in (0, None)]
    assert refused == ["compare"]


def test_the_hook_sees_a_connection(folder: Path) -> None:
    code = WATCHED.replace(
        "from rodtrad.cli.main import run",
        "import socket\nrun = lambda: socket.socket(socket.AF_UNIX).connect_ex('/x')",
    )
    assert all(seen == ["/x"] for _, seen, _ in watched(code, folder))
