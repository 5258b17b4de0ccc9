"""First pages of many kinds of bodies and decades, keyed before they were read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rodtrad.ingest import read_document

PAGES = Path(__file__).parents[1] / "cases/firstpages"
KEYS: dict[str, dict[str, str | None]] = json.loads((PAGES / "keys.json").read_text("utf-8"))


@pytest.mark.parametrize("name", KEYS)
def test_what_a_first_page_says(name: str) -> None:
    """None is what the page does not state."""
    document = read_document(PAGES / f"{name}.txt")
    found = {fact: document.get(fact) for fact in KEYS[name]} | {"kind": document.kind}
    found["language"] = document.language
    assert found == KEYS[name]


def test_every_page_has_a_key() -> None:
    assert {path.stem for path in PAGES.glob("*.txt")} == set(KEYS)
