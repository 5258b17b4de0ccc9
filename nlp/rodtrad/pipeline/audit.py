"""Who wrote what through the page, and who removed what: a JSON line each, in `audit.jsonl`."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

from rodtrad.workspace import Workspace


def note_write(workspace: Workspace, *, who: str, action: str, target: str, outcome: str) -> None:
    """Append a line; names only, never the text of a document or a comment."""
    record = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": who,
        "action": action,
        "target": target,
        "outcome": outcome,
    }
    line = json.dumps(record, ensure_ascii=False) + "\n"
    path = workspace.root / "audit.jsonl"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(handle, line.encode("utf-8", "replace"))
    finally:
        os.close(handle)
