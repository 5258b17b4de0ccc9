"""The command that opens the page."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from starlette.testclient import TestClient

from rodtrad.web.app import make_app
from rodtrad.workspace import Workspace, open_workspace
from web.conftest import BASE


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--host", "0.0.0.0"], "--token"),  # noqa: S104 - refused
        (["-w", "/finns/inte"], "not a workspace"),
    ],
)
def test_wrong_use_is_one_sentence(options: list[str], words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rodtrad", "serve", *options],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={k: v for k, v in os.environ.items() if k != "RODTRAD_TOKEN"},
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_page_starts_while_the_search_server_is_down(small: Workspace) -> None:
    """What needs no server is shown, and a search says what is wrong in one sentence."""
    settings = small.root / "rodtrad.toml"
    nobody = "postgresql://ingen@127.0.0.1:9/rodtrad"
    before = settings.read_text(encoding="utf-8") if settings.exists() else ""
    server = f'[search]\nbackend = "postgres"\nurl = "{nobody}"\n'
    settings.write_text(f"{before}\n{server}", encoding="utf-8")
    app = make_app(open_workspace(small.root))
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        assert client.get("/").status_code == 200
        answer = client.get("/sok", params={"q": "vatten"})
    assert answer.status_code == 503
    assert "Sökservern svarar inte" in answer.text
    assert "ingen@" not in answer.text
