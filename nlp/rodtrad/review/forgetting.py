"""Take what a document said out of the log and the frozen versions.

What stays is what an audit needs: who decided what about which item, and when. The log is otherwise
append-only; this is the one place where it is written anew, because the law may ask for it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from rodtrad.review.events import Event, event_line
from rodtrad.review.items import End
from rodtrad.review.log import locked, read_log
from rodtrad.review.versions import rewritten_version

_KEPT_FIELDS = ("status", "date")
# An id made of a title: it says what the document said.
_WORDS = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many events and frozen versions were changed."""

    events: int
    versions: int


def forget_document(path: Path, document_id: str, *, lock: Path, versions: Path) -> Forgotten:
    """Blank all words of a document in a log and in the frozen versions beside it.

    Raises:
        WorkspaceError: another process keeps the lock, or the log cannot be read or written.
    """
    with locked(lock, path):
        events = read_log(path).events
        numbers = dict(_forget_versions(versions, document_id))
        fresh = tuple(_rewritten(events, document_id, numbers))
        changed = sum(old != new for old, new in zip(events, fresh, strict=True))
        if changed:
            _replace(path, fresh)
        path.with_name(f"{path.name}.torn").unlink(missing_ok=True)
    return Forgotten(changed, len(numbers))


def _replace(path: Path, events: Sequence[Event]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        file.write(b"".join(map(event_line, events)))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _rewritten(
    events: Sequence[Event], document_id: str, digests: Mapping[int, str]
) -> Iterator[Event]:
    """The events without the document's words; those that name another event follow its new id."""
    renamed: dict[str, str] = {}
    blanked: set[str] = set()
    for event in events:
        fresh = event
        ends = [end for end in (event.start, event.end) if end]
        if any(end.document == document_id for end in ends) or event.of in blanked:
            fresh = _blank(event, document_id)
            blanked.add(event.id)
        if event.action == "freeze" and event.version is not None and event.version in digests:
            fresh = replace(fresh, via=digests[event.version])
        if event.of in renamed:
            fresh = replace(fresh, of=renamed[event.of])
        renamed[event.id] = fresh.id
        yield fresh


def _blank(event: Event, document_id: str) -> Event:
    return replace(
        event,
        start=_blank_end(event.start, document_id),
        end=_blank_end(event.end, document_id),
        comment="",
        follow_up={k: v for k, v in event.follow_up.items() if k in _KEPT_FIELDS},
    )


def _blank_end(end: End | None, document_id: str) -> End | None:
    if end is None or end.document != document_id:
        return end
    document, mark, item = end.id.partition("#")
    if _WORDS.search(item):
        item = "x-" + blake2b(item.encode(), digest_size=4).hexdigest()
    return End(f"{document}{mark}{item}", "", "")


def _forget_versions(folder: Path, document_id: str) -> Iterator[tuple[int, str]]:
    """Rewrite the versions that hold words of the document; number and new digest of each."""
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        content = json.loads(path.read_bytes())
        rows = [row for row in content["rows"] if not _is_of(row["item"], document_id)]
        rows = [{**row, "links": _other_links(row["links"], document_id)} for row in rows]
        if rows != content["rows"]:
            yield content["version"], rewritten_version(path, {**content, "rows": rows})


def _other_links(links: Mapping[str, Any], document_id: str) -> dict[str, Any]:
    return {item: link for item, link in links.items() if not _is_of(item, document_id)}


def _is_of(item: str, document_id: str) -> bool:
    return item.partition("#")[0] == document_id
