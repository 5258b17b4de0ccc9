"""Sections (the heading tree) and passages (what is searched)."""

from __future__ import annotations

from dataclasses import dataclass

from rodtrad.datamodel.span import Span


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all text under it, subsections included.

    `index` is its place in the document's list of sections, `parent` the index of the enclosing
    section. `heading` is the clean span of the heading itself, `at` of heading and content.
    """

    index: int
    parent: int | None
    number: str | None
    title: str
    level: int
    at: Span
    heading: Span
    span: Span
    page: int | None = None
    printed_page: str | None = None
    level_source: str = "numbering"

    @property
    def label(self) -> str:
        """`number title`, as printed in section paths: "4.3.4 Uppdrag till …"."""
        return f"{self.number} {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole paragraphs or list items of one section, of a size the encoder reads.

    `key` is a digest of document id, section path and text. `section` is the index of the
    innermost section (None before the first heading), `path` its labels from the top.
    `flags` name what search must not put on top: contents, reference_list, footnote, heading,
    signature, table; and the parts that are not the body: appendix, comments.
    """

    key: str
    document: str
    section: int | None
    path: tuple[str, ...]
    text: str
    at: Span
    span: Span
    language: str
    page: int | None = None
    flags: tuple[str, ...] = ()
