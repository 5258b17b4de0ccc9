from pathlib import Path

import pytest

from rodtrad.tables.calendar import calendar_text
from rodtrad.tables.writers import write_table
from tables import golden, sample


def test_the_switch_is_off() -> None:
    assert not golden.regenerating(), "golden files were rewritten, not checked"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("trace.html", "sv"),
        ("trace-en.html", "en"),
        ("trace.md", "sv"),
        ("trace.csv", "sv"),
        ("trace.json", "sv"),
    ],
)
def test_text_formats_are_as_agreed(name: str, language: str, tmp_path: Path) -> None:
    written = write_table(sample.table(language=language), tmp_path / name)
    golden.check(name, written.read_bytes())


def test_the_calendar_is_as_agreed() -> None:
    golden.check("deadlines.ics", calendar_text(sample.deadline_records()).encode("utf-8"))
