"""What is kept between requests."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.pipeline.build import build
from rodtrad.web.library import Kept, Library, UnknownDocumentError
from rodtrad.workspace import Workspace


@given(keys=st.lists(st.integers(0, 9), max_size=60), size=st.integers(1, 5))
def test_never_more_than_its_size_and_always_the_right_value(keys: list[int], size: int) -> None:
    kept: Kept[int] = Kept(size)
    for key in keys:
        assert kept.get(key, lambda key=key: key * 7) == key * 7  # type: ignore[misc]
        assert len(kept.values()) <= size
        assert kept.values()[-1] == key * 7


def test_a_value_is_made_once_however_many_ask() -> None:
    kept: Kept[int] = Kept(3)
    made = []

    def make() -> int:
        time.sleep(0.05)
        made.append(threading.get_ident())
        return 42

    with ThreadPoolExecutor(8) as people:
        found = list(people.map(lambda _: kept.get("x", make), range(8)))
    assert found == [42] * 8
    assert len(made) == 1


def test_a_failure_is_not_kept() -> None:
    kept: Kept[int] = Kept(3)

    def fail() -> int:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        kept.get("x", fail)
    assert kept.get("x", lambda: 1) == 1


def test_a_build_is_seen_without_a_restart(small: Workspace) -> None:
    library = Library(small)
    with pytest.raises(UnknownDocumentError):
        library.record("ny")
    (small.corpus / "sources" / "ny.txt").write_text("Ny text om Boverket.\n", encoding="utf-8")
    build(small)
    assert library.record("ny").status == "ok"
    library.close()


def test_paths_are_not_ids(small: Workspace) -> None:
    library = Library(small)
    path = str(small.corpus / "sources" / "plan.md")
    with pytest.raises(UnknownDocumentError):
        library.trace([path], ["plan"], as_of=date(2026, 1, 1))
    library.close()
