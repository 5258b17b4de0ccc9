"""A page over the demonstration corpus, and one over a small workspace that tests may change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rodtrad.pipeline.build import build
from rodtrad.web.app import make_app
from rodtrad.workspace import Workspace, init_workspace, open_workspace

BASE = "http://127.0.0.1:8765"
PLAN = """# Handlingsplan mot vattenbrist

## 1 Uppdrag till Havs- och vattenmyndigheten att mäta grundvattnet

Havs- och vattenmyndigheten ska mäta grundvattnets nivåer i alla län. Uppdraget ska redovisas till
Regeringskansliet senast den 1 oktober 2027 (M2026/00123).

## 2 Uppdrag till Boverket om dagvatten

Boverket ska ta fram en vägledning om dagvatten för kommunerna.
Uppdraget ska redovisas senast den 1 mars 2020.
"""
LIST = """{"id": "V-1", "text": "Mät grundvattnets nivåer i alla län.", "issuer": "Vattenrådet"}
{"id": "V-2", "text": "Förbjud <b>plast</b> i havet.", "issuer": "Vattenrådet"}
"""
NOTE = """En notis

Grundvattnet <script>alert("x")</script> sjunker, skriver Boverket den 3 maj 2026.
"""
CATALOGUE = """
[[document]]
id = "plan"
file = "sources/plan.md"
kind = "handlingsplan"
date = "2026-01"

[[document]]
id = "notis"
file = "sources/notis.txt"
title = "Notis <img src=x onerror=alert(1)>"

[[document]]
id = "lista"
file = "recommendations/lista.jsonl"
kind = "rekommendationslista"
title = "Vattenrådets lista"
"""


def built(folder: Path, sources: Mapping[str, str], listed: str, catalogue: str) -> Path:
    """A built workspace of some texts and a list of recommendations."""
    workspace = init_workspace(folder)
    (workspace.corpus / "recommendations").mkdir()
    for name, text in sources.items():
        (workspace.corpus / "sources" / name).write_text(text, encoding="utf-8")
    (workspace.corpus / "recommendations" / "lista.jsonl").write_text(listed, encoding="utf-8")
    with workspace.catalog.open("a", encoding="utf-8") as file:
        file.write(catalogue)
    assert {line.status for line in build(workspace)} == {"built"}
    return workspace.root


@pytest.fixture(scope="session")
def reader(demo: Path) -> Iterator[TestClient]:
    """A reader of the demonstration corpus."""
    app = make_app(open_workspace(demo))
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small built workspace that is only copied."""
    folder = tmp_path_factory.mktemp("small") / "arbete"
    return built(folder, {"plan.md": PLAN, "notis.txt": NOTE}, LIST, CATALOGUE)


@pytest.fixture
def small(pattern: Path, tmp_path: Path) -> Workspace:
    """A small built workspace of the test's own."""
    shutil.copytree(pattern, tmp_path / "arbete")
    return open_workspace(tmp_path / "arbete")


@pytest.fixture
def writer(small: Workspace) -> TestClient:
    """A reader of the small workspace who may change it; nothing is opened beforehand."""
    return TestClient(
        make_app(small), base_url=BASE, raise_server_exceptions=False, follow_redirects=False
    )
