"""The reader: what is marked is the very text, entities by type, statements with their links."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from rodtrad.datamodel import Span
from rodtrad.pipeline.build import build
from rodtrad.web import readerview
from rodtrad.web.app import make_app
from rodtrad.web.library import Library
from rodtrad.workspace import Workspace, init_workspace, open_workspace
from support.makers import make_pdf
from web.forms import page

PLAN = "/dokument/handlingsplan-2026-2028"


def test_the_whole_text_is_there_in_order(reader: TestClient, demo: Path) -> None:
    found = Library(open_workspace(demo)).document("handlingsplan-2026-2028")
    shown = reader.get(f"{PLAN}.json").json()
    assert [b["text"] for b in shown["blocks"]] == [
        b.at.of(found.document.text) for b in found.document.blocks
    ]
    text = page(reader.get(PLAN).text).xpath("//div[@class='text']")[0].text_content()
    assert "4.3.4 Uppdrag till Brottsoffermyndigheten" in text


def test_entities_stand_at_their_offsets_and_can_be_chosen(reader: TestClient) -> None:
    shown = reader.get(f"{PLAN}.json").json()
    for block in shown["blocks"]:
        for mention in block["mentions"]:
            start, end = mention["at"]
            assert "".join(block["text"][start:end].split()).startswith(
                mention["surface"].split()[0].rstrip("-\u00ad")[:3]
            )
    everything = page(reader.get(PLAN).text)
    chosen = page(reader.get(PLAN, params={"visa": "DEADLINE"}).text)
    text = "//div[@class='text']//span"
    assert everything.xpath(f"{text}[contains(@class, 'e-AGENCY')]")
    assert not chosen.xpath(f"{text}[contains(@class, 'e-AGENCY')]")
    dates = {e.text_content() for e in chosen.xpath(f"{text}[contains(@class, 'e-DEADLINE')]")}
    assert "den 11 december 2026" in {" ".join(d.split()) for d in dates}


def test_a_list_has_one_mark_and_a_measure_without_a_number_its_title(reader: TestClient) -> None:
    shown = page(reader.get("/dokument/regeringsbeslut-ju2025-01324").text)
    points = shown.xpath("//p[starts-with(normalize-space(), '•')]")
    assert {p.get("class") for p in points} == {"list_item own"}
    (card,) = shown.xpath("//section[@class='card']")
    lines = [p.text_content() for p in card.xpath("p")]
    assert lines[0].startswith("Åtgärd: ")
    assert lines[1].startswith("Uppdrag till Polismyndigheten och Åklagarmyndigheten")


def test_a_slip_of_the_source_is_told_where_it_stands(reader: TestClient) -> None:
    shown = page(reader.get("/dokument/lagesrapport-25").text)
    titles = shown.xpath("//span[normalize-space()='SOU 2023:9']/@title")
    assert any("troligen SOU 2023:97" in title for title in titles)


def test_a_measure_has_its_links_in_the_margin(reader: TestClient) -> None:
    reader.get("/sparning?fran=greta&till=handlingsplan-2026-2028")
    traced = reader.get("/sparning.json?fran=greta&till=handlingsplan-2026-2028").json()
    expected = {(link["measure"], line["id"]) for line in traced["lines"] for link in line["links"]}
    shown = reader.get(f"{PLAN}.json").json()["statements"]
    found = {(s["id"], link["id"]) for s in shown for link in s["links"]
             if link["document"] == "greta"}  # fmt: skip
    assert expected
    assert found == expected


@settings(max_examples=25)
@given(data=st.data())
def test_any_span_is_quoted_byte_for_byte(
    reader: TestClient, demo: Path, data: st.DataObject
) -> None:
    source = Library(open_workspace(demo)).document("lagesrapport-25").document.source
    start = data.draw(st.integers(0, len(source) - 2))
    end = data.draw(st.integers(start + 1, min(len(source), start + 400)))
    shown = reader.get(f"/dokument/lagesrapport-25.json?start={start}&end={end}").json()
    assert shown["quote"] == Span(start, end).of(source)


def test_a_long_document_comes_in_parts(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = reader.get(f"{PLAN}.json").json()
    monkeypatch.setattr(readerview, "PART", 20_000)
    parts = reader.get(f"{PLAN}.json").json()["parts"]
    assert parts > 3
    pieces = [reader.get(f"{PLAN}.json?del={n}").json() for n in range(1, parts + 1)]
    assert [b["text"] for p in pieces for b in p["blocks"]] == [b["text"] for b in whole["blocks"]]
    last = whole["blocks"][-1]
    jumped = reader.get(f"{PLAN}.json?start={last['start']}&end={last['end']}").json()
    assert jumped["part"] == parts
    statements = [s["id"] for p in pieces for s in p["statements"]]
    assert sorted(statements) == sorted(s["id"] for s in whole["statements"])


def test_markup_in_a_document_is_text(writer: TestClient) -> None:
    for address in ("/", "/dokument/notis", "/sok?q=grundvattnet", "/sok?q=Boverket&typ=AGENCY"):
        answer = writer.get(address)
        assert not page(answer.text).xpath("//script[not(@src)]|//img|//@onerror")
        assert "Notis <img src=x onerror=alert(1)>" in page(answer.text).text_content()
    text = page(writer.get("/dokument/notis").text).xpath("//div[@class='text']")[0]
    assert '<script>alert("x")</script>' in text.text_content()
    traced = writer.get("/sparning?fran=lista&till=plan").text
    assert "<b>plast</b>" not in traced
    assert "&lt;b&gt;plast" in traced


def test_a_pdf_page_is_a_picture_beside_its_text(tmp_path: Path) -> None:
    workspace: Workspace = init_workspace(tmp_path / "w")
    make_pdf(workspace.corpus / "sources" / "rapport.pdf", [["Rapport om vatten."], ["Sidan två."]])
    (workspace.corpus / "sources" / "trasig.pdf").write_bytes(b"%PDF-1.4 nothing")
    build(workspace)
    client = TestClient(make_app(workspace), base_url="http://localhost")
    shown = page(client.get("/dokument/rapport/sida/2").text)
    assert "Sidan två." in shown.text_content()
    (picture,) = shown.xpath("//img")
    assert picture.get("alt")
    drawn = client.get(picture.get("src"))
    assert drawn.headers["content-type"] == "image/png"
    assert drawn.content.startswith(b"\x89PNG")
    assert client.get("/dokument/rapport/sida/3.png").status_code == 404
    assert client.get("/dokument/trasig").status_code == 404
    assert "trasig" in client.get("/").text
