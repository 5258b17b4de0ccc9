"""The index folder: artefacts of documents, the manifest, and the guards around reading them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rodtrad import __version__
from rodtrad.errors import WorkspaceError
from rodtrad.workspace import Workspace, write_atomically

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from rodtrad.datamodel import AnnotatedDocument

T = TypeVar("T")
FORMAT = 1


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the manifest knows of one document without opening its artefact.

    `inputs` is the digest of all that its artefact was made from, `artefact` that of the artefact
    itself; both are empty for a document that failed.
    """

    id: str
    path: str
    status: str
    inputs: str = ""
    artefact: str = ""
    sha256: str = ""
    size: int = 0
    mtime_ns: int = 0
    kind: str = "okänd"
    title: str = ""
    issuer: str | None = None
    date: str | None = None
    dnr: str | None = None
    number: str | None = None
    language: str = "sv"
    pages: int | None = None
    sections: int = 0
    passages: int = 0
    entities: int = 0
    statements: int = 0
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchInfo:
    """The search index in use: its folder, what it was made from, and with which encoder."""

    folder: str
    inputs: str
    encoder: str
    revision: str
    dimensions: int
    passages: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the index holds and what made it."""

    format: int = FORMAT
    tool: str = __version__
    code: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    documents: tuple[DocumentRecord, ...] = ()
    search: SearchInfo | None = None

    def get(self, document_id: str) -> DocumentRecord | None:
        """The record of a document, None when the index does not hold it."""
        return next((d for d in self.documents if d.id == document_id), None)

    def with_search(self, search: SearchInfo | None) -> Manifest:
        """The same manifest with another search index."""
        return replace(self, search=search)


@cache
def _artefact_adapter() -> TypeAdapter[AnnotatedDocument]:
    from pydantic import TypeAdapter

    from rodtrad.datamodel import AnnotatedDocument

    return TypeAdapter(AnnotatedDocument)


def manifest_path(workspace: Workspace) -> Path:
    """Where the manifest lies."""
    return workspace.indexes / "manifest.json"


def artefact_path(workspace: Workspace, document_id: str, artefact: str) -> Path:
    """Where a document's artefact lies.

    The digest is part of the name, so that a build never changes what the manifest in force names.
    """
    return workspace.indexes / "documents" / f"{document_id}.{artefact}.json"


def read_manifest(workspace: Workspace) -> Manifest | None:
    """The manifest, None where nothing is built.

    Raises:
        WorkspaceError: it is damaged, or of another version; the sentence says how to go on.
    """
    path = manifest_path(workspace)
    if not path.is_file():
        return None
    try:
        manifest = _manifest_of(json.loads(path.read_bytes()))
    except (ValueError, TypeError, RecursionError) as error:
        raise WorkspaceError(
            f"{path} is damaged or not ours; run 'rodtrad build --force' to make the index again."
        ) from error
    if manifest.format != FORMAT:
        raise WorkspaceError(
            f"{path} has format {manifest.format}, this rodtrad reads {FORMAT}; "
            "run 'rodtrad build --force' to make the index again."
        )
    return manifest


def required_manifest(workspace: Workspace) -> Manifest:
    """The manifest in force.

    Raises:
        WorkspaceError: nothing is built here yet.
    """
    manifest = read_manifest(workspace)
    if manifest is None:
        raise WorkspaceError(f"{workspace.root}: nothing is built here; run 'rodtrad build'.")
    return manifest


def write_manifest(workspace: Workspace, manifest: Manifest) -> None:
    """Put a manifest in force; until then readers see the old one."""
    text = json.dumps(asdict(manifest), indent=1, ensure_ascii=False)
    write_atomically(manifest_path(workspace), text.encode("utf-8", "surrogatepass") + b"\n")


# What JSON may hold for a field annotated so. By hand, because a search reads the manifest before
# it prints its first hit, and loading a validator takes longer than the search.
_KINDS: Mapping[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "str | None": lambda value: value is None or isinstance(value, str),
    "int": lambda value: type(value) is int,
    "int | None": lambda value: value is None or type(value) is int,
    "dict[str, Any]": lambda value: isinstance(value, dict),
    "tuple[str, ...]": lambda value: (
        isinstance(value, list) and all(isinstance(one, str) for one in value)
    ),
    "tuple[DocumentRecord, ...]": lambda value: isinstance(value, list),
    "SearchInfo | None": lambda value: value is None or isinstance(value, dict),
}


def _manifest_of(data: Any) -> Manifest:
    """The manifest from its JSON; `ValueError` or `TypeError` when it is none."""
    manifest = _from_fields(Manifest, data)
    search = data.get("search")
    return replace(
        manifest,
        documents=tuple(_from_fields(DocumentRecord, one) for one in data.get("documents", ())),
        search=None if search is None else _from_fields(SearchInfo, search),
    )


def _from_fields(kind: type[T], data: Any) -> T:
    """A dataclass from a JSON object; fields it does not know are left out."""
    if not isinstance(data, dict):
        raise TypeError(f"{kind.__name__}: no object")
    values: dict[str, Any] = {}
    for one in fields(kind):  # type: ignore[arg-type]
        if one.name in data:
            value = data[one.name]
            if not _KINDS[str(one.type)](value):
                raise TypeError(f"{kind.__name__}.{one.name}: {value!r}")
            values[one.name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def write_artefact(workspace: Workspace, annotated: AnnotatedDocument) -> str:
    """Store an annotated document; returns the digest the manifest keeps."""
    data = dump_artefact(annotated)
    artefact = _digest(data)
    path = artefact_path(workspace, annotated.id, artefact)
    # Apart from the rest, so that search can quote without reading everything that was found.
    source = annotated.document.source.encode("utf-8", "surrogatepass")
    write_atomically(path.with_suffix(".txt"), source)
    write_atomically(path, data)
    return artefact


def read_artefact(workspace: Workspace, record: DocumentRecord) -> AnnotatedDocument:
    """The annotated document a manifest's record speaks of.

    Raises:
        WorkspaceError: the artefact is gone, damaged or another than the manifest says.
    """
    path = artefact_path(workspace, record.id, record.artefact)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WorkspaceError(
            f"{path} is missing from the index; run 'rodtrad build' to make it again."
        ) from error
    if _digest(data) != record.artefact:
        raise WorkspaceError(
            f"{path} is damaged or of another build; run 'rodtrad build' to make it again."
        )
    return load_artefact(data)


def read_source(workspace: Workspace, record: DocumentRecord) -> str:
    """The source text of a document of the index.

    Raises:
        WorkspaceError: it is gone.
    """
    path = artefact_path(workspace, record.id, record.artefact).with_suffix(".txt")
    try:
        return path.read_bytes().decode("utf-8", "surrogatepass")
    except OSError as error:
        raise WorkspaceError(
            f"{path} is missing from the index; run 'rodtrad build --force' to make it again."
        ) from error


def dump_artefact(annotated: AnnotatedDocument) -> bytes:
    """An annotated document as JSON."""
    return _artefact_adapter().dump_json(annotated)


def load_artefact(data: bytes) -> AnnotatedDocument:
    """The annotated document from its JSON.

    Raises:
        WorkspaceError: it is not one.
    """
    from pydantic import ValidationError

    try:
        return _artefact_adapter().validate_json(data)
    except ValidationError as error:
        raise WorkspaceError(
            "a stored document is damaged; run 'rodtrad build --force' to make the index again."
        ) from error


def artefact_is_whole(workspace: Workspace, record: DocumentRecord) -> bool:
    """Whether the stored artefact is the one the manifest speaks of."""
    path = artefact_path(workspace, record.id, record.artefact)
    both = path.is_file() and path.with_suffix(".txt").is_file()
    return both and _digest(path.read_bytes()) == record.artefact


def remove_leftovers(workspace: Workspace, manifest: Manifest) -> None:
    """Delete artefacts and search folders that the manifest in force does not name."""
    keep = {artefact_path(workspace, d.id, d.artefact) for d in manifest.documents if d.artefact}
    folder = workspace.indexes / "documents"
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.with_suffix(".json") not in keep:
            path.unlink()
    in_use = manifest.search.folder if manifest.search else None
    for path in workspace.indexes.glob("search-*"):
        if path.name != in_use:
            shutil.rmtree(path, ignore_errors=True)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
