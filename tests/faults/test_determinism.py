"""The same documents give the same artefacts, whatever the machine is like."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from faults.crash import state
from faults.seeds import TEXT
from faults.targets import make_workspace
from rodtrad.workspace import open_workspace

SURROUNDINGS: dict[str, dict[str, str]] = {
    "plain locale, early time zone, hash seed 0": {
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "Pacific/Kiritimati",
    },
    "Turkish locale, late time zone, hash seed 4711, one thread": {
        "PYTHONHASHSEED": "4711",
        "LC_ALL": "tr_TR.UTF-8",
        "TZ": "Pacific/Pago_Pago",
        "OMP_NUM_THREADS": "1",
    },
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lika") / "mall"
    make_workspace(folder)
    for number in range(9):
        text = TEXT.replace("nivåer", f"nivåer i län {number}")
        (folder / "corpus" / "sources" / f"svar-{number}.txt").write_text(text, encoding="utf-8")
    shutil.rmtree(folder / "indexes")
    return folder


def built(
    template: Path, folder: Path, env: dict[str, str], *arguments: str, umask: int = 0o22
) -> Any:
    shutil.copytree(template, folder)
    subprocess.run(
        [sys.executable, "-m", "rodtrad", "build", *arguments],
        cwd=folder,
        env={**os.environ, **env, "RODTRAD_CACHE": str(folder.parent / f"cache-{folder.name}")},
        check=True,
        capture_output=True,
        umask=umask,
    )
    return state(open_workspace(folder))


@pytest.fixture(scope="module")
def wanted(template: Path) -> Any:
    return built(template, template.parent / "forst", {})


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_surroundings_change_nothing(
    template: Path, wanted: Any, tmp_path: Path, name: str
) -> None:
    found = built(template, tmp_path / "w", SURROUNDINGS[name])
    assert {k for k in wanted.keys() | found.keys() if wanted.get(k) != found.get(k)} == set()


def test_processes_and_rights_change_nothing(template: Path, wanted: Any, tmp_path: Path) -> None:
    found = built(template, tmp_path / "w", {}, "--jobs", "2", umask=0o77)
    assert {k for k in wanted.keys() | found.keys() if wanted.get(k) != found.get(k)} == set()


def test_the_order_of_arrival_changes_no_document(
    template: Path, wanted: Any, tmp_path: Path
) -> None:
    """Documents that came one by one have the artefacts of those that came together."""
    folder = tmp_path / "w"
    shutil.copytree(template, folder)
    sources = sorted((folder / "corpus" / "sources").iterdir(), reverse=True)
    kept = [(path, path.read_bytes()) for path in sources]
    for path in sources[1:]:
        path.unlink()
    for some in (kept[:3], kept[3:]):
        for path, data in some:
            path.write_bytes(data)
        _build(folder)
    names = {p.name for p in (folder / "indexes" / "documents").iterdir()}
    assert names == {Path(k).name for k in wanted if k.startswith("indexes/documents/")}
    manifest = json.loads((folder / "indexes" / "manifest.json").read_bytes())
    assert [d["id"] for d in manifest["documents"]] == sorted(
        d["id"] for d in manifest["documents"]
    )


def _build(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "rodtrad", "build"], cwd=folder, check=True, capture_output=True
    )
