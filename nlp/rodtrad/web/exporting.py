"""Exactly what is on the screen, as a file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi.responses import Response

from rodtrad.tables.traceview import TraceTable
from rodtrad.tables.writers import write_table

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def export(table: TraceTable, ending: str, *, name: str) -> Response:
    """The table as a file to save; `ending` is one of MEDIA, `name` plain ASCII."""
    with TemporaryDirectory() as folder:
        path = write_table(table, Path(folder) / f"{name}.{ending}")
        data = path.read_bytes()
    filename = f"{name}-{table.as_of.isoformat()}.{ending}"
    return attachment(data, MEDIA[ending], filename)


def attachment(data: bytes, media: str, filename: str) -> Response:
    """A file to save rather than to show."""
    headers = {"content-disposition": f'attachment; filename="{filename}"'}
    return Response(data, media_type=media, headers=headers)
