"""Exactly what is on the screen, as a file, and the links to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi.responses import Response

from rodtrad.tables.figures import Figure, write_figure
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.masking import masked_table
from rodtrad.tables.traceview import TraceTable
from rodtrad.tables.writers import write_table
from rodtrad.web.visit import Parameter, Visit

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def export(table: TraceTable, ending: str, *, name: str, masked: bool = False) -> Response:
    """The table as a file to save; `ending` is one of MEDIA, `name` plain ASCII.

    With `masked` names of persons are masked in it.
    """
    with TemporaryDirectory() as folder:
        shown = masked_table(table) if masked else table
        path = write_table(shown, Path(folder) / f"{name}.{ending}")
        data = path.read_bytes()
    filename = f"{name}-{table.as_of.isoformat()}.{ending}"
    return attachment(data, MEDIA[ending], filename)


def export_figure(figure: Figure, ending: str, *, name: str) -> Response:
    """A picture as svg or png to save."""
    with TemporaryDirectory() as folder:
        data = write_figure(figure, Path(folder) / f"{name}.{ending}").read_bytes()
    return attachment(data, MEDIA[ending], f"{name}.{ending}")


def exports(visit: Visit, path: str, endings: Sequence[str], /, **kept: Parameter) -> Markup:
    """Links to what is shown as files; `kept` are the parameters that say what is shown."""
    terms = visit.terms
    items = [
        element("li", element("a", terms[f"export.{ending}"], download=True,
                              href=visit.link(f"{path}/export.{ending}", **kept)))
        for ending in endings
    ]  # fmt: skip
    label = element("li", f"{terms['export.label']}:", aria_hidden="true")
    return element(
        "nav", element("ul", label, items), aria_label=terms["export.label"], class_="exports"
    )


def attachment(data: bytes, media: str, filename: str) -> Response:
    """A file to save rather than to show."""
    headers = {"content-disposition": f'attachment; filename="{filename}"'}
    return Response(data, media_type=media, headers=headers)
