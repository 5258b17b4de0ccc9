"""A workspace's corpus as Python values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.pipeline.asking import Searcher
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.store import DocumentRecord, Manifest, required_manifest
from rodtrad.pipeline.tracejob import Traced, run_trace
from rodtrad.retrieval.hits import Hit, SearchFilters
from rodtrad.workspace import Workspace, find_workspace, open_workspace


@dataclass(frozen=True)
class Corpus:
    """A built workspace: its documents, search and tracing."""

    workspace: Workspace
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path | None = None) -> Corpus:
        """The corpus of the workspace in `folder`, or the nearest one upward from here."""
        workspace = open_workspace(folder) if folder else find_workspace(Path.cwd())
        return cls(workspace, required_manifest(workspace))

    @property
    def documents(self) -> tuple[DocumentRecord, ...]:
        """What the index holds, a record a document."""
        return self.manifest.documents

    def __getitem__(self, document_id: str) -> AnnotatedDocument:
        """The document of that id, with everything found in it."""
        return load_documents([document_id], self.workspace)[0]

    @cached_property
    def _searcher(self) -> Searcher:
        return Searcher(self.workspace, self.manifest)

    def search(
        self, query: str, *, limit: int = 10, filters: SearchFilters | None = None
    ) -> tuple[Hit, ...]:
        """The passages that fit a query best; none where the corpus cannot answer it."""
        return self._searcher.search(query, limit=limit, filters=filters or SearchFilters()).hits

    def trace(
        self,
        source: str | Sequence[str],
        target: str | Sequence[str],
        *,
        as_of: date | None = None,
    ) -> Traced:
        """The recommendations of `source` held against the measures of `target`."""
        return run_trace(
            [source] if isinstance(source, str) else source,
            [target] if isinstance(target, str) else target,
            workspace=self.workspace,
            as_of=as_of or datetime.now().astimezone().date(),
        )
