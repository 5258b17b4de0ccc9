"""Keep the search index in step with the documents, and ask it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.errors import WorkspaceError
from rodtrad.pipeline.fingerprint import digest, package_code
from rodtrad.pipeline.store import DocumentRecord, Manifest, SearchInfo, read_artefact
from rodtrad.settings import EncoderSettings, cache_folder
from rodtrad.workspace import Workspace

# A build with nothing to do loads neither an encoder nor an index.
if TYPE_CHECKING:
    from rodtrad.datamodel import AnnotatedDocument, Document, Passage
    from rodtrad.retrieval.encoders import Encoder
    from rodtrad.retrieval.hits import DocumentInfo, PassageFacts
    from rodtrad.retrieval.index import SearchIndex
    from rodtrad.retrieval.reranking import Reranker
    from rodtrad.retrieval.termbank import TermBank

Progress = Callable[[str, int, int], None]
MADE_FROM = "made-from.json"


def encoder_for(workspace: Workspace | None, *, jobs_hint: int = 0) -> Encoder:
    """The encoder the workspace's settings name; the embedded one outside any workspace."""
    from rodtrad.pipeline.jobs import far_runner
    from rodtrad.retrieval.encoders import open_encoder

    settings = workspace.settings.encoder if workspace else EncoderSettings()
    return open_encoder(
        settings, cache_folder=cache_folder(), jobs_hint=jobs_hint, runner=far_runner(workspace)
    )


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
    """The manifest with a search index that fits its documents.

    Where a few documents changed, were added or removed, only their passages are done again;
    where much did, or the rules or the encoder, all is.
    The new index is made in a folder of its own; the one in force stays until the manifest
    changes.
    """
    if search_is_fresh(workspace, manifest):
        return manifest
    readable = {d.id: d for d in manifest.documents if d.artefact}
    if not readable:
        return manifest.with_search(None)
    inputs = search_inputs(workspace, manifest)
    folder = workspace.indexes / f"search-{inputs[:12]}"
    change = _change(workspace, manifest)
    job = _update if change else _make
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    encoder, count = job(workspace, manifest, change or Change(), temporary, progress=progress)
    made_from = {"code": search_code(workspace), "documents": _artefacts(manifest)}
    (temporary / MADE_FROM).write_text(json.dumps(made_from, indent=1), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    temporary.rename(folder)
    info = SearchInfo(
        folder.name, inputs, encoder.name, encoder.revision, encoder.dimensions, count
    )
    return manifest.with_search(info)


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between a search index and the documents: ids read anew, passages gone."""

    read_anew: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass
class Collected:
    """What of some documents goes into the index, beside their passages."""

    facts: dict[str, PassageFacts] = field(default_factory=dict)
    infos: dict[str, DocumentInfo] = field(default_factory=dict)


def search_code(workspace: Workspace) -> str:
    """The digest of what decides how an index is made, its documents apart."""
    return digest((str(workspace.settings.encoder), package_code("retrieval")))


def _artefacts(manifest: Manifest) -> dict[str, str]:
    return {d.id: d.artefact for d in manifest.documents if d.artefact}


def _change(workspace: Workspace, manifest: Manifest) -> Change | None:
    """What to do again in the index in force; None where all is to be made anew."""
    from rodtrad.retrieval.updating import indexed_keys, is_small_change

    if manifest.search is None:
        return None
    folder = workspace.indexes / manifest.search.folder
    try:
        made_from = json.loads((folder / MADE_FROM).read_text(encoding="utf-8"))
        old, same_code = made_from["documents"], made_from["code"] == search_code(workspace)
        keys = indexed_keys(folder) if same_code else {}
    except (OSError, ValueError, KeyError, TypeError, WorkspaceError):
        return None
    now = _artefacts(manifest)
    changed = {one for one in old.keys() | now.keys() if old.get(one) != now.get(one)}
    removed = tuple(key for key, document in keys.items() if document in changed)
    read_anew = tuple(sorted(changed & now.keys()))
    added = sum(record.passages for record in manifest.documents if record.id in read_anew)
    if not keys or not is_small_change(max(len(removed), added), len(keys)):
        return None
    return Change(read_anew, removed)


def _passages(
    workspace: Workspace,
    records: Sequence[DocumentRecord],
    found: Collected,
    *,
    progress: Progress,
) -> Iterator[Passage]:
    """The passages of documents, one document in memory at a time; the rest goes into `found`."""
    for count, record in enumerate(records, 1):
        annotated = read_artefact(workspace, record)
        found.infos[record.id] = search_info(annotated.document)
        found.facts |= passage_facts(annotated)
        yield from annotated.passages
        progress("samlar", count, len(records))


def search_info(document: Document) -> DocumentInfo:
    """What search knows about a document beside its passages."""
    from rodtrad.retrieval.hits import DocumentInfo

    numbers = (document.get("dnr") or "").split(",")
    return DocumentInfo(
        id=document.id,
        title=document.title,
        kind=document.kind,
        date=document.get("date"),
        issuer=document.get("issuer"),
        language=document.language,
        dnr=tuple(number.strip() for number in numbers if number.strip()),
    )


def passage_facts(found: AnnotatedDocument) -> dict[str, PassageFacts]:
    """Agencies and entity types in each passage, by its key."""
    from rodtrad.retrieval.hits import PassageFacts

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
    manifest: Manifest,
    change: Change,
    folder: Path,
    *,
    progress: Progress,
) -> tuple[Encoder, int]:
    """Make the index of all documents in a new folder."""
    from rodtrad.retrieval.building import build_search_index

    records = [d for d in manifest.documents if d.artefact]
    found = Collected()
    encoder = encoder_for(workspace, jobs_hint=len(records))
    count = build_search_index(
        _passages(workspace, records, found, progress=progress),
        folder,
        encoder=encoder,
        documents_info=found.infos,
        facts=found.facts,
        progress=lambda done, total: progress("kodar", done, total),
    )
    return encoder, count


def _update(
    workspace: Workspace,
    manifest: Manifest,
    change: Change,
    folder: Path,
    *,
    progress: Progress,
) -> tuple[Encoder, int]:
    """Make a copy of the index in force in a new folder, and change in it what has changed."""
    from rodtrad.retrieval.store import PassageStore
    from rodtrad.retrieval.updating import copy_search_index, update_search_index

    search = required_search(workspace, manifest)
    old = PassageStore.open(workspace.indexes / search.folder)
    known = old.documents()
    old.close()
    records = [d for d in manifest.documents if d.id in change.read_anew]
    found = Collected()
    added = list(_passages(workspace, records, found, progress=progress))
    held = _artefacts(manifest)
    infos = {one: info for one, info in known.items() if one in held}
    encoder = encoder_for(workspace)
    copy_search_index(workspace.indexes / search.folder, folder)
    count = update_search_index(
        folder,
        added=added,
        removed=change.removed,
        encoder=encoder,
        documents_info=infos | found.infos,
        facts=found.facts,
        progress=lambda done, total: progress("kodar", done, total),
    )
    return encoder, count


def required_search(workspace: Workspace, manifest: Manifest) -> SearchInfo:
    """What the manifest says of the search index in force.

    Raises:
        WorkspaceError: there is none.
    """
    if manifest.search is None:
        raise WorkspaceError(f"{workspace.root}: there is no search index; run 'rodtrad build'.")
    return manifest.search


def open_search(workspace: Workspace, manifest: Manifest) -> SearchIndex:
    """The search index in force.

    Raises:
        WorkspaceError: there is none.
    """
    from rodtrad.retrieval.index import SearchIndex

    search = required_search(workspace, manifest)
    return SearchIndex.open(
        workspace.indexes / search.folder,
        bank=own_termbank(workspace),
        reranker=own_reranker(workspace),
    )


def own_termbank(workspace: Workspace) -> TermBank:
    """The shipped term bank, with the file that the workspace's settings name merged into it.

    Raises:
        UnreadableFileError: that file cannot be read or is not a term bank.
    """
    from rodtrad.retrieval.termbank import load_termbank

    named = workspace.settings.termbank
    own = workspace.root / Path(named).expanduser() if named else None
    return load_termbank(own, wide=True)


def own_reranker(workspace: Workspace) -> Reranker | None:
    """The cross-encoder that the workspace's settings name, or None.

    Raises:
        EncoderError: there is no such folder.
    """
    named = workspace.settings.search.reranker
    if not named:
        return None
    from rodtrad.retrieval.reranking import CrossEncoderReranker

    return CrossEncoderReranker(workspace.root / Path(named).expanduser())
