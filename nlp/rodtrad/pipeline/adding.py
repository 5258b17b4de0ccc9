"""Take files into a workspace: read them first, then copy, then catalogue."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rodtrad.errors import UnreadableFileError, UsageError
from rodtrad.ingest.catalogue import (
    LIST_KIND,
    SOURCE_SUFFIXES,
    CatalogueEntry,
    append_entries,
    read_catalogue,
    slug,
)
from rodtrad.pipeline.annotate import annotate_file
from rodtrad.pipeline.fingerprint import file_digest
from rodtrad.pipeline.readingjob import described
from rodtrad.pipeline.records import Record, document_record
from rodtrad.pipeline.store import DocumentRecord
from rodtrad.workspace import Workspace


def add_documents(
    workspace: Workspace, paths: Sequence[Path], facts: Mapping[str, str]
) -> list[Record]:
    """Add files, or the readable files of folders; returns a record for each.

    All files are read before anything is copied, so that one bad file adds nothing.

    Raises:
        UnreadableFileError: a file cannot be read.
        UsageError: the file, or its id, is in the catalogue already.
    """
    files = [file for path in paths for file in _files_of(path)]
    if len(files) > 1 and "title" in facts:
        raise UsageError("--title fits one file only; add the files one by one.")
    with workspace.lock():
        known = read_catalogue(workspace)
        entries: list[CatalogueEntry] = []
        for file in files:
            # Those of this call too: two files of one name would become one.
            entries.append(_entry(workspace, file, facts, [*known, *entries]))
        records = [_record(workspace, file, entry) for file, entry in _pairs(files, entries)]
        for file, entry in _pairs(files, entries):
            entry.file.parent.mkdir(parents=True, exist_ok=True)
            if file.resolve() != entry.file:
                _copy(file, entry)
        append_entries(workspace, entries)
    return records


def _copy(file: Path, entry: CatalogueEntry) -> None:
    """Copy a file into the corpus, where it appears whole or not at all.

    Raises:
        UnreadableFileError: it changed since it was read.
    """
    temporary = entry.file.with_name(f".{entry.file.name}.{os.getpid()}.tmp")
    try:
        shutil.copyfile(file, temporary)
        if file_digest(temporary) != entry.sha256:
            raise UnreadableFileError(f"{file}: changed while it was added; add it again.")
        temporary.replace(entry.file)
    finally:
        temporary.unlink(missing_ok=True)


def _pairs(
    files: Sequence[Path], entries: Sequence[CatalogueEntry]
) -> Iterator[tuple[Path, CatalogueEntry]]:
    return zip(files, entries, strict=True)


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SOURCE_SUFFIXES)
    if not found:
        raise UnreadableFileError(
            f"{path}: holds no document; known endings: {' '.join(sorted(SOURCE_SUFFIXES))}."
        )
    return found


def _entry(
    workspace: Workspace, file: Path, facts: Mapping[str, str], known: Sequence[CatalogueEntry]
) -> CatalogueEntry:
    if not file.is_file():
        raise UnreadableFileError(f"{file}: there is no such file; check the path.")
    try:
        sha256 = file_digest(file)
    except OSError as error:
        raise UnreadableFileError(f"{file}: cannot be read ({error.strerror}).") from error
    identifier = facts.get("id") or slug(file.stem)
    folder = "recommendations" if facts.get("kind") == LIST_KIND else "sources"
    target = workspace.corpus.resolve() / folder / file.name
    if file.resolve().is_relative_to(workspace.corpus.resolve()):
        target = file.resolve()
    _refuse_known(file, identifier, target, known)
    values = {key: value for key, value in facts.items() if key != "id"}
    return CatalogueEntry(identifier, target, values, sha256)


def _refuse_known(
    file: Path, identifier: str, target: Path, known: Sequence[CatalogueEntry]
) -> None:
    for entry in known:
        if entry.file == target and file.resolve() != target and not _half_added(file, entry):
            raise UsageError(f"{file}: the corpus already has {target.name} as {entry.id}.")
        if entry.id == identifier and entry.file != target:
            raise UsageError(
                f"{file}: the id {identifier} is taken by {entry.file.name}; "
                "choose another with --set id=NAME."
            )


def _half_added(file: Path, entry: CatalogueEntry) -> bool:
    """Whether the corpus has the same file without a catalogue entry: an add was cut off."""
    catalogued = entry.sha256 is not None or bool(entry.values)
    return not catalogued and file_digest(entry.file) == file_digest(file)


def _record(workspace: Workspace, file: Path, entry: CatalogueEntry) -> Record:
    annotated = annotate_file(
        file,
        document_id=entry.id,
        overrides=entry.values,
        limits=workspace.settings.limits,
    )
    base = DocumentRecord(
        entry.id,
        entry.file.relative_to(workspace.root).as_posix(),
        "ok",
        sha256=entry.sha256 or "",
        size=file.stat().st_size,
    )
    return document_record(described(base, annotated, ""))
