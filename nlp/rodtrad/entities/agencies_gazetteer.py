"""The gazetteer of the Swedish state, read from its tables once.

Tables (in `data/`, columns explained in their first lines): agencies, ministries, courts,
universities, county_boards, agencies-units; and, as bodies that are no authorities, organisations
and municipalities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rodtrad.entities.agencies_lexicon import Case, Entry, Lexicon, Role, Surface
from rodtrad.entities.datafiles import read_rows

AUTHORITIES = ("agencies.tsv", "ministries.tsv", "courts.tsv", "universities.tsv")
BODIES = ("organisations.tsv", "municipalities.tsv")


@dataclass(frozen=True)
class Gazetteer:
    """All entries by id, the lexicon of their surfaces, and acronyms that need a definition."""

    entries: dict[str, Entry]
    lexicon: Lexicon
    shy_acronyms: dict[str, frozenset[str]]
    by_name: dict[str, Entry]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read on first use."""
    lexicon = Lexicon()
    entries: dict[str, Entry] = {}
    shy: dict[str, frozenset[str]] = {}
    for role, row in _rows():
        entry = _entry(row)
        entries[entry.id] = entry
        shy[entry.id] = frozenset(a[:-1] for a in _parts(row["acronyms"]) if a.endswith("?"))
        for surface in _surfaces(row, entry, role):
            lexicon.add(surface)
    for row in read_rows("county_boards.tsv"):
        entries[row["id"]] = Entry(
            row["id"], row["name"], "county-board", _year(row["from"]), _year(row["to"])
        )
    for row in read_rows("agencies-units.tsv"):
        owner = entries[row["successor"]]
        shy[row["id"]] = frozenset(a[:-1] for a in _parts(row["acronyms"]) if a.endswith("?"))
        held = Entry(owner.id, owner.name, owner.type, _year(row["from"]), _year(row["to"]))
        for surface in _surfaces(row, held, "unit"):
            lexicon.add(surface)
    for row in read_rows("agencies-english.tsv"):
        lexicon.add(Surface(row["name"], entries[row["agency"]], "capital"))
    for surface in _heads():
        lexicon.add(surface)
    return Gazetteer(entries, lexicon, shy, {entry.name: entry for entry in entries.values()})


def _rows() -> Iterator[tuple[Role, dict[str, str]]]:
    for name in AUTHORITIES:
        for row in read_rows(name):
            yield "agency", row
    for name in BODIES:
        for row in read_rows(name):
            yield "body", row


def _heads() -> Iterator[Surface]:
    for row in read_rows("agencies-heads.tsv"):
        entry = Entry(row["id"], row["head"], row["kind"], end=_year(row["to"]))
        yield Surface(row["head"], entry, "fold", role="head")


def _entry(row: dict[str, str]) -> Entry:
    return Entry(
        row["id"],
        row["name"],
        row["type"],
        _year(row["from"]),
        _year(row["to"]),
        row["successor"],
    )


def _surfaces(row: dict[str, str], entry: Entry, role: Role) -> Iterator[Surface]:
    unit = row["name"] if role == "unit" else None
    case: Case = "capital" if row["case"] == "capital" else "fold"
    yield Surface(row["name"], entry, case, unit, role)
    for alias in _parts(row["aliases"]):
        kind: Case = "capital" if alias.startswith("^") else "fold"
        yield Surface(alias.lstrip("^"), entry, kind, unit, role)
    for acronym in _parts(row["acronyms"]):
        if not acronym.endswith("?"):
            yield Surface(acronym, entry, "exact", unit, role)


def _parts(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _year(cell: str) -> int | None:
    return int(cell) if cell else None
