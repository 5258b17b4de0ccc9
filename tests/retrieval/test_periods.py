"""Which days a query names, and which documents are preferred for it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Span
from rodtrad.retrieval.hits import DocumentInfo, SearchFilters
from rodtrad.retrieval.periods import asked_periods
from rodtrad.retrieval.query import Alternative, Concept, ParsedQuery, named_kinds, plain_kind
from rodtrad.retrieval.ranking import Weights, document_bonus


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("beslut 2011", (2011_01_01, 2011_12_31)),
        ("uppdrag om pandemin från december 2020", (2020_12_01, 2020_12_31)),
        ("hösten 2019", (2019_09_01, 2019_11_31)),
        ("consultations in the autumn of 2022", (2022_09_01, 2022_11_31)),
        ("första kvartalet 2021", (2021_01_01, 2021_03_31)),
        ("first quarter of 2021", (2021_01_01, 2021_03_31)),
        ("1990-talet", (1990_01_01, 1999_12_31)),
        ("mellan 2015 och 2018", (2015_01_01, 2018_12_31)),
        ("between March 2019 and May 2020", (2019_03_01, 2020_05_31)),
        ("strategier 2026–2028", (2026_01_01, 2028_12_31)),
        ("skatter sedan 2019", (2019_01_01, 9999_99_99)),
        ("taxes after 2019", (2019_12_32, 9999_99_99)),
        ("före 2012", (1, 2012_01_00)),
        ("directives from October 2020", (2020_10_01, 2020_10_31)),
        ("skatter fr.o.m. 2019", (2019_01_01, 9999_99_99)),
        ("31 mars 2027", (2027_03_01, 2027_03_31)),
    ],
)
def test_a_query_names_a_period(text: str, period: tuple[int, int]) -> None:
    assert [(one.first, one.last) for one in asked_periods(text)] == [period]


@pytest.mark.parametrize(
    "text", ["SOU 2025:119", "A2025/00637", "prop. 2025/26:222", "läsåret 2020/21", "skatt i mars"]
)
def test_references_and_months_without_a_year_name_none(text: str) -> None:
    assert asked_periods(text) == ()


@given(st.text(max_size=80))
def test_every_period_begins_before_it_ends(text: str) -> None:
    assert all(one.first <= one.last for one in asked_periods(text))


def bonus(text: str, date: str | None, *, kind: str = "okänd", says: str = "") -> float:
    kinds = frozenset({plain_kind(says)})
    parsed = ParsedQuery(text, "sv", (), periods=asked_periods(text), kinds=kinds)
    return document_bonus(DocumentInfo("d", "t", kind, date), parsed, Weights())


def test_documents_of_the_time_and_kind_asked_for_are_preferred() -> None:
    weights = Weights()
    assert bonus("uppdrag 2020", "2020-12-03") == weights.year
    assert bonus("uppdrag december 2020", "2020-12-03") == weights.month
    assert bonus("uppdrag december 2020", "2020-11-30") == 0
    assert bonus("uppdrag december 2020", "2020") == 0
    assert bonus("uppdrag 2020", None) == 0
    assert bonus("direktiv", None, kind="kommittédirektiv", says="kommittédirektivet") == (
        weights.kind
    )
    assert bonus("direktiv", None, kind="remiss", says="kommittédirektiv") == 0


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("juni 2023", ("2023-06-01", "2023-06-31")),
        ("since 2019", ("2019-01-01", None)),
        ("före 2012", (None, "2012-01-00")),
    ],
)
def test_a_period_has_ends_that_a_filter_takes(
    text: str, ends: tuple[str | None, str | None]
) -> None:
    (period,) = asked_periods(text)
    assert period.ends() == ends
    assert not SearchFilters(from_date=ends[0], to_date=ends[1]).empty


@pytest.mark.parametrize(
    ("text", "is_listed"),
    [
        ("remisser i november 2024", True),
        ("remisser första kvartalet 2024", True),
        ("remisser om skatt i november 2024", False),
    ],
)
def test_what_names_but_a_kind_and_a_time_asks_for_all_such_documents(
    text: str, is_listed: bool
) -> None:
    words = [(m[0], Span(*m.span())) for m in re.finditer(r"\w+", text) if len(m[0]) > 2]
    concepts = tuple(
        Concept(word, at, (Alternative((word,), "sv", "own", word),)) for word, at in words
    )
    parsed = ParsedQuery(
        text, "sv", concepts, periods=asked_periods(text), kinds=named_kinds(concepts)
    )
    weights = Weights()
    found = document_bonus(
        DocumentInfo("d", "t", "remiss", "2024-11" if "nov" in text else "2024-02"), parsed, weights
    )
    assert found == weights.month + weights.kind + weights.listed * is_listed
