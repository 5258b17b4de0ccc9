from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rodtrad.retrieval.encoders.cached import BATCH, CachedEncoder
from rodtrad.retrieval.encoders.hashing import HashingEncoder
from rodtrad.retrieval.encoders.port import Progress, Role, Subwords, Vectors
from rodtrad.retrieval.encoders.vectorstore import VectorStore

TEXTS = [f"stycke nummer {number}" for number in range(100)]


class CountingEncoder(HashingEncoder):
    """Remembers what it was asked; stops with Ctrl-C before the batch `stop_at`."""

    def __init__(self, *, stop_at: int | None = None, revision: str = "1") -> None:
        super().__init__(dimensions=16)
        self.revision = revision
        self.asked: list[str] = []
        self._calls = 0
        self._stop_at = stop_at

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        if self._calls == self._stop_at:
            raise KeyboardInterrupt
        self._calls += 1
        self.asked += texts
        return super().encode_passages(texts, progress=progress)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "vectors.sqlite"


def test_no_text_is_encoded_twice(path: Path) -> None:
    inner = CountingEncoder()
    first = CachedEncoder(inner, VectorStore(path)).encode_passages([*TEXTS, *TEXTS])
    again = CachedEncoder(inner, VectorStore(path)).encode_passages([*TEXTS, *TEXTS])
    assert inner.asked == TEXTS
    assert np.array_equal(first, again)
    assert np.array_equal(first, HashingEncoder(dimensions=16).encode_passages([*TEXTS, *TEXTS]))


def test_texts_the_encoder_reads_alike_are_one(path: Path) -> None:
    inner = CountingEncoder()
    CachedEncoder(inner, VectorStore(path)).encode_passages(["en  rad", "en\nrad", "en rad\x00"])
    assert inner.asked == ["en rad\x00"]


@pytest.mark.parametrize(
    ("other", "role"),
    [
        (CountingEncoder(revision="2"), "passage"),
        (CountingEncoder(), "query"),
    ],
    ids=["another revision", "another role"],
)
def test_vectors_are_kept_apart_by_revision_and_role(
    path: Path, other: CountingEncoder, role: str
) -> None:
    CachedEncoder(CountingEncoder(), VectorStore(path)).encode_passages(TEXTS[:3])
    cached = CachedEncoder(other, VectorStore(path))
    if role == "query":
        cached.encode_queries(TEXTS[:3])
    else:
        cached.encode_passages(TEXTS[:3])
    assert other.asked == TEXTS[:3]


def test_an_interruption_loses_at_most_a_batch(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        CachedEncoder(CountingEncoder(stop_at=2), VectorStore(path)).encode_passages(TEXTS)
    after = CountingEncoder()
    CachedEncoder(after, VectorStore(path)).encode_passages(TEXTS)
    assert after.asked == TEXTS[2 * BATCH :]


def test_a_typed_query_is_not_written_down_but_a_list_of_queries_is(path: Path) -> None:
    cached = CachedEncoder(CountingEncoder(), VectorStore(path))
    cached.encode_queries(["vad sägs om betänketid"])
    assert not path.exists()
    cached.encode_queries(["krav ett", "krav två"])
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM vectors").fetchone() == (2,)
    connection.close()


def test_a_typed_query_that_comes_again_is_encoded_once(path: Path) -> None:
    inner = CountingEncoder()
    cached = CachedEncoder(inner, VectorStore(path))
    first, _, again = (cached.encode_queries([text]) for text in ("åtal", "barn", "åtal"))
    assert inner.asked == ["åtal", "barn"]
    assert np.array_equal(first, again)
    assert not again.flags.writeable


def test_progress_counts_what_was_known(path: Path) -> None:
    cached = CachedEncoder(CountingEncoder(), VectorStore(path))
    cached.encode_passages(TEXTS[:60])
    seen: list[tuple[int, int]] = []
    cached.encode_passages(TEXTS, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(92, 100), (100, 100)]


def damage_header(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 100)


def damage_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : len(content)] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def other_format(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


@pytest.mark.parametrize("damage", [damage_header, damage_middle, cut_short, other_format])
def test_a_damaged_file_is_set_aside_and_begun_anew(
    path: Path, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(damage)
    expected = CachedEncoder(CountingEncoder(), VectorStore(path)).encode_passages(TEXTS)
    damage(path)
    with caplog.at_level(logging.WARNING):
        got = CachedEncoder(CountingEncoder(), VectorStore(path)).encode_passages(TEXTS)
    assert np.array_equal(got, expected)
    assert [p.name for p in path.parent.glob("*.damaged-*")] == ["vectors.sqlite.damaged-1"]
    assert "damaged" in caplog.text
    after = CountingEncoder()
    CachedEncoder(after, VectorStore(path)).encode_passages(TEXTS)
    assert after.asked == []


@pytest.mark.parametrize("value", [b"", b"\x00" * 64, np.full(16, np.nan, "<f4").tobytes(), b"x"])
def test_an_unsound_vector_is_computed_again(path: Path, value: bytes) -> None:
    cached = CachedEncoder(CountingEncoder(), VectorStore(path))
    expected = cached.encode_passages(TEXTS[:2])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE vectors SET value = ?", (value,))
    connection.close()
    assert np.array_equal(cached.encode_passages(TEXTS[:2]), expected)


def test_where_nothing_can_be_kept_the_work_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a file").write_text("not a folder")
    store = VectorStore(tmp_path / "a file" / "vectors.sqlite")
    with caplog.at_level(logging.WARNING):
        got = CachedEncoder(CountingEncoder(), store).encode_passages(TEXTS)
    assert np.array_equal(got, HashingEncoder(dimensions=16).encode_passages(TEXTS))
    assert len(caplog.records) == 1
    assert "not kept" in caplog.text


WRITER = """
import sys
from pathlib import Path
from rodtrad.retrieval.encoders.cached import CachedEncoder
from rodtrad.retrieval.encoders.hashing import HashingEncoder
from rodtrad.retrieval.encoders.vectorstore import VectorStore

encoder = CachedEncoder(HashingEncoder(dimensions=16), VectorStore(Path(sys.argv[1])))
encoder.encode_passages([f"text {n}" for n in range(int(sys.argv[2]), int(sys.argv[3]))])
"""


def test_two_processes_may_write_at_once(path: Path) -> None:
    ranges = [("0", "400"), ("200", "600")]
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), *numbers]) for numbers in ranges
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM vectors").fetchone() == (600,)
    connection.close()
    assert not list(path.parent.glob("*.damaged-*"))


class CountingPieces(HashingEncoder):
    """Remembers whose pieces it was asked for."""

    def __init__(self) -> None:
        super().__init__(dimensions=16)
        self.asked: list[str] = []

    def encode_subwords(self, texts: Sequence[str], *, role: Role) -> list[Subwords]:
        self.asked += texts
        return super().encode_subwords(texts, role=role)


def test_the_pieces_of_no_passage_are_encoded_twice(path: Path) -> None:
    inner = CountingPieces()
    texts = [*TEXTS, "", TEXTS[0]]
    first = CachedEncoder(inner, VectorStore(path)).encode_subwords(texts, role="passage")
    again = CachedEncoder(inner, VectorStore(path)).encode_subwords(texts, role="passage")
    assert inner.asked == [*TEXTS, ""]
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.vectors, other.vectors)
        assert np.array_equal(one.telling, other.telling)


def test_the_pieces_of_demands_and_of_passages_are_kept_apart(path: Path) -> None:
    inner = CountingPieces()
    cached = CachedEncoder(inner, VectorStore(path))
    roles: tuple[Role, ...] = ("query", "passage", "query")
    for role in roles:
        cached.encode_subwords(["ett krav"], role=role)
    assert inner.asked == ["ett krav", "ett krav"]


@pytest.mark.parametrize("value", [b"abc", b"\xff" * 36], ids=["cut", "not numbers"])
def test_unsound_pieces_are_encoded_again(path: Path, value: bytes) -> None:
    inner = CountingPieces()
    CachedEncoder(inner, VectorStore(path)).encode_subwords(["ett ord"], role="passage")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE vectors SET value = ?", (value,))
    CachedEncoder(inner, VectorStore(path)).encode_subwords(["ett ord"], role="passage")
    assert inner.asked == ["ett ord", "ett ord"]


def test_an_encoder_without_pieces_gives_the_text_as_one(path: Path) -> None:
    class Whole:
        name, revision, dimensions = "whole", "1", 4

        def encode_queries(self, texts: Sequence[str]) -> Vectors:
            return np.eye(4, dtype=np.float32)[[len(text) % 4 for text in texts]]

        def encode_passages(
            self, texts: Sequence[str], *, progress: Progress | None = None
        ) -> Vectors:
            return self.encode_queries(texts)

    (one,) = CachedEncoder(Whole(), VectorStore(path)).encode_subwords(["abc"], role="passage")
    assert one.vectors.tolist() == [[0, 0, 0, 1]]
    assert one.telling.tolist() == [1]


def test_no_pieces_are_left_when_texts_are_forgotten(path: Path) -> None:
    inner = CountingPieces()
    cached = CachedEncoder(inner, VectorStore(path))
    cached.encode_subwords(["bort", "med dem"], role="passage")
    assert cached.forget_all_but(["kvar"]) == 2
    cached.encode_subwords(["bort"], role="passage")
    assert inner.asked == ["bort", "med dem", "bort"]
