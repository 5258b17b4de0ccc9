"""Dispatch by content, and what a file that cannot be read says."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rodtrad.errors import UnreadableFileError
from rodtrad.ingest import read_document
from rodtrad.settings import Limits
from support.makers import Pdf, make_docx, make_pdf

TEXT = "Regeringen ger myndigheten i uppdrag att redovisa arbetet."


def test_the_content_decides_not_the_ending(tmp_path: Path) -> None:
    pdf = make_pdf(tmp_path / "a.pdf", [[TEXT]]).rename(tmp_path / "a.txt")
    word = make_docx(tmp_path / "b.docx").rename(tmp_path / "b.pdf")
    page = tmp_path / "c.txt"
    page.write_text(f"<!DOCTYPE html><html><body><h1>Beslut</h1><p>{TEXT}</p></body></html>")
    assert len(read_document(pdf).pages) == 1
    assert "Handlingsplan mot vattenbrist" in read_document(word).text
    assert read_document(page).text == f"Beslut\n\n{TEXT}"


def damaged_zip(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"word/document.xml" + b"\x00" * 100)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * 60_000_000)


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("saknas.txt", lambda p: None, "does not exist"),
        ("tom.txt", lambda p: p.write_bytes(b""), "is empty"),
        ("blank.txt", lambda p: p.write_bytes(b" \n\t\n"), "is empty"),
        ("mapp", lambda p: p.mkdir(), "is a folder"),
        ("bild.txt", lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x01\x02" * 9), "binary"),
        ("zip.docx", damaged_zip, "damaged"),
        ("bomb.docx", bomb, "would unpack"),
        ("trasig.pdf", lambda p: p.write_bytes(b"%PDF-1.4\nnothing more"), "damaged PDF"),
        ("stor.txt", lambda p: p.write_bytes(b"x" * 2000), "more than the limit"),
    ],
)
def test_one_sentence_names_the_file_and_the_remedy(
    tmp_path: Path, name: str, make: Callable[[Path], object], says: str
) -> None:
    path = tmp_path / name
    make(path)
    limit = 1000 if name == "stor.txt" else 200_000_000
    with pytest.raises(UnreadableFileError) as caught:
        read_document(path, limits=Limits(file_bytes=limit))
    message = str(caught.value)
    assert str(path) in message
    assert says in message
    assert message.endswith(".")
    assert "\n" not in message


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    pdf = Pdf(tmp_path / "hemlig.pdf", password="x")  # noqa: S106
    pdf.line(TEXT)
    path = pdf.save()
    with pytest.raises(UnreadableFileError, match="encrypted"):
        read_document(path)


def test_too_many_pages_and_characters(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "lang.pdf", [[TEXT]] * 4)
    with pytest.raises(UnreadableFileError, match="4 pages"):
        read_document(path, limits=Limits(pages=3))
    with pytest.raises(UnreadableFileError, match="characters"):
        read_document(path, limits=Limits(characters=60))


def test_the_catalogue_wins_and_every_value_says_where_it_is_from(tmp_path: Path) -> None:
    path = tmp_path / "beslut.txt"
    path.write_text(
        "Uppdrag att mäta regn\n\nDnr: A2025/00637\n\nRegeringen ger SMHI i uppdrag att mäta.\n"
    )
    document = read_document(path, overrides={"title": "Annan titel", "language": "en"})
    origins = {value.name: (value.value, value.origin) for value in document.metadata}
    assert origins["title"] == ("Annan titel", "catalogue")
    assert origins["dnr"] == ("A2025/00637", "document")
    assert document.language == "en"
    span = next(value.span for value in document.metadata if value.name == "dnr")
    assert span is not None
    assert document.quote(span) == "A2025/00637"


def test_the_id_is_the_stem_unless_given(tmp_path: Path) -> None:
    path = tmp_path / "beslut.txt"
    path.write_text(TEXT)
    assert read_document(path).id == "beslut"
    assert read_document(path, document_id="x").id == "x"
