"""The vocabularies of the extractors: tab-separated files, one entry a line, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """The entries of `data/<name>` as dictionaries, keyed by the column names of its first line.

    Lines that begin with "#" are remarks. A column left out at the end of a line is empty.

    Raises:
        ValueError: a line has more columns than the first line names.
    """
    text = files("rodtrad.entities").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    columns = lines[0].split("\t")
    return tuple(_entry(columns, line, name) for line in lines[1:])


@cache
def read_table(name: str, key: str, value: str) -> dict[str, str]:
    """Two columns of `data/<name>` as a dictionary."""
    return {row[key]: row[value] for row in read_rows(name)}


def _entry(columns: list[str], line: str, name: str) -> dict[str, str]:
    cells = line.split("\t")
    if len(cells) > len(columns):
        raise ValueError(f"{name}: more columns than the head names: {line!r}")
    cells += [""] * (len(columns) - len(cells))
    return dict(zip(columns, cells, strict=True))
