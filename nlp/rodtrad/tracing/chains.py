"""Chains: from a recommendation over measure, decision and report to the consultation replies.

A hop is explicit where the two ends carry or name the same own number (dnr), or where the
assignment is the same by its letter of appropriation or its object; it is implicit where it rests
on a trace link. Hops stand in order of kind and date; a hop that goes back in time says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rodtrad.datamodel import (
    AnnotatedDocument,
    Evidence,
    Measure,
    Mention,
    Passage,
    Sentence,
    Span,
    TraceLine,
)
from rodtrad.segmentation.sentences import split_sentences
from rodtrad.statements import Assignment, origin_of, same_assignments
from rodtrad.tracing.conflicts import Conflict, left_unreported, stated, told_otherwise
from rodtrad.tracing.evidence import evidence_record, measure_evidence
from rodtrad.tracing.explicit import plain_dnr

_DECISIONS = frozenset({"regeringsuppdrag", "regeringsbeslut", "annat regeringsbeslut"})
_REPORTS = frozenset({"redovisning", "lägesrapport", "rapport"})
_REPLIES = frozenset({"remissvar"})
_WORD = re.compile(r"\w{4,}")
_KINDS = ("recommendation", "measure", "assignment", "report", "reply", "mention")


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: ends as "document#id", or a document's id alone.

    `kind` says what the second end is: measure, assignment, report, reply or mention. `probability`
    is None for explicit hops. `in_order` is False where the second end is older, None where a date
    is not known.
    """

    source: str
    target: str
    kind: str
    explicit: bool
    probability: float | None
    in_order: bool | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The hops from one item on, and the conflicts between sources met on the way."""

    item: str
    hops: tuple[Hop, ...]
    conflicts: tuple[Conflict, ...]


def chain_of(
    item: str, documents: Sequence[AnnotatedDocument], *, lines: Sequence[TraceLine] = ()
) -> Chain:
    """The chain of "document#id": a recommendation with its trace line, or a measure.

    Args:
        item: names a recommendation of one of `lines`, or a measure of one of `documents`.
        documents: all that may stand in the chain.
        lines: the trace lines of the recommendations; only the item's own is read.
    """
    corpus = _Corpus(documents)
    hops: list[Hop] = []
    starts = [item] if item in corpus.measures else []
    for line in lines:
        if name_of(line.document, line.id) == item:
            hops += corpus.linked(line)
            starts += [hop.target for hop in hops]
    conflicts: list[Conflict] = []
    for start in dict.fromkeys(starts):
        if start in corpus.measures:
            hops += corpus.onward(start)
            conflicts += corpus.conflicts(start)
    unique = {(h.source, h.target, h.kind): h for h in hops}
    ordered = sorted(unique.values(), key=lambda h: (_KINDS.index(h.kind), corpus.date(h.target)))
    return Chain(item, tuple(ordered), tuple(dict.fromkeys(conflicts)))


def name_of(document: str, key: str) -> str:
    """How an item is named in a chain."""
    return f"{document}#{key}"


class _Corpus:
    """The documents with their measures and the assignments they have in common."""

    def __init__(self, documents: Sequence[AnnotatedDocument]) -> None:
        self.documents = {d.id: d for d in documents}
        self.measures = {name_of(d.id, m.id): m for d in documents for m in d.measures}
        origins = {d.id: origin_of(d.document, d.mentions) for d in documents}
        self._assignments = same_assignments(tuple(self.measures.values()), origins)
        self._plain = {d.id: d.document for d in documents}

    def date(self, name: str) -> str:
        """The date of the document an end stands in; "" where it is not known."""
        document = self.documents.get(name.partition("#")[0])
        return (document.document.get("date") or "") if document else ""

    def linked(self, line: TraceLine) -> Iterator[Hop]:
        """From a recommendation to the measures accepted as its answers."""
        source = name_of(line.document, line.id)
        for link in line.links:
            yield Hop(
                source,
                name_of(link.document, link.measure),
                "measure",
                link.explicit,
                None if link.explicit else link.probability,
                self._in_order(line.document, link.document),
                (link.evidence_from, link.evidence_to),
            )

    def onward(self, start: str) -> Iterator[Hop]:
        """From a measure to its other versions, its reports, and the documents that name it."""
        own, taken = self.measures[start], set[str]()
        named = {document.id: mention for document, mention in self._naming(own)}
        for one in self._assignments_of(own):
            for version in one.versions:
                if version.document != own.document:
                    taken.add(version.document)
                    yield self._version_hop(start, own, version)
            for report in one.reported_in:
                taken.add(report)
                yield self._document_hop(start, own, report, "report", named.get(report))
        for document, mention in named.items():
            if document not in taken:
                kind = _kind(self.documents[document], mention)
                yield self._document_hop(start, own, document, kind, mention)

    def conflicts(self, start: str) -> Iterator[Conflict]:
        """Where sources of a measure's assignment differ; the decision ranks above a plan.

        First its versions, then what other documents say of it, then what its reports leave out.
        """
        everything = tuple(self.documents.values())
        found = list(self._assignments_of(self.measures[start]))
        yield from self._version_conflicts(found, everything)
        for versions in [one.versions for one in found] or [(self.measures[start],)]:
            yield from told_otherwise(versions, everything)
        for one in found:
            for report in one.reported_in:
                yield from left_unreported(one.versions, self.documents[report], everything)

    def _version_conflicts(
        self, found: Sequence[Assignment], everything: Sequence[AnnotatedDocument]
    ) -> Iterator[Conflict]:
        for one in found:
            leading = one.versions[0]
            for difference in one.differences:
                other = self.measures[difference.version]
                says = difference.missing or difference.leading
                told = () if difference.field == "tasks" else difference.other
                yield Conflict(
                    difference.field,
                    name_of(leading.document, leading.id),
                    difference.leading,
                    difference.version,
                    difference.other,
                    difference.missing,
                    (
                        stated(leading, difference.field, says, everything),
                        stated(other, difference.field, told, everything),
                    ),
                )

    def _assignments_of(self, measure: Measure) -> Iterator[Assignment]:
        for one in self._assignments:
            if any((v.document, v.id) == (measure.document, measure.id) for v in one.versions):
                yield one

    def _version_hop(self, start: str, own: Measure, version: Measure) -> Hop:
        decided = self._is_decided(version)
        return Hop(
            start,
            name_of(version.document, version.id),
            "assignment" if decided else "measure",
            True,
            None,
            self._versions_in_order(own, version),
            self._both_stated(own, version),
        )

    def _versions_in_order(self, own: Measure, version: Measure) -> bool | None:
        """A decision comes before the plan that tells of it, whichever the chain meets first.

        Two decisions, or two plans, may come in either order.
        """
        if self._is_decided(own) == self._is_decided(version):
            return None
        decision, told = (own, version) if self._is_decided(own) else (version, own)
        return self._in_order(decision.document, told.document)

    def _is_decided(self, measure: Measure) -> bool:
        return self.documents[measure.document].document.kind.casefold() in _DECISIONS

    def _naming(self, measure: Measure) -> Iterator[tuple[AnnotatedDocument, Mention]]:
        """The first place in each other document where the measure's own number stands."""
        numbers = {plain_dnr(number) for number in measure.dnr}
        for document in self.documents.values():
            if document.id == measure.document:
                continue
            for mention in document.entities:
                if _is_of(mention, numbers):
                    yield document, mention
                    break

    def _document_hop(
        self, start: str, own: Measure, target: str, kind: str, mention: Mention | None
    ) -> Hop:
        named = () if mention is None else (self._mentioned(self.documents[target], mention),)
        found = (self._stated(own, tuple(e.quote or "" for e in named)), *named)
        return Hop(start, target, kind, True, None, self._in_order(own.document, target), found)

    def _both_stated(self, own: Measure, version: Measure) -> tuple[Evidence, Evidence]:
        """What shows that two measures are one: where a number stands, and what is like it."""
        leads = bool(self._numbered(own))
        one, other = (own, version) if leads else (version, own)
        first = self._stated(one, _texts(other))
        second = self._stated(other, (first.quote or "",))
        return (first, second) if leads else (second, first)

    def _numbered(self, measure: Measure) -> list[Sentence]:
        """The sentences of a measure that its own number stands in."""
        numbers = {plain_dnr(number) for number in measure.dnr}
        places = [m.span for m in self.documents[measure.document].entities if _is_of(m, numbers)]
        return [s for s in measure.sentences if any(s.span.overlaps(at) for at in places)]

    def _stated(self, measure: Measure, others: Sequence[str]) -> Evidence:
        """The sentence of a measure that shows a hop: the one most like `others`.

        Where its own number stands in sentences of its text, only those are asked.
        """
        best = max(
            self._numbered(measure) or measure.sentences,
            key=lambda s: max((_likeness(s.text, other) for other in others), default=0.0),
            default=None,
        )
        return measure_evidence(measure, best, self._plain)

    def _mentioned(self, found: AnnotatedDocument, mention: Mention) -> Evidence:
        passage = next(
            (p for p in found.passages if p.at.start <= mention.at.start < p.at.end), None
        )
        at = _sentence_at(passage, mention.at) if passage else mention.at
        span = found.document.span_of(at)
        page = found.document.page_of(span)
        return Evidence(
            document=found.id,
            quote=found.document.quote(span),
            start=span.start,
            end=span.end,
            page=page.number if page else None,
            section=found.section_path(found.section_at(mention.at.start)),
        )

    def _in_order(self, earlier: str, later: str) -> bool | None:
        """Whether one document is not younger than another, as far as both dates tell."""
        first, second = self.date(earlier), self.date(later)
        if not first or not second:
            return None
        shared = min(len(first), len(second))
        return first[:shared] <= second[:shared]


def _is_of(mention: Mention, numbers: Collection[str]) -> bool:
    return mention.type == "DIARIENUMMER" and plain_dnr(str(mention.value)) in numbers


def _sentence_at(passage: Passage, at: Span) -> Span:
    """The sentence of a passage in which a mention begins, by clean offsets; else the passage."""
    first = passage.at.start
    spans = (Span(first + s.start, first + s.end) for s in split_sentences(passage.text))
    return next((s for s in spans if s.start <= at.start < s.end), passage.at)


def _texts(measure: Measure) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in measure.sentences)


def _likeness(one: str, other: str) -> float:
    """The share of words of four letters or more that two sentences have in common."""
    first, second = (set(_WORD.findall(text.casefold())) for text in (one, other))
    return len(first & second) / (len(first | second) or 1)


def _kind(document: AnnotatedDocument, mention: Mention) -> str:
    kind = document.document.kind.casefold()
    own = (document.document.get("dnr") or "").split(",")
    if plain_dnr(str(mention.value)) in map(plain_dnr, own):
        return "assignment"
    if kind in _REPLIES:
        return "reply"
    return "report" if kind in _REPORTS else "mention"


def chain_record(chain: Chain) -> Mapping[str, Any]:
    """The chain as JSON data: hops with evidence, conflicts with both quotes."""
    return {
        "item": chain.item,
        "hops": [
            {
                "from": hop.source,
                "to": hop.target,
                "kind": hop.kind,
                "explicit": hop.explicit,
                "probability": hop.probability,
                "in_order": hop.in_order,
                "evidence": [evidence_record(e) for e in hop.evidence],
            }
            for hop in chain.hops
        ],
        "conflicts": [
            {
                "field": c.field,
                "leading": c.leading,
                "leading_says": list(c.leading_says),
                "other": c.other,
                "other_says": list(c.other_says),
                "missing": list(c.missing),
                "evidence": [evidence_record(e) for e in c.evidence],
            }
            for c in chain.conflicts
        ],
    }
