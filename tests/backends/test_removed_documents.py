"""What was removed from a workspace is nowhere on the search server after the next push."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from faults.seeds import MARKDOWN
from rodtrad.backends.postgres.link import Link
from rodtrad.backends.postgres.loading import Loader
from rodtrad.backends.postgres.schema import schema_name
from rodtrad.cli.main import make_app
from rodtrad.pipeline.asking import Searcher
from rodtrad.pipeline.build import build
from rodtrad.pipeline.pushjob import Embedded, push, server_url
from rodtrad.pipeline.store import Manifest, required_manifest
from rodtrad.retrieval.hits import SearchFilters
from rodtrad.workspace import Workspace, init_workspace, open_workspace

WORD = "kvastsopare"
LETTER = f"""Klagomål

En {WORD} vill ha ersättning av staten för sitt arbete under våren.

2. Mer

Yrket {WORD} är ovanligt nu för tiden, och ingen myndighet svarar på brev."""


@pytest.fixture
def place(postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with a letter that will go, and an empty database for it."""
    name = f"borta_{tmp_path.name[-6:]}".replace("-", "_").lower()
    postgres.psql(f"DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name};")
    monkeypatch.setenv("RODTRAD_SEARCH_URL", postgres.get_uri(database=name))
    sources = init_workspace(tmp_path / "w").corpus / "sources"
    (sources / "plan.md").write_text(MARKDOWN, encoding="utf-8")
    (sources / "brev.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "w" / "rodtrad.toml").write_text('[search]\nbackend = "postgres"\n', "utf-8")
    place = open_workspace(tmp_path / "w")
    build(place)
    return place


def places_with_the_word(url: str) -> set[str]:
    """The tables of the database that hold the word, as text or as bytes, statistics included."""
    forms = (WORD, WORD.encode().hex())
    with closing(Link(url, writes=True)) as link:
        tables = link.rows(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'm')"
            " AND n.nspname NOT IN ('pg_toast', 'information_schema')"
        )
        return {
            f"{schema}.{table}"
            for schema, table in tables
            for (row,) in link.rows(f'SELECT t::text FROM "{schema}"."{table}" t')  # noqa: S608
            if any(form in row.lower() for form in forms)
        }


def test_nothing_of_it_is_left_after_a_push(place: Workspace) -> None:
    push(place)
    before = places_with_the_word(server_url(place))
    assert {one.split(".")[1] for one in before} >= {"documents", "passages", "lexemes", "files"}
    arguments = ["remove", "brev", "--who", "Anna", "-w", str(place.root)]
    done = CliRunner().invoke(make_app(), arguments)
    assert done.exit_code == 0, done.output
    assert "sökservern har dokumentet kvar tills 'rodtrad push' har körts" in done.stderr
    push(place)
    assert places_with_the_word(server_url(place)) == set()


def test_a_generation_that_was_never_whole_goes_too(place: Workspace) -> None:
    embedded = Embedded(place, required_manifest(place))
    about = embedded.about("kind")
    with closing(Link(server_url(place), writes=True)) as link:
        loader = Loader(link, schema_name("rodtrad", embedded.generation(about)), about)
        loader.load(embedded.load_of("brev", replaces=None))
    assert places_with_the_word(server_url(place))
    (place.corpus / "sources" / "brev.txt").unlink()
    build(place, force=True)
    push(place)
    assert places_with_the_word(server_url(place)) == set()


def test_who_searches_meanwhile_is_answered_from_what_is_there_now(place: Workspace) -> None:
    push(place)
    searcher = Searcher(place, Manifest())
    assert searcher.search(WORD, limit=3, filters=SearchFilters()).hits[0].document == "brev"
    (place.corpus / "sources" / "brev.txt").unlink()
    build(place, force=True)
    push(place)
    found = searcher.search("vattenbrist", limit=3, filters=SearchFilters())
    assert {hit.document for hit in found.hits} == {"plan"}
