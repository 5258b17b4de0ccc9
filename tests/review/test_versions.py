from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rodtrad.errors import UsageError, WorkspaceError
from rodtrad.review.versions import (
    FrozenTable,
    compare_tables,
    read_version,
    version_path,
    write_version,
)

WHEN = "2026-11-22T10:00:00+01:00"
LINK: dict[str, Any] = {"title": "Uppdrag", "grade": 1, "decision": None, "deadlines": [],
                        "responsible": ["BRÅ"], "state": "pågående", "follow_up": None}  # fmt: skip
ROW: dict[str, Any] = {"item": "greta#1", "text": "Utbilda.", "strength": "urge",
                       "status": "partly", "decision": None, "follow_up": None,
                       "links": {"plan#4.1": LINK}}  # fmt: skip
FOLLOW_UP = {"who": "Anna", "when": WHEN, "status": "pågående", "date": "2026-10-01", "note": ""}


def frozen(*rows: dict[str, Any]) -> FrozenTable:
    return FrozenTable(1, "Runda ett", WHEN, "Anna", "2026-11-22", rows)


@pytest.mark.parametrize(
    ("change", "field", "old", "new"),
    [
        ({"status": "covered"}, "status", "partly", "covered"),
        ({"text": "Utbilda alla."}, "text", "Utbilda.", "Utbilda alla."),
        ({"links": {}}, "plan#4.1: link", "Uppdrag", None),
        ({"links": {"plan#4.1": LINK | {"state": "redovisad"}}}, "plan#4.1: state",
         "pågående", "redovisad"),
    ],
)  # fmt: skip
def test_what_changed_is_said_field_by_field(
    change: dict[str, Any], field: str, old: object, new: object
) -> None:
    (found,) = compare_tables(frozen(ROW), frozen(ROW | change))
    assert found["differences"] == [{"field": field, "old": old, "new": new}]


def test_of_a_follow_up_only_what_a_reader_asks_for() -> None:
    later = FOLLOW_UP | {"status": "redovisad", "when": "2026-12-01T10:00:00+01:00"}
    pair = [frozen(ROW | {"follow_up": value}) for value in (FOLLOW_UP, later)]
    (found,) = compare_tables(*pair)
    assert found["differences"] == [
        {"field": "follow_up.status", "old": "pågående", "new": "redovisad"}
    ]


def test_a_first_follow_up_shows_each_field() -> None:
    (found,) = compare_tables(frozen(ROW), frozen(ROW | {"follow_up": FOLLOW_UP}))
    fields = {d["field"]: (d["old"], d["new"]) for d in found["differences"]}
    assert fields["follow_up.date"] == (None, "2026-10-01")
    assert "follow_up.when" not in fields


def test_rows_that_came_or_went() -> None:
    other = ROW | {"item": "greta#2"}
    changes = compare_tables(frozen(ROW), frozen(other))
    assert [(c["item"], c["change"]) for c in changes] == [
        ("greta#2", "added"), ("greta#1", "removed"),
    ]  # fmt: skip


def test_what_was_empty_and_is_empty_is_no_difference() -> None:
    entered = FOLLOW_UP | {"source": "", "changed": False}
    (found,) = compare_tables(frozen(ROW), frozen(ROW | {"follow_up": entered}))
    assert [d["field"] for d in found["differences"]] == [
        "follow_up.who", "follow_up.status", "follow_up.date",
    ]  # fmt: skip


def test_of_a_part_of_a_table_rows_enter_and_leave() -> None:
    parts = [replace(frozen(row), selection="--status gap")
             for row in (ROW, ROW | {"item": "greta#2"})]  # fmt: skip
    changes = compare_tables(*parts)
    assert [c["change"] for c in changes] == ["entered", "left"]
    with pytest.raises(UsageError, match="everything"):
        compare_tables(parts[0], frozen(ROW))


def test_a_version_is_never_written_over_and_a_changed_one_is_refused(tmp_path: Path) -> None:
    first, digest = write_version(tmp_path, frozen(ROW))
    second, _ = write_version(tmp_path, frozen(ROW | {"status": "gap"}))
    assert (first, second) == (1, 2)
    assert read_version(tmp_path, 1, digest=digest) == replace(frozen(ROW), version=1)
    path = version_path(tmp_path, 1)
    path.write_text(path.read_text("utf-8").replace("partly", "covered"), "utf-8")
    with pytest.raises(WorkspaceError, match="changed since"):
        read_version(tmp_path, 1, digest=digest)
    with pytest.raises(UsageError, match="no version 9"):
        read_version(tmp_path, 9, digest=None)
