"""A document as read: source text, pages, blocks, metadata and what went wrong."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rodtrad.datamodel.cleantext import CleanText
from rodtrad.datamodel.span import Span

BlockKind = Literal[
    "paragraph",
    "heading",
    "list_item",
    "table",
    "footnote",
    "contents",
    "reference_list",
    "signature",
]
Origin = Literal["catalogue", "document", "file"]
Status = Literal["ok", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class Page:
    """A physical page: number from 1, the number printed on it, its stretch of the source text."""

    number: int
    printed: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item and so on, in the clean text.

    `marker` is the bullet or number of a list item or footnote; `number` and `level` belong to
    headings, `level_source` says what the level rests on (outline, contents, numbering,
    typography, wording). `anchor` is where the mark of a footnote stands in the body (clean).
    `flags` say more: "bold" where a paragraph is set so and running text is not, "appendix" in an
    appendix, "comments" in the comments of a government that a report prints.
    """

    kind: BlockKind
    at: Span
    marker: str | None = None
    number: str | None = None
    level: int | None = None
    level_source: str | None = None
    anchor: int | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Furniture:
    """What repeats on pages: headers, footers, folios; in no block, last in the clean text."""

    kind: Literal["header", "footer", "folio", "rule"]
    span: Span


@dataclass(frozen=True, slots=True)
class MetadataValue:
    """One fact about a document and where it comes from.

    `span` is where the document says so, None for the catalogue and the file name.
    """

    name: str
    value: str
    origin: Origin
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class DocumentError:
    """Something that could not be read: which stage, where, and what to do."""

    stage: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word that a program read from a picture, and how sure it was, in percent."""

    span: Span
    confidence: int


@dataclass(frozen=True)
class Document:
    """One document. `source` is sacred, `clean` is what rules read; see the package docstring."""

    id: str
    kind: str
    language: Literal["sv", "en"]
    source: str
    clean: CleanText
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    metadata: tuple[MetadataValue, ...] = ()
    status: Status = "ok"
    errors: tuple[DocumentError, ...] = ()
    ocr_words: tuple[OcrWord, ...] = ()

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.start for page in self.pages]

    @property
    def text(self) -> str:
        """The clean text."""
        return self.clean.text

    @property
    def title(self) -> str:
        """The title, or the id where none is known."""
        return self.get("title") or self.id

    def get(self, name: str) -> str | None:
        """The value of a metadata field, None when unknown."""
        return next((m.value for m in self.metadata if m.name == name), None)

    def span_of(self, at: Span) -> Span:
        """The source span of a clean span."""
        return self.clean.to_source(at)

    def quote(self, span: Span) -> str:
        """The verbatim source text of a source span."""
        return span.of(self.source)

    def page_of(self, span: Span) -> Page | None:
        """The page on which a source span starts; None where the file has no pages."""
        index = bisect_right(self._page_starts, span.start) - 1
        return self.pages[index] if index >= 0 else None
