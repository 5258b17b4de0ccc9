from pathlib import Path

import pytest

from rodtrad.errors import UsageError
from rodtrad.tables.outfile import check_place, write_file


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("t.pdf", "let the name end in .xlsx"),
        ("t", "let the name end in .xlsx"),
        ("saknas/t.xlsx", "there is no folder"),
        ("mapp.xlsx", "is a folder"),
    ],
)
def test_a_place_that_cannot_hold_the_file_is_refused(
    name: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "mapp.xlsx").mkdir()
    with pytest.raises(UsageError, match=words):
        check_place(tmp_path / name, (".xlsx",))


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    # What Excel's lock, a missing right and a full disk have in common: the system says no.
    with pytest.raises(UsageError, match="close it in other programs"):
        write_file(tmp_path / "saknas" / "t.csv", b"x")


def test_endings_are_taken_in_any_case(tmp_path: Path) -> None:
    check_place(tmp_path / "T.XLSX", (".xlsx",))
