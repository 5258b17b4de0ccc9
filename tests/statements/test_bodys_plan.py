"""Plans of single bodies: which of their sections are measures, and whose."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import Statements

Read = Callable[..., tuple[Document, Statements]]

PLAN = """# Tillsynsplan för lekplatser 2022

## Bakgrund

Konsumentverket har sedan 2018 haft i uppdrag att samverka med Boverket om lekplatser.

## Planerade aktiviteter under 2022

## Gungor

Konsumentverket genomför tillsammans med Boverket kontroller av gungor. Kontrollerna ska vara
klara den 30 november 2022.

## Rutschbanor

Enheten besöker tillverkare i tre län. En rapport publiceras senast den 16 december 2022.

## Registret

Registret ska byggas ut. Budget: 2,1 mnkr.

## Arbetssätt

Tillsyn sker alltid av två inspektörer. Handlingar ska diarieföras.
"""


@pytest.mark.parametrize("kind", ["handlingsplan", "plan", "okänd"])
def test_a_bodys_plan_tells_what_the_body_does(kind: str, read: Read) -> None:
    _, found = read(PLAN, suffix=".md", kind=kind, issuer="Konsumentverket")
    told = [(m.title, m.agencies, m.other_agencies, m.type) for m in found.measures]
    assert told == [
        ("Gungor", ("Konsumentverket",), ("Boverket",), "uppdrag"),
        ("Rutschbanor", ("Konsumentverket",), (), "uppdrag"),
        ("Registret", ("Konsumentverket",), (), "uppdrag"),
    ]


def test_a_report_of_unknown_kind_is_no_plan(read: Read) -> None:
    text = PLAN.replace("Tillsynsplan för lekplatser", "Lekplatserna och tillsynen")
    assert not read(text, suffix=".md", kind="okänd", issuer="Konsumentverket")[1].measures


STRATEGY = """# Strategi för lekplatser

## Regeringens insatser

### Säkrare gungor

Boverket får i uppdrag att ta fram en vägledning. Uppdraget ska redovisas senast den 1 mars 2026.

### {back}

Under 2022 förenklade regeringen reglerna. Konsumentverket redovisade en översyn i april 2024.
"""


@pytest.mark.parametrize(
    ("back", "number"),
    [
        ("Tidigare genomförda åtgärder", 1),
        ("Vad regeringen har gjort", 1),
        ("Insatser som redan har vidtagits", 1),
        ("Genomförda insatser", 1),
        ("Pågående och planerade åtgärder", 2),
    ],
)
def test_what_has_been_done_is_no_measure_of_a_plan(back: str, number: int, read: Read) -> None:
    text = STRATEGY.format(back=back)
    _, found = read(text, suffix=".md", kind="strategi", issuer="Regeringen")
    assert len(found.measures) == number


FORMS = """# Handlingsplan mot olyckor på lekplatser

## Område A. Gungor

## Åtgärd A1 Gemensam mall

Konsumentverket och Boverket ska enas om en mall. Skolverket ska höras.
Ansvarig: Konsumentverket (rättsenheten) och Boverket (byggavdelningen)
Medverkar: Naturvårdsverket
Klart: 2019-01-31

## Åtgärd A2 Utbildning

Personalen ska utbildas.
Ansvarig: HR-avdelningen
Klart: 2018-12-31
"""


def test_a_numbered_heading_over_a_form_is_the_title_and_brackets_stay_whole(read: Read) -> None:
    _, found = read(FORMS, suffix=".md", kind="handlingsplan", issuer="Konsumentverket")
    told = [(m.title, m.agencies, [d.date for d in m.deadlines]) for m in found.measures]
    assert told == [
        ("Gemensam mall", ("Konsumentverket", "Boverket"), ["2019-01-31"]),
        ("Utbildning", ("Konsumentverket",), ["2018-12-31"]),
    ]
    assert found.measures[0].other_agencies == ("Naturvårdsverket", "Statens skolverk")
