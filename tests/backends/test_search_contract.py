"""What every search backend must do: the same questions to the files and to the server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rodtrad.evaluation.search import read_queries
from rodtrad.pipeline.asking import Searcher
from rodtrad.pipeline.store import required_manifest
from rodtrad.retrieval.hits import Facet, Hit, SearchFilters, SearchResult
from rodtrad.workspace import Workspace, open_workspace

# The wordings below stand in the demonstration corpus.
PLAN, REPORT = "handlingsplan-2026-2028", "lagesrapport-25"
QUERIES = read_queries(Path(__file__).parents[1] / "relevance" / "queries.toml")
SCORE = 2e-3
"""How far the server's scores may lie from the embedded ones (single against double floats)."""


@pytest.fixture(scope="module", params=["embedded", "postgres"])
def searcher(request: pytest.FixtureRequest, demo: Path) -> Searcher:
    return _searcher(
        demo, request.getfixturevalue("on_server") if request.param[0] == "p" else None
    )


def _searcher(demo: Path, on_server: Workspace | None) -> Searcher:
    here = open_workspace(demo)
    return Searcher(on_server or here, required_manifest(here))


def hits(searcher: Searcher, query: str, **filters: Any) -> tuple[Hit, ...]:
    return searcher.search(query, limit=10, filters=SearchFilters(**filters)).hits


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("betänketid", "etänketid"),
        ('"nationell samordning"', "nationell samordning"),
        ("kontaktpunkt*", "kontaktpunkt"),
        ("A2025/00637", "A2025/00637"),
    ],
)
def test_what_is_asked_for_literally_is_found(searcher: Searcher, query: str, words: str) -> None:
    found = hits(searcher, query)
    assert found
    assert any(words in searcher.quote(hit) for hit in found[:3])


def test_a_quote_is_the_source_slice(searcher: Searcher, demo: Path) -> None:
    (path,) = (demo / "corpus" / "sources").rglob(f"{PLAN}.txt")
    source = path.read_bytes().decode()
    for hit in hits(searcher, "stöd till barn", documents=(PLAN,)):
        assert searcher.quote(hit) == source[hit.span.start : hit.span.end]


def test_filters_leave_only_what_they_say(searcher: Searcher) -> None:
    assert {h.document for h in hits(searcher, "människohandel", documents=(PLAN,))} == {PLAN}
    assert {h.document for h in hits(searcher, "människohandel", kinds=("lägesrapport",))} == {
        REPORT
    }
    within = hits(searcher, "människohandel", from_date="2026-06", to_date="2026-06-30")
    assert {h.document for h in within} == {PLAN}
    below = hits(searcher, "uppdrag", sections=("4.3",), documents=(PLAN,))
    assert below
    assert all(any(label.startswith("4.3") for label in h.section) for h in below)
    assert hits(searcher, "uppdrag", agencies=("Polismyndigheten",))
    assert not hits(searcher, "uppdrag", kinds=("finns inte",))


def test_a_subject_that_is_not_there_is_refused(searcher: Searcher) -> None:
    result = searcher.search("kärnkraftverkens slutförvar", limit=5, filters=SearchFilters())
    assert not result.hits
    assert result.refusal


def test_the_other_language_finds_it_too(searcher: Searcher) -> None:
    assert any(
        "etänketid" in searcher.quote(h) for h in hits(searcher, "recovery and reflection period")
    )


def test_both_backends_give_the_same_answers(demo: Path, on_server: Workspace) -> None:
    files, server = _searcher(demo, None), _searcher(demo, on_server)
    for query in QUERIES[::12]:
        one, other = _answer(files, query.text), _answer(server, query.text)
        assert (one.refusal, one.corrected) == (other.refusal, other.corrected), query.text
        assert _without_scores(one) == _without_scores(other), query.text
        pairs = zip(one.hits, other.hits, strict=True)
        assert all(abs(a.score - b.score) <= SCORE for a, b in pairs), query.text


def _answer(searcher: Searcher, query: str) -> SearchResult:
    return searcher.search(query, limit=10, filters=SearchFilters())


def _without_scores(result: SearchResult) -> tuple[list[Hit], tuple[Facet, ...]]:
    return [replace(hit, score=0.0) for hit in result.hits], result.facets
