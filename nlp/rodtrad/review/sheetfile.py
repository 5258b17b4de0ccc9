"""A workbook or CSV file with decisions, read as rows of text. Files come from anywhere.

Nothing in them is run: formulas are text. What is too large, or holds XML declarations no
spreadsheet program writes (entities), is refused before it is parsed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from rodtrad.errors import UnreadableFileError
from rodtrad.ingest.packages import DAMAGE, check_package

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 32_767
_DAMAGED = ": is not a readable .xlsx workbook; open it in Excel and save it again."
_BOMB = (
    f": unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB or too many parts; it is no list "
    "of decisions."
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its number as the program shows it, and its cells by head."""

    sheet: str
    number: int
    cells: Mapping[str, str]


def read_sheet_rows(
    path: Path, *, key_heads: Iterable[str], other_heads: Iterable[str] = ()
) -> tuple[SheetRow, ...]:
    """The rows of every sheet whose first row has a key column, or one of some others.

    Args:
        path: an .xlsx or .csv file.
        key_heads: what the head of the key column may be called.
        other_heads: heads of columns in which somebody may have written by mistake.

    Raises:
        UnreadableFileError: the file is missing, damaged, too large, or has no such sheet.
    """
    _check_file(path)
    keys, others = frozenset(key_heads), frozenset(other_heads)
    reader = {".xlsx": _workbook_sheets, ".csv": _csv_sheet}.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFileError(
            f"{path}: decisions are read from .xlsx, .csv or .jsonl; save it as one."
        )
    found, sheets = [], 0
    for name, rows in reader(path):
        heads = [_text(value) for value in next(iter(rows), ())]
        if not keys.isdisjoint(heads):
            sheets += 1
        elif others.isdisjoint(heads):
            continue
        found += list(_rows(path, name, heads, rows))
    if not sheets:
        raise UnreadableFileError(
            f"{path}: no sheet has the key column ({' or '.join(sorted(keys))}); start from a file "
            "made with 'rodtrad review export'."
        )
    return tuple(found)


def _rows(
    path: Path, name: str, heads: Sequence[str], rows: Iterator[Sequence[object]]
) -> Iterator[SheetRow]:
    for number, values in enumerate(rows, 2):
        if number > MAX_ROWS:
            raise UnreadableFileError(f"{path}: has more than {MAX_ROWS} rows; split the file.")
        cells = {h: _text(v) for h, v in zip_longest(heads, values[: len(heads)]) if h}
        if any(cells.values()):
            yield SheetRow(name, number, cells)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    # The apostrophe a table puts before a text that starts like a formula.
    if len(text) > 1 and text[0] == "'" and text[1] in "=+-@＝＋－＠":
        text = text[1:]
    return text[:MAX_CELL]


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise UnreadableFileError(f"{path}: there is no such file; check the path.")
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}).") from error
    if size > MAX_BYTES:
        raise UnreadableFileError(
            f"{path}: is larger than {MAX_BYTES // 1_000_000} MB; it is no list of decisions."
        )


def _csv_sheet(path: Path) -> Iterator[tuple[str, Iterator[Sequence[object]]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"{path}: is not UTF-8 text; save it as 'CSV UTF-8'.") from error
    first = text.partition("\n")[0]
    mark = ";" if first.count(";") >= first.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise UnreadableFileError(f"{path}: is no readable CSV file ({error}).") from error
    yield "", iter(rows)


def _workbook_sheets(path: Path) -> Iterator[tuple[str, Iterator[Sequence[object]]]]:
    from openpyxl.utils.exceptions import InvalidFileException

    check_package(path, _bytes(path), largest=MAX_UNPACKED_BYTES, damaged=_DAMAGED, bomb=_BOMB)
    try:
        with path.open("rb") as file:
            book = _open_book(file)
            for sheet in book.worksheets:
                rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS, max_row=MAX_ROWS + 1)
                yield sheet.title, iter(list(rows))
            book.close()
    except (InvalidFileException, *DAMAGE) as error:
        raise UnreadableFileError(f"{path}{_DAMAGED}") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}).") from error


def _open_book(file: io.BufferedReader) -> Workbook:
    import openpyxl

    # Not data_only: a formula stays the text it is, whatever value was stored with it.
    return openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
