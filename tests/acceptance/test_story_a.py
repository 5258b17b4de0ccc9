"""Story A: the police assignment, in the decision and in both plans."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import deadline_records, measure_records
from rodtrad.workspace import open_workspace

TODAY = date(2026, 11, 22)
DECISION = "regeringsbeslut-ju2025-01324"


def measures(demo: Path, document: str) -> list[dict[str, Any]]:
    (found,) = load_documents([document], open_workspace(demo))
    return [dict(record) for record in measure_records(found, as_of=TODAY)]


@pytest.fixture(scope="module")
def decision(demo: Path) -> dict[str, Any]:
    (measure,) = measures(demo, DECISION)
    return measure


def test_the_decision_holds_four_tasks_and_its_reasons_add_none(decision: dict[str, Any]) -> None:
    starts = [task["text"].split(".")[0][:40] for task in decision["tasks"]]
    assert len(starts) == 4, starts
    assert all(start.startswith("Myndigheterna ska") for start in starts)


def test_two_agencies_must_act_and_one_coordinates_the_reporting(decision: dict[str, Any]) -> None:
    assert decision["agencies"] == ["Polismyndigheten", "Åklagarmyndigheten"]
    coordinators = {d["coordinator"] for d in decision["deadline_details"]}
    assert coordinators == {"Polismyndigheten"}


def test_both_reports_with_dates_and_recipient(decision: dict[str, Any]) -> None:
    assert decision["deadlines"] == [
        ["delredovisning", "2026-04-01"],
        ["slutredovisning", "2026-10-01"],
    ]
    assert decision["recipient"] == "Regeringskansliet (Justitiedepartementet)"


def test_dnr_and_date_come_from_the_catalogue_and_say_so(demo: Path) -> None:
    (found,) = load_documents([DECISION], open_workspace(demo))
    origins = {m.name: (m.value, m.origin) for m in found.document.metadata}
    assert origins["dnr"] == ("Ju2025/01324", "catalogue")
    assert origins["date"] == ("2025-06", "catalogue")
    assert "Ju2025" not in found.document.source


def test_the_plan_holds_the_same_assignment_with_one_report_only(
    demo: Path, decision: dict[str, Any]
) -> None:
    plan = {m["id"]: m for m in measures(demo, "handlingsplan-2026-2028")}
    same = plan["4.4.1"]
    assert same["dnr"] == decision["dnr"] == ["Ju2025/01324"]
    assert same["agencies"] == decision["agencies"]
    assert same["deadlines"] == [["slutredovisning", "2026-10-01"]]


def test_both_dates_have_passed_and_no_report_is_found(demo: Path) -> None:
    (found,) = load_documents([DECISION], open_workspace(demo))
    states = {r["date"]: r["state"] for r in deadline_records(found, as_of=TODAY)}
    assert states == dict.fromkeys(("2026-04-01", "2026-10-01"), "passerad, redovisning ej funnen")


def test_the_2018_assignment_is_another_one(demo: Path) -> None:
    old = [
        m
        for m in measures(demo, "handlingsplan-2018")
        if m["title"] == "Stärkt förmåga inom Polismyndigheten att bekämpa människohandel"
    ]
    assert [m["deadlines"] for m in old] == [[["redovisning", "2018-12-14"]]]
    assert old[0]["dnr"] == []
