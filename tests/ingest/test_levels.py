"""Levels of headings from numbers, lost numbers, lists and borrowed numbers."""

from __future__ import annotations

import pytest

from rodtrad.ingest.headings import Heading
from rodtrad.ingest.levels import assign_levels, is_borrowed, missing_numbers
from rodtrad.ingest.numbering import split_number


def made(*texts: str) -> list[Heading]:
    return [Heading(5 * i + 1, 5 * i + 2, t, split_number(t)) for i, t in enumerate(texts)]


def levels(*texts: str, items: tuple[str, ...] = ()) -> list[int]:
    return [level for level, _ in assign_levels(made(*texts), items)]


@pytest.mark.parametrize(
    ("before", "after", "missing"),
    [
        ((4, 1, 2), (4, 1, 3), []),
        ((4, 1, 2), (4, 1, 3, 1), [(4, 1, 3)]),
        ((4, 1, 3, 9), (4, 2, 3), [(4, 2), (4, 2, 1), (4, 2, 2)]),
        ((1,), (2,), []),
        ((1,), (3,), [(2,)]),
    ],
)
def test_missing_numbers(
    before: tuple[int, ...], after: tuple[int, ...], missing: list[tuple[int, ...]]
) -> None:
    assert missing_numbers(before, after) == missing


def test_unnumbered_headings_take_the_places_of_lost_numbers() -> None:
    assert levels("4 Mål", "4.1.2 Ett", "Utan nummer", "4.1.3.1 Två") == [1, 3, 3, 4]
    assert levels("4 Mål", "4.1.9 Ett", "Ny del", "Första", "Andra", "4.2.3 Två") == [
        1, 3, 2, 3, 3, 3,
    ]  # fmt: skip


def test_unnumbered_headings_stand_under_the_number_where_none_is_lost() -> None:
    assert levels("1 Ett", "1.1 Del", "Utan", "Nummer", "1.2 Del") == [1, 2, 3, 3, 2]


def test_a_list_of_the_parts_gives_its_headings_one_level() -> None:
    items = ("Stärkt skydd", "Ökad kunskap", "Lagstiftning")
    found = levels(
        "4 Mål", "Stärkt skydd", "4.1.1 Ett", "Ökad kunskap", "4.3 Lagstiftning", items=items
    )
    assert found == [1, 2, 3, 2, 2]


def test_numbers_that_count_the_points_of_a_part_are_deeper_than_it() -> None:
    """Right under "Uppdrag" there is "1. Skola"; a title right over "1 Inledning" is no part."""

    def of(*texts: str) -> list[int]:
        headings, line = [], 0
        for text in texts:
            line += text.startswith("|")
            text = text.strip("|")
            headings.append(Heading(line, line + 1, text, split_number(text)))
            line += 1
        return [level for level, _ in assign_levels(headings)]

    letter = ("|Brev", "Mål", "|Läsning", "|Uppdrag", "1. Skola", "|2. Språk", "|Medel")
    assert of(*letter) == [1, 1, 1, 1, 2, 2, 1]
    assert of(*letter[:5], "|Vårt svar", "|2. Språk", "|Vårt svar", "|Medel")[5:] == [3, 2, 3, 1]
    assert of("|Plan", "1 Inledning", "|2 Mål", "|Bilaga")[1:3] == [1, 1]


def test_borrowed_numbers_give_no_levels() -> None:
    assert is_borrowed([(4, 2), (6, 3, 5), (6, 5, 1), (6, 5, 3)])
    assert not is_borrowed([(1,), (1, 1), (2,)])
    assert levels("Sammanfattning", "4.2 Ett", "6.3.5 Två", "Övrigt") == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4.3.4 Uppdrag till SMHI", "4.3.4"),
        ("2. Organisering", "2"),
        ("2 Uppdraget", "2"),
        ("4.2Upptäckt", "4.2"),
        ("4.1.3.9 1996 års konvention", "4.1.3.9"),
        ("1 januari 2020", None),
        ("14 § förordningen", None),
        ("2016/17:10", None),
        ("1.5 miljoner kronor", None),
        ("2026 Planen", None),
    ],
)
def test_heading_numbers(text: str, number: str | None) -> None:
    found = split_number(text)
    assert (found.number if found else None) == number
