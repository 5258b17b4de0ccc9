"""Word lists and patterns of the statement rules, read from `data/` when first asked for.

A file is a table of tabs: `id`, `label`, `pattern`, `example`, `not`. The pattern is a regular
expression, matched without regard to case; every example must match its own pattern, and nothing
in the column `not` may (tests/statements/test_vocabulary.py holds the files to it). A name in
capitals in braces ("{SELF}") stands for the pattern of that name in `data/fragments.tsv`.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry: what it means (`label`) and the wording that says so."""

    id: str
    label: str
    pattern: re.Pattern[str]
    example: str
    counterexample: str


@cache
def cues(name: str) -> tuple[Cue, ...]:
    """The entries of `data/<name>.tsv`, in their order (the first that matches decides)."""
    return tuple(
        Cue(
            row["id"],
            row["label"],
            re.compile(spelled_out(row["pattern"]), re.IGNORECASE),
            row["example"],
            row.get("not") or "",
        )
        for row in rows(name)
    )


def rows(name: str) -> list[dict[str, str]]:
    """The lines of `data/<name>.tsv`, each by the names of its columns."""
    path = resources.files("rodtrad.statements").joinpath("data", *f"{name}.tsv".split("/"))
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


_FRAGMENT = re.compile(r"\{([A-Z]+\d?)\}")


@cache
def _fragments() -> dict[str, str]:
    return {row["id"]: row["pattern"] for row in rows("fragments")}


def spelled_out(pattern: str) -> str:
    """A pattern with the fragments it names put in.

    >>> spelled_out("ställer {SELF} bakom")
    'ställer (?:sig|oss|mig) bakom'
    """
    return _FRAGMENT.sub(lambda name: _fragments()[name.group(1)], pattern)


def first_cue(name: str, text: str) -> Cue | None:
    """The first entry of a file whose pattern occurs in the text."""
    return next((cue for cue in cues(name) if cue.pattern.search(text)), None)


def label_of(name: str, text: str) -> str | None:
    """The label of the first entry that occurs in the text."""
    cue = first_cue(name, text)
    return cue.label if cue else None


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of one list of `data/grammar/words.tsv` ("openers", "light", "modals" …)."""
    return frozenset(
        w for row in rows("grammar/words") if row["id"] == name for w in row["words"].split()
    )
