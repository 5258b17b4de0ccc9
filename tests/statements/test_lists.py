"""Lists of recommendations: the project's own and those a user brings."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.errors import UnreadableFileError
from rodtrad.statements import lists, read_recommendation_list

ROOT = Path(__file__).parents[2]


def test_own_list_has_two_issuers_and_no_quotes() -> None:
    items = read_recommendation_list(ROOT / "corpus/recommendations/greta.json")
    assert len(items) == 17
    assert {i.issuer for i in items if i.id.startswith("SE-CP")} == {"Committee of the Parties"}
    assert {i.issuer for i in items if i.id.startswith("SE-R")} == {"GRETA"}
    assert all(i.quote is None and i.summary == i.text and i.source for i in items)
    assert {i.strength for i in items} == {None, "urge", "consider"}
    assert [i.language for i in items].count("sv") == 5
    assert items[0].articles == ("2", "5")
    assert items[0].theme == "labour exploitation"


ROWS = [{"id": "a1", "text": "Stärk stödet till brottsoffer.", "lang": "", "strength": "Urge"}]


def _csv(path: Path, *, delimiter: str, encoding: str) -> Path:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ROWS[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8")]
)
def test_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = _csv(tmp_path / "list.csv", delimiter=delimiter, encoding=encoding)
    (item,) = read_recommendation_list(path)
    assert (item.id, item.text, item.language) == ("a1", ROWS[0]["text"], "sv")
    assert (item.strength, item.issuer, item.summary, item.quote) == ("urge", "okänd", None, None)
    assert item.document == "list"


def test_jsonl_with_language_and_issuer(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    rows = [
        {"id": 1, "text": "Train the staff.", "issuer": "GRETA"},
        {"id": "2", "text": "Utbilda.", "lang": "sv", "quote": "Utbilda personalen."},
    ]
    path.write_text("\n".join(json.dumps(r) for r in rows) + "\n\n", encoding="utf-8")
    first, second = read_recommendation_list(path)
    assert (first.id, first.language, first.issuer) == ("1", "en", "GRETA")
    assert (second.language, second.quote) == ("sv", "Utbilda personalen.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Introduce mental health screening", "en"),  # no stop word at all
        ("Train social workers", "en"),
        ("Fund training in schools", "en"),  # "in" is a word of both
        ("Protect pupils against online fraud.", "en"),
        ("Utbilda socialsekreterare", "sv"),
        ("Fler platser inom psykiatrin", "sv"),
        ("Öppna data", "sv"),
        ("STÄRK TILLSYNEN", "sv"),
        ("Have Malmö follow Västra Götaland", "en"),  # Swedish letters in a name alone
    ],
)
@pytest.mark.parametrize("usual", ["Skolor bör ge stöd till barn.", "The schools should help."])
def test_a_row_without_language_is_read_by_its_own_words(
    tmp_path: Path, text: str, language: str, usual: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"id;text\n1;{text}\n2;{usual}\n3;{usual}\n", encoding="utf-8")
    assert read_recommendation_list(path)[0].language == language


@pytest.mark.parametrize(
    ("usual", "language"),
    [("Skolor bör ge stöd till barn.", "sv"), ("The schools should help.", "en")],
)
def test_a_row_whose_words_do_not_tell_is_as_most_rows(
    tmp_path: Path, usual: str, language: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"id;text\n1;Plan 2030\n2;{usual}\n", encoding="utf-8")
    assert [item.language for item in read_recommendation_list(path)] == [language, language]


def test_xlsx(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet(index=0)
    sheet.append(["ID", "Text", "lang"])
    sheet.append([1, "Inför en nationell riktlinje.", "sv"])
    sheet.append([None, None, None])
    sheet.append([2.0, "Utbilda domstolarna.", None])
    book.save(tmp_path / "list.xlsx")
    items = read_recommendation_list(tmp_path / "list.xlsx")
    assert [(i.id, i.text) for i in items] == [
        ("1", "Inför en nationell riktlinje."),
        ("2", "Utbilda domstolarna."),
    ]


BAD = [
    pytest.param("a.csv", b"", "is empty", id="empty"),
    pytest.param("a.csv", b"id;text\n", "holds no recommendations", id="only header"),
    pytest.param("a.csv", b"id;words\n1;x\n", "no column 'text'", id="column"),
    pytest.param("a.csv", b"id;text\n1;x\n1;y\n", "row 3 uses the id '1' again", id="twice"),
    pytest.param("a.csv", b"id;text\n1;\n", "row 2 has no text", id="no text"),
    pytest.param("a.csv", b"id;text\n;x\n", "row 2 has no id", id="no id"),
    pytest.param("a.csv", "id;text\n1;å".encode("latin-1"), "is not UTF-8 text", id="latin"),
    pytest.param("a.csv", b"id;text\n1;x\0\n", "is not text", id="nul"),
    pytest.param("a.jsonl", b'{"id": 1}\n', "row 1 has no field 'text'", id="field"),
    pytest.param("a.jsonl", b'{"id": 1,\n', "row 1 is not valid JSON", id="torn"),
    pytest.param("a.jsonl", b"[1]\n", "row 1 must be a JSON object", id="array"),
    pytest.param("a.json", b"{}", "must hold a JSON array", id="object"),
    pytest.param("a.jsonl", b'{"id": 1, "text": "x", "lang": "fi"}', "lang 'fi'", id="finnish"),
    pytest.param("a.txt", b"x", "must be .jsonl, .csv, .xlsx", id="ending"),
    pytest.param("a.xlsx", b"not a workbook", "not a readable .xlsx", id="no workbook"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD)
def test_bad_lists_say_what_is_wrong(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=re.escape(name)) as error:
        read_recommendation_list(path)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read_recommendation_list(tmp_path / "none.csv")
    (tmp_path / "dir.csv").mkdir()
    with pytest.raises(UnreadableFileError, match="not a file"):
        read_recommendation_list(tmp_path / "dir.csv")


def test_workbook_that_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MAX_UNPACKED_BYTES", 1_000_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/1.xml", b"0" * 1_000_001)
    with pytest.raises(UnreadableFileError, match="unpacks to more than"):
        read_recommendation_list(path)


def test_damaged_workbook(tmp_path: Path) -> None:
    path = tmp_path / "half.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x")
    with pytest.raises(UnreadableFileError, match="not a readable"):
        read_recommendation_list(path)


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8),
            st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=60)
            .map(lambda s: " ".join(s.split()))
            .filter(bool),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda row: row[0],
    )
)
def test_jsonl_keeps_ids_and_texts(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("list") / "a.jsonl"
    lines = (json.dumps({"id": i, "text": t}, ensure_ascii=False) for i, t in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [(r.id, r.text) for r in read_recommendation_list(path)] == rows
