from dataclasses import replace
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodtrad.tables.safety import CELL_LIMIT, plain_text, safe_cell
from rodtrad.tables.writers import write_table
from tables import sample
from tables.test_worddoc import all_text


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("xlsx") / "spårning.xlsx"
    return openpyxl.load_workbook(write_table(sample.table(), path, page="spårning.html"))


def column(book: openpyxl.Workbook, sheet: str, head: str) -> list[object]:
    rows = list(book[sheet].iter_rows(values_only=True))
    place = rows[0].index(head)
    return [row[place] for row in rows[1:]]


def test_the_five_sheets(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Matris", "Lista", "Luckor", "Tidsfrister", "Om"]


@pytest.mark.parametrize(
    ("sheet", "frozen"),
    [("Matris", "E2"), ("Lista", "C2"), ("Luckor", "B2"), ("Tidsfrister", "A2")],
)
def test_heads_stay_in_sight_and_columns_can_be_filtered(
    book: openpyxl.Workbook, sheet: str, frozen: str
) -> None:
    page = book[sheet]
    assert page.freeze_panes == frozen
    # Below the matrix stands what its letters mean.
    assert page.auto_filter.ref == ("A1:G4" if sheet == "Matris" else page.dimensions)
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "landscape"
    assert all(cell.alignment.wrap_text for cell in page[2] if cell.value is not None)
    assert all(dimension.width for dimension in page.column_dimensions.values())


def test_the_list_has_every_pair_with_quotes_at_both_ends(book: openpyxl.Workbook) -> None:
    assert column(book, "Lista", "Nr") == ["5.7", "5.4", "SE-R3-01"]
    assert column(book, "Lista", "Åtgärd") == ["4.3.1", None, "4.4.1"]
    assert column(book, "Lista", "Sannolikhet") == [0.923, None, 0.764]
    quote = str(column(book, "Lista", "Citat ur åtgärden")[0])
    source = " ".join(sample.source_text(sample.PLAN).split())
    assert quote.strip("”") in source
    assert "sammanfattning, ej citat" in str(column(book, "Lista", "Citat ur rekommendationen")[2])
    assert str(column(book, "Lista", "Rubrik")[1]).startswith("Ingen motsvarighet hittad i")


def test_the_matrix_says_grade_and_probability(book: openpyxl.Workbook) -> None:
    rows = list(book["Matris"].iter_rows(values_only=True))
    assert [str(head).split()[0] for head in rows[0][4:]] == ["4.3.1", "4.3.9", "4.4.1"]
    assert [row[4:] for row in rows[1:4]] == [
        ("S 0,92", None, None),
        (None, None, None),
        (None, None, "B 0,76"),
    ]
    assert str(rows[-1][1]).startswith("S = svarar mot rekommendationen")


def test_pages_side_by_side_name_their_rows_and_ids_are_whole(tmp_path: Path) -> None:
    row = sample.table().rows[0]
    line = replace(row.line, id="allmänna-synpunkter-12")
    table = replace(sample.table(), rows=(replace(row, line=line),))
    book = openpyxl.load_workbook(write_table(table, tmp_path / "t.xlsx"))
    assert book["Lista"].print_title_cols == "$A:$B"
    assert book["Lista"].column_dimensions["B"].width >= len(line.id)


def test_a_model_is_never_certain_in_a_cell(tmp_path: Path) -> None:
    row = sample.table().rows[0]
    sure = replace(row.cells[0], candidate=replace(row.cells[0].candidate, probability=0.9998))
    table = replace(sample.table(), rows=(replace(row, cells=(sure,)),))
    book = openpyxl.load_workbook(write_table(table, tmp_path / "t.xlsx"))
    assert book["Matris"]["E2"].value == "S över 0,99"
    (value,) = column(book, "Lista", "Sannolikhet")
    assert value == 0.999
    heads = [cell.value for cell in book["Lista"][1]]
    cell = book["Lista"].cell(row=2, column=heads.index("Sannolikhet") + 1)
    assert cell.number_format == '[>0.99]"över 0,99";[<0.01]"under 0,01";0.00'


@pytest.mark.parametrize("ending", ["docx", "md", "csv"])
def test_remarks_on_a_measure_are_in_every_form(tmp_path: Path, ending: str) -> None:
    path = write_table(sample.table(), tmp_path / f"t.{ending}")
    text = all_text(docx.Document(str(path))) if ending == "docx" else path.read_text("utf-8")
    assert "nämns bland mottagarna men inte i någon av delarna" in text


def test_gaps_and_deadlines_have_sheets_of_their_own(book: openpyxl.Workbook) -> None:
    assert column(book, "Luckor", "Nr") == ["5.4"]
    assert column(book, "Luckor", "Förväntat antal missade samband") == [0.3]
    assert column(book, "Tidsfrister", "Datum")[0] == datetime(2026, 10, 1)
    assert column(book, "Tidsfrister", "Läge")[0] == "passerad, redovisning ej funnen"
    assert column(book, "Tidsfrister", "Anmärkning")[2] == "ligger efter planperiodens slut"


def test_numbers_lead_to_the_place_in_the_page(book: openpyxl.Workbook) -> None:
    link = book["Lista"]["B4"].hyperlink
    assert (link.target, link.location) == ("spårning.html", "r3")


def test_no_clock_is_read(book: openpyxl.Workbook) -> None:
    assert book.properties.modified == datetime(2026, 11, 22)
    assert book.properties.created == datetime(2026, 11, 22)


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    for ending in ("xlsx", "docx"):
        one = write_table(sample.table(), tmp_path / f"a.{ending}").read_bytes()
        other = write_table(sample.table(), tmp_path / f"b.{ending}").read_bytes()
        assert one == other


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+46 8 405 10 00", "-12", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "＝1", "\n=1"],
)
def test_a_text_that_starts_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["4.3.1", "A2025/00637", "”Citat”", "– streck", "", "1 = 1"])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(max_size=200))
def test_no_cell_starts_a_formula_or_breaks_xml(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.lstrip(" \u00a0\ufeff\u200b").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.removeprefix("'") in (plain_text(text), plain_text(text).removeprefix("'"))
    assert not any(ord(c) < 32 and c not in "\t\n\r" for c in cell)


def test_a_long_text_is_cut_where_excel_would_refuse_it() -> None:
    assert len(safe_cell("x" * 40_000)) == CELL_LIMIT
    assert safe_cell("=" + "x" * 40_000).endswith("…")


@settings(max_examples=15)
@given(text=st.text(min_size=1, max_size=80).map(lambda t: "=" + t))
def test_no_sheet_ever_holds_a_formula(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    line = replace(sample.lines()[1], text=text, id=text)
    table = sample.table(title=text)
    table = replace(table, rows=(replace(table.rows[1], line=line),))
    path = write_table(table, tmp_path_factory.mktemp("x") / "x.xlsx")
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_a_marking_stands_on_every_sheet_on_screen_and_on_paper(tmp_path: Path) -> None:
    infos = {**sample.DOCUMENTS, sample.PLAN: replace(sample.DOCUMENTS[sample.PLAN],
                                                      marking="arbetsmaterial")}  # fmt: skip
    path = write_table(sample.table(documents=infos), tmp_path / "märkt.xlsx")
    for sheet in openpyxl.load_workbook(path):
        assert sheet.oddHeader.right.text == "arbetsmaterial"
        assert sheet.oddFooter.right.text == "&P (&N)"
        cells = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
        assert any("arbetsmaterial" in text for text in cells), sheet.title


def test_sheets_without_a_marking_have_no_column_for_it(book: openpyxl.Workbook) -> None:
    heads = [cell.value for sheet in book for cell in sheet[1]]
    assert "Märkning" not in heads


def test_the_last_sheet_names_documents_versions_and_model(tmp_path: Path) -> None:
    infos = {**sample.DOCUMENTS, sample.PLAN: replace(sample.DOCUMENTS[sample.PLAN],
                                                      digest="0123456789abcdef" * 4)}  # fmt: skip
    path = write_table(sample.table(documents=infos), tmp_path / "om.xlsx")
    about = [str(c.value) for row in openpyxl.load_workbook(path)["Om"] for c in row if c.value]
    assert any(t.endswith(f"; {sample.PLAN}; textens SHA-256 börjar 0123456789ab") for t in about)
