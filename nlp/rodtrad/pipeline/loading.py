"""Find the documents a person named: by id in the index, or by path anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.entities.corpusnames import cited_as, resolve_to_corpus
from rodtrad.errors import UnreadableFileError, UsageError, WorkspaceError
from rodtrad.ingest.catalogue import slug
from rodtrad.pipeline.annotate import annotate_file, renamed
from rodtrad.pipeline.fingerprint import digest, file_digest, reading_code
from rodtrad.pipeline.store import (
    DocumentRecord,
    Manifest,
    dump_artefact,
    load_artefact,
    read_artefact,
    read_manifest,
    required_manifest,
)
from rodtrad.settings import Limits, cache_folder
from rodtrad.workspace import Workspace, write_atomically


def load_documents(
    names: Sequence[str], workspace: Workspace | None
) -> tuple[AnnotatedDocument, ...]:
    """The documents of that id in the index, or in the file of that path.

    Citations that mean a document of the index carry its id in their detail.

    Raises:
        UsageError: there is no such id and no such file.
        UnreadableFileError: the file cannot be read.
    """
    manifest = read_manifest(workspace) if workspace else None
    cited = corpus_names(manifest)
    return tuple(_resolved(_load(name, workspace, manifest), cited) for name in names)


def corpus_names(manifest: Manifest | None) -> dict[str, tuple[str, ...]]:
    """The documents of the index by id, each with the names that others cite it by."""
    return {
        record.id: cited_as(
            number=record.number, dnr=record.dnr, title=record.title, issuer=record.issuer
        )
        for record in (manifest.documents if manifest else ())
    }


def _resolved(
    annotated: AnnotatedDocument, cited: Mapping[str, Sequence[str]]
) -> AnnotatedDocument:
    return replace(annotated, mentions=resolve_to_corpus(annotated.mentions, cited))


def load_all(workspace: Workspace) -> tuple[AnnotatedDocument, ...]:
    """Every document of the index that could be read."""
    manifest = required_manifest(workspace)
    return tuple(read_artefact(workspace, d) for d in manifest.documents if d.artefact)


def _load(name: str, workspace: Workspace | None, manifest: Manifest | None) -> AnnotatedDocument:
    record = manifest.get(name) if manifest else None
    if workspace and record:
        return read_artefact(workspace, _readable(record))
    path = Path(name)
    if path.exists():
        return _load_path(path, workspace, manifest)
    raise UsageError(_unknown(name, manifest))


def _readable(record: DocumentRecord) -> DocumentRecord:
    if not record.artefact:
        raise UnreadableFileError(record.errors[0] if record.errors else f"{record.id}: failed.")
    return record


def _unknown(name: str, manifest: Manifest | None) -> str:
    if "/" in name or Path(name).suffix:
        return f"{name}: there is no such file; check the path."
    known = [d.id for d in manifest.documents] if manifest else []
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else "run 'rodtrad documents' to see what there is."
    return f"{name}: no document has that id and there is no such file; {hint}"


def _load_path(
    path: Path, workspace: Workspace | None, manifest: Manifest | None
) -> AnnotatedDocument:
    document_id = slug(path.stem)
    if not path.is_file():
        raise UnreadableFileError(f"{path}: is a folder; name a file.")
    try:
        sha256 = file_digest(path)
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}).") from error
    built = manifest.documents if manifest else ()
    same = next((d for d in built if d.sha256 == sha256 and d.artefact), None)
    if workspace and same:
        found = read_artefact(workspace, same)
        return found if found.id == document_id else renamed(found, document_id)
    limits = workspace.settings.limits if workspace else Limits()
    return _load_cached(path, document_id=document_id, sha256=sha256, limits=limits)


def _load_cached(path: Path, *, document_id: str, sha256: str, limits: Limits) -> AnnotatedDocument:
    key = digest((sha256, document_id, path.suffix, str(limits), reading_code()))
    kept = cache_folder() / "documents" / f"{key}.json"
    if kept.is_file():
        try:
            return load_artefact(kept.read_bytes())
        except WorkspaceError:
            kept.unlink()
    annotated = annotate_file(path, document_id=document_id, overrides={}, limits=limits)
    try:
        write_atomically(kept, dump_artefact(annotated))
    except OSError:
        # A cache that cannot be written only costs time.
        return annotated
    return annotated
