"""Frozen versions of a table, and what differs between two of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from rodtrad.errors import UsageError, WorkspaceError

Record = dict[str, Any]

FORMAT = 1
_DIGEST_MARK = "blake2b:"
# Of a decision or follow-up it is said who changed what, not the minute and the log's id.
_BOOKKEEPING = frozenset({"when", "event"})


@dataclass(frozen=True, slots=True)
class FrozenTable:
    """A table as it was at one moment.

    `rows` are by recommendation: `item`, `text`, `strength`, `status`, `decision`, `follow_up` and
    `links`, which by measure hold `title`, `grade`, `decision`, `responsible`, `deadlines`,
    `state`, `follow_up`. `selection` says which filters the rows passed, "" for none.
    """

    version: int
    title: str
    when: str
    who: str
    as_of: str
    rows: tuple[Record, ...]
    selection: str = ""


def version_path(folder: Path, version: int) -> Path:
    """Where a version lies."""
    return folder / f"{version:04d}.json"


def write_version(folder: Path, frozen: FrozenTable) -> tuple[int, str]:
    """Store a table under the first free number from its own on; returns number and digest.

    A version once written is never written again.

    Raises:
        WorkspaceError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    number = frozen.version
    while True:
        data = _dump(frozen, number)
        try:
            with version_path(folder, number).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            number += 1
        except OSError as error:
            raise WorkspaceError(f"{folder}: cannot be written ({error.strerror}).") from error
        else:
            return number, f"{_DIGEST_MARK}{_digest(data)}"


def _dump(frozen: FrozenTable, number: int) -> bytes:
    content = {
        "format": FORMAT,
        "version": number,
        "title": frozen.title,
        "when": frozen.when,
        "who": frozen.who,
        "as_of": frozen.as_of,
        "selection": frozen.selection,
        "rows": list(frozen.rows),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def rewritten_version(path: Path, content: Record) -> str:
    """Replace a stored version, whose words must go; returns its digest for the log."""
    data = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)
    return f"{_DIGEST_MARK}{_digest(data)}"


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def read_version(folder: Path, version: int, *, digest: str | None) -> FrozenTable:
    """A stored version.

    Args:
        folder: where versions lie.
        version: its number.
        digest: what the log says it was when it was frozen.

    Raises:
        UsageError: there is no such version.
        WorkspaceError: it is damaged, was changed, or comes from a later Rödtråd.
    """
    path = version_path(folder, version)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(
            f"there is no version {version}; freeze one with 'rodtrad review freeze'."
        ) from error
    if digest is not None and digest != f"{_DIGEST_MARK}{_digest(data)}":
        raise WorkspaceError(f"{path}: was changed since it was frozen; put it back from a copy.")
    content = json.loads(data)
    if content.get("format") != FORMAT:
        raise WorkspaceError(
            f"{path}: has format {content.get('format')}, this rodtrad reads {FORMAT}; install the "
            "newer rodtrad that wrote it."
        )
    return FrozenTable(
        version=content["version"],
        title=content["title"],
        when=content["when"],
        who=content["who"],
        as_of=content["as_of"],
        rows=tuple(content["rows"]),
        selection=content.get("selection", ""),
    )


def compare_tables(old: FrozenTable, new: FrozenTable) -> tuple[Record, ...]:
    """What differs between two versions, recommendation by recommendation, equal ones left out.

    Each is `{item, change: added/removed/changed, text, differences: [{field, old, new}]}`; a
    field of a link is named `measure: field`, one of a decision or follow-up `follow_up.status`.
    Of parts of a table, an item that is in one only has `entered` or `left` the selection: the
    recommendation itself may stand.

    Raises:
        UsageError: the versions are different parts of the table.
    """
    if old.selection != new.selection:
        chosen = [version.selection or "everything" for version in (old, new)]
        raise UsageError(
            f"version {old.version} holds {chosen[0]}, version {new.version} {chosen[1]}; freeze "
            "one more with the same filters to compare."
        )
    before = {str(row["item"]): row for row in old.rows}
    after = {str(row["item"]): row for row in new.rows}
    ways = ("entered", "left") if new.selection else ("added", "removed")
    return tuple(_changes(before, after, ways))


def _changes(
    before: Mapping[str, Record], after: Mapping[str, Record], ways: tuple[str, str]
) -> Iterator[Record]:
    for item in dict.fromkeys([*after, *before]):
        was, row = before.get(item), after.get(item)
        if was is None or row is None:
            change = ways[0] if was is None else ways[1]
            text = (row or was or {}).get("text", "")
            yield {"item": item, "change": change, "text": text, "differences": []}
            continue
        differences = [*_differences(was, row), *_link_differences(was["links"], row["links"])]
        if differences:
            yield {"item": item, "change": "changed", "text": row["text"],
                   "differences": differences}  # fmt: skip


def _differences(was: Record, row: Record, prefix: str = "") -> Iterator[Record]:
    for name in dict.fromkeys([*was, *row]):
        old, new = was.get(name), row.get(name)
        if name in ("item", "links") or old == new or not (old or new):
            continue
        if isinstance(old or new, dict):
            yield from _differences(old or {}, new or {}, f"{prefix}{name}.")
        elif name not in _BOOKKEEPING:
            yield {"field": f"{prefix}{name}", "old": old, "new": new}


def _link_differences(was: Mapping[str, Record], row: Mapping[str, Record]) -> Sequence[Record]:
    found: list[Record] = []
    for measure in dict.fromkeys([*was, *row]):
        old, new = was.get(measure), row.get(measure)
        if old is None or new is None:
            found.append({
                "field": f"{measure}: link",
                "old": old["title"] if old else None,
                "new": new["title"] if new else None,
            })  # fmt: skip
        else:
            found += _differences(old, new, f"{measure}: ")
    return found
