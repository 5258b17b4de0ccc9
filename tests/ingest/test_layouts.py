"""Each layout of `data/facts.toml` finds what its example says, and nothing where it must not."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from rodtrad.ingest.facts import find_facts, read_layout
from rodtrad.ingest.kinds import kind_rules
from rodtrad.ingest.layouts import Layout, kinds_of, layout_entries, layouts, series_of
from rodtrad.ingest.wording import is_mark

ENTRIES = layout_entries()["layout"]


def by_id(identity: str) -> Layout:
    return next(layout for layout in layouts() if layout.id == identity)


def kind_of(entry: Mapping[str, Any]) -> str:
    return str(entry.get("as") or (kinds_of(entry) or ("okänd",))[0])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_a_layout_finds_the_value_of_its_example(entry: Mapping[str, Any]) -> None:
    text = entry["example"]
    name, value, at = next(read_layout(by_id(entry["id"]), text, text, kind_of(entry)))
    assert (name, value) == (entry["fact"], entry["value"])
    assert at.of(text).strip()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_a_layout_finds_nothing_where_it_must_not(entry: Mapping[str, Any]) -> None:
    text = entry["never"]
    assert not [*read_layout(by_id(entry["id"]), text, text, kind_of(entry))]


def test_each_kind_that_a_layout_names_is_a_kind() -> None:
    known = {rule.kind for rule in kind_rules()} | {"okänd"}
    assert {kind for layout in layouts() for kind in layout.kinds} <= known
    assert set(layout_entries()["series"]) <= known


def test_no_two_layouts_have_one_id() -> None:
    assert not [i for i, n in Counter(e["id"] for e in ENTRIES).items() if n > 1]


def test_a_kind_without_a_series_has_no_number() -> None:
    assert series_of("remissvar") is None
    assert "number" not in {fact[0] for fact in find_facts("SOU 2020:3\n", "", "remissvar")}


@pytest.mark.parametrize("kind", ["regeringsbeslut", "remissvar", "okänd"])
def test_whose_a_number_is_depends_on_who_writes(kind: str) -> None:
    """A number of the ministries' form is the Government's own, and never a reply's."""
    text = "Dnr Ju2020/01234\nDnr KS 2020/0456\n"
    found = {name: value for name, value, _ in find_facts(text, "", kind) if "dnr" in name}
    assert (
        found
        == {
            "regeringsbeslut": {"dnr": "Ju2020/01234", "other_dnr": "KS 2020/0456"},
            "remissvar": {"dnr": "KS 2020/0456", "other_dnr": "Ju2020/01234"},
            "okänd": {"dnr": "Ju2020/01234"},
        }[kind]
    )


@pytest.mark.parametrize("words", ["Åa för åa, och ", "a och ", "styrelsen och ", "Aa-"])
@pytest.mark.parametrize("name", ["letterhead", "cover"])
def test_a_long_line_of_a_cover_is_told_in_little_time(name: str, words: str) -> None:
    """A form with a choice inside a repetition took a time that doubled with every "och"."""
    start = time.process_time()
    assert not is_mark(name, (words * 100)[:320] + "!")
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize("kind", ["okänd", "regleringsbrev", "remissvar"])
def test_a_line_of_many_numbers_is_read_in_little_time(kind: str) -> None:
    """Two forms that one number fits were tried for each: the time doubled with every number."""
    start = time.process_time()
    text = "Yttrande\n" + "Ju2019/0123, " * 60 + "x\n" + "\nJu2019/0123 (delvis)" * 60 + " x"
    assert [*find_facts(text, "", kind)]
    assert time.process_time() - start < 1
