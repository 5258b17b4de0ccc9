"""A running page and a real Chromium; skipped where there is none, but never in CI."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from rodtrad.web.app import make_app
from rodtrad.web.serving import PatientProtocol
from rodtrad.workspace import open_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Milliseconds to wait for the page: a busy machine is no fault of it.
PATIENCE = 120_000


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def _require(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; CI needs it.")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if CHROMIUM is None:
        _require("Chromium is not installed")
    if find_spec("playwright") is None:
        _require("playwright is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync",
                  "--disable-background-networking", "--disable-component-update"],
        )  # fmt: skip
        yield opened
        opened.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a page over a workspace, while the context lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            make_app(open_workspace(folder)), http=PatientProtocol, ws="none", log_level="error"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="session")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page over a copy of the demonstration corpus."""
    folder = tmp_path_factory.mktemp("site") / "arbete"
    shutil.copytree(demo, folder)
    with served(folder) as address:
        yield address


@pytest.fixture
def tab(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh tab; anything the browser complains about fails the test."""
    context = browser.new_context(
        base_url=site, viewport={"width": 1300, "height": 900}, accept_downloads=True
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Security Policy" in said.text else None,
    )
    yield page
    context.close()
    assert not complaints
