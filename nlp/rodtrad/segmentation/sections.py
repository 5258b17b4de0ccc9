"""The heading tree of a document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from rodtrad.datamodel import Block, Document, Section, Span

_NUMBER = re.compile(r"\s*[.):]?\s*")


def find_sections(document: Document) -> tuple[Section, ...]:
    """The sections in the order of their headings; a section covers its subsections.

    The title is the heading without its number and its final full stop. Footnotes, which stand
    behind the body in the clean text, belong to no section's span.
    """
    headings = [block for block in document.blocks if block.kind == "heading"]
    sections: list[Section] = []
    open_sections: list[Section] = []
    for index, block in enumerate(headings):
        level = block.level or 1
        while open_sections and open_sections[-1].level >= level:
            open_sections.pop()
        parent = open_sections[-1].index if open_sections else None
        section = _section(document, index, block, parent, _end(document, headings, index))
        sections.append(section)
        open_sections.append(section)
    return tuple(sections)


def _end(document: Document, headings: Sequence[Block], index: int) -> int:
    level = headings[index].level or 1
    following = (h for h in headings[index + 1 :] if (h.level or 1) <= level)
    stop = next((h.at.start for h in following), document.clean.notes_start)
    text = document.text[headings[index].at.start : stop]
    return headings[index].at.start + len(text.rstrip())


def _section(document: Document, index: int, block: Block, parent: int | None, end: int) -> Section:
    at = Span(block.at.start, end)
    span = document.span_of(at)
    page = document.page_of(span)
    return Section(
        index=index,
        parent=parent,
        number=block.number,
        title=_title(block.at.of(document.text), block.number),
        level=block.level or 1,
        at=at,
        heading=block.at,
        span=span,
        page=page.number if page else None,
        printed_page=page.printed if page else None,
        level_source=block.level_source or "wording",
    )


def _title(text: str, number: str | None) -> str:
    if number and text.startswith(number):
        text = text[_NUMBER.match(text, len(number)).end() :]  # type: ignore[union-attr]
    text = text.strip()
    if text.endswith(".") and not text.endswith(("..", "m.m.", "m.fl.", "etc.")):
        text = text[:-1].rstrip()
    return text


def innermost_section(sections: Sequence[Section], offset: int) -> int | None:
    """Index of the innermost section that covers a clean offset, None outside all.

    `sections` are in order, as `find_sections` gives them.
    """
    index = bisect_right(sections, offset, key=lambda section: section.at.start) - 1
    while index >= 0 and sections[index].at.end <= offset:
        parent = sections[index].parent
        index = -1 if parent is None else parent
    return index if index >= 0 else None


def section_path(sections: Sequence[Section], index: int | None) -> tuple[str, ...]:
    """Labels from the top section down to section `index`: ("4 Inriktning", "4.3 Stöd")."""
    labels: list[str] = []
    while index is not None:
        labels.append(sections[index].label)
        index = sections[index].parent
    return tuple(reversed(labels))


def in_order(sections: Sequence[Section]) -> bool:
    """Whether the sections stand in the order of the text, as every function here supposes."""
    return all(a.at.start < b.at.start for a, b in pairwise(sections))
