import pytest

from rodtrad.entities.references import find_references
from rodtrad.entities.truncated import flag_truncated


def slips(text: str) -> dict[str, str]:
    found = flag_truncated(text, find_references(text))
    return {f.at.of(text): f.detail["slip"] for f in found if f.detail and "slip" in f.detail}


@pytest.mark.parametrize(
    ("text", "flagged", "meant"),
    [
        (
            "Se Ett nytt vägval, SOU 2021:4, s. 3. Jfr Ett nytt vägval, SOU 2021:45, s. 9.",
            "SOU 2021:4",
            "SOU 2021:45",
        ),
        (
            "Betänkandet SOU 2021:45 Ett nytt vägval. I Ett nytt vägval (SOU 2021:4) sägs mer.",
            "SOU 2021:4",
            "SOU 2021:45",
        ),
    ],
)
def test_a_number_that_lost_a_digit_is_flagged(text: str, flagged: str, meant: str) -> None:
    found = slips(text)
    assert list(found) == [flagged]
    assert meant in found[flagged]


@pytest.mark.parametrize(
    "text",
    [
        "Betänkandena SOU 2016:42 respektive SOU 2016:4 berörs.",
        "Se Ett nytt vägval, SOU 2021:4. Jfr Ett nytt vägval, SOU 2022:45.",
        "Se Ett nytt vägval, SOU 2021:4. Jfr Ett nytt vägval, SOU 2021:54.",
        "Se Ett nytt vägval, SOU 2021:4. Jfr Ett nytt vägval, SOU 2021:456.",
    ],
)
def test_two_numbers_of_two_prints_are_not(text: str) -> None:
    assert slips(text) == {}
