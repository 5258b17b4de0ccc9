"""Is everything here that Rödtråd needs? Each line says what was found and how to mend it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from rodtrad import __version__
from rodtrad.errors import RodtradError
from rodtrad.pipeline.freshness import status_records
from rodtrad.pipeline.records import Record
from rodtrad.pipeline.searchjob import encoder_for
from rodtrad.pipeline.store import read_manifest
from rodtrad.settings import cache_folder
from rodtrad.workspace import Workspace

NEEDED = (
    "faiss-cpu",
    "numpy",
    "pypdf",
    "pypdfium2",
    "scikit-learn",
    "sentence-transformers",
    "spacy",
    "tantivy",
    "typer",
)
# Programs that only some work needs, and what for.
OPTIONAL = (("tesseract", "reading scanned pages"),)


def checkup_records(workspace: Workspace | None) -> list[Record]:
    """A record per check: `{check, status, detail, remedy}`; status is ok, missing, stale or fails.

    "missing" is optional and only limits what can be done; "stale" is of yesterday and works;
    "fails" must be mended.
    """
    return [
        _line("rodtrad", "ok", __version__),
        _line("python", "ok", f"{platform.python_version()} ({sys.executable})"),
        *_packages(),
        _encoder(workspace),
        *_index(workspace),
        *_programs(),
        _line("cache", "ok", str(cache_folder())),
    ]


def _line(check: str, status: str, detail: str, remedy: str = "") -> Record:
    return {"check": check, "status": status, "detail": detail, "remedy": remedy}


def _packages() -> Iterator[Record]:
    for name in NEEDED:
        try:
            yield _line(name, "ok", version(name))
        except PackageNotFoundError:
            yield _line(name, "fails", "not installed", f"pip install {name}")


def _encoder(workspace: Workspace | None) -> Record:
    try:
        encoder = encoder_for(workspace)
        vector = encoder.encode_queries(["prov"])
    except RodtradError as error:
        return _line("encoder", "fails", str(error), "mend [encoder] in rodtrad.toml")
    detail = f"{encoder.name} {encoder.revision}, {vector.shape[1]} dimensions"
    return _line("encoder", "ok", detail)


def _index(workspace: Workspace | None) -> Iterator[Record]:
    if workspace is None:
        yield _line("workspace", "missing", "none here or above", "rodtrad init DIR")
        return
    yield _line("workspace", "ok", str(workspace.root))
    try:
        manifest = read_manifest(workspace)
        problems = status_records(workspace)
    except RodtradError as error:
        yield _line("index", "fails", str(error), "rodtrad build --force")
        return
    for problem in problems:
        status = "fails" if problem["status"] in ("damaged", "failed") else "stale"
        yield _line(f"index: {problem['id']}", status, problem["reason"], problem["remedy"])
    if manifest and not problems:
        passages = manifest.search.passages if manifest.search else 0
        yield _line("index", "ok", f"{len(manifest.documents)} documents, {passages} passages")


def _programs() -> Iterator[Record]:
    for name, purpose in OPTIONAL:
        found = shutil.which(name)
        if found:
            yield _line(name, "ok", found)
        else:
            yield _line(name, "missing", f"only needed for {purpose}", f"install {name}")
