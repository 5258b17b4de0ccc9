"""Recommendations in a document of any kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rodtrad.datamodel import Document, Mention, Recommendation, Section, Span
from rodtrad.statements.addressees import addressees_of
from rodtrad.statements.build import slug
from rodtrad.statements.english import find_english
from rodtrad.statements.fields import references_of
from rodtrad.statements.issuer import issuer_of, own_names
from rodtrad.statements.proposals import Proposal, find_proposals
from rodtrad.statements.reading import Reading, Unit, joined
from rodtrad.statements.replies import find_reply_demands
from rodtrad.statements.splitting import split_demand

_NO_DEMANDS = frozenset(
    {
        "handlingsplan",
        "regeringsuppdrag",
        "regeringsbeslut",
        "annat regeringsbeslut",
        "regleringsbrev",
        "kommittédirektiv",
        "tilläggsdirektiv",
        "proposition",
        "lagrådsremiss",
        "skrivelse",
        "remiss",
    }
)


def find_recommendations(
    document: Document, sections: Sequence[Section], mentions: Sequence[Mention]
) -> tuple[Recommendation, ...]:
    """What the document's issuer asks others to do, or undertakes itself; one a demand.

    Findings, descriptions and what others are reported to ask are left out. The Government's own
    plans and decisions order, they do not ask: they give none.
    """
    if document.kind.casefold() in _NO_DEMANDS:
        return ()
    reading = Reading(document, tuple(sections), tuple(mentions))
    if document.language == "en":
        return _numbered(reading, find_english(reading))
    if document.kind == "remissvar":
        return _numbered(reading, [_written(reading, p) for p in find_reply_demands(reading)])
    return _numbered(reading, [_written(reading, p) for p in find_proposals(reading)])


def _written(reading: Reading, proposal: Proposal) -> Recommendation:
    head = proposal.formal.unit
    antecedent = _antecedent(reading, head)
    units = [*([antecedent] if antecedent else []), *(d.unit for d in proposal.sentences)]
    strength = _strength(proposal)
    issuer = issuer_of(reading)
    own = own_names(reading)
    undertakes = strength == "undertake"
    default = (issuer,) if undertakes else _default_addressees(reading)
    ordered = [head, *(u for u in units if u is not head)]
    span = reading.document.span_of(head.at)
    page = reading.document.page_of(span)
    return Recommendation(
        id="",
        document=reading.document.id,
        issuer=issuer,
        addressees=default
        if undertakes or proposal.formal.cue.label == "wish"
        else addressees_of(reading, ordered, default=default, own=own),
        strength=strength,
        text=head.line,
        language=reading.document.language,
        parts=_parts(reading, head, antecedent),
        quote=reading.document.quote(span),
        span=span,
        page=page.number if page else None,
        section=reading.path(proposal.section),
        own_undertaking=undertakes,
        context=context_of(reading, proposal.section, head),
        sentences=tuple(reading.sentence(u) for u in units),
        dnr=_values(reading, units, "DIARIENUMMER"),
        refs=tuple(dict.fromkeys(r for u in units for r in references_of(reading, u.at))),
    )


def _strength(proposal: Proposal) -> str | None:
    label = proposal.formal.cue.label
    return label if label in ("recommend", "propose", "endorse", "undertake") else None


def _default_addressees(reading: Reading) -> tuple[str, ...]:
    """Reports, inquiries and replies are handed to the Government."""
    return ("regeringen",) if reading.document.language == "sv" else ()


_POINTS_BACK = re.compile(
    r"\b(?:detta|dessa|denna|sådana?|sådant)\s+(?:förslag|rekommendation\w*|förslagen)\b",
    re.IGNORECASE,
)
_PROPOSED_THERE = re.compile(r"\b(?:föresl\w+|rekommender\w+|förslag\w*)\b", re.IGNORECASE)


def _antecedent(reading: Reading, head: Unit) -> Unit | None:
    """The sentence with the proposal that "detta förslag" points back to, in the same section."""
    if not _POINTS_BACK.search(head.line):
        return None
    units = reading.units_of_section.get(head.section, [])
    before = [u for u in units if u.at.end <= head.at.start]
    return next((u for u in reversed(before[-3:]) if _PROPOSED_THERE.search(u.line)), None)


def _parts(reading: Reading, head: Unit, antecedent: Unit | None = None) -> tuple[str, ...]:
    """The pieces of a demand; where its first piece points back, the sentence it points to."""
    parts = _own_parts(reading, head)
    if antecedent is None:
        return parts
    return (antecedent.line, *parts[1:]) if len(parts) > 1 else (antecedent.line,)


def _own_parts(reading: Reading, head: Unit) -> tuple[str, ...]:
    points: list[str] = []
    if head.line.rstrip().endswith((":", " att")):
        following = [u for u in reading.units if u.block > head.block]
        block = head.block
        for unit in following:
            if unit.kind != "list_item":
                break
            if unit.block == block and points:
                points[-1] = f"{points[-1]} {unit.line}"
            else:
                points.append(unit.line)
            block = unit.block
    return split_demand(head.line, points)


def _values(reading: Reading, units: Iterable[Unit], kind: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(str(m.value) for u in units for m in reading.mentions_in(u.at, kind))
    )


_CONTEXT = 1800


def context_of(reading: Reading, section: int | None, head: Unit) -> str:
    """The section's heading and the paragraphs around a demand, up to 1,800 characters."""
    title = reading.sections[section].title if section is not None else ""
    units = reading.units_of_section.get(section, [])
    near = [u for u in units if abs(u.at.start - head.at.start) <= _CONTEXT]
    text = joined(near)[:_CONTEXT]
    return f"{' '.join(title.split())}. {text}" if title else text


def _numbered(reading: Reading, found: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """Readable ids: paragraph number, else section number or slug; further ones get "-2", "-3"."""
    counts: Counter[str] = Counter()
    named = []
    for item in found:
        base = item.paragraph or _section_id(reading, item)
        counts[base] += 1
        number = counts[base]
        named.append(replace(item, id=base if number == 1 else f"{base}-{number}"))
    return tuple(named)


def _section_id(reading: Reading, item: Recommendation) -> str:
    if item.span is None or not item.section:
        return "inledning"
    at = Span(reading.document.clean.to_clean(item.span.start), len(reading.document.text))
    inside = [s for s in reading.sections if s.at.start <= at.start < s.at.end]
    innermost = max(inside, key=lambda s: s.at.start, default=None)
    if innermost is None:
        return "inledning"
    return innermost.number or slug(innermost.title)
