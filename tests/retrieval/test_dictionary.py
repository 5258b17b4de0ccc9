"""The general dictionary is filed once a machine and read from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from rodtrad.retrieval import dictionary
from rodtrad.retrieval.dictionary import general_dictionary, swedish_dictionary

pytestmark = pytest.mark.skipif(
    len(general_dictionary()) < 20_000, reason="the dictionary is not installed"
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RODTRAD_CACHE", str(tmp_path))
    return tmp_path


def read() -> tuple[object, object]:
    general_dictionary.cache_clear()
    swedish_dictionary.cache_clear()
    return general_dictionary(), swedish_dictionary().rows()


def forbidden() -> list[tuple[str, str]]:
    raise AssertionError("filed a second time")


def test_what_is_kept_is_read_and_a_broken_file_made_anew(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read()
    with monkeypatch.context() as patched:
        patched.setitem(dictionary._LISTS, "translations.tsv", forbidden)
        assert read() == first
    (kept,) = cache.glob("dictionary-*/translations.tsv")
    kept.write_text("environment\tfel", encoding="utf-8")
    assert read() == first


def test_where_nothing_can_be_kept_it_is_made_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = read()
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("RODTRAD_CACHE", str(tmp_path / "file" / "folder"))
    assert read() == usual


def test_other_rules_are_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = dictionary._digest()
    monkeypatch.setattr(dictionary, "version", lambda name: "another")
    dictionary._digest.cache_clear()
    assert dictionary._digest() != before
    dictionary._digest.cache_clear()
