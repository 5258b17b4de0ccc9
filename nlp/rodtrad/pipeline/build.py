"""Make the index: only what changed is read again, and nothing half-made is ever seen."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.errors import RodtradError
from rodtrad.ingest.catalogue import CatalogueEntry, read_catalogue
from rodtrad.pipeline.annotate import annotate_entry
from rodtrad.pipeline.fingerprint import digest, file_digest, reading_code
from rodtrad.pipeline.searchjob import refresh_search
from rodtrad.pipeline.store import (
    DocumentRecord,
    Manifest,
    artefact_is_whole,
    read_manifest,
    remove_leftovers,
    write_artefact,
    write_manifest,
)
from rodtrad.settings import Limits
from rodtrad.workspace import Workspace

# Below this many documents to read, starting worker processes costs more than it gives.
PARALLEL_FROM = 8
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
        old = None if force else read_manifest(workspace)
        entries = read_catalogue(workspace)
        lines = tuple(_refresh(workspace, entries, old, jobs=jobs, ocr=ocr, progress=progress))
        documents = tuple(sorted((line.record for line in lines), key=lambda d: d.id))
        manifest = Manifest(
            code=reading_code(),
            settings=asdict(workspace.settings),
            documents=documents,
            search=old.search if old else None,
        )
        manifest = refresh_search(workspace, manifest, progress=progress)
        if manifest != old:
            write_manifest(workspace, manifest)
        remove_leftovers(workspace, manifest)
    return lines


def inputs_of(entry: CatalogueEntry, sha256: str, limits: Limits) -> str:
    """The digest of all that a document's artefact is made from."""
    values = (f"{key}={value}" for key, value in sorted(entry.values.items()))
    return digest((entry.id, entry.file.name, sha256, str(limits), reading_code(), *values))


def valid_inputs(entry: CatalogueEntry, sha256: str, limits: Limits) -> tuple[str, str]:
    """The digests that an up-to-date artefact may carry: read as catalogued, or with OCR."""
    return inputs_of(entry, sha256, limits), inputs_of(_with_ocr(entry), sha256, limits)


def _refresh(
    workspace: Workspace,
    entries: Sequence[CatalogueEntry],
    old: Manifest | None,
    *,
    jobs: int,
    ocr: bool,
    progress: Progress,
) -> Iterator[BuildLine]:
    todo: list[tuple[CatalogueEntry, DocumentRecord]] = []
    for entry in entries:
        known = old.get(entry.id) if old else None
        start = _start_record(workspace, entry, known)
        if start.status == "failed":
            yield BuildLine(entry.id, "failed", start)
        elif known and _is_current(workspace, entry, known, start, ocr=ocr):
            # The file may have been touched; its new time spares the next digest.
            record = replace(known, size=start.size, mtime_ns=start.mtime_ns)
            yield BuildLine(entry.id, "unchanged", record)
        else:
            todo.append((entry, start))
    if ocr:
        limits = workspace.settings.limits
        todo = [_asking_ocr(entry, start, limits) for entry, start in todo]
    done = _read_all(todo, workspace.settings.limits, jobs=jobs)
    for count, (record, outcome) in enumerate(done, 1):
        progress("läser", count, len(todo))
        yield _store(workspace, record, outcome)


def _is_current(
    workspace: Workspace,
    entry: CatalogueEntry,
    known: DocumentRecord,
    start: DocumentRecord,
    *,
    ocr: bool,
) -> bool:
    """Whether a document's artefact still holds.

    With `ocr` one that was read without it and is not complete does not.
    """
    if ocr and known.errors and known.inputs == start.inputs:
        return False
    valid = valid_inputs(entry, start.sha256, workspace.settings.limits)
    return known.inputs in valid and artefact_is_whole(workspace, known)


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
    path = entry.file.relative_to(workspace.root).as_posix()
    base = DocumentRecord(entry.id, path, "failed", kind=entry.values.get("kind", "okänd"))
    try:
        stat = entry.file.stat()
        untouched = known is not None and (known.size, known.mtime_ns) == (
            stat.st_size,
            stat.st_mtime_ns,
        )
        sha256 = known.sha256 if known and untouched else file_digest(entry.file)
    except OSError as error:
        message = (
            f"{path}: cannot be read ({error.strerror}); put the file there or mend catalog.toml."
        )
        return replace(base, errors=(message,))
    return replace(
        base,
        status="ok",
        sha256=sha256,
        size=stat.st_size,
        mtime_ns=stat.st_mtime_ns,
        inputs=inputs_of(entry, sha256, workspace.settings.limits),
    )


Outcome = AnnotatedDocument | BaseException


def _read_all(
    todo: Sequence[tuple[CatalogueEntry, DocumentRecord]], limits: Limits, *, jobs: int
) -> Iterator[tuple[DocumentRecord, Outcome]]:
    # An executor even for one process: a future carries whatever went wrong with one document,
    # our own mistakes included, so that the others go on.
    with _executor(jobs if len(todo) >= PARALLEL_FROM else 1) as executor:
        futures = {executor.submit(annotate_entry, entry, limits): r for entry, r in todo}
        for future in as_completed(futures):
            yield futures[future], future.exception() or future.result()


def _executor(jobs: int) -> Executor:
    if jobs == 1:
        return ThreadPoolExecutor(1)
    # Spawned, never forked: the encoder's native threads do not survive a fork.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))


def _store(workspace: Workspace, record: DocumentRecord, outcome: Outcome) -> BuildLine:
    if isinstance(outcome, BaseException):
        failed = replace(record, status="failed", inputs="", errors=(_reason(record, outcome),))
        return BuildLine(record.id, "failed", failed)
    artefact = write_artefact(workspace, outcome)
    return BuildLine(record.id, "built", described(record, outcome, artefact))


def _reason(record: DocumentRecord, error: BaseException) -> str:
    if isinstance(error, RodtradError):
        return str(error)
    kind = type(error).__name__
    return f"{record.path}: Rödtråd itself failed on it ({kind}: {error}); please report it."


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
