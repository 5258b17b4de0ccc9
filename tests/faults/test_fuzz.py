"""Mutated files: a bounded run here, a long one with RODTRAD_FUZZ=INPUTS and RODTRAD_FUZZ_SEED."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from faults.fuzz import SECONDS, Tally, time_limit, try_input
from faults.mutations import NASTY, mutated
from faults.targets import TARGETS, make_workspace, outcome
from rodtrad.datamodel import Span
from rodtrad.entities.amounts import find_amounts
from rodtrad.ingest.hyphens import Vocabulary, join_lines
from rodtrad.segmentation.passages import _split
from rodtrad.workspace import Workspace

TESTS = Path(__file__).parents[1]
COUNT = int(os.environ.get("RODTRAD_FUZZ", "25"))
SEED = int(os.environ.get("RODTRAD_FUZZ_SEED", "1"))
CASES = sorted(p for p in (Path(__file__).parent / "cases").iterdir() if p.is_file())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("fuzz") / "w")


@pytest.mark.skipif(os.name == "nt", reason="the limits of time and memory are those of Unix")
def test_no_mutated_file_crashes_hangs_or_writes_elsewhere(tmp_path: Path) -> None:
    """In a process of its own: what ends it is a fault, and the file under way is named."""
    arguments = ["--count", str(COUNT), "--seed", str(SEED), "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "faults.fuzz", *arguments],
        cwd=TESTS,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    current = [path.name for path in (tmp_path / "out").glob("current-*")]
    assert done.returncode == 0, (current, done.stderr[-3000:])
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {line["target"] for line in lines} == set(TARGETS)
    assert [fault for line in lines for fault in line["failed"]] == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_case_once_found_stays_mended(place: Workspace, case: Path) -> None:
    tally = Tally()
    assert try_input(case.name.partition("-")[0], place, case, tally) is None
    assert tally.slowest < SECONDS


def test_a_fault_is_seen(place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(place: Workspace, file: Path) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setitem(TARGETS, "list", broken)
    file = tmp_path / "a.csv"
    file.write_bytes(b"id,text\n1,a\n")
    fault = try_input("list", place, file, Tally())
    assert fault is not None
    assert "IndexError" in fault


def test_mutations_are_repeatable() -> None:
    for ending in ("txt", "docx"):
        first, again = (mutated(b"En text " * 20, ending, Random(7)) for _ in range(2))  # noqa: S311
        assert first == again != b"En text " * 20


@pytest.mark.parametrize("piece", NASTY, ids=range(len(NASTY)))
def test_a_nasty_piece_inside_a_plan(place: Workspace, tmp_path: Path, piece: bytes) -> None:
    file = tmp_path / "plan.md"
    text = b"# Plan\n\n## 1 Uppdrag\n\nBoverket ska redovisa "
    file.write_bytes(text + piece + b" senast den 1 mars 2027.\n\n" + piece)
    with time_limit(SECONDS):
        assert outcome("document", place, file) in ("read", "refused")


@pytest.mark.skipif(os.name == "nt", reason="the limit of time is that of Unix")
@pytest.mark.parametrize("end", [" 1-", "- -"])
def test_a_long_run_of_letters_before_a_broken_line_takes_little_time(end: str) -> None:
    with time_limit(5):
        join_lines("\ufdfa" * 300_000 + end, "ordet", Vocabulary(["ordet"]))


@pytest.mark.skipif(os.name == "nt", reason="the limit of time is that of Unix")
def test_amounts_before_a_line_of_a_million_characters_take_little_time() -> None:
    text = "avsätts 12 miljoner kronor och 2027 5 miljoner. " * 150 + "1. " * 330_000
    with time_limit(8):
        amounts = find_amounts(text)
    assert len(amounts) == 300


@pytest.mark.skipif(os.name == "nt", reason="the limit of time is that of Unix")
def test_a_block_of_a_million_characters_is_split_in_little_time() -> None:
    text = "Plan 1. " * 125_000
    with time_limit(8):
        pieces = list(_split(text, Span(0, len(text))))
    assert len(pieces) > 500
