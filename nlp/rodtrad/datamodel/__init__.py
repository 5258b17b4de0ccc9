"""The nouns of Rödtråd: frozen values that every other package passes around.

Two texts exist for every document. The *source text* is sacred: what was decoded from the file
(or printed by the PDF engine). The *clean text* is what rules read: line ends joined, footnotes
moved behind the body and page furniture behind those. `Span` counts Unicode code points, end
exclusive. A field called `span` is in the source text; a field called `at` is in the clean text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rodtrad.lazynames import names_from

if TYPE_CHECKING:
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

_HOMES = {
    "AgencyRole": "statement",
    "Amount": "statement",
    "AnnotatedDocument": "annotated",
    "Block": "document",
    "BlockKind": "document",
    "Candidate": "link",
    "CleanText": "cleantext",
    "CleanTextBuilder": "cleantext",
    "ContextPassage": "link",
    "Deadline": "statement",
    "Decision": "review",
    "Document": "document",
    "DocumentError": "document",
    "Evidence": "statement",
    "FollowUp": "review",
    "Furniture": "document",
    "Gap": "link",
    "Measure": "statement",
    "Mention": "mention",
    "MetadataValue": "document",
    "OcrWord": "document",
    "Page": "document",
    "Passage": "section",
    "Recommendation": "statement",
    "Section": "section",
    "Segment": "cleantext",
    "Sentence": "statement",
    "Span": "span",
    "Stance": "statement",
    "TraceLine": "link",
}

__getattr__ = names_from(__name__, _HOMES)
