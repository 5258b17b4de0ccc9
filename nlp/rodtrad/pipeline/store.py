"""The index folder: artefacts of documents, the manifest, and the guards around reading them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Hashable, Mapping
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
    itself; both are empty for a document that failed. `kept` is how its files looked when they were
    last known to be whole (bytes and time of the artefact, bytes of the source text), so that a
    build with nothing to do need not read them; it is empty where that is not known.
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
    kept: tuple[int, ...] = ()


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
    _by_id: dict[str, DocumentRecord] = field(default_factory=dict, compare=False, repr=False)

    def get(self, document_id: str) -> DocumentRecord | None:
        """The record of a document, None when the index does not hold it."""
        if len(self._by_id) != len(self.documents):
            self._by_id.update((d.id, d) for d in self.documents)
        return self._by_id.get(document_id)

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
    text = _manifest_text(manifest)
    write_atomically(manifest_path(workspace), text.encode("utf-8", "surrogatepass"))


def _manifest_text(manifest: Manifest) -> str:
    """The manifest as JSON, a document a line.

    Not indented, which takes ten times as long; not `asdict`, which copies every record in depth.
    """
    names = [one.name for one in fields(DocumentRecord)]
    search = manifest.search
    about = {
        "format": manifest.format,
        "tool": manifest.tool,
        "code": manifest.code,
        "settings": manifest.settings,
        "search": asdict(search) if search else None,
    }
    documents = ({name: getattr(d, name) for name in names} for d in manifest.documents)
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in documents)
    head = json.dumps(about, ensure_ascii=False)
    return f'{head[:-1]}, "documents": [\n{lines}\n]}}\n'


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
    "tuple[int, ...]": lambda value: (
        isinstance(value, list) and all(type(one) is int for one in value)
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
    for name, is_sound in _checks(kind):  # type: ignore[arg-type]
        if name in data:
            value = data[name]
            if not is_sound(value):
                raise TypeError(f"{kind.__name__}.{name}: {value!r}")
            values[name] = tuple(value) if type(value) is list else value
    return kind(**values)


@cache
def _checks(kind: Hashable) -> tuple[tuple[str, Callable[[Any], bool]], ...]:
    """The fields that JSON may fill, with what each may hold."""
    return tuple(
        (one.name, _KINDS[str(one.type)])
        for one in fields(kind)  # type: ignore[arg-type]
        if not one.name.startswith("_")
    )


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


Files = Mapping[str, tuple[int, int]]


def stored_files(workspace: Workspace) -> Files:
    """Bytes and time of every file of the artefacts' folder by name, in one listing."""
    try:
        with os.scandir(workspace.indexes / "documents") as found:
            stats = ((one.name, one.stat()) for one in found)
            return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in stats}
    except FileNotFoundError:
        return {}


def kept_now(files: Files, document_id: str, artefact: str) -> tuple[int, ...]:
    """How an artefact's files look (see `DocumentRecord.kept`); empty where one is missing."""
    found = files.get(f"{document_id}.{artefact}.json")
    source = files.get(f"{document_id}.{artefact}.txt")
    return (*found, source[0]) if found and source else ()


def artefact_is_whole(
    workspace: Workspace, record: DocumentRecord, files: Files | None = None
) -> bool:
    """Whether the stored artefact is the one the manifest speaks of.

    Files that look as they did are not read again; otherwise the digest decides. `files` is the
    listing, where many are asked for.
    """
    found = stored_files(workspace) if files is None else files
    now = kept_now(found, record.id, record.artefact)
    if not now:
        return False
    if now == record.kept:
        return True
    path = artefact_path(workspace, record.id, record.artefact)
    is_same_source = not record.kept or now[2] == record.kept[2]
    return is_same_source and _digest(path.read_bytes()) == record.artefact


def _names(folder: Path) -> set[str]:
    try:
        with os.scandir(folder) as found:
            return {one.name for one in found}
    except FileNotFoundError:
        return set()


def remove_leftovers(workspace: Workspace, manifest: Manifest) -> None:
    """Delete artefacts and search folders that the manifest in force does not name."""
    keep = {
        f"{d.id}.{d.artefact}{suffix}"
        for d in manifest.documents
        if d.artefact
        for suffix in (".json", ".txt")
    }
    folder = workspace.indexes / "documents"
    for name in _names(folder) - keep:
        (folder / name).unlink()
    in_use = manifest.search.folder if manifest.search else None
    # What a process that was ended left half made begins with a dot.
    for pattern in ("search-*", ".search-*.tmp"):
        for path in workspace.indexes.glob(pattern):
            if path.name != in_use:
                shutil.rmtree(path, ignore_errors=True)
    for path in workspace.indexes.glob(".*.tmp"):
        path.unlink(missing_ok=True)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
