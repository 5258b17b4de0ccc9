"""The same assignment in several documents."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rodtrad.datamodel import Deadline, Measure, Sentence, Span
from rodtrad.statements import Assignment, Origin, Statements, same_assignments
from rodtrad.statements.versions import is_told

AT = Span(0, 1)
TEXT = "Myndigheten ska kartlägga förekomsten av spökgarn längs kusten."


def _measure(document: str, **changes: object) -> Measure:
    base = Measure(
        id="m",
        document=document,
        title="Uppdrag att kartlägga spökgarn längs kusten",
        type="uppdrag",
        state="beslutad",
        agencies=("Kustverket",),
        other_agencies=(),
        deadlines=(),
        dnr=(),
        other_dnr=(),
        refs=(),
        amounts=(),
        text=TEXT,
        at=AT,
        span=AT,
        section=(),
        sentences=(Sentence(TEXT, AT),),
        tasks=(Sentence(TEXT, AT),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def _due(day: str, kind: str = "redovisning") -> Deadline:
    return Deadline(kind, day, (), AT)


KINDS = {
    "plan": Origin("handlingsplan"),
    "decision": Origin("regeringsuppdrag"),
    "letter": Origin("regleringsbrev", letters=("regleringsbrev 2026 Kustverket",)),
    "report": Origin("redovisning", answers=("N2026/00001",)),
}


def _only(*measures: Measure) -> Assignment:
    (found,) = same_assignments(measures, KINDS)
    return found


def test_the_decision_ranks_above_the_plan() -> None:
    found = _only(
        _measure("plan", dnr=("N2026/00001",), deadlines=(_due("2026-03-01"),)),
        _measure("decision", dnr=("N2026/00001",), deadlines=(_due("2026-04-01"),)),
    )
    assert [m.document for m in found.versions] == ["decision", "plan"]
    assert (found.basis, found.key) == ("dnr", "N2026/00001")
    (difference,) = found.differences
    assert (difference.field, difference.missing, difference.added) == (
        "deadlines",
        ("redovisning 2026-04-01",),
        ("redovisning 2026-03-01",),
    )
    assert found.reported_in == ("report",)


def test_a_letter_and_a_plan_that_rests_on_it() -> None:
    found = _only(
        _measure("letter", title="Kartläggning av spökgarn", id="3.1"),
        _measure(
            "plan", title="Kartläggning av spökgarn", refs=("regleringsbrev 2026 Kustverket",)
        ),
    )
    assert (found.basis, found.id) == ("regleringsbrev", "letter#3.1")


CITES = "Uppdraget ges i regleringsbrev för 2026 avseende Kustverket, uppdrag {} där."


@pytest.mark.parametrize(
    ("point", "title", "same"),
    [
        pytest.param("3.1", "Städning av stränder", True, id="the point cited"),
        pytest.param("1", "Spökgarn längs kusten", True, id="its last number and a like title"),
        pytest.param("1", "Städning av stränder", False, id="its last number alone"),
        pytest.param("3.2", "Kartläggning av spökgarn", False, id="another point, like titles"),
    ],
)
def test_a_point_of_a_letter(point: str, title: str, same: bool) -> None:
    found = same_assignments(
        [
            _measure("letter", title="Kartläggning av spökgarn", id="3.1"),
            _measure(
                "plan",
                title=title,
                text=CITES.format(point),
                refs=("regleringsbrev 2026 Kustverket",),
            ),
        ],
        KINDS,
    )
    assert [a.key for a in found if len(a.versions) == 2] == (
        ["regleringsbrev 2026 Kustverket punkt 3.1"] if same else []
    )


def test_title_and_content() -> None:
    found = _only(_measure("plan"), _measure("decision", deadlines=(_due("2026-04-01"),)))
    assert found.basis == "title and content"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"dnr": ("N2026/00001",)}, {"dnr": ("N2026/00002",)}, id="numbers differ"),
        pytest.param({}, {"agencies": ("Tullverket",)}, id="another agency"),
        pytest.param({}, {"title": "Uppdrag om muddring i hamnar"}, id="another object"),
        pytest.param(
            {"deadlines": (_due("2026-03-01"),)}, {"deadlines": (_due("2026-09-01"),)}, id="dates"
        ),
    ],
)
def test_not_the_same(first: dict[str, object], second: dict[str, object]) -> None:
    measures = [
        _measure("plan", **{"dnr": ("N2025/00009",), **first} if "dnr" in first else first),
        _measure("decision", **second),
    ]
    assert all(len(a.versions) == 1 for a in same_assignments(measures, KINDS))


def test_two_points_of_one_document_are_two() -> None:
    assert same_assignments([_measure("plan", id="1"), _measure("plan", id="2")], KINDS) == ()


def test_a_task_in_other_order_is_told_and_a_dropped_one_is_not() -> None:
    measure = _measure("plan")
    assert is_told("Kartlägga spökgarn och deras förekomst längs kusten.", measure)
    assert not is_told("Föreslå regler om märkning av redskap i insjöfisket.", measure)


def test_the_police_assignment(corpus_statements: Callable[[str], Statements]) -> None:
    """Acceptance story A: the plan drops the part report and a task; 2018 has a forerunner."""
    kinds = {
        "regeringsbeslut-ju2025-01324": "regeringsuppdrag",
        "handlingsplan-2026-2028": "handlingsplan",
        "handlingsplan-2018": "handlingsplan",
    }
    measures = [m for name in kinds for m in corpus_statements(name).measures]
    found = same_assignments(measures, {name: Origin(kind) for name, kind in kinds.items()})
    police = next(a for a in found if a.key == "Ju2025/01324")
    assert [m.document for m in police.versions] == list(kinds)[:2]
    assert police.versions[1].id == "4.4.1"
    missing = {d.field: d.missing for d in police.differences}
    assert missing["deadlines"] == ("delredovisning 2026-04-01",)
    assert [t[:22] for t in missing["tasks"]] == ["Myndigheterna ska redo"]
    assert [m.title for m in police.forerunners] == [
        "Stärkt förmåga inom Polismyndigheten att bekämpa människohandel"
    ]
