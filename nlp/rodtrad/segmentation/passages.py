"""Passages: whole paragraphs or list items of one section, of a size the encoder reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from rodtrad.datamodel import Block, Document, Passage, Section, Span
from rodtrad.ingest.language import detect_language
from rodtrad.segmentation.sections import innermost_section, section_path
from rodtrad.segmentation.sentences import split_sentences

ENOUGH_WORDS = 120
MOST_WORDS = 180
_SEPARATOR = b"\x1f"
_FLAGS = {
    "contents": "contents",
    "reference_list": "reference_list",
    "footnote": "footnote",
    "heading": "heading",
    "signature": "signature",
    "table": "table",
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the clean text to be merged with its neighbours."""

    at: Span
    section: int | None
    flags: tuple[str, ...]
    words: int


def find_passages(document: Document, sections: Sequence[Section]) -> tuple[Passage, ...]:
    """The passages of a document in the order of its clean text.

    Neighbouring blocks of one section are merged until they have 120 words and never beyond 180;
    longer paragraphs are split at sentence ends. A heading becomes a passage of its own only where
    nothing but other headings follows it; otherwise it is in the passages' `path`.
    """
    pieces = [p for p in _pieces(document, sections) if p.words]
    seen: Counter[tuple[tuple[str, ...], str]] = Counter()
    passages: list[Passage] = []
    for run in _merge(pieces):
        passage = _passage(document, sections, run)
        again = seen[(passage.path, passage.text)]
        seen[(passage.path, passage.text)] += 1
        if again:
            key = passage_key(document.id, passage.path, passage.text, again=again)
            passage = replace(passage, key=key)
        passages.append(passage)
    return tuple(passages)


def passage_key(document_id: str, path: Sequence[str], text: str, *, again: int = 0) -> str:
    """A digest of document id, section path and text: equal for equal passages in any order.

    `again` tells apart the second, third … time that one section says the same.
    """
    parts = [document_id, *path, text, *([str(again)] if again else [])]
    return blake2b(_SEPARATOR.join(p.encode() for p in parts), digest_size=16).hexdigest()


def _pieces(document: Document, sections: Sequence[Section]) -> Iterator[_Piece]:
    blocks = document.blocks
    for index, block in enumerate(blocks):
        if block.kind == "heading" and _has_body(blocks, index):
            continue
        section = _section_of(document, sections, block)
        flags = tuple(f for f in (_FLAGS.get(block.kind), *block.flags) if f and f != "bold")
        for at in _split(document.text, block.at):
            yield _Piece(at, section, flags, len(at.of(document.text).split()))


def _has_body(blocks: Sequence[Block], index: int) -> bool:
    return index + 1 < len(blocks) and blocks[index + 1].kind not in ("heading", "footnote")


def _section_of(document: Document, sections: Sequence[Section], block: Block) -> int | None:
    """A note belongs where its mark stands, else where it was printed."""
    if block.kind != "footnote":
        return innermost_section(sections, block.at.start)
    if block.anchor is not None:
        return innermost_section(sections, block.anchor)
    printed = document.span_of(block.at).start
    earlier = [s.index for s in sections if s.span.start <= printed]
    return earlier[-1] if earlier else None


def _split(text: str, at: Span) -> Iterator[Span]:
    """The block as it is, or its sentences grouped so that none exceeds the limit."""
    block = at.of(text)
    if len(block.split()) <= MOST_WORDS:
        yield at
        return
    start, end, words = at.start, at.start, 0
    for sentence in split_sentences(block):
        count = len(sentence.of(block).split())
        if words and words + count > MOST_WORDS:
            yield Span(start, end)
            start, words = at.start + sentence.start, 0
        end = at.start + sentence.end
        words += count
    yield from _chop(text, Span(start, end))


def _chop(text: str, at: Span) -> Iterator[Span]:
    """Cuts what has no sentence ends (a long table) after every `MOST_WORDS` words."""
    start, words, position = at.start, 0, at.start
    for word in at.of(text).split():
        position = text.index(word, position)
        if words == MOST_WORDS:
            yield Span(start, start + len(text[start:position].rstrip()))
            start, words = position, 0
        words += 1
        position += len(word)
    yield Span(start, at.end)


def _merge(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    run: list[_Piece] = []
    for piece in pieces:
        if run and not _fits(run, piece):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _fits(run: Sequence[_Piece], piece: _Piece) -> bool:
    first = run[0]
    words = sum(p.words for p in run)
    if (first.section, first.flags) != (piece.section, piece.flags):
        return False
    return words < ENOUGH_WORDS and words + piece.words <= MOST_WORDS


def _passage(document: Document, sections: Sequence[Section], run: Sequence[_Piece]) -> Passage:
    at = Span(run[0].at.start, run[-1].at.end)
    text = at.of(document.text)
    path = section_path(sections, run[0].section)
    span = document.span_of(at)
    page = document.page_of(span)
    return Passage(
        key=passage_key(document.id, path, text),
        document=document.id,
        section=run[0].section,
        path=path,
        text=text,
        at=at,
        span=span,
        language=detect_language(text) or document.language,
        page=page.number if page else None,
        flags=run[0].flags,
    )
