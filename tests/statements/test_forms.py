"""Forms that whole documents showed: one case a form."""

from collections.abc import Callable

import pytest

from rodtrad.datamodel import Document, Measure
from rodtrad.statements import Statements

Read = Callable[..., tuple[Document, Statements]]
LETTER = """Regleringsbrev för budgetåret 2021 avseende Socialstyrelsen

1 Mål

Målet är god vård.

2 Organisation

Myndigheten leds av en styrelse.

3 Uppdrag

1. Nationella riktlinjer

Socialstyrelsen ska se över de nationella riktlinjerna för tandvård.

2. Våld i nära relationer

Socialstyrelsen ska sprida kunskap om våld. För uppdraget får myndigheten använda 4 000 000 kronor.

FINANSIERING

4 Anslag

Av anslaget ska minst 3 500 000 kronor användas för registerarbete.
"""


def _decision(read: Read, text: str) -> Measure:
    _, found = read(f"Uppdrag till Kustverket\n\n{text}\n", kind="regeringsuppdrag")
    (measure,) = found.measures
    return measure


def test_numbered_points_of_a_letter(read: Read) -> None:
    _, found = read(LETTER, kind="regleringsbrev")
    assert [(m.id, m.title) for m in found.measures] == [
        ("3.1", "Nationella riktlinjer"),
        ("3.2", "Våld i nära relationer"),
    ]
    assert [m.agencies for m in found.measures] == [("Socialstyrelsen",)] * 2
    assert [a.value for m in found.measures for a in m.amounts] == [4_000_000]


@pytest.mark.parametrize(
    ("sentence", "own", "other"),
    [
        (
            "Kustverket ska bistå Tullverket i uppdraget om märkning av redskap (A2024/00815).",
            (),
            ("A2024/00815",),
        ),
        (
            "Uppdraget ska samordnas med uppdraget om märkning av redskap (A2024/00815).",
            (),
            ("A2024/00815",),
        ),
        ("Uppdraget ska redovisas senast den 1 mars 2026 (N2025/00637).", ("N2025/00637",), ()),
        (
            "Uppdraget ska redovisas i samband med det uppdrag om märkning som ska redovisas "
            "senast den 1 mars 2026 (dnr N2025/00637).",
            (),
            ("N2025/00637",),
        ),
    ],
)
def test_whose_number(
    sentence: str, own: tuple[str, ...], other: tuple[str, ...], read: Read
) -> None:
    measure = _decision(read, f"Regeringen ger Kustverket i uppdrag att mäta. {sentence}")
    assert (measure.dnr, measure.other_dnr) == (own, other)


def test_a_standing_duty_is_background(read: Read) -> None:
    measure = _decision(
        read,
        "Enligt förordningen (2015:743) ska myndigheten senast den 31 maj varje år redovisa. "
        "Kustverket ska redovisa uppdraget senast den 1 mars 2026.",
    )
    assert [d.date for d in measure.deadlines] == ["2026-03-01"]


@pytest.mark.parametrize(
    ("kind", "text", "strength", "addressees"),
    [
        pytest.param(
            "rapport",
            "Rekommendationer\n\nRiksrevisionen har funnit brister i stödet. Riksrevisionen lämnar "
            "följande rekommendationer.\n\nTill Tillväxtverket\n\n- Ta fram kriterier.\n\n"
            "- Utvecklad samverkan har redan gett resultat.",
            "recommend",
            ("Tillväxtverket",),
            id="imperative in a list",
        ),
        pytest.param(
            "Ds",
            "4.1 Stöd\n\nPromemorians förslag: Det införs ett statligt stöd till bibliotek.",
            "propose",
            ("regeringen",),
            id="box of a Ds",
        ),
        pytest.param(
            "proposition",
            "4.1 Stöd\n\nRegeringens förslag: Det införs ett statligt stöd till bibliotek.",
            "propose",
            ("riksdagen",),
            id="box of a bill",
        ),
        pytest.param(
            "rapport",
            "1. Förslag\n\nPolismyndigheten bör ges resurser att behålla sin grupp.",
            "recommend",
            ("regeringen",),
            id="whoever is given means does not act",
        ),
    ],
)
def test_demand(
    kind: str, text: str, strength: str, addressees: tuple[str, ...], read: Read
) -> None:
    _, found = read(f"Om stöd\n\n{text}\n", kind=kind, issuer="Riksrevisionen")
    assert [(r.strength, r.addressees) for r in found.recommendations] == [(strength, addressees)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hälften av redskapen bör ha förlorats före år 2000.",
        "Det är enligt Tullverket nödvändigt att personalen utbildas.",
        "Skolverket borde enligt flera huvudmän göra mer.",
    ],
)
def test_no_demand(sentence: str, read: Read) -> None:
    _, found = read(f"Rapport\n\n1. Förslag\n\n{sentence}\n", kind="rapport", issuer="Kustverket")
    assert found.recommendations == ()


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        (
            "Promemorian föreslår att kravet slopas. Vi har inget att erinra mot detta.",
            [("inget att erinra", "kravet slopas")],
        ),
        ("Förslaget om skadestånd tillstyrks.", [("tillstyrker", "Förslaget om skadestånd")]),
        (
            "Vi anser att den föreslagna tiden för införandet är alltför snäv.",
            [("tveksam", "den föreslagna tiden för införandet")],
        ),
        (
            "Vi välkomnar granskningen men ifrågasätter behovet av en ny nämnd.",
            [("välkomnar", "granskningen"), ("tveksam", "behovet av en ny nämnd")],
        ),
        ("Reservation\n\nVi anser att förslaget borde ha tillstyrkts. Vi avstyrker det.", []),
        ("Jämställdhetsmyndigheten bedömer vi har goda förutsättningar att leda arbetet.", []),
    ],
)
def test_stance_and_target(text: str, stances: list[tuple[str, str]], read: Read) -> None:
    _, found = read(f"Remissvar\n\nSynpunkter\n\n{text}\n", kind="remissvar", issuer="Kustverket")
    assert [(s.stance, s.target) for s in found.stances] == stances


def test_agreement_with_somebody_else_answers_them(read: Read) -> None:
    text = "GRETA betonar vikten av stöd till offer. Kustverket instämmer i den bedömningen."
    _, found = read(
        f"Remissvar\n\n{text}\n", kind="remissvar", issuer="Kustverket", answers_to="SOU 2025:1"
    )
    assert [s.target_document for s in found.stances] == ["GRETA"]
