"""A remissammanställning over replies and referrals, as records and as lines to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.statements import (
    ProposalSummary,
    Reply,
    answered_bodies,
    asked_bodies,
    participation,
    summarise,
)
from rodtrad.tables.records import stance_record

Record = dict[str, Any]

_REPLY, _REFERRAL = "remissvar", "remiss"
_WORDS = {
    "sv": {
        "condition": "villkor",
        "asks": "begär",
        "asked": "Tillfrågade",
        "answered": "Svarat",
        "abstained": "Avstått",
        "silent": "Inte svarat",
        "unasked": "Svarat utan att vara tillfrågade",
    },
    "en": {
        "condition": "condition",
        "asks": "asks",
        "asked": "Asked",
        "answered": "Answered",
        "abstained": "Abstained",
        "silent": "Silent",
        "unasked": "Answered unasked",
    },
}


def summary_records(found: Sequence[AnnotatedDocument]) -> list[Record]:
    """One record a proposal, then one on who was asked, answered, abstained and was silent.

    Args:
        found: replies (kind remissvar), and referrals (kind remiss) for the list of those asked.
    """
    replies = [_reply(d) for d in found if d.document.kind == _REPLY]
    documents = {d.id: d for d in found}
    referrals = [d.document.source for d in found if d.document.kind == _REFERRAL]
    asked = [name for text in referrals for name in asked_bodies(text)]
    listed = [name for text in referrals for name in answered_bodies(text)]
    took_part = participation(asked, replies, listed=listed)
    proposals = [_record(p, documents) for p in summarise(replies)]
    bodies = {key: list(names) for key, names in asdict(took_part).items()}
    return [*proposals, {"record": "participation", **bodies}]


def _reply(found: AnnotatedDocument) -> Reply:
    body = found.document.get("issuer") or found.id
    return Reply(found.id, body, found.stances, found.recommendations)


def _record(proposal: ProposalSummary, documents: Mapping[str, AnnotatedDocument]) -> Record:
    return {
        "record": "proposal",
        "target_document": proposal.target_document,
        "proposal": proposal.proposal,
        "reference": proposal.reference,
        "opinions": [
            {
                "body": o.body,
                "position": o.position,
                **stance_record(o.stance, documents[o.stance.document].document),
            }
            for o in proposal.opinions
        ],
        "requests": [
            {
                "body": r.body,
                "document": r.document,
                "text": r.text,
                "quote": documents[r.document].document.quote(r.span) if r.span else None,
                "start": r.span.start if r.span else None,
                "end": r.span.end if r.span else None,
                "section": list(r.section),
            }
            for r in proposal.requests
        ],
    }


def summary_lines(records: Sequence[Record], *, language: str) -> Iterator[str]:
    """What a person reads: each proposal, who thinks what in their own words, who asks for what."""
    words = _WORDS["en" if language == "en" else "sv"]
    for record in records:
        if record["record"] == "participation":
            yield from _participation_lines(record, words)
        else:
            yield from _proposal_lines(record, words)
            yield ""


def _proposal_lines(record: Record, words: Mapping[str, str]) -> Iterator[str]:
    target = " ".join(filter(None, (record["target_document"], record["reference"])))
    yield f"{record['proposal']}{f' ({target})' if target else ''}"
    for opinion in sorted(record["opinions"], key=lambda o: o["position"]):
        quote = " ".join(opinion["quote"].split())
        yield f"  {opinion['stance']}: {opinion['body']}: ”{quote}”"
        if opinion["condition"]:
            yield f"    {words['condition']}: {opinion['condition']}"
    for request in record["requests"]:
        yield f"  {words['asks']}: {request['body']}: ”{' '.join(request['text'].split())}”"


def _participation_lines(record: Record, words: Mapping[str, str]) -> Iterator[str]:
    for key in ("asked", "answered", "abstained", "silent", "unasked"):
        names = record[key]
        if names or key == "asked":
            yield f"{words[key]} ({len(names)}): {', '.join(names) or '–'}"
