"""Whole made plans, decisions and letters of many manners: measures, state and recipient."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rodtrad.datamodel import Document, Measure
from rodtrad.evaluation.statements import score_measures
from rodtrad.statements import Statements, with_state

Read = Callable[..., tuple[Document, Statements]]
GOLD = Path(__file__).parents[1] / "gold" / "statements" / "measured"
INFO = json.loads((GOLD / "documents.json").read_text(encoding="utf-8"))
RECORDS = [json.loads(line) for line in (GOLD / "measures.jsonl").read_text("utf-8").splitlines()]
FAR_ON = date(2026, 11, 22)


def _measures(read: Read, name: str) -> tuple[Measure, ...]:
    path = next(GOLD.glob(f"{name}.*"))
    _, found = read(path.read_text(encoding="utf-8"), suffix=path.suffix, **INFO[name])
    return found.measures


def _gold(name: str) -> list[dict[str, Any]]:
    return [r for r in RECORDS if r["document"] == name]


@pytest.mark.parametrize("name", INFO)
def test_every_measure_and_no_other(name: str, read: Read) -> None:
    gold, found = _gold(name), _measures(read, name)
    assert [m.title for m in found] == [r["title"] for r in gold]
    by_title = {m.title: with_state(m, as_of=FAR_ON) for m in found}
    states = {r["title"]: r["state"] for r in gold if r["state"]}
    assert {t: by_title[t].state for t in states} == states
    recipients = {r["title"]: r["recipient"] for r in gold if r["recipient"]}
    assert {t: by_title[t].recipient for t in recipients} == recipients


def test_fields_may_not_fall_below_what_was_reached(read: Read) -> None:
    found = [m for name in INFO for m in _measures(read, name)]
    scores = score_measures(RECORDS, found, key="title")
    assert {s.field: s.f1 for s in scores if s.f1 < 0.97} == {}
