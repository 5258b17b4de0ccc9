"""All metadata of a document, each value with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rodtrad.datamodel import Block, CleanText, MetadataValue, Span
from rodtrad.ingest.facts import find_facts
from rodtrad.ingest.heads import head_lines
from rodtrad.ingest.kinds import UNKNOWN, find_kind
from rodtrad.ingest.language import Language, detect_language
from rodtrad.ingest.titles import PART_NAMES, clean_title, find_printed_title, find_title

_FILE_NAMES = ("microsoft word", "untitled", "namnlös", ".doc", ".pdf", ".indd", "powerpoint")


def collect_metadata(
    clean: CleanText,
    blocks: Sequence[Block],
    file_facts: Sequence[MetadataValue],
    overrides: Mapping[str, str],
) -> tuple[MetadataValue, ...]:
    """Metadata in order of rank: the catalogue's, then the document's, then the file's.

    A name that the catalogue gives is not repeated. What nothing states is absent; only `kind` and
    `language` always have a value ("okänd", Swedish).
    """
    found = [MetadataValue(name, value, "catalogue") for name, value in overrides.items() if value]
    known = {value.name for value in found}
    for value in _document_values(clean, blocks, file_facts, overrides):
        if value.name not in known:
            known.add(value.name)
            found.append(value)
    return tuple(found)


def _document_values(
    clean: CleanText,
    blocks: Sequence[Block],
    file_facts: Sequence[MetadataValue],
    overrides: Mapping[str, str],
) -> Iterator[MetadataValue]:
    title = find_printed_title(clean.text) or find_title(clean.text, blocks)
    title = title or _stated_file_title(clean.text, file_facts)
    stated = next((fact for fact in file_facts if fact.name == "title"), None)
    if stated:
        yield stated
    elif title:
        yield MetadataValue("title", title[0], "document", clean.to_source(title[1]))
    found = stated.value if stated else title[0] if title else ""
    name = overrides.get("title") or found
    lines = "\n".join(line.words for line in head_lines(clean.text, blocks))
    kind, at, _ = find_kind(name, clean.text, lines)
    if kind != UNKNOWN:
        yield MetadataValue("kind", kind, "document", clean.to_source(at) if at else None)
    for fact, value, span in find_facts(clean.text, name, overrides.get("kind") or kind):
        yield MetadataValue(fact, value, "document", clean.to_source(span))
    yield MetadataValue("language", document_language(clean.text, overrides), "document")
    yield from file_facts


def _stated_file_title(text: str, file_facts: Sequence[MetadataValue]) -> tuple[str, Span] | None:
    """The title in the file's properties, where the first pages print it too."""
    for fact in file_facts:
        title = clean_title(fact.value)
        if fact.name != "file_title" or len(title.split()) < 2:
            continue
        if title.casefold() in PART_NAMES or any(mark in title.casefold() for mark in _FILE_NAMES):
            continue
        at = text[:6_000].casefold().find(title.casefold())
        if at >= 0:
            return title, Span(at, at + len(title))
    return None


def document_language(text: str, overrides: Mapping[str, str]) -> Language:
    """The catalogue's language, else the text's, else Swedish."""
    stated = overrides.get("language")
    if stated in ("sv", "en"):
        return "en" if stated == "en" else "sv"
    return detect_language(text) or "sv"
