"""A list of recommendations as a document, so that its items can be searched and traced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rodtrad.datamodel import (
    AnnotatedDocument,
    Block,
    CleanTextBuilder,
    Document,
    MetadataValue,
    Passage,
    Recommendation,
    Section,
    Span,
)
from rodtrad.errors import UnreadableFileError
from rodtrad.ingest.catalogue import LIST_KIND
from rodtrad.ingest.language import Language
from rodtrad.pipeline.fingerprint import digest
from rodtrad.statements.lists import read_recommendation_list


def read_list_document(
    path: Path, *, document_id: str, overrides: Mapping[str, str]
) -> AnnotatedDocument:
    """A recommendation list as an annotated document: one section and passage an item.

    The clean text holds the items' words, tied to where they stand in the file. Items whose words
    the file holds in another form (an escape, a workbook's cell) are traced but not searched.

    Raises:
        UnreadableFileError: the file is not such a list.
    """
    items = read_recommendation_list(path)
    source = _source_of(path)
    builder = CleanTextBuilder(source)
    placed: list[tuple[Recommendation, Span]] = []
    position = 0
    for item in items:
        where = _where(item, source, position)
        if where is None:
            continue
        if builder.length:
            builder.replace(where.start, where.start, "\n\n")
        start = builder.length
        builder.keep(where.start, where.end)
        placed.append((item, Span(start, builder.length)))
        position = where.end
    document = Document(
        id=document_id,
        kind=LIST_KIND,
        language=_language(items, overrides),
        source=source,
        clean=builder.build(),
        blocks=tuple(Block("paragraph", at) for _, at in placed),
        metadata=tuple(MetadataValue(k, v, "catalogue") for k, v in overrides.items()),
    )
    return _with_items(document, items, placed)


def _language(items: Sequence[Recommendation], overrides: Mapping[str, str]) -> Language:
    """The catalogue's language, else that of most items."""
    stated = overrides.get("language")
    if stated in ("sv", "en"):
        return "en" if stated == "en" else "sv"
    return "en" if 2 * sum(item.language == "en" for item in items) > len(items) else "sv"


def _source_of(path: Path) -> str:
    if path.suffix.lower() == ".xlsx":
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"{path}: cannot be read as UTF-8 text; save it so.") from error


def _where(item: Recommendation, source: str, position: int) -> Span | None:
    words = item.summary or item.text
    start = source.find(words, position)
    return Span(start, start + len(words)) if words and start >= 0 else None


def _with_items(
    document: Document,
    items: tuple[Recommendation, ...],
    placed: list[tuple[Recommendation, Span]],
) -> AnnotatedDocument:
    sections, passages = [], []
    for index, (item, at) in enumerate(placed):
        span = document.span_of(at)
        title = item.theme or item.issuer
        sections.append(Section(index, None, item.id, title, 1, at, at, span, level_source="list"))
        passages.append(
            Passage(
                key=digest((document.id, item.id, item.text)),
                document=document.id,
                section=index,
                path=(f"{item.id} {title}",),
                text=at.of(document.text),
                at=at,
                span=span,
                language=item.language,
            )
        )
    recommendations = tuple(replace(item, document=document.id) for item in items)
    return AnnotatedDocument(document, tuple(sections), tuple(passages), (), recommendations)
