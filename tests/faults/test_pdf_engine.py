"""A PDF that crashes or hangs the PDF engine is one document that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.errors import UnreadableFileError
from rodtrad.ingest import pdfprocess, read_document
from rodtrad.pipeline.build import build
from rodtrad.workspace import init_workspace
from support.makers import make_pdf

WORDS = ["Handlingsplan mot vattenbrist", "Myndigheten ska redovisa uppdraget senast 1 mars 2027."]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that fail, and none left from before or for later."""
    monkeypatch.setattr(pdfprocess, "WORKER", "faults.failingworker")
    monkeypatch.setattr(pdfprocess, "_LEAST_SECONDS", 2.0)
    monkeypatch.setattr(pdfprocess, "_IDLE", pdfprocess._Idle())


@pytest.mark.usefixtures("failing")
@pytest.mark.parametrize(("word", "says"), [("krascha", "crashed"), ("fastna", "took too long")])
def test_the_file_is_refused_and_the_next_is_read(tmp_path: Path, word: str, says: str) -> None:
    from rodtrad.settings import Limits

    bad = make_pdf(tmp_path / "dalig.pdf", [WORDS, [word, *WORDS]])
    with pytest.raises(UnreadableFileError, match=rf"dalig\.pdf: the PDF engine {says}"):
        read_document(bad, limits=Limits(seconds=2))
    good = make_pdf(tmp_path / "bra.pdf", [WORDS])
    assert "1 mars 2027" in read_document(good).source


@pytest.mark.usefixtures("failing")
def test_a_build_goes_on(tmp_path: Path) -> None:
    place = init_workspace(tmp_path / "w")
    sources = place.corpus / "sources"
    make_pdf(sources / "a.pdf", [WORDS])
    make_pdf(sources / "b.pdf", [["krascha", *WORDS]])
    make_pdf(sources / "c.pdf", [WORDS])
    statuses = {line.id: line.status for line in build(place)}
    assert statuses == {"a": "built", "b": "failed", "c": "built"}


def test_a_worker_serves_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    monkeypatch.setattr(pdfprocess, "_IDLE", pdfprocess._Idle())
    worker = pdfprocess._Worker

    def counted() -> pdfprocess._Worker:
        started.append(1)
        return worker()

    monkeypatch.setattr(pdfprocess, "_Worker", counted)
    for number in range(5):
        path = make_pdf(tmp_path / f"{number}.pdf", [[f"Plan {number}", *WORDS]])
        assert f"Plan {number}" in read_document(path).source
    (tmp_path / "trasig.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(UnreadableFileError, match="damaged PDF"):
        read_document(tmp_path / "trasig.pdf")
    assert "Plan 0" in read_document(tmp_path / "0.pdf").source
    assert len(started) == 1
