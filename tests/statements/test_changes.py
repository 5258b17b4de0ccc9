"""Later decisions: a moved day, a withdrawn assignment, and the versions they make."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rodtrad.datamodel import Document, Measure
from rodtrad.statements import (
    Change,
    Origin,
    Statements,
    change_of,
    changes_among,
    same_assignments,
    with_state,
)

Read = Callable[..., tuple[Document, Statements]]
TODAY = date(2026, 11, 22)
DATES: dict[str, str | None] = {"first": "2024-02-15", "later": "2025-05-22"}

GIVEN = """Uppdrag till Socialstyrelsen att stärka stödet till anhöriga

Regeringens beslut

Regeringen ger Socialstyrelsen i uppdrag att stärka stödet till anhöriga. I uppdraget ingår att

– kartlägga kommunernas stöd, och
– ta fram ett utbildningsmaterial.

Uppdraget ska delredovisas senast den 1 mars 2025 och slutredovisas senast den 1 mars 2026.
"""
MOVED = """Ändring av uppdraget till Socialstyrelsen att stärka stödet till anhöriga

Regeringens beslut

Regeringen ändrar uppdraget till Socialstyrelsen att stärka stödet till anhöriga (S2024/00318).
Uppdraget ska slutredovisas senast den 1 december 2027 i stället för den 1 mars 2026.
"""
ENDED = """Upphävande av uppdraget till Socialstyrelsen att stärka stödet till anhöriga

Regeringens beslut

Regeringen upphäver beslutet den 15 februari 2024 om uppdrag till Socialstyrelsen (S2024/00318).
"""


def _decision(read: Read, text: str, document: str, dnr: str) -> Measure:
    _, found = read(text, kind="regeringsuppdrag", dnr=dnr)
    return replace(found.measures[0], document=document)


def _changed(read: Read, later: str, *, as_of: date = TODAY) -> tuple[Measure, Change | None]:
    first = _decision(read, GIVEN, "first", "S2024/00318")
    second = _decision(read, later, "later", "S2025/00977")
    changes = changes_among([first, second], DATES, as_of=as_of)
    change = change_of(first, changes, dated=DATES["first"])
    return with_state(first, as_of=as_of, change=change), change


def test_a_moved_day_keeps_the_assignment_open(read: Read) -> None:
    measure, change = _changed(read, MOVED)
    assert measure.state == "beslutad"
    assert measure.flags == (
        "läge: ändrat genom later: slutredovisning 2027-12-01",
        "läge: delredovisning 2025-03-01 passerad, redovisning ej funnen",
    )
    assert change is not None
    assert [d.date for d in change.applied_to(measure.deadlines)] == ["2025-03-01", "2027-12-01"]
    assert [d.date for d in measure.deadlines] == ["2025-03-01", "2026-03-01"]


def test_what_is_withdrawn_is_not_overdue(read: Read) -> None:
    measure, change = _changed(read, ENDED)
    assert (measure.state, measure.flags) == ("okänd", ("läge: upphävt genom later",))
    assert change is not None
    assert change.applied_to(measure.deadlines) == ()


def test_a_decision_not_yet_made_changes_nothing(read: Read) -> None:
    measure, change = _changed(read, ENDED, as_of=date(2025, 4, 1))
    assert change is None
    assert measure.flags == ("läge: delredovisning 2025-03-01 passerad, redovisning ej funnen",)


def test_a_document_of_later_days_knows_of_the_change(read: Read) -> None:
    first = _decision(read, GIVEN, "first", "S2024/00318")
    second = _decision(read, MOVED, "later", "S2025/00977")
    changes = changes_among([first, second], DATES, as_of=TODAY)
    assert change_of(first, changes, dated="2026-01-15") is None


def test_a_change_is_compared_as_the_assignment_it_changes(read: Read) -> None:
    versions = [
        _decision(read, GIVEN, "first", "S2024/00318"),
        _decision(read, MOVED, "later", "S2025/00977"),
    ]
    origins = {name: Origin("regeringsuppdrag", day) for name, day in DATES.items()}
    (found,) = same_assignments(versions, origins)
    assert [m.document for m in found.versions] == ["later", "first"]
    assert {d.field: (d.missing, d.added) for d in found.differences} == {
        "deadlines": (("slutredovisning 2027-12-01",), ("slutredovisning 2026-03-01",)),
        "dnr": (("S2025/00977",), ()),
    }


PLAN = """Regeringens handlingsplan 2024–2026

1 Åtgärder

1.1 Uppdrag till Inspektionen för vård och omsorg om tillsyn av korttidsboenden

Inspektionen för vård och omsorg har i uppdrag att granska korttidsboenden. Uppdraget ska redovisas
senast den {day}.
"""
REVIEW = """Uppdrag till Inspektionen för vård och omsorg att granska korttidsboenden

Regeringens beslut

Regeringen ger Inspektionen för vård och omsorg i uppdrag att granska korttidsboenden. Uppdraget ska
redovisas senast den 1 juni 2026.
"""


def _met(read: Read, day: str) -> int:
    _, plan = read(PLAN.format(day=day), kind="handlingsplan")
    told = [replace(m, document="plan") for m in plan.measures]
    ordered = _decision(read, REVIEW, "first", "S2024/01700")
    origins = {"plan": Origin("handlingsplan"), "first": Origin("regeringsuppdrag", "2024-10-03")}
    return len(same_assignments([*told, ordered], origins))


def test_the_same_day_and_object_are_one_assignment_under_other_titles(read: Read) -> None:
    assert _met(read, "1 juni 2026") == 1
    assert _met(read, "1 juni 2027") == 0
