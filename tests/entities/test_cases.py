"""References, matters, amounts and deadlines: one text a case, in tests/cases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from rodtrad.entities import (
    Finding,
    find_agencies,
    find_amounts,
    find_deadlines,
    find_diarienummer,
    find_references,
)
from support.entitycases import Case, read_cases


def certain(text: str, findings: Sequence[Finding]) -> list[tuple[str, Any]]:
    return [(f.at.of(text), f.value) for f in findings if f.certainty == "certain"]


def by_id(folder: str) -> pytest.MarkDecorator:
    cases = read_cases(folder)
    assert cases, f"no cases in {folder}"
    return pytest.mark.parametrize("case", cases, ids=[case.id for case in cases])


def parsed(case: Case) -> list[tuple[str, Any]]:
    return [(s, json.loads(v) if v[0] in "[{" else v) for s, v in case.expected]


@by_id("references")
def test_references(case: Case) -> None:
    found = find_references(case.text, agencies=find_agencies(case.text))
    assert certain(case.text, found) == parsed(case)


@by_id("diarienummer")
def test_diarienummer(case: Case) -> None:
    assert certain(case.text, find_diarienummer(case.text)) == parsed(case)


@by_id("amounts")
def test_amounts(case: Case) -> None:
    assert certain(case.text, find_amounts(case.text)) == parsed(case)


@by_id("deadlines")
def test_deadlines(case: Case) -> None:
    found = find_deadlines(case.text, agencies=find_agencies(case.text))
    assert certain(case.text, found) == [(s, deadline(v)) for s, v in case.expected]


def deadline(written: str) -> dict[str, Any]:
    date, kind, names = written.split(" ", 2)
    return {"date": date, "kind": kind, "responsible": [] if names == "-" else names.split("; ")}
