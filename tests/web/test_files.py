"""What leaves the page as a file: the same pictures as elsewhere, markings, names, who took it."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from rodtrad.cli.main import make_app as make_commands
from rodtrad.pipeline.removing import remove_document
from rodtrad.pipeline.reviewfiles import import_decisions
from rodtrad.review.log import read_log
from rodtrad.web.app import make_app
from rodtrad.workspace import Workspace, open_workspace
from web.conftest import BASE, built
from web.forms import page

PAIR = "fran=greta&till=handlingsplan-2026-2028&as_of=2026-11-22"
TRACE = ("trace", "--from", "greta", "--to", "handlingsplan-2026-2028", "--as-of", "2026-11-22")
PICTURES = ("coverage", "areas", "timeline", "network")

OLD = """# Handlingsplan mot vattenbrist 2020

## 1 Uppdrag till Havs- och vattenmyndigheten att mäta grundvattnet

Havs- och vattenmyndigheten ska mäta grundvattnet i hela landet.
Uppdraget ska redovisas till Regeringskansliet senast den 1 oktober 2020,
med utredaren Eva Lindström som kontaktperson (M2020/00123).
"""
NEW = """# Handlingsplan mot vattenbrist 2026

## 1 Uppdrag till Havs- och vattenmyndigheten att mäta grundvattnet

Havs- och vattenmyndigheten ska fortsätta att mäta grundvattnet i hela landet.
Uppdraget ska redovisas till Regeringskansliet senast den 1 oktober 2027,
med utredaren Eva Lindström som kontaktperson (M2020/00123).
"""
LIST = """{"id": "V-1", "text": "Havs- och vattenmyndigheten bör mäta grundvattnet."}
{"id": "V-2", "text": "Regeringen bör förbjuda plast i havet."}
"""
CATALOGUE = """
[[document]]
id = "gammal"
file = "sources/gammal.md"
kind = "handlingsplan"
date = "2020-01"
marking = "sekretess"

[[document]]
id = "ny"
file = "sources/ny.md"
kind = "handlingsplan"
date = "2026-01"

[[document]]
id = "lista"
file = "recommendations/lista.jsonl"
kind = "rekommendationslista"
"""
# Lists, and what each is asked for.
LISTS = ("/sok/export.{}?q=grundvattnet", "/jamfor/export.{}?tidigare=gammal&senare=ny",
         "/kedja/export.{}?post=gammal%231", "/tidsfrister/export.{}?as_of=2026-11-22")  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a marked plan, an open one and a list, built."""
    folder = tmp_path_factory.mktemp("vatten") / "arbete"
    return built(folder, {"gammal.md": OLD, "ny.md": NEW}, LIST, CATALOGUE)


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Workspace:
    """A copy of it for one test."""
    shutil.copytree(made, tmp_path / "arbete")
    return open_workspace(tmp_path / "arbete")


@pytest.fixture
def water(place: Workspace) -> TestClient:
    """A reader of it."""
    return TestClient(make_app(place), base_url=BASE, raise_server_exceptions=False)


def taken(place: Workspace) -> list[dict[str, Any]]:
    lines = (place.root / "exports.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("ending", ["svg", "png", "html"])
def test_the_page_s_pictures_are_those_of_the_command_line(
    reader: TestClient, demo: Path, tmp_path: Path, ending: str
) -> None:
    files = [tmp_path / f"{name}.{ending}" for name in PICTURES]
    outputs = [part for file in files for part in ("-o", str(file))]
    chosen = ("--agency", "Polismyndigheten", "--before", "2027-06-01")
    command = ["-w", str(demo), *TRACE, *chosen, *outputs]
    done = CliRunner().invoke(make_commands(), command)
    assert done.exit_code == 0, done.output
    for name, file in zip(PICTURES, files, strict=True):
        address = (
            f"/sparning/bild/{name}.{ending}?{PAIR}&myndighet=Polismyndigheten&fore=2027-06-01"
        )
        assert reader.get(address).content == file.read_bytes(), name
    counts = tmp_path / f"antal.{ending}"
    command = ["-w", str(demo), "entities", "lagesrapport-25", "-o", str(counts), "--lang", "en"]
    done = CliRunner().invoke(make_commands(), command)
    assert done.exit_code == 0, done.output
    mine = reader.get(f"/dokument/lagesrapport-25/antal.{ending}?lang=en")
    assert mine.content == counts.read_bytes()


def test_the_timeline_of_all_deadlines_is_the_command_s(
    reader: TestClient, demo: Path, tmp_path: Path
) -> None:
    file = tmp_path / "tid.svg"
    command = ["-w", str(demo), "deadlines", "--as-of", "2026-11-22", "-o", str(file)]
    assert CliRunner().invoke(make_commands(), command).exit_code == 0
    mine = reader.get("/tidsfrister/export.svg?as_of=2026-11-22")
    assert mine.content == file.read_bytes()


def test_pictures_stand_on_the_page_with_words_values_and_files(reader: TestClient) -> None:
    address = f"/sparning?{PAIR}&visning=bilder&myndighet=Polismyndigheten"
    tree = page(reader.get(address).text)
    assert tree.xpath("//nav[@class='tabs']//a[@aria-current='page']/text()") == ["Bilder"]
    drawings = tree.xpath("//*[local-name()='svg' and @role='img']")
    assert len(drawings) == len(PICTURES)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for drawing, name in zip(drawings, PICTURES, strict=True):
        label = drawing.get("aria-labelledby").split()
        assert label == [f"{name}-title", f"{name}-description"]
        (section,) = drawing.xpath("ancestor::section[1]")
        assert section.xpath(".//details//table/tbody/tr/th")
        links = section.xpath(".//ul[@class='files']//a/@href")
        assert len(links) == 3
        for link in links:
            assert "myndighet=Polismyndigheten" in link
            answer = reader.get(link)
            assert answer.status_code == 200
            assert "attachment" in answer.headers["content-disposition"]


def test_a_picture_too_large_for_a_page_is_offered_as_a_file(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rodtrad.web.pictures.MOST_SQUARES", 10)
    tree = page(reader.get(f"/sparning?{PAIR}&visning=bilder").text)
    assert len(tree.xpath("//*[local-name()='svg' and @role='img']")) == len(PICTURES) - 1
    assert "för stor att visa" in tree.text_content()
    assert tree.xpath("//a[contains(@href, '/sparning/bild/coverage.svg')]")


def test_a_document_s_entities_are_counted_on_its_page(reader: TestClient) -> None:
    tree = page(reader.get("/dokument/handlingsplan-2026-2028").text)
    (counted,) = tree.xpath("//details[@class='counted']")
    rows = {
        row.xpath("string(th)"): row.xpath("string(td)") for row in counted.xpath(".//tbody/tr")
    }
    twin = reader.get("/dokument/handlingsplan-2026-2028.json").json()["counts"]
    assert rows["myndigheter"] == str(twin["AGENCY"])
    assert sum(map(int, rows.values())) == sum(twin.values())


@pytest.mark.parametrize("address", LISTS)
def test_lists_carry_the_marking_and_lose_marked_documents_for_sharing(
    water: TestClient, address: str
) -> None:
    rows = water.get(address.format("json")).json()
    assert {row["marking"] for row in rows} >= {"sekretess"}
    assert "Märkning" in water.get(address.format("csv")).text.splitlines()[0]
    shared = water.get(f"{address.format('json')}&delning=ja")
    assert shared.status_code == 200
    assert len(shared.json()) < len(rows)
    assert "sekretess" not in shared.text
    book = openpyxl.load_workbook(io.BytesIO(water.get(address.format("xlsx")).content))
    sheet = book.worksheets[0]
    assert sheet.oddHeader.right.text == "sekretess"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("address", LISTS)
def test_names_are_masked_in_every_list(water: TestClient, address: str) -> None:
    plain = water.get(address.format("json")).text
    assert "Lindström" in plain
    for ending in ("json", "csv"):
        words = water.get(f"{address.format(ending)}&namn=dolj").text
        assert "Lindström" not in words, ending
        assert "[namn]" in words
        assert "namn maskerade" in words
    book = openpyxl.load_workbook(
        io.BytesIO(water.get(f"{address.format('xlsx')}&namn=dolj").content)
    )
    cells = [str(c) for row in book.worksheets[0].values for c in row]
    assert not [c for c in cells if "Lindström" in c]


def test_calendar_and_traces_are_handed_on_the_same_way(water: TestClient) -> None:
    pair = "fran=lista&till=gammal&till=ny&as_of=2026-11-22"
    assert "sekretess" in water.get(f"/sparning/export.csv?{pair}").text
    for address in (f"/sparning/export.csv?{pair}&delning=ja",
                    f"/luckor/export.md?{pair}&delning=ja",
                    f"/sparning/bild/network.svg?{pair}&delning=ja",
                    "/tidsfrister.ics?as_of=2026-11-22&delning=ja",
                    "/tidsfrister/export.html?as_of=2026-11-22&delning=ja"):  # fmt: skip
        words = water.get(address).text
        assert "sekretess" not in words, address
        assert "M2020/00123" not in words or "2027" in words, address
    calendar = water.get("/tidsfrister.ics?as_of=2026-11-22").text
    assert "20201001" in calendar
    assert "20201001" not in water.get("/tidsfrister.ics?as_of=2026-11-22&delning=ja").text


def test_the_way_to_hand_on_stays_through_filters_and_tabs(water: TestClient) -> None:
    tree = page(water.get("/sparning?fran=lista&till=ny&namn=dolj&delning=ja").text)
    hidden = {field.get("name"): field.get("value") for field in tree.xpath("//input")}
    assert (hidden["namn"], hidden["delning"]) == ("dolj", "ja")
    for link in tree.xpath("//nav[@class='exports']//a/@href | //nav[@class='tabs']//a/@href"):
        assert "namn=dolj" in link
        assert "delning=ja" in link
    (back,) = tree.xpath("//a[contains(text(), 'Ta med dem')]/@href")
    assert "delning" not in back
    assert "namn=dolj" in back


def test_deadlines_before_a_day_narrow_the_trace(reader: TestClient) -> None:
    found = reader.get(f"/sparning.json?{PAIR}&fore=2027-01-01").json()
    assert 0 < found["shown"] < found["total"]
    files = reader.get(f"/sparning/export.json?{PAIR}&fore=2027-01-01").json()
    assert [line["id"] for line in files] == [line["id"] for line in found["lines"]]


def test_a_file_keeps_only_links_as_likely_as_asked_for(reader: TestClient) -> None:
    records = reader.get(f"/sparning/export.json?{PAIR}&sannolikhet=0.9").json()
    links = [link["probability"] for record in records for link in record["links"]]
    assert links
    assert min(links) >= 0.9


def test_who_took_what_is_remembered_once_a_day_and_told_on_removal(
    water: TestClient, place: Workspace
) -> None:
    for _ in range(2):
        water.get("/sparning/export.xlsx?fran=lista&till=gammal&as_of=2026-11-22")
    water.get("/dokument/ny/antal.svg")
    water.get("/sparning?fran=lista&till=gammal")
    found = [(line["download"], line["who"], line["documents"]) for line in taken(place)]
    assert found == [
        ("sparning-2026-11-22.xlsx", "local", ["gammal", "lista"]),
        ("entiteter.svg", "local", ["ny"]),
    ]
    removed = remove_document(place, "gammal", who="Anna")
    assert [line["download"] for line in removed["downloads"]] == ["sparning-2026-11-22.xlsx"]
    assert removed["exports"] == []


def test_a_folder_that_cannot_be_written_stops_no_file(water: TestClient, place: Workspace) -> None:
    (place.root / "exports.jsonl").mkdir()
    assert water.get("/sparning/export.csv?fran=lista&till=ny").status_code == 200


def test_a_workbook_from_the_page_comes_back_with_decisions(
    water: TestClient, place: Workspace, tmp_path: Path
) -> None:
    data = water.get("/sparning/export.xlsx?fran=lista&till=ny&as_of=2026-11-22").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Granskning"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("Beslut") + 1, "godtas")
    book.save(tmp_path / "ifylld.xlsx")
    outcomes = import_decisions(place, tmp_path / "ifylld.xlsx", who="Bo")
    assert [r["outcome"] for r in outcomes].count("stored") == 1
    (event,) = read_log(place.reviews).events
    assert (event.action, event.who) == ("accept", "Bo")
    shared = water.get("/sparning/export.xlsx?fran=lista&till=ny&delning=ja").content
    assert "Granskning" not in openpyxl.load_workbook(io.BytesIO(shared)).sheetnames
