"""Uploads: type by content, name of our own, one sentence when it fails, audit."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rodtrad.errors import UnreadableFileError
from rodtrad.tables.reasons import reason_text
from rodtrad.tables.terms import load_terms
from rodtrad.web.uploading import shown_name, suffix_of
from rodtrad.workspace import Workspace
from support.makers import make_docx, make_pdf
from web.forms import page, send_file

TEXT = "Rapport om vatten\n\nMarkvattnet ska mätas av Boverket senast den 1 maj 2027.\n"


def archive(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, text in files.items():
            packed.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"%PDF-1.7 ...", ".pdf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", ".html"),
        (b"  <HTML><body>", ".html"),
        (TEXT.encode(), ".txt"),
    ],
)
def test_content_decides_the_type(data: bytes, suffix: str) -> None:
    assert suffix_of(io.BytesIO(data)) == suffix


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"\x00\x01", TEXT.encode("latin-1"), b"MZ\x90\x00", b"PK\x03\x04 broken",
     archive(xl__workbook="x"), b"a" * 5000 + b"\x00"],
)  # fmt: skip
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        suffix_of(io.BytesIO(data))


def test_a_word_file_is_known_by_what_it_holds(tmp_path: Path) -> None:
    make_docx(tmp_path / "x.bin")
    with (tmp_path / "x.bin").open("rb") as file:
        assert suffix_of(file) == ".docx"


@pytest.mark.parametrize(
    ("sentence", "swedish"),
    [("x.pdf holds no text; check that it is the right file.",
      "x.pdf innehåller ingen text; kontrollera att det är rätt fil."),
     ("the collection already has this file as plan-2.", "samlingen har redan filen, som plan-2."),
     ("something else.", "something else.")],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_in_swedish(sentence: str, swedish: str) -> None:
    assert reason_text(sentence, load_terms("sv")) == swedish


@pytest.mark.parametrize(
    ("given", "shown"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\y.pdf", "y.pdf"), ("", "dokument"),
     ("a\x00\r\nb.pdf", "ab.pdf"), ("x" * 300, "x" * 120)],
)  # fmt: skip
def test_a_name_is_only_shown(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_a_document_is_read_and_searchable(writer: TestClient, small: Workspace) -> None:
    job = send_file(writer, "../../Årsrapport (slutlig).exe", TEXT.encode())
    assert (job["state"], job["document"]) == ("done", "årsrapport-slutlig")
    assert job["found"]["sections"] >= 0
    assert job["found"]["entities"] > 0
    assert (small.corpus / "sources" / "årsrapport-slutlig.txt").read_text("utf-8") == TEXT
    hits = writer.get("/sok.json?q=markvattnet").json()["hits"]
    assert hits[0]["document"] == "årsrapport-slutlig"
    shown = page(writer.get(f"/lagg-till/{job['id']}").text)
    assert "Klart" in shown.xpath("//*[@role='status']")[0].text_content()
    assert not list(small.indexes.glob(".upload-*"))
    (line,) = (small.root / "audit.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["target"] == "Årsrapport (slutlig).exe"


def test_the_same_name_gets_a_number_the_same_file_is_refused(writer: TestClient) -> None:
    assert send_file(writer, "plan.txt", TEXT.encode())["document"] == "plan-2"
    again = send_file(writer, "annat.txt", TEXT.encode())
    assert again["state"] == "failed"
    assert "plan-2" in again["error"]


def test_a_bad_pdf_adds_nothing_and_says_why(writer: TestClient, small: Workspace) -> None:
    before = small.catalog.read_text("utf-8")
    job = send_file(writer, "trasig.pdf", b"%PDF-1.4\nnothing")
    assert job["state"] == "failed"
    assert job["error"].startswith("trasig.pdf")
    assert str(small.root) not in job["error"]
    assert job["error"].count(".") <= 3
    assert small.catalog.read_text("utf-8") == before
    shown = page(writer.get(f"/lagg-till/{job['id']}").text)
    said = shown.xpath("//*[@role='alert']")[0].text_content()
    assert "trasig.pdf är en skadad PDF; hämta den på nytt" in said
    english = page(writer.get(f"/lagg-till/{job['id']}?lang=en").text)
    assert job["error"] in english.xpath("//*[@role='alert']")[0].text_content()


def test_a_pdf_is_taken_under_any_name(writer: TestClient, tmp_path: Path) -> None:
    pdf = make_pdf(tmp_path / "x.pdf", [["Rapport om vatten.", "Boverket ska redovisa."]])
    assert send_file(writer, "bild.jpg", pdf.read_bytes(), kind="promemoria")["document"] == "bild"
    assert writer.get("/dokument/bild.json").json()["document"]["kind"] == "promemoria"
    assert writer.get("/dokument/bild/sida/1.png").status_code == 200


def test_another_process_writing_is_said(writer: TestClient, small: Workspace) -> None:
    with small.lock():
        job = send_file(writer, "ny.txt", TEXT.encode())
    assert job["state"] == "failed"
    assert "another rodtrad process" in job["error"]
