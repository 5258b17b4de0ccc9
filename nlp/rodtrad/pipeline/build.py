"""Make the index: only what changed is read again, and nothing half-made is ever seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from rodtrad.errors import RodtradError
from rodtrad.ingest.catalogue import CatalogueEntry, read_catalogue
from rodtrad.pipeline.fingerprint import digest, file_digest, reading_code
from rodtrad.pipeline.searchjob import refresh_search
from rodtrad.pipeline.store import (
    DocumentRecord,
    Files,
    Manifest,
    artefact_is_whole,
    kept_now,
    read_manifest,
    remove_leftovers,
    stored_files,
    write_manifest,
)
from rodtrad.settings import Limits, Settings
from rodtrad.workspace import Workspace, clear_unfinished

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BuildLine:
    """What happened to one document: built, unchanged or failed."""

    id: str
    status: str
    record: DocumentRecord

    @property
    def errors(self) -> tuple[str, ...]:
        """What went wrong, in words."""
        return self.record.errors


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def build(
    workspace: Workspace,
    *,
    force: bool = False,
    jobs: int = 1,
    ocr: bool = False,
    progress: Progress = silent,
) -> tuple[BuildLine, ...]:
    """Bring the index up to date and return a line per document.

    A document that cannot be read is reported as failed and left out of the index; the others go
    on. `force` reads everything again, also over a damaged index. `ocr` reads scanned pages with
    the OCR program, also of documents that an earlier build left incomplete; what it read stays
    until the document changes.

    Raises:
        WorkspaceError: the catalogue or the index is damaged, or another process is writing.
    """
    with workspace.lock():
        clear_unfinished(workspace.corpus)
        old = None if force else read_manifest(workspace)
        entries = read_catalogue(workspace)
        lines = tuple(_refresh(workspace, entries, old, jobs=jobs, ocr=ocr, progress=progress))
        documents = _documents(workspace, lines)
        manifest = Manifest(
            code=reading_code(),
            settings=_reading_settings(workspace.settings),
            documents=documents,
            search=old.search if old else None,
        )
        manifest = refresh_search(workspace, manifest, progress=progress)
        if manifest != old:
            write_manifest(workspace, manifest)
        remove_leftovers(workspace, manifest)
    return lines


def _reading_settings(settings: Settings) -> dict[str, Any]:
    """What of the settings decides what is in the index; addresses of servers do not."""
    found = asdict(settings)
    return {name: found[name] for name in ("language", "encoder", "limits")}


def build_record(line: BuildLine) -> Mapping[str, Any]:
    """What happened to a document, as `rodtrad build` prints it."""
    record = line.record
    return {
        "id": line.id,
        "status": line.status,
        "errors": list(line.errors),
        "sections": record.sections,
        "passages": record.passages,
        "entities": record.entities,
        "statements": record.statements,
    }


def _documents(workspace: Workspace, lines: Sequence[BuildLine]) -> tuple[DocumentRecord, ...]:
    """The records by id; those of artefacts just written say how their files look."""
    files = stored_files(workspace) if any(line.status == "built" for line in lines) else {}
    records = (
        replace(line.record, kept=kept_now(files, line.id, line.record.artefact))
        if line.status == "built"
        else line.record
        for line in lines
    )
    return tuple(sorted(records, key=lambda d: d.id))


def inputs_of(entry: CatalogueEntry, sha256: str, limits: Limits) -> str:
    """The digest of all that a document's artefact is made from."""
    values = (f"{key}={value}" for key, value in sorted(entry.values.items()))
    return digest((entry.id, entry.file.name, sha256, str(limits), reading_code(), *values))


def valid_inputs(entry: CatalogueEntry, sha256: str, limits: Limits) -> tuple[str, str]:
    """The digests that an up-to-date artefact may carry: read as catalogued, or with OCR."""
    return inputs_of(entry, sha256, limits), inputs_of(_with_ocr(entry), sha256, limits)


Todo = list[tuple[CatalogueEntry, DocumentRecord]]


def _refresh(
    workspace: Workspace,
    entries: Sequence[CatalogueEntry],
    old: Manifest | None,
    *,
    jobs: int,
    ocr: bool,
    progress: Progress,
) -> Iterator[BuildLine]:
    todo: Todo = []
    files = stored_files(workspace)
    for entry in entries:
        known = old.get(entry.id) if old else None
        start = _start_record(workspace, entry, known)
        if start.status == "failed":
            yield BuildLine(entry.id, "failed", start)
        elif known and _is_current(workspace, entry, known, start, files=files, ocr=ocr):
            yield BuildLine(entry.id, "unchanged", _seen_now(known, start, files))
        else:
            todo.append((entry, start))
    if ocr:
        limits = workspace.settings.limits
        todo = [_asking_ocr(entry, start, limits) for entry, start in todo]
    yield from _read_all(workspace, todo, jobs=jobs, progress=progress)


def _seen_now(known: DocumentRecord, start: DocumentRecord, files: Files) -> DocumentRecord:
    """The record of an unchanged document; its files' new times spare the next digests."""
    kept = kept_now(files, known.id, known.artefact)
    if start is known and kept == known.kept:
        return known
    return replace(known, size=start.size, mtime_ns=start.mtime_ns, kept=kept)


def _is_current(
    workspace: Workspace,
    entry: CatalogueEntry,
    known: DocumentRecord,
    start: DocumentRecord,
    *,
    files: Files,
    ocr: bool,
) -> bool:
    """Whether a document's artefact still holds.

    With `ocr` one that was read without it and is not complete does not.
    """
    if ocr and known.errors and known.inputs == start.inputs:
        return False
    is_same = known.inputs == start.inputs or known.inputs in valid_inputs(
        entry, start.sha256, workspace.settings.limits
    )
    return is_same and artefact_is_whole(workspace, known, files)


def _asking_ocr(
    entry: CatalogueEntry, start: DocumentRecord, limits: Limits
) -> tuple[CatalogueEntry, DocumentRecord]:
    asking = _with_ocr(entry)
    return asking, replace(start, inputs=inputs_of(asking, start.sha256, limits))


def _with_ocr(entry: CatalogueEntry) -> CatalogueEntry:
    """The entry as if the catalogue asked for OCR."""
    return replace(entry, values={**entry.values, "ocr": "ja"})


def _start_record(
    workspace: Workspace, entry: CatalogueEntry, known: DocumentRecord | None
) -> DocumentRecord:
    """What is known of a document before it is read: the known record where nothing changed."""
    try:
        stat = entry.file.stat()
        now = (stat.st_size, stat.st_mtime_ns)
        if known is not None and (known.size, known.mtime_ns) == now:
            sha256 = known.sha256
            if known.inputs == inputs_of(entry, sha256, workspace.settings.limits):
                return known
        else:
            sha256 = file_digest(entry.file)
        return _found_record(workspace, entry, sha256, now)
    except OSError as error:
        base = _base_record(workspace, entry)
        path = base.path
        message = (
            f"{path}: cannot be read ({error.strerror}); put the file there or mend catalog.toml."
        )
        return replace(base, errors=(message,))


def _base_record(workspace: Workspace, entry: CatalogueEntry) -> DocumentRecord:
    path = entry.file.relative_to(workspace.root).as_posix()
    return DocumentRecord(entry.id, path, "failed", kind=entry.values.get("kind", "okänd"))


def _found_record(
    workspace: Workspace, entry: CatalogueEntry, sha256: str, now: tuple[int, int]
) -> DocumentRecord:
    return replace(
        _base_record(workspace, entry),
        status="ok",
        sha256=sha256,
        size=now[0],
        mtime_ns=now[1],
        inputs=inputs_of(entry, sha256, workspace.settings.limits),
    )


def _read_all(
    workspace: Workspace, todo: Todo, *, jobs: int, progress: Progress
) -> Iterator[BuildLine]:
    """Read the documents and store what is found, several at a time."""
    if not todo:
        return
    from rodtrad.pipeline.jobs import runner_for
    from rodtrad.pipeline.readingjob import ReadingJob, read_and_store

    work = [ReadingJob(workspace, entry, start) for entry, start in todo]
    runner = runner_for(workspace, jobs=jobs, count=len(work))
    for count, (place, outcome) in enumerate(runner.run(read_and_store, work), 1):
        progress("läser", count, len(todo))
        yield _line(todo[place][1], outcome)


def _line(start: DocumentRecord, outcome: DocumentRecord | BaseException) -> BuildLine:
    if isinstance(outcome, BaseException):
        failed = replace(start, status="failed", inputs="", errors=(_reason(start, outcome),))
        return BuildLine(start.id, "failed", failed)
    return BuildLine(start.id, "built", outcome)


def _reason(record: DocumentRecord, error: BaseException) -> str:
    if isinstance(error, RodtradError):
        return str(error)
    kind = type(error).__name__
    return f"{record.path}: Rödtråd itself failed on it ({kind}: {error}); please report it."
