"""HTML pages: the main content, without navigation, scripts and forms."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree, html

from rodtrad.datamodel import BlockKind, MetadataValue
from rodtrad.errors import UnreadableFileError
from rodtrad.ingest.drafts import Layout
from rodtrad.ingest.written import WrittenText, fold

_SKIP = frozenset(
    [
        "script", "style", "noscript", "nav", "header", "footer", "aside", "form", "button",
        "select", "template", "svg", "iframe", "head", "input", "dialog", "object", "canvas",
    ]
)  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset(
    [
        "p", "div", "section", "article", "main", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre",
        "figure", "figcaption", "address", "details", "summary", "fieldset", "body", "hr", "table",
        "li", "hgroup", "search", *_HEADINGS,
    ]
)  # fmt: skip
_HIDDEN_ROLES = frozenset(["navigation", "search", "banner", "contentinfo", "complementary"])
_META = {"published": "date", "dcterms.issued": "date", "article:published_time": "date"}
_DEEPEST = 200
_CONTENT = frozenset(["body", "main", "article", "p", "h1", "h2", "h3", "li", "td", "th"])
# Names that page makers give to what stands around the content.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumbs?|cookies?|share|social\w*|related|sidebar|\w*footer|skip"
    r"|skiplinks?|toolbar|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)

_COLUMN = re.compile(r"(?:^|\s)(?:\w+-)?col(?:umn)?s?(?:[-_]?\w+)*(?:$|\s)", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether a text is an HTML page."""
    head = text[:2000].lstrip("\ufeff \t\r\n").casefold()
    return head.startswith(("<!doctype html", "<html")) or "<html" in head or "<body" in head


def read_html(path: Path, data: bytes) -> Layout:
    """The layout of an HTML page. The source text is the main content, a block a paragraph.

    Raises:
        UnreadableFileError: nothing in the file is HTML.
    """
    try:
        root = html.document_fromstring(data, parser=_parser(data))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError(
            f"{path} is not readable as HTML; save the page again or convert it to text."
        ) from error
    written = WrittenText()
    main = _main(root)
    if not main.xpath(".//h1"):
        for heading in root.xpath("(//h1)[1]"):
            written.add("heading", heading.text_content(), level=1, level_source="outline")
    _walk(main, written, 0)
    return Layout(written.source, written.drafts, metadata=_facts(root))


def _parser(data: bytes) -> Any:
    """A parser without network or entities; it falls back on UTF-8 where no encoding is named."""
    try:
        data.decode("utf-8")
        encoding: str | None = "utf-8"
    except UnicodeDecodeError:
        encoding = None if b"charset" in data[:4096] else "cp1252"
    return html.HTMLParser(encoding=encoding, no_network=True, remove_comments=True)


def _main(root: Any) -> Any:
    """The element that holds the content: <main>, role=main, the only <article>, or the body."""
    for query in ("//main", "//*[@role='main']", "//article", "//body"):
        found = root.xpath(query)
        if len(found) == 1 and len(found[0].text_content().strip()) > 40:
            return found[0]
    return root


def _is_hidden(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIP:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _AROUND.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return element.tag not in _CONTENT and not element.xpath(".//h1|.//main|.//article")
    if _is_side_column(element):
        return True
    style = (element.get("style") or "").replace(" ", "")
    return element.get("role") in _HIDDEN_ROLES or "display:none" in style


def _is_side_column(element: Any) -> bool:
    """Whether an element is a column beside the one with the page's heading: links, help texts.

    Both must be called columns: in a grid that makes two halves of one text neither column, or
    each, has the main heading.
    """
    if not _COLUMN.search(element.get("class") or "") or element.xpath(".//h1"):
        return False
    beside = element.xpath("preceding-sibling::* | following-sibling::*")
    return any(_COLUMN.search(e.get("class") or "") and e.xpath(".//h1") for e in beside)


def _walk(element: Any, written: WrittenText, depth: int) -> None:
    """Writes the blocks under an element; text between blocks becomes paragraphs of its own."""
    loose = [element.text or ""]
    for child in element:
        if _is_hidden(child):
            loose.append(child.tail or "")
            continue
        if child.tag in _BLOCKS and depth < _DEEPEST:
            _flush(loose, written)
            _write_block(child, written, depth + 1)
        else:
            loose.append("\n" if child.tag == "br" else _inline(child, depth + 1))
        loose.append(child.tail or "")
    _flush(loose, written)


def _flush(loose: list[str], written: WrittenText, kind: BlockKind = "paragraph") -> None:
    written.add(kind, "".join(loose))
    loose.clear()


def _inline(element: Any, depth: int) -> str:
    if depth >= _DEEPEST:
        return str(element.text_content())
    pieces = [element.text or ""]
    for child in element:
        if not _is_hidden(child):
            pieces.append(" " if child.tag == "br" else _inline(child, depth + 1))
            if child.tag in _BLOCKS:
                pieces.append(" ")
        pieces.append(child.tail or "")
    return "".join(pieces)


def _write_block(element: Any, written: WrittenText, depth: int) -> None:
    if element.tag in _HEADINGS:
        level = _HEADINGS[element.tag]
        written.add("heading", _inline(element, depth), level=level, level_source="outline")
    elif element.tag == "li":
        _write_item(element, written, depth)
    elif element.tag == "table" and not element.xpath(".//table"):
        written.add_rows(
            [
                [_inline(cell, depth) for cell in row.xpath("./th|./td")]
                for row in element.xpath(".//tr")
            ]
        )
    elif element.tag == "p":
        written.add("paragraph", _inline(element, depth))
    else:
        _walk(element, written, depth)


def _write_item(element: Any, written: WrittenText, depth: int) -> None:
    """A list item: its own text as one block, then the blocks inside it."""
    inner = [child for child in element if child.tag in ("ul", "ol", "table")]
    own = [element.text or ""]
    for child in element:
        if child not in inner and not _is_hidden(child):
            own.append(_inline(child, depth))
        own.append(child.tail or "")
    parent = element.getparent()
    numbered = parent is not None and parent.tag == "ol"
    marker = f"{1 + len(element.xpath('preceding-sibling::li'))}." if numbered else "•"
    text = fold("".join(own))
    if text:
        written.add("list_item", f"{marker} {text}", marker=marker)
    for child in inner:
        _write_block(child, written, depth + 1)


def _facts(root: Any) -> list[MetadataValue]:
    facts: list[MetadataValue] = []
    for title in root.xpath("//head/title")[:1]:
        facts.append(MetadataValue("file_title", fold(title.text_content()), "file"))
    for meta in root.xpath("//meta[@content]"):
        name = _META.get((meta.get("name") or meta.get("property") or "").casefold())
        value = fold(meta.get("content"))[:10]
        if name and value and all(fact.name != "file_date" for fact in facts):
            facts.append(MetadataValue("file_date", value, "file"))
    return [fact for fact in facts if fact.value]
