"""Parts of a document that are not its body: appendices, and the comments of those it examines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rodtrad.datamodel import Block

_APPENDIX = re.compile(r"(?:appendix|appendices|annex(?:es)?|bilag(?:a|or))\b", re.IGNORECASE)
_COMMENTS = re.compile(
    r"(?:the )?governments?.?s? comments?\b"
    r"|(?:comments|observations) (?:by|of|from|submitted by) the .{0,60}(?:government|authorities)",
    re.IGNORECASE,
)
# The formula by which a report parts itself from the comments printed behind it.
_DISCLAIMER = re.compile(
    r"the following comments do not form part of (?:GRETA|the \w+)", re.IGNORECASE
)


def is_part(title: str) -> bool:
    """Whether a heading opens an appendix or the comments of a government.

    "Appendix 1 - List of GRETA's proposals", "Bilaga 2", "Government's comments"; not
    "Comments on the proposals" or "Bilagans innehåll".
    """
    return _part_of(title) is not None


def _part_of(title: str) -> str | None:
    if _COMMENTS.match(title):
        return "comments"
    return "appendix" if _APPENDIX.match(title) else None


def flag_parts(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, those of appendices flagged "appendix", those of comments "comments".

    A part lasts until a heading of its level that opens no part; comments last to the end where
    the report says that they are none of its own words. `text` is the clean text.
    """
    flagged: list[Block] = []
    part: str | None = None
    level, final = 0, False
    for block in blocks:
        words = block.at.of(text)
        if _DISCLAIMER.match(words):
            part, level, final = "comments", 0, True
        elif block.kind == "heading" and not final:
            opened = _part_of(words)
            if opened or (block.level or 1) <= level:
                part, level = opened, block.level or 1
        flags = (*block.flags, part) if part and block.kind != "footnote" else block.flags
        flagged.append(replace(block, flags=flags) if flags != block.flags else block)
    return tuple(flagged)
