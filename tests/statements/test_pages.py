"""Web pages of the Government that tell of several assignments under headings of their own."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import Statements

Read = Callable[..., tuple[Document, Statements]]

PAGE = """# Nya uppdrag ska ge renare sjöar

Publicerad 4 mars 2019

Regeringen har i dag beslutat om tre uppdrag som ska ge renare sjöar.

## Kemikalieinspektionen ska ta fram en lägesbild

Kemikalieinspektionen får i uppdrag att beskriva vilka ämnen som når sjöarna. Synpunkter ska hämtas
in från Havs- och vattenmyndigheten. Uppdraget ska redovisas senast den 1 december 2019.

## Boverket ska se över reglerna

Boverket får i uppdrag att se över reglerna om enskilda avlopp. Uppdraget ska redovisas senast den
2 mars 2020.

## Mer pengar till bryggor

Sjöfartsverket får 2 500 000 kronor för att under 2019 rusta bryggor.

Detta har regeringen gjort tidigare

- I maj 2018 fick Naturvårdsverket i uppdrag att mäta fosfor. Uppdraget redovisas den 3 juni 2019.
"""


def test_each_heading_of_a_page_is_an_assignment_of_its_own(read: Read) -> None:
    _, found = read(PAGE, suffix=".md", kind="webbsida", issuer="Miljödepartementet")
    told = [
        (m.title, m.agencies, m.other_agencies, [d.date for d in m.deadlines])
        for m in found.measures
    ]
    assert told == [
        (
            "Kemikalieinspektionen ska ta fram en lägesbild",
            ("Kemikalieinspektionen",),
            ("Havs- och vattenmyndigheten",),
            ["2019-12-01"],
        ),
        ("Boverket ska se över reglerna", ("Boverket",), (), ["2020-03-02"]),
        ("Mer pengar till bryggor", ("Sjöfartsverket",), (), []),
    ]
    assert [a.value for m in found.measures for a in m.amounts] == [2_500_000]


def test_what_is_given_does_not_act(read: Read) -> None:
    opening = PAGE.split("##", maxsplit=1)[0]
    _, found = read(opening, suffix=".md", kind="webbsida", issuer="Miljödepartementet")
    assert [m.agencies for m in found.measures] == [()]


@pytest.mark.parametrize(
    ("sentence", "sums"),
    [
        ("Kostnaden beräknas till 700 000 kronor.", [700_000]),
        ("Kostnaderna för uppdraget bedöms uppgå till 700 000 kronor.", [700_000]),
        ("Skadornas kostnad beräknas till 700 000 kronor.", []),
        ("Formas ska göra en utlysning om vatten om 9 miljoner kronor.", [9_000_000]),
    ],
)
def test_what_a_measure_costs_is_its_money(sentence: str, sums: list[int], read: Read) -> None:
    text = PAGE.replace("2 mars 2020.", f"2 mars 2020. {sentence}")
    _, found = read(text, suffix=".md", kind="webbsida", issuer="Miljödepartementet")
    assert [a.value for a in found.measures[1].amounts] == sums
