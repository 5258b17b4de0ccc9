"""Reads one file of any supported kind into a `Document`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rodtrad.datamodel import Document
from rodtrad.errors import UnreadableFileError
from rodtrad.ingest.cleaning import build_clean_text
from rodtrad.ingest.covers import without_cover_headings
from rodtrad.ingest.docxfile import is_docx, read_docx
from rodtrad.ingest.drafts import Layout
from rodtrad.ingest.htmlfile import looks_like_html, read_html
from rodtrad.ingest.kinds import UNKNOWN
from rodtrad.ingest.markdown import is_markdown, read_markdown
from rodtrad.ingest.metadata import collect_metadata, document_language
from rodtrad.ingest.parts import flag_parts
from rodtrad.ingest.pdf import read_pdf
from rodtrad.ingest.textfile import decode, encoding_notes, looks_binary, read_text
from rodtrad.ingest.titles import find_printed_title, find_title
from rodtrad.settings import Limits

_MARKDOWN = (".md", ".markdown", ".mkd")
_NOTHING: Mapping[str, str] = {}


def read_document(
    path: Path,
    *,
    document_id: str | None = None,
    overrides: Mapping[str, str] = _NOTHING,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    ocr: bool = False,
) -> Document:
    """The document in a file: PDF, DOCX, HTML, Markdown or plain text, told by its content.

    Args:
        path: the file.
        document_id: its id; the file's stem where None.
        overrides: metadata that wins over what the document says (origin "catalogue").
        limits: what the document may cost.
        ocr: read scanned pages of a PDF with the OCR program on this machine.

    Raises:
        UnreadableFileError: the file is missing, empty, binary, encrypted, damaged or too large;
            the message is one sentence with the file's name and the remedy.
    """
    data = _read_bytes(path, limits)
    layout = _read_layout(path, data, limits, ocr=ocr)
    if not layout.source.strip():
        raise UnreadableFileError(f"{path} holds no text; scan it with OCR or remove it.")
    if len(layout.source) > limits.characters:
        raise UnreadableFileError(
            f"{path} has {len(layout.source)} characters, more than the limit "
            f"{limits.characters}; split it or raise limits.characters in rodtrad.toml."
        )
    return _document(layout, document_id or path.stem, overrides)


def _read_bytes(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableFileError(f"{path} is a folder; name the files in it.")
        if size > limits.file_bytes:
            raise UnreadableFileError(
                f"{path} has {size} bytes, more than the limit {limits.file_bytes}; "
                "split it or raise limits.file_bytes in rodtrad.toml."
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFileError(f"{path} does not exist; check the name.") from error
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise UnreadableFileError(f"{path} cannot be read ({reason}); check its rights.") from error
    if not data.strip():
        raise UnreadableFileError(f"{path} is empty; replace it with the real file.")
    return data


def _read_layout(path: Path, data: bytes, limits: Limits, *, ocr: bool) -> Layout:
    if b"%PDF-" in data[:1024]:
        return read_pdf(path, data, limits, ocr=ocr)
    if is_docx(data):
        return read_docx(path, data)
    if looks_binary(data):
        raise UnreadableFileError(
            f"{path} is a binary file of an unknown kind; convert it to PDF, DOCX, HTML or text."
        )
    source, encoding = decode(data)
    if looks_like_html(source):
        return read_html(path, data)
    marked = path.suffix.casefold() in _MARKDOWN or is_markdown(source)
    read = read_markdown if marked else read_text
    return read(source, encoding_notes(encoding))


def _document(layout: Layout, identity: str, overrides: Mapping[str, str]) -> Document:
    clean, blocks = build_clean_text(layout.source, layout.drafts, furniture=layout.furniture)
    blocks = flag_parts(clean.text, blocks)
    metadata = collect_metadata(clean, blocks, layout.metadata, overrides)
    title = find_printed_title(clean.text) or find_title(clean.text, blocks)
    blocks = without_cover_headings(clean.text, blocks, title[1] if title else None)
    return Document(
        id=identity,
        kind=next((m.value for m in metadata if m.name == "kind"), UNKNOWN),
        language=document_language(clean.text, overrides),
        source=layout.source,
        clean=clean,
        blocks=blocks,
        pages=tuple(layout.pages),
        furniture=tuple(layout.furniture),
        metadata=metadata,
        status="partial" if layout.errors else "ok",
        errors=tuple(layout.errors),
        ocr_words=tuple(layout.ocr_words),
    )
