"""The structure of the five texts, kept line by line; regenerating is never on in a run.

To accept a change: `RODTRAD_REGENERATE_GOLDEN=1 pytest tests/ingest/test_golden.py`, then read the
difference.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from rodtrad.datamodel import Document
from rodtrad.ingest import read_document
from rodtrad.segmentation import find_passages, find_sections

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden"
SWITCH = "RODTRAD_REGENERATE_GOLDEN"
FIVE = sorted((ROOT / "corpus/sources").glob("*/*.txt"), key=lambda path: path.stem)
PASSAGES = 2  # passages that may come or go before the golden file must be read again


def outline(document: Document) -> list[str]:
    """A line a section, indented by level, with where its level is from and its first words."""
    lines = [f"{document.kind} {document.language}"]
    for section in find_sections(document):
        start = section.heading.end
        first = " ".join(document.text[start : start + 60].split()[:5])
        label = f"{'  ' * section.level}{section.label} [{section.level_source}]"
        lines.append(f"{label} | {first}" if section.at.end > start else label)
    return lines


def counts(document: Document) -> list[str]:
    """How many blocks of each kind there are."""
    found = Counter(block.kind for block in document.blocks)
    return [f"{kind}: {found[kind]}" for kind in sorted(found)]


@pytest.mark.parametrize("path", FIVE, ids=lambda path: path.stem)
def test_structure(path: Path) -> None:
    document = read_document(path)
    lines = [*outline(document), *counts(document)]
    golden = GOLDEN / f"ingest-{path.stem}.txt"
    if os.environ.get(SWITCH):
        golden.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert golden.read_text(encoding="utf-8").splitlines() == lines


def test_the_switch_is_off() -> None:
    assert not os.environ.get(SWITCH)


def test_passages_stay_near_their_number() -> None:
    found = {}
    for path in FIVE:
        document = read_document(path)
        found[path.stem] = len(find_passages(document, find_sections(document)))
    golden = dict(
        line.split("\t")
        for line in (GOLDEN / "ingest-passages.tsv").read_text(encoding="utf-8").splitlines()
    )
    assert set(golden) == set(found)
    assert all(abs(found[stem] - int(count)) <= PASSAGES for stem, count in golden.items())
