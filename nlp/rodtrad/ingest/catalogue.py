"""The catalogue: what people write down about the documents of a corpus."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from rodtrad.errors import WorkspaceError
from rodtrad.settings import parse_toml, read_toml
from rodtrad.workspace import Workspace, write_atomically

LIST_KIND = "rekommendationslista"
SOURCE_SUFFIXES = frozenset({".txt", ".md", ".pdf", ".docx", ".html", ".htm"})
_ID = re.compile(r"[\w][\w.\-]{0,119}")
# Facts about the file rather than the document; not handed on as metadata.
_FILE_KEYS = frozenset({"id", "file", "sha256"})
# From this size on (some 500 documents) the parsed catalogue is kept: TOML takes 0.2 ms a document.
_KEPT_FROM = 100_000
_KEPT = "catalogue.json"


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


def read_catalogue(workspace: Workspace) -> tuple[CatalogueEntry, ...]:
    """All entries, in a stable order: the catalogue's, then files nobody has catalogued yet.

    Reads `corpus/catalog.toml`, one `NAME.toml` beside a document where there is one, and takes up
    files under `corpus/sources/` that neither names, with their stem as id.

    Raises:
        WorkspaceError: not TOML, a missing key, an id twice, or a path outside the corpus.
    """
    corpus = workspace.corpus
    rows = enumerate(_rows(workspace), 1)
    inside = lru_cache(maxsize=None)(_folder_inside)
    catalog = workspace.catalog
    entries = [_entry(row, number, catalog, corpus, inside) for number, row in rows]
    known = {os.fspath(entry.file) for entry in entries}
    for name in sorted(_source_files(corpus / "sources")):
        if name not in known:
            entries.append(_uncatalogued(Path(name), corpus))
    _check_unique(entries, workspace.catalog)
    return tuple(entries)


def _source_files(folder: Path) -> Iterator[str]:
    """The paths of all files below a folder whose ending says that they may be documents."""
    for parent, _, names in os.walk(folder, onerror=_refuse_folder):
        for name in names:
            path = os.path.join(parent, name)  # noqa: PTH118 - ten thousand Paths cost 0.1 s
            if os.path.splitext(name)[1].lower() in SOURCE_SUFFIXES and os.path.isfile(path):  # noqa: PTH113, PTH122
                yield path


def _refuse_folder(error: OSError) -> None:
    """A folder that cannot be listed stops the build: its documents would be gone from the index.

    Raises:
        WorkspaceError: it is there, but cannot be read.
    """
    if not isinstance(error, FileNotFoundError):
        raise WorkspaceError(
            f"{error.filename}: the folder cannot be read ({error.strerror}); give yourself read "
            "access."
        ) from error


def _rows(workspace: Workspace) -> list[Any]:
    """The rows of the catalogue; those of a large one are kept beside the index once parsed."""
    catalog = workspace.catalog
    if not catalog.is_file():
        return []
    if catalog.stat().st_size < _KEPT_FROM:
        return _parsed_rows(catalog)
    kept = workspace.indexes / _KEPT
    digest = blake2b(catalog.read_bytes(), digest_size=16).hexdigest()
    known = _kept_rows(kept, digest)
    if known is not None:
        return known
    rows = _parsed_rows(catalog)
    _keep_rows(kept, digest, rows)
    return rows


def _parsed_rows(catalog: Path) -> list[Any]:
    rows = read_toml(catalog).get("document", [])
    if not isinstance(rows, list):
        raise WorkspaceError(f"{catalog}: write every document under [[document]].")
    return rows


def _kept_rows(kept: Path, digest: str) -> list[Any] | None:
    """The rows parsed earlier from a catalogue with this digest; None where there are none."""
    try:
        found = json.loads(kept.read_bytes())
        return list(found["rows"]) if found["digest"] == digest else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep_rows(kept: Path, digest: str, rows: list[Any]) -> None:
    # TOML's dates become the same strings here as in an entry's values.
    text = json.dumps({"digest": digest, "rows": rows}, ensure_ascii=False, default=str)
    try:
        write_atomically(kept, text.encode("utf-8", "surrogatepass"))
    except OSError:
        # What cannot be kept only costs time.
        return


def _entry(
    row: Any, number: int, catalog: Path, corpus: Path, inside: Callable[[Path, str], Path | None]
) -> CatalogueEntry:
    if not isinstance(row, dict) or "file" not in row:
        raise WorkspaceError(f"{catalog}: document {number} has no 'file'; add it.")
    try:
        file = _file_inside(corpus, str(row["file"]), inside)
    except (OSError, ValueError, RuntimeError) as error:
        # Too long for the system, with a NUL, or links that go in a circle.
        raise WorkspaceError(
            f"{catalog}: document {number} names no possible file ({error}); mend it."[:500]
        ) from error
    if file is None:
        raise WorkspaceError(
            f"{catalog}: {str(row['file'])[:200]} lies outside the corpus; move it inside."
        )
    identifier = str(row.get("id") or slug(file.stem))
    if not _ID.fullmatch(identifier):
        raise WorkspaceError(
            f"{catalog}: id {identifier[:60]!r} may hold letters, digits, . _ - only."
        )
    values = {key: str(value) for key, value in row.items() if key not in _FILE_KEYS}
    digest = row.get("sha256")
    return CatalogueEntry(identifier, file, values, str(digest) if digest else None)


def _file_inside(
    corpus: Path, name: str, inside: Callable[[Path, str], Path | None]
) -> Path | None:
    """The file of that name below the corpus, without links; None where it lies outside."""
    folder, _, last = name.rpartition("/")
    if last in ("", ".", "..") or "\\" in name:
        return _resolved_inside(corpus, name)
    parent = inside(corpus, folder)
    file = parent / last if parent else None
    return _resolved_inside(corpus, name) if file is None or file.is_symlink() else file


def _folder_inside(corpus: Path, name: str) -> Path | None:
    return _resolved_inside(corpus, name or ".")


def _resolved_inside(corpus: Path, name: str) -> Path | None:
    path = (corpus / name).resolve()
    return path if path.is_relative_to(corpus.resolve()) else None


def _uncatalogued(path: Path, corpus: Path) -> CatalogueEntry:
    beside = path.with_suffix(".toml")
    row = read_toml(beside) if beside.is_file() else {}
    return _entry(
        row | {"file": path.relative_to(corpus).as_posix()}, 1, beside, corpus, _folder_inside
    )


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


def remove_entry(workspace: Workspace, entry: CatalogueEntry) -> None:
    """Take an entry out of the catalogue, leaving all else that people wrote as it is.

    Raises:
        WorkspaceError: the catalogue is written so that only a person can do it.
    """
    if not workspace.catalog.is_file():
        return
    text = workspace.catalog.read_bytes().decode("utf-8-sig")
    starts = [match.start() for match in re.finditer(r"^\[\[document\]\]", text, re.MULTILINE)]
    rows = _parsed_rows(workspace.catalog)
    place = next((n for n, row in enumerate(rows) if _names(row, entry, workspace)), None)
    if place is None:
        return
    if len(starts) == len(rows):
        end = starts[place + 1] if place + 1 < len(starts) else len(text)
        fresh = text[: starts[place]] + text[end:]
        if parse_toml(fresh, workspace.catalog).get("document", []) == [
            *rows[:place],
            *rows[place + 1 :],
        ]:
            write_atomically(workspace.catalog, fresh.encode())
            return
    raise WorkspaceError(
        f"{workspace.catalog}: take the entry of {entry.id} out by hand, then run this again."
    )


def _names(row: Any, entry: CatalogueEntry, workspace: Workspace) -> bool:
    return isinstance(row, dict) and (workspace.corpus / str(row.get("file"))).resolve() == (
        entry.file.resolve()
    )


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
