"""Which files were made from which documents, so that they are found when a document must go."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rodtrad.tables.traceview import TraceTable
from rodtrad.workspace import Workspace, write_atomically


def exports_file(workspace: Workspace) -> Path:
    """The list of files: one JSON object a line, `{when, path, documents}`."""
    return workspace.root / "exports.jsonl"


def documents_of(table: TraceTable) -> tuple[str, ...]:
    """The documents whose words a table may hold: those traced from and to, and those cited."""
    infos = (*table.documents, *table.sources, *table.targets)
    return tuple(sorted({info.id for info in infos}))


def note_export(workspace: Workspace | None, path: Path, documents: Sequence[str]) -> None:
    """Remember a file that was written; outside a workspace nothing is remembered.

    A workspace that cannot be written does not stop the export.
    """
    if workspace is None:
        return
    record = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "path": str(path.resolve()),
        "documents": list(documents),
    }
    line = json.dumps(record, ensure_ascii=True) + "\n"
    try:
        with exports_file(workspace).open("a", encoding="ascii") as file:
            file.write(line)
    except OSError:
        return


def exports_of(workspace: Workspace, document_id: str) -> list[Path]:
    """The files still there that were made from a document."""
    paths = dict.fromkeys(
        Path(record["path"])
        for record in _records(workspace)
        if document_id in record.get("documents", ())
    )
    return [path for path in paths if path.is_file()]


def forget_exports(workspace: Workspace, paths: Iterable[Path]) -> None:
    """Take files off the list."""
    gone = {str(path) for path in paths}
    kept = [record for record in _records(workspace) if record["path"] not in gone]
    text = "".join(json.dumps(record, ensure_ascii=True) + "\n" for record in kept)
    if exports_file(workspace).is_file():
        write_atomically(exports_file(workspace), text.encode("ascii"))


def _records(workspace: Workspace) -> Iterator[dict[str, Any]]:
    try:
        lines = exports_file(workspace).read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            record = json.loads(line)
        except ValueError:
            # The end of a line whose writing was cut off.
            continue
        if isinstance(record, dict) and isinstance(record.get("path"), str):
            yield {**record, "path": os.fspath(record["path"])}
