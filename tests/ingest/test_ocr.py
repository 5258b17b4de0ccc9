"""OCR with a stand-in for the program: it hands back a PDF that the test made."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rodtrad.errors import UnreadableFileError
from rodtrad.ingest import read_document
from support.makers import Pdf, make_pdf

TEXT = "Regeringen ger Boverket i uppdrag att kartlägga bostäder."


def scanned(path: Path) -> Path:
    pdf = Pdf(path)
    pdf.picture()
    pdf.page()
    return pdf.save()


def stand_in(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts a program called ocrmypdf on the path."""
    folder.mkdir()
    program = folder / "ocrmypdf"
    program.write_text(f"#!{sys.executable}\nimport shutil, sys\n{body}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a #! line")
def test_scanned_pages_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readable = make_pdf(tmp_path / "read.pdf", [[TEXT]])
    stand_in(tmp_path / "bin", f"shutil.copy({str(readable)!r}, sys.argv[-1])", monkeypatch)
    document = read_document(scanned(tmp_path / "bild.pdf"), ocr=True)
    assert TEXT in document.text
    assert document.get("ocr") == "1"
    assert document.errors == ()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a #! line")
def test_a_failing_program_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path / "bin", "sys.exit('no language swe')", monkeypatch)
    with pytest.raises(UnreadableFileError, match="no language swe"):
        read_document(scanned(tmp_path / "bild.pdf"), ocr=True)


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFileError, match="install ocrmypdf"):
        read_document(scanned(tmp_path / "bild.pdf"), ocr=True)
