"""What a change of the extractors finds or loses against the last release.

A *snapshot* holds the certain findings of some texts, one text a line: `{"id", "found": [[type,
start, surface, value], …]}`. It is kept with the tests, made by the last release, and compared with
what the extractors find now.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rodtrad.entities import find_in_text
from rodtrad.entities.agencies_context import AgencyContext
from rodtrad.errors import UsageError
from rodtrad.evaluation.figures import Figure

TYPES = ("AGENCY", "DEADLINE", "DIARIENUMMER", "AMOUNT", "REFERENCE")
Sort = Literal["found", "lost", "value"]
Place = tuple[str, int, str]
Found = Mapping[Place, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: a mention found now and not before, lost, or read with another value."""

    document: str
    sort: Sort
    type: str
    start: int
    surface: str
    old: Any
    new: Any

    def __str__(self) -> str:
        mark = {"found": "+", "lost": "-", "value": "≠"}[self.sort]
        was = f"{self.old!r} → " if self.sort == "value" else ""
        value = was + repr(self.old if self.sort == "lost" else self.new)
        surface = " ".join(self.surface.split())
        return f"{mark} {self.document}:{self.start} {self.type} {surface!r} {value}"

    def record(self) -> dict[str, Any]:
        """The JSON record of `rodtrad evaluate --gains`."""
        return {
            "document": self.document,
            "change": self.sort,
            "type": self.type,
            "start": self.start,
            "surface": self.surface,
            "old": self.old,
            "new": self.new,
        }


def find_on_page(page: Mapping[str, str]) -> Found:
    """The certain findings of a page (`id`, `kind`, `published`, `text`), offsets in its text."""
    context = AgencyContext(date=page.get("published"), kind=page.get("kind"))
    text = page["text"]
    return kept((f, f.at.of(text), f.at.start) for f in find_in_text(text, context=context))


def kept(findings: Iterable[tuple[Any, str, int]]) -> Found:
    """The certain ones of the five types by type, start and surface.

    Takes findings or mentions, each with its surface and start in the source text.
    """
    return {
        (one.type, start, surface): one.value
        for one, surface, start in findings
        if one.type in TYPES and one.certainty == "certain"
    }


def compare_found(document: str, before: Found, now: Found) -> Iterator[Change]:
    """The differences between two sets of findings of one text, by place."""
    for place in sorted(before.keys() | now.keys(), key=lambda place: (place[1], place)):
        kind, start, surface = place
        old, new = before.get(place), now.get(place)
        if place not in before:
            yield Change(document, "found", kind, start, surface, None, new)
        elif place not in now:
            yield Change(document, "lost", kind, start, surface, old, None)
        elif old != new:
            yield Change(document, "value", kind, start, surface, old, new)


def read_snapshot(path: Path) -> dict[str, Found]:
    """The findings by text id of a snapshot file.

    Raises:
        UsageError: there is no such file, or a line is no snapshot.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        return {
            row["id"]: {(t, start, surface): value for t, start, surface, value in row["found"]}
            for row in rows
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: is no snapshot of findings ({error}).") from error


def write_snapshot(path: Path, found: Mapping[str, Found]) -> None:
    """Write findings by text id, one text a line, sorted, so that a change is a small diff."""
    rows = (
        {"id": name, "found": [[*place, value] for place, value in sorted(one.items(), key=_order)]}
        for name, one in sorted(found.items())
    )
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _order(item: tuple[Place, Any]) -> tuple[int, str, str]:
    kind, start, surface = item[0]
    return start, kind, surface


def gain_figures(split: str, changes: Sequence[Change], total: Mapping[str, int]) -> list[Figure]:
    """Counts of found, lost and otherwise read mentions per type; `n` is the number now."""
    counts = Counter((change.type, change.sort) for change in changes)
    sorts: tuple[Sort, ...] = ("found", "lost", "value")
    return [
        Figure("gains", split, f"{kind} {sort}", float(counts[kind, sort]), total.get(kind, 0))
        for kind in TYPES
        for sort in sorts
    ]
