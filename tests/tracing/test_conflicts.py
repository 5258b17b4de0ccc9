"""What other documents say of an assignment differently, with both quotes."""

from dataclasses import replace
from typing import Any

import pytest

from rodtrad.datamodel import (
    AnnotatedDocument,
    Deadline,
    Document,
    Measure,
    Mention,
    Passage,
    Sentence,
    Span,
)
from rodtrad.datamodel.cleantext import whole
from rodtrad.statements.versions import differences_of
from rodtrad.tracing.conflicts import left_unreported, stated, told_otherwise

ORDER = (
    "Skolverket ska ta fram en vägledning för lärare. Skolverket ska samråda med Polismyndigheten "
    "om otrygga miljöer. Uppdraget ska slutredovisas senast den 1 mars 2027."
)
DUE = "den 1 mars 2027"


def span_in(text: str, piece: str) -> Span:
    start = text.index(piece)
    return Span(start, start + len(piece))


def written(name: str, kind: str, text: str, *mentions: tuple[str, str, Any]) -> AnnotatedDocument:
    """A document of one passage; a mention is its type, its words and its value."""
    found = tuple(
        Mention(sort, words, value, span_in(text, words), span_in(text, words), "test")
        for sort, words, value in mentions
    )
    document = Document(name, kind, "sv", text, whole(text), ())
    at = Span(0, len(text))
    return AnnotatedDocument(
        document, passages=(Passage(name, name, 0, (), text, at, at, "sv"),), mentions=found
    )


@pytest.fixture
def order() -> Measure:
    sentences = [f"{part}." for part in ORDER.removesuffix(".").split(". ")]
    read = tuple(Sentence(part, span_in(ORDER, part)) for part in sentences)
    at = Span(0, len(ORDER))
    return Measure(
        id="1",
        document="beslut",
        title="Uppdrag om en vägledning",
        type="uppdrag",
        state="pågående",
        agencies=("Skolverket",),
        other_agencies=(),
        deadlines=(
            Deadline("slutredovisning", "2027-03-01", ("Skolverket",), span_in(ORDER, DUE)),
        ),
        dnr=("U2025/00123",),
        other_dnr=(),
        refs=(),
        amounts=(),
        text=ORDER,
        at=at,
        span=at,
        section=(),
        sentences=read,
        tasks=read[:2],
    )


DECISION = written("beslut", "regeringsbeslut", ORDER)


def due(words: str, date: str, kind: str, *who: str) -> tuple[str, str, Any]:
    return ("DEADLINE", words, {"date": date, "kind": kind, "responsible": list(who)})


NUMBER = ("DIARIENUMMER", "U2025/00123", "U2025/00123")


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        (
            "Skolverket ska redovisa uppdraget den 1 juni 2027 (U2025/00123).",
            [NUMBER, due("den 1 juni 2027", "2027-06-01", "redovisning", "Skolverket")],
            [("deadlines", ("redovisning 2027-06-01",))],
        ),
        (
            "Socialstyrelsen ska slutredovisa uppdraget den 1 mars 2027 (U2025/00123).",
            [NUMBER, due("den 1 mars 2027", "2027-03-01", "slutredovisning", "Socialstyrelsen")],
            [("agencies", ("Socialstyrelsen",))],
        ),
        (
            "Uppdraget ska slutredovisas den 1 mars 2027 (U2025/00123).",
            [NUMBER, due("den 1 mars 2027", "2027-03-01", "slutredovisning")],
            [],
        ),
        (
            "Uppdraget delredovisas den 1 juni 2026 (U2025/00123).",
            [NUMBER, due("den 1 juni 2026", "2026-06-01", "delredovisning")],
            [],
        ),
        (
            "Två uppdrag (U2025/00123 och U2025/00999) slutredovisas den 1 juni 2027.",
            [
                NUMBER,
                ("DIARIENUMMER", "U2025/00999", "U2025/00999"),
                due("den 1 juni 2027", "2027-06-01", "slutredovisning"),
            ],
            [],
        ),
        (
            "Uppdraget har dnr U2025/00123.\n\nEtt annat slutredovisas den 1 juni 2027.",
            [NUMBER, due("den 1 juni 2027", "2027-06-01", "slutredovisning")],
            [],
        ),
    ],
)
def test_a_paragraph_with_the_assignments_number_alone_can_contradict(
    order: Measure, text: str, mentions: list[Any], expected: list[Any]
) -> None:
    plan = written("plan", "handlingsplan", text, *mentions)
    found = list(told_otherwise([order], [DECISION, plan]))
    assert [(c.field, c.other_says) for c in found] == expected
    for conflict in found:
        leading, other = conflict.evidence
        assert (conflict.leading, conflict.other) == ("beslut#1", "plan")
        assert other.quote == text
        assert leading.quote
        assert leading.quote in ORDER


def test_what_stands_in_a_version_is_left_to_the_versions(order: Measure) -> None:
    """Its own measure is compared field by field already."""
    text = "Uppdraget (U2025/00123) slutredovisas den 1 juni 2027."
    mention = due("den 1 juni 2027", "2027-06-01", "slutredovisning")
    decision = written("beslut", "regeringsbeslut", text, NUMBER, mention)
    assert list(told_otherwise([order], [decision])) == []


@pytest.mark.parametrize(
    ("report", "missing"),
    [
        ("Skolverket har tagit fram en vägledning för lärare i alla ämnen.", 1),
        (
            "Skolverket har tagit fram en vägledning för lärare. Vi har samrått med "
            "Polismyndigheten om otrygga miljöer.",
            0,
        ),
        ("Härmed överlämnas rapporten.", 0),
    ],
)
def test_a_report_that_leaves_a_task_out(order: Measure, report: str, missing: int) -> None:
    answer = written("rapport", "redovisning", report)
    found = list(left_unreported([order], answer, [DECISION, answer]))
    assert [len(c.missing) for c in found] == ([missing] if missing else [])
    if found:
        assert found[0].evidence[0].quote == order.tasks[1].text
        assert found[0].evidence[1].quote == report


TO_WHOM = "Uppdraget ska redovisas till Regeringskansliet (Utbildningsdepartementet)."


@pytest.mark.parametrize(
    ("field", "said", "quote"),
    [
        ("recipient", "Regeringskansliet (Utbildningsdepartementet)", TO_WHOM),
        ("other_agencies", "Polismyndigheten", "Skolverket ska samråda med Polismyndigheten"),
        ("agencies", "Skolverket", "Skolverket ska ta fram en vägledning för lärare."),
        # Nobody names it: the whole assignment.
        ("recipient", "Sametinget", ORDER),
    ],
)
def test_who_is_named_is_quoted_from_the_sentence_that_names_them(
    order: Measure, field: str, said: str, quote: str
) -> None:
    text = f"{ORDER} {TO_WHOM}"
    told = replace(order, sentences=(*order.sentences, Sentence(TO_WHOM, span_in(text, TO_WHOM))))
    found = stated(told, field, (said,), [written("beslut", "regeringsbeslut", text)])
    assert (found.quote or "").startswith(quote)


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        (("Regeringskansliet", "Utbildningsdepartementet"), False),
        (("Sametinget",), False),  # the recipient of the leading version
        (("Boverket",), True),
    ],
)
def test_who_receives_the_report_is_no_other_agency_concerned(
    order: Measure, other: tuple[str, ...], *, differs: bool
) -> None:
    lead = replace(order, other_agencies=other, recipient="Sametinget")
    plan = replace(lead, document="plan", other_agencies=())
    assert bool(differences_of([lead, plan])) is differs
