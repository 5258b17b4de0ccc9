"""Vectors: read without faiss as with it, and approximate search above a size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rodtrad.retrieval import dense
from rodtrad.retrieval.approximate import cells_for, recall
from rodtrad.retrieval.dense import DenseIndex, VectorSpace
from rodtrad.retrieval.flatfile import read_flat_file

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


@pytest.mark.parametrize("among", [None, [11, 20, 400]])
def test_the_file_read_without_faiss_gives_what_faiss_gives(
    tmp_path: Path, among: list[int] | None
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
    assert read_flat_file(tmp_path / "vectors.faiss") is None
    queries = clustered(100, seed=8)
    found, wanted = (
        np.array([[number for number, _ in one.search(q, limit=10)] for q in queries])
        for one in (index, exact)
    )
    assert recall(found, wanted) >= 0.98
    assert index.search(queries[0], limit=3, among=[77])[0][0] == 77
    assert np.abs(index.vectors([77]) - exact.vectors([77])).max() < 1e-3
    index.delete([77])
    assert index.search(queries[0], limit=3, among=[77]) == []


@pytest.mark.parametrize(("size", "cells"), [(5, 1), (1000, 16), (1_000_000, 2048)])
def test_cells_grow_with_the_collection(size: int, cells: int) -> None:
    assert cells_for(size) == cells
