"""Loads that are cut off, come twice, collide or lose their connection leave whole documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import psycopg
import pytest

from rodtrad.backends.postgres.lexemes import positions, quoted, tsvector
from rodtrad.backends.postgres.link import Link
from rodtrad.backends.postgres.loading import DocumentLoad, LoadedPassage, Loader, load_all
from rodtrad.backends.postgres.reading import ServerPassages, ServerWords
from rodtrad.backends.postgres.schema import (
    About,
    put_in_force,
    schema_in_force,
)
from rodtrad.datamodel import Passage, Span
from rodtrad.errors import ServerError
from rodtrad.retrieval.directions import Directions
from rodtrad.retrieval.hits import DocumentInfo, PassageFacts
from rodtrad.retrieval.lexical import LexicalPassage
from rodtrad.retrieval.store import StoredPassage
from rodtrad.retrieval.wordquery import phrase, term

ABOUT = About(
    "hashing", "1", (0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 1.0,
    Directions.plain(3).rows().tobytes(), "kind",
)  # fmt: skip
NAMES = ("a", "b", "c", "d")


def passage(document: str, number: int, text: str) -> LoadedPassage:
    at = Span(number * 100, number * 100 + len(text))
    found = Passage(f"{document}-{number}", document, None, ("1 Stöd",), text, at, at, "sv")
    words = LexicalPassage(number, {"body": text.split(), "exact": text.split()}, {})
    vector = np.array([1.0, 0.0, 0.0], dtype=np.float32)
    return LoadedPassage(StoredPassage(number, found, PassageFacts()), words, vector)


def load_of(name: str, *, version: str = "1", replaces: str | None = None) -> DocumentLoad:
    rows = [passage(name, n, f"barn får stöd {version}") for n in range(3)]
    return DocumentLoad(DocumentInfo(name, name, f"sort {name}"), version, b"x", rows, replaces)


@pytest.fixture
def link(postgres: Any) -> Iterator[Link]:
    found = Link(postgres.get_uri(), writes=True, waits=(0.1, 0.5, 2.0))
    yield found
    found.close()


@pytest.fixture
def loader(link: Link, request: pytest.FixtureRequest) -> Loader:
    return Loader(link, f"t_{abs(hash(request.node.name))}", ABOUT)


def texts(link: Link) -> list[str]:
    rows = link.rows("SELECT document || ':' || text FROM passages ORDER BY document, key")
    return [text for (text,) in rows]


def expected(versions: dict[str, str]) -> list[str]:
    return [f"{n}:barn får stöd {v}" for n, v in sorted(versions.items()) for _ in range(3)]


def all_of_them(loader: Loader) -> dict[str, str]:
    return dict(load_all(loader, loader.versions(), dict.fromkeys(NAMES, "1"), load_of))


def test_a_load_that_is_cut_off_goes_on_where_it_was(loader: Loader, link: Link) -> None:
    begun = load_all(loader, {}, dict.fromkeys(NAMES, "1"), load_of)
    assert [next(begun), next(begun)] == [("a", "loaded"), ("b", "loaded")]
    again = all_of_them(Loader(link, str(link.schema), ABOUT))
    assert again == {"a": "unchanged", "b": "unchanged", "c": "loaded", "d": "loaded"}
    assert texts(link) == expected(dict.fromkeys(NAMES, "1"))


def test_a_server_that_restarts_in_the_middle_loses_nothing(
    loader: Loader, link: Link, postgres: Any
) -> None:
    begun = load_all(loader, {}, dict.fromkeys(NAMES, "1"), load_of)
    next(begun)
    postgres.stop()
    postgres.start()
    assert dict(begun) == {"b": "loaded", "c": "loaded", "d": "loaded"}
    assert texts(link) == expected(dict.fromkeys(NAMES, "1"))


def test_a_lost_connection_is_opened_again_and_the_document_sent_once(
    loader: Loader, link: Link, postgres: Any
) -> None:
    other = Link(postgres.get_uri())

    class Cut(list[LoadedPassage]):
        """Passages during whose sending the server ends the connection, the first time."""

        cut = False

        def __iter__(self) -> Iterator[LoadedPassage]:
            for place, one in enumerate(super().__iter__()):
                if place == 1 and not self.cut:
                    self.cut = True
                    other.rows(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
                    )
                yield one

    plain = load_of("a")
    cut = Cut(plain.passages)
    assert loader.load(replace(plain, passages=cut)) == "loaded"
    assert cut.cut
    assert texts(link) == expected({"a": "1"})
    other.close()


def test_a_document_delivered_twice_is_there_once(loader: Loader, link: Link) -> None:
    assert loader.load(load_of("a")) == "loaded"
    assert loader.load(load_of("a")) == "unchanged"
    assert texts(link) == expected({"a": "1"})


def test_a_failure_in_the_middle_leaves_the_old_document(loader: Loader, link: Link) -> None:
    loader.load(load_of("a"))
    new = load_of("a", version="2", replaces="1")
    broken = [*new.passages[:2], replace(new.passages[2], vector=np.zeros(7, dtype=np.float32))]
    with pytest.raises(psycopg.Error):
        loader.load(replace(new, passages=broken))
    assert texts(link) == expected({"a": "1"})
    assert loader.load(new) == "loaded"
    assert texts(link) == expected({"a": "2"})


def test_a_third_version_is_a_conflict_and_stays(loader: Loader, link: Link) -> None:
    loader.load(load_of("a"))
    assert loader.load(load_of("a", version="2", replaces="1")) == "loaded"
    assert loader.load(load_of("a", version="3", replaces="1")) == "conflict"
    assert loader.remove("a", replaces="1") == "conflict"
    assert texts(link) == expected({"a": "2"})
    assert loader.remove("a", replaces="2") == "removed"
    assert loader.remove("a", replaces="2") == "removed"
    assert texts(link) == []


def test_each_kind_has_a_partition(loader: Loader, link: Link) -> None:
    all_of_them(loader)
    ((count,),) = link.rows(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = 'passages'::regclass"
    )
    assert count == len(NAMES)


def test_a_new_generation_is_seen_when_it_is_whole(loader: Loader, link: Link) -> None:
    first, second = str(link.schema), f"{link.schema}_next"
    put_in_force(link, "made", first)
    Loader(link, second, ABOUT)
    assert schema_in_force(link, "made") == first
    put_in_force(link, "made", second)
    assert schema_in_force(link, "made") == second


def test_a_server_that_is_not_there_is_named() -> None:
    link = Link("postgresql://nobody@127.0.0.1:1/none", waits=())
    with pytest.raises(ServerError, match="cannot be reached"):
        link.rows("SELECT 1")


def test_statistics_follow_the_documents(loader: Loader, link: Link) -> None:
    all_of_them(loader)
    loader.finish()
    words = ServerWords(link)
    assert words.document_frequency("body", "barn") == 12
    assert words.terms_with_prefix("st") == ["stöd"]
    assert len(words.search(phrase(["barn", "får"]), limit=50)) == 12
    assert words.search(phrase(["får", "barn"]), limit=50) == []
    assert words.search(term("title", "barn"), limit=50) == []
    assert {one.id for one in ServerPassages(link).documents().values()} == set(NAMES)


@pytest.mark.parametrize("word", ["d'arc", "a\\b", "å:ä", "x" * 3000, "'", "\x00", "a\nb"])
def test_every_word_survives_the_literal(link: Link, word: str) -> None:
    literal = tsvector({"body": [word, "barn", word]})
    ((back,),) = link.rows("SELECT %s::tsvector::text", (literal,))
    found = positions(back)
    assert found["b:barn"] == [4]
    assert sorted(map(len, found.values())) == [1, 2]


def test_quotes_are_doubled() -> None:
    assert quoted("d'arc") == "'d''arc'"
    rows: Sequence[str] = list(positions("'b:d''arc':3A,7A 'x:a\\\\b':1"))
    assert rows == ["b:d'arc", "x:a\\b"]
