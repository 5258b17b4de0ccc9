"""The documentation: every block runs, every command, option and field is told."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import rodtrad
from rodtrad.cli.main import make_app
from support.codeblocks import blocks_of, command_lines, run_block

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
# Decisions and the model card are records of what was done, not instructions.
PAGES = [
    path
    for path in sorted(DOCS.rglob("*.md"))
    if path.parent.name != "decisions" and not path.name.startswith("model-card")
]
PAGES.append(ROOT / "CONTRIBUTING.md")
WITH_BLOCKS = [path for path in PAGES if blocks_of(path)]


def page_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture
def checkout(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the built demonstration corpus with gold, which is the current folder."""
    for part in ("corpus", "indexes"):
        shutil.copytree(demo / part, tmp_path / part)
    for part in ("gold", "golden"):
        shutil.copytree(ROOT / "tests" / part, tmp_path / "tests" / part)
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RODTRAD_USER", "Anna")
    return tmp_path


@pytest.fixture(scope="module")
def reference() -> Any:
    spec = spec_from_file_location("reference_hook", DOCS / "_hooks" / "reference.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", WITH_BLOCKS, ids=page_name)
def test_every_block_runs_in_order(path: Path, checkout: Path) -> None:
    names: dict[str, Any] = {}
    for block in blocks_of(path):
        run_block(block, names)


def commands() -> Iterator[tuple[str, Any]]:
    group: Any = get_command(make_app())
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None) or {"": command}
        for second, one in inner.items():
            yield f"{name} {second}".strip(), one


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=str)
def test_every_command_and_option_is_told(name: str, command: Any, reference: Any) -> None:
    page = "\n".join(reference.command_lines())
    assert command.help, name
    section = page.split(f"\n## rodtrad {name}\n")[1].split("\n## rodtrad ")[0]
    for parameter in command.params:
        if parameter.name == "help":
            continue
        assert f"| {reference.option_names(parameter)} |" in section
        if parameter.param_type_name == "option":
            assert parameter.help, f"{name} {parameter.opts} says nothing of itself"


def test_every_command_is_shown_in_use() -> None:
    shown = {
        " ".join(words[1:3])
        for path in [*PAGES, ROOT / "README.md"]
        for block in blocks_of(path)
        if block.kind == "sh"
        for words in command_lines(block)
        if words[0] == "rodtrad"
    }
    first = {name.split()[0] for name, _ in commands()}
    assert first - {words.split()[0] for words in shown} == set()


def test_the_command_page_asks_for_the_commands(reference: Any) -> None:
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    made = reference.on_page_markdown(page)
    assert "## rodtrad trace" in made
    assert "<!--" not in made


def test_every_decision_is_listed(reference: Any) -> None:
    page = (DOCS / "decisions.md").read_text(encoding="utf-8")
    made = reference.on_page_markdown(page)
    for path in (DOCS / "decisions").glob("*.md"):
        assert f"(decisions/{path.name})" in made


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("documents", "documents, add"),
        ("sections", "sections"),
        ("entities", "entities"),
        ("recommendations", "recommendations"),
        ("measures", "measures"),
        ("stances", "stances"),
        ("deadlines", "deadlines"),
        ("search", "search"),
        ("trace", "trace, gaps"),
        ("compare", "compare"),
    ],
)
def test_every_field_of_a_record_is_told(kind: str, heading: str, demo: Path) -> None:
    corpus = rodtrad.open(demo)
    made: dict[str, Any] = {
        "documents": lambda: corpus.documents,
        "deadlines": lambda: corpus.deadlines(),
        "search": lambda: corpus.search("betänketid"),
        "stances": lambda: corpus["remissvar-lansstyrelsen-vasterbotten"].stances,
        "recommendations": lambda: corpus["greta"].recommendations,
        "trace": lambda: corpus.trace("lagesrapport-25", "handlingsplan-2026-2028"),
    }
    made["compare"] = lambda: corpus.compare("handlingsplan-2018", "handlingsplan-2026-2028")
    plan = corpus["handlingsplan-2026-2028"]
    found = made[kind]() if kind in made else getattr(plan, kind)
    records = found.records()
    page = (DOCS / "reference" / "records.md").read_text(encoding="utf-8")
    section = page.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    keys = {key for record in records for key in record}
    told = set(re.findall(r"`([a-z_0-9]+)`", section))
    assert keys - told == set()


def test_links_between_pages_lead_somewhere() -> None:
    for path in [*PAGES, ROOT / "README.md", ROOT / "README.sv.md"]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


@pytest.mark.slow
def test_it_builds_strictly_without_network(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="pip install 'rodtrad[docs]'")
    pytest.importorskip("mkdocstrings", reason="pip install 'rodtrad[docs]'")
    pytest.importorskip("material", reason="pip install 'rodtrad[docs]'")
    call = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    page = (tmp_path / "reference" / "commands" / "index.html").read_text(encoding="utf-8")
    assert "rodtrad review accept" in page
    python = (tmp_path / "reference" / "python" / "index.html").read_text(encoding="utf-8")
    assert "Corpus" in python
    for made in tmp_path.rglob("*.html"):
        fetched = re.findall(
            r'(?:src|rel="stylesheet" href)="(https?:[^"]+)', made.read_text("utf-8")
        )
        assert fetched == [], made
