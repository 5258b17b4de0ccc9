"""The catalogue: what people write down about the documents of a corpus."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rodtrad.errors import WorkspaceError
from rodtrad.workspace import Workspace, write_atomically

LIST_KIND = "rekommendationslista"
SOURCE_SUFFIXES = frozenset({".txt", ".md", ".pdf", ".docx", ".html", ".htm"})
_ID = re.compile(r"[\w][\w.\-]{0,119}")
# Facts about the file rather than the document; not handed on as metadata.
_FILE_KEYS = frozenset({"id", "file", "sha256"})


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One document or recommendation list of the corpus.

    `file` is absolute. `values` are the catalogue's own facts (kind, title, issuer, date, dnr,
    language, licence, …), which win over what the document says.
    """

    id: str
    file: Path
    values: Mapping[str, str] = field(default_factory=dict)
    sha256: str | None = None

    @property
    def is_list(self) -> bool:
        """Whether this is a list of recommendations rather than a document."""
        return self.values.get("kind") == LIST_KIND


def read_catalogue(workspace: Workspace) -> tuple[CatalogueEntry, ...]:
    """All entries, in a stable order: the catalogue's, then files nobody has catalogued yet.

    Reads `corpus/catalog.toml`, one `NAME.toml` beside a document where there is one, and takes up
    files under `corpus/sources/` that neither names, with their stem as id.

    Raises:
        WorkspaceError: not TOML, a missing key, an id twice, or a path outside the corpus.
    """
    entries = _entries_of(workspace.catalog, workspace.corpus)
    known = {entry.file for entry in entries}
    for path in sorted((workspace.corpus / "sources").rglob("*")):
        if path.is_file() and path.suffix.lower() in SOURCE_SUFFIXES and path not in known:
            entries.append(_uncatalogued(path, workspace.corpus))
    _check_unique(entries, workspace.catalog)
    return tuple(entries)


def _entries_of(catalog: Path, corpus: Path) -> list[CatalogueEntry]:
    if not catalog.is_file():
        return []
    rows = _read_toml(catalog).get("document", [])
    if not isinstance(rows, list):
        raise WorkspaceError(f"{catalog}: write every document under [[document]].")
    return [_entry(row, number, catalog, corpus) for number, row in enumerate(rows, 1)]


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path} is not valid TOML: {error}; mend it.") from error


def _entry(row: Any, number: int, catalog: Path, corpus: Path) -> CatalogueEntry:
    if not isinstance(row, dict) or "file" not in row:
        raise WorkspaceError(f"{catalog}: document {number} has no 'file'; add it.")
    file = (corpus / str(row["file"])).resolve()
    if not file.is_relative_to(corpus.resolve()):
        raise WorkspaceError(f"{catalog}: {row['file']} lies outside the corpus; move it inside.")
    identifier = str(row.get("id") or slug(file.stem))
    if not _ID.fullmatch(identifier):
        raise WorkspaceError(f"{catalog}: id {identifier!r} may hold letters, digits, . _ - only.")
    values = {key: str(value) for key, value in row.items() if key not in _FILE_KEYS}
    digest = row.get("sha256")
    return CatalogueEntry(identifier, file, values, str(digest) if digest else None)


def _uncatalogued(path: Path, corpus: Path) -> CatalogueEntry:
    beside = path.with_suffix(".toml")
    row = _read_toml(beside) if beside.is_file() else {}
    return _entry(row | {"file": str(path.relative_to(corpus))}, 1, beside, corpus)


def _check_unique(entries: Iterable[CatalogueEntry], catalog: Path) -> None:
    seen: dict[str, Path] = {}
    for entry in entries:
        if entry.id in seen:
            raise WorkspaceError(
                f"{catalog}: the id {entry.id} is used for {seen[entry.id].name} and "
                f"{entry.file.name}; give one of them another id."
            )
        seen[entry.id] = entry.file


def slug(text: str) -> str:
    """A readable id from a file name or title.

    >>> slug("Redovisning 2024 (slutlig)")
    'redovisning-2024-slutlig'
    """
    plain = unicodedata.normalize("NFC", text).lower()
    plain = re.sub(r"[^\w.]+", "-", plain).strip("-._")
    return plain[:120].rstrip("-.") or "dokument"


def append_entries(workspace: Workspace, entries: Iterable[CatalogueEntry]) -> None:
    """Add entries at the end of the catalogue, leaving what people wrote as it is."""
    old = workspace.catalog.read_text(encoding="utf-8") if workspace.catalog.is_file() else ""
    blocks = [_as_toml(entry, workspace.corpus) for entry in entries]
    text = old.rstrip("\n") + "\n\n" * bool(old.strip()) + "\n\n".join(blocks) + "\n"
    write_atomically(workspace.catalog, text.encode())


def _as_toml(entry: CatalogueEntry, corpus: Path) -> str:
    values = {"id": entry.id, "file": entry.file.relative_to(corpus).as_posix(), **entry.values}
    if entry.sha256:
        values["sha256"] = entry.sha256
    # A JSON string is a TOML basic string, apart from DEL, which TOML wants escaped too.
    lines = [
        f"{_toml_key(key)} = " + json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        for key, value in values.items()
    ]
    return "\n".join(["[[document]]", *lines])


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)
