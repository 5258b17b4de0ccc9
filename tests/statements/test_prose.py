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


JUDGED = """# Ett friskare skärgårdshav

## Fisket

Regeringens bedömning: Fisket bör bli skonsammare.

Skälen för regeringens bedömning: Havs- och vattenmyndigheten har 2011–2013 märkt ut grynnorna.
Kustbevakningen ska tillsammans med Sjöfartsverket se över sjökorten. Översynen ska vara klar den
30 september 2015.

## Bryggorna

Regeringens bedömning: Bryggorna bör rustas upp. Trafikverket bör enligt utredningen få ansvaret.

Skälen för regeringens bedömning: Därför {order}
"""


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (
            "ska Boverket få i uppdrag att räkna bryggorna senast den 1 maj 2015.",
            ("räkna bryggorna senast den 1 maj 2015", ("Boverket",)),
        ),
        (
            "avser regeringen att låta utreda hur bryggorna kan skötas.",
            ("låta utreda hur bryggorna kan skötas", ()),
        ),
        (
            "satsar regeringen 4 miljoner kronor på bryggor. Trafikverket har byggt många.",
            ("Därför satsar regeringen 4 miljoner kronor på bryggor", ()),
        ),
        ("avser regeringen inte att ändra reglerna.", None),
        ("kan regeringen komma att föreslå nya regler för bryggor.", None),
        ("följer regeringen frågan, som Boverket fick i uppdrag att utreda.", None),
    ],
)
def test_what_is_ordered_in_the_reasons_is_the_measure(
    order: str, told: tuple[str, tuple[str, ...]] | None, read: Read
) -> None:
    text = JUDGED.format(order=order)
    _, statements = read(text, suffix=".md", kind="skrivelse", issuer="Regeringen")
    fishing, *rest = statements.measures
    assert (fishing.agencies, [d.date for d in fishing.deadlines]) == (
        ("Kustbevakningen",),
        ["2015-09-30"],
    )
    assert [(m.title, m.agencies) for m in rest] == ([told] if told else [])


def test_a_title_that_says_who_shall_do_something_frames_nothing(read: Read) -> None:
    text = """# Strategi mot buller

## Boverket ska ta fram en lägesbild

Boverket får i uppdrag att beskriva bullret i städer. Uppdraget ska redovisas den 1 mars 2018.

## Lägesbild

Boverket har beskrivit bullret. En av fem störs av det enligt Folkhälsomyndigheten.

## De ideella organisationerna

Naturvårdsverket ska ge organisationerna stöd. Stödet ska redovisas senast den 1 maj 2019.
"""
    _, statements = read(text, suffix=".md", kind="strategi", issuer="Regeringen")
    told = [(m.title, m.agencies) for m in statements.measures]
    assert told == [
        ("Boverket ska ta fram en lägesbild", ("Boverket",)),
        ("De ideella organisationerna", ("Naturvårdsverket",)),
    ]
