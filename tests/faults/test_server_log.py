"""The server's log says that something failed and where, never what a document or a reader said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.load import ask, free_port
from faults.targets import make_workspace
from rodtrad.pipeline.build import build

NAME, WORDS, QUERY = "Kvastsoparen", "kvastsopares klagomål", "hemligtsokord"
# A server in which everything fails that reads a document, each time with the document's words.
BROKEN = """
import sys
import rodtrad.pipeline.asking as asking, rodtrad.web.library as library
from rodtrad.pipeline.store import read_source, required_manifest
def fails(self, *arguments, **named):
    place = getattr(self, "workspace", None) or named["workspace"]
    manifest = required_manifest(place)
    raise ValueError("bad text: " + read_source(place, manifest.get("brev")))
if "search" in sys.argv[1]:
    asking.Searcher.search = fails
if "trace" in sys.argv[1]:
    library.run_trace = fails
if "document" in sys.argv[1]:
    library.read_artefact = lambda place, record: fails(library, workspace=place)
sys.argv = ["rodtrad", "serve", "--port", sys.argv[2]]
from rodtrad.cli.main import run
run()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logg") / "w"
    place = make_workspace(folder)
    letter = f"# Klagomål\n\n{NAME} i Ystad skriver om {WORDS}.\n"
    (place.corpus / "sources" / "brev.md").write_text(letter, encoding="utf-8")
    build(place)
    return folder


def logged(folder: Path, fails: str, pages: list[str]) -> Iterator[str]:
    """What a server writes while pages are asked for; then the statuses of the pages."""
    port, log = free_port(), folder.parent / f"{fails}.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", BROKEN, fails, str(port)],
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=out,
            stderr=out,
        )
    try:
        for _ in range(600):
            if server.poll() is not None or ask(port, "/stil.css") == 200:
                break
            time.sleep(0.1)
        statuses = [ask(port, page) for page in pages]
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
    yield log.read_text("utf-8")
    yield " ".join(map(str, statuses))


@pytest.mark.skipif(os.name == "nt", reason="ends the server with a signal of Unix")
@pytest.mark.parametrize(
    ("fails", "pages", "wanted"),
    [
        ("document", ["/dokument/brev", f"/dokument/{NAME}", f"/{NAME}"], "500 404 404"),
        ("trace", ["/stil.css"], "200"),
        # What cannot search does not start, and says so.
        ("search", [f"/sok?q={QUERY}"], "0"),
    ],
)
def test_the_log_holds_no_words(folder: Path, fails: str, pages: list[str], wanted: str) -> None:
    log, statuses = logged(folder, fails, pages)
    assert statuses == wanted
    assert " at " in log
    assert log.count("\n") < 6, log
    for word in (NAME, WORDS, QUERY, "bad text", "Ystad"):
        assert word not in log
