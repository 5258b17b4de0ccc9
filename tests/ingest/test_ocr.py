"""OCR with a stand-in for the program that prints a table of words, and once with the real one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from rodtrad.errors import UnreadableFileError
from rodtrad.ingest import read_document
from rodtrad.pipeline.build import build
from rodtrad.pipeline.freshness import status_records
from rodtrad.pipeline.loading import load_documents
from rodtrad.workspace import Workspace, init_workspace
from support.makers import Pdf, make_pdf

TEXT = "Regeringen ger Boverket i uppdrag att kartlägga bostäder."
HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)
unix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a #! line")
real = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed (tesseract-ocr-swe)"
)


def scanned(path: Path) -> Path:
    pdf = Pdf(path)
    pdf.picture()
    pdf.page()
    return pdf.save()


def table(*words: tuple[str, int]) -> str:
    rows = [
        f"5\t1\t1\t1\t1\t{n}\t{300 * n}\t300\t250\t40\t{confidence}\t{word}"
        for n, (word, confidence) in enumerate(words, start=1)
    ]
    return "\n".join([HEAD, "1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t", *rows])


def stand_in(folder: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts a program called tesseract on the path."""
    folder.mkdir()
    program = folder / "tesseract"
    program.write_text(f"#!{sys.executable}\nimport sys\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@unix
def test_scanned_pages_are_read_and_the_words_keep_their_confidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = table(("Regeringen", 96), ("ger", 91), ("B0verket", 41), ("uppdraget.", 88))
    stand_in(tmp_path / "bin", f"sys.stdout.buffer.write({printed.encode()!r})", monkeypatch)
    document = read_document(scanned(tmp_path / "bild.pdf"), ocr=True)
    assert document.text == "Regeringen ger B0verket uppdraget."
    assert [(document.quote(w.span), w.confidence) for w in document.ocr_words] == [
        ("Regeringen", 96), ("ger", 91), ("B0verket", 41), ("uppdraget.", 88),
    ]  # fmt: skip
    assert document.get("ocr") == "1"
    assert document.get("ocr_confidence") == "79"
    assert document.errors == ()


@unix
def test_a_failing_program_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path / "bin", "sys.exit('no language swe')", monkeypatch)
    with pytest.raises(UnreadableFileError, match="no language swe"):
        read_document(scanned(tmp_path / "bild.pdf"), ocr=True)


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFileError, match="install tesseract-ocr"):
        read_document(scanned(tmp_path / "bild.pdf"), ocr=True)


@unix
def test_a_page_that_ocr_cannot_read_does_not_lose_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path / "bin", "sys.exit('no language swe')", monkeypatch)
    pdf = Pdf(tmp_path / "blandad.pdf")
    pdf.line(TEXT)
    pdf.page()
    pdf.picture()
    pdf.page()
    document = read_document(pdf.save(), ocr=True)
    assert document.text == TEXT
    assert [(e.stage, e.page) for e in document.errors] == [("ocr program", 2)]
    assert "no language swe" in document.errors[0].message


@unix
def test_a_build_reads_by_ocr_what_an_earlier_one_could_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = init_workspace(tmp_path / "arbete")
    (workspace.corpus / "sources" / "svar.md").write_text("Ett svar.\n", encoding="utf-8")
    scanned(workspace.corpus / "sources" / "bild.pdf")
    assert outcome(workspace) == {"svar": "built", "bild": "failed"}
    printed = table(("Regeringen", 96), ("beslutar.", 91))
    stand_in(tmp_path / "bin", f"sys.stdout.buffer.write({printed.encode()!r})", monkeypatch)
    assert outcome(workspace, ocr=True) == {"svar": "unchanged", "bild": "built"}
    assert outcome(workspace) == {"svar": "unchanged", "bild": "unchanged"}
    assert status_records(workspace) == []
    (read,) = load_documents(["bild"], workspace)
    assert (read.document.text, read.document.get("ocr")) == ("Regeringen beslutar.", "1")


def outcome(workspace: Workspace, *, ocr: bool = False) -> dict[str, str]:
    return {line.id: line.status for line in build(workspace, ocr=ocr)}


def photographed(path: Path, source: Path) -> Path:
    """A PDF whose only page is a picture of the first page of another."""
    with pypdfium2.PdfDocument(source) as pdf:
        bitmap = pdf[0].render(scale=150 / 72, grayscale=True)
        size, data = (bitmap.width, bitmap.height), bytes(bitmap.buffer)
        picture = Image.frombytes("L", size, data, "raw", "L", bitmap.stride)
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    return path


@real
def test_a_picture_of_text_is_read_by_the_real_program(tmp_path: Path) -> None:
    lines = [TEXT, "Uppdraget ska redovisas senast den 1 mars 2027 till regeringen."]
    path = photographed(tmp_path / "bild.pdf", make_pdf(tmp_path / "text.pdf", [lines]))
    document = read_document(path, ocr=True)
    assert document.text.split() == " ".join(lines).split()
    assert len(document.ocr_words) == len(" ".join(lines).split())
    assert int(document.get("ocr_confidence") or 0) > 70
