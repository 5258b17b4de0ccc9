"""One file → one annotated document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rodtrad.datamodel import AnnotatedDocument, Document
from rodtrad.entities import find_mentions
from rodtrad.ingest import read_document
from rodtrad.ingest.catalogue import LIST_KIND, CatalogueEntry
from rodtrad.pipeline.listdocument import read_list_document
from rodtrad.segmentation import find_passages, find_sections
from rodtrad.settings import Limits
from rodtrad.statements import find_statements

_YES = ("ja", "yes", "true")


def annotate_file(
    path: Path,
    *,
    document_id: str,
    overrides: Mapping[str, str],
    limits: Limits,
    ocr: bool = False,
) -> AnnotatedDocument:
    """Read a file and find everything in it.

    Scanned pages are read with `ocr`, or where the catalogue says `ocr = "ja"`.

    Raises:
        UnreadableFileError: with one sentence that names the file and the remedy.
    """
    if overrides.get("kind") == LIST_KIND:
        return read_list_document(path, document_id=document_id, overrides=overrides)
    ocr = ocr or overrides.get("ocr", "").casefold() in _YES
    facts = {name: value for name, value in overrides.items() if name != "ocr"}
    document = read_document(path, document_id=document_id, overrides=facts, limits=limits, ocr=ocr)
    return annotate(document)


def annotate_entry(entry: CatalogueEntry, limits: Limits) -> AnnotatedDocument:
    """Read one entry of the catalogue."""
    return annotate_file(entry.file, document_id=entry.id, overrides=entry.values, limits=limits)


def annotate(document: Document) -> AnnotatedDocument:
    """Find sections, passages, mentions and statements of a document."""
    sections = find_sections(document)
    mentions = find_mentions(document, sections)
    found = find_statements(document, sections, mentions)
    return AnnotatedDocument(
        document,
        sections,
        find_passages(document, sections),
        mentions,
        found.recommendations,
        found.measures,
        found.stances,
        found.doubtful,
    )


def renamed(annotated: AnnotatedDocument, document_id: str) -> AnnotatedDocument:
    """The same findings under another document id."""
    return AnnotatedDocument(
        replace(annotated.document, id=document_id),
        annotated.sections,
        tuple(replace(p, document=document_id) for p in annotated.passages),
        annotated.mentions,
        tuple(replace(r, document=document_id) for r in annotated.recommendations),
        tuple(replace(m, document=document_id) for m in annotated.measures),
        tuple(replace(s, document=document_id) for s in annotated.stances),
        tuple(replace(r, document=document_id) for r in annotated.doubtful),
    )
