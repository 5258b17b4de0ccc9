"""Nothing that was opened is kept once nobody uses it."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from faults.targets import make_workspace
from rodtrad.pipeline.asking import Searcher
from rodtrad.pipeline.store import required_manifest
from rodtrad.retrieval.hits import SearchFilters


def test_an_index_that_was_searched_is_freed(tmp_path: Path) -> None:
    place = make_workspace(tmp_path / "w")
    searcher = Searcher(place, required_manifest(place))
    assert searcher.search("nivåer", limit=3, filters=SearchFilters()).hits
    index = weakref.ref(searcher.index)
    del searcher
    gc.collect()
    assert index() is None
