"""Covers and letterheads: what stands over the title is no heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rodtrad.datamodel import Block, Span
from rodtrad.ingest.wording import ends_sentence

_SHORT = 60


def without_cover_headings(
    text: str, blocks: Sequence[Block], title: Span | None
) -> tuple[Block, ...]:
    """The blocks; unnumbered headings over the title become paragraphs.

    "Kommittédirektiv", "Boverket" or "Regeringsbeslut" over the title of the document say what it
    is and from whom. A heading with running text under it ("Förord") stays, and nothing changes
    where the title is no heading. `text` is the clean text, `title` the title's place in it. The
    title takes the level of the first heading that goes, and what stands under it rises with it.
    """
    index = _index_of(blocks, title)
    printed = _block_of(blocks, title) if index is None else None
    if printed is not None and all(_is_of_cover(text, block) for block in blocks[:printed]):
        return (*map(_plain, blocks[:printed]), *blocks[printed:])
    if index is None or not all(_is_of_cover(text, block) for block in blocks[:index]):
        return tuple(blocks)
    levels = [b.level for b in blocks[:index] if b.kind == "heading" and b.level]
    if not levels:
        return tuple(blocks)
    cover = [_plain(block) for block in blocks[:index]]
    old = blocks[index].level or 1
    level = min([*levels, old])
    under = [b.level for b in blocks[index + 1 :] if b.level is not None]
    raised = old - level if under and min(under) > old else 0
    rest = [replace(b, level=b.level - raised) if b.level else b for b in blocks[index + 1 :]]
    return (*cover, replace(blocks[index], level=level), *rest)


def _index_of(blocks: Sequence[Block], title: Span | None) -> int | None:
    """The index of the heading that is the title, or in which it stands."""
    for index, block in enumerate(blocks):
        if title and block.kind == "heading" and block.at.start <= title.start < block.at.end:
            return index
    return None


def _block_of(blocks: Sequence[Block], title: Span | None) -> int | None:
    """The index of the block that begins with the title."""
    if title is None:
        return None
    return next((i for i, b in enumerate(blocks) if b.at.start == title.start), None)


def _is_of_cover(text: str, block: Block) -> bool:
    words = block.at.of(text)
    if block.kind == "heading":
        return block.number is None
    return block.kind != "contents" and len(words) <= _SHORT and not ends_sentence(words)


def _plain(block: Block) -> Block:
    if block.kind != "heading":
        return block
    return replace(block, kind="paragraph", level=None, level_source=None)
