"""Whether the index still says what the documents say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from rodtrad.errors import WorkspaceError
from rodtrad.ingest.catalogue import CatalogueEntry, read_catalogue
from rodtrad.pipeline.build import inputs_of, valid_inputs
from rodtrad.pipeline.fingerprint import file_digest
from rodtrad.pipeline.records import Record
from rodtrad.pipeline.searchjob import search_is_fresh
from rodtrad.pipeline.store import (
    DocumentRecord,
    Files,
    Manifest,
    artefact_is_whole,
    read_manifest,
    stored_files,
)
from rodtrad.settings import Limits
from rodtrad.workspace import Workspace

REMEDY = "rodtrad build"


def status_records(workspace: Workspace) -> list[Record]:
    """A record per document or index that is not as it should be.

    Each is `{id, status, reason, remedy}`; status is new, stale, removed, failed, partial,
    damaged or missing. Decisions of people on words that have changed or are gone follow, as
    suspect or missing, and a log whose last line was cut off, as torn.
    """
    entries = read_catalogue(workspace)
    manifest = read_manifest(workspace)
    if manifest is None:
        return [_line("index", "missing", "nothing is built here yet")]
    lines = list(_document_lines(workspace, entries, manifest))
    if not search_is_fresh(workspace, manifest):
        lines.append(_line("search", "stale", "the search index is missing or out of date"))
    if workspace.reviews.is_file():
        from rodtrad.pipeline.reviewjob import suspect_records
        from rodtrad.review.log import read_log

        # A log that cannot be read is an error of its own; documents that cannot are in the list.
        read_log(workspace.reviews)
        with suppress(WorkspaceError):
            lines += suspect_records(workspace)
    return lines


def _line(identifier: str, status: str, reason: str) -> Record:
    return {"id": identifier, "status": status, "reason": reason, "remedy": REMEDY}


def _document_lines(
    workspace: Workspace, entries: Sequence[CatalogueEntry], manifest: Manifest
) -> Iterator[Record]:
    files = stored_files(workspace)
    for entry in entries:
        line = _entry_line(workspace, entry, manifest.get(entry.id), files)
        if line:
            yield line
    ids = {entry.id for entry in entries}
    for record in manifest.documents:
        if record.id not in ids:
            yield _line(record.id, "removed", "is in the index, no longer in the corpus")


def _entry_line(
    workspace: Workspace, entry: CatalogueEntry, record: DocumentRecord | None, files: Files
) -> Record | None:
    if record is None:
        return _line(entry.id, "new", "is not in the index yet")
    if record.status == "failed":
        return _faulty(record)
    if not _same_inputs(entry, record, workspace.settings.limits):
        return _line(entry.id, "stale", "the file, its catalogue entry or the rules changed")
    if not artefact_is_whole(workspace, record, files):
        return _line(entry.id, "damaged", "its part of the index is missing or damaged")
    if record.status == "partial":
        return _faulty(record)
    return None


def _faulty(record: DocumentRecord) -> Record:
    """A document whose file must be mended before another build can help."""
    reason = record.errors[0] if record.errors else "unknown reason"
    return {**_line(record.id, record.status, reason), "remedy": f"mend the file, then {REMEDY}"}


def _same_inputs(entry: CatalogueEntry, record: DocumentRecord, limits: Limits) -> bool:
    try:
        stat = entry.file.stat()
        untouched = (stat.st_size, stat.st_mtime_ns) == (record.size, record.mtime_ns)
        sha256 = record.sha256 if untouched else file_digest(entry.file)
    except OSError:
        return False
    same = record.inputs == inputs_of(entry, sha256, limits)
    return same or record.inputs in valid_inputs(entry, sha256, limits)
