"""Every page: HTML that assistive technology can use, nothing inline, and its JSON twin."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rodtrad.web.app import make_app
from rodtrad.workspace import init_workspace
from web.conftest import BASE
from web.forms import page

PAGES = (
    "/",
    "/sok",
    "/sok?q=bet%C3%A4nketid",
    "/sok?q=qwertyzxcv",
    "/dokument/handlingsplan-2026-2028",
    "/dokument/greta",
    "/sparning?fran=greta&till=handlingsplan-2026-2028",
    "/sparning?visning=matris",
    "/luckor",
    "/tidsfrister",
    "/tidsfrister?visning=tidslinje",
    "/jamfor",
    "/jamfor?tidigare=handlingsplan-2018&senare=handlingsplan-2018",
    "/kedja",
    "/kedja?post=handlingsplan-2026-2028%234.4.1",
    "/granska",
    "/lagg-till",
    "/tillganglighet",
)


def with_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def twin(address: str) -> str:
    path, mark, query = address.partition("?")
    return f"{'/index' if path == '/' else path}.json{mark}{query}"


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_landmarks_headings_labels(
    reader: TestClient, address: str, language: str
) -> None:
    answer = reader.get(with_language(address, language))
    assert answer.status_code == 200
    tree = page(answer.text)
    assert tree.get("lang") == language
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == 1
    assert tree.xpath("//body/*[1][self::a and @href='#main']")
    assert tree.xpath("//header//nav[@aria-label]")
    assert tree.xpath("//footer")
    levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for control in tree.xpath("//select|//textarea|//input[not(@type='hidden')]"):
        named = control.xpath("ancestor::label") or tree.xpath(
            "//label[@for=$i]", i=control.get("id")
        )
        assert named, control.get("name")
    assert all(head.get("scope") for head in tree.xpath("//th"))
    assert not [a for a in tree.xpath("//a[@href]") if not a.text_content().strip()]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_inline_or_from_elsewhere(reader: TestClient, address: str) -> None:
    tree = page(reader.get(address).text)
    assert not tree.xpath("//style|//@style|//script[not(@src)]")
    assert not [n for n in tree.xpath("//@*") if n.attrname.startswith("on")]
    assert all(src.startswith("/") for src in tree.xpath("//@src|//link/@href"))


@pytest.mark.parametrize("address", PAGES)
def test_links_lead_somewhere(reader: TestClient, address: str) -> None:
    tree = page(reader.get(address).text)
    ids = set(tree.xpath("//@id"))
    for href in dict.fromkeys(tree.xpath("//main//a/@href")[:8]):
        if href.startswith("#"):
            assert href[1:] in ids, href
        else:
            found = reader.get(href)
            assert found.status_code == 200, href
            anchor = href.partition("#")[2]
            assert not anchor or f'id="{anchor}"' in found.text, href


@pytest.mark.parametrize("address", PAGES)
def test_the_json_twin_says_the_same_in_both_ways(reader: TestClient, address: str) -> None:
    by_name = reader.get(twin(address))
    by_header = reader.get(address, headers={"accept": "application/json"})
    assert by_name.status_code == by_header.status_code == 200
    assert by_name.headers["content-type"] == "application/json"
    assert by_name.json() == by_header.json()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/finns-inte", 404),
        ("/dokument/finns-inte", 404),
        ("/dokument/greta/sida/1", 404),
        ("/dokument/greta/sida/1.png", 404),
        ("/sparning?fran=finns-inte", 404),
        ("/tidsfrister?dokument=finns-inte", 404),
        ("/lagg-till/finns-inte", 404),
        ("/sparning?fran=handlingsplan-2018", 400),
        ("/sok?fran=i%20g%C3%A5r", 422),
        ("/tidsfrister?fore=2026-13-40", 422),
        ("/sok?lang=xx", 422),
        ("/dokument/greta?start=-1", 422),
        ("/sparning/export.exe", 422),
    ],
)
def test_a_wrong_address_gets_one_sentence(reader: TestClient, address: str, status: int) -> None:
    answer = reader.get(address)
    assert answer.status_code == status
    assert page(answer.text).xpath("//p[@role='alert']")
    as_json = reader.get(address, headers={"accept": "application/json"})
    assert as_json.status_code == status
    assert set(as_json.json()) == {"error"}


def test_the_start_page_counts(reader: TestClient) -> None:
    found = reader.get("/index.json").json()
    assert found["totals"]["documents"] == len(found["documents"]) == 6
    assert found["coverage"]["source"] == "greta"
    assert found["coverage"]["target"] == "handlingsplan-2026-2028"
    assert sum(found["coverage"]["statuses"].values()) == 17


def test_a_newcomer_is_shown_how_to_begin(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "ny")
    visitor = TestClient(make_app(workspace), base_url=BASE, raise_server_exceptions=False)
    answer = visitor.get("/")
    assert answer.status_code == 200
    tree = page(answer.text)
    assert tree.xpath("//h1/text()") == ["Välkommen till Rödtråd"]
    assert tree.xpath("//a[@href='/lagg-till' and @class='button']")
    assert visitor.get("/sok?q=barn").status_code == 409
    (workspace.corpus / "sources" / "a.txt").write_text("Boverket ska mäta.", encoding="utf-8")
    assert "rodtrad build" in visitor.get("/?lang=en").text
