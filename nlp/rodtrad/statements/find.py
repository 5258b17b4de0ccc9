"""All statements of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rodtrad.datamodel import Document, Measure, Mention, Recommendation, Section, Stance
from rodtrad.statements.measures import find_measures
from rodtrad.statements.recommendations import find_recommendations
from rodtrad.statements.stances import find_stances


@dataclass(frozen=True)
class Statements:
    """What was found in one document, each kind in the order of the text.

    `doubtful` are recommendations that may be none.
    """

    recommendations: tuple[Recommendation, ...]
    measures: tuple[Measure, ...]
    stances: tuple[Stance, ...]
    doubtful: tuple[Recommendation, ...] = ()


def find_statements(
    document: Document, sections: Sequence[Section], mentions: Sequence[Mention]
) -> Statements:
    """Recommendations, measures and stances; the document's kind and wording decide which."""
    demands = find_recommendations(document, sections, mentions)
    return Statements(
        tuple(d for d in demands if d.certainty == "certain"),
        find_measures(document, sections, mentions),
        find_stances(document, sections, mentions),
        tuple(d for d in demands if d.certainty == "doubtful"),
    )
