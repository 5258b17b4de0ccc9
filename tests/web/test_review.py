"""Review: decisions reach the log, the trace and the files; conflicts are shown."""

from __future__ import annotations

import json

import openpyxl
import pytest
from starlette.testclient import TestClient

from rodtrad.review.log import read_log
from rodtrad.web.app import make_app
from rodtrad.workspace import Workspace
from web.conftest import BASE
from web.forms import begin_review, hidden, page

PAIR = "fran=lista&till=plan"


def decide(client: TestClient, number: int, what: str, comment: str = "") -> int:
    address = f"/granska?{PAIR}&nr={number}"
    values = hidden(client, address) | {"beslut": what, "kommentar": comment}
    return client.post(address, data=values).status_code


def line(client: TestClient, name: str = "V-1") -> dict[str, object]:
    found = client.get(f"/sparning.json?{PAIR}").json()["lines"]
    return next(one for one in found if one["id"] == name)


def first_open(client: TestClient) -> int:
    """The number of a task about a link of V-1 to 1."""
    for number in range(1, 9):
        task = client.get(f"/granska.json?{PAIR}&nr={number}").json()
        if (task["source"], task["target"]) == ("lista#V-1", "plan#1"):
            return number
    raise AssertionError("no such task")


def test_who_is_reviewing_is_asked_and_stated(writer: TestClient) -> None:
    asked = page(writer.get(f"/granska?{PAIR}").text)
    assert asked.xpath("//input[@name='namn']")
    begin_review(writer, "Åsa Öberg")
    assert "Åsa Öberg" in page(writer.get(f"/granska?{PAIR}").text).text_content()


def test_accept_comment_reject_undo(writer: TestClient, small: Workspace) -> None:
    begin_review(writer, "Åsa Öberg")
    number = first_open(writer)
    assert decide(writer, number, "accept:2", "Ja <b>") == 303
    assert line(writer)["status"] == "covered"
    shown = writer.get(f"/granska?{PAIR}&nr={number}").text
    assert "Ja &lt;b&gt;" in shown
    assert (
        "Åsa Öberg"
        in page(writer.get(f"/sparning?{PAIR}").text).xpath("//article")[0].text_content()
    )
    assert decide(writer, number, "reject:") == 303
    assert not line(writer)["links"]
    assert decide(writer, number, "undo:") == 303
    events = read_log(small.reviews).events
    assert [e.action for e in events] == ["accept", "reject", "undo"]
    assert {e.who for e in events} == {"Åsa Öberg"}
    audit = (small.root / "audit.jsonl").read_text("utf-8")
    assert [json.loads(one)["action"] for one in audit.splitlines()] == ["accept", "reject", "undo"]
    assert "Ja" not in audit


def test_an_accepted_link_is_regraded(writer: TestClient, small: Workspace) -> None:
    begin_review(writer, "Bo")
    number = first_open(writer)
    assert decide(writer, number, "accept:2") == 303
    tree = page(writer.get(f"/granska?{PAIR}&nr={number}").text)
    values = tree.xpath("//button[@name='beslut']/@value")
    assert {"accept:2", "regrade:1", "undo:"} <= set(values)
    assert decide(writer, number, "regrade:1") == 303
    (link,) = line(writer)["links"]  # type: ignore[misc]
    assert link["grade"] == 1
    assert [e.action for e in read_log(small.reviews).events] == ["accept", "regrade"]


def test_a_decision_reaches_the_workbook(
    writer: TestClient, tmp_path_factory: pytest.TempPathFactory
) -> None:
    begin_review(writer, "Bo")
    decide(writer, first_open(writer), "accept:1", "delvis")
    path = tmp_path_factory.mktemp("x") / "x.xlsx"
    path.write_bytes(writer.get(f"/sparning/export.xlsx?{PAIR}").content)
    cells = [c for sheet in openpyxl.load_workbook(path) for row in sheet.values for c in row if c]
    assert any("Bo" in str(c) and "delvis" in str(c) for c in cells)


def test_two_people_at_once_are_told(writer: TestClient, small: Workspace) -> None:
    begin_review(writer, "Åsa")
    number = first_open(writer)
    other = TestClient(make_app(small), base_url=BASE, follow_redirects=False)
    begin_review(other, "Bo")
    stale = hidden(other, f"/granska?{PAIR}&nr={number}")
    assert decide(writer, number, "accept:2") == 303
    late = other.post(f"/granska?{PAIR}&nr={number}", data=stale | {"beslut": "reject:"})
    assert late.status_code == 409
    assert "Åsa" in late.text
    assert decide(other, number, "reject:") == 303
    shown = page(writer.get(f"/granska?{PAIR}&nr={number}").text).text_content()
    assert "Granskare är oense" in shown
    assert len(read_log(small.reviews).events) == 2


def test_a_gap_can_be_justified(writer: TestClient) -> None:
    begin_review(writer, "Bo")
    total = writer.get(f"/granska.json?{PAIR}").json()["total"]
    tasks = [writer.get(f"/granska.json?{PAIR}&nr={n}").json() for n in range(1, total + 1)]
    (number,) = [t["number"] for t in tasks if t["source"] == "lista#V-2" and not t["target"]]
    assert decide(writer, number, "justify-gap:", "Regleras av EU.") == 303
    assert line(writer, "V-2")["status"] == "gap"


@pytest.mark.parametrize("what", ["drop:", "accept:9", "", "accept:2:x", "undo:"])
def test_a_form_that_says_nothing_known_is_refused(writer: TestClient, what: str) -> None:
    begin_review(writer, "Bo")
    assert decide(writer, first_open(writer), what) in (400, 422)


def test_without_a_name_nothing_is_written(writer: TestClient, small: Workspace) -> None:
    values = hidden(writer, "/lagg-till") | {"beslut": "accept:2", "fran_id": "lista#V-1",
                                             "till_id": "plan#1"}  # fmt: skip
    assert writer.post(f"/granska?{PAIR}", data=values).status_code == 422
    assert not small.reviews.exists()
