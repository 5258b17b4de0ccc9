"""Cells that a spreadsheet program reads as text and nothing else."""

from __future__ import annotations

import re

CELL_LIMIT = 32_767
_FORMULA_START = tuple("=+-@\t\r\n＝＋－＠")
# Characters that XML 1.0 cannot hold, and C1 controls; a set of those it can compiles 20 ms longer.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain_text(text: str) -> str:
    """The text without control characters and others that XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)


def safe_cell(text: str) -> str:
    """Text that no spreadsheet program runs as a formula, whole or cut to 32,767 characters.

    A text that starts like a formula (`=`, `+`, `-`, `@`, their full-width forms, a tab or a line
    end, also behind blanks) gets an apostrophe in front; an ordinary text stays as it is.
    """
    clean = plain_text(text)
    if clean.lstrip(" \u00a0\ufeff\u200b").startswith(_FORMULA_START):
        clean = "'" + clean
    if len(clean) > CELL_LIMIT:
        clean = clean[: CELL_LIMIT - 1] + "…"
    return clean
