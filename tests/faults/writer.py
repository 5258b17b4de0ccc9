"""What other processes do in the tests: `python -m faults.writer rebuild|decide FOLDER NAME`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from faults.seeds import EVENTS
from rodtrad.pipeline.build import build
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


if __name__ == "__main__":
    task, folder, given = sys.argv[1:]
    {"rebuild": rebuild, "decide": decide}[task](open_workspace(Path(folder)), given)
