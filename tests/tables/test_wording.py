from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Evidence
from rodtrad.tables.terms import load_terms
from rodtrad.tables.wording import (
    date_text,
    last_day,
    number_text,
    place_text,
    probability_figure,
    probability_sentence,
    shorten,
    swedish_key,
)

SV, EN = load_terms("sv"), load_terms("en")


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        ("2026-10-01", "1 oktober 2026", "1 October 2026"),
        ("2018-03", "mars 2018", "March 2018"),
        ("2018-spring", "våren 2018", "spring 2018"),
        ("--12-15", "15 december varje år", "15 December every year"),
        ("2027-Q1", "första kvartalet 2027", "first quarter of 2027"),
        ("2027-H2", "andra halvåret 2027", "second half of 2027"),
        ("2027", "2027", "2027"),
        ("2026/2027", "2026–2027", "2026–2027"),
        ("snarast", "snarast", "snarast"),
        ("2026-13-45", "2026-13-45", "2026-13-45"),
        ("2026-13", "2026-13", "2026-13"),
        ("--02-31", "--02-31", "--02-31"),
    ],
)
def test_dates_in_words(value: str, swedish: str, english: str) -> None:
    assert date_text(value, SV).replace("\u00a0", " ") == swedish
    assert date_text(value, EN).replace("\u00a0", " ") == english


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-10-01", date(2026, 10, 1)),
        ("2026-02", date(2026, 2, 28)),
        ("2028-02", date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 31)),
        ("2018-spring", date(2018, 6, 30)),
        ("2027-Q1", date(2027, 3, 31)),
        ("2027-H1", date(2027, 6, 30)),
        ("2027", date(2027, 12, 31)),
        ("2026/2027", date(2027, 12, 31)),
        ("--12-15", None),
        ("2026-02-30", None),
        ("snarast", None),
        ("0000", None),
    ],
)
def test_last_day_a_date_can_mean(value: str, expected: date | None) -> None:
    assert last_day(value) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (1250000, 0, "1\u00a0250\u00a0000", "1,250,000"),
        (0.923, 2, "0,92", "0.92"),
        (1234.5, 1, "1\u00a0234,5", "1,234.5"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers(value: float, decimals: int, swedish: str, english: str) -> None:
    assert number_text(value, SV, decimals=decimals) == swedish
    assert number_text(value, EN, decimals=decimals) == english


@pytest.mark.parametrize(
    ("probability", "figure"),
    [(0.92, "0,92"), (0.999, "över 0,99"), (1.0, "över 0,99"), (0.0, "under 0,01"), (0.5, "0,50")],
)
def test_a_model_is_never_certain(probability: float, figure: str) -> None:
    assert probability_figure(probability, SV) == figure


@given(st.floats(0, 1))
def test_no_probability_reads_zero_or_one(probability: float) -> None:
    figure = probability_figure(probability, SV)
    assert figure not in {"0,00", "1,00"}


def test_a_probability_says_of_what() -> None:
    sentence = probability_sentence(0.92, SV)
    assert sentence == "sannolikhet 0,92 att det finns ett samband (mycket troligt)"


def test_a_page_is_cited_only_where_there_is_one() -> None:
    path = ("4.3 Stöd", "4.3.1 Uppdrag till flera myndigheter")
    known = Evidence("d", "q", 0, 1, 12, path)
    unknown = Evidence("d", "q", 0, 1, None, path)
    assert place_text(known, SV) == "avsnitt 4.3.1 Uppdrag till flera myndigheter, s. 12"
    assert place_text(unknown, SV) == "avsnitt 4.3.1 Uppdrag till flera myndigheter"


def test_sorting_by_the_swedish_alphabet() -> None:
    names = ["Örebro", "Ale", "Åmål", "Zinkgruvan", "Älmhult", "4.3.10", "4.3.9", "Édith", "Eda"]
    expected = ["4.3.9", "4.3.10", "Ale", "Eda", "Édith", "Zinkgruvan", "Åmål", "Älmhult", "Örebro"]
    assert sorted(names, key=swedish_key) == expected


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert (swedish_key(one) < swedish_key(other)) in (True, False)


@given(st.text(), st.integers(2, 60))
def test_shortened_text_fits_and_is_a_beginning(text: str, width: int) -> None:
    short = shorten(text, width)
    assert len(short) <= width
    assert " ".join(text.split()).startswith(short.removesuffix("…"))
