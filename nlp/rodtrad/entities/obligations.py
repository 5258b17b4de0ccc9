"""What is due at a date: the verb or noun of its sentence that governs it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rodtrad.entities.datafiles import read_rows

# Somebody is obliged, asked, or expected to do something.
_OBLIGED = re.compile(
    r"\b(?:ska|skall|bör|måste|behöver|föreslås|föreslår|planeras|planerar|avser|beräknas|förväntas"
    r"|uppdrag att|uppdrar|uppdras|förutsätts|skyldiga?|senast|shall|must|should|will"
    r"|is to|are to)\b"
)
_ONCE_OBLIGED = re.compile(r"\bskulle\b")
_NOW = re.compile(r"\b(?:ska|skall)\b")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells what is due, at its place in the sentence."""

    start: int
    end: int
    kind: str
    sort: str


def find_cues(sentence: str) -> tuple[Cue, ...]:
    """The cues of a sentence (any case), in order, not overlapping."""
    lowered = sentence.lower()
    if len(lowered) != len(sentence):
        lowered = sentence
    rows = read_rows("deadline_cues.tsv")
    found = []
    for match in _cue_pattern().finditer(lowered):
        row = rows[int(str(match.lastgroup)[1:])]
        found.append(Cue(match.start(), match.end(), row["kind"], row["class"]))
    return tuple(found)


@cache
def _cue_pattern() -> re.Pattern[str]:
    rows = read_rows("deadline_cues.tsv")
    alternatives = (f"(?P<r{n}>{row['cue']})" for n, row in enumerate(rows))
    return re.compile(rf"(?<![\wåäö])(?:{'|'.join(alternatives)})")


def is_obliging(stretch: str) -> bool:
    """Whether the words oblige or expect: "ska", "bör", "senast"; not "skulle" alone."""
    lowered = stretch.lower()
    if _ONCE_OBLIGED.search(lowered) and not _NOW.search(lowered):
        return False
    return bool(_OBLIGED.search(lowered))


def governing_kind(cues: Sequence[Cue], *, nearest: int, marked: bool = False) -> str | None:
    """The kind that the cues of one stretch give a date, None for the past or without cues.

    A strong verb decides; a weak verb ("lämnas") takes the kind of the noun nearest to it ("en
    delredovisning"); a plan right before it ("planeras att lämnas") makes it "annat"; a lone noun
    decides by itself; what is put off is the entry into force where that is named. `nearest` is
    the date's place: the cue nearest to it counts. Before a date with "senast" (`marked`) forms of
    the past are taken for adjectives ("redovisade åtgärder").
    """
    if marked and any(cue.sort != "past" for cue in cues):
        cues = [cue for cue in cues if cue.sort != "past"]
    ordered = sorted(cues, key=lambda cue: abs(cue.start - nearest))
    deciding = next((cue for cue in ordered if cue.sort in _DECIDING), None)
    if deciding is None:
        return ordered[0].kind if ordered and ordered[0].sort in ("noun", "plan") else None
    if deciding.sort == "past":
        return None
    if deciding.sort in ("verb", "active"):
        return deciding.kind
    if deciding.sort == "extension" and any(cue.kind == "ikraftträdande" for cue in cues):
        return "ikraftträdande"
    return _by_noun(deciding, cues)


_DECIDING = ("verb", "active", "weak", "past", "extension")
_PLAN_REACH = 30


def _by_noun(verb: Cue, cues: Sequence[Cue]) -> str:
    nouns = [cue for cue in cues if cue.sort == "noun"]
    planned = any(c.sort == "plan" and 0 <= verb.start - c.end < _PLAN_REACH for c in cues)
    if planned and not any(noun.kind != "annat" for noun in nouns):
        return "annat"
    if verb.kind == "genomförande" or not nouns:
        return verb.kind
    special = [noun for noun in nouns if noun.kind in ("delredovisning", "slutredovisning")]
    return min(special or nouns, key=lambda noun: abs(noun.start - verb.start)).kind


def cues_between(cues: Sequence[Cue], start: int, end: int) -> Iterator[Cue]:
    """The cues inside a stretch of the sentence."""
    return (cue for cue in cues if start <= cue.start and cue.end <= end)
