"""Lists of findings that show themselves: HTML in a notebook, a table in plain Python, a frame.

The values in a list are those of the data model, which know nothing of pictures or pages. What a
list adds is how its values are written as records (the same as the command prints) and shown.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, SupportsIndex, TypeVar, overload

from rodtrad.errors import UsageError
from rodtrad.tables.terms import Language

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

Record = dict[str, Any]
T = TypeVar("T")

SHOWN_ROWS = 40
TEXT_WIDTH = 110


@dataclass(frozen=True)
class Manner(Generic[T]):
    """How values of one sort are written and shown.

    `kind` names the sort as `rodtrad.tables.terminal.render_records` does, `record` writes a value
    as the command's record, `columns` are the fields every record has; `html` and `text` show the
    records where a plain table does not do.
    """

    kind: str
    record: Callable[[T], Record]
    columns: tuple[str, ...] = ()
    html: Callable[[Sequence[Record], Language], str] | None = None
    text: Callable[[Sequence[Record], Language], str] | None = None


class Shown(list[T]):
    """A list of findings with `records()`, `to_frame()` and a display of its own.

    A slice shows itself in the same way. `note` is the reason why the list is empty, where there
    is one to tell.
    """

    def __init__(
        self,
        values: Iterable[T],
        manner: Manner[T],
        *,
        note: str | None = None,
        language: Language = "sv",
    ) -> None:
        super().__init__(values)
        self._manner = manner
        self.note = note
        self.language = language

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Shown[T]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> T | Shown[T]:
        """One value, or a slice that shows itself too."""
        if isinstance(index, slice):
            return self._like(super().__getitem__(index))
        return super().__getitem__(index)

    def where(self, wanted: Callable[[T], object]) -> Shown[T]:
        """The values for which `wanted` holds: `document.entities.where(lambda e: …)`."""
        return self._like(value for value in self if wanted(value))

    def records(self) -> list[Record]:
        """The values as the records of the command line: plain dicts, ready for JSON."""
        return [self._manner.record(value) for value in self]

    def to_frame(self) -> DataFrame:
        """The records as a pandas frame, with the same columns when there are none.

        Raises:
            UsageError: pandas is not installed; the sentence says how to.
        """
        return frame(self.records(), columns=self._manner.columns)

    def _like(self, values: Iterable[T]) -> Shown[T]:
        return Shown(values, self._manner, note=self.note, language=self.language)

    def _leading_records(self) -> list[Record]:
        return [self._manner.record(value) for value in list.__iter__(self[:SHOWN_ROWS])]

    def _repr_html_(self) -> str:
        from rodtrad.pipeline.display_html import list_html

        return list_html(
            self._manner.kind,
            self._leading_records(),
            total=len(self),
            note=self.note,
            language=self.language,
            build=self._manner.html,
        )

    def __str__(self) -> str:
        from rodtrad.tables.terminal import render_records

        if not self and self.note:
            return self.note
        records = self._leading_records()
        text = (
            self._manner.text(records, self.language)
            if self and self._manner.text
            else printed(render_records(self._manner.kind, records, language=self.language))
        )
        left = len(self) - SHOWN_ROWS
        return f"{text}\n… + {left}" if left > 0 else text

    def __repr__(self) -> str:
        return self.__str__()


@dataclass(frozen=True)
class Html:
    """A piece of HTML for a notebook, with its words for plain Python and for screen readers."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


def frame(records: Sequence[Record], *, columns: Sequence[str] = ()) -> DataFrame:
    """Records as a pandas frame; `columns` come first, and are there without records too.

    Raises:
        UsageError: pandas is not installed; the sentence says how to.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise UsageError(
            "frames need pandas, which is not installed; run: pip install 'rodtrad[notebook]'"
        ) from error
    names = list(dict.fromkeys([*columns, *(name for record in records for name in record)]))
    return pd.DataFrame.from_records(list(records), columns=names)


def printed(renderables: Iterable[Any], *, width: int = TEXT_WIDTH) -> str:
    """What the terminal would show, as plain text without colour."""
    from rich.console import Console

    file = io.StringIO()
    console = Console(file=file, width=width, color_system=None, emoji=False, highlight=False)
    for renderable in renderables:
        console.print(renderable)
    return "\n".join(line.rstrip() for line in file.getvalue().rstrip().splitlines())
