"""What other processes do in the tests: `python -m faults.writer TASK FOLDER NAME [GO]`.

With GO, a file, the process says that it is ready (a file beside it) and begins when GO is there.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from faults.seeds import EVENTS
from rodtrad.errors import RodtradError
from rodtrad.pipeline.adding import add_documents
from rodtrad.pipeline.build import build
from rodtrad.pipeline.pushjob import push
from rodtrad.pipeline.reviewfiles import import_decisions
from rodtrad.pipeline.reviewjob import record
from rodtrad.workspace import Workspace, open_workspace

DECISIONS = 15


def rebuild(place: Workspace, name: str) -> None:
    """Change a document and build, four times."""
    for number in range(4):
        text = f"# Plan {number}\n\nText om saken {number}.\n"
        (place.corpus / "sources" / f"{name}.md").write_text(text, encoding="utf-8")
        build(place)


def decide(place: Workspace, name: str) -> None:
    """Decide one thing after the other."""
    for number in range(DECISIONS):
        record(place, replace(EVENTS[0], who=f"{name} {number}"))


TASKS: Mapping[str, Callable[[Workspace, str], object]] = {
    "rebuild": rebuild,
    "decide": decide,
    "build": lambda place, name: build(place, force=True),
    "add": lambda place, name: add_documents(place, [place.root / name], {}),
    "import": lambda place, name: import_decisions(place, place.root / name, who="Test"),
    "push": lambda place, name: push(place),
}


def wait_for(go: Path, name: str) -> None:
    """Say that we are ready, and wait for the others."""
    (go.parent / f"{go.name}-{name}").touch()
    while not go.exists():
        time.sleep(0.001)


def main() -> None:
    """Run from the command line."""
    task, folder, name, *go = sys.argv[1:]
    place = open_workspace(Path(folder))
    if go:
        wait_for(Path(go[0]), name)
    try:
        TASKS[task](place, name)
    except RodtradError as error:
        print(error)
        sys.exit(2)


if __name__ == "__main__":
    main()
