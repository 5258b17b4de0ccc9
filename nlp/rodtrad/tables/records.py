"""Values as the JSON records of the command contract: plain dicts, lists never null.

Offsets are code points in the source text, end exclusive. A `quote` is always the verbatim slice
of the source; where only a summary exists it is None and `summary` holds the words. Functions take
values only: whoever calls has read the documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rodtrad.datamodel import (
    AgencyRole,
    Amount,
    Candidate,
    ContextPassage,
    Deadline,
    Decision,
    Document,
    Gap,
    Measure,
    Mention,
    Recommendation,
    Section,
    Span,
    Stance,
    TraceLine,
)
from rodtrad.tracing.evidence import evidence_record

Record = dict[str, Any]

MAX_CANDIDATES = 100


def document_record(document: Document, *, path: str, sha256: str) -> Record:
    """A document as `rodtrad documents` prints it.

    Args:
        document: the document as read.
        path: where the file lies, as the catalogue writes it.
        sha256: hexadecimal digest of the file.

    Returns:
        The fields of the contract plus `origins`: for each metadata field where its value
        comes from (catalogue, document or file). `pages` is None where the file has no pages.
    """
    return {
        "id": document.id,
        "path": path,
        "kind": document.kind,
        "title": document.title,
        "issuer": document.get("issuer"),
        "date": document.get("date"),
        "dnr": document.get("dnr"),
        "language": document.language,
        "sha256": sha256,
        "pages": len(document.pages) or None,
        "status": document.status,
        "errors": [
            {"stage": error.stage, "message": error.message, "page": error.page}
            for error in document.errors
        ],
        "origins": {value.name: value.origin for value in document.metadata},
    }


def section_record(section: Section, document: Document) -> Record:
    """A section as `rodtrad sections` prints it; offsets cover heading and content."""
    return {
        "document": document.id,
        "number": section.number,
        "title": section.title,
        "level": section.level,
        "start": section.span.start,
        "end": section.span.end,
        "page": section.page,
        "printed_page": section.printed_page,
        "level_source": section.level_source,
    }


def mention_record(mention: Mention, document: Document, *, section: Sequence[str] = ()) -> Record:
    """An entity mention as `rodtrad entities` prints it.

    `section` is the path from the top of the section the mention stands in. Doubtful mentions
    carry `certainty` and `reason`.
    """
    record = {
        "document": document.id,
        "type": mention.type,
        "surface": mention.surface,
        **place_fields(mention.span, document),
        "section": list(section),
        "value": mention.value,
        "labeller": mention.labeller,
    }
    if mention.detail is not None:
        record["detail"] = mention.detail
    if mention.certainty == "doubtful":
        record |= {"certainty": "doubtful", "reason": mention.reason}
    return record


def recommendation_record(recommendation: Recommendation) -> Record:
    """A recommendation as `rodtrad recommendations` prints it; doubtful ones with the reason."""
    span = recommendation.span
    record = {
        "id": recommendation.id,
        "document": recommendation.document,
        "issuer": recommendation.issuer,
        "addressees": list(recommendation.addressees),
        "strength": recommendation.strength,
        "text": recommendation.text,
        "parts": list(recommendation.parts),
        "quote": recommendation.quote,
        "summary": recommendation.summary,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "page": recommendation.page,
        "section": list(recommendation.section),
        "paragraph": recommendation.paragraph,
        "repeated": recommendation.repeated,
        "own_undertaking": recommendation.own_undertaking,
        "language": recommendation.language,
        "theme": recommendation.theme,
        "articles": list(recommendation.articles),
        "source": recommendation.source,
        "note": recommendation.note,
        "dnr": list(recommendation.dnr),
        "refs": list(recommendation.refs),
    }
    if recommendation.certainty == "doubtful":
        record |= {"certainty": "doubtful", "reason": recommendation.reason}
    return record


def measure_record(measure: Measure, document: Document) -> Record:
    """A measure as `rodtrad measures` prints it; `quote` is the slice of the whole measure."""
    return {
        "id": measure.id,
        "document": measure.document,
        "title": measure.title,
        "type": measure.type,
        "state": measure.state,
        "agencies": list(measure.agencies),
        "other_agencies": list(measure.other_agencies),
        "deadlines": [[deadline.kind, deadline.date] for deadline in measure.deadlines],
        "recipient": measure.recipient,
        "dnr": list(measure.dnr),
        "other_dnr": list(measure.other_dnr),
        "refs": list(measure.refs),
        "amounts": [amount.value for amount in measure.amounts],
        "text": measure.text,
        "quote": document.quote(measure.span),
        "start": measure.span.start,
        "end": measure.span.end,
        "page": measure.page,
        "section": list(measure.section),
        "tasks": [
            {"text": task.text, **place_fields(task.span, document)} for task in measure.tasks
        ],
        "flags": list(measure.flags),
        "deadline_details": [deadline_detail(d, document) for d in measure.deadlines],
        "agency_details": [agency_detail(a, document) for a in measure.agency_roles],
        "amount_details": [amount_detail(a, document) for a in measure.amounts],
    }


def deadline_detail(deadline: Deadline, document: Document) -> Record:
    """A deadline of a measure with the span it was read from."""
    return {
        "kind": deadline.kind,
        "date": deadline.date,
        "responsible": list(deadline.responsible),
        "coordinator": deadline.coordinator,
        "recipient": deadline.recipient,
        "part": deadline.part,
        "flags": list(deadline.flags),
        "quote": document.quote(deadline.span),
        **place_fields(deadline.span, document),
    }


def agency_detail(agency: AgencyRole, document: Document) -> Record:
    """An agency, its role in the measure and the span that names it."""
    return {
        "name": agency.name,
        "role": agency.role,
        "quote": document.quote(agency.span),
        **place_fields(agency.span, document),
    }


def amount_detail(amount: Amount, document: Document) -> Record:
    """An amount in whole units of its currency, its role and the span it was read from."""
    return {
        "value": amount.value,
        "currency": amount.currency,
        "role": amount.role,
        "year": amount.year,
        "quote": document.quote(amount.span),
        **place_fields(amount.span, document),
    }


def place_fields(span: Span, document: Document) -> Record:
    """`start`, `end` and `page` of a source span; page None where the file has no pages."""
    page = document.page_of(span)
    return {"start": span.start, "end": span.end, "page": page.number if page else None}


def stance_record(stance: Stance, document: Document) -> Record:
    """A stance as `rodtrad stances` prints it."""
    return {
        "document": stance.document,
        "target_document": stance.target_document,
        "target": stance.target,
        "stance": stance.stance,
        "condition": stance.condition,
        "wishes": list(stance.wishes),
        "quote": document.quote(stance.span),
        "start": stance.span.start,
        "end": stance.span.end,
        "page": stance.page,
        "section": list(stance.section),
    }


def candidate_record(candidate: Candidate) -> Record:
    """One measure held against a recommendation."""
    return {
        "measure": candidate.measure,
        "document": candidate.document,
        "probability": candidate.probability,
        "grade": candidate.grade,
        "explicit": candidate.explicit,
        "accepted": candidate.accepted,
        "signals": list(candidate.signals),
        "evidence": {
            "from": evidence_record(candidate.evidence_from),
            "to": evidence_record(candidate.evidence_to),
        },
        "decision": decision_record(candidate.decision),
    }


def decision_record(decision: Decision | None) -> Record | None:
    """What a person decided; null where nobody has."""
    if decision is None:
        return None
    return {
        "action": decision.action,
        "who": decision.who,
        "when": decision.when,
        "grade": decision.grade,
        "comment": decision.comment,
        "suspect": decision.suspect,
        "dissenters": list(decision.dissenters),
        "event": decision.event,
    }


def gap_record(gap: Gap) -> Record:
    """What was searched, what came closest, how many links are expected to be missed."""
    return {
        "searched": gap.searched,
        "best_rejected": list(gap.best_rejected),
        "expected_misses": gap.expected_misses,
    }


def context_record(passage: ContextPassage) -> Record:
    """A passage outside the measures that touches the subject."""
    return {**evidence_record(passage.evidence), "score": passage.score}


def trace_record(line: TraceLine) -> Record:
    """One recommendation of `rodtrad trace`: its links, all candidates, its gap and context.

    `candidates` keeps the order of the line and holds at most 100; no accepted one is left out.
    `links` is its accepted part.
    """
    candidates = [candidate_record(c) for c in leading_candidates(line.candidates)]
    return {
        "id": line.id,
        "document": line.document,
        "text": line.text,
        "strength": line.strength,
        "status": line.status,
        "links": [record for record in candidates if record["accepted"]],
        "candidates": candidates,
        "gap": gap_record(line.gap) if line.gap else None,
        "context": [context_record(passage) for passage in line.context],
        "decision": decision_record(line.decision),
    }


def leading_candidates(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The first 100 candidates in rank order, with room made for every accepted one."""
    ranked = tuple(candidates)
    room = max(0, MAX_CANDIDATES - sum(c.accepted for c in ranked))
    kept = []
    for candidate in ranked:
        if candidate.accepted:
            kept.append(candidate)
        elif room:
            kept.append(candidate)
            room -= 1
    return tuple(kept)
