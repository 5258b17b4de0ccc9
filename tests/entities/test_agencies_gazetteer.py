"""The tables: every entry can be found, cites where it was seen or says that it was not."""

import pytest

from rodtrad.entities.agencies import AgencyContext, find_named_bodies
from rodtrad.entities.agencies_gazetteer import AUTHORITIES, BODIES, gazetteer
from rodtrad.entities.datafiles import read_rows

TABLES = [*AUTHORITIES, *BODIES, "agencies-units.tsv", "county_boards.tsv", "agencies-english.tsv"]


@pytest.mark.parametrize("table", TABLES)
def test_every_line_is_seen_or_unverified(table: str) -> None:
    assert [
        row["id"] for row in read_rows(table) if not row["seen"] and not row["unverified"]
    ] == []


def test_ids_are_unique() -> None:
    ids = [row["id"] for table in TABLES for row in read_rows(table)]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("table", [*AUTHORITIES, *BODIES])
def test_every_name_finds_itself(table: str) -> None:
    missed = []
    for row in read_rows(table):
        context = AgencyContext(date=row["to"] or None)
        values = [f.value for f in find_named_bodies(row["name"], context=context)]
        if values != [row["name"]]:
            missed.append((row["name"], values))
    assert missed == []


def test_successors_exist() -> None:
    entries = gazetteer().entries
    named = [row["successor"] for table in AUTHORITIES for row in read_rows(table)]
    assert [name for name in named if name and name not in entries] == []


@pytest.mark.parametrize(
    ("table", "count"), [("county_boards.tsv", 21), ("municipalities.tsv", 311), ("courts.tsv", 73)]
)
def test_closed_lists_are_complete(table: str, count: int) -> None:
    living = [row for row in read_rows(table) if not row["to"]]
    assert len(living) == count
