"""The judged sample: what was right stays right, what was wrong is mended, nothing new appears."""

from __future__ import annotations

import json
from pathlib import Path

from rodtrad.entities import Finding, find_in_text

SAMPLE = Path(__file__).parents[1] / "cases" / "entities-sample.tsv"
TYPES = ("DEADLINE", "DIARIENUMMER", "AMOUNT", "REFERENCE")


def rows() -> list[dict[str, str]]:
    lines = [line for line in SAMPLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:]]


def written(finding: Finding) -> str:
    if finding.type == "DEADLINE":
        return f"{finding.value['date']} {finding.value['kind']}"
    if finding.type == "AMOUNT":
        return json.dumps(finding.value, ensure_ascii=False)
    return str(finding.value)


def holds(row: dict[str, str]) -> bool:
    found = [
        (f.type, f.at.of(row["sentence"]), written(f))
        for f in find_in_text(row["sentence"])
        if f.type in TYPES and f.certainty == "certain"
    ]
    if row["type"] == "NONE":
        return not found
    return (row["type"], row["surface"], row["value"]) in found


def test_the_sample_holds() -> None:
    broken = [row for row in rows() if not holds(row)]
    assert not [(row["type"], row["surface"], row["sentence"][:160]) for row in broken]


def test_the_sample_is_large_enough() -> None:
    kinds = [row["type"] for row in rows()]
    assert all(kinds.count(kind) >= 50 for kind in TYPES)
    assert kinds.count("NONE") >= 98
