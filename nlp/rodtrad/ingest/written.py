"""Collects the text of formats that come as structure (HTML, DOCX) into a source text."""

from __future__ import annotations

import re

from rodtrad.datamodel import BlockKind
from rodtrad.ingest.drafts import Draft
from rodtrad.ingest.numbering import split_number

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


class WrittenText:
    """A source text made of blocks parted by empty lines, and the drafts that point into it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.drafts: list[Draft] = []

    @property
    def source(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    @property
    def length(self) -> int:
        """How many characters the text has so far."""
        return self._length

    def add(
        self,
        kind: BlockKind,
        text: str,
        *,
        marker: str | None = None,
        level: int | None = None,
        level_source: str | None = None,
        anchor: int | None = None,
    ) -> int:
        """Appends a block, white space folded; its start. Empty text adds nothing."""
        folded = fold(text)
        if not folded:
            return self._length
        start = self._append(folded)
        number = split_number(folded) if kind == "heading" else None
        self.drafts.append(
            Draft(
                kind,
                ((start, start + len(folded)),),
                marker=marker,
                number=number.number if number else None,
                level=level,
                level_source=level_source,
                anchor=anchor,
            )
        )
        return start

    def add_rows(self, rows: list[list[str]]) -> None:
        """Appends a table: a row a line, cells parted by tabs."""
        lines = ["\t".join(fold(cell) for cell in row) for row in rows]
        lines = [line for line in lines if line.strip()]
        if not lines:
            return
        start = self._append("\n".join(lines))
        runs: list[tuple[int, int]] = []
        for line in lines:
            runs.append((start, start + len(line)))
            start += len(line) + 1
        self.drafts.append(Draft("table", tuple(runs), between="row"))

    def _append(self, text: str) -> int:
        if self._length:
            self._pieces.append("\n\n")
            self._length += 2
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start


def fold(text: str) -> str:
    """White space folded to single blanks, none at the ends; non-breaking blanks stay."""
    return _BLANKS.sub(" ", text).strip(" ")
