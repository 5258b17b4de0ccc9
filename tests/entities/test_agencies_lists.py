"""Names that share a word: each member is a mention of its own."""

import pytest

from rodtrad.entities.agencies import find_agencies

BOARD = "Länsstyrelsen i {} län"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Länsstyrelserna i Skåne och Hallands län ska",
            [("Länsstyrelserna i Skåne", "Skåne"), ("Hallands län", "Hallands")],
        ),
        (
            "länsstyrelserna i Stockholms, Skåne samt Västra Götalands läns",
            [
                ("länsstyrelserna i Stockholms", "Stockholms"),
                ("Skåne", "Skåne"),
                ("Västra Götalands län", "Västra Götalands"),
            ],
        ),
        (
            "Länsstyrelsen i Gävleborgs, Kronobergs och Norrbottens län",
            [
                ("Länsstyrelsen i Gävleborgs", "Gävleborgs"),
                ("Kronobergs", "Kronobergs"),
                ("Norrbottens län", "Norrbottens"),
            ],
        ),
        (
            "länsstyrelserna i Kalmar respektive Kronobergs län",
            [("länsstyrelserna i Kalmar", "Kalmar"), ("Kronobergs län", "Kronobergs")],
        ),
    ],
)
def test_county_boards(text: str, expected: list[tuple[str, str]]) -> None:
    findings = find_agencies(text)
    assert [(text[f.at.start : f.at.end], f.value) for f in findings] == [
        (surface, BOARD.format(county)) for surface, county in expected
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Förvaltningsrätterna i Malmö och Göteborg",
            {
                "Förvaltningsrätterna i Malmö": "Förvaltningsrätten i Malmö",
                "Göteborg": "Förvaltningsrätten i Göteborg",
            },
        ),
        (
            "Malmö och Göteborgs tingsrätter",
            {"Malmö": "Malmö tingsrätt", "Göteborgs tingsrätter": "Göteborgs tingsrätt"},
        ),
        (
            "tingsrätterna i Lund och Malmö",
            {"tingsrätterna i Lund": "Lunds tingsrätt", "Malmö": "Malmö tingsrätt"},
        ),
        (
            "Göteborgs, Umeå och Lunds universitet",
            {
                "Göteborgs": "Göteborgs universitet",
                "Umeå": "Umeå universitet",
                "Lunds universitet": "Lunds universitet",
            },
        ),
        (
            "Tredje och Fjärde AP-fonderna",
            {"Tredje": "Tredje AP-fonden", "Fjärde AP-fonderna": "Fjärde AP-fonden"},
        ),
        (
            "Göta och Svea hovrätters domar",
            {"Göta": "Göta hovrätt", "Svea hovrätter": "Svea hovrätt"},
        ),
        (
            "till Justitie- och Finansdepartementet",
            {
                "Justitie": "Justitiedepartementet",
                "Finansdepartementet": "Finansdepartementet",
            },
        ),
    ],
)
def test_courts_universities_and_funds(text: str, expected: dict[str, str]) -> None:
    findings = find_agencies(text)
    assert {text[f.at.start : f.at.end]: f.value for f in findings} == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Länsstyrelsen i Stockholm, Uppsala universitet",
            [BOARD.format("Stockholms"), "Uppsala universitet"],
        ),
        ("Länsstyrelsen i Skåne län, Malmö kommun", [BOARD.format("Skåne")]),
        ("Stockholm, Uppsala universitet", ["Uppsala universitet"]),
        (
            "Miljö- och energidepartementet och Socialdepartementet",
            ["Miljö- och energidepartementet", "Socialdepartementet"],
        ),
        ("Malmö och Lunds universitet", ["Malmö universitet", "Lunds universitet"]),
        ("Polismyndigheten och Lunds universitet", ["Polismyndigheten", "Lunds universitet"]),
    ],
)
def test_where_a_list_ends(text: str, values: list[str]) -> None:
    assert [f.value for f in find_agencies(text)] == values
