import pytest

from rodtrad.tables.measured import measured_figures
from rodtrad.tables.terms import Language


@pytest.mark.parametrize("version", ["2026-11-22.2", "2026-11-22.3", "2026-11-22.4"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_figures_are_those_of_the_version(language: Language, version: str) -> None:
    found = measured_figures(version, language=language)
    assert found
    assert all(name and value for name, value in found)
    assert all(any(c.isdigit() for c in value) for _, value in found)


def test_another_version_has_no_figures() -> None:
    assert measured_figures("1999-01-01.1") == ()
