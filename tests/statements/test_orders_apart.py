"""Which orders of one decision or letter are measures of their own, and which belong together."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document, Measure
from rodtrad.statements import Statements

Read = Callable[..., tuple[Document, Statements]]

DECISION = """Regeringsbeslut II:2
2021-05-20
L2021/00441

Uppdrag om säkrare lekplatser

Regeringens beslut

Regeringen uppdrar åt Boverket att ta fram en vägledning om lekplatser. Boverket ska redovisa
uppdraget senast den 1 mars 2022.
{second}

Skälen för regeringens beslut

Olyckorna på lekplatser har ökat.

På regeringens vägnar
"""


def _measures(text: str, read: Read) -> tuple[Measure, ...]:
    return read(text, kind="regeringsbeslut", issuer="Regeringen")[1].measures


@pytest.mark.parametrize(
    "second",
    [
        "\nKonsumentverket får i uppdrag att kartlägga olyckor. Den ska lämnas till Boverket\n"
        "senast den 1 oktober 2021.",
        "\nVidare får Konsumentverket i uppdrag att kartlägga olyckor. Uppdraget ska redovisas\n"
        "senast den 1 oktober 2021.",
        # No empty line before it; a line that begins "kopia till" opens no list of copies.
        "Vidare uppdrar regeringen åt Konsumentverket att kartlägga olyckor. Konsumentverket ska\n"
        "lämna sin redovisning till Regeringskansliet (Infrastrukturdepartementet) med\n"
        "kopia till Boverket senast den 1 oktober 2021.",
    ],
)
def test_a_second_order_with_its_own_report_is_a_measure(second: str, read: Read) -> None:
    found = _measures(DECISION.format(second=second), read)
    assert [(m.agencies, [d.date for d in m.deadlines]) for m in found] == [
        (("Boverket",), ["2022-03-01"]),
        (("Konsumentverket",), ["2021-10-01"]),
    ]


def test_what_is_told_behind_the_last_order_belongs_to_whom_it_names(read: Read) -> None:
    second = (
        "Vidare uppdrar regeringen åt Konsumentverket att kartlägga olyckor. Konsumentverket ska\n"
        "redovisa sitt uppdrag senast den 1 oktober 2021.\n"
        "Folkhälsomyndigheten ska bistå Boverket med underlag.\n\n"
        "Närmare om uppdraget till Boverket\n\n"
        "Vägledningen ska tas fram i dialog med Naturvårdsverket."
    )
    first, last = _measures(DECISION.format(second=second), read)
    assert first.other_agencies == ("Folkhälsomyndigheten", "Naturvårdsverket")
    assert last.other_agencies == ()


def test_numbered_parts_of_one_assignment_are_one_measure(read: Read) -> None:
    second = """
Uppdraget består av två deluppdrag.

1. Boverket ska mäta fallhöjder. Mätningen ska redovisas senast den 1 juni 2021.
2. Boverket ska ta fram en mall. Mallen ska redovisas senast den 1 oktober 2021."""
    assert len(_measures(DECISION.format(second=second), read)) == 1


LETTER = """Regleringsbrev för budgetåret 2018 avseende Boverket

Regeringen beslutar att följande ska gälla under budgetåret 2018 för Boverket.

VERKSAMHET

3

Uppdrag

Lekplatser – Boverket ska kartlägga olyckor på lekplatser. Uppdraget ska redovisas senast den
15 juni 2018.
{gap}Buller – Boverket ska i samråd med Naturvårdsverket se över vägledningen. En rapport ska lämnas
senast den 1 mars 2019.

FINANSIERING
"""


@pytest.mark.parametrize("gap", ["", "\n"], ids=["close", "apart"])
def test_points_of_a_letter_with_their_titles_on_the_same_line(gap: str, read: Read) -> None:
    _, found = read(LETTER.format(gap=gap), kind="regleringsbrev", issuer="Regeringen")
    told = [(m.title, [d.date for d in m.deadlines], m.other_agencies) for m in found.measures]
    assert told == [
        ("Lekplatser", ["2018-06-15"], ()),
        ("Buller", ["2019-03-01"], ("Naturvårdsverket",)),
    ]


ONGOING = """# Regleringsbrev för budgetåret 2023 avseende Boverket

Regeringen beslutar att följande ska gälla under budgetåret 2023 för Boverket.

## VERKSAMHET

## 3 Uppdrag

### 3.1 Lekplatser

Boverket ska kartlägga olyckor på lekplatser. Uppdraget ska redovisas senast den 15 juni 2023.

### 3.2 Buller

Boverket har tidigare haft i uppdrag att se över bullret. Det uppdraget avslutades 2022.

### Övriga pågående uppdrag

Utöver ovanstående har regeringen beslutat om följande uppdrag som myndigheten arbetar med.

| Uppdrag | Beslutsdatum | Dnr | Redovisas |
|---|---|---|---|
| Stöd till byggherrar | 2021-06-24 | Fi2021/02544 | 2023-06-15 |

## FINANSIERING
"""


def test_what_a_letter_only_points_to_or_tells_of_is_no_measure(read: Read) -> None:
    _, found = read(ONGOING, suffix=".md", kind="regleringsbrev", issuer="Regeringen")
    told = [(m.title, m.type, m.dnr, [d.date for d in m.deadlines]) for m in found.measures]
    assert told == [
        ("Lekplatser", "uppdrag", (), ["2023-06-15"]),
        ("Stöd till byggherrar", "uppdrag", ("Fi2021/02544",), ["2023-06-15"]),
    ]


ENGLISH = """Government decision III 3
13 June 2024

Assignment on playgrounds

The Government's decision

The Government instructs the Swedish Consumer Agency to inspect playgrounds. A final report shall be
submitted no later than 15 December 2025.

Background

In 2022 the Government commissioned the Swedish Migration Agency to tighten its checks.

Reasons for the Government's decision

The National Board of Housing, Building and Planning shall protect children.

On behalf of the Government

Copies to
Swedish Police Authority
"""


def test_reasons_background_and_copies_of_an_english_decision_add_nobody(read: Read) -> None:
    _, found = read(ENGLISH, kind="regeringsbeslut", issuer="Regeringen", language="en")
    assert [(m.agencies, m.other_agencies) for m in found.measures] == [(("Konsumentverket",), ())]


TERMS = """Regleringsbrev för budgetåret 2008 avseende Banverket

Regeringen beslutar att följande ska gälla under budgetåret 2008 för Banverket.

FINANSIERING

3 Anslag

Villkor för anslag 36:4

{terms}

På regeringens vägnar
"""


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        (
            "Av anslagsposten ska Banverket betala 115 000 000 kronor till Inlandsbanan AB.",
            (("Banverket",), (), [115000000]),
        ),
        (
            "Av anslaget skall 2 000 tkr betalas ut till Statens geotekniska institut."
            " Institutet skall redovisa hur medlen har använts senast den 1 mars 2009.",
            (("Banverket",), ("Statens geotekniska institut",), [2000000]),
        ),
        ("Högst 5 000 000 kronor får användas för forskning.", None),
        ("Till räntekontot ska 5 000 000 kronor betalas ut varje månad.", None),
        ("Anslagsbelopp betalas ut efter rekvisition till Kammarkollegiet.", None),
    ],
)
def test_payments_to_others_that_a_letter_orders(
    terms: str, told: tuple[tuple[str, ...], tuple[str, ...], list[int]] | None, read: Read
) -> None:
    text = TERMS.format(terms=terms)
    _, found = read(text, kind="regleringsbrev", issuer="Regeringen")
    got = [(m.agencies, m.other_agencies, [a.value for a in m.amounts]) for m in found.measures]
    assert got == ([told] if told else [])
    assert all(m.type == "finansiering" for m in found.measures)


PAGE = """# Insatser för säkra lekplatser

Boverket och Konsumentverket har fått i uppdrag av regeringen att gemensamt ta fram en vägledning.

## Relaterade beslut

Den 4 mars 2021 beslutade regeringen också att

* ge Länsstyrelsen i Örebro län i uppdrag att betala ut 10 miljoner kronor till föreningar.
  Länsstyrelsen ska redovisa uppdraget senast den 15 april 2022. Diarienummer A2021/00530.
* ge Statskontoret i uppdrag att utvärdera insatserna. Skolverket ska bistå Statskontoret.
"""


def test_related_decisions_of_a_page_are_measures_of_their_own(read: Read) -> None:
    facts = {"kind": "regeringsuppdrag", "issuer": "Regeringen", "dnr": "A2021/00527"}
    _, found = read(PAGE, suffix=".md", **facts)
    assert [(m.agencies, m.other_agencies, m.dnr) for m in found.measures] == [
        (("Boverket", "Konsumentverket"), (), ("A2021/00527",)),
        (("Länsstyrelsen i Örebro län",), (), ("A2021/00530",)),
        (("Statskontoret",), ("Statens skolverk",), ()),
    ]


@pytest.mark.parametrize(
    ("title", "agencies"),
    [
        ("Uppdrag till Formas att inrätta ett program", [("Formas",)]),
        ("Uppdrag om regler på väg", [()]),
        ("Förordnande av ledamöter i styrelsen för Formas", []),
    ],
)
def test_a_page_of_a_title_alone(title: str, agencies: list[tuple[str, ...]], read: Read) -> None:
    _, found = read(f"# {title}\n", kind="regeringsuppdrag", issuer="Regeringen", suffix=".md")
    names = {"Forskningsrådet för miljö, areella näringar och samhällsbyggande": "Formas"}
    assert [tuple(names.get(a, a) for a in m.agencies) for m in found.measures] == agencies
