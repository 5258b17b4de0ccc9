"""What a PDF file says about itself: page labels, outline, metadata, encryption."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.errors import PyPdfError

_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
# What the reader is known to raise on files whose structure is damaged while their text is not.
_DAMAGE = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    OSError,
)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: its level from 1, its title and the index of its page."""

    level: int
    title: str
    page: int | None


@dataclass(frozen=True)
class PdfStructure:
    """Facts from the file's own tables; empty where it has none or they are damaged."""

    labels: tuple[str, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    title: str | None = None
    author: str | None = None
    created: str | None = None


def read_structure(data: bytes) -> PdfStructure:
    """The structure of a PDF; an empty one where it is damaged, since the text may be good."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return PdfStructure()
        info: Mapping[str, object] = reader.metadata or {}
        return PdfStructure(
            labels=_labels(reader),
            outline=tuple(_outline(reader, reader.outline, 1)) if _has_outline(reader) else (),
            title=_text(info.get("/Title")),
            author=_text(info.get("/Author")),
            created=_date(_text(info.get("/CreationDate"))),
        )
    except _DAMAGE:
        return PdfStructure()


def _labels(reader: PdfReader) -> tuple[str, ...]:
    """The printed page numbers, where the file defines them."""
    if "/PageLabels" not in reader.root_object:
        return ()
    return tuple(str(label) for label in reader.page_labels)


def _has_outline(reader: PdfReader) -> bool:
    return "/Outlines" in reader.root_object


def _outline(reader: PdfReader, entries: object, level: int) -> list[OutlineEntry]:
    found: list[OutlineEntry] = []
    if not isinstance(entries, list) or level > _DEEPEST:
        return found
    for entry in entries:
        if isinstance(entry, list):
            found.extend(_outline(reader, entry, level + 1))
        elif _text(getattr(entry, "title", None)):
            page = reader.get_destination_page_number(entry)
            title = " ".join(str(entry.title).split())
            found.append(OutlineEntry(level, title, page))
    return found


def _text(value: object) -> str | None:
    text = str(value).replace("\x00", "").strip() if value is not None else ""
    return text or None


def _date(value: str | None) -> str | None:
    match = _DATE.match(value or "")
    return "-".join(part for part in match.groups() if part) if match else None
