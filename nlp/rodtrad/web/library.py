"""The open workspace: everything the pages read, kept between requests and renewed after a build.

Names that come from outside are looked up in the manifest and never taken as paths.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.errors import RodtradError, UsageError
from rodtrad.ingest.catalogue import LIST_KIND
from rodtrad.pipeline.asking import Searcher
from rodtrad.pipeline.chainjob import run_chain
from rodtrad.pipeline.comparejob import run_compare
from rodtrad.pipeline.exports import note_download
from rodtrad.pipeline.reviewfiles import reviewed_table
from rodtrad.pipeline.reviewjob import ReviewedTrace, reviewed
from rodtrad.pipeline.store import (
    DocumentRecord,
    Manifest,
    manifest_path,
    read_artefact,
    required_manifest,
)
from rodtrad.pipeline.tracejob import Traced, run_trace
from rodtrad.retrieval.hits import SearchFilters, SearchResult
from rodtrad.tables.filters import is_marked
from rodtrad.tables.terms import Language
from rodtrad.tables.traceview import TraceTable
from rodtrad.web.leaf import picture_of
from rodtrad.workspace import Workspace

Records = Mapping[str, Any]
T = TypeVar("T")
SEARCHERS = 2
WARMING = ("regeringsuppdrag", "stöd till barn", "redovisas senast", "human rights")
SEARCHES, DOCUMENTS, TRACES, PICTURES, CHAINS, DOWNLOADS = 512, 24, 12, 32, 128, 512


class UnknownDocumentError(RodtradError):
    """The index holds no such document."""


class Kept(Generic[T]):
    """The most recently used values by key; each is made once, however many ask at a time."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value for a key, made by `make` if it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._values:
                    return self._values[key]
            try:
                value = make()
            finally:
                with self._lock:
                    self._making.pop(key, None)
            self._put(key, value)
        return value

    def _put(self, key: Hashable, value: T) -> None:
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)

    def values(self) -> tuple[T, ...]:
        """What is kept now, the latest used last."""
        with self._lock:
            return tuple(self._values.values())


class Library:
    """A workspace as the pages see it; safe to use from many threads."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._lock = Lock()
        self._stamp: tuple[int, int] | None = None
        self._manifest: Manifest | None = None
        self._searcher: Searcher | None = None
        # More at a time would only wait for each other; twenty readers are answered in turns.
        self._asking = ThreadPoolExecutor(SEARCHERS, thread_name_prefix="search")
        self._searches: Kept[SearchResult] = Kept(SEARCHES)
        self._documents: Kept[AnnotatedDocument] = Kept(DOCUMENTS)
        self._traces: Kept[Traced] = Kept(TRACES)
        self._deadlines: Kept[list[Records]] = Kept(TRACES)
        self._reviewed: Kept[ReviewedTrace] = Kept(TRACES)
        self._tables: Kept[TraceTable] = Kept(TRACES)
        self._comparisons: Kept[list[Records]] = Kept(TRACES)
        self._chains: Kept[Records] = Kept(CHAINS)
        self._pictures: Kept[bytes | None] = Kept(PICTURES)
        self._downloads: Kept[None] = Kept(DOWNLOADS)

    def manifest(self) -> Manifest:
        """The manifest in force, read again when a build has changed it.

        Raises:
            WorkspaceError: nothing is built, or the index is damaged.
        """
        stamp = _stamp_of(manifest_path(self.workspace))
        with self._lock:
            if self._manifest is None or stamp != self._stamp:
                self._manifest = required_manifest(self.workspace)
                self._stamp = stamp
                self._searcher = Searcher(self.workspace, self._manifest)
                gc.unfreeze()  # an index that has been replaced may go
            return self._manifest

    def searcher(self) -> Searcher:
        """The search index in force."""
        manifest = self.manifest()
        with self._lock:
            return self._searcher or Searcher(self.workspace, manifest)

    def warm(self) -> None:
        """Open index and encoder before the first reader asks."""
        manifest = self.manifest()
        # The encoder loads more of itself after its first queries; several bring it to full speed.
        for query in WARMING if manifest.search else ():
            self.search(query, limit=1, filters=SearchFilters())
        # What is loaded stays; to look through it for waste stopped a search for 0.1 s.
        gc.freeze()

    def trace_ahead(self, *, as_of: date) -> None:
        """Make the usual trace before anybody asks for the first page, which shows its coverage."""
        with suppress(RodtradError):  # nothing is built yet, or there is nothing to trace
            pair = self.usual_pair()
            if pair:
                self.reviewed([pair[0]], [pair[1]], as_of=as_of)

    def record(self, document_id: str) -> DocumentRecord:
        """What the manifest knows of a document.

        Raises:
            UnknownDocumentError: there is none with that id.
        """
        record = self.manifest().get(document_id)
        if record is None:
            raise UnknownDocumentError(document_id)
        return record

    def document(self, document_id: str) -> AnnotatedDocument:
        """A document of the index with what was found in it.

        Raises:
            UnknownDocumentError: there is none with that id, or it could not be read.
        """
        record = self.record(document_id)
        if not record.artefact:
            raise UnknownDocumentError(document_id)
        key = (record.id, record.artefact)
        return self._documents.get(key, lambda: read_artefact(self.workspace, record))

    def search(self, query: str, *, limit: int, filters: SearchFilters) -> SearchResult:
        """The answer to a query; the same question to the same index is answered from memory."""
        manifest = self.manifest()
        folder = manifest.search.folder if manifest.search else ""
        key = (folder, query, limit, filters)
        searcher = self.searcher()

        def make() -> SearchResult:
            return self._asking.submit(
                searcher.search, query, limit=limit, filters=filters
            ).result()

        return self._searches.get(key, make)

    def close(self) -> None:
        """Let the threads of the search go."""
        self._asking.shutdown()

    def trace(self, sources: Sequence[str], targets: Sequence[str], *, as_of: date) -> Traced:
        """A trace between documents of the index, kept by what it was made from.

        Raises:
            UnknownDocumentError: a name is not the id of a document.
            UsageError: there is nothing to trace, or nothing to trace it to.
        """

        def make() -> Traced:
            return run_trace(sources, targets, workspace=self.workspace, as_of=as_of)

        return self._traces.get(self._trace_key(sources, targets, as_of), make)

    def _trace_key(self, sources: Sequence[str], targets: Sequence[str], as_of: date) -> Hashable:
        artefacts = tuple(self.record(name).artefact for name in (*sources, *targets))
        return (tuple(sources), tuple(targets), as_of, artefacts)

    def reviewed(
        self, sources: Sequence[str], targets: Sequence[str], *, as_of: date
    ) -> ReviewedTrace:
        """The same trace with what people have decided laid over it."""
        traced = self.trace(sources, targets, as_of=as_of)
        log = _stamp_of(self.workspace.reviews)
        key = (self._trace_key(sources, targets, as_of), log)
        return self._reviewed.get(key, lambda: reviewed(traced, self.workspace))

    def table(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        *,
        as_of: date,
        language: Language,
        can_review: bool = False,
    ) -> TraceTable:
        """The cross-reference table of the trace as reviewed, in words of the language.

        With `can_review` it has what a workbook needs so that decisions can be written in it.
        """
        found = self.reviewed(sources, targets, as_of=as_of)
        log = _stamp_of(self.workspace.reviews)
        key = (self._trace_key(sources, targets, as_of), log, language, can_review)
        return self._tables.get(
            key, lambda: reviewed_table(found, language=language, can_review=can_review)
        )

    def note_download(self, name: str, documents: Sequence[str], *, who: str) -> None:
        """Remember that a file was taken: once a day, however often a calendar asks for it."""
        key = (date.today(), name, tuple(documents), who)
        self._downloads.get(key, lambda: note_download(self.workspace, name, documents, who=who))

    def marking(self, document_id: str) -> str | None:
        """The marking of a document; None for one that is open.

        Raises:
            UnknownDocumentError: there is none with that id.
        """
        marking = self.document(document_id).document.get("marking")
        return marking if is_marked(marking) else None

    def deadlines(self, make: Callable[[], list[Records]], key: Hashable) -> list[Records]:
        """Deadlines, kept for as long as the documents stay the same."""
        artefacts = tuple(d.artefact for d in self.manifest().documents)
        return self._deadlines.get((key, artefacts), make)

    def comparison(self, old: str, new: str, *, as_of: date) -> list[Records]:
        """What became of the measures of one document in another, as `rodtrad compare` prints it.

        Raises:
            UnknownDocumentError: a name is not the id of a document.
            UsageError: both are the same, or one holds no measure.
        """

        def make() -> list[Records]:
            return list(run_compare(old, new, workspace=self.workspace, as_of=as_of))

        return self._comparisons.get(self._trace_key([old], [new], as_of), make)

    def chain(self, item: str, *, as_of: date) -> Records:
        """The chain of "document#id", as `rodtrad chain` prints it.

        Raises:
            UnknownDocumentError: no document of the index has such an item.
        """
        self.record(item.partition("#")[0])
        artefacts = tuple(d.artefact for d in self.manifest().documents)

        def make() -> Records:
            try:
                return run_chain(item, workspace=self.workspace, as_of=as_of)
            except UsageError as error:
                raise UnknownDocumentError(item) from error

        return self._chains.get((item, as_of, artefacts), make)

    def traces(self) -> tuple[Traced, ...]:
        """The traces that are kept and still speak of documents as they are."""
        return tuple(t for t in self._traces.values() if self._holds(t))

    def _holds(self, traced: Traced) -> bool:
        known = {d.id: d for d in self.manifest().documents}
        return all(d.id in known for d in (*traced.sources, *traced.targets))

    def pdf_of(self, document_id: str) -> Path | None:
        """The PDF a document was read from; None where it is another format or gone."""
        path = (self.workspace.root / self.record(document_id).path).resolve()
        inside = path.is_relative_to(self.workspace.corpus.resolve())
        return path if inside and path.suffix.lower() == ".pdf" and path.is_file() else None

    def picture(self, document_id: str, page: int) -> bytes | None:
        """A page of a PDF as PNG; None where there is none."""
        path = self.pdf_of(document_id)
        if path is None or not 1 <= page <= (self.record(document_id).pages or 0):
            return None
        key = (document_id, self.record(document_id).sha256, page)
        return self._pictures.get(key, lambda: picture_of(path, page))

    def sources(self) -> list[DocumentRecord]:
        """Documents that hold statements, so that there may be something to trace from."""
        readable = [d for d in self.manifest().documents if d.artefact and d.statements]
        return [d for d in readable if self.document(d.id).recommendations]

    def targets(self) -> list[DocumentRecord]:
        """Documents that hold measures."""
        readable = [d for d in self.manifest().documents if d.artefact and d.statements]
        return [d for d in readable if self.document(d.id).measures]

    def usual_pair(self) -> tuple[str, str] | None:
        """What is traced when nobody has chosen: a list of recommendations to the newest plan.

        Where there is no list the first document with recommendations, where there is no plan the
        newest document with measures; None where either side is missing.
        """
        sources, targets = self.sources(), self.targets()
        if not sources or not targets:
            return None
        lists = [d for d in sources if d.kind == LIST_KIND]
        plans = [d for d in targets if d.kind == "handlingsplan"]
        newest = max(plans or targets, key=lambda d: (d.date or "", d.id))
        return (lists or sources)[0].id, newest.id


def _stamp_of(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino
