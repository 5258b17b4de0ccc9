"""Dates that a document gives outside its measures are told when asked for, as such."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rodtrad.pipeline.deadlinejob import deadline_records
from rodtrad.tables.calendar import calendar_text
from rodtrad.tables.figures import deadline_timeline

TODAY = date(2026, 11, 22)
PLAN = """Handlingsplan mot vräkningar 2026–2028

1 Inledning
Kronofogdemyndigheten ska senast den 31 mars 2027 redovisa antalet avhysningar till regeringen.

4 Åtgärder

4.1 Uppdrag till Socialstyrelsen om stöd till kommunerna
Regeringen har gett Socialstyrelsen i uppdrag att ta fram ett stöd till kommunerna.
Uppdraget ska redovisas senast den 1 juni 2028.
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("plan") / "handlingsplan-vrakningar.txt"
    path.write_text(PLAN, encoding="utf-8")
    return str(path)


def test_only_deadlines_of_measures_unless_asked(plan: str) -> None:
    (due,) = deadline_records([plan], None, as_of=TODAY)
    assert (due["date"], due["measure"]) == ("2028-06-01", "4.1")


def test_a_duty_of_another_chapter_has_no_measure(plan: str) -> None:
    outside, inside = deadline_records([plan], None, as_of=TODAY, outside=True)
    assert inside["measure"] == "4.1"
    assert outside["measure"] is None
    assert outside["measure_title"] == "1 Inledning"
    assert (outside["date"], outside["kind"]) == ("2027-03-31", "redovisning")
    assert outside["responsible"] == ["Kronofogdemyndigheten"]
    assert PLAN[outside["start"] : outside["end"]] == outside["quote"] == "den 31 mars 2027"


def test_the_filters_hold_for_them(plan: str) -> None:
    found = deadline_records(
        [plan], None, as_of=TODAY, outside=True, agency="Kronofogden", before=date(2027, 12, 31)
    )
    assert [r["measure"] for r in found] == [None]


def test_calendar_and_picture_take_them(plan: str) -> None:
    records = deadline_records([plan], None, as_of=TODAY, outside=True)
    assert "1 Inledning" in calendar_text(records, language="sv")
    picture = deadline_timeline(records, as_of=TODAY, language="sv", marking=None, caption="")
    assert "1 Inledning" in str(picture.svg)


def test_fields_are_the_same_as_a_measures(plan: str, tmp_path: Path) -> None:
    outside, inside = deadline_records([plan], None, as_of=TODAY, outside=True)
    assert outside.keys() == inside.keys()
