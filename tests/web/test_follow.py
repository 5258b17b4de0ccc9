"""Plans compared and chains followed: the library's records, quotes at both ends, files."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from rodtrad.pipeline.chainjob import run_chain
from rodtrad.pipeline.comparejob import run_compare
from rodtrad.tables.wording import date_text
from rodtrad.web.comparepage import Side, doubt
from rodtrad.web.words import page_terms
from rodtrad.workspace import open_workspace
from web.forms import page

OLD, NEW = "handlingsplan-2018", "handlingsplan-2026-2028"
DAY = "as_of=2026-11-22"
PLANS = f"tidigare={OLD}&senare={NEW}&{DAY}"
ITEM = f"post={NEW}%234.4.1&{DAY}"


def twin(client: TestClient, address: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(address).json()
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_comparison_has_the_library_s_own_records(reader: TestClient, demo: Path) -> None:
    own = run_compare(OLD, NEW, workspace=open_workspace(demo), as_of=date(2026, 11, 22))
    pages = twin(reader, f"/jamfor.json?{PLANS}")["pages"]
    found = [
        change
        for number in range(1, pages + 1)
        for change in twin(reader, f"/jamfor.json?{PLANS}&sida={number}")["changes"]
    ]
    assert found == json.loads(json.dumps(own))


def test_the_two_newest_plans_are_compared_when_nobody_has_chosen(reader: TestClient) -> None:
    found = twin(reader, "/jamfor.json")
    assert (found["old"], found["new"]) == (OLD, NEW)
    assert sum(found["outcomes"].values()) == found["total"] > 0


@pytest.mark.parametrize(
    "outcome", ["continued", "changed", "structure", "not mentioned", "unresolved", "new"]
)
def test_an_outcome_narrows_page_and_files(reader: TestClient, outcome: str) -> None:
    address = f"{PLANS}&utfall={outcome.replace(' ', '%20')}"
    found = twin(reader, f"/jamfor.json?{address}")
    open_ones = [change["status"] == "unresolved" for change in found["changes"]]
    change = "not mentioned" if outcome == "unresolved" else outcome
    assert {record["change"] for record in found["changes"]} <= {change}
    assert all(is_open is (outcome == "unresolved") for is_open in open_ones)
    assert found["shown"] == found["outcomes"][outcome]
    saved = reader.get(f"/jamfor/export.json?{address}").json()
    assert len(saved) == found["shown"]
    text = reader.get(f"/jamfor/export.csv?{address}").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text), delimiter=";"))) == found["shown"] + 1


def test_a_change_stands_with_both_quotes_and_what_differs(reader: TestClient) -> None:
    change = twin(reader, f"/jamfor.json?{PLANS}&utfall=changed")["changes"][0]
    tree = page(reader.get(f"/jamfor?{PLANS}&utfall=changed").text)
    article = tree.xpath("//article")[0]
    quotes = ["".join(q.xpath(".//p/text()")) for q in article.xpath(".//blockquote")]
    assert [squeezed(q) for q in quotes] == [squeezed(e["quote"]) for e in change["evidence"]]
    assert len(article.xpath(".//dl[@class='facts']/div")) == len(change["differences"])
    place = article.xpath(".//a[contains(@href, '#plats')]/@href")[0]
    assert page(reader.get(place).text).xpath("//mark[@id='plats']")


@pytest.mark.parametrize("old", ["handlingsplan-2018", "greta"])
def test_what_cannot_be_compared_is_said(reader: TestClient, old: str) -> None:
    found = reader.get(f"/jamfor?tidigare={old}&senare=handlingsplan-2018")
    assert found.status_code == 200
    assert page(found.text).xpath("//div[@role='status']/p")
    saved = reader.get(f"/jamfor/export.json?tidigare={old}&senare=handlingsplan-2018")
    assert saved.json() == []


def test_an_unknown_document_or_item_is_not_found(reader: TestClient) -> None:
    for address in ("/jamfor?tidigare=x&senare=greta", "/kedja?post=x%231",
                    "/kedja?post=greta%23nej", "/kedja?dokument=x"):  # fmt: skip
        assert reader.get(address).status_code == 404


def test_the_chain_is_the_library_s_own(reader: TestClient, demo: Path) -> None:
    own = run_chain(f"{NEW}#4.4.1", workspace=open_workspace(demo), as_of=date(2026, 11, 22))
    found = twin(reader, f"/kedja.json?{ITEM}")
    assert {"hops": found["hops"], "conflicts": found["conflicts"]} == {
        key: json.loads(json.dumps(own))[key] for key in ("hops", "conflicts")
    }


def test_steps_have_quotes_at_both_ends_and_conflicts_both_values(reader: TestClient) -> None:
    found = twin(reader, f"/kedja.json?{ITEM}")
    tree = page(reader.get(f"/kedja?{ITEM}").text)
    steps = tree.xpath("//ol[@class='thread']/li")
    assert len(steps) == len(found["hops"]) > 0
    for step, hop in zip(steps, found["hops"], strict=True):
        quotes = ["".join(q.xpath(".//p/text()")) for q in step.xpath(".//blockquote")]
        assert [squeezed(q) for q in quotes] == [squeezed(e["quote"]) for e in hop["evidence"]]
        assert "Uttrycklig hänvisning" in step.text_content()
        dates = [found["ends"][hop[end]]["date"] for end in ("from", "to")]
        words = step.text_content().replace("\u00a0", " ")
        told = [date_text(day, page_terms("sv")).replace("\u00a0", " ") for day in dates]
        assert all(day in words for day in told)
    rows = tree.xpath("//table[@class='conflicts']//tbody/tr")
    assert len(rows) == len(found["conflicts"]) > 0
    dates = next(r for r in rows if r.xpath("./th/text()") == ["Datum"])
    cells = [" ".join(td.text_content().split()) for td in dates.xpath("./td")]
    assert cells[0] != cells[1]
    assert "1 oktober 2026" in cells[1]


def test_items_to_follow_are_those_of_the_document(reader: TestClient) -> None:
    tree = page(reader.get("/kedja?dokument=greta").text)
    links = tree.xpath("//ul[@class='choices']//a/@href")
    assert len(links) == 17
    assert reader.get(links[3]).status_code == 200


def test_a_chain_becomes_a_workbook_without_formulas(reader: TestClient) -> None:
    data = reader.get(f"/kedja/export.xlsx?{ITEM}")
    assert data.headers["content-disposition"] == 'attachment; filename="kedja-2026-11-22.xlsx"'
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data.content)).worksheets
    rows = list(sheet.values)
    assert len(rows) == len(twin(reader, f"/kedja.json?{ITEM}")["hops"]) + 1
    assert rows[0][0] == "Från"
    assert sheet.freeze_panes == "A2"
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_a_doubtful_pair_is_told_on_the_page_and_in_the_list(reader: TestClient) -> None:
    """Whoever hands on the table must see what is doubtful, and why."""
    changes = reader.get(f"/jamfor/export.json?{PLANS}").json()
    records = changes["records"] if isinstance(changes, dict) else changes
    doubtful = [r for r in records if r["certainty"] == "doubtful"]
    unresolved = [r for r in doubtful if r["status"] == "unresolved"]
    pages = range(1, twin(reader, f"/jamfor.json?{PLANS}")["pages"] + 1)
    shown = "".join(reader.get(f"/jamfor?{PLANS}&sida={n}").text for n in pages)
    listed = reader.get(f"/jamfor/export.csv?{PLANS}").content.decode("utf-8-sig")
    assert 0 < len(unresolved) < len(doubtful)
    for text in (shown, listed):
        assert text.count("Oklart: den senare texten kan tala om det.") == len(unresolved)
        assert text.count("Osäkert: ") == len(doubtful) - len(unresolved)


def test_the_measures_that_are_as_likely_are_named() -> None:
    terms = page_terms("sv")
    later = Side("ny", "sv", {"4.4.1": "Stöd"})
    sure = {"alternatives": [], "certainty": "certain", "status": "resolved"}
    assert doubt(sure, later, terms) is None
    told = doubt(sure | {"alternatives": ["4.4.1"], "certainty": "doubtful"}, later, terms)
    assert told is not None
    assert "4.4.1 Stöd" in told
