"""The nouns of Rödtråd: frozen values that every other package passes around.

Two texts exist for every document. The *source text* is sacred: what was decoded from the file
(or printed by the PDF engine). The *clean text* is what rules read: line ends joined, footnotes
moved behind the body and page furniture behind those. `Span` counts Unicode code points, end
exclusive. A field called `span` is in the source text; a field called `at` is in the clean text.
"""

from rodtrad.datamodel.annotated import AnnotatedDocument
from rodtrad.datamodel.cleantext import CleanText, CleanTextBuilder, Segment
from rodtrad.datamodel.document import (
    Block,
    BlockKind,
    Document,
    DocumentError,
    Furniture,
    MetadataValue,
    OcrWord,
    Page,
)
from rodtrad.datamodel.link import Candidate, ContextPassage, Gap, TraceLine
from rodtrad.datamodel.mention import Mention
from rodtrad.datamodel.review import Decision, FollowUp
from rodtrad.datamodel.section import Passage, Section
from rodtrad.datamodel.span import Span
from rodtrad.datamodel.statement import (
    AgencyRole,
    Amount,
    Deadline,
    Evidence,
    Measure,
    Recommendation,
    Sentence,
    Stance,
)

__all__ = [
    "AgencyRole",
    "Amount",
    "AnnotatedDocument",
    "Block",
    "BlockKind",
    "Candidate",
    "CleanText",
    "CleanTextBuilder",
    "ContextPassage",
    "Deadline",
    "Decision",
    "Document",
    "DocumentError",
    "Evidence",
    "FollowUp",
    "Furniture",
    "Gap",
    "Measure",
    "Mention",
    "MetadataValue",
    "OcrWord",
    "Page",
    "Passage",
    "Recommendation",
    "Section",
    "Segment",
    "Sentence",
    "Span",
    "Stance",
    "TraceLine",
]
