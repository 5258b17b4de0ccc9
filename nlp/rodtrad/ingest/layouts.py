"""The table of layouts in which documents state facts about themselves (`data/facts.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rodtrad.ingest.matters import ANY_SERIES, MINISTRY_LETTERS, MINISTRY_SERIES

IN_TITLE = "title"
_HEAD = 6_000
_FORM = re.compile(r"\{([a-z_]+)\}")
_READERS = {
    "number": "own", "dnr": "matter", "other_dnr": "matter", "date": "date", "adopted": "date",
    "published": "date",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """One form in which a document states a fact.

    `kinds` is empty where all kinds have it; `within` says how much of the text is looked at (see
    the data file); `reader` how the value is normalised; `says` what stands instead of the value.
    """

    id: str
    fact: str
    kinds: frozenset[str]
    within: int | str
    pattern: str
    reader: str
    says: str | None

    def applies(self, kind: str) -> bool:
        """Whether documents of a kind have this layout."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Series:
    """How a kind's own numbers look, and how others cite them."""

    pattern: str
    cited: str | None


@cache
def layout_entries() -> Mapping[str, Any]:
    """The data file as it is written, with its examples."""
    text = (files("rodtrad.ingest") / "data" / "facts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def layouts() -> tuple[Layout, ...]:
    """The layouts in their order: the first that finds a value of a fact gives it."""
    entries = {entry["id"]: entry for entry in layout_entries()["layout"]}
    return tuple(_layout({**entries.get(e.get("like"), {}), **e}, e) for e in entries.values())


def _layout(entry: Mapping[str, Any], own: Mapping[str, Any]) -> Layout:
    pattern = entry.get("pattern", "")
    return Layout(
        entry["id"],
        entry["fact"],
        frozenset(kinds_of(own)),
        own.get("within", _HEAD),
        pattern if isinstance(pattern, str) else "".join(pattern),
        entry.get("reader") or _READERS.get(entry["fact"], "text"),
        entry.get("says"),
    )


def kinds_of(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds that an entry names, groups spelled out; () where it names none."""
    return tuple(kind for name in entry.get("kinds", ()) for kind in group(name))


def group(name: str) -> tuple[str, ...]:
    """The kinds of a group; a kind is a group of its own."""
    return tuple(layout_entries()["kinds"].get(name, (name,)))


@cache
def series_of(kind: str) -> Series | None:
    """How the numbers of a kind's own series look; None of a kind without one."""
    entry = layout_entries()["series"].get(kind)
    return Series(entry["pattern"], entry.get("cited")) if entry else None


@cache
def pattern_of(layout: Layout, kind: str) -> re.Pattern[str] | None:
    """The layout's pattern for a kind; None where it needs a series that the kind has not."""
    series = series_of(kind)
    if "{own}" in layout.pattern and series is None:
        return None
    forms = {"matter": ANY_SERIES, "ministry_matter": MINISTRY_SERIES, **layout_entries()["forms"]}
    forms["ministry_letters"] = f"(?:{MINISTRY_LETTERS})"
    if series:
        forms["own"] = series.pattern
    pattern = layout.pattern
    while _FORM.search(pattern):
        pattern = _FORM.sub(lambda match: forms[match.group(1)], pattern)
    return re.compile(pattern)
