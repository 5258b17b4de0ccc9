import pytest

from rodtrad.datamodel import Candidate, Decision, Evidence, Gap, TraceLine
from rodtrad.datamodel.link import TraceStatus
from rodtrad.review.applying import apply_decisions

NOWHERE = Evidence("greta", None, None, None, None, (), "ord")


def candidate(number: str, probability: float, grade: int, accepted: bool) -> Candidate:
    return Candidate(number, "plan", probability, grade, False, accepted, (), NOWHERE, NOWHERE)


def line(status: TraceStatus, *candidates: Candidate) -> TraceLine:
    gap = Gap("planen", ("4.1",), 0.2) if status == "gap" else None
    return TraceLine("R1", "greta", "Ge skydd.", None, status, candidates, gap=gap)


def decided(action: str, number: str | None, **fields: object) -> dict[object, Decision]:
    decision = Decision(action, "Anna", "2026-11-22T09:00:00+01:00", "e1", **fields)  # type: ignore[arg-type]
    return {("greta#R1", f"plan#{number}" if number else None): decision}


LIKELY, POSSIBLE = candidate("4.1", 0.9, 2, True), candidate("4.2", 0.4, 0, False)


@pytest.mark.parametrize(
    ("before", "decisions", "status", "accepted"),
    [
        (line("covered", LIKELY, POSSIBLE), {}, "covered", {"4.1": 2}),
        (line("covered", LIKELY, POSSIBLE), decided("accept", "4.1"), "covered", {"4.1": 2}),
        (line("covered", LIKELY, POSSIBLE), decided("accept", "4.1", grade=1), "partly",
         {"4.1": 1}),
        (line("partly", LIKELY, POSSIBLE), decided("accept", "4.1"), "partly", {"4.1": 2}),
        (line("partly", LIKELY, POSSIBLE), decided("accept", "4.2", grade=2), "covered",
         {"4.1": 2, "4.2": 2}),
        (line("covered", LIKELY, POSSIBLE), decided("reject", "4.1"), "unresolved", {}),
        (line("covered", LIKELY), decided("reject", "4.1"), "gap", {}),
        (line("covered", LIKELY), decided("reject", "4.1", suspect=True), "covered", {"4.1": 2}),
        (line("unresolved", POSSIBLE), decided("accept", "4.2"), "partly", {"4.2": 1}),
        (line("unresolved", POSSIBLE), decided("justify-gap", None), "gap", {}),
        (line("unresolved", POSSIBLE), decided("justify-gap", None, suspect=True), "unresolved",
         {}),
        (line("gap", POSSIBLE), decided("reject", "4.2"), "gap", {}),
        (line("covered", LIKELY), decided("justify-gap", None), "covered", {"4.1": 2}),
    ],
)  # fmt: skip
def test_a_person_beats_the_model(
    before: TraceLine, decisions: dict[object, Decision], status: str, accepted: dict[str, int]
) -> None:
    after = apply_decisions(before, decisions, searched="planen (2 åtgärder)")  # type: ignore[arg-type]
    assert after.status == status
    assert {c.measure: c.grade for c in after.links} == accepted
    assert (after.gap is not None) == (status == "gap")
    assert [c.probability for c in after.candidates] == [c.probability for c in before.candidates]


def test_a_declared_gap_says_what_was_searched_and_what_came_closest() -> None:
    after = apply_decisions(
        line("unresolved", POSSIBLE),
        decided("justify-gap", None),  # type: ignore[arg-type]
        searched="planen (2 åtgärder)",
    )
    assert after.gap == Gap("planen (2 åtgärder)", ("plan#4.2",), 0.4)
    assert after.decision
    assert after.decision.who == "Anna"


def test_the_models_own_proof_of_a_gap_stays() -> None:
    before = line("gap", POSSIBLE)
    after = apply_decisions(before, decided("justify-gap", None), searched="annat")  # type: ignore[arg-type]
    assert after.gap == before.gap
