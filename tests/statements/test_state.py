"""The state of a measure on a day: from its words, its dates and reports known elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Deadline, Measure, Span
from rodtrad.statements import Statements, with_state
from rodtrad.statements.state import last_day

CorpusStatements = Callable[[str], Statements]
TODAY = date(2026, 11, 22)


def _measure(text: str, *deadlines: tuple[str, str], kind: str = "uppdrag") -> Measure:
    return Measure(
        id="1",
        document="plan",
        title="Uppdrag",
        type=kind,
        state="okänd",
        agencies=("Socialstyrelsen",),
        other_agencies=(),
        deadlines=tuple(Deadline(k, d, ("Socialstyrelsen",), Span(0, 1)) for k, d in deadlines),
        dnr=("S2026/00001",),
        other_dnr=(),
        refs=(),
        amounts=(),
        text=text,
        at=Span(0, 1),
        span=Span(0, 1),
        section=(),
    )


ASSIGNED = "Socialstyrelsen har i uppdrag att kartlägga stödet."
CASES = [
    (ASSIGNED, (), "uppdrag", "pågående"),
    (ASSIGNED, (("redovisning", "2027-03-01"),), "uppdrag", "pågående"),
    (ASSIGNED, (("redovisning", "2026-10-01"),), "uppdrag", "passerad"),
    (
        ASSIGNED,
        (("delredovisning", "2026-04-01"), ("slutredovisning", "2027-10-01")),
        "uppdrag",
        "pågående",
    ),
    (f"{ASSIGNED} Uppdraget redovisades den 11 juni 2026.", (), "uppdrag", "redovisad"),
    ("Myndigheten har haft i uppdrag att göra en förstudie.", (), "uppdrag", "redovisad"),
    (
        f"{ASSIGNED} Myndigheten lämnade en delredovisning i mars.",
        (("slutredovisning", "2027-02-26"),),
        "uppdrag",
        "delredovisad",
    ),
    ("Regeringen ger Socialstyrelsen i uppdrag att se över stödet.", (), "uppdrag", "beslutad"),
    ("Socialstyrelsen ska genomföra en kartläggning.", (), "uppdrag", "beslutad"),
    (
        "Regeringen har beslutat lagrådsremissen. Lagen föreslås träda i kraft den 1 juli 2025.",
        (("ikraftträdande", "2025-07-01"),),
        "lagstiftning",
        "föreslagen",
    ),
    (
        "Regeringen har i vårändringsbudgeten föreslagit en satsning.",
        (),
        "finansiering",
        "föreslagen",
    ),
    ("Regeringen avser att stärka tillsynen.", (), "övrigt", "föreslagen"),
    ("Från och med den 1 maj 2026 har omfattningen utökats.", (), "förordning", "i kraft"),
    ("Lagändringarna trädde i kraft den 1 juli 2024.", (), "lagstiftning", "i kraft"),
    ("Skolan är en viktig arena.", (), "övrigt", "okänd"),
    (ASSIGNED, (("redovisning", "--12-15"),), "uppdrag", "pågående"),
]


@pytest.mark.parametrize(("text", "deadlines", "kind", "state"), CASES)
def test_state(text: str, deadlines: tuple[tuple[str, str], ...], kind: str, state: str) -> None:
    assert with_state(_measure(text, *deadlines, kind=kind), as_of=TODAY).state == state


def test_flags_say_what_has_passed_without_evidence() -> None:
    late = _measure(ASSIGNED, ("delredovisning", "2026-04-01"), ("slutredovisning", "2027-10-01"))
    (flag,) = with_state(late, as_of=TODAY).flags
    assert flag == "läge: delredovisning 2026-04-01 passerad, redovisning ej funnen"
    bill = _measure("Lagen föreslås.", ("ikraftträdande", "2025-07-01"), kind="lagstiftning")
    (flag,) = with_state(bill, as_of=TODAY).flags
    assert flag == "läge: dagen för ikraftträdande har passerat, beslut ej funnet"


@pytest.mark.parametrize("key", ["plan#1", "S2026/00001"])
def test_reports_known_elsewhere(key: str) -> None:
    late = _measure(ASSIGNED, ("redovisning", "2026-10-01"))
    assert with_state(late, as_of=TODAY, reports={key: "redovisad"}).state == "redovisad"


def test_asking_again_replaces_state_and_its_flags() -> None:
    late = replace(_measure(ASSIGNED, ("redovisning", "2026-10-01")), flags=("efter perioden",))
    early = with_state(with_state(late, as_of=TODAY), as_of=date(2026, 1, 1))
    assert (early.state, early.flags) == ("pågående", ("efter perioden",))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_passed_report_is_never_called_done(day: date) -> None:
    measure = _measure(ASSIGNED, ("redovisning", "2026-10-01"))
    state = with_state(measure, as_of=day).state
    assert state == ("passerad" if day > date(2026, 10, 1) else "pågående")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2027-03-01", date(2027, 3, 1)),
        ("2028-02", date(2028, 2, 29)),
        ("2018", date(2018, 12, 31)),
        ("2018-spring", date(2018, 6, 30)),
        ("2026/2027", date(2027, 12, 31)),
        ("--12-15", None),
        ("2026-13", None),
        ("soon", None),
    ],
)
def test_last_day(value: str, day: date | None) -> None:
    assert last_day(value) == day


def test_the_stories(corpus_statements: CorpusStatements) -> None:
    (decision,) = corpus_statements("regeringsbeslut-ju2025-01324").measures
    assert len(decision.tasks) == 4
    assert with_state(decision, as_of=TODAY).state == "passerad"
    assert {d.coordinator for d in decision.deadlines} == {"Polismyndigheten"}
    plan = {m.id: m for m in corpus_statements("handlingsplan-2026-2028").measures}
    assert with_state(plan["4.3.1"], as_of=TODAY).state == "delredovisad"
    assert with_state(plan["4.4.1"], as_of=TODAY).state == "passerad"
    assert with_state(plan["4.3.5"], as_of=TODAY).state == "redovisad"
    assert with_state(plan["4.1.10"], as_of=TODAY).state == "föreslagen"
    assert [d.part for d in plan["4.3.1"].deadlines] == ["del 1", "del 2"]
    assert plan["4.3.1"].deadlines[1].flags == ("efter planens period",)
    assert any("beredning" in f and "i ingen del" in f for f in plan["4.3.1"].flags)
