"""Tables printed in columns of blanks, broken by titles of groups and page breaks."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Document
from rodtrad.statements import Statements
from rodtrad.statements.columns import printed_tables

Read = Callable[..., tuple[Document, Statements]]

PLAN = """Sandby kommun

Handlingsplan för vatten 2020–2023

3 Åtgärder

Nr   Åtgärd                        Ansvarig           Medverkande       Klart       Kostnad

Skyfall
1.1  Kartlägga lågpunkter i        Tekniska nämnden   Sandbybygden AB,  2021-06-30  900 tkr
     tätorten                                         Miljönämnden
1.2  Bygga en dagvatten-           Tekniska nämnden   Nämnden för natur 2023-10-31  6,5 mnkr
     damm                                             och fritid

Torka
2.1  Öva vid brist                 Kommunstyrelsen    -                 2021-03-31  Inom ram

                                                         Sida 4 (6)
Nr   Åtgärd                        Ansvarig           Medverkande       Klart       Kostnad
2.2  Reservvattentäkt              (utgår, genomförd 2019)
2.3  Ge råd till hushåll           Miljönämnden                         Årligen

4 Uppföljning
Nämnderna berättar för kommunstyrelsen varje år hur det går med planen.
"""


def test_a_printed_table_is_read_by_its_columns(read: Read) -> None:
    _, found = read(PLAN, kind="handlingsplan", issuer="Sandby kommun")
    told = [(m.id, m.title, m.agencies, m.other_agencies) for m in found.measures]
    assert told == [
        (
            "1.1",
            "Kartlägga lågpunkter i tätorten",
            ("Tekniska nämnden",),
            ("Sandbybygden AB", "Miljönämnden"),
        ),
        (
            "1.2",
            "Bygga en dagvattendamm",
            ("Tekniska nämnden",),
            ("Nämnden för natur och fritid",),
        ),
        ("2.1", "Öva vid brist", ("Kommunstyrelsen",), ()),
        ("2.3", "Ge råd till hushåll", ("Miljönämnden",), ()),
    ]
    assert [[d.date for d in m.deadlines] for m in found.measures] == [
        ["2021-06-30"],
        ["2023-10-31"],
        ["2021-03-31"],
        [],
    ]
    assert [[a.value for a in m.amounts] for m in found.measures] == [[900000], [6500000], [], []]


@pytest.mark.parametrize("foot", ["Sida 4 (6)", "Sida 4 av 6", "4/6"])
def test_the_foot_of_a_page_is_in_no_cell(foot: str, read: Read) -> None:
    text = PLAN.replace("       Sida 4 (6)", f"{foot:>17}").replace("Inom ram", "Inom årets ram")
    _, found = read(text, kind="handlingsplan", issuer="Sandby kommun")
    assert [m.id for m in found.measures] == ["1.1", "1.2", "2.1", "2.3"]
    assert not [m for m in found.measures if foot in m.text]


@pytest.mark.parametrize(
    ("cell", "sums"), [("damm (90 000 kr)", [90000]), ("damm (90 kronblad)", []), ("damm", [])]
)
def test_a_row_tells_its_sum_in_brackets(cell: str, sums: list[int], read: Read) -> None:
    text = PLAN.replace("Kostnad", "").replace("6,5 mnkr", "").replace("     damm", f"     {cell}")
    cut = text.replace(cell + " " * 20, cell + " " * (24 - len(cell)))
    _, found = read(cut, kind="handlingsplan", issuer="Sandby kommun")
    assert [[a.value for a in m.amounts] for m in found.measures if m.id == "1.2"] == [sums]


@pytest.mark.parametrize(
    "head",
    [
        "Nr   År                            Antal              Andel             Not         Källa",
        "Åtgärd och ansvarig",
    ],
)
def test_other_columns_set_out_no_measures(head: str, read: Read) -> None:
    old = next(line for line in PLAN.splitlines() if line.startswith("Nr"))
    _, found = read(PLAN.replace(old, head), kind="handlingsplan", issuer="Sandby kommun")
    assert [m.title for m in found.measures if "Kartlägga" in m.title and m.agencies] == []


@given(st.text(alphabet="ab 1.\n", max_size=200))
def test_every_piece_is_in_the_source_and_has_no_blank_at_its_ends(tail: str) -> None:
    class _Source:
        source = f"Nr   Vad      Vem      När\n{tail}"

    for table in printed_tables(_Source(), lambda titles: titles[0] == "Nr"):  # type: ignore[arg-type]
        for row in table.rows:
            assert len(row) == len(table.titles)
            for piece in (p for column in row for p in column):
                text = piece.of(_Source.source)
                assert text
                assert text == text.strip()
                assert "\n" not in text


STACKED = """Plan mot buller 2022–2023

Aktiviteter
Aktivitet
Ansvarig
Samverkan med
Klart senast

Hamnar
1. Mäta buller vid tre hamnar
Miljönämnden
Boverket
2022-06-30
2. Ta fram en rutin för klagomål
Kulturnämnden

2022-12-31

Skolor
3. Utbilda alla rektorer om ljud
Skolnämnden
{partner}Årligen

Ekonomi
Planen ryms inom nämndernas ramar.
"""


@pytest.mark.parametrize(
    ("partner", "third"),
    [
        ("Naturvårdsverket\n", [("Skolnämnden", ("Naturvårdsverket",), [])]),
        ("Naturvårdsverket\noch Boverket\n", []),
    ],
)
def test_a_table_of_one_cell_a_line_is_read_by_counting(
    partner: str, third: list[object], read: Read
) -> None:
    text = STACKED.format(partner=partner)
    _, found = read(text, kind="handlingsplan", issuer="Falsterums kommun")
    told = [
        (m.agencies[0], m.other_agencies, [d.date for d in m.deadlines]) for m in found.measures
    ]
    assert told == [
        ("Miljönämnden", ("Boverket",), ["2022-06-30"]),
        ("Kulturnämnden", (), ["2022-12-31"]),
        *third,
    ]
