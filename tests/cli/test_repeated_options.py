"""An option that may be repeated takes several values at once, as the contract writes it."""

from __future__ import annotations

import pytest

from rodtrad.cli.group import repeat_options

NAMES = {"--from", "--to", "-o"}


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("--from a b --to c", "--from a --from b --to c"),
        ("--from a --from b --to c d", "--from a --from b --to c --to d"),
        ("--from=a b --json", "--from=a --from b --json"),
        ("-o t.xlsx t.docx --as-of 2026-11-22", "-o t.xlsx -o t.docx --as-of 2026-11-22"),
        ("--json b", "--json b"),
        ("--from --to c", "--from --to c"),
        ("stray --from a", "stray --from a"),
        ("", ""),
    ],
)
def test_each_value_gets_its_option(line: str, meant: str) -> None:
    assert list(repeat_options(line.split(), NAMES)) == meant.split()
