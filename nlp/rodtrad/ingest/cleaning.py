"""Builds the clean text and its blocks from the drafts of the layout."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rodtrad.datamodel import Block, CleanText, CleanTextBuilder, Furniture, Span
from rodtrad.ingest.drafts import Draft
from rodtrad.ingest.hyphens import Vocabulary, join_lines

_ODD = re.compile(
    "[\u00a0\u2000-\u200f\u202a-\u202f\u205f\u2060\u3000\ufeff\u00ad\ufffe\ufb00-\ufb06\x00-\x08\x0e-\x1f\x7f]"
    "|[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]"
    "|[A-Za-z][\u0300-\u036f]+"
)
# A quick look for anything that `_ODD` could match.
_SUSPECT = re.compile(
    "[\x00-\x1f\x7f\u00a0\u00ad\u0300-\u036f\u2000-\u200f\u202a-\u202f\u205f\u2060\u3000\ufeff"
    "\ufffe\ufb00-\ufb06]|  "
)
# What stands between the cells of a table's row: a tab in the clean text.
_APART = re.compile("\t|[ \u00a0]{3,}")
_BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\\s]+")


def clean_character(text: str) -> str:
    """What stands in the clean text for an odd run of source characters.

    Blanks of any kind become one blank, ligatures and loose accents their plain letters; invisible
    characters vanish.
    """
    if _BLANK.fullmatch(text):
        return " "
    if "\ufb00" <= text[0] <= "\ufb06":
        return unicodedata.normalize("NFKC", text)
    if len(text) > 1 and text[0].isalpha():
        return unicodedata.normalize("NFC", text)
    return ""


def build_clean_text(
    source: str, drafts: Sequence[Draft], *, furniture: Sequence[Furniture] = ()
) -> tuple[CleanText, tuple[Block, ...]]:
    """The clean text, footnotes behind the body, and the blocks with their clean spans.

    Blocks are parted by an empty line. Every character of a draft is kept, except white space that
    is folded, line-end hyphens, invisible characters and the dropped ranges. `furniture` comes
    last, behind the notes and in no block: only the search for names and numbers reads it.
    """
    vocabulary = Vocabulary(source[start:end] for draft in drafts for start, end in draft.runs)
    builder = CleanTextBuilder(source)
    blocks: list[Block] = []
    body = [draft for draft in drafts if draft.kind != "footnote"]
    notes = [draft for draft in drafts if draft.kind == "footnote"]
    blocks.extend(block for block, _ in _add_all(builder, source, body, vocabulary))
    builder.start_notes()
    note_blocks = list(_add_all(builder, source, notes, vocabulary))
    _add_furniture(builder, source, furniture)
    clean = builder.build()
    blocks.extend(_anchored(clean, block, note) for block, note in note_blocks)
    return clean, tuple(blocks)


def _add_furniture(builder: CleanTextBuilder, source: str, furniture: Sequence[Furniture]) -> None:
    """Headers and footers, each parted from the next; a lone page number says nothing."""
    for one in sorted(furniture, key=lambda one: one.span):
        if any(character.isalpha() or character == ":" for character in one.span.of(source)):
            if builder.length:
                builder.replace(one.span.start, one.span.start, "\n\n")
            _add_text(builder, source, one.span.start, one.span.end)


def _anchored(clean: CleanText, block: Block, note: Draft) -> Block:
    if note.anchor is None:
        return block
    return replace(block, anchor=clean.to_clean(max(note.anchor - 1, 0)))


def _add_all(
    builder: CleanTextBuilder, source: str, drafts: Iterable[Draft], vocabulary: Vocabulary
) -> Iterator[tuple[Block, Draft]]:
    for draft in drafts:
        before = builder.length
        start = draft.start
        if before:
            builder.replace(start, start, "\n\n")
        begin = builder.length
        _add_draft(builder, source, draft, vocabulary)
        if builder.length > begin:
            at = Span(begin, builder.length)
            block = Block(
                draft.kind, at, draft.marker, draft.number, draft.level, draft.level_source
            )
            yield (replace(block, flags=draft.flags) if draft.flags else block), draft


def _add_draft(
    builder: CleanTextBuilder, source: str, draft: Draft, vocabulary: Vocabulary
) -> None:
    for index, (start, end) in enumerate(draft.runs):
        if index + 1 == len(draft.runs):
            _add_run(builder, source, start, end, draft)
            continue
        following = draft.runs[index + 1]
        end, glue, until = _glue(source, (start, end), following, draft, vocabulary)
        _add_run(builder, source, start, end, draft)
        if glue:
            builder.replace(end, until, glue)


def _glue(
    source: str, run: tuple[int, int], following: tuple[int, int], draft: Draft, words: Vocabulary
) -> tuple[int, str, int]:
    """Where the run really ends, what joins it to the next, and up to where that stands for."""
    start, end = run
    blank_end = end
    while blank_end < following[0] and source[blank_end].isspace():
        blank_end += 1
    if draft.between == "row":
        return end, "\n", blank_end
    if not _has_break(source, end, following[0]):
        return end, " " if blank_end > end else "", blank_end
    join = join_lines(source[start:end], source[following[0] : following[1]], words)
    if join == "blank":
        return end, " ", blank_end
    cut = {"keep": 0, "drop": 1, "single": 2}[join]
    return end - cut, "", end


def _has_break(source: str, start: int, end: int) -> bool:
    return any(c in "\n\r\f\v\u2028\u2029\x85" for c in source[start:end])


def _add_run(builder: CleanTextBuilder, source: str, start: int, end: int, draft: Draft) -> None:
    for cut_start, cut_end in draft.drop:
        if start <= cut_start < end:
            _add_text(builder, source, start, cut_start)
            start = min(cut_end, end)
    if draft.between == "line":
        _add_text(builder, source, start, end)
        return
    position = start
    for apart in _APART.finditer(source, start, end) if draft.kind == "table" else ():
        _add_text(builder, source, position, apart.start())
        builder.replace(apart.start(), apart.end(), "\t")
        position = apart.end()
    _add_text(builder, source, position, end)


def _add_text(builder: CleanTextBuilder, source: str, start: int, end: int) -> None:
    if _SUSPECT.search(source, start, end) is None:
        builder.keep(start, end)
        return
    position = start
    for match in _ODD.finditer(source, start, end):
        builder.keep(position, match.start())
        builder.replace(match.start(), match.end(), clean_character(match.group()))
        position = match.end()
    builder.keep(position, end)
