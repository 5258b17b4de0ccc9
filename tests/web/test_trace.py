"""Traces: the library's records, filters that hold for the page and every file alike."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document as WordDocument
from starlette.testclient import TestClient

from rodtrad.pipeline.reviewjob import reviewed
from rodtrad.pipeline.tracejob import run_trace
from rodtrad.tables.records import trace_record
from rodtrad.web.forms import pager
from rodtrad.web.visit import Visit
from rodtrad.workspace import open_workspace
from web.forms import page

PAIR = "fran=greta&till=handlingsplan-2026-2028&as_of=2026-11-22"


def lines(client: TestClient, path: str = "/sparning", **chosen: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{path}.json?{PAIR}", params=None).json()["lines"]
    if chosen:
        query = "&".join(f"{k}={v}" for k, v in chosen.items())
        found = client.get(f"{path}.json?{PAIR}&{query}").json()["lines"]
    return found


def test_the_twin_has_the_library_s_own_records(reader: TestClient, demo: Path) -> None:
    workspace = open_workspace(demo)
    day = date(2026, 11, 22)
    own = run_trace(["greta"], ["handlingsplan-2026-2028"], workspace=workspace, as_of=day)
    expected = [trace_record(line) for line in reviewed(own, workspace).traced.lines]
    assert lines(reader) == json.loads(json.dumps(expected))


@pytest.mark.parametrize("status", ["covered", "partly", "gap", "unresolved"])
def test_status_narrows(reader: TestClient, status: str) -> None:
    everything = {line["id"] for line in lines(reader) if line["status"] == status}
    assert {line["id"] for line in lines(reader, status=status)} == everything


def test_probability_issuer_strength_theme_agency_narrow(reader: TestClient) -> None:
    whole = lines(reader)
    likely = {line["id"] for line in whole if any(k["probability"] >= 0.9 for k in line["links"])}
    assert {line["id"] for line in lines(reader, sannolikhet="0.9")} == likely != set()
    urged = {line["id"] for line in whole if line["strength"] == "consider"}
    assert {line["id"] for line in lines(reader, styrka="consider")} == urged != set()
    tree = page(reader.get(f"/sparning?{PAIR}").text)
    for name in ("utfardare", "tema", "myndighet"):
        values = [v for v in tree.xpath(f"//select[@name='{name}']/option/@value") if v]
        assert values, name
        narrowed = reader.get(
            "/sparning.json",
            params={"fran": "greta", "till": "handlingsplan-2026-2028", name: values[0]},
        ).json()
        assert 0 < narrowed["shown"] <= narrowed["total"]


def test_gaps_are_what_the_trace_calls_open(reader: TestClient) -> None:
    open_ones = {line["id"] for line in lines(reader) if line["status"] != "covered"}
    assert {line["id"] for line in lines(reader, "/luckor")} == open_ones
    partly = {line["id"] for line in lines(reader) if line["status"] == "partly"}
    assert {line["id"] for line in lines(reader, "/luckor", status="partly")} == partly
    assert lines(reader, "/luckor", status="covered") == lines(reader, "/luckor")


def test_both_quotes_stand_side_by_side_with_reasons(reader: TestClient) -> None:
    # GRETA's own are summed up in English, the committee's (SE-CP) in Swedish.
    line = next(x for x in lines(reader) if x["links"] and x["id"].startswith("SE-R"))
    tree = page(reader.get(f"/sparning?{PAIR}&status={line['status']}").text)
    (article,) = tree.xpath(f"//article[.//h3[starts-with(normalize-space(), '{line['id']}')]]")
    quotes = {" ".join(q.text_content().split()) for q in article.xpath(".//blockquote")}
    link = line["links"][0]
    assert " ".join(link["evidence"]["to"]["quote"].split()) in quotes
    assert link["signals"][0] in article.text_content()
    assert article.xpath(".//span[@lang='en']")


@pytest.mark.parametrize("ending", ["xlsx", "docx", "csv", "html", "md", "json"])
def test_a_file_holds_exactly_what_is_shown(reader: TestClient, ending: str) -> None:
    status = lines(reader)[0]["status"]
    shown = {line["id"] for line in lines(reader, status=status)}
    left_out = {line["id"] for line in lines(reader)} - shown
    answer = reader.get(f"/sparning/export.{ending}?{PAIR}&status={status}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="sparning-2026-11-22.{ending}"'
    )
    words = _words(ending, answer.content)
    assert left_out
    assert all(name in words for name in shown)
    assert not [name for name in left_out if name in words]


def _words(ending: str, data: bytes) -> str:
    if ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return " ".join(str(c) for sheet in book for row in sheet.values for c in row if c)
    if ending == "docx":
        document = WordDocument(io.BytesIO(data))
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        return " ".join([*(p.text for p in document.paragraphs), *cells])
    text = data.decode("utf-8-sig").replace("\\", "")
    return " ".join(cell for row in csv.reader(io.StringIO(text)) for cell in row)


def test_the_matrix_has_a_cell_for_every_link(reader: TestClient) -> None:
    tree = page(reader.get(f"/sparning?{PAIR}&visning=matris").text)
    links = sum(len(line["links"]) for line in lines(reader))
    cells = tree.xpath("//table[@class='map']//td/a")
    assert len(cells) == links
    assert all("sannolikhet" in cell.text_content() for cell in cells)
    (row,) = tree.xpath("//table[@class='map']//tr[th/a='SE-R1-04']")
    assert len(row.xpath("./td")) == len(tree.xpath("//table[@class='map']/thead//th")) - 1


def test_deadlines_are_the_library_s_and_make_a_calendar(reader: TestClient) -> None:
    found = reader.get("/tidsfrister.json?as_of=2026-11-22").json()["deadlines"]
    late = [d for d in found if d["measure"] == "4.4.1"]
    assert late[0]["state"] == "passerad, redovisning ej funnen"
    tree = page(reader.get("/tidsfrister?as_of=2026-11-22").text)
    assert len(tree.xpath("//table//tbody/tr")) == len(found)
    line = page(reader.get("/tidsfrister?as_of=2026-11-22&visning=tidslinje").text)
    assert line.xpath("//*[local-name()='svg' and @role='img']")
    police = reader.get(
        "/tidsfrister.json?as_of=2026-11-22&myndighet=Polismyndigheten&fore=2027-01-01"
    )
    assert police.json()["deadlines"]
    for record in police.json()["deadlines"]:
        assert "Polismyndigheten" in record["responsible"]
    calendar = reader.get("/tidsfrister.ics?as_of=2026-11-22&myndighet=Polismyndigheten")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.count("BEGIN:VEVENT") < calendar.text.count("\n")


def test_addresses_keep_language_and_day() -> None:
    here = Visit(
        "en", "/sok", (("q", "å ä"), ("sida", "2")), date(2026, 1, 2), date(2026, 1, 2), ""
    )
    assert here.here(sida=3) == "/sok?q=%C3%A5+%C3%A4&sida=3&lang=en"
    assert here.link("/luckor", fran=["a", "b"]) == "/luckor?fran=a&fran=b&as_of=2026-01-02&lang=en"
    assert here.toggled("slag", "x") == "/sok?q=%C3%A5+%C3%A4&slag=x&lang=en"
    assert "sida=1" in str(pager(here, 2, 3, here.terms))
    assert pager(here, 1, 1, here.terms) is None


@pytest.mark.parametrize("state", ["ahead", "passed"])
def test_deadlines_can_be_narrowed_to_what_lies_ahead(reader: TestClient, state: str) -> None:
    address = f"as_of=2026-11-22&lage={state}"
    whole = reader.get("/tidsfrister.json?as_of=2026-11-22").json()["deadlines"]
    found = reader.get(f"/tidsfrister.json?{address}").json()["deadlines"]
    assert 0 < len(found) < len(whole)
    assert all(d["state"].startswith("passerad") == (state == "passed") for d in found)
    saved = reader.get(f"/tidsfrister/export.json?{address}").json()
    assert saved == found


def test_dates_outside_the_measures_come_when_asked_for(reader: TestClient) -> None:
    address = "as_of=2026-11-22&utanfor=ja"
    found = reader.get(f"/tidsfrister.json?{address}").json()["deadlines"]
    assert any(d["measure"] is None for d in found)
    tree = page(reader.get(f"/tidsfrister?{address}").text)
    assert tree.xpath("//input[@name='utanfor' and @checked]")
    assert len(tree.xpath("//table//tbody/tr")) == len(found)
    assert "None" not in tree.xpath("string(//table//tbody)")
    saved = reader.get(f"/tidsfrister/export.csv?{address}").text
    assert "None" not in saved


@pytest.mark.parametrize(
    ("ending", "start"),
    [("svg", b"<svg"), ("png", b"\x89PNG"), ("xlsx", b"PK"), ("ics", b"BEGIN:VCALENDAR"),
     ("csv", "\ufeffDatum;".encode())],
)  # fmt: skip
def test_deadlines_are_saved_as_they_are_shown(
    reader: TestClient, ending: str, start: bytes
) -> None:
    answer = reader.get(f"/tidsfrister/export.{ending}?as_of=2026-11-22&lage=ahead")
    assert answer.status_code == 200
    assert answer.content.lstrip().startswith(start)
    assert "attachment" in answer.headers["content-disposition"]


def test_files_can_go_without_names(reader: TestClient) -> None:
    words = "Dölj namn på personer i filerna"
    tree = page(reader.get(f"/sparning?{PAIR}").text)
    (link,) = tree.xpath(f"//a[text()='{words}']/@href")
    shown = page(reader.get(link).text)
    for path in ("/sparning", "/luckor"):
        records = reader.get(f"{path}/export.json?{PAIR}&namn=dolj").json()
        assert all(record["masked"] for record in records)
    files = shown.xpath("//nav[@class='exports']//a/@href")
    assert files
    assert all("namn=dolj" in address for address in files)
    assert "masked" not in reader.get(f"/sparning/export.json?{PAIR}").text
