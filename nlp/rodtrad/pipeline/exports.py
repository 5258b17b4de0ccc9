"""Which files were made from which documents, so that they are found when a document must go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rodtrad.tables.traceview import TraceTable
from rodtrad.workspace import Workspace, write_atomically


def exports_file(workspace: Workspace) -> Path:
    """The list of files: one JSON object a line, `{when, path, documents}`.

    A file that somebody took from the web page has no path here: `{when, download, who, documents}`
    says what it was called and who took it.
    """
    return workspace.root / "exports.jsonl"


def documents_of(table: TraceTable) -> tuple[str, ...]:
    """The documents whose words a table may hold: those traced from and to, and those cited."""
    infos = (*table.documents, *table.sources, *table.targets)
    return tuple(sorted({info.id for info in infos}))


def note_export(workspace: Workspace | None, path: Path, documents: Sequence[str]) -> None:
    """Remember a file that was written; outside a workspace nothing is remembered.

    A workspace that cannot be written does not stop the export.
    """
    if workspace is not None:
        _note(workspace, {"path": str(path.resolve()), "documents": list(documents)})


def note_download(workspace: Workspace, name: str, documents: Sequence[str], *, who: str) -> None:
    """Remember a file that the web page handed out; it then is where nobody here can reach it."""
    _note(workspace, {"download": name, "who": who, "documents": list(documents)})


def _note(workspace: Workspace, record: dict[str, Any]) -> None:
    when = datetime.now(UTC).isoformat(timespec="seconds")
    line = json.dumps({"when": when, **record}, ensure_ascii=True) + "\n"
    try:
        with exports_file(workspace).open("a", encoding="ascii") as file:
            file.write(line)
    except OSError:
        return


def exports_of(workspace: Workspace, document_id: str) -> list[Path]:
    """The files still there that were made from a document."""
    paths = dict.fromkeys(
        Path(record["path"])
        for record in _records(workspace, document_id)
        if isinstance(record.get("path"), str)
    )
    return [path for path in paths if path.is_file()]


def downloads_of(workspace: Workspace, document_id: str) -> list[dict[str, Any]]:
    """What was taken from the web page and made from a document: `{when, download, who}` each."""
    return [
        {"when": record.get("when"), "download": record["download"], "who": record.get("who")}
        for record in _records(workspace, document_id)
        if isinstance(record.get("download"), str)
    ]


def forget_exports(workspace: Workspace, paths: Iterable[Path]) -> None:
    """Take files off the list."""
    gone = {str(path) for path in paths}
    kept = [record for record in _records(workspace) if record.get("path") not in gone]
    text = "".join(json.dumps(record, ensure_ascii=True) + "\n" for record in kept)
    if exports_file(workspace).is_file():
        write_atomically(exports_file(workspace), text.encode("ascii"))


def _records(workspace: Workspace, document_id: str | None = None) -> Iterator[dict[str, Any]]:
    """What was noted, of one document or of all."""
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
        if isinstance(record, dict) and (
            document_id is None or document_id in (record.get("documents") or ())
        ):
            yield record
