"""What acronyms stand for, read where texts explain them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.retrieval.acronyms import is_acronym, long_form


@pytest.mark.parametrize(
    ("acronym", "text", "form"),
    [
        (
            "SRH",
            "frågor om sexuell och reproduktiv hälsa (SRH) ska",
            "sexuell och reproduktiv hälsa",
        ),
        ("srh", "Om sexuell och reproduktiv hälsa (SRH).", "sexuell och reproduktiv hälsa"),
        ("FoHM", "ge Folkhälsomyndigheten (FoHM) i uppdrag", "Folkhälsomyndigheten"),
        ("SKN", "Statens kulturnämnd, (nämnden) och Svenska kraftnät (SKN)", "Svenska kraftnät"),
        ("WHO", "enligt WHO (World Health Organization) bör", "World Health Organization"),
        (
            "MYH",
            "Myndigheten för yrkeshögskolan (MYH, tidigare KY)",
            "Myndigheten för yrkeshögskolan",
        ),
    ],
)
def test_an_acronym_is_what_stands_beside_its_brackets(acronym: str, text: str, form: str) -> None:
    assert long_form(acronym, [text]) == form


@pytest.mark.parametrize(
    ("acronym", "text"),
    [
        ("EU", "Europaparlamentets och rådets direktiv (EU) 2019/944"),
        ("SiS", "vården är god. Styrelsen (SiS ansvarar för den) har"),
        ("ASF", "att hindra introduktion och spridning av afrikansk svinpest (ASF)"),
        ("FAS", "Rådet för arbetsliv och samhälle bör (FAS) yttra sig"),
        ("DO", "Detta är en fråga för ombudet. (DO)"),
        ("IOM", "arbetar med frågan (IOM)"),
    ],
)
def test_what_only_stands_before_brackets_is_no_long_form(acronym: str, text: str) -> None:
    assert long_form(acronym, [text]) is None


def test_the_reading_of_most_texts_counts() -> None:
    texts = [
        "Särskild insatsgrupp (SIG)",
        "Svenska insatsgruppen (SIG)",
        "svenska insatsgruppen (SIG)",
    ]
    assert long_form("SIG", texts) == "Svenska insatsgruppen"


@pytest.mark.parametrize(
    ("word", "is_one"),
    [("SRHR", True), ("SiS", True), ("Sis", False), ("A4", False), ("sis", False)],
)
def test_capitals_make_an_acronym(word: str, is_one: bool) -> None:
    assert is_acronym(word) is is_one


@given(st.text(max_size=6), st.lists(st.text(max_size=80), max_size=3))
def test_a_long_form_is_a_stretch_of_a_text(acronym: str, texts: list[str]) -> None:
    form = long_form(acronym, texts)
    assert form is None or any(form in " ".join(text.split()) for text in texts)
