"""The search index from passages to hits, with an encoder that needs no model."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rodtrad.datamodel import Passage, Span
from rodtrad.errors import UsageError, WorkspaceError
from rodtrad.retrieval import (
    DocumentInfo,
    PassageFacts,
    SearchFilters,
    SearchIndex,
    build_search_index,
)
from rodtrad.retrieval.building import with_flags
from rodtrad.retrieval.dense import DenseIndex, VectorSpace
from rodtrad.retrieval.encoders.hashing import HashingEncoder
from rodtrad.retrieval.encoders.port import Progress, Vectors
from rodtrad.retrieval.lexical import LexicalIndex, LexicalPassage, day_number
from rodtrad.retrieval.wordquery import (
    SumOf,
    leaves,
    phrase,
    sum_of,
    term,
    without_trifles,
)

ENCODER = HashingEncoder()
TEXTS = {
    "plan": [
        ("2.3 Stöd", "Socialnämnden kan ansöka om uppehållstillstånd för betänketid i 30 dagar."),
        ("4.1 Kontakt", "Jämställdhetsmyndigheten bör utses till nationell kontaktpunkt i EU."),
        ("4.2 Ersättning", "Uppdraget om brottsskadeersättning ska redovisas (A2025/00637)."),
        ("4.3 Barn", "Barn som utsätts för våld ska få stöd av barn- och ungdomsvården."),
        (
            "4.4 Samordnare (S2025/01526)",
            "I varje region finns en barnkoordinator med eget ansvar.",
        ),
        ("Innehåll", "betänketid 12 kontaktpunkt 14 barnkoordinator 15"),
    ],
    "rapport": [
        ("1 Ärenden", "Antalet människohandelsärenden har ökat i hela landet sedan förra året."),
        ("2 Bygg", "Inom bygg och restaurang utnyttjas arbetstagare under orimliga villkor."),
        (
            "3 Tillsyn",
            "Arbetsmiljöverket genomför arbetsplatsinspektioner tillsammans med polisen.",
        ),
        ("4 Vägar", "Trafikverket planerar vägar, järnvägar och laddstationer i norr."),
    ],
}
INFO = {
    "plan": DocumentInfo("plan", "Handlingsplan", "handlingsplan", "2026-06-11"),
    "rapport": DocumentInfo("rapport", "Lägesrapport", "lägesrapport", "2024-12"),
}


def passages() -> list[Passage]:
    made = []
    for document, rows in TEXTS.items():
        for number, (section, text) in enumerate(rows):
            at = Span(number * 1000, number * 1000 + len(text))
            flags = ("contents",) if section == "Innehåll" else ()
            key = f"{document}-{number}"
            made.append(
                Passage(key, document, number, (section,), text, at, at, "sv", number + 1, flags)
            )
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index")
    facts = {"rapport-2": PassageFacts(("Arbetsmiljöverket",), ("AGENCY",))}
    build_search_index(passages(), path, encoder=ENCODER, documents_info=INFO, facts=facts)
    return path


@pytest.fixture(scope="module")
def index(folder: Path) -> SearchIndex:
    return SearchIndex.open(folder)


def found(index: SearchIndex, query: str, filters: SearchFilters | None = None) -> list[str]:
    result = index.search(query, encoder=ENCODER, filters=filters or SearchFilters())
    return [hit.passage_key for hit in result.hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("betänketid", "plan-0"),
        ("betänketiden", "plan-0"),
        ("recovery and reflection period", "plan-0"),
        ("människohandel", "rapport-0"),
        ("labour inspections", "rapport-2"),
        ("compensation to victims", "plan-2"),
        ("A2025/00637", "plan-2"),
        ("S2025/01526", "plan-4"),
        ('"nationell kontaktpunkt"', "plan-1"),
        ("arbetsplats*", "rapport-2"),
        ("betänktid", "plan-0"),
    ],
)
def test_the_best_passage_comes_first(index: SearchIndex, query: str, first: str) -> None:
    assert found(index, query)[0] == first


def test_a_word_finds_its_compounds_but_ranks_them_below_itself(index: SearchIndex) -> None:
    keys = found(index, "barn")
    assert keys.index("plan-3") < keys.index("plan-4")


def test_contents_pages_come_last(index: SearchIndex) -> None:
    keys = found(index, "betänketid kontaktpunkt barnkoordinator")
    assert len(keys) > 5
    assert "plan-5" not in keys[:5]


def test_a_phrase_finds_only_passages_that_hold_it(index: SearchIndex) -> None:
    assert found(index, '"nationell kontaktpunkt"') == ["plan-1"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("A2099/99999", "nämns inte"),
        ('"nationell kanelbulle"', "nämns inte"),
        ("kanelbullar", "handlar om"),
    ],
)
def test_what_the_collection_lacks_is_said(index: SearchIndex, query: str, words: str) -> None:
    result = index.search(query, encoder=ENCODER)
    assert result.hits == ()
    assert result.refusal is not None
    assert words in result.refusal


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        (SearchFilters(documents=("plan",)), {"plan"}),
        (SearchFilters(kinds=("lägesrapport",)), {"rapport"}),
        (SearchFilters(from_date="2025-01-01"), {"plan"}),
        (SearchFilters(to_date="2024-12"), {"rapport"}),
        (SearchFilters(agencies=("Arbetsmiljöverket",)), {"rapport"}),
    ],
)
def test_filters_hold_for_words_and_for_meaning(
    index: SearchIndex, filters: SearchFilters, documents: set[str]
) -> None:
    result = index.search("stöd och tillsyn", encoder=ENCODER, filters=filters, refuse=False)
    assert {hit.document for hit in result.hits} == documents


def test_a_section_filter_takes_the_beginning_of_a_label(index: SearchIndex) -> None:
    filters = SearchFilters(sections=("4.4",))
    result = index.search("barn", encoder=ENCODER, filters=filters, refuse=False)
    assert {hit.section for hit in result.hits} == {("4.4 Samordnare (S2025/01526)",)}


def test_a_corrected_word_is_looked_up_in_the_term_bank(index: SearchIndex) -> None:
    (concept,) = index.parser.parse("kontaktpnkt").concepts
    assert "nationell kontaktpunkt" in {way.shown for way in concept.alternatives}


def test_a_filter_that_leaves_nothing_is_said(index: SearchIndex) -> None:
    none_such = SearchFilters(kinds=("dikt",))
    result = index.search("barn", encoder=ENCODER, filters=none_such)
    assert result.refusal == "Inget i samlingen uppfyller villkoren."
    other = index.search("barn", encoder=ENCODER, filters=SearchFilters(kinds=("lägesrapport",)))
    assert "villkoren" not in (other.refusal or "")


@pytest.mark.parametrize("day", ["igår", "2026-6-1", "20260601", "2026-06-01 12:00"])
def test_a_filter_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(UsageError, match="no date"):
        SearchFilters(from_date=day)
    with pytest.raises(UsageError, match="no date"):
        SearchFilters(to_date=day)


def test_a_word_of_the_heading_is_a_reason(index: SearchIndex) -> None:
    result = index.search("tillsyn", encoder=ENCODER)
    assert result.hits[0].passage_key == "rapport-2"
    assert "i rubriken: tillsyn" in result.hits[0].why


def test_a_hit_shows_where_and_why(index: SearchIndex) -> None:
    hit = index.search("recovery and reflection period", encoder=ENCODER).hits[0]
    assert [mark.of(hit.snippet) for mark in hit.marks] == ["betänketid"]
    assert "recovery and reflection period → betänketid (termbanken)" in hit.why
    assert hit.section == ("2.3 Stöd",)
    assert hit.page == 1
    assert hit.span == Span(0, len(TEXTS["plan"][0][1]))


def test_a_corrected_word_is_said(index: SearchIndex) -> None:
    result = index.search("betänktid", encoder=ENCODER)
    assert result.corrected == (("betänktid", "betänketid"),)
    assert "”betänktid” tolkat som ”betänketid”" in result.hits[0].why


def test_facets_count_the_passages_found(index: SearchIndex) -> None:
    result = index.search("arbetsplatsinspektioner", encoder=ENCODER)
    counts = {(facet.name, facet.value): facet.count for facet in result.facets}
    assert counts["agency", "Arbetsmiljöverket"] == 1


@pytest.mark.parametrize(("year", "first"), [("2021", "a"), ("2023", "b")])
def test_a_year_in_the_query_prefers_documents_of_that_year(
    tmp_path: Path, year: str, first: str
) -> None:
    text = "Myndigheten ska redovisa arbetet med elnät i norr."
    at = Span(0, len(text))
    made = [Passage(f"{d}-0", d, 0, ("1",), text, at, at, "sv") for d in ("a", "b")]
    info = {d: DocumentInfo(d, "T", date=day) for d, day in (("a", "2021-03-01"), ("b", "2023"))}
    build_search_index(made, tmp_path, encoder=ENCODER, documents_info=info)
    index = SearchIndex.open(tmp_path)
    result = index.search(f"elnät {year}", encoder=ENCODER, refuse=False)
    assert result.hits[0].passage_key == f"{first}-0"


def test_near_duplicates_are_grouped(tmp_path: Path) -> None:
    twin = passages()[0]
    copy = Passage("kopia", "rapport", None, ("9 Bilaga",), twin.text, twin.at, twin.span, "sv")
    build_search_index([*passages(), copy], tmp_path, encoder=ENCODER, documents_info=INFO)
    hit = SearchIndex.open(tmp_path).search("betänketid", encoder=ENCODER).hits[0]
    assert {hit.passage_key, *hit.similar} == {"plan-0", "kopia"}


class OtherEncoder(HashingEncoder):
    name = "another"


def test_vectors_of_another_model_are_refused(index: SearchIndex) -> None:
    with pytest.raises(WorkspaceError, match="another"):
        index.search("betänketid", encoder=OtherEncoder())


def test_vectors_that_do_not_fit_are_refused() -> None:
    dense = DenseIndex.create(VectorSpace("m", "1", 4))
    with pytest.raises(WorkspaceError, match="dimensions"):
        dense.add([1], np.ones((1, 5), dtype=np.float32))
    with pytest.raises(WorkspaceError, match="no numbers"):
        dense.add([1], np.full((1, 4), np.nan, dtype=np.float32))


def test_a_missing_or_foreign_index_is_named(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(WorkspaceError, match="rodtrad build"):
        SearchIndex.open(tmp_path)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "passages.sqlite").write_bytes(b"no database at all")
    with pytest.raises(WorkspaceError, match="rodtrad build"):
        SearchIndex.open(broken)


def test_passages_are_added_and_deleted_without_rebuilding(tmp_path: Path) -> None:
    lexical = LexicalIndex.create(tmp_path)
    lexical.add([_row(1, ["barn", "stöd"]), _row(2, ["barn"])])
    lexical.delete([1, 99])
    lexical.add([_row(3, ["stöd"])])
    again = LexicalIndex.open(tmp_path)
    assert [n for n, _ in again.search(term("body", "barn"), limit=5)] == [2]
    assert [n for n, _ in again.search(term("body", "stöd"), limit=5)] == [3]


def _row(number: int, body: Sequence[str]) -> LexicalPassage:
    return LexicalPassage(number, {"body": body}, {})


WORDS = st.sampled_from(["barn", "stöd", "polis", "lag", "våld", "kommun"])
BODIES = st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=2, max_size=12)


@settings(max_examples=12, deadline=None)
@given(bodies=BODIES, query=st.lists(WORDS, min_size=1, max_size=3, unique=True))
def test_scores_are_those_of_an_independent_bm25(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[list[str]], query: list[str]
) -> None:
    import bm25s

    other = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    other.index(bodies, show_progress=False)
    expected = other.get_scores(query) if set(query) & {w for b in bodies for w in b} else []
    lexical = LexicalIndex.create(tmp_path_factory.mktemp("bm25"))
    lexical.add(_row(number, body) for number, body in enumerate(bodies))
    wanted = sum_of([(term("body", word), 1.0) for word in query])
    scores = dict(lexical.search(wanted, limit=len(bodies)))
    for number, score in enumerate(expected):
        # bm25s leaves out the constant factor k1 + 1, which changes no order.
        assert math.isclose(scores.get(number, 0.0), score * 2.2, rel_tol=1e-4, abs_tol=1e-5)


def test_dates_become_days() -> None:
    assert day_number("2026-06", last=False) == 20260601
    assert day_number("2026", last=True) == 20261231
    assert day_number(None, last=True) == 0


def test_searching_loads_no_heavy_library(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from rodtrad.retrieval import SearchIndex;"
        "from rodtrad.retrieval.encoders.hashing import HashingEncoder;"
        f"index = SearchIndex.open(Path({str(folder)!r}));"
        "r = index.search('betänketid', encoder=HashingEncoder());"
        "assert r.hits; bad = {'spacy', 'sklearn', 'torch', 'sentence_transformers', 'pandas',"
        "'faiss', 'pydantic', 'filelock', 'onnxruntime'};"
        "sys.exit(str(bad & set(sys.modules)) if bad & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("query", ["stöd till barn", "barnkoordinator", "support for children"])
@pytest.mark.parametrize(
    "filters", [SearchFilters(languages=("sv",)), SearchFilters(kinds=("handlingsplan",))]
)
def test_a_broad_filter_finds_what_the_engine_finds_under_it(
    index: SearchIndex, query: str, filters: SearchFilters, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = index.parser.parse(query)
    sifted = index.by_words(parsed, filters=filters, limit=3)
    monkeypatch.setattr("rodtrad.retrieval.index._BROAD", 2.0)
    assert sifted == index.by_words(parsed, filters=filters, limit=3)
    assert sifted


class SlowEncoder:
    """Gives the vectors of another after a while, in which a search can look ahead."""

    name, revision, dimensions = ENCODER.name, ENCODER.revision, ENCODER.dimensions

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        time.sleep(0.05)
        return ENCODER.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        raise NotImplementedError


def test_a_query_encoded_on_another_thread_gives_what_it_gives_in_turn(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = ["stöd till barn", "prostitution", '"nationell samordning"', "åtal*", "stöd tll"]
    in_turn = [index.search(query, encoder=ENCODER) for query in queries]
    monkeypatch.setattr("rodtrad.retrieval.index._TOGETHER_FROM", 0)
    for encoder in (ENCODER, SlowEncoder()):
        assert [index.search(query, encoder=encoder) for query in queries] == in_turn


def test_terms_that_add_nearly_nothing_are_left_out() -> None:
    rarities = {"rare": 5.0, "usual": 0.5, "everywhere": 0.01}
    query = SumOf(
        (
            (SumOf(((term("body", "rare"), 1.0), (term("body", "everywhere"), 1.0))), 0.5),
            (SumOf(((term("title", "everywhere"), 1.0),)), 1.0),
            (phrase(["two", "words"]), 1e-6),
            (term("body", "usual"), 0.2),
        )
    )
    kept = without_trifles(query, lambda field, text: rarities[text], least=0.02)
    assert list(leaves(kept)) == [
        term("body", "rare"), phrase(["two", "words"]), term("body", "usual")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("stöd till barn", "plan"),
        ("stöd till barn i december 2024", "rapport"),
        ("lägesrapport om barn 2024", "rapport"),
        ("barn i juni 2026", "plan"),
    ],
)
def test_documents_of_the_time_come_first(index: SearchIndex, query: str, document: str) -> None:
    hits = index.search(query, encoder=ENCODER, refuse=False).hits
    assert hits[0].document == document


@pytest.mark.parametrize(
    ("text", "flags", "added"),
    [
        ("Brottsoffers rätt till ersättning", (), ("heading",)),
        ("Beslut fattas i höst.", (), ()),
        ("polisen ska utreda", (), ()),
        ("Myndigheten ska redovisa uppdraget till Regeringskansliet", (), ()),
        ("SOU 2023:97, s. 368.", ("footnote",), ("reference_list",)),
        ("Innehåll", ("heading",), ()),
    ],
)
def test_a_heading_alone_and_a_citing_note_are_flagged(
    text: str, flags: tuple[str, ...], added: tuple[str, ...]
) -> None:
    at = Span(0, len(text))
    one = Passage("p", "d", 0, ("1 Ett",), text, at, at, "sv", 1, flags)
    assert with_flags(one).flags == (*flags, *added)
