"""An index changed bit by bit answers as one made anew; readers of the old one notice nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rodtrad.datamodel import Passage, Span
from rodtrad.errors import WorkspaceError
from rodtrad.retrieval import (
    DocumentInfo,
    SearchIndex,
    build_search_index,
    update_search_index,
)
from rodtrad.retrieval.encoders.hashing import HashingEncoder
from rodtrad.retrieval.encoders.port import Progress, Vectors
from rodtrad.retrieval.updating import copy_search_index, is_small_change

TEXTS = {
    "plan": [
        "Socialnämnden kan ansöka om uppehållstillstånd för betänketid i 30 dagar.",
        "Jämställdhetsmyndigheten bör utses till nationell kontaktpunkt i EU.",
        "Barn som utsätts för våld ska få stöd av barn- och ungdomsvården.",
    ],
    "rapport": [
        "Antalet människohandelsärenden har ökat i hela landet sedan förra året.",
        "Trafikverket planerar vägar, järnvägar och laddstationer i norr.",
        "Arbetsmiljöverket genomför arbetsplatsinspektioner tillsammans med polisen.",
    ],
    "ny": ["Folkhälsomyndigheten ska minska spridningen av antibiotikaresistens i vården."],
}
QUERIES = ("betänketid", "antibiotikaresistens", "laddstationer i norr", "stöd till barn")


class CountingEncoder(HashingEncoder):
    """Remembers which passages it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        self.seen += texts
        return super().encode_passages(texts, progress=progress)


def of(*documents: str) -> list[Passage]:
    made = []
    for document in documents:
        for number, text in enumerate(TEXTS[document]):
            at = Span(number * 1000, number * 1000 + len(text))
            key = f"{document}-{number}"
            made.append(Passage(key, document, None, (f"{number} Del",), text, at, at, "sv"))
    return made


def infos(*documents: str) -> dict[str, DocumentInfo]:
    return {name: DocumentInfo(name, name.title()) for name in documents}


def answers(folder: Path) -> dict[str, list[str]]:
    index = SearchIndex.open(folder)
    return {
        query: [
            hit.passage_key for hit in index.search(query, encoder=HashingEncoder(), limit=3).hits
        ]
        for query in QUERIES
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "old"
    names = ("plan", "rapport")
    build_search_index(of(*names), made, encoder=HashingEncoder(), documents_info=infos(*names))
    return made


def updated(folder: Path, encoder: HashingEncoder) -> Path:
    target = folder.with_name("new")
    copy_search_index(folder, target)
    gone = [passage.key for passage in of("rapport")]
    count = update_search_index(
        target,
        added=of("ny"),
        removed=gone,
        encoder=encoder,
        documents_info=infos("plan", "ny"),
    )
    assert count == 4
    return target


def test_a_changed_index_answers_as_one_made_anew(folder: Path, tmp_path: Path) -> None:
    changed = updated(folder, HashingEncoder())
    anew = tmp_path / "anew"
    names = ("plan", "ny")
    build_search_index(of(*names), anew, encoder=HashingEncoder(), documents_info=infos(*names))
    first = {query: keys[:1] for query, keys in answers(changed).items()}
    assert first == {query: keys[:1] for query, keys in answers(anew).items()}
    assert first["antibiotikaresistens"] == ["ny-0"]
    assert list(SearchIndex.open(changed).documents) == ["ny", "plan"]


def test_only_the_new_passages_are_encoded(folder: Path) -> None:
    encoder = CountingEncoder()
    updated(folder, encoder)
    assert len(encoder.seen) == 1
    assert "antibiotikaresistens" in encoder.seen[0]


def test_readers_of_the_old_index_are_not_disturbed(folder: Path) -> None:
    before = answers(folder)
    reader = SearchIndex.open(folder)
    updated(folder, HashingEncoder())
    hits = reader.search("laddstationer i norr", encoder=HashingEncoder(), limit=3).hits
    assert [hit.passage_key for hit in hits] == before["laddstationer i norr"]
    assert answers(folder) == before


def test_the_same_passage_may_come_again_at_another_place(folder: Path) -> None:
    moved = [
        Passage(p.key, p.document, None, p.path, p.text, Span(7, 99), Span(7, 99), "sv")
        for p in of("plan")
    ]
    update_search_index(
        folder,
        added=moved,
        removed=[passage.key for passage in moved],
        encoder=HashingEncoder(),
        documents_info=infos("plan", "rapport"),
    )
    result = SearchIndex.open(folder).search("betänketid", encoder=HashingEncoder())
    assert result.hits[0].span == Span(7, 99)


def test_vectors_of_another_model_are_not_mixed_in(folder: Path) -> None:
    with pytest.raises(WorkspaceError, match="rodtrad build"):
        update_search_index(
            folder,
            added=of("ny"),
            removed=[],
            encoder=HashingEncoder(dimensions=32),
            documents_info=infos("plan", "rapport", "ny"),
        )


@pytest.mark.parametrize(("changed", "size", "small"), [(1, 100, True), (26, 100, False)])
def test_much_change_calls_for_a_new_build(changed: int, size: int, small: bool) -> None:
    assert is_small_change(changed, size) is small
