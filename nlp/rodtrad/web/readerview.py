"""A document as it is read: blocks with their entities, statements with their links."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from rodtrad.datamodel import AnnotatedDocument, Block, Measure, Mention, Recommendation, Span
from rodtrad.pipeline.countjob import counts_figure
from rodtrad.pipeline.records import measures_as_of
from rodtrad.pipeline.tracejob import Traced
from rodtrad.tables.picture import Figure
from rodtrad.tables.terms import Language
from rodtrad.tables.wording import shorten
from rodtrad.web.library import Library
from rodtrad.web.models import (
    BlockItem,
    LeafView,
    LinkItem,
    MentionItem,
    ReaderView,
    SectionItem,
    StatementItem,
)
from rodtrad.web.startpage import document_item

PART = 120_000
TITLE = 120
Links = dict[tuple[str, str], list[LinkItem]]


def reader_view(
    library: Library, document_id: str, *, part: int, place: Span | None, as_of: date
) -> ReaderView:
    """One part of a document, that of `place` where a stretch of the source text is asked for.

    Long documents are cut into parts of about 120,000 characters, between blocks.
    """
    found = library.document(document_id)
    starts = _part_starts(found.document.blocks)
    at = _clean_span(found, place) if place else None
    chosen = _part_of(starts, at.start) if at else max(1, min(part, len(starts)))
    end = starts[chosen] if chosen < len(starts) else len(found.document.text) + 1
    blocks = [b for b in found.document.blocks if starts[chosen - 1] <= b.at.start < end]
    return ReaderView(
        document=document_item(library.record(document_id)),
        part=chosen,
        parts=len(starts),
        has_pictures=library.pdf_of(document_id) is not None,
        sections=[_section_item(found, i, starts) for i in range(len(found.sections))],
        blocks=_block_items(found, blocks, at),
        statements=_statements(found, blocks, _links(library.traces(), found.id), as_of),
        counts=dict(Counter(m.type for m in found.entities)),
        quote=found.document.quote(place) if place else None,
    )


def entity_figure(found: AnnotatedDocument, language: Language) -> Figure:
    """How many entities of each type a document holds, as `rodtrad entities -o` draws it."""
    kinds = [mention.type for mention in found.entities]
    return counts_figure(kinds, [found], language=language)


def leaf_view(library: Library, document_id: str, number: int) -> LeafView | None:
    """One page with its text; None where the document has no such page."""
    document = library.document(document_id).document
    page = next((p for p in document.pages if p.number == number), None)
    if page is None:
        return None
    picture = f"/dokument/{document_id}/sida/{number}.png" if library.pdf_of(document_id) else None
    return LeafView(
        document=document_item(library.record(document_id)),
        page=number,
        pages=len(document.pages),
        printed_page=page.printed,
        text=document.source[page.start : page.end],
        picture=picture,
    )


def _part_starts(blocks: Sequence[Block]) -> list[int]:
    starts = [0]
    for block in blocks:
        if block.at.end - starts[-1] > PART and block.at.start > starts[-1]:
            starts.append(block.at.start)
    return starts


def _part_of(starts: Sequence[int], offset: int) -> int:
    return max(1, bisect_right(starts, offset))


def _clean_span(found: AnnotatedDocument, place: Span) -> Span | None:
    clean = found.document.clean
    start, last = clean.to_clean(place.start), clean.to_clean(place.end - 1)
    return Span(start, last + 1) if start <= last and start < len(clean.text) else None


def _section_item(found: AnnotatedDocument, index: int, starts: Sequence[int]) -> SectionItem:
    section = found.sections[index]
    return SectionItem(
        number=section.number,
        title=section.title,
        level=section.level,
        start=section.span.start,
        end=section.span.end,
        page=section.page,
        part=_part_of(starts, section.at.start),
    )


def _block_items(
    found: AnnotatedDocument, blocks: Sequence[Block], place: Span | None
) -> list[BlockItem]:
    mentions = sorted(found.entities, key=lambda m: (m.at.start, -m.at.end))
    starts = [m.at.start for m in mentions]
    listed = {s.at.start: s for s in found.sections if s.level_source == "list"}
    items = []
    for block in blocks:
        section = listed.get(block.at.start)
        if section:
            items.append(_heading(section.label, section.span))
        near = mentions[bisect_right(starts, block.at.start - 1) :]
        items.append(_block_item(found, block, _inside(near, block.at), place))
    return items


def _heading(label: str, span: Span) -> BlockItem:
    return BlockItem(
        kind="heading",
        text=label,
        start=span.start,
        end=span.end,
        level=1,
        page=None,
        printed_page=None,
        mentions=[],
        found=None,
    )


def _inside(mentions: Iterable[Mention], at: Span) -> list[Mention]:
    inside, position = [], at.start
    for mention in mentions:
        if mention.at.start >= at.end:
            break
        if mention.at.start >= position and mention.at.end <= at.end:
            inside.append(mention)
            position = mention.at.end
    return inside


def _block_item(
    found: AnnotatedDocument, block: Block, mentions: Sequence[Mention], place: Span | None
) -> BlockItem:
    document, at = found.document, block.at
    span = document.span_of(at)
    page = document.page_of(span)
    shared = None
    if place and place.overlaps(at):
        shared = [max(place.start, at.start) - at.start, min(place.end, at.end) - at.start]
    return BlockItem(
        kind=block.kind,
        text=at.of(document.text),
        start=span.start,
        end=span.end,
        level=block.level,
        page=page.number if page else None,
        printed_page=page.printed if page else None,
        mentions=[_mention_item(m, at) for m in mentions],
        found=shared,
    )


def _mention_item(mention: Mention, at: Span) -> MentionItem:
    return MentionItem(
        type=mention.type,
        surface=mention.surface,
        start=mention.span.start,
        end=mention.span.end,
        at=[mention.at.start - at.start, mention.at.end - at.start],
        value=mention.value,
        remark=_remark(mention),
    )


def _remark(mention: Mention) -> str | None:
    slip = (mention.detail or {}).get("slip")
    return mention.reason or (slip if isinstance(slip, str) else None)


def _statements(
    found: AnnotatedDocument, blocks: Sequence[Block], links: Links, as_of: date
) -> list[StatementItem]:
    starts = [b.at.start for b in blocks]
    items = []
    for start, item in (*_demands(found), *_measures(found, as_of), *_stances(found)):
        if blocks and starts[0] <= start < blocks[-1].at.end:
            index = max(0, bisect_right(starts, start) - 1)
            origin = found.document.span_of(blocks[index].at).start
            mine = links.get((item.kind, item.id), [])
            items.append(item.model_copy(update={"block": origin, "links": mine}))
    return items


def _demands(found: AnnotatedDocument) -> Iterable[tuple[int, StatementItem]]:
    for demand in found.recommendations:
        if demand.span:
            start = found.document.clean.to_clean(demand.span.start)
            yield start, _item("recommendation", demand.id, demand.text, demand.span,
                               word=demand.strength, agencies=demand.addressees)  # fmt: skip


def _measures(found: AnnotatedDocument, as_of: date) -> Iterable[tuple[int, StatementItem]]:
    for measure in measures_as_of(found, as_of=as_of):
        deadlines = [(d.kind, d.date) for d in measure.deadlines]
        yield measure.at.start, _item("measure", measure.id, measure.title, measure.span,
                                      word=measure.state, agencies=measure.agencies,
                                      deadlines=deadlines)  # fmt: skip


def _stances(found: AnnotatedDocument) -> Iterable[tuple[int, StatementItem]]:
    for number, stance in enumerate(found.stances, 1):
        start = found.document.clean.to_clean(stance.span.start)
        yield start, _item("stance", str(number), stance.target, stance.span, word=stance.stance)


def _item(
    kind: str,
    identifier: str,
    title: str,
    span: Span,
    *,
    word: str | None,
    agencies: Sequence[str] = (),
    deadlines: Sequence[tuple[str, str]] = (),
) -> StatementItem:
    return StatementItem(
        kind=kind,
        id=identifier,
        title=shorten(title, TITLE),
        word=word,
        agencies=list(agencies),
        deadlines=[list(pair) for pair in deadlines],
        start=span.start,
        end=span.end,
        block=0,
        links=[],
    )


def _links(traces: Iterable[Traced], document: str) -> Links:
    """Links of a document's statements, from the traces at hand; the latest one wins."""
    links: dict[tuple[str, str], dict[tuple[str, str], LinkItem]] = defaultdict(dict)
    for traced in traces:
        measures = {(m.document, m.id): m for m in traced.measures}
        demands = {(r.document, r.id): r for r in traced.recommendations}
        for line in traced.lines:
            for c in line.links:
                demand = demands.get((line.document, line.id))
                measure = measures.get((c.document, c.measure))
                if line.document == document and measure:
                    link = _measure_link(measure, c.probability, c.grade)
                    links["recommendation", line.id][c.document, c.measure] = link
                if c.document == document and demand:
                    link = _demand_link(demand, c.probability, c.grade)
                    links["measure", c.measure][line.document, line.id] = link
    return {key: list(found.values()) for key, found in links.items()}


def _measure_link(measure: Measure, probability: float, grade: int) -> LinkItem:
    return LinkItem(
        document=measure.document,
        id=measure.id,
        title=shorten(measure.title, TITLE),
        probability=probability,
        grade=grade,
        start=measure.span.start,
        end=measure.span.end,
    )


def _demand_link(demand: Recommendation, probability: float, grade: int) -> LinkItem:
    return LinkItem(
        document=demand.document,
        id=demand.id,
        title=shorten(demand.text, TITLE),
        probability=probability,
        grade=grade,
        start=demand.span.start if demand.span else None,
        end=demand.span.end if demand.span else None,
    )
