"""A document with everything that was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from rodtrad.datamodel.document import Document
from rodtrad.datamodel.mention import Mention
from rodtrad.datamodel.section import Passage, Section
from rodtrad.datamodel.statement import Measure, Recommendation, Stance


@dataclass(frozen=True)
class AnnotatedDocument:
    """The result of reading one document, as it is kept in the index."""

    document: Document
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    mentions: tuple[Mention, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    measures: tuple[Measure, ...] = ()
    stances: tuple[Stance, ...] = ()

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id

    def section_path(self, index: int | None) -> tuple[str, ...]:
        """Labels from the top section down to section `index`."""
        labels: list[str] = []
        while index is not None:
            labels.append(self.sections[index].label)
            index = self.sections[index].parent
        return tuple(reversed(labels))
