"""Bring a search server to what the workspace's index holds."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rodtrad.errors import UsageError
from rodtrad.pipeline.build import Progress, silent
from rodtrad.pipeline.fingerprint import digest
from rodtrad.pipeline.searchjob import MADE_FROM, required_search
from rodtrad.pipeline.store import Manifest, read_source, required_manifest
from rodtrad.retrieval.hits import DocumentInfo, SearchFilters
from rodtrad.workspace import Workspace

if TYPE_CHECKING:
    from rodtrad.backends.postgres.link import Link
    from rodtrad.backends.postgres.loading import DocumentLoad
    from rodtrad.backends.postgres.schema import About

URL = "RODTRAD_SEARCH_URL"
WORDS_FILE = "words.sqlite"
Record = Mapping[str, Any]


def server_url(workspace: Workspace) -> str:
    """The address that documents are pushed to; empty where there is none."""
    return os.environ.get(URL) or workspace.settings.search.url


def server_link(workspace: Workspace, *, writes: bool = False) -> Link:
    """The connection that the settings name; a read replica serves what only reads.

    Raises:
        UsageError: no address is given, or the extra is not installed.
    """
    settings = workspace.settings.search
    url = server_url(workspace)
    if not writes and settings.read_url:
        url = settings.read_url
    if not url:
        raise UsageError(f"no search server: set [search] url in rodtrad.toml, or {URL}.")
    missing = [name for name in ("psycopg", "pgvector") if find_spec(name) is None]
    if missing:
        raise UsageError(f"the search server needs {missing[0]}; install rodtrad[postgres].")
    from rodtrad.backends.postgres.link import Link

    return Link(url, writes=writes)


@dataclass(frozen=True)
class Embedded:
    """The workspace's own index, as what a push reads from."""

    workspace: Workspace
    manifest: Manifest

    @cached_property
    def folder(self) -> Path:
        """The folder of the index in force."""
        return self.workspace.indexes / required_search(self.workspace, self.manifest).folder

    @cached_property
    def _parts(self) -> tuple[Any, Any, Any]:
        from rodtrad.retrieval.analysers import Analysers
        from rodtrad.retrieval.dense import DenseIndex
        from rodtrad.retrieval.store import PassageStore
        from rodtrad.retrieval.wordstore import WordStore

        analysers = Analysers.of_index(WordStore.open(self.folder))
        return PassageStore.open(self.folder), DenseIndex.open(self.folder), analysers

    @cached_property
    def infos(self) -> dict[str, DocumentInfo]:
        """The documents by id."""
        return dict(self._parts[0].documents())

    @cached_property
    def _made_from(self) -> Record:
        found: Record = json.loads((self.folder / MADE_FROM).read_text(encoding="utf-8"))
        return found

    def about(self, partition: str) -> About:
        """What all passages have in common."""
        from rodtrad.backends.postgres.schema import About

        dense = self._parts[1]
        centring = dense.centring
        return About(
            dense.space.model,
            dense.space.revision,
            tuple(centring.mean.tolist()),
            tuple(centring.centre.tolist()),
            centring.spread,
            dense.directions.rows().tobytes(),
            partition,
        )

    def generation(self, about: About) -> str:
        """The digest of what all documents share: rules, encoder, mean vector, division."""
        return digest((str(self._made_from["code"]), repr(about)))

    @cached_property
    def versions(self) -> dict[str, str]:
        """The version of every document: its artefact and what is said of it."""
        made_from = self._made_from["documents"]
        return {
            one: digest((str(made_from.get(one)), repr(info))) for one, info in self.infos.items()
        }

    def load_of(self, identifier: str, *, replaces: str | None) -> DocumentLoad:
        """A document with all its passages."""
        from rodtrad.backends.postgres.loading import DocumentLoad, LoadedPassage
        from rodtrad.retrieval.building import lexical_passages

        store, dense, analysers = self._parts
        numbers = store.allowed(SearchFilters(documents=(identifier,))).tolist()
        stored = [store.passages([number])[number] for number in numbers]
        words = lexical_passages(stored, self.infos, analysers)
        vectors = dense.vectors(numbers) if numbers else ()
        rows = [LoadedPassage(*row) for row in zip(stored, words, vectors, strict=True)]
        record = self.manifest.get(identifier)
        source = read_source(self.workspace, record) if record else ""
        return DocumentLoad(
            self.infos[identifier],
            self.versions[identifier],
            source.encode("utf-8", "surrogatepass"),
            rows,
            replaces,
        )


def push(workspace: Workspace, *, progress: Progress = silent) -> list[Record]:
    """Put the index on the server; a record per document that was not there as it is.

    Each is `{id, status}`: loaded, removed, or conflict where another push changed the document
    meanwhile, and left it as that push wants it. Searches see the new documents one by one, or,
    where rules or encoder changed, all of them at once when the last is there. A document that the
    index no longer has is then in no generation of the collection.

    Raises:
        UsageError: no server is named.
        RodtradError: it cannot be reached.
    """
    from rodtrad.backends.postgres.loading import Loader, load_all
    from rodtrad.backends.postgres.schema import drop_generations, put_in_force, schema_name

    embedded = Embedded(workspace, required_manifest(workspace))
    settings = workspace.settings.search
    about = embedded.about(settings.partition)
    schema = schema_name(settings.collection, embedded.generation(about))
    link = server_link(workspace, writes=True)
    loader = Loader(link, schema, about)
    known = loader.versions()
    outcomes = []
    done = load_all(
        loader, known, embedded.versions,
        lambda one: embedded.load_of(one, replaces=known.get(one)),
    )  # fmt: skip
    for count, outcome in enumerate(done, 1):
        progress("skickar", count, len(embedded.versions))
        outcomes.append(outcome)
    loader.put_file(WORDS_FILE, (embedded.folder / WORDS_FILE).read_bytes())
    loader.finish()
    put_in_force(link, settings.collection, schema)
    drop_generations(link, settings.collection, schema, embedded.versions)
    link.close()
    return [{"id": one, "status": status} for one, status in outcomes]
