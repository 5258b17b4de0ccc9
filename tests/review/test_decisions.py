from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import logs
from rodtrad.review.agreement import agreements, cohens_kappa
from rodtrad.review.decisions import Reviews, is_overdue, standing_events
from rodtrad.review.events import Event
from rodtrad.review.items import End, Items

PAIR = ("greta#R1", "plan#4.1")


def reviews(*events: Event, today: Items = logs.TODAY) -> Reviews:
    return Reviews(events, today)


def undo(event: Event, who: str = "Anna") -> Event:
    return Event(logs.WHEN, who, "undo", event.start, event.end, of=event.id)


def clear(event: Event, start: End, end: End | None) -> Event:
    return Event(logs.WHEN, "Bo", "clear", start, end, of=event.id)


def test_the_latest_decision_counts_and_the_other_opinion_is_named() -> None:
    decision = reviews(logs.accept(grade=2), logs.reject("Bo", comment="nej")).decisions[PAIR]
    assert (decision.action, decision.who, decision.comment) == ("reject", "Bo", "nej")
    assert decision.dissenters == ("Anna",)


def test_an_older_decision_that_arrives_later_does_not_replace_a_newer_one() -> None:
    older = logs.accept("Bo", when="2026-11-21T23:59:00+00:00")
    newer = logs.reject("Cia", when="2026-11-22T00:30:00-05:00")
    assert reviews(newer, older).decisions[PAIR].who == "Cia"
    same_person = replace(older, who="Cia")
    assert reviews(newer, same_person).decisions[PAIR].action == "reject"


def test_who_changes_her_mind_dissents_no_more() -> None:
    log = reviews(logs.accept(), logs.reject("Bo"), logs.reject("Anna", comment="även jag"))
    assert log.decisions[PAIR].dissenters == ()


def test_undoing_brings_back_what_was_before_and_undoing_that_restores() -> None:
    first, second = logs.accept(), logs.reject()
    back = undo(second)
    assert reviews(first, second, back).decisions[PAIR].action == "accept"
    assert reviews(first, second, back, undo(back)).decisions[PAIR].action == "reject"


@pytest.mark.parametrize(
    ("today", "standing", "pair"),
    [
        (logs.items(logs.ASK, logs.PLAN_1), "in force", PAIR),
        (logs.items(logs.ASK, logs.end("plan#4.1", "Helt annat")), "suspect", PAIR),
        (logs.items(logs.end("greta#R1", "Nya ord"), logs.PLAN_1), "suspect", PAIR),
        (logs.items(logs.ASK, logs.end("plan#9", "Uppdrag om skydd")), "in force",
         ("greta#R1", "plan#9")),
        (logs.items(logs.ASK, logs.PLAN_2, logs.end("plan#5", "Uppdrag om skydd"),
                    logs.end("plan#4.1", "Ett nytt")), "in force", ("greta#R1", "plan#5")),
        (logs.items(logs.ASK, logs.end("plan#5", "Uppdrag om skydd"),
                    logs.end("plan#6", "Uppdrag om skydd")), "missing", PAIR),
        (logs.items(logs.ASK, documents=("plan",)), "missing", PAIR),
        (logs.items(logs.ASK), "unread", PAIR),
    ],
)  # fmt: skip
def test_a_decision_follows_the_words_not_the_number(
    today: Items, standing: str, pair: tuple[str, str]
) -> None:
    (verdict,) = reviews(logs.accept(), today=today).verdicts
    assert (verdict.standing, verdict.pair) == (standing, pair)


def test_a_suspect_decision_is_shown_and_counts_again_when_cleared() -> None:
    changed = logs.end("plan#4.1", "Uppdrag om skydd och stöd")
    today, event = logs.items(logs.ASK, changed), logs.accept()
    assert reviews(event, today=today).decisions[PAIR].suspect
    cleared = reviews(event, clear(event, logs.ASK, changed), today=today)
    assert not cleared.decisions[PAIR].suspect
    assert cleared.decisions[PAIR].who == "Anna"
    again = replace(cleared, items=logs.items(logs.ASK, logs.end("plan#4.1", "Ännu en lydelse")))
    assert again.decisions[PAIR].suspect


def test_line_ends_and_soft_hyphens_change_nothing() -> None:
    assert (
        logs.end("a#1", "människo\u00adhandel\r\n och").digest
        == logs.end("a#1", "människohandel och").digest
    )


def test_a_follow_up_keeps_what_a_later_one_does_not_mention() -> None:
    found = reviews(
        logs.follow_up(status="pågående", person="Eva Ek", date="2026-10-01"),
        logs.follow_up("Bo", status="delredovisad", person=""),
    ).follow_ups["plan#4.1"]
    assert (found.status, found.person, found.date, found.who) == (
        "delredovisad", "", "2026-10-01", "Bo",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "day", "overdue"),
    [
        ("pågående", "2026-10-01", True),
        ("", "2026-10-01", True),
        ("pågående", "2026-11-22", False),
        ("redovisad", "2026-10-01", False),
        ("pågående", "", False),
    ],
)
def test_overdue_is_a_passed_date_that_nobody_finished(
    status: str, day: str, overdue: bool
) -> None:
    found = reviews(logs.follow_up(status=status, date=day)).follow_ups["plan#4.1"]
    assert is_overdue(found, today="2026-11-22") is overdue


def test_the_history_of_a_link_leaves_nothing_out() -> None:
    first = logs.accept()
    events = (first, undo(first), logs.reject("Bo"), replace(logs.accept(), start=logs.OTHER_ASK))
    assert reviews(*events).history("greta#R1") == events[:3]


def test_the_history_is_found_by_the_old_and_the_new_number() -> None:
    today = logs.items(logs.ASK, logs.end("plan#9", "Uppdrag om skydd"))
    assert reviews(logs.accept(), today=today).history("plan#9") == (logs.accept(),)
    assert reviews(logs.accept(), today=today).history("plan#4.1") == (logs.accept(),)


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15,
         0.4),
        ([(True, True), (False, False)], 1.0),
        ([(True, False), (False, True)], -1.0),
        ([(True, True)] * 3, None),
        ([], None),
    ],
)  # fmt: skip
def test_kappa(pairs: list[tuple[bool, bool]], kappa: float | None) -> None:
    assert cohens_kappa(pairs) == (pytest.approx(kappa) if kappa is not None else None)


def test_agreement_counts_only_links_both_judged() -> None:
    log = reviews(
        logs.accept(), logs.reject("Bo"),
        logs.accept(end=logs.PLAN_2), logs.accept("Bo", end=logs.PLAN_2),
        logs.accept("Bo", start=logs.OTHER_ASK),
    )  # fmt: skip
    (found,) = agreements(log.verdicts)
    assert (found.first, found.second, found.n, found.agreed, found.share) == (
        "Anna", "Bo", 2, 1, 0.5,
    )  # fmt: skip


@given(st.lists(logs.events, max_size=8, unique_by=lambda e: e.id), st.data())
def test_undoing_everything_leaves_nothing_and_undoing_that_everything(
    events: list[Event], data: st.DataObject
) -> None:
    undos = [undo(event) for event in data.draw(st.permutations(events))]
    assert standing_events([*events, *undos]) == ()
    assert standing_events([*events, *undos, *map(undo, undos)]) == tuple(events)


@given(st.lists(logs.events, max_size=8, unique_by=lambda e: e.id))
def test_every_person_has_at_most_one_verdict_a_link_and_it_is_the_latest(
    events: list[Event],
) -> None:
    latest = {(e.pair, e.who): e for e in events if e.action in ("accept", "reject")}
    found = {(v.pair, v.event.who): v.event for v in reviews(*events).verdicts}
    assert found == latest
