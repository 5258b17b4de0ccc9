"""Plans that tell under themes, in running text, what several agencies are to do."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document, Measure
from rodtrad.statements import Statements

Read = Callable[..., tuple[Document, Statements]]

HEAD = "# Strategi för säkra lekplatser 2017–2020\n\n## Område 1 – Kunskap\n\n"


def _measures(text: str, read: Read) -> tuple[Measure, ...]:
    return read(HEAD + text, suffix=".md", kind="strategi", issuer="Regeringen")[1].measures


def test_points_below_what_the_government_will_give_are_measures(read: Read) -> None:
    text = """Kunskapen är begränsad. Regeringen kommer att ge

- Boverket i uppdrag att kartlägga olyckor på lekplatser, att redovisas senast den 15 juni 2018,
- Konsumentverket i uppdrag att i samråd med Skolverket följa utvecklingen; arbetet ska
  slutredovisas den 30 april 2020.
"""
    told = [(m.title, m.agencies, m.other_agencies, m.type) for m in _measures(text, read)]
    assert told == [
        ("kartlägga olyckor på lekplatser", ("Boverket",), (), "uppdrag"),
        (
            "i samråd med Skolverket följa utvecklingen",
            ("Konsumentverket",),
            ("Statens skolverk",),
            "uppdrag",
        ),
    ]


def test_paragraphs_that_order_different_agencies_are_measures(read: Read) -> None:
    text = """Boverket ska fortsätta att driva kampanjen. Boverket ska samarbeta med branschen.
En slutlig redovisning lämnas senast den 1 mars 2021.

Regeringen vill att föräldrar är insatta. Konsumentverket ska få i uppdrag att ta fram en
vägledning. Vägledningen ska publiceras senast den 31 december 2017.

Regeringen avser att lämna en proposition om skärpta krav på redskap.
"""
    told = [(m.agencies, m.type, [d.date for d in m.deadlines]) for m in _measures(text, read)]
    assert told == [
        (("Boverket",), "uppdrag", ["2021-03-01"]),
        (("Konsumentverket",), "uppdrag", ["2017-12-31"]),
        ((), "lagstiftning", []),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # One agency's tasks stay together under their heading.
        "Boverket ska mäta buller senast den 1 mars 2018.\n\n"
        "Boverket ska redovisa arbetet senast den 1 mars 2019.\n",
        # What another shall do anyhow, and what was ordered before.
        "Boverket ska mäta buller senast den 1 mars 2018.\n\n"
        "Konsumentverket ska enligt sin instruktion granska redskap. Skolverket fick 2015 i uppdrag"
        " att utreda frågan.\n",
    ],
)
def test_a_theme_with_one_order_is_one_measure(text: str, read: Read) -> None:
    assert [m.title for m in _measures(text, read)] == ["Område 1 – Kunskap"]
