"""`rodtrad push`, and `rodtrad search` where only the server holds an index."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from rodtrad.cli.main import make_app
from rodtrad.workspace import init_workspace

SETTINGS = '[search]\nbackend = "postgres"\ncollection = "command"\npartition = "year"\n'


def rodtrad(*arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    result = CliRunner().invoke(make_app(), list(arguments))
    return (
        result.exit_code,
        [json.loads(line) for line in result.stdout.splitlines()],
        result.stderr,
    )


def test_what_is_pushed_is_found_from_a_workspace_without_an_index(
    demo: Path, postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RODTRAD_SEARCH_URL", postgres.get_uri())
    here, elsewhere = tmp_path / "här", tmp_path / "där"
    shutil.copytree(demo, here)
    for folder in (here, init_workspace(elsewhere).root):
        (folder / "rodtrad.toml").write_text(SETTINGS, encoding="utf-8")
    code, records, _ = rodtrad("push", "-w", str(here), "--json")
    assert code == 0
    assert {record["status"] for record in records} == {"loaded"}
    code, records, _ = rodtrad("push", "-w", str(here), "--json")
    assert {record["status"] for record in records} == {"unchanged"}
    code, found, _ = rodtrad("search", "betänketid", "-w", str(elsewhere), "--json", "--limit", "3")
    assert code == 0
    assert [hit["rank"] for hit in found] == [1, 2, 3]
    assert all(len(hit["quote"]) == hit["end"] - hit["start"] for hit in found)


def test_without_an_address_the_remedy_is_named(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RODTRAD_SEARCH_URL", raising=False)
    shutil.copytree(demo, tmp_path / "här")
    code, records, said = rodtrad("push", "-w", str(tmp_path / "här"), "--json")
    assert (code, records) == (2, [])
    assert "RODTRAD_SEARCH_URL" in said
