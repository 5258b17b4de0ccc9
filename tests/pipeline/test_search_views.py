"""Facets with counts, dates and order, as the command gives them; and an index kept in step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from rodtrad.cli.main import make_app
from rodtrad.pipeline.build import build
from rodtrad.pipeline.searchjob import open_search
from rodtrad.pipeline.store import required_manifest
from rodtrad.workspace import Workspace, init_workspace, open_workspace

ROADS = "# Vägplan\n\n" + "\n\n".join(
    f"## {n} Väg {n}\n\nTrafikverket bygger väg {n} förbi {place} före vintern."
    for n, place in enumerate(
        ("Lund", "Kiruna", "Boden", "Falun", "Visby", "Mora", "Ystad", "Motala", "Arboga", "Sala",
         "Eksjö", "Avesta"), start=1)
)  # fmt: skip
CATALOGUE = """[[document]]
id = "gammal"
file = "sources/gammal.md"
kind = "rapport"
date = "2014-03-01"
language = "sv"

[[document]]
id = "ny"
file = "sources/ny.md"
kind = "handlingsplan"
date = "2024-05-02"
language = "sv"

[[document]]
id = "vagar"
file = "sources/vagar.md"
kind = "handlingsplan"
language = "sv"
"""
OLD = "# Rapport\n\n## 1 Lotsar\n\nLotsar i skyddade boenden hjälper barn att komma vidare.\n"
NEW = (
    "# Plan\n\n## 1 Lotsar och stöd\n\nSocialstyrelsen ska följa upp hur lotsar i skyddade boenden "
    "arbetar i hela landet och vilket stöd barn får av dem.\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    place = init_workspace(tmp_path / "arbete")
    sources = place.corpus / "sources"
    for name, text in {"gammal": OLD, "ny": NEW, "vagar": ROADS}.items():
        (sources / f"{name}.md").write_text(text, encoding="utf-8")
    (place.corpus / "catalog.toml").write_text(CATALOGUE, encoding="utf-8")
    assert {line.status for line in build(place)} == {"built"}
    return place


def asked(place: Workspace, *words: str) -> list[dict[str, Any]]:
    command = ["-w", str(place.root), "search", *words, "--json"]
    told = CliRunner().invoke(make_app(), command)
    assert told.exit_code == 0, told.output
    return [json.loads(line) for line in told.stdout.splitlines()]


def documents(place: Workspace, *words: str) -> list[str]:
    return [record["document"] for record in asked(place, *words)]


def test_sorted_by_date_the_newest_comes_first(workspace: Workspace) -> None:
    query = "lotsar i skyddade boenden"
    assert documents(workspace, query, "--limit", "2") == ["gammal", "ny"]
    dated = asked(workspace, query, "--limit", "2", "--sort", "date")
    assert [(r["rank"], r["document"]) for r in dated] == [(1, "ny"), (2, "gammal")]


def test_dates_narrow(workspace: Workspace) -> None:
    assert set(documents(workspace, "lotsar", "--from-date", "2020")) == {"ny"}
    assert set(documents(workspace, "lotsar", "--to-date", "2014-03")) == {"gammal"}


def test_facets_count_what_filters_would_leave(workspace: Workspace) -> None:
    counts = {(r["facet"], r["value"]): r["count"] for r in asked(workspace, "lotsar", "--facets")}
    assert counts["kind", "rapport"] == counts["year", "2014"] > 0
    for kind in ("rapport", "handlingsplan"):
        inside = asked(workspace, "lotsar", "--kind", kind, "--facets")
        assert {r["value"]: r["count"] for r in inside if r["facet"] == "kind"} == {
            kind: counts["kind", kind]
        }


def test_facets_of_a_query_without_an_answer_say_why(workspace: Workspace) -> None:
    (record,) = asked(workspace, '"elkraft till sjöss"', "--facets")
    assert (record["facet"], record["count"]) == (None, 0)
    assert "nämns inte" in record["reason"]


def test_facets_are_shown_in_words(workspace: Workspace) -> None:
    told = CliRunner().invoke(
        make_app(), ["-w", str(workspace.root), "search", "lotsar", "--facets"]
    )
    assert "Myndighet" in told.stdout
    assert "Trafikverket" in told.stdout


def test_documents_come_change_and_go_without_the_index_being_made_anew(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the index was made anew")

    monkeypatch.setattr("rodtrad.retrieval.building.build_search_index", refuse)
    source = workspace.corpus / "sources"
    before = kept_keys(workspace, "vagar")

    (source / "gammal.md").write_text(OLD.replace("Lotsar", "Väktare"), encoding="utf-8")
    build(workspace)
    assert hits(workspace, "väktare") == ["gammal"]
    assert kept_keys(workspace, "vagar") == before

    (source / "tillagd.md").write_text(
        "# Ny\n\n## 1 Fiske\n\nFiskevakter räknar lax i Torneälven.\n", encoding="utf-8"
    )
    build(workspace)
    assert hits(workspace, "fiskevakter lax") == ["tillagd"]

    (source / "tillagd.md").unlink()
    build(workspace)
    assert "tillagd" not in hits(workspace, "fiskevakter lax")
    assert kept_keys(workspace, "vagar") == before


def hits(place: Workspace, query: str) -> list[str]:
    found = asked(open_workspace(place.root), query, "--limit", "1")
    return [record["document"] for record in found if record["rank"]]


def kept_keys(place: Workspace, document: str) -> dict[int, str]:
    """Numbers and keys of a document's passages: both change when an index is made anew."""
    index = open_search(place, required_manifest(place))
    of_document = place.indexes / required_manifest(place).search.folder  # type: ignore[union-attr]
    from rodtrad.retrieval.updating import indexed_keys

    mine = {key for key, name in indexed_keys(of_document).items() if name == document}
    return {number: key for number, key in index.keys().items() if key in mine}
