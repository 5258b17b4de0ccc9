"""Chains through the demonstration corpus, and what its sources say differently."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rodtrad.errors import UsageError
from rodtrad.pipeline.chainjob import chain_lines, run_chain
from rodtrad.workspace import open_workspace

TODAY = date(2026, 11, 22)
PLAN = "handlingsplan-2026-2028"


@pytest.fixture(scope="module")
def records(demo: Path) -> dict[str, Any]:
    items = ("lagesrapport-25#5.7", f"{PLAN}#4.4.1", f"{PLAN}#4.3.13")
    place = open_workspace(demo)
    return {item: run_chain(item, workspace=place, as_of=TODAY) for item in items}


def test_recommendation_measure_reply(records: dict[str, Any]) -> None:
    hops = records["lagesrapport-25#5.7"]["hops"]
    assert [(h["kind"], h["explicit"]) for h in hops] == [("measure", False), ("reply", True)]
    assert hops[0]["to"] == f"{PLAN}#4.3.1"
    assert 0.5 < hops[0]["probability"] < 1
    assert "A2025/00637" in hops[1]["evidence"][-1]["quote"]


def test_the_decision_ranks_above_the_plan(records: dict[str, Any]) -> None:
    record = records[f"{PLAN}#4.4.1"]
    assert [h["kind"] for h in record["hops"]] == ["assignment"]
    (days,) = [c for c in record["conflicts"] if c["field"] == "deadlines"]
    assert days["leading"].startswith("regeringsbeslut-ju2025-01324#")
    assert "delredovisning 2026-04-01" in days["leading_says"]
    assert "delredovisning 2026-04-01" not in days["other_says"]
    assert len(days["evidence"]) == 2


def test_a_decision_is_older_than_the_plan_from_either_end(demo: Path) -> None:
    place = open_workspace(demo)
    for start in (f"{PLAN}#4.4.1", _decision_of(f"{PLAN}#4.4.1", demo)):
        record = run_chain(start, workspace=place, as_of=TODAY)
        versions = [h for h in record["hops"] if h["kind"] in ("assignment", "measure")]
        assert [h["in_order"] for h in versions] == [True]


def test_a_hop_quotes_the_sentence_that_shows_it_not_the_whole_measure(
    records: dict[str, Any],
) -> None:
    (_, reply) = records["lagesrapport-25#5.7"]["hops"]
    (decision,) = records[f"{PLAN}#4.4.1"]["hops"]
    for evidence in (*reply["evidence"], *decision["evidence"]):
        assert len(evidence["quote"]) < 400
    assert all("A2025/00637" in e["quote"] for e in reply["evidence"])
    told, decided = (e["quote"] for e in decision["evidence"])
    assert "(Ju2025/01324)" in told
    assert "slutredovisas" in told
    assert "slutredovisas" in decided


def test_the_printed_chain_has_dates_and_quotes_at_both_ends(records: dict[str, Any]) -> None:
    record = records[f"{PLAN}#4.4.1"]
    text = "\n".join(chain_lines(record, language="sv")).replace("\u00a0", " ")
    (hop,) = record["hops"]
    for end, evidence in zip(("from", "to"), hop["evidence"], strict=True):
        document = hop[end].partition("#")[0]
        assert record["dates"][document]
        assert f"    {document}, " in text
        assert " ".join(evidence["quote"].split()) in text


def _decision_of(measure: str, demo: Path) -> str:
    (hop,) = run_chain(measure, workspace=open_workspace(demo), as_of=TODAY)["hops"]
    assert hop["kind"] == "assignment"
    return str(hop["to"])


def test_a_chain_that_ends_at_once_says_so(records: dict[str, Any]) -> None:
    lines = list(chain_lines(records[f"{PLAN}#4.3.13"], language="sv"))
    assert lines == ["Inget vidare led hittades i samlingen."]


def test_an_unknown_item_is_refused(demo: Path) -> None:
    with pytest.raises(UsageError, match="not the name of one item"):
        run_chain("9.9.9", workspace=open_workspace(demo), as_of=TODAY)
