"""Search: hits with their words marked, filters in the address, refusal shown."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from web.forms import page


def search(client: TestClient, **parameters: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/sok.json", params=parameters).json()
    return found


def test_a_hit_is_marked_and_leads_to_its_place(reader: TestClient) -> None:
    tree = page(reader.get("/sok", params={"q": "betänketid"}).text)
    assert "betänketid" in {m.text_content() for m in tree.xpath("//ol//mark")}
    place = tree.xpath("//ol//h3/a/@href")[0]
    found = page(reader.get(place).text)
    (mark,) = found.xpath("//mark[@id='plats']")
    assert "found" in mark.get("class")
    assert "betänketid" in " ".join(m.text_content() for m in found.xpath("//mark"))


def test_the_twin_has_the_offsets_of_the_source(reader: TestClient) -> None:
    hit = search(reader, q="betänketid", antal=1)["hits"][0]
    shown = reader.get(
        f"/dokument/{hit['document']}.json", params={"start": hit["start"], "end": hit["end"]}
    ).json()
    assert "betänketid" in " ".join(shown["quote"].split())


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("dokument", "lagesrapport-25"), ("slag", "handlingsplan"), ("sprak", "sv")],
)
def test_a_filter_holds_for_every_hit(reader: TestClient, parameter: str, value: str) -> None:
    found = search(reader, q="betänketid", **{parameter: value})
    fields = {"dokument": "document", "sprak": "language"}
    kinds = {d["id"]: d["kind"] for d in reader.get("/index.json").json()["documents"]}
    assert found["hits"]
    for hit in found["hits"]:
        own = kinds[hit["document"]] if parameter == "slag" else hit[fields[parameter]]
        assert own == value


def test_facets_are_links_that_narrow_and_widen_again(reader: TestClient) -> None:
    tree = page(reader.get("/sok?q=stöd till offer").text)
    (link,) = tree.xpath("//nav[@class='side']//a[span='Socialstyrelsen']")
    narrowed = page(reader.get(link.get("href")).text)
    (active,) = narrowed.xpath("//nav[@class='side']//a[@aria-current='true']")
    assert "myndighet=Socialstyrelsen" in link.get("href")
    assert "myndighet" not in active.get("href")


def test_there_is_no_facet_of_persons(reader: TestClient) -> None:
    names = {f["name"] for f in search(reader, q="stöd till offer")["facets"]}
    assert names <= {"kind", "document", "agency", "type", "language", "year"}
    assert "PERSON" not in {f["value"] for f in search(reader, q="kontaktperson")["facets"]}


def test_no_answer_is_said_with_its_reason(reader: TestClient) -> None:
    found = search(reader, q="qwertyzxcv")
    assert not found["hits"]
    assert "qwertyzxcv" in found["reason"]
    shown = page(reader.get("/sok?q=qwertyzxcv").text)
    assert shown.xpath("//*[@role='status']/h2/text()") == ["Inga träffar."]
    assert found["reason"] in shown.text_content()


def test_the_query_is_shown_as_text(reader: TestClient) -> None:
    query = '"><script>alert(1)</script>'
    answer = reader.get("/sok", params={"q": query})
    assert "<script>alert" not in answer.text
    assert page(answer.text).xpath("//input[@id='q']/@value") == [query]


@pytest.mark.parametrize("query", ["x" * 401, "å" * 500, '"' * 5000])
def test_a_huge_query_is_refused(reader: TestClient, query: str) -> None:
    assert reader.get("/sok", params={"q": query}).status_code in (414, 422)


@pytest.mark.parametrize(
    "query", ["\x00", "\ud83d\ude00", "a" * 400, "(((((", "AND OR NOT", "*", "\u202e"]
)
def test_an_odd_query_is_answered(reader: TestClient, query: str) -> None:
    text = query.encode("utf-16", "surrogatepass").decode("utf-16")
    assert reader.get("/sok", params={"q": text}).status_code == 200


def test_twenty_readers_at_once_get_what_one_gets(reader: TestClient) -> None:
    queries = [f"stöd till barn {number}" for number in range(20)]
    with ThreadPoolExecutor(20) as people:
        together = list(people.map(lambda q: search(reader, q=q), queries))
    assert together == [search(reader, q=q) for q in queries]
    assert all(found["hits"] or found["reason"] for found in together)


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_the_hits_can_be_saved_with_their_passages(reader: TestClient, ending: str) -> None:
    shown = search(reader, q="betänketid", antal=5)["hits"]
    answer = reader.get(f"/sok/export.{ending}", params={"q": "betänketid", "antal": 5})
    assert answer.status_code == 200
    if ending == "json":
        saved = answer.json()
        assert [hit["start"] for hit in saved] == [hit["start"] for hit in shown]
        assert all("betänketid" in hit["quote"].replace("-\n", "") for hit in saved[:1])
    tree = page(reader.get("/sok?q=betänketid&antal=5&slag=handlingsplan").text)
    (link,) = tree.xpath(f"//nav[@class='exports']//a[contains(@href, '.{ending}')]/@href")
    assert "antal=5" in link
    assert "slag=handlingsplan" in link
