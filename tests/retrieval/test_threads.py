"""An open index answers many threads at once as it answers one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rodtrad.datamodel import Passage, Span
from rodtrad.retrieval import DocumentInfo, SearchFilters, SearchIndex, build_search_index
from rodtrad.retrieval.encoders.hashing import HashingEncoder
from rodtrad.retrieval.store import PassageStore

ENCODER = HashingEncoder()
THREADS = 8
TOPICS = ("betänketid", "skyddat boende", "människohandel", "brottsskadeersättning", "åklagare")
QUERIES = (
    "betänketid", "skydd för barn", "recovery period", "människohandelsärende",
    "compensation to victims of crime", "åklagarnas utbildning", "boendet i Umeå", "prosecutors",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = []
    for number in range(60):
        text = f"Myndighet {number} ska redovisa arbetet med {TOPICS[number % 5]} för barn i Umeå."
        at = Span(0, len(text))
        found.append(Passage(f"k{number}", "d", None, (f"{number} Avsnitt",), text, at, at, "sv"))
    infos = {"d": DocumentInfo("d", "Plan", "handlingsplan", "2026-06-11")}
    build_search_index(found, tmp_path, encoder=ENCODER, documents_info=infos)
    return tmp_path


def test_eight_threads_get_the_answers_one_gets(folder: Path) -> None:
    asked = [(query, filters) for query in QUERIES for filters in _FILTERS]
    alone = SearchIndex.open(folder)
    expected = [alone.search(q, encoder=ENCODER, filters=f) for q, f in asked]
    shared = SearchIndex.open(folder)  # nothing is remembered in it yet

    def ask(number: int) -> bool:
        order = [(number + step) % len(asked) for step in range(len(asked))]
        found = {i: shared.search(asked[i][0], encoder=ENCODER, filters=asked[i][1]) for i in order}
        return [found[i] for i in range(len(asked))] == expected

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(ask, range(THREADS)))
    assert any(result.hits for result in expected)


_FILTERS = (
    SearchFilters(),
    SearchFilters(kinds=("handlingsplan",)),
    SearchFilters(sections=("1",)),
)


def test_a_search_cannot_write(folder: Path) -> None:
    import sqlite3

    store = PassageStore.open(folder)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.delete(["k1"])
