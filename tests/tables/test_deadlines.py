from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Deadline, Span
from rodtrad.tables.calendar import calendar_text, event_uid, fold
from rodtrad.tables.deadlines import deadline_state, next_occurrence, sorted_deadlines
from tables import sample

TODAY = date(2026, 11, 22)


def due(day: str, kind: str = "slutredovisning") -> Deadline:
    return Deadline(kind, day, (), Span(0, 1))


@pytest.mark.parametrize(
    ("kind", "day", "measure_state", "state"),
    [
        ("slutredovisning", "2026-10-01", "pågående", "due.passed_report"),
        ("slutredovisning", "2026-10-01", "delredovisad", "due.passed_report"),
        ("delredovisning", "2026-04-01", "delredovisad", "due.passed_reported"),
        ("redovisning", "2018-12-14", "redovisad", "due.passed_reported"),
        ("ikraftträdande", "2018-07-01", "beslutad", "due.passed_force"),
        ("antagande", "2018-07-01", "beslutad", "due.passed_other"),
        ("slutredovisning", "2026-11-22", "pågående", "due.today"),
        ("slutredovisning", "2029-03-01", "pågående", "due.ahead"),
        ("redovisning", "--12-15", "redovisad", "due.yearly"),
        ("redovisning", "2026-11", "pågående", "due.ahead"),
        ("redovisning", "2018-spring", "pågående", "due.passed_report"),
        ("redovisning", "snarast", "pågående", "due.unknown"),
    ],
)
def test_a_passed_date_is_never_done_unless_the_source_says_so(
    kind: str, day: str, measure_state: str, state: str
) -> None:
    assert deadline_state(due(day, kind), measure_state, as_of=TODAY) == state


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("--12-15", date(2026, 12, 15)),
        ("--11-22", date(2026, 11, 22)),
        ("--03-01", date(2027, 3, 1)),
        ("--02-29", date(2027, 2, 28)),
        ("--02-31", None),
        ("2026-12-15", None),
    ],
)
def test_next_occurrence_of_a_yearly_date(value: str, expected: date | None) -> None:
    assert next_occurrence(value, as_of=TODAY) == expected


def test_the_record_has_the_sentence_and_the_slice() -> None:
    first = sample.deadline_records()[0]
    assert first["date"] == "2026-10-01"
    assert first["state"] == "passerad, redovisning ej funnen"
    assert first["quote"] == "den 1 oktober 2026"
    assert first["sentence"] == (
        "Uppdraget ska slutredovisas senast den 1 oktober 2026 (Ju2025/01324)."
    )
    source = sample.source_text(sample.PLAN)
    start, end = int(str(first["start"])), int(str(first["end"]))
    assert source[start:end] == first["quote"]


def test_soonest_first_with_yearly_dates_by_their_next_day() -> None:
    item = sample.measures()[0]
    days = ["2029-03-01", "--12-01", "snarast", "2026-10-01", "2027"]
    many = replace(item, deadlines=tuple(due(day) for day in days))
    ordered = [d.date for _, d in sorted_deadlines([many], as_of=TODAY)]
    assert ordered == ["2026-10-01", "--12-01", "2027", "2029-03-01", "snarast"]


def test_the_calendar_is_read_by_a_calendar_program() -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")
    yearly = {**sample.deadline_records()[0], "date": "--12-15", "kind": "redovisning"}
    season = {**sample.deadline_records()[0], "date": "2027-spring"}
    text = calendar_text([*sample.deadline_records(), yearly, season])
    calendar = icalendar.Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [
        date(2026, 10, 1), date(2027, 2, 26), date(2029, 3, 1), date(2020, 12, 15),
        date(2027, 6, 30),
    ]  # fmt: skip
    assert "Källa: ”Uppdraget ska slutredovisas senast den 1 oktober 2026 (Ju2025/01324).”" in str(
        events[0]["DESCRIPTION"]
    )
    assert events[3]["RRULE"]["FREQ"] == ["YEARLY"]
    assert "våren 2027" in events[4]["DESCRIPTION"]
    assert [len(event.walk("VALARM")) for event in events] == [2] * 5
    assert len({event["UID"] for event in events}) == 5


@pytest.mark.parametrize(
    ("written", "sentence", "start", "rule"),
    [
        ("2026-06-11", "Uppdraget ska redovisas den 15 december varje år.", "20261215", "YEARLY\r"),
        ("2026-12-20", "Uppdraget ska redovisas den 15 december varje år.", "20271215", "YEARLY\r"),
        ("2026", "Den 15 december varje år.", "20261215", "YEARLY\r"),
        ("våren 2026", "Den 15 december varje år.", "20201215", "YEARLY\r"),
        (None, "Den 15 december varje år.", "20201215", "YEARLY\r"),
        ("2026-06-11", "Ska årligen redovisas den 15 december under 2027–2029.", "20271215",
         "YEARLY;UNTIL=20291231\r"),
        ("2026-06-11", "Den 15 december varje år under perioden 2028 till 2030.", "20281215",
         "YEARLY;UNTIL=20301231\r"),
        ("2026-06-11", "Enligt handlingsplanen 2026–2028 den 15 december varje år.", "20261215",
         "YEARLY\r"),
        ("2026-06-11", "Under 2027–2028 och under 2029–2030.", "20261215", "YEARLY\r"),
    ],
)  # fmt: skip
def test_a_yearly_date_begins_when_it_can_first_be_meant(
    written: str | None, sentence: str, start: str, rule: str
) -> None:
    record = {**sample.deadline_records()[0], "date": "--12-15", "document_date": written,
              "sentence": sentence}  # fmt: skip
    text = calendar_text([record])
    assert f"DTSTART;VALUE=DATE:{start}\r" in text
    assert f"RRULE:FREQ={rule}" in text


def test_an_event_keeps_its_name_and_is_written_once() -> None:
    record = sample.deadline_records()[0]
    again = {**record, "state": "kommande", "quote": "annat"}
    assert event_uid(record) == event_uid(again)
    assert event_uid(record) != event_uid({**record, "date": "2026-12-01"})
    assert calendar_text([record, again]).count("BEGIN:VEVENT") == 1


def test_a_date_that_cannot_be_read_is_left_out() -> None:
    record = {**sample.deadline_records()[0], "date": "snarast"}
    assert "VEVENT" not in calendar_text([record])


@given(st.text(max_size=300))
def test_folded_lines_are_short_and_unfold_to_the_same_text(text: str) -> None:
    line = "".join(c for c in text if c.isprintable())
    folded = fold(line)
    assert all(len(part.encode("utf-8")) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line


@given(st.text(max_size=80))
def test_no_text_adds_a_line_to_the_calendar(text: str) -> None:
    record = {**sample.deadline_records()[0], "measure_title": text or "x", "sentence": text}
    lines = calendar_text([record]).replace("\r\n ", "").split("\r\n")
    assert sum(line.startswith(("BEGIN:", "END:")) for line in lines) == 8
    assert "\n" not in "".join(lines)


def test_the_calendar_says_what_is_marked() -> None:
    record = {**sample.deadline_records()[0], "marking": "arbetsmaterial"}
    text = calendar_text([record]).replace("\r\n ", "")
    assert "CLASS:CONFIDENTIAL" in text
    assert "DESCRIPTION:Märkning: arbetsmaterial" in text
    assert "CLASS:" not in calendar_text(sample.deadline_records())
