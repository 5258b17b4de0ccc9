"""Remove a document for good, and look whether anything of it is left."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rodtrad.errors import UsageError, WorkspaceError
from rodtrad.ingest.catalogue import CatalogueEntry, read_catalogue, remove_entry
from rodtrad.pipeline.audit import note_write
from rodtrad.pipeline.build import build
from rodtrad.pipeline.exports import downloads_of, exports_of, forget_exports
from rodtrad.pipeline.records import Record
from rodtrad.pipeline.reviewfiles import versions_folder
from rodtrad.pipeline.searchjob import encoder_for, search_info
from rodtrad.pipeline.store import (
    DocumentRecord,
    load_artefact,
    read_artefact,
    read_manifest,
    read_source,
    write_manifest,
)
from rodtrad.retrieval.building import encoded_text
from rodtrad.retrieval.encoders.cached import CachedEncoder
from rodtrad.review.forgetting import Forgotten, forget_document
from rodtrad.settings import cache_folder
from rodtrad.workspace import Workspace

# Shorter lines stand in many documents: headings, dates, page numbers.
_TELLING = 40
_MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class _Target:
    """What is known of the document that goes; after an interruption, only some of it."""

    id: str
    entry: CatalogueEntry | None
    record: DocumentRecord | None
    source: str


def remove_document(
    workspace: Workspace, document_id: str, *, who: str, with_exports: bool = False
) -> Record:
    """Take a document out of corpus, index, caches, log and frozen versions.

    What stays is in `audit.jsonl`: who removed which id, and when. A removal that was cut off is
    finished by doing it again.

    Args:
        workspace: where the document is.
        document_id: its id.
        who: who removes it.
        with_exports: delete the saved tables that were made from it too; else they are named.

    Returns:
        `{id, status, files, cached, vectors, events, versions, exports, downloads, remains}`;
        `downloads` are files people took from the web page, `{when, download, who}` each, `remains`
        files in which words of the document were found afterwards, empty when all is well.

    Raises:
        UsageError: there is no such document.
        WorkspaceError: another process is writing, or the catalogue must be mended by hand.
    """
    target = _find(workspace, document_id)
    telling = _telling_lines(workspace, target)
    with workspace.lock():
        files = _remove_files(workspace, target)
        cached = _remove_cached(target)
        vectors = _remove_vectors(workspace, target)
        forgotten = _remove_words(workspace, document_id)
        _make_search_anew(workspace)
    build(workspace)
    exports = exports_of(workspace, document_id)
    if with_exports:
        for path in exports:
            path.unlink()
        forget_exports(workspace, exports)
    note_write(workspace, who=who, action="remove", target=document_id, outcome="removed")
    return {
        "id": document_id,
        "status": "removed",
        "files": files,
        "cached": cached,
        "vectors": vectors,
        "events": forgotten.events,
        "versions": forgotten.versions,
        "exports": [str(path) for path in exports],
        "downloads": downloads_of(workspace, document_id),
        "remains": _remains(workspace, telling),
    }


def _find(workspace: Workspace, document_id: str) -> _Target:
    entry = next((e for e in read_catalogue(workspace) if e.id == document_id), None)
    manifest = read_manifest(workspace)
    record = manifest.get(document_id) if manifest else None
    if entry is None and record is None:
        raise UsageError(
            f"{document_id}: no document has that id; run 'rodtrad documents' to see what there is."
        )
    source = ""
    if record and record.artefact:
        try:
            source = read_source(workspace, record)
        except WorkspaceError:
            # Its part of the index is gone already.
            source = ""
    return _Target(document_id, entry, record, source)


def _telling_lines(workspace: Workspace, target: _Target) -> tuple[str, ...]:
    """Lines of the document that no other document has."""
    lines = {line.strip() for line in target.source.splitlines()}
    long = {line for line in lines if len(line) >= _TELLING}
    for record in _others(workspace, target.id):
        # Elsewhere the same words may be broken into lines in another way.
        document = read_artefact(workspace, record).document
        found = " ".join(f"{document.source} {document.text}".split())
        long = {line for line in long if " ".join(line.split()) not in found}
    return tuple(sorted(long, key=len, reverse=True)[:_MOST_LINES])


def _others(workspace: Workspace, document_id: str) -> Iterator[DocumentRecord]:
    manifest = read_manifest(workspace)
    for record in manifest.documents if manifest else ():
        if record.id != document_id and record.artefact:
            yield record


def _remove_files(workspace: Workspace, target: _Target) -> list[str]:
    if target.entry is None:
        return []
    file = target.entry.file
    paths = [path for path in (file, file.with_suffix(".toml")) if path.is_file()]
    remove_entry(workspace, target.entry)
    for path in paths:
        path.unlink()
    (workspace.indexes / "catalogue.json").unlink(missing_ok=True)
    return [path.relative_to(workspace.root).as_posix() for path in paths]


def _remove_cached(target: _Target) -> int:
    """Delete what was kept of the same text read by path; returns how many files."""
    folder = cache_folder() / "documents"
    gone = 0
    # What searches on a server have fetched: words of its documents. It is fetched again.
    shutil.rmtree(cache_folder() / "server", ignore_errors=True)
    for path in folder.glob("*.json") if target.source and folder.is_dir() else ():
        try:
            same = load_artefact(path.read_bytes()).document.source == target.source
        except (OSError, WorkspaceError):
            # Not readable, so not to be told apart: it only costs time to make it again.
            same = True
        if same:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _remove_vectors(workspace: Workspace, target: _Target) -> int:
    """Keep only vectors of passages that the other documents have."""
    encoder = encoder_for(workspace)
    if not isinstance(encoder, CachedEncoder):
        return 0
    return encoder.forget_all_but(_texts(workspace, _others(workspace, target.id)))


def _texts(workspace: Workspace, records: Iterable[DocumentRecord]) -> Iterator[str]:
    for record in records:
        annotated = read_artefact(workspace, record)
        info = search_info(annotated.document)
        yield from (encoded_text(passage, info) for passage in annotated.passages)


def _remove_words(workspace: Workspace, document_id: str) -> Forgotten:
    if not workspace.reviews.is_file():
        return Forgotten(0, 0)
    return forget_document(
        workspace.reviews,
        document_id,
        lock=workspace.indexes / ".reviews.lock",
        versions=versions_folder(workspace),
    )


def _make_search_anew(workspace: Workspace) -> None:
    """Let the next build make all of the search index: one that is changed keeps old words."""
    manifest = read_manifest(workspace)
    if manifest and manifest.search:
        write_manifest(workspace, replace(manifest, search=None))


def _remains(workspace: Workspace, telling: Sequence[str]) -> list[str]:
    """Files of the workspace and the cache that hold a telling line, in any of its forms."""
    wanted = [form for line in telling for form in _forms(line)]
    folders = (workspace.corpus, workspace.indexes, versions_folder(workspace), cache_folder())
    names = [Path(at) / name for top in folders for at, _, found in os.walk(top) for name in found]
    names += [path for path in workspace.root.glob("*.json*") if path.is_file()]
    return sorted({str(path) for path in names if _holds(path, wanted)})


def _forms(line: str) -> Iterator[bytes]:
    """The line as text and as JSON writes it."""
    yield line.encode("utf-8", "surrogatepass")
    yield json.dumps(line)[1:-1].encode("ascii")
    yield json.dumps(line, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")


def _holds(path: Path, wanted: Sequence[bytes]) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return any(form in data for form in wanted)
