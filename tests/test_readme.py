"""The READMEs' commands and code are run, so that they cannot go stale; their table is real."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import rodtrad
from rodtrad.tables.figures import coverage_map
from support.codeblocks import Block, blocks_of, command_lines, run_block

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.sv.md")
PICTURE = ROOT / "docs" / "assets" / "coverage.svg"


def blocks() -> list[Block]:
    return [block for name in READMES for block in blocks_of(ROOT / name)]


@pytest.fixture(scope="module")
def checkout(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    for part in ("corpus", "indexes"):
        shutil.copytree(demo / part, folder / part)
    (folder / "out").mkdir()
    return folder


@pytest.mark.parametrize("block", blocks(), ids=lambda block: block.place)
def test_every_block_runs(block: Block, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    run_block(block, {})


def test_both_readmes_name_the_same_commands() -> None:
    first, second = (
        [words for b in blocks_of(ROOT / name) if b.kind == "sh" for words in command_lines(b)]
        for name in READMES
    )
    assert first == second


@pytest.fixture(scope="module")
def police(demo: Path) -> Any:
    corpus = rodtrad.open(demo, as_of=date(2026, 11, 22))
    return corpus.trace(source="lagesrapport-25", target="handlingsplan-2026-2028")


@pytest.fixture(scope="module")
def greta(demo: Path) -> Any:
    corpus = rodtrad.open(demo, as_of=date(2026, 11, 22))
    return corpus.trace(source="greta", target="handlingsplan-2026-2028")


@pytest.mark.parametrize("name", READMES)
def test_the_row_shown_is_a_row_of_the_table(name: str, police: Any) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    quotes = re.findall("”([^”]{60,})”", text)
    assert len(quotes) == 2
    link = next(c for c in police["5.7"].links if c.measure == "4.3.1")
    for quote, evidence in zip(quotes, (link.evidence_from, link.evidence_to), strict=True):
        words = " ".join(evidence.quote.split())
        assert words.startswith(quote.removesuffix(" …").removesuffix("…").rstrip(" ,"))


def test_the_picture_is_what_the_command_makes(greta: Any) -> None:
    """The same squares are linked; the shades may lag behind a new fit of the model.

    RODTRAD_REGENERATE=1 writes it anew: look at it before you commit it.
    """
    svg = coverage_map(greta.table).svg()
    if os.environ.get("RODTRAD_REGENERATE") == "1":
        PICTURE.write_text(svg, encoding="utf-8")
    kept = PICTURE.read_text(encoding="utf-8")
    squares = re.compile(r"<title>([^<:]+, [^<:]+):")
    assert squares.findall(svg)
    assert squares.findall(kept) == squares.findall(svg), "RODTRAD_REGENERATE=1 draws it anew"
    for name in READMES:
        assert "](docs/assets/coverage.svg)" in (ROOT / name).read_text(encoding="utf-8")


def test_nothing_is_regenerated_by_accident() -> None:
    assert "RODTRAD_REGENERATE" not in os.environ or not os.environ.get("CI")
