"""A document with everything that was found in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from rodtrad.datamodel.document import Document
from rodtrad.datamodel.mention import Mention
from rodtrad.datamodel.section import Passage, Section
from rodtrad.datamodel.statement import Measure, Recommendation, Stance


@dataclass(frozen=True)
class AnnotatedDocument:
    """The result of reading one document, as it is kept in the index.

    `doubtful` are recommendations that may be none; they count for nothing.
    """

    document: Document
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    mentions: tuple[Mention, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    measures: tuple[Measure, ...] = ()
    stances: tuple[Stance, ...] = ()
    doubtful: tuple[Recommendation, ...] = ()

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id

    @property
    def entities(self) -> tuple[Mention, ...]:
        """The mentions that are certain; `mentions` holds the doubtful ones too."""
        return tuple(m for m in self.mentions if m.certainty == "certain")

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.at.start for section in self.sections]

    def section_at(self, offset: int) -> int | None:
        """The index of the innermost section around a clean offset, None before the first one."""
        index: int | None = bisect_right(self._section_starts, offset) - 1
        if index == -1:
            return None
        while index is not None and self.sections[index].at.end <= offset:
            index = self.sections[index].parent
        return index

    def section_path(self, index: int | None) -> tuple[str, ...]:
        """Labels from the top section down to section `index`."""
        labels: list[str] = []
        while index is not None:
            labels.append(self.sections[index].label)
            index = self.sections[index].parent
        return tuple(reversed(labels))
