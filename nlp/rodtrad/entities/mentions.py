"""All extractors on one document, their findings tied to its source text."""

from __future__ import annotations

from collections.abc import Sequence

from rodtrad.datamodel import Document, Mention, Section
from rodtrad.entities.agencies import find_named_bodies
from rodtrad.entities.agencies_context import AgencyContext
from rodtrad.entities.amounts import find_amounts
from rodtrad.entities.deadlines import find_deadlines
from rodtrad.entities.diarienummer import find_diarienummer
from rodtrad.entities.finding import Finding
from rodtrad.entities.internal import find_appropriations, find_articles, find_internal
from rodtrad.entities.references import find_references
from rodtrad.entities.truncated import flag_truncated

# The terms of reference of an inquiry, as kinds of documents are named.
_DIRECTIVES = ("kommittédirektiv", "kommittedirektiv", "tilläggsdirektiv")


def find_in_text(
    text: str, *, context: AgencyContext | None = None, sections: Sequence[Section] = ()
) -> tuple[Finding, ...]:
    """Everything the extractors find in a clean text, sorted by place and type.

    `context` says what is known of the document, `sections` (spans in this text) bound the search
    for who must meet a deadline.
    """
    bodies = find_named_bodies(text, context=context)
    agencies = [body for body in bodies if body.type == "AGENCY"]
    issuer = context.issuer if context else None
    owner = issuer if any(agency.value == issuer for agency in agencies) else None
    inquiry = bool(context and context.kind and context.kind.casefold().endswith(_DIRECTIVES))
    found = [
        *bodies,
        *find_deadlines(text, agencies=agencies, sections=sections, inquiry=inquiry, owner=owner),
        *find_diarienummer(text),
        *find_amounts(text),
        *find_references(
            text, agencies=agencies, year=context.year if context else None, owner=owner
        ),
        *find_internal(text, sections=sections),
        *find_articles(text),
        *find_appropriations(text),
    ]
    return flag_truncated(text, sorted(found, key=lambda finding: (finding.at, finding.type)))


def find_mentions(document: Document, sections: Sequence[Section]) -> tuple[Mention, ...]:
    """The mentions of a document, body and notes, sorted by their place in the source text."""
    context = AgencyContext(
        issuer=document.get("issuer"), date=document.get("date"), kind=document.kind
    )
    found = find_in_text(document.text, context=context, sections=sections)
    mentions = (_mention(document, finding) for finding in found)
    return tuple(sorted(mentions, key=lambda mention: (mention.span, mention.type)))


def _mention(document: Document, finding: Finding) -> Mention:
    span = document.span_of(finding.at)
    return Mention(
        type=finding.type,
        surface=document.quote(span),
        value=finding.value,
        at=finding.at,
        span=span,
        labeller=finding.labeller,
        certainty=finding.certainty,
        reason=finding.reason,
        detail=finding.detail,
    )
