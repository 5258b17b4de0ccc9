"""The annotated sentences: no stance, demand or finding may be read wrongly again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rodtrad.datamodel import Document
from rodtrad.statements import Statements
from rodtrad.statements.issuer import self_names
from rodtrad.statements.positions import stance_of

Read = Callable[..., tuple[Document, Statements]]
GOLD = Path(__file__).parents[1] / "gold" / "statements"
ENGLISH = {"GRETA-rapport", "sammanfattande slutsatser", "partskommitténs rekommendation"}


def _records(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("gold", _records("stances-sentences.jsonl"), ids=lambda g: g["sentence"])
def test_stance(gold: dict[str, Any]) -> None:
    assert stance_of(gold["sentence"], self_names(gold["body"]) | {"vi"}) == gold["stance"]


@pytest.mark.parametrize(
    "gold", _records("recommendations-sentences.jsonl"), ids=lambda g: g["sentence"]
)
def test_recommendation(gold: dict[str, Any], read: Read) -> None:
    english = gold["kind"] in ENGLISH
    head = "Report\n\n1. Findings\n\n" if english else "Rapport\n\n1. Förslag\n\n"
    _, found = read(
        f"{head}{gold['sentence']}\n",
        kind=gold["kind"],
        issuer=gold["issuer"],
        language="en" if english else "sv",
    )
    strengths = [r.strength for r in found.recommendations]
    assert strengths == ([] if gold["strength"] == "none" else [gold["strength"]])
    if found.recommendations and "addressees" in gold:
        assert list(found.recommendations[0].addressees) == gold["addressees"]
