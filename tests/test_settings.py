from pathlib import Path

import pytest

from rodtrad.errors import WorkspaceError
from rodtrad.settings import EMBEDDED, read_settings


def test_without_a_file_the_embedded_encoder_serves(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "rodtrad.toml").encoder.model == EMBEDDED


def test_values_of_the_file_win(tmp_path: Path) -> None:
    path = tmp_path / "rodtrad.toml"
    path.write_text('language = "en"\n[encoder]\nmodel = "modeller/svensk"\n', encoding="utf-8")
    settings = read_settings(path)
    assert (settings.language, settings.encoder.model) == ("en", "modeller/svensk")
    assert settings.encoder.query_prefix == "query: "


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[encoder]\nmodell = 'x'\n", "encoder.modell"),
        ("colour = 1\n", "colour"),
        ("[encoder\n", "not valid TOML"),
        ("[limits]\npages = '200'\n", "limits.pages must be a whole number"),
        ("encoder = 3\n", "encoder must be a table"),
        ("a" * 200_000 + " = 1\n", "a line of"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "rodtrad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=says):
        read_settings(path)
