"""Exactly what is on the screen, as a file, the links to it, and a note of who took it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi.responses import Response

from rodtrad.pipeline.exports import documents_of
from rodtrad.tables.markup import Markup, element, join
from rodtrad.tables.picture import Figure, write_figure
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import TraceTable
from rodtrad.tables.writers import write_table
from rodtrad.web.library import Library
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
# How a file is to be handed on: the parameter, the value that asks for it, its words.
HANDING = (("namn", "dolj", "export.mask", "export.unmask"),
           ("delning", "ja", "export.share", "export.unshare"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Handing:
    """How a file is handed on: names of persons masked; nothing marked or internal in it."""

    masked: bool = False
    sharing: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file to save: its name in plain ASCII, and the documents whose words may stand in it."""

    name: str
    data: bytes
    documents: tuple[str, ...]


def table_file(table: TraceTable, ending: str, *, name: str) -> File:
    """The table as a file; `ending` is one of MEDIA."""
    with TemporaryDirectory() as folder:
        data = write_table(table, Path(folder) / f"{name}.{ending}").read_bytes()
    return File(f"{name}-{table.as_of.isoformat()}.{ending}", data, documents_of(table))


def figure_file(figure: Figure, ending: str, *, name: str, documents: Sequence[str]) -> File:
    """A picture as svg, png or html."""
    with TemporaryDirectory() as folder:
        data = write_figure(figure, Path(folder) / f"{name}.{ending}").read_bytes()
    return File(f"{name}.{ending}", data, tuple(documents))


def send(file: File, library: Library, visit: Visit) -> Response:
    """A file to save rather than to show; the workspace remembers who took it."""
    library.note_download(file.name, file.documents, who=visit.who)
    headers = {"content-disposition": f'attachment; filename="{file.name}"'}
    return Response(file.data, media_type=MEDIA[file.name.rpartition(".")[2]], headers=headers)


def exports(visit: Visit, path: str, endings: Sequence[str], /, **kept: Parameter) -> Markup:
    """Links to what is shown as files; `kept` are the parameters that say what is shown."""
    label = visit.terms["export.label"]
    links = file_links(visit, label, f"{path}/export", endings, **kept)
    handing = element("p", _handing(visit), class_="place")
    return join((element("nav", links, aria_label=label, class_="exports"), handing))


def file_links(
    visit: Visit, label: str, path: str, endings: Sequence[str], /, **kept: Parameter
) -> Markup:
    """Links to `path`.ENDING behind a label, without the ways to hand a file on."""
    terms = visit.terms
    asked = {name: value for name, value, *_ in HANDING if value in visit.values(name)}
    items = [
        element("li", element("a", terms[f"export.{ending}"], download=True,
                              href=visit.link(f"{path}.{ending}", **kept, **asked)))
        for ending in endings
    ]  # fmt: skip
    head = element("li", f"{label}:", aria_hidden="true")
    return element("ul", head, items, class_="files", aria_label=label)


def _handing(visit: Visit) -> list[Markup]:
    """What is done with the files, each a link that turns it on or off."""
    terms: Terms = visit.terms
    return [
        element("span", element("a", terms[off if value in visit.values(name) else on],
                                href=visit.toggled(name, value)), class_="handing")
        for name, value, on, off in HANDING
    ]  # fmt: skip
