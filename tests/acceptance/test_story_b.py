"""Story B: exit programmes and betänketid, from report and reply to the plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import measure_records
from rodtrad.pipeline.tracejob import Traced, run_trace
from rodtrad.tables.records import trace_record
from rodtrad.workspace import open_workspace

TODAY = date(2026, 11, 22)
PLAN = "handlingsplan-2026-2028"
REPORT = "lagesrapport-25"
REPLY = "remissvar-lansstyrelsen-vasterbotten"


@pytest.fixture(scope="module")
def traced(demo: Path) -> Traced:
    return run_trace(["greta", REPORT, REPLY], [PLAN], workspace=open_workspace(demo), as_of=TODAY)


@pytest.fixture(scope="module")
def lines(traced: Traced) -> list[dict[str, Any]]:
    return [trace_record(line) for line in traced.lines]


@pytest.fixture(scope="module")
def plan(demo: Path) -> dict[str, dict[str, Any]]:
    (found,) = load_documents([PLAN], open_workspace(demo))
    return {r["id"]: dict(r) for r in measure_records(found, as_of=TODAY)}


def of_section(traced: Traced, lines: list[dict[str, Any]], number: str) -> list[dict[str, Any]]:
    """The lines of lägesrapport 25 whose recommendation stands in that section."""
    ids = {
        r.id
        for r in traced.recommendations
        if r.document == REPORT and any(s.startswith(f"{number} ") for s in r.section)
    }
    return [line for line in lines if line["document"] == REPORT and line["id"] in ids]


def test_all_forty_measures_are_there(plan: dict[str, dict[str, Any]]) -> None:
    expected = [
        f"4.{area}.{number}"
        for area, count in enumerate((11, 4, 17, 5, 3), 1)
        for number in range(1, count + 1)
    ]
    assert list(plan) == expected


def test_the_dnr_in_the_reply_is_an_explicit_link(lines: list[dict[str, Any]]) -> None:
    explicit = [
        (link["measure"], line["text"])
        for line in lines
        if line["document"] == REPLY
        for link in line["links"]
        if link["explicit"]
    ]
    assert [measure for measure, _ in explicit] == ["4.3.1"]
    assert "A2025/00637" in explicit[0][1]


def test_the_two_parts_of_4_3_1(plan: dict[str, dict[str, Any]]) -> None:
    measure = plan["4.3.1"]
    first, second = measure["deadline_details"]
    assert (first["kind"], first["date"]) == ("slutredovisning", "2027-02-26")
    assert first["responsible"] == [
        "Jämställdhetsmyndigheten",
        "Socialstyrelsen",
        "länsstyrelserna",
    ]
    assert (second["kind"], second["date"]) == ("slutredovisning", "2029-03-01")
    assert second["responsible"] == ["Socialstyrelsen"]
    assert second["flags"], "a date after the plan's period is flagged"
    assert "Statens beredning för medicinsk och social utvärdering" in " ".join(measure["flags"])
    assert measure["state"] == "delredovisad"


def test_exit_programmes_are_covered_in_part(traced: Traced, lines: list[dict[str, Any]]) -> None:
    (line,) = of_section(traced, lines, "5.7")
    assert line["strength"] == "endorse"
    assert line["candidates"][0]["measure"] == "4.3.1"
    assert line["status"] in ("partly", "covered")


def test_betanketid_has_no_measure_but_context(traced: Traced, lines: list[dict[str, Any]]) -> None:
    (line,) = of_section(traced, lines, "5.4")
    assert line["links"] == []
    assert line["status"] in ("gap", "unresolved")
    best = [c["measure"] for c in line["candidates"][:5]]
    assert "4.3.9" in best
    where = {section.split()[0] for c in line["context"] for section in c["section"]}
    assert {"2.3", "7.3"} <= where


def test_the_slip_in_the_footnote_is_flagged(demo: Path) -> None:
    (found,) = load_documents([REPORT], open_workspace(demo))
    slips = [m for m in found.mentions if m.surface == "SOU 2023:9"]
    assert slips
    assert all("SOU 2023:97" in str(m.detail) for m in slips)


def test_the_later_report_is_said_once(traced: Traced) -> None:
    notes = [note for note in traced.table().notes if "lägesrapport 26" in note]
    assert len(notes) == 1
    assert "7.4" in notes[0]
    assert "lägesrapport 25" in notes[0]


def test_every_quote_is_verbatim(traced: Traced, lines: list[dict[str, Any]]) -> None:
    sources = {d.id: d.document.source for d in (*traced.sources, *traced.targets)}
    seen = 0
    for line in lines:
        ends = [c["evidence"][end] for c in line["candidates"] for end in ("from", "to")]
        for evidence in (*ends, *line["context"]):
            if evidence["quote"] is not None:
                source = sources[evidence["document"]]
                assert source[evidence["start"] : evidence["end"]] == evidence["quote"]
                seen += 1
            else:
                assert evidence["summary"]
    assert seen > 1000


def test_summaries_are_never_shown_as_quotes(traced: Traced, lines: list[dict[str, Any]]) -> None:
    greta = [line for line in lines if line["document"] == "greta"]
    assert len(greta) == 17
    for line in greta:
        for candidate in line["candidates"]:
            assert candidate["evidence"]["from"]["quote"] is None
