"""The relevance suite: that its judgements hold, and what the words alone must find."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from itertools import combinations, starmap
from pathlib import Path

import pytest

from rodtrad.datamodel import Passage
from rodtrad.evaluation.search import (
    Judgement,
    RelevanceQuery,
    gains,
    interval,
    measure,
    ndcg,
    read_pages,
    read_queries,
    recall,
    reciprocal_rank,
    refusals,
)
from rodtrad.ingest import read_document
from rodtrad.retrieval import DocumentInfo, SearchIndex, build_search_index
from rodtrad.retrieval.duplicates import say_the_same, words_of
from rodtrad.retrieval.encoders.hashing import HashingEncoder
from rodtrad.retrieval.letters import letters_of
from rodtrad.segmentation import find_passages, find_sections

ROOT = Path(__file__).parents[2]
QUERIES = read_queries(Path(__file__).with_name("queries.toml"))
PAGES = os.environ.get("RODTRAD_PAGES")


@pytest.fixture(scope="module")
def corpus() -> dict[str, Passage]:
    passages: dict[str, Passage] = {}
    for path in sorted((ROOT / "corpus" / "sources").rglob("*.txt")):
        document = read_document(path)
        found = find_passages(document, find_sections(document))
        passages.update((passage.key, passage) for passage in found)
    return passages


def of_corpus(corpus: Mapping[str, Passage]) -> list[RelevanceQuery]:
    """The queries whose judgements all lie in the corpus."""
    documents = {passage.document for passage in corpus.values()}
    return [
        query
        for query in QUERIES
        if query.judgements and all(j.document in documents for j in query.judgements)
    ]


def test_the_suite_is_as_large_and_varied_as_promised() -> None:
    assert len(QUERIES) >= 120
    assert len({query.id for query in QUERIES}) == len(QUERIES)
    assert len({query.text for query in QUERIES}) == len(QUERIES)
    languages = Counter(query.language for query in QUERIES)
    assert min(languages["sv"], languages["en"]) >= 40
    assert len({query.category for query in QUERIES}) >= 12
    splits = Counter(query.split for query in QUERIES)
    assert min(splits["dev"], splits["test"]) >= 50


def test_every_judgement_of_the_corpus_fits_a_passage(corpus: dict[str, Passage]) -> None:
    documents = {passage.document for passage in corpus.values()}
    missing = [
        (query.id, judgement)
        for query in QUERIES
        for judgement in query.judgements
        if judgement.document in documents
        and not any(judgement.fits(passage) for passage in corpus.values())
    ]
    assert missing == []


@pytest.mark.skipif(PAGES is None, reason="RODTRAD_PAGES does not name the file of pages")
def test_every_judged_page_is_in_the_sample() -> None:
    _, documents = read_pages(Path(str(PAGES)))
    judged = {j.document for query in QUERIES for j in query.judgements if "/" in j.document}
    assert judged <= set(documents)


@pytest.fixture(scope="module")
def index(corpus: dict[str, Passage], tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    folder = tmp_path_factory.mktemp("relevance")
    infos = {p.document: DocumentInfo(p.document, p.document) for p in corpus.values()}
    encoder = HashingEncoder()
    build_search_index(list(corpus.values()), folder, encoder=encoder, documents_info=infos)
    return SearchIndex.open(folder)


@pytest.mark.parametrize(("language", "floor"), [("sv", 0.8), ("en", 0.65)])
def test_words_alone_find_what_they_must(
    corpus: dict[str, Passage], index: SearchIndex, language: str, floor: float
) -> None:
    queries = [query for query in of_corpus(corpus) if query.language == language]
    keys = index.keys()

    def words(text: str, _: str) -> list[str]:
        return [keys[number] for number in index.by_words(index.parser.parse(text), limit=50)]

    figures = {f.metric: f for f in measure("BM25", words, queries, corpus)}
    assert figures["nDCG@10"].n >= 30
    assert figures["nDCG@10"].value >= floor


def test_off_topic_queries_are_refused_by_words_alone(index: SearchIndex) -> None:
    empty = [query for query in QUERIES if query.category == "no-answer"]
    shares = refusals(index, HashingEncoder(), empty)
    assert shares["answered though empty"] <= 0.25


def is_no_running_text(text: str) -> bool:
    """A contents page (dotted lines to page numbers), a heading alone, or a list of sources."""
    lines = [line for line in text.splitlines() if line.strip()]
    dotted = sum(bool(re.search(r"(?:\.\s?){4,}\s*\d+\s*$", line)) for line in lines)
    heading = len(text.split()) < 6 and not text.rstrip().endswith((".", "?", "!", ":", ";"))
    links = sum("http" in line or "www." in line for line in lines)
    return dotted > len(lines) / 3 or heading or links > len(lines) / 2


def test_the_top_five_are_running_text_and_different(
    corpus: dict[str, Passage], index: SearchIndex
) -> None:
    queries = of_corpus(corpus)[::3][:40]
    assert len(queries) >= 30
    assert sum(is_no_running_text(one.text) for one in corpus.values()) >= 20
    for query in queries:
        found = index.search(query.text, encoder=HashingEncoder(), limit=5, refuse=False)
        best = [corpus[hit.passage_key] for hit in found.hits]
        assert not [one.text for one in best if is_no_running_text(one.text)], query.text
        words = [words_of(letters_of(one.text)) for one in best]
        assert not any(starmap(say_the_same, combinations(words, 2))), query.text


def test_a_text_that_stands_twice_is_shown_once(tmp_path: Path) -> None:
    text = "Länsstyrelserna ska samordna stödet till vittnen i rättegångar under hela perioden."
    twins = [passage("a", "1 Ett", text), passage("b", "7 Sju", text.replace("hela", "hela den"))]
    other = passage("c", "2 Två", "Domstolarna informerar vittnen före en rättegång.")
    encoder = HashingEncoder()
    build_search_index(
        [*twins, other], tmp_path, encoder=encoder, documents_info={"d": DocumentInfo("d", "d")}
    )
    found = SearchIndex.open(tmp_path).search("stöd till vittnen", encoder=encoder)
    shown = {hit.passage_key: hit.similar for hit in found.hits}
    (first,) = shown.keys() - {"c"}
    assert shown[first] == tuple({"a", "b"} - {first})


def passage(key: str, section: str, text: str) -> Passage:
    from rodtrad.datamodel import Span

    at = Span(0, len(text))
    return Passage(key, "d", None, (section,), text, at, at, "sv")


def test_repeats_of_a_judgement_take_no_place() -> None:
    judgements = (Judgement(2, "d", "1"), Judgement(1, "d", "2", "barn"))
    ranking = [
        passage("a", "1 Ett", "x"),
        passage("b", "1 Ett", "y"),
        passage("c", "9 Annat", "z"),
        passage("d", "2 Två", "Barn och unga"),
    ]
    assert gains(ranking, judgements) == [2, 0, 1]


def test_metrics_on_a_small_example() -> None:
    judgements = (Judgement(2, "d", "1"), Judgement(1, "d", "2"))
    assert ndcg([2, 1], judgements) == 1.0
    assert ndcg([], judgements) == 0.0
    assert ndcg([1, 2], judgements) == pytest.approx((1 + 3 / 1.585) / (3 + 1 / 1.585), abs=1e-3)
    assert recall([0, 2], judgements) == 0.5
    assert reciprocal_rank([1, 0, 2]) == pytest.approx(1 / 3)
    assert reciprocal_rank([0, 1]) == 0.5


def test_an_interval_holds_its_mean() -> None:
    low, high = interval([0.0, 1.0, 1.0, 0.5])
    assert low <= 0.625 <= high
