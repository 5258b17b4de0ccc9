"""Vectors: read without faiss as with it, and approximate search above a size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rodtrad.errors import WorkspaceError
from rodtrad.retrieval import dense
from rodtrad.retrieval.approximate import recall
from rodtrad.retrieval.dense import DenseIndex, VectorSpace
from rodtrad.retrieval.flatfile import Numbers, read_flat_file

SPACE = VectorSpace("made", "1", 48)


def clustered(count: int, *, seed: int = 3) -> np.ndarray:
    """Vectors around sixty directions, as passages lie around subjects."""
    centres = np.random.default_rng(1).standard_normal((60, SPACE.dimensions))
    random = np.random.default_rng(seed)
    rows = centres[random.integers(0, 60, count)] + 0.7 * random.standard_normal(
        (count, SPACE.dimensions)
    )
    unit: np.ndarray = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def made(count: int) -> DenseIndex:
    index = DenseIndex.create(SPACE)
    index.add(list(range(10, count + 10)), clustered(count))
    return index


@pytest.mark.parametrize("among", [None, np.array([11, 20, 400])])
def test_the_file_read_without_faiss_gives_what_faiss_gives(
    tmp_path: Path, among: Numbers | None
) -> None:
    index = made(500)
    index.save(tmp_path)
    flat = read_flat_file(tmp_path / "vectors.faiss")
    assert flat is not None
    assert flat.size == 500
    for query in clustered(5, seed=8):
        ours = flat.search(query, limit=5, among=among)
        theirs = index.search(query, limit=5, among=among)
        assert [number for number, _ in ours] == [number for number, _ in theirs]
        assert [s for _, s in ours] == pytest.approx([s for _, s in theirs], abs=1e-5)
    assert np.array_equal(flat.rows([400, 11]), index.vectors([400, 11]))
    with pytest.raises(KeyError):
        flat.rows([4])


def test_an_opened_index_can_be_changed(tmp_path: Path) -> None:
    made(50).save(tmp_path)
    index = DenseIndex.open(tmp_path)
    best = index.search(clustered(50)[7], limit=1)[0][0]
    assert best == 17
    index.delete([17])
    assert index.size == 49
    assert index.search(clustered(50)[7], limit=1)[0][0] != 17


def test_a_cut_file_is_no_flat_file(tmp_path: Path) -> None:
    made(20).save(tmp_path)
    path = tmp_path / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:-8])
    assert read_flat_file(path) is None


def test_many_vectors_are_searched_approximately_and_still_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = made(4000)
    monkeypatch.setattr(dense, "APPROXIMATE_FROM", 4000)
    made(4000).save(tmp_path)
    index = DenseIndex.open(tmp_path)
    assert not (tmp_path / "vectors.faiss").exists()
    queries = clustered(100, seed=8)
    found, wanted = (
        np.array([[number for number, _ in one.search(q, limit=10)] for q in queries])
        for one in (index, exact)
    )
    assert recall(found, wanted) >= 0.98
    assert index.search(queries[0], limit=3, among=np.array([77]))[0][0] == 77
    assert np.abs(index.vectors([77]) - exact.vectors([77])).max() < 1e-3


@pytest.fixture
def coded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of 3,000 coded vectors, numbered from 10."""
    monkeypatch.setattr("rodtrad.retrieval.flatfile._AT_ONCE", 700)  # some chunks in one part
    monkeypatch.setattr(dense, "APPROXIMATE_FROM", 3000)
    made(3000).save(tmp_path)
    return tmp_path


def test_coded_vectors_come_and_go_and_the_file_grows_by_what_came(coded: Path) -> None:
    index = DenseIndex.open(coded)
    new = clustered(5, seed=9)
    index.delete([77, 3009, 999_999])
    index.add([3009, 4000, 4001, 4002, 4003], new)
    assert index.size == 3003
    index.save(coded)
    opened = DenseIndex.open(coded)
    assert opened.size == 3003
    assert opened.search(new[0], limit=1)[0][0] == 3009
    assert opened.search(new[3], limit=1)[0][0] == 4002
    assert opened.search(new[3], limit=3, among=np.array([77])) == []
    assert 77 not in [number for number, _ in opened.search(clustered(3000)[67], limit=3003)]
    assert np.abs(opened.vectors([4003, 11]) - index.vectors([4003, 11])).max() < 1e-3
    with pytest.raises(KeyError):
        opened.vectors([77])


def test_many_that_pass_a_filter_are_found_by_their_codes(
    coded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, among = DenseIndex.open(coded), np.arange(10, 3010, 3)
    queries = clustered(20, seed=8)
    exact = [index.search(q, limit=10, among=among) for q in queries]
    monkeypatch.setattr("rodtrad.retrieval.approximate._SCORED_ALL", 100)
    found = [index.search(q, limit=10, among=among) for q in queries]
    pairs = zip(found, exact, strict=True)
    assert np.mean([len(set(f) & set(e)) / 10 for f, e in pairs]) >= 0.98
    assert all(number in among for hits in found for number, _ in hits)


@pytest.mark.parametrize(
    "name", ["vectors.codes", "vectors.codes2", "vectors.half", "vectors.numbers.npy"]
)
def test_a_cut_file_of_coded_vectors_is_refused(coded: Path, name: str) -> None:
    path = coded / name
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(WorkspaceError, match="run `rodtrad build`"):
        DenseIndex.open(coded)


def test_a_flat_index_that_grows_past_the_limit_is_coded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(900).save(tmp_path)
    monkeypatch.setattr(dense, "APPROXIMATE_FROM", 1000)
    index = DenseIndex.open(tmp_path)
    new = clustered(200, seed=9)
    index.add(list(range(5000, 5200)), new)
    index.save(tmp_path)
    assert not (tmp_path / "vectors.faiss").exists()
    opened = DenseIndex.open(tmp_path)
    assert opened.size == 1100
    assert opened.search(new[0], limit=1)[0][0] == 5000
