"""The clean text of a document and its exact way back to the source text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rodtrad.datamodel.span import Span


@dataclass(frozen=True, slots=True)
class Segment:
    """One run of the clean text and the run of the source text it stands for.

    Where both lengths are equal the characters correspond one to one; otherwise the run as a whole
    replaces the other (a joined line end, an expanded ligature). A source length of 0 is text that
    the source does not have (a blank put between two blocks).
    """

    clean_start: int
    clean_length: int
    source_start: int
    source_length: int

    @property
    def identity(self) -> bool:
        """Whether the characters correspond one to one."""
        return self.clean_length == self.source_length


@dataclass(frozen=True)
class CleanText:
    """Clean text plus the segments that tile it.

    `notes_start` is where the body ends and the footnotes begin (`len(text)` without footnotes);
    page headers and footers follow the footnotes. Source offsets rise monotonously through the
    body, again through the notes, and again through headers and footers.
    """

    text: str
    segments: tuple[Segment, ...]
    notes_start: int

    def __post_init__(self) -> None:
        expected = 0
        for segment in self.segments:
            if segment.clean_start != expected or segment.clean_length <= 0:
                raise ValueError(f"segments must tile the clean text: gap at {expected}")
            expected += segment.clean_length
        if expected != len(self.text):
            raise ValueError(f"segments cover {expected} of {len(self.text)} characters")

    @cached_property
    def _clean_starts(self) -> list[int]:
        return [s.clean_start for s in self.segments]

    @cached_property
    def _by_source(self) -> list[Segment]:
        return sorted((s for s in self.segments if s.source_length), key=lambda s: s.source_start)

    @cached_property
    def _source_starts(self) -> list[int]:
        return [s.source_start for s in self._by_source]

    def _segment_at(self, offset: int) -> Segment:
        return self.segments[bisect_right(self._clean_starts, offset) - 1]

    def to_source(self, at: Span) -> Span:
        """The source span of a clean span; its slice is the verbatim quote.

        Raises:
            ValueError: the span lies outside the text, or covers only characters that the source
                does not have.
        """
        if at.end > len(self.text):
            raise ValueError(f"[{at.start}, {at.end}) ends behind the text ({len(self.text)})")
        first, last = self._segment_at(at.start), self._segment_at(at.end - 1)
        start = first.source_start + (at.start - first.clean_start if first.identity else 0)
        end = last.source_start + (
            at.end - last.clean_start if last.identity else last.source_length
        )
        return Span(start, end)

    def to_clean(self, source_offset: int) -> int:
        """The clean offset of a source character; of the next kept one if it was removed."""
        index = bisect_right(self._source_starts, source_offset) - 1
        if index >= 0:
            segment = self._by_source[index]
            inside = source_offset - segment.source_start
            if inside < segment.source_length:
                return segment.clean_start + (inside if segment.identity else 0)
        if index + 1 < len(self._by_source):
            return self._by_source[index + 1].clean_start
        return len(self.text)


class CleanTextBuilder:
    """Collects pieces of source text, in order, into a `CleanText`."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._segments: list[Segment] = []
        self._notes_start: int | None = None
        self.length = 0

    def keep(self, start: int, end: int) -> None:
        """Keep the source characters `[start, end)` as they are."""
        if end > start:
            self._add(self._source[start:end], start, end - start)

    def replace(self, start: int, end: int, text: str) -> None:
        """Let `text` stand for the source characters `[start, end)`; `start == end` inserts."""
        if text:
            self._add(text, start, end - start)

    def start_notes(self) -> None:
        """Say that what follows are footnotes, behind the body."""
        self._notes_start = self.length

    def _add(self, text: str, source_start: int, source_length: int) -> None:
        last = self._segments[-1] if self._segments else None
        identity = len(text) == source_length
        if (
            last is not None
            and identity
            and last.identity
            and last.source_start + last.source_length == source_start
        ):
            self._segments[-1] = Segment(
                last.clean_start,
                last.clean_length + len(text),
                last.source_start,
                last.source_length + source_length,
            )
        else:
            self._segments.append(Segment(self.length, len(text), source_start, source_length))
        self._pieces.append(text)
        self.length += len(text)

    def build(self) -> CleanText:
        """The finished clean text."""
        notes = self.length if self._notes_start is None else self._notes_start
        return CleanText("".join(self._pieces), tuple(self._segments), notes)


def whole(text: str) -> CleanText:
    """The clean text of a source that needs no cleaning."""
    segments: Iterable[Segment] = (Segment(0, len(text), 0, len(text)),) if text else ()
    return CleanText(text, tuple(segments), len(text))
