"""Tables and records without the names of persons, for handing on.

A masked quote no longer is the source's words: the mark stands where the name stood, and the table
says so in its head. Ids, agencies and references stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from rodtrad.tables.personnames import mask_text, surnames
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import TraceTable

# What never holds a person's name, or must stay for the table to hang together.
KEPT = frozenset(
    (
        *("id", "document", "from_document", "target_document", "measure", "event", "keys"),
        *("kind", "type", "state", "status", "strength", "language", "marking", "role", "action"),
        *("digest", "sha256", "path", "origin", "provenance", "change", "relation", "currency"),
        *("agencies", "other_agencies", "agency", "dnr", "other_dnr", "refs", "articles"),
        *("when", "date", "best_rejected", "grade"),
    )
)
# Fields that are a person's name and nothing else.
PERSONS = frozenset(("who", "dissenters", "person"))


def masked_table(table: TraceTable) -> TraceTable:
    """The table without names of persons; its marking and first note say that quotes are masked.

    The sheet for decisions goes: a decision is made on the words of the source.
    """
    mark = table.terms["mask.name"]
    known = surnames(_texts(table))
    changed: TraceTable = _masked(table, lambda text: mask_text(text, mark=mark, known=known), mark)
    note = table.terms["mask.note"]
    return replace(changed, notes=(note, *changed.notes), review=None, masked=True)


def masked_records(records: Sequence[Mapping[str, Any]], terms: Terms) -> list[dict[str, Any]]:
    """Records without names of persons, each with `masked`: true, and with it in its marking."""
    mark = terms["mask.name"]
    known = surnames(text for record in records for text in _texts(record))
    found = []
    for record in records:
        changed = _masked(record, lambda text: mask_text(text, mark=mark, known=known), mark)
        if "marking" in changed:
            parts = (changed["marking"], terms["mask.marking"])
            changed["marking"] = ", ".join(part for part in parts if part)
        found.append({**changed, "masked": True})
    return found


def masked_rows(rows: Sequence[Sequence[str]], terms: Terms) -> list[list[str]]:
    """The rows of a list, cells in words, without names of persons."""
    mark, known = terms["mask.name"], surnames(_texts(rows))
    return [[mask_text(cell, mark=mark, known=known) for cell in row] for row in rows]


def _texts(value: object, name: str = "") -> Iterator[str]:
    """All texts that may hold a name."""
    if name in KEPT and not _has_parts(value):
        return
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), field.name)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts(part, str(key))
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part, name)


def _masked(value: Any, mask: Callable[[str], str], mark: str, name: str = "") -> Any:
    """A value with every text in it masked; what does not change is handed back as it is."""
    if name in KEPT and not _has_parts(value):
        return value
    if isinstance(value, str):
        return (mark if value else value) if name in PERSONS else mask(value)
    if is_dataclass(value) and not isinstance(value, type):
        pairs = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
        changed = {key: _masked(part, mask, mark, key) for key, part in pairs.items()}
        return value if changed == pairs else replace(value, **changed)
    if isinstance(value, Mapping):
        return {key: _masked(part, mask, mark, str(key)) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_masked(part, mask, mark, name) for part in value)
    return value


def _has_parts(value: object) -> bool:
    """Whether a value is a record of its own: its field's name says nothing of its texts."""
    return is_dataclass(value) or isinstance(value, Mapping)
