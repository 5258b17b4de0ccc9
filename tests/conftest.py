"""What every test shares: no network, a cache of its own, the demonstration corpus built once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

ROOT = Path(__file__).parent.parent

# Set before anything reads it; kept between runs, since vectors depend on their text alone.
os.environ["RODTRAD_CACHE"] = str(ROOT / ".pytest_cache" / "rodtrad")
os.environ["HF_HUB_OFFLINE"] = "1"

# The machine may be busy: examples are bounded in number, not in time.
settings.register_profile("rodtrad", deadline=None, max_examples=60)
settings.load_profile("rodtrad")


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    """The demonstration corpus as it lies in the repository."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the demonstration corpus, built; treat it as read-only.

    Where several processes run the tests, one builds it and each has a copy.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return _built_demo(tmp_path_factory.mktemp("demo"))
    shared = tmp_path_factory.getbasetemp().parent / "demo"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            half = _built_demo(tmp_path_factory.mktemp("demo-half"))
            half.rename(shared)
    return Path(shutil.copytree(shared, tmp_path_factory.mktemp("demo") / "w"))


def _built_demo(folder: Path) -> Path:
    from rodtrad.pipeline.build import build
    from rodtrad.workspace import init_workspace

    shutil.copytree(ROOT / "corpus", folder / "corpus")
    lines = build(init_workspace(folder))
    assert {line.status for line in lines} == {"built"}
    return folder
