"""Footnotes in Word documents, which python-docx reads over but cannot write.

A mark is put where it belongs, with its text beside it; when the document is done the marks are
numbered in reading order and the texts moved into the part of the file that holds footnotes.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rodtrad.tables.safety import plain_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

_WORDS = "words"  # an attribute that never reaches the file
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
# Word needs two notes of its own: the lines between text and notes.
_FIRST = 2
_LINES = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for number, kind in enumerate(("separator", "continuationSeparator"))
)
_RAISED = '<w:rPr><w:sz w:val="16"/><w:vertAlign w:val="superscript"/></w:rPr>'


def add_footnote(paragraph: Paragraph, words: str) -> None:
    """Put a footnote's mark at the end of a paragraph; `finish_footnotes` must follow."""
    from docx.oxml import OxmlElement

    run = paragraph.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(_WORDS, plain_text(words))
    run._r.append(mark)


def finish_footnotes(word: WordDocument) -> None:
    """Number the marks of a document and write their texts."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml.ns import nsdecls, qn

    marks = list(word.element.body.iter(qn("w:footnoteReference")))
    if not marks:
        return
    notes = []
    for number, mark in enumerate(marks, _FIRST):
        notes.append(_note(number, mark.attrib.pop(_WORDS)))
        mark.set(qn("w:id"), str(number))
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:footnotes {nsdecls('w')}>{_LINES}{''.join(notes)}</w:footnotes>"
    )
    package = word.part.package
    part = Part(PackURI("/word/footnotes.xml"), _TYPE, content.encode("utf-8"), package)
    word.part.relate_to(part, _RELATION)


def _note(number: int, words: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
        f"<w:r>{_RAISED}<w:footnoteRef/></w:r>"
        f'<w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t xml:space="preserve"> {escape(words)}</w:t>'
        "</w:r></w:p></w:footnote>"
    )
