"""What ranking, counting and filtering need of passages, as rows of numbers.

Five rows, a column a passage number: its document, language, flags, agencies and entity types, each
as the place of the value in a list of those that occur. A filter is then one comparison of whole
rows, which takes milliseconds for a million passages, and the traits of a hundred candidates are
read without their texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from rodtrad.datamodel import Passage
from rodtrad.retrieval.hits import DocumentInfo, PassageFacts, SearchFilters
from rodtrad.retrieval.lexical import day_number

Numbers = npt.NDArray[np.int64]
_ROWS, _VALUES = "traits.npy", "traits.json"
_TRAITS = ("document", "language", "flags", "agencies", "types")
_NONE = -1
_FEWEST = 1024
_NO_END = 99_999_999  # later than any day


class Traits(NamedTuple):
    """What ranking and counting need of a passage, without its text."""

    document: str
    language: str
    flags: tuple[str, ...]
    agencies: tuple[str, ...]
    types: tuple[str, ...]


class TraitTable:
    """The traits of the passages of an index, by number; -1 where there is no passage."""

    def __init__(self, rows: npt.NDArray[np.int32], values: Sequence[Sequence[Any]]) -> None:
        self._rows = rows
        self._values = [list(column) for column in values]
        self._places: list[dict[Any, int]] | None = None

    @classmethod
    def empty(cls) -> TraitTable:
        """That of no passages."""
        return cls(_unfilled(0), [[] for _ in _TRAITS])

    @classmethod
    def open(cls, folder: Path, *, for_change: bool = False) -> TraitTable:
        """The table of a folder; its rows are mapped, not read, unless it is opened for a change.

        Raises:
            OSError, ValueError: a file is missing, or is not what it should be.
        """
        mode: Literal["r"] | None = None if for_change else "r"
        rows = np.asarray(np.load(folder / _ROWS, mmap_mode=mode, allow_pickle=False))
        kept = json.loads((folder / _VALUES).read_text(encoding="utf-8"))
        documents, languages, *lists = (kept[name] for name in _TRAITS)
        return cls(rows, [documents, languages, *([*map(tuple, column)] for column in lists)])

    def save(self, folder: Path) -> None:
        """Write the table."""
        used = np.flatnonzero(self._rows[0] != _NONE)
        np.save(folder / _ROWS, self._rows[:, : int(used[-1]) + 1 if len(used) else 0])
        kept = dict(zip(_TRAITS, self._values, strict=True))
        (folder / _VALUES).write_text(json.dumps(kept), encoding="utf-8")

    def add(self, number: int, passage: Passage, facts: PassageFacts) -> None:
        """Add a passage."""
        if self._places is None:
            self._places = [{v: n for n, v in enumerate(column)} for column in self._values]
        found = (passage.document, passage.language, passage.flags, facts.agencies, facts.types)
        while number >= (width := self._rows.shape[1]):
            self._rows = np.concatenate([self._rows, _unfilled(max(width, _FEWEST))], axis=1)
        columns = zip(found, self._places, self._values, strict=True)
        self._rows[:, number] = [_place(value, places, values) for value, places, values in columns]

    def delete(self, numbers: Iterable[int]) -> None:
        """Take passages out."""
        self._rows[:, list(numbers)] = _NONE

    def traits(self, numbers: Sequence[int]) -> dict[int, Traits]:
        """The traits of passages by number; unknown numbers are left out."""
        wanted = [number for number in numbers if 0 <= number < self._rows.shape[1]]
        columns = self._rows[:, wanted].tolist()
        values = (map(v.__getitem__, c) for v, c in zip(self._values, columns, strict=True))
        found = zip(wanted, columns[0], map(Traits, *values), strict=True)
        return {number: one for number, document, one in found if document != _NONE}

    def allowed(self, filters: SearchFilters, documents: Mapping[str, DocumentInfo]) -> Numbers:
        """The numbers, rising, of the passages that pass a filter, sections aside.

        Passages of unknown documents never do, so the document is always tested.
        """
        tests = (_document_test(filters, documents), *_value_tests(filters))
        passing = np.ones(self._rows.shape[1], dtype=np.bool_)
        for place, test in enumerate(tests):
            if test is not None:
                of_values = np.array([*map(test, self._values[place]), False], dtype=np.bool_)
                passing &= of_values.take(self._rows[place])  # -1 is the last
        return np.flatnonzero(passing)


def _document_test(
    filters: SearchFilters, documents: Mapping[str, DocumentInfo]
) -> Callable[[str], bool]:
    def passes(identifier: str) -> bool:
        about = documents.get(identifier)
        if about is None:
            return False
        if filters.documents and identifier not in filters.documents:
            return False
        if filters.kinds and about.kind not in filters.kinds:
            return False
        # Of a part of a date the first day counts, as for words; a document without one has day 0.
        return not is_dated or first <= day_number(about.date, last=False) <= last

    is_dated = bool(filters.from_date or filters.to_date)
    first = day_number(filters.from_date, last=False) or 1
    last = day_number(filters.to_date, last=True) or _NO_END
    return passes


def _value_tests(filters: SearchFilters) -> Iterator[Callable[[Any], bool] | None]:
    """Tests of language, flags, agencies and types; None where all pass."""
    yield filters.languages.__contains__ if filters.languages else None
    yield None
    for wanted in (filters.agencies, filters.types):
        yield _shares(frozenset(wanted)) if wanted else None


def _shares(wanted: frozenset[str]) -> Callable[[Iterable[str]], bool]:
    return lambda values: not wanted.isdisjoint(values)


def _place(value: Any, places: dict[Any, int], values: list[Any]) -> int:
    place = places.setdefault(value, len(values))
    if place == len(values):
        values.append(value)
    return place


def _unfilled(count: int) -> npt.NDArray[np.int32]:
    return np.full((len(_TRAITS), count), _NONE, dtype=np.int32)
