"""Keep the search index in step with the documents, and ask it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rodtrad.datamodel import AnnotatedDocument, Document, Passage
from rodtrad.errors import WorkspaceError
from rodtrad.pipeline.fingerprint import digest, package_code
from rodtrad.pipeline.store import Manifest, SearchInfo, read_artefact
from rodtrad.retrieval.encoders import Encoder, open_encoder
from rodtrad.retrieval.hits import DocumentInfo, PassageFacts
from rodtrad.retrieval.index import SearchIndex
from rodtrad.settings import EncoderSettings, cache_folder
from rodtrad.workspace import Workspace

Progress = Callable[[str, int, int], None]


def encoder_for(workspace: Workspace | None, *, jobs_hint: int = 0) -> Encoder:
    """The encoder the workspace's settings name; the embedded one outside any workspace."""
    settings = workspace.settings.encoder if workspace else EncoderSettings()
    return open_encoder(settings, cache_folder=cache_folder(), jobs_hint=jobs_hint)


def search_inputs(workspace: Workspace, manifest: Manifest) -> str:
    """The digest of all that the search index is made from."""
    documents = (f"{d.id}={d.artefact}" for d in manifest.documents if d.artefact)
    encoder = str(workspace.settings.encoder)
    return digest((encoder, package_code("retrieval"), *documents))


def search_is_fresh(workspace: Workspace, manifest: Manifest) -> bool:
    """Whether the search index in force holds exactly the documents of the manifest."""
    search = manifest.search
    return (
        search is not None
        and search.inputs == search_inputs(workspace, manifest)
        and (workspace.indexes / search.folder).is_dir()
    )


def refresh_search(workspace: Workspace, manifest: Manifest, *, progress: Progress) -> Manifest:
    """The manifest with a search index that fits its documents, made anew where it did not.

    The new index is made in a folder of its own; the one in force stays until the manifest
    changes.
    """
    if search_is_fresh(workspace, manifest):
        return manifest
    readable = [d for d in manifest.documents if d.artefact]
    if not readable:
        return manifest.with_search(None)
    infos: dict[str, DocumentInfo] = {}
    passages: list[Passage] = []
    facts: dict[str, PassageFacts] = {}
    for count, record in enumerate(readable, 1):
        found = read_artefact(workspace, record)
        passages.extend(found.passages)
        infos[record.id] = search_info(found.document)
        facts |= passage_facts(found)
        progress("samlar", count, len(readable))
    inputs = search_inputs(workspace, manifest)
    folder = workspace.indexes / f"search-{inputs[:12]}"
    encoder = _make(workspace, folder, passages, infos, facts, progress=progress)
    info = SearchInfo(
        folder.name, inputs, encoder.name, encoder.revision, encoder.dimensions, len(passages)
    )
    return manifest.with_search(info)


def search_info(document: Document) -> DocumentInfo:
    """What search knows about a document beside its passages."""
    dnr = document.get("dnr")
    return DocumentInfo(
        id=document.id,
        title=document.title,
        kind=document.kind,
        date=document.get("date"),
        issuer=document.get("issuer"),
        language=document.language,
        dnr=(dnr,) if dnr else (),
    )


def passage_facts(found: AnnotatedDocument) -> dict[str, PassageFacts]:
    """Agencies and entity types in each passage, by its key."""
    facts = {}
    for passage in found.passages:
        inside = [m for m in found.entities if passage.at.covers(m.at)]
        agencies = {str(m.value) for m in inside if m.type == "AGENCY"}
        facts[passage.key] = PassageFacts(
            tuple(sorted(agencies)), tuple(sorted({m.type for m in inside}))
        )
    return facts


def _make(
    workspace: Workspace,
    folder: Path,
    passages: Sequence[Passage],
    infos: Mapping[str, DocumentInfo],
    facts: Mapping[str, PassageFacts],
    *,
    progress: Progress,
) -> Encoder:
    from rodtrad.retrieval.building import build_search_index

    words = sum(len(p.text) for p in passages) // 6
    encoder = encoder_for(workspace, jobs_hint=words)
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    build_search_index(
        passages,
        temporary,
        encoder=encoder,
        documents_info=infos,
        facts=facts,
        progress=lambda done, total: progress("kodar", done, total),
    )
    shutil.rmtree(folder, ignore_errors=True)
    temporary.rename(folder)
    return encoder


def open_search(workspace: Workspace, manifest: Manifest) -> SearchIndex:
    """The search index in force.

    Raises:
        WorkspaceError: there is none.
    """
    if manifest.search is None:
        raise WorkspaceError(f"{workspace.root}: there is no search index; run 'rodtrad build'.")
    return SearchIndex.open(workspace.indexes / manifest.search.folder)
