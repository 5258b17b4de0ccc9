from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import logs
from rodtrad.review.decisions import Reviews
from rodtrad.review.events import Event
from rodtrad.review.exchange import (
    BadKeyError,
    FilledRow,
    Outcome,
    RowKey,
    import_rows,
    parse_key,
)
from rodtrad.review.items import Items

KEY = RowKey(logs.ASK, logs.PLAN_1)


def row(decision: str = "", **fields: object) -> FilledRow:
    base = FilledRow("fil.xlsx, rad 2", KEY, decision)
    return replace(base, **fields)  # type: ignore[arg-type]


def imported(
    *rows: FilledRow, log: tuple[Event, ...] = (), today: Items = logs.TODAY
) -> tuple[Outcome, ...]:
    return import_rows(rows, Reviews(log, today), who="Bo", now=logs.WHEN)


def based(event: Event) -> RowKey:
    return replace(KEY, base=event.id)


def events(*outcomes: Outcome) -> tuple[Event, ...]:
    return tuple(event for outcome in outcomes for event in outcome.events)


def test_a_decision_becomes_an_event_of_the_colleague_with_file_and_row() -> None:
    (outcome,) = imported(row("accept", grade=2, comment="ja"))
    (event,) = outcome.events
    assert outcome.outcome == "stored"
    assert (event.who, event.action, event.grade, event.comment) == ("Bo", "accept", 2, "ja")
    assert event.via == "fil.xlsx, rad 2"
    assert event.start == logs.ASK


def test_the_name_in_the_row_goes_before_that_of_the_command() -> None:
    (event,) = events(*imported(row("reject", who="Cia")))
    assert event.who == "Cia"


ANNA = logs.accept(grade=2, comment="ja")
LATER = logs.reject("Cia")


@pytest.mark.parametrize(
    ("filled", "log", "outcome"),
    [
        (row(), (), "unchanged"),
        (row("accept", grade=2, comment="ja", key=based(ANNA)), (ANNA,), "unchanged"),
        (row("accept", grade=2, comment="ja", key=based(ANNA)), (ANNA, LATER), "unchanged"),
        (row("reject", key=based(ANNA)), (ANNA,), "stored"),
        (row("accept", grade=1, comment="ja", key=based(ANNA)), (ANNA,), "stored"),
        (row("accept", key=based(ANNA)), (ANNA, LATER), "conflict"),
        (row("accept"), (LATER,), "conflict"),
        (row("reject"), (LATER,), "unchanged"),
        (row("reject", key=based(ANNA)), (ANNA, LATER), "unchanged"),
        (row(key=based(ANNA)), (ANNA,), "kept"),
        (row(comment="oklart"), (), "stored"),
        (row("justify-gap"), (), "problem"),
        (row("accept", key=RowKey(logs.ASK, None)), (), "problem"),
        (row("justify-gap", key=RowKey(logs.ASK, None)), (), "stored"),
        (row("reject", grade=2), (), "problem"),
        (row(problem="'kanske' is none of the choices"), (), "problem"),
        (row(key=None), (), "problem"),
    ],
)
def test_a_row_is_stored_only_where_it_says_something_new(
    filled: FilledRow, log: tuple[Event, ...], outcome: str
) -> None:
    (found,) = imported(filled, log=log)
    assert found.outcome == outcome
    assert bool(found.events) == (outcome == "stored")


def test_a_conflict_names_who_decided_meanwhile() -> None:
    (found,) = imported(row("accept"), log=(LATER,))
    assert found.reason == "Cia decided reject on 2026-11-22, after the table was made"


def test_two_rows_about_one_link_that_differ_are_a_conflict_and_the_first_counts() -> None:
    first, second, third = imported(
        row("accept"), row("reject", place="rad 3"), row("accept", place="rad 4")
    )
    assert [first.outcome, second.outcome, third.outcome] == ["stored", "conflict", "unchanged"]
    assert "fil.xlsx, rad 2" in second.reason


def test_a_text_that_changed_since_makes_the_decision_suspect_at_once() -> None:
    today = logs.items(logs.ASK, logs.end("plan#4.1", "Ny lydelse"))
    (event,) = events(*imported(row("accept"), today=today))
    assert Reviews((event,), today).decisions["greta#R1", "plan#4.1"].suspect


def test_deciding_anew_on_todays_words_is_no_conflict_with_a_suspect_decision() -> None:
    changed = logs.end("plan#4.1", "Ny lydelse")
    today = logs.items(logs.ASK, changed)
    (found,) = imported(
        row("reject", key=RowKey(logs.ASK, changed)), log=(logs.accept("Cia"),), today=today
    )
    assert found.outcome == "stored"


def test_departments_comment_each_in_a_column_and_once() -> None:
    filled = row(departments={"Ju": "Vi instämmer.", "S": ""}, key=replace(KEY, version=3))
    (event,) = events(*imported(filled))
    assert (event.action, event.department, event.version) == ("comment", "Ju", 3)
    assert imported(filled, log=(event,))[0].outcome == "unchanged"


def test_a_comment_survives_a_conflict_about_the_decision() -> None:
    (found,) = imported(row("accept", departments={"Ju": "Nej."}), log=(LATER,))
    assert found.outcome == "conflict"
    assert [event.department for event in found.events] == ["Ju"]


decisions = st.builds(
    FilledRow,
    st.just("fil.xlsx, rad 2"),
    st.builds(
        RowKey,
        st.sampled_from([logs.ASK, logs.OTHER_ASK]),
        st.sampled_from([logs.PLAN_1, logs.PLAN_2]),
    ),
    st.sampled_from(["", "accept", "reject"]),
    comment=st.text(max_size=10),
    departments=st.dictionaries(st.sampled_from(["Ju", "S"]), st.text(max_size=5)),
)


@given(st.lists(decisions, max_size=6), st.lists(logs.verdicts, max_size=4))
def test_importing_twice_adds_nothing_and_no_file_takes_anything_back(
    rows: list[FilledRow], log: list[Event]
) -> None:
    before = Reviews(tuple(log), logs.TODAY)
    first = events(*import_rows(rows, before, who="Bo", now=logs.WHEN))
    after = Reviews((*log, *first), logs.TODAY)
    again = import_rows(rows, after, who="Bo", now=logs.WHEN)
    assert events(*again) == ()
    decided = {verdict.pair: verdict.accepts for verdict in before.verdicts}
    for pair, decision in after.decisions.items():
        if pair in decided:
            assert (decision.action == "accept") == decided[pair]


@given(st.text(max_size=40))
def test_any_text_is_a_key_or_refused(text: str) -> None:
    with pytest.raises(BadKeyError):
        parse_key(text)


@pytest.mark.parametrize(
    "key",
    [KEY, RowKey(logs.ASK, None), replace(KEY, base="0123456789abcdef", version=2)],
)
def test_a_key_comes_back_as_it_was(key: RowKey) -> None:
    found = parse_key(key.text())
    assert found.start.id == key.start.id
    assert found.text() == key.text()


@pytest.mark.parametrize(
    "text",
    [
        '["a#1", "x", null, null, "", null]',
        KEY.text().replace(logs.ASK.digest, logs.ASK.digest[:-1]),
        KEY.text().replace("null", "0"),
        KEY.text().replace("null", "true"),
        KEY.text().replace('"greta#R1"', "1"),
        KEY.text().replace('"plan#4.1"', "null"),
        "[" * 5000,
    ],
)
def test_a_key_somebody_changed_is_refused(text: str) -> None:
    with pytest.raises(BadKeyError, match="was changed"):
        parse_key(text)
