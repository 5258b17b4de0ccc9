"""Word files (DOCX): paragraphs by their styles, lists, tables, footnotes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from rodtrad.datamodel import BlockKind, MetadataValue
from rodtrad.errors import UnreadableFileError
from rodtrad.ingest.drafts import Layout
from rodtrad.ingest.layout import lay_out
from rodtrad.ingest.lines import split_lines
from rodtrad.ingest.packages import DAMAGE, check_package
from rodtrad.ingest.written import WrittenText, fold

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|rubrik|överskrift)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"title|rubrik|titel|huvudrubrik", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|innehåll)\s*\d", re.IGNORECASE)
_LIST = re.compile(r"list|lista|punkt", re.IGNORECASE)
_SKIPPED = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "txbxContent", "instrText"))
_LARGEST_PART = 500_000_000
_LARGEST_RATIO = 300
_DAMAGED = " is a damaged Word file; open it in Word and save it again."
_NOTE_PART = "/footnotes"


def is_docx(data: bytes) -> bool:
    """Whether bytes are a zip file with a Word document in it."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "word/document.xml" in package.namelist()
    except DAMAGE:
        return b"word/document.xml" in data


def read_docx(path: Path, data: bytes) -> Layout:
    """The layout of a Word file. The source text is a paragraph a block, cells parted by tabs.

    Where no paragraph has a heading style, headings are looked for as in plain text.

    Raises:
        UnreadableFileError: the file is damaged, or swells beyond measure when unpacked.
    """
    _check_size(path, data)
    try:
        document = docx.Document(io.BytesIO(data))
        written = _read(document)
    except (PackageNotFoundError, etree.XMLSyntaxError, *DAMAGE) as error:
        raise UnreadableFileError(f"{path}{_DAMAGED}") from error
    if any(draft.kind == "heading" for draft in written.drafts):
        return Layout(written.source, written.drafts, metadata=_facts(document))
    lines, rules = split_lines(written.source)
    drafts, furniture = lay_out(lines, rules)
    return Layout(written.source, drafts, furniture=furniture, metadata=_facts(document))


def _read(document: Any) -> WrittenText:
    # The library parses a part when it is first asked for, so damage may show this late.
    reader = _Reader(document)
    reader.read(document.element.body)
    reader.read_notes()
    return reader.written


def _check_size(path: Path, data: bytes) -> None:
    bomb = " would unpack to more than this program opens; check where it is from."
    check_package(path, data, largest=_LARGEST_PART, damaged=_DAMAGED, bomb=bomb)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
    unpacked = sum(part.file_size for part in parts if part.filename.endswith(".xml"))
    packed = max(sum(part.compress_size for part in parts), 1)
    if unpacked > 10_000_000 and unpacked / packed > _LARGEST_RATIO:
        raise UnreadableFileError(
            f"{path} would unpack to {unpacked} bytes and was not opened; check where it is from."
        )


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{_W}{name}") if element is not None else None
    return found.get(f"{_W}val") if found is not None else None


class _Reader:
    """Walks through the body and writes its blocks."""

    def __init__(self, document: Any) -> None:
        self.written = WrittenText()
        self._document = document
        self._styles = {style.style_id: style for style in document.styles}
        self._counters: dict[str, list[int]] = defaultdict(lambda: [0] * 10)
        self._anchors: dict[str, int] = {}

    def read(self, parent: Any) -> None:
        """Writes the paragraphs and tables under an element, in order."""
        for element in parent:
            if element.tag == f"{_W}p":
                self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                self.written.add_rows(_rows(element))
            elif element.tag == f"{_W}sdt":
                for content in element.iterchildren(f"{_W}sdtContent"):
                    self.read(content)
            elif element.tag in (f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"):
                self.read(element)

    def _paragraph(self, paragraph: Any) -> None:
        text, notes = _text(paragraph)
        style = self._style(paragraph)
        kind, level = self._kind(paragraph, style)
        marker = self._marker(paragraph, style, heading=kind == "heading") if text else None
        if marker and kind in ("heading", "list_item"):
            text = f"{marker} {text}"
        start = self.written.add(
            kind,
            text,
            marker=marker if kind == "list_item" else None,
            level=level,
            level_source="outline" if level else None,
        )
        shift = len(marker) + 1 if marker and kind in ("heading", "list_item") else 0
        self._anchors |= {note: start + shift + offset for note, offset in notes}

    def _style(self, paragraph: Any) -> Any:
        properties = paragraph.find(f"{_W}pPr")
        return self._styles.get(_value(properties, "pStyle") or "")

    def _kind(self, paragraph: Any, style: Any) -> tuple[BlockKind, int | None]:
        name = str(style.name) if style is not None and style.name else ""
        if _CONTENTS.match(name):
            return "contents", None
        heading = _HEADING.match(name)
        if heading:
            return "heading", int(heading.group(1))
        outline = _outline_level(paragraph, style)
        if outline is not None:
            return "heading", outline
        if _TITLE.fullmatch(name):
            return "heading", 1
        if _numbering(paragraph, style) or _LIST.search(name):
            return "list_item", None
        return "paragraph", None

    def _marker(self, paragraph: Any, style: Any, *, heading: bool) -> str | None:
        """The bullet or number that Word prints, which the text does not hold."""
        numbering = _numbering(paragraph, style)
        if numbering is None:
            return None
        number_id, level = numbering
        form, pattern = self._level_form(number_id, level)
        if form == "bullet" or not form:
            return None if heading else "•"
        counter = self._counters[number_id]
        counter[level] += 1
        counter[level + 1 :] = [0] * len(counter[level + 1 :])
        if form == "decimal":
            return re.sub(r"%(\d)", lambda m: str(max(counter[int(m.group(1)) - 1], 1)), pattern)
        return None if heading else _in_form(counter[level], form, pattern)

    def _level_form(self, number_id: str, level: int) -> tuple[str, str]:
        part = getattr(self._document.part, "numbering_part", None)
        if part is None:
            return "bullet", ""
        root = part.element
        number = root.find(f"{_W}num[@{_W}numId='{number_id}']")
        abstract_id = _value(number, "abstractNumId")
        abstract = root.find(f"{_W}abstractNum[@{_W}abstractNumId='{abstract_id}']")
        found = abstract.find(f"{_W}lvl[@{_W}ilvl='{level}']") if abstract is not None else None
        if found is None:
            return "bullet", ""
        return _value(found, "numFmt") or "decimal", _value(found, "lvlText") or ""

    def read_notes(self) -> None:
        """Writes the footnotes behind the body, each tied to its mark."""
        for relation in self._document.part.rels.values():
            if not relation.reltype.endswith(_NOTE_PART) or relation.is_external:
                continue
            root = etree.fromstring(relation.target_part.blob, _safe_parser())
            for note in root.iterchildren(f"{_W}footnote"):
                text = " ".join(_text(p)[0] for p in note.iter(f"{_W}p"))
                name = note.get(f"{_W}id")
                if name in self._anchors:
                    anchor = self._anchors[name]
                    self.written.add("footnote", text, marker=name, anchor=anchor)


def _safe_parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _numbering(paragraph: Any, style: Any) -> tuple[str, int] | None:
    """List id and level from 0, from the paragraph or else from its styles; None without a list."""
    for properties in _properties(paragraph, style):
        numbering = properties.find(f"{_W}numPr")
        if numbering is not None:
            number_id = _value(numbering, "numId") or "0"
            level = int(_value(numbering, "ilvl") or "0")
            return None if number_id == "0" else (number_id, min(level, 8))
    return None


def _outline_level(paragraph: Any, style: Any) -> int | None:
    for properties in _properties(paragraph, style):
        value = _value(properties, "outlineLvl")
        if value is not None:
            return int(value) + 1 if int(value) < 9 else None
    return None


def _properties(paragraph: Any, style: Any) -> list[Any]:
    """The property elements that apply: the paragraph's own, then its style's and their bases."""
    found = [paragraph.find(f"{_W}pPr")]
    for _ in range(10):
        if style is None:
            break
        found.append(style.element.find(f"{_W}pPr"))
        style = style.base_style
    return [properties for properties in found if properties is not None]


def _text(paragraph: Any) -> tuple[str, list[tuple[str, int]]]:
    """The text of a paragraph, deletions left out, and where its footnote marks stand in it."""
    pieces: list[str] = []
    notes: list[tuple[str, int]] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _SKIPPED or not isinstance(element.tag, str):
            continue
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            pieces.append(" ")
        elif element.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        elif element.tag == f"{_W}footnoteReference":
            notes.append((element.get(f"{_W}id") or "", len(fold("".join(pieces)))))
        else:
            stack.extend(reversed(element))
    return fold("".join(pieces)), notes


def _rows(table: Any) -> list[list[str]]:
    return [
        [" ".join(_text(p)[0] for p in cell.iter(f"{_W}p")) for cell in row.iterchildren(f"{_W}tc")]
        for row in table.iter(f"{_W}tr")
    ]


def _in_form(value: int, form: str, pattern: str) -> str:
    letter = chr(ord("a") + (value - 1) % 26)
    shown = {"lowerLetter": letter, "upperLetter": letter.upper()}.get(form, str(value))
    return re.sub(r"%\d", shown, pattern) or f"{shown}."


def _facts(document: Any) -> list[MetadataValue]:
    try:
        properties = document.core_properties
        created = properties.created.date().isoformat() if properties.created else None
        facts = {"file_title": properties.title, "file_author": properties.author}
    except (AttributeError, ValueError, TypeError):
        # The part for properties is damaged or another one; the text can be read without it.
        return []
    facts["file_created"] = created
    return [MetadataValue(name, str(v).strip(), "file") for name, v in facts.items() if v]
