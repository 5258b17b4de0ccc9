"""Markdown files: the source is the file as it is; markup is left out of the clean text only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rodtrad.datamodel import BlockKind, DocumentError, MetadataValue
from rodtrad.ingest.drafts import Between, Draft, Layout
from rodtrad.ingest.lines import is_wrapped, split_lines
from rodtrad.ingest.numbering import split_number

_LINE = re.compile(r"[^\n\r]*(?:\r\n|\n|\r|$)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_ITEM = re.compile(r"[ \t]*([*+•–-]|\d{1,3}[.)])[ \t]+(?=\S)")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_BREAK = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_MARKUP = re.compile(
    r"!\[[^\]]*\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"
    r"|\[\^[^\]\s]+\]"
    r"|(?P<open>\[)(?=[^\[\]]*\]\([^)]*\))"
    r"|(?P<close>\]\([^()]*(?:\([^()]*\)[^()]*)*\))"
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)"
    r"|`+|<!--.*?-->|</?[a-zA-Z][^<>]*>|\\(?=[\\`*_{}\[\]()#+.!|>~-])"
)
_FIRST = re.compile(r"[\s\ufeff]*#{1,3} \S")
# What some sites put over the text: fields between two lines of strokes.
_FRONT = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?=[A-Za-z_]+:)(?P<fields>.*?)^---[ \t]*$", re.DOTALL | re.M
)
_FIELD = re.compile(
    r"^(?P<name>title|date):[ \t]*(?P<quote>[\"']?)(?P<value>[^\r\n]+?)(?P=quote)[ \t]*$",
    re.MULTILINE,
)
_DAY = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def is_markdown(source: str) -> bool:
    """Whether a text of no such name is Markdown: it begins with fields or a heading's mark.

    "# Uppdrag att mäta regn" over paragraphs of one line each. Text broken into printed lines is
    none, for its other headings have no mark.
    """
    if _FRONT.match(source):
        return True
    return bool(_FIRST.match(source)) and not is_wrapped(split_lines(source)[0])


def read_markdown(source: str, errors: tuple[DocumentError, ...] = ()) -> Layout:
    """The layout of a Markdown text: headings, lists, tables, footnotes, paragraphs.

    Fields over the text are no text; its title and date are facts of the file.
    """
    front = _FRONT.match(source)
    begin = front.end() if front else 0
    lines = [_Line(m.start(), m.group().rstrip("\r\n")) for m in _LINE.finditer(source, begin)]
    drafts = [draft for draft in _drafts(lines) if _has_text(source, draft)]
    return Layout(source, drafts, metadata=tuple(_front_facts(front)), errors=errors)


def _front_facts(front: re.Match[str] | None) -> Iterator[MetadataValue]:
    for field in _FIELD.finditer(front["fields"]) if front else ():
        day = _DAY.match(field["value"])
        if field["name"] == "title":
            yield MetadataValue("title", field["value"].strip(), "file")
        elif day:
            yield MetadataValue("date", day.group(), "file")


def _has_text(source: str, draft: Draft) -> bool:
    dropped = sum(end - start for start, end in draft.drop)
    return len(draft.text(source).strip()) > dropped


def _drafts(lines: Sequence[_Line]) -> Iterator[Draft]:
    index = 0
    while index < len(lines):
        text = lines[index].text
        if not text.strip() or _BREAK.match(text):
            index += 1
        elif _FENCE.match(text):
            stop = _fence_end(lines, index)
            yield from _rows("paragraph", lines[index + 1 : stop - 1])
            index = stop
        elif match := _HEADING.match(text):
            yield _heading(lines[index : index + 1], len(match.group(1)), match.span(2))
            index += 1
        elif _is_table(lines, index):
            stop = _while(lines, index, lambda line: "|" in line)
            rows = [line for line in lines[index:stop] if not _TABLE_RULE.match(line.text)]
            yield from _rows("table", rows)
            index = stop
        else:
            stop = _block_end(lines, index)
            yield _block(lines, index, stop)
            index = stop + (stop < len(lines) and _UNDERLINE.match(lines[stop].text) is not None)


def _while(lines: Sequence[_Line], start: int, holds) -> int:  # type: ignore[no-untyped-def]
    while start < len(lines) and lines[start].text.strip() and holds(lines[start].text):
        start += 1
    return start


def _fence_end(lines: Sequence[_Line], start: int) -> int:
    for index in range(start + 1, len(lines)):
        if _FENCE.match(lines[index].text):
            return index + 1
    return len(lines)


def _is_table(lines: Sequence[_Line], index: int) -> bool:
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    return "|" in lines[index].text and "|" in following and bool(_TABLE_RULE.match(following))


def _block_end(lines: Sequence[_Line], start: int) -> int:
    stop = start + 1
    while stop < len(lines):
        text = lines[stop].text
        if not text.strip() or _ITEM.match(text) or _HEADING.match(text) or _FENCE.match(text):
            break
        if _UNDERLINE.match(text) or _NOTE.match(text) or _is_table(lines, stop):
            break
        stop += 1
    return stop


def _block(lines: Sequence[_Line], start: int, stop: int) -> Draft:
    underline = _UNDERLINE.match(lines[stop].text) if stop < len(lines) else None
    if underline:
        return _heading(lines[start:stop], 1 if underline.group(1)[0] == "=" else 2, None)
    text = lines[start].text
    note, item = _NOTE.match(text), _ITEM.match(text)
    kind: BlockKind = "footnote" if note else "list_item" if item else "paragraph"
    draft = _from_lines(kind, lines[start:stop], note.end() if note else 0)
    marker = note.group(1) if note else item.group(1) if item else None
    if item and item.group(1) in "*+":
        draft = _from_lines(kind, lines[start:stop], item.end())
        marker = "•"
    return replace(draft, marker=marker)


def _heading(lines: Sequence[_Line], level: int, span: tuple[int, int] | None) -> Draft:
    draft = _from_lines("heading", lines, span[0] if span else 0)
    if span and span[1] > span[0]:
        first = lines[0].start
        draft = replace(draft, runs=((first + span[0], first + span[1]),))
    text = lines[0].text[span[0] : span[1]] if span else lines[0].text
    number = split_number(_MARKUP.sub("", text).strip())
    return replace(
        draft, level=level, level_source="outline", number=number.number if number else None
    )


def _rows(kind: BlockKind, lines: Sequence[_Line]) -> Iterator[Draft]:
    if lines:
        yield _from_lines(kind, lines, 0, between="row")


def _from_lines(
    kind: BlockKind, lines: Sequence[_Line], skip: int, *, between: Between = "line"
) -> Draft:
    runs: list[tuple[int, int]] = []
    drop: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        quote = _QUOTE.match(line.text)
        begin = skip if index == 0 and skip else quote.end() if quote else 0
        stripped = line.text[begin:].strip()
        if not stripped and len(lines) > 1:
            continue
        start = line.start + line.text.find(stripped, begin)
        runs.append((start, start + len(stripped)))
        drop += [(start + m.start(), start + m.end()) for m in _MARKUP.finditer(stripped)]
    return Draft(kind, tuple(runs), between=between, drop=tuple(drop))
