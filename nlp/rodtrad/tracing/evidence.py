"""The quotes at both ends of a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rodtrad.datamodel import Document, Evidence, Measure, Recommendation, Sentence, Span
from rodtrad.tracing.texts import Side


def _quoted(
    document: Document | None, span: Span, *, section: tuple[str, ...], page: int | None
) -> Evidence | None:
    if document is None or span.end > len(document.source):
        return None
    here = document.page_of(span)
    return Evidence(
        document=document.id,
        quote=document.quote(span),
        start=span.start,
        end=span.end,
        page=here.number if here else page,
        section=section,
    )


def recommendation_evidence(
    recommendation: Recommendation, best: str, documents: Mapping[str, Document]
) -> Evidence:
    """The demand's sentence that fits best, else its whole span, else its summary."""
    found = next((s.span for s in recommendation.sentences if s.text == best), recommendation.span)
    if found is not None and recommendation.summary is None:
        quoted = _quoted(
            documents.get(recommendation.document),
            found,
            section=recommendation.section,
            page=recommendation.page,
        )
        if quoted is not None:
            return quoted
    return Evidence(
        document=recommendation.document,
        quote=None,
        start=None,
        end=None,
        page=recommendation.page,
        section=recommendation.section,
        summary=recommendation.summary or recommendation.text,
    )


def measure_evidence(
    measure: Measure, best: Sentence | None, documents: Mapping[str, Document]
) -> Evidence:
    """The measure's sentence that fits best, verbatim; its whole text where it has none."""
    span = best.span if best is not None else measure.span
    quoted = _quoted(
        documents.get(measure.document), span, section=measure.section, page=measure.page
    )
    if quoted is not None:
        return quoted
    return Evidence(
        document=measure.document,
        quote=None,
        start=None,
        end=None,
        page=measure.page,
        section=measure.section,
        summary=best.text if best is not None else measure.title,
    )


def sentence_of(measure: Measure, unit_text: str) -> Sentence | None:
    """The measure's sentence with this text, blanks apart."""
    wanted = " ".join(unit_text.split())
    return next((s for s in measure.sentences if " ".join(s.text.split()) == wanted), None)


def best_unit(side: Side, scores: Sequence[float]) -> str:
    """The text of the unit with the highest score times weight; the title where there is none."""
    if not side.units:
        return side.title
    ranked = zip(side.units, scores, strict=True)
    return max(ranked, key=lambda pair: pair[1] * pair[0].weight)[0].text


def evidence_record(evidence: Evidence) -> dict[str, Any]:
    """JSON form of a quote, or a summary, with its place."""
    return {
        "document": evidence.document,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "page": evidence.page,
        "section": list(evidence.section),
        "summary": evidence.summary,
    }
