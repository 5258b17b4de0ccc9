"""Gains and losses against the last release: the snapshots, and how they are made."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from rodtrad.errors import UnreadableFileError, UsageError
from rodtrad.evaluation.gains import (
    Change,
    compare_found,
    find_on_page,
    read_snapshot,
    write_snapshot,
)
from rodtrad.ingest import read_document
from rodtrad.pipeline.annotate import annotate
from rodtrad.pipeline.gaining import (
    CORPUS_SNAPSHOT,
    PAGES_SNAPSHOT,
    find_in_document,
    read_pages,
    sample_of,
)

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
SAMPLE = 500
# Set to "write" when a release is made: the snapshots then hold what is found today.
SWITCH = "RODTRAD_SNAPSHOT"
PAGES = os.environ.get("RODTRAD_PAGES")


def test_the_switch_that_makes_snapshots_is_off() -> None:
    assert SWITCH not in os.environ


@pytest.mark.skipif(os.environ.get(SWITCH) != "write", reason=f"{SWITCH} is not 'write'")
def test_make_the_snapshots() -> None:
    sources = sorted((ROOT / "corpus" / "sources").glob("*/*.txt"))
    found = {path.stem: find_in_document(annotate(read_document(path))) for path in sources}
    write_snapshot(GOLDEN / CORPUS_SNAPSHOT, found)
    if PAGES:
        sample = sample_of(list(read_pages(Path(PAGES))), SAMPLE)
        pages = {page["id"]: find_on_page(page) for page in sample}
        write_snapshot(GOLDEN / PAGES_SNAPSHOT, pages)


def test_the_snapshots_hold_the_corpus_and_the_sample() -> None:
    corpus = read_snapshot(GOLDEN / CORPUS_SNAPSHOT)
    sources = (ROOT / "corpus" / "sources").glob("*/*.txt")
    assert corpus.keys() == {path.stem for path in sources}
    for path in (ROOT / "corpus" / "sources").glob("*/*.txt"):
        source = path.read_bytes().decode("utf-8")
        for _, start, surface in corpus[path.stem]:
            assert source[start : start + len(surface)] == surface
    assert len(read_snapshot(GOLDEN / PAGES_SNAPSHOT)) == SAMPLE


@pytest.mark.skipif(not PAGES, reason="the real pages are not here; name them in RODTRAD_PAGES")
def test_little_is_lost_on_the_sampled_pages() -> None:
    before = read_snapshot(GOLDEN / PAGES_SNAPSHOT)
    assert PAGES
    pages = [page for page in read_pages(Path(PAGES)) if page["id"] in before]
    changes = [
        change
        for page in pages
        for change in compare_found(page["id"], before[page["id"]], find_on_page(page))
    ]
    lost = [change for change in changes if change.sort == "lost"]
    assert len(pages) == SAMPLE
    assert len(lost) < 0.02 * sum(map(len, before.values())), "\n".join(map(str, lost))


def test_differences_are_told_by_place() -> None:
    before = {("AMOUNT", 3, "5 mnkr"): 1, ("AGENCY", 9, "Brå"): "Brå", ("AGENCY", 20, "SiS"): "x"}
    now = {("AMOUNT", 3, "5 mnkr"): 2, ("AGENCY", 20, "SiS"): "x", ("AGENCY", 30, "MUCF"): "y"}
    assert list(compare_found("a", before, now)) == [
        Change("a", "value", "AMOUNT", 3, "5 mnkr", 1, 2),
        Change("a", "lost", "AGENCY", 9, "Brå", "Brå", None),
        Change("a", "found", "AGENCY", 30, "MUCF", None, "y"),
    ]


def test_a_snapshot_comes_back(tmp_path: Path) -> None:
    page = {"id": "p", "kind": "remisser", "published": "2020-01", "text": "Brå får 5 mnkr."}
    found = find_on_page(page)
    assert {place[0] for place in found} == {"AGENCY", "AMOUNT"}
    write_snapshot(tmp_path / "s.jsonl", {"p": found})
    assert read_snapshot(tmp_path / "s.jsonl") == {"p": found}


def test_a_damaged_snapshot_is_named(tmp_path: Path) -> None:
    (tmp_path / "s.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"s\.jsonl"):
        read_snapshot(tmp_path / "s.jsonl")


def test_pages_that_are_no_pages_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"pages\.jsonl"):
        list(read_pages(tmp_path / "pages.jsonl"))


def test_the_sample_does_not_hang_on_the_order(tmp_path: Path) -> None:
    pages = [{"id": f"p{n}", "text": ""} for n in range(50)]
    (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, pages)), encoding="utf-8")
    again = list(read_pages(tmp_path / "p.jsonl"))
    assert sample_of(again, 10) == sample_of(again[::-1], 10)
