"""The layout's result before the clean text is built: blocks as lists of source ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rodtrad.datamodel import BlockKind, DocumentError, Furniture, MetadataValue, OcrWord, Page

Between = Literal["line", "row"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A block to be: source ranges in reading order and what joins them.

    `between` "line" joins as lines of a paragraph, "row" puts a line feed (tables). `drop` are
    ranges inside the runs that are left out of the clean text: footnote marks, markup. `anchor` is
    the source offset of a footnote's mark in the body. `flags` go to the block.
    """

    kind: BlockKind
    runs: tuple[tuple[int, int], ...]
    marker: str | None = None
    number: str | None = None
    level: int | None = None
    level_source: str | None = None
    between: Between = "line"
    drop: tuple[tuple[int, int], ...] = ()
    anchor: int | None = None
    flags: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where the first run starts in the source."""
        return self.runs[0][0]

    @property
    def end(self) -> int:
        """Where the last run ends in the source."""
        return self.runs[-1][1]

    def text(self, source: str) -> str:
        """The runs joined by blanks, for looking at."""
        return " ".join(source[start:end] for start, end in self.runs)


@dataclass(frozen=True)
class Layout:
    """What a backend hands over: the source text, its blocks, pages and facts about the file."""

    source: str
    drafts: Sequence[Draft]
    pages: Sequence[Page] = ()
    furniture: Sequence[Furniture] = ()
    metadata: Sequence[MetadataValue] = ()
    errors: Sequence[DocumentError] = field(default=())
    ocr_words: Sequence[OcrWord] = ()
