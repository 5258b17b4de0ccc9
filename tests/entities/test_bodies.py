"""Bodies that are no Swedish authority."""

import pytest

from rodtrad.entities.bodies import find_bodies


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("SKR anser", "ORGANISATION", "Sveriges Kommuner och Regioner"),
        ("norska polisen", "ORGANISATION", "polisen"),
        ("polisen i Finland", "ORGANISATION", "polisen"),
        ("Nordiska ministerrådets arbete", "ORGANISATION", "Nordiska ministerrådet"),
        ("Chalmers tekniska högskola", "ORGANISATION", "Chalmers tekniska högskola"),
        ("Uppsala kommuns yttrande", "MUNICIPALITY", "Uppsala kommun"),
        ("Region Skåne", "MUNICIPALITY", "Region Skåne"),
        ("Västra Götalandsregionen", "MUNICIPALITY", "Västra Götalandsregionen"),
    ],
)
def test_bodies(text: str, kind: str, value: str) -> None:
    (finding,) = find_bodies(text)
    assert (finding.type, finding.value) == (kind, value)


@pytest.mark.parametrize("text", ["Polismyndigheten", "kommunen", "regionerna", "en kommun"])
def test_no_bodies(text: str) -> None:
    assert find_bodies(text) == ()
