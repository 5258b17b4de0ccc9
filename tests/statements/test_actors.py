"""Who acts in a measure, who joins in, and orders that plans and decisions give in passing."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import Statements
from rodtrad.statements.english_actors import acting_in, beside_in

Read = Callable[..., tuple[Document, Statements]]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("The National Roads Office will renew 40 bridges by 2027.", ("National Roads Office",)),
        (
            "Harbour Board, Coast Service and Lake Trust will train all pilots.",
            ("Harbour Board", "Coast Service", "Lake Trust"),
        ),
        (
            "The Department of Trade and the Harbour Board shall publish a guide.",
            ("Department of Trade", "Harbour Board"),
        ),
        ("The Minister for Health intends to bring a bill.", ("Minister for Health",)),
        ("The National Strategy will cover all counties.", ()),
        ("The Eastern Terminal will be rebuilt.", ()),
        ("The Government will review the Act.", ()),
        ("Passengers will give notice.", ()),
    ],
)
def test_the_subject_of_an_english_order_acts(sentence: str, names: tuple[str, ...]) -> None:
    assert acting_in([sentence]) == names


def test_whom_an_english_order_has_beside() -> None:
    told = "The Harbour Board, in consultation with the Fisheries Council and Lake Trust, will act."
    assert acting_in([told]) == ("Harbour Board",)
    assert beside_in([told]) == ("Fisheries Council", "Lake Trust")


ENGLISH = """National Action Plan on Safe Ferries

1. Actions

Action 1. Better signs
The Harbour Board, in consultation with the Fisheries Council, will renew all signs by 1 May 2027.

Action 2. A new guide
Lake Trust will publish a guide for passengers by 1 June 2027.
"""


def test_an_english_plan_names_those_who_act(read: Read) -> None:
    _, found = read(ENGLISH, kind="handlingsplan", issuer="Government")
    assert [(m.agencies, m.other_agencies) for m in found.measures] == [
        (("Harbour Board",), ("Fisheries Council",)),
        (("Lake Trust",), ()),
    ]


@pytest.mark.parametrize(
    ("sentence", "others"),
    [
        (
            "Skolverket ska genomföra uppdraget i samråd med Sveriges Kommuner och Regioner (SKR).",
            ("Sveriges Kommuner och Regioner",),
        ),
        (
            "Vid arbetet ska Boverket och Sveriges Kommuner och Regioner ges tillfälle att yttra "
            "sig.",
            ("Boverket", "Sveriges Kommuner och Regioner"),
        ),
        ("Sveriges Kommuner och Regioner ska få del av resultatet.", ()),
        ("Skolverket ska vid planeringen höra Boverket.", ("Boverket",)),
    ],
)
def test_an_organisation_joins_in_and_is_given_no_task(
    sentence: str, others: tuple[str, ...], read: Read
) -> None:
    order = "Regeringen ger Statens skolverk i uppdrag att kartlägga skolornas rutiner."
    text = f"Uppdrag om skolornas rutiner\n\nRegeringens beslut\n\n{order} {sentence}\n"
    _, found = read(text, kind="regeringsuppdrag", issuer="Regeringen")
    assert [(m.agencies, m.other_agencies) for m in found.measures] == [
        (("Statens skolverk",), others)
    ]


CLOSE = """Uppdrag om rutiner
Regeringens beslut
Regeringen ger Boverket och Naturvårdsverket i uppdrag att gemensamt ta fram en rutin
för hur larm hanteras. Uppdraget ska redovisas till regeringen {report}.
Regeringen ger Naturvårdsverket i uppdrag att mäta buller vid hamnar. Uppdraget ska
redovisas {second}.
"""


def test_orders_on_lines_of_their_own_are_one_each(read: Read) -> None:
    text = CLOSE.format(report="senast den 1 mars 2025", second="i årsredovisningen för 2025")
    _, found = read(text, kind="regeringsuppdrag", issuer="Regeringen")
    told = [(m.agencies, [d.date for d in m.deadlines]) for m in found.measures]
    assert told == [(("Boverket", "Naturvårdsverket"), ["2025-03-01"]), (("Naturvårdsverket",), [])]
    _, found = read(
        CLOSE.format(report="löpande", second="senast den 1 mars 2025"),
        kind="regeringsuppdrag",
        issuer="Regeringen",
    )
    assert len(found.measures) == 1


PLAN = """# Strategi för renare sjöar

## Åtgärder

### Båtbottnar

Regeringen avser att ge Kemikalieinspektionen i uppdrag att se över färgerna.

### Hamnar

Boverket ska kartlägga hamnarna. Kartläggningen ska redovisas senast den 1 mars 2025.

## Uppföljning

{follow_up}
"""


@pytest.mark.parametrize(
    ("follow_up", "more"),
    [
        ("Naturvårdsverket ska följa upp strategin och redovisa den senast den 1 maj 2027.", 1),
        ("Naturvårdsverket ska följa upp strategin varje år.", 0),
        ("Strategin följs upp av regeringen senast den 1 maj 2027.", 0),
    ],
)
def test_a_follow_up_that_an_agency_reports_by_a_day_is_a_measure(
    follow_up: str, more: int, read: Read
) -> None:
    _, found = read(
        PLAN.format(follow_up=follow_up), kind="strategi", issuer="Regeringen", suffix=".md"
    )
    assert [m.title for m in found.measures] == ["Båtbottnar", "Hamnar", "Uppföljning"][: 2 + more]


UNSAID = """# Strategi för renare sjöar

## Sjöarna

### Båtbottnar

Gamla färger släpper gift. {what}

### Hamnar

Boverket ska kartlägga hamnarna senast den 1 mars 2025.
"""


@pytest.mark.parametrize(
    ("what", "titles"),
    [
        (
            "Regeringen avser att ge Kemikalieinspektionen i uppdrag att se över färgerna.",
            ["Båtbottnar", "Hamnar"],
        ),
        ("Regeringen avser att följa Kemikalieinspektionens arbete.", ["Hamnar"]),
    ],
)
def test_an_intended_order_needs_no_day(what: str, titles: list[str], read: Read) -> None:
    _, found = read(UNSAID.format(what=what), kind="strategi", issuer="Regeringen", suffix=".md")
    assert [m.title for m in found.measures] == titles


def test_what_is_made_acts_in_nothing(read: Read) -> None:
    text = (
        "# Åtgärdsplan\n\n## Åtgärder\n\n"
        "- En digital brevlåda ska tas fram. Ansvarig: it-avdelningen. Klart: 1 maj 2024.\n"
        "- Alla rum ska ses över. Ansvarig: enheten för hus. Klart: 1 juni 2024.\n"
    )
    _, found = read(text, kind="åtgärdsplan", issuer="Kriminalvården", suffix=".md")
    assert [m.agencies for m in found.measures] == [("Kriminalvården",)] * 2


def test_a_sentence_between_the_labels_of_a_point_parts_nothing(read: Read) -> None:
    text = (
        "# Åtgärdsplan\n\n## Åtgärder\n\n"
        "- Kriminalvården ska ta fram en rutin. Ansvarig: enheten för hus. Boverket ska höras. "
        "Klart: 1 maj 2024.\n"
        "- Alla rum ska ses över. Ansvarig: enheten för hus. Klart: 1 juni 2024.\n"
    )
    _, found = read(text, kind="åtgärdsplan", issuer="Kriminalvården", suffix=".md")
    assert [(m.other_agencies, [d.date for d in m.deadlines]) for m in found.measures] == [
        (("Boverket",), ["2024-05-01"]),
        ((), ["2024-06-01"]),
    ]


def test_the_day_of_a_decision_is_no_deadline(read: Read) -> None:
    text = (
        "Ändring av uppdrag om buller\n\nRegeringens beslut\n\nRegeringen ändrar uppdraget till "
        "Boverket att mäta buller. I övrigt gäller beslutet av den 5 juni 2020, med undantag för "
        "att den delredovisning som skulle ha lämnats senast den 1 maj 2021 i stället ska lämnas "
        "senast den 1 juni 2022.\n"
    )
    _, found = read(text, kind="regeringsuppdrag", issuer="Regeringen")
    assert [[d.date for d in m.deadlines] for m in found.measures] == [["2022-06-01"]]
