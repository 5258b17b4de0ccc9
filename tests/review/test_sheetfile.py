import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from rodtrad.errors import UnreadableFileError
from rodtrad.review import sheetfile
from rodtrad.review.sheetfile import read_sheet_rows


def book(path: Path, *rows: Sequence[object], title: str = "Blad") -> Path:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    made.save(path)
    return path


def read(path: Path) -> list[tuple[int, dict[str, str]]]:
    return [(r.number, dict(r.cells)) for r in read_sheet_rows(path, key_heads=["Nyckel"])]


def test_rows_come_with_their_numbers_and_numbers_are_text(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["Nyckel", "Grad"], ["a", 2.0], [None, None], ["b", "1"])
    assert read(path) == [
        (2, {"Nyckel": "a", "Grad": "2"}),
        (4, {"Nyckel": "b", "Grad": "1"}),
    ]


def test_columns_may_change_places_and_other_sheets_are_left_alone(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["Annat"], ["x"])
    made = openpyxl.load_workbook(path)
    sheet = made.create_sheet("Granskning")
    sheet.append(["Beslut", "Nyckel"])
    sheet.append(["godtas", "a"])
    made.save(path)
    assert read(path) == [(2, {"Beslut": "godtas", "Nyckel": "a"})]


def test_a_formula_is_text_and_the_guarding_apostrophe_goes(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["Nyckel", "K"], ["=1+1", "'=cmd"])
    assert read(path) == [(2, {"Nyckel": "=1+1", "K": "=cmd"})]


@pytest.mark.parametrize("mark", [",", ";"])
def test_csv_is_read_too(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Nyckel{mark}K\r\na{mark}å\r\n", encoding="utf-8-sig")
    assert read(path) == [(2, {"Nyckel": "a", "K": "å"})]


def refused(path: Path, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words) as error:
        read(path)
    assert path.name in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "is not a readable"),
        ("a.xlsx", b"PK\x03\x04 not a zip", "is not a readable"),
        ("a.csv", b"\xff\xfe\x00", "not UTF-8"),
        ("a.csv", b"x;y\r\n1;2\r\n", "no sheet has the key column"),
        ("a.ods", b"x", "read from .xlsx"),
    ],
)
def test_what_is_no_list_of_decisions_is_refused(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused(path, words)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    refused(tmp_path / "nej.xlsx", "no such file")


def rewritten(path: Path, member: str, content: bytes) -> Path:
    """The same archive with one member replaced or added."""
    target = path.with_name("b.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
        new.writestr(member, content)
    return target


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet>&b;</worksheet>"""


@pytest.mark.parametrize(
    ("member", "content", "words"),
    [
        (SHEET, BOMB, "declares a document type"),
        (SHEET, BOMB.decode().encode("utf-16"), "declares a document type"),
        ("xl/styles.xml", BOMB, "declares a document type"),
        (SHEET, b"<worksheet><sheetData><row", "is not a readable"),
        (SHEET, b"", "is not a readable"),
        ("xl/workbook.xml", b"<nothing/>", "is not a readable|no sheet has"),
        ("[Content_Types].xml", b"<x/>", "is not a readable"),
    ],
)
def test_a_hostile_or_broken_workbook_is_refused(
    member: str, content: bytes, words: str, tmp_path: Path
) -> None:
    path = book(tmp_path / "a.xlsx", ["Nyckel"], ["a"])
    refused(rewritten(path, member, content), words)


def test_what_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheetfile, "MAX_UNPACKED_BYTES", 100_000)
    path = book(tmp_path / "a.xlsx", ["Nyckel"], ["a"])
    refused(rewritten(path, "xl/media/x.bin", b"\0" * 200_000), "unpacks to more than")


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetfile, "MAX_ROWS", 3)
    path = book(tmp_path / "a.xlsx", ["Nyckel"], *([["a"]] * 5))
    refused(path, "more than 3 rows")


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetfile, "MAX_BYTES", 10)
    refused(book(tmp_path / "a.xlsx", ["Nyckel"]), "larger than")
