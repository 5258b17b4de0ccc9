"""The development gold, read from the source files as they are (line ends and hyphens included)."""

import json
from pathlib import Path

import pytest

from rodtrad.entities.agencies import AgencyContext, find_agencies

ROOT = Path(__file__).parents[2]
# Document, folder, what the catalogue knows of it, and the annotated stretch (ANNOTATION.md).
DOCUMENTS = [
    ("regeringsbeslut-ju2025-01324", "regeringsuppdrag", AgencyContext(date="2025-06-01"), None),
    (
        "remissvar-lansstyrelsen-vasterbotten",
        "remissvar",
        AgencyContext(issuer="Länsstyrelsen i Västerbottens län"),
        None,
    ),
    (
        "handlingsplan-2026-2028",
        "handlingsplan",
        AgencyContext(date="2026-06-01"),
        ((17185, 32504), (41661, 59283)),
    ),
]


@pytest.mark.parametrize(("name", "folder", "context", "parts"), DOCUMENTS)
def test_gold_is_found_with_the_right_name(
    name: str,
    folder: str,
    context: AgencyContext,
    parts: tuple[tuple[int, int], ...] | None,
) -> None:
    path = ROOT / "corpus" / "sources" / folder / f"{name}.txt"
    text = path.read_bytes().decode("utf-8")
    parts = parts or ((0, len(text)),)
    gold, doubt = _gold(name)
    found = {
        (f.at.start, f.at.end): f.value
        for f in find_agencies(text, context=context)
        if f.certainty == "certain" and any(a <= f.at.start < b for a, b in parts)
    }
    hits = found.keys() & gold.keys()
    wrong = found.keys() - gold.keys() - doubt
    precision, recall = len(hits) / (len(hits) + len(wrong)), len(hits) / len(gold)
    assert 2 * precision * recall / (precision + recall) >= 0.97
    assert sum(found[span] == gold[span] for span in hits) / len(hits) >= 0.98


def _gold(name: str) -> tuple[dict[tuple[int, int], str], set[tuple[int, int]]]:
    lines = (ROOT / "tests" / "gold" / "entities" / f"{name}.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in lines.splitlines()]
    agencies = [row for row in rows if row["type"] == "AGENCY"]
    certain = {(r["start"], r["end"]): r["value"] for r in agencies if not r.get("doubt")}
    return certain, {(r["start"], r["end"]) for r in agencies if r.get("doubt")}
