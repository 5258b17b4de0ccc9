"""What `rodtrad.toml` says of searching is done: own terms, a cross-encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.errors import RodtradError
from rodtrad.pipeline.asking import Question, ask
from rodtrad.pipeline.build import build
from rodtrad.retrieval.hits import SearchFilters
from rodtrad.workspace import Workspace, init_workspace, open_workspace

PLAN = """# Plan

## 1 Lots för boenden

Socialstyrelsen har i uppdrag att pröva en lotsverksamhet för skyddade boenden i tre län.

## 2 Vägar

Trafikverket planerar vägar, järnvägar och laddstationer i norr.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    place = init_workspace(tmp_path / "arbete")
    (place.corpus / "sources" / "plan.md").write_text(PLAN, encoding="utf-8")
    assert [line.status for line in build(place)] == ["built"]
    return place


def answer(root: Path, query: str) -> list[str]:
    found = ask(open_workspace(root), [Question(query)], limit=1, filters=SearchFilters())
    return ["; ".join(record["why"]) for record in found if record["rank"] == 1]


def test_own_terms_are_used_without_a_new_build(workspace: Workspace) -> None:
    assert not any("lotsverksamhet" in why for why in answer(workspace.root, "sherpa scheme"))
    term = "sherpa\tsocial\tlotsverksamhet\tsherpa scheme\n"
    (workspace.root / "termer.tsv").write_text(term, encoding="utf-8")
    (workspace.root / "rodtrad.toml").write_text('termbank = "termer.tsv"\n', encoding="utf-8")
    (why,) = answer(workspace.root, "sherpa scheme")
    assert "sherpa scheme → lotsverksamhet (termbanken)" in why


@pytest.mark.parametrize(
    "settings", ['termbank = "borta.tsv"', '[search]\nreranker = "borta"'], ids=["terms", "model"]
)
def test_what_is_not_there_is_named(workspace: Workspace, settings: str) -> None:
    (workspace.root / "rodtrad.toml").write_text(settings + "\n", encoding="utf-8")
    with pytest.raises(RodtradError, match="borta"):
        answer(workspace.root, "vägar")
