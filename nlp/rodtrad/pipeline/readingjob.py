"""One document of a build, wherever it is read: annotate it, store it, say what it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.ingest.catalogue import CatalogueEntry
from rodtrad.pipeline.annotate import annotate_entry
from rodtrad.pipeline.store import DocumentRecord, write_artefact
from rodtrad.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReadingJob:
    """A document to read, with what is known of it beforehand."""

    workspace: Workspace
    entry: CatalogueEntry
    start: DocumentRecord


def read_and_store(job: ReadingJob) -> DocumentRecord:
    """Read a document, store its artefact, and return its record.

    Runs in the process that has the job: only the record travels back. Done twice, it writes the
    same files again.

    Raises:
        UnreadableFileError: with one sentence that names the file and the remedy.
    """
    annotated = annotate_entry(job.entry, job.workspace.settings.limits)
    return described(job.start, annotated, write_artefact(job.workspace, annotated))


def described(
    record: DocumentRecord, annotated: AnnotatedDocument, artefact: str
) -> DocumentRecord:
    """A record with what the annotated document holds."""
    document = annotated.document
    statements = (annotated.recommendations, annotated.measures, annotated.stances)
    return replace(
        record,
        status=document.status,
        artefact=artefact,
        kind=document.kind,
        title=document.title,
        issuer=document.get("issuer"),
        date=document.get("date"),
        dnr=document.get("dnr"),
        number=document.get("number"),
        language=document.language,
        pages=len(document.pages) or None,
        sections=len(annotated.sections),
        passages=len(annotated.passages),
        entities=sum(m.certainty == "certain" for m in annotated.mentions),
        statements=sum(map(len, statements)),
        errors=tuple(error.message for error in document.errors),
    )
