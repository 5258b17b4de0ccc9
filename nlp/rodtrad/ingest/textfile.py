"""Text files: bytes to characters, and what can be wrong with them."""

from __future__ import annotations

import re
from dataclasses import replace

from rodtrad.datamodel import DocumentError
from rodtrad.ingest.drafts import Layout
from rodtrad.ingest.layout import lay_out
from rodtrad.ingest.lines import Line, split_lines
from rodtrad.ingest.pagination import pages_of, with_printed_numbers
from rodtrad.ingest.sidelines import part_side_lines

_HEADING_MARK = re.compile(r"#{1,6} +(?=\S)")
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27, 28, 29, 30, 31})


def looks_binary(data: bytes) -> bool:
    """Whether bytes are no text: a NUL (outside UTF-16) or many control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = data[:65536]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    return b"\0" in sample or control > 0.02 * len(sample)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding it was in.

    UTF-8 comes out exactly as it is, byte order mark included. What is not UTF-8 is UTF-16 if it
    says so, else Windows-1252, or Latin-1 where that has no character.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            return data.decode("latin-1"), "latin-1"
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def encoding_notes(encoding: str) -> tuple[DocumentError, ...]:
    """What to tell the user about an encoding that had to be guessed."""
    if encoding == "utf-8":
        return ()
    message = f"the file is not UTF-8 and was read as {encoding}; save it as UTF-8 to be sure"
    return (DocumentError("decoding", message),)


def _without_mark(line: Line) -> Line:
    """The line without the mark of a heading in Markdown, which a page's text can keep."""
    mark = _HEADING_MARK.match(line.text)
    return (
        replace(line, start=line.start + mark.end(), text=line.text[mark.end() :]) if mark else line
    )


def read_text(source: str, errors: tuple[DocumentError, ...] = ()) -> Layout:
    """The layout of plain text, as extracted from pages or typed."""
    lines, rules = split_lines(source)
    lines = [_without_mark(line) for line in lines]
    drafts, furniture = lay_out(part_side_lines(lines), rules)
    pages = with_printed_numbers(pages_of(source), furniture, source)
    return Layout(source, drafts, pages, furniture, errors=errors)
