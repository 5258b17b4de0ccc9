"""What was measured of the model that made a table.

The lines stand in `data/measured.tsv` with the version they were measured of, and come from the
model card: figures of another version are never shown.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from rodtrad.tables.terms import Language

Figures = tuple[tuple[str, str], ...]


def measured_figures(version: str, *, language: Language = "sv") -> Figures:
    """Name and value of each figure of a model version; none where nothing is on record."""
    first = 1 if language == "sv" else 3
    return tuple((line[first], line[first + 1]) for line in _lines() if line[0] == version)


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    text = files("rodtrad.tables").joinpath("data/measured.tsv").read_text("utf-8")
    rows = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(tuple(row.split("\t")) for row in rows)
