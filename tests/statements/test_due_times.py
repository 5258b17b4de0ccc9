"""When something is due: quarters, turns of the year, lists of years, recurrences, letters."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import Statements

Read = Callable[..., tuple[Document, Statements]]


def _assignment(read: Read, sentence: str, language: str = "sv") -> Statements:
    text = (
        "Uppdrag till Socialstyrelsen om stöd\n\n"
        f"Regeringen ger Socialstyrelsen i uppdrag att se över stödet. {sentence}\n"
    )
    return read(text, kind="regeringsuppdrag", language=language)[1]


@pytest.mark.parametrize(
    ("sentence", "deadlines"),
    [
        ("Uppdraget ska redovisas senast kvartal 2 2026.", [("redovisning", "2026-Q2")]),
        ("Uppdraget ska slutredovisas senast Q4 2026.", [("slutredovisning", "2026-Q4")]),
        ("Uppdraget ska redovisas före utgången av 2027.", [("redovisning", "2027-12-31")]),
        ("Uppdraget ska redovisas vid utgången av år 1999.", [("redovisning", "1999-12-31")]),
        ("Uppdraget ska redovisas vid halvårsskiftet 2027.", [("redovisning", "2027-06-30")]),
        ("Uppdraget ska redovisas under slutet av 2027.", []),
        (
            "Uppdraget ska delredovisas i maj 2026 och 2027 och slutredovisas den 1 juni 2028.",
            [
                ("delredovisning", "2026-05"),
                ("delredovisning", "2027-05"),
                ("slutredovisning", "2028-06-01"),
            ],
        ),
        (
            "Myndigheten ska rapportera vartannat år, med början den 1 oktober 2027.",
            [("redovisning", "2027-10-01")],
        ),
        ("Myndigheten ska anställa fem personer, med början den 1 oktober 2027.", []),
        (
            "Uppdraget ska redovisas halvårsvis, den 15 februari och den 15 augusti.",
            [("redovisning", "--02-15"), ("redovisning", "--08-15")],
        ),
        ("Uppdraget ska redovisas den 1 mars vartannat år.", []),
    ],
)
def test_times_of_a_year(sentence: str, deadlines: list[tuple[str, str]], read: Read) -> None:
    (measure,) = _assignment(read, sentence).measures
    assert [(d.kind, d.date) for d in measure.deadlines] == deadlines


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("The assignment shall be reported by the end of 2026.", "2026-12-31"),
        ("The assignment shall be reported in the second quarter of 2026.", "2026-Q2"),
    ],
)
def test_times_of_a_year_in_english(sentence: str, date: str, read: Read) -> None:
    (measure,) = _assignment(read, sentence, language="en").measures
    assert [d.date for d in measure.deadlines] == [date]


@pytest.mark.parametrize(
    ("sentence", "flag"),
    [
        ("Uppdraget ska redovisas under 2027.", "2027: tiden anges bara med år"),
        ("Uppdraget ska redovisas den 1 mars.", "den 1 mars: året anges inte"),
        (
            "Uppdraget ska redovisas den 1 mars vartannat år.",
            "den 1 mars vartannat år: återkommer inte varje år",
        ),
        (
            "Uppdraget ska redovisas vartannat år.",
            "återkommande redovisning utan dag: vartannat år",
        ),
        (
            "Uppdraget ska delredovisas varje kvartal och slutredovisas den 1 maj 2027.",
            "återkommande redovisning utan dag: varje kvartal",
        ),
    ],
)
def test_a_time_that_leaves_the_day_open_is_told(sentence: str, flag: str, read: Read) -> None:
    (measure,) = _assignment(read, sentence).measures
    assert [f for f in measure.flags if not f.startswith("läge")] == [flag]


LETTER = """Regleringsbrev för budgetåret 2014 avseende Statens kulturråd

Regeringen beslutar att följande ska gälla under budgetåret 2014 för Statens kulturråd.

Uppdrag

1. Skapande skola
Kulturrådet ska utvärdera bidraget till skapande skola. Uppdraget redovisas senast den 2 maj 2014.

2. Prognoser
Kulturrådet ska lämna prognoser den 21 januari och den 3 maj.

FINANSIERING
Kulturrådet ska redovisa bidraget senast den 1 juni 2014.
"""


def test_points_behind_a_chapter_without_levels_are_those_of_the_letter(read: Read) -> None:
    _, found = read(LETTER, kind="regleringsbrev")
    told = {m.title: [(d.kind, d.date) for d in m.deadlines] for m in found.measures}
    assert told == {
        "Skapande skola": [("redovisning", "2014-05-02")],
        "Prognoser": [("redovisning", "2014-01-21"), ("redovisning", "2014-05-03")],
    }


@pytest.mark.parametrize(
    ("sentence", "recipient"),
    [
        ("Myndigheten ska redovisa uppdraget till regeringen den 1 maj 2027.", "Regeringen"),
        ("Myndigheten ska rapportera resultatet till Naturvårdsverket.", "Naturvårdsverket"),
        ("Myndigheten ska redovisa använda medel till Kammarkollegiet.", None),
        ("Myndigheten ska ge stöd till Naturvårdsverket.", None),
    ],
)
def test_who_receives_the_report(sentence: str, recipient: str | None, read: Read) -> None:
    (measure,) = _assignment(read, sentence).measures
    assert measure.recipient == recipient
    assert {d.recipient for d in measure.deadlines} <= {recipient}
