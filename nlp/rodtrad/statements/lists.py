"""Lists of recommendations: the project's own, and those a user brings.

A user's list is .jsonl, .csv or .xlsx with the columns `id` and `text`, and optionally `lang`,
`strength`, `issuer` and `quote`. A row that does not say its language is read by its own words, so
a list may be mixed; where they do not tell, it is taken for that of most rows. CSV may be UTF-8
with or without mark, parted by commas, or by semicolons as a Swedish Excel writes it. The project's
own list (a .json array) holds summaries in our own words: they have no quote, and `source` says
where they come from.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rodtrad.datamodel import Recommendation
from rodtrad.errors import UnreadableFileError
from rodtrad.ingest.language import Language
from rodtrad.ingest.packages import DAMAGE, check_package
from rodtrad.retrieval.tokenization import certain_language

MAX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_ROWS = 50_000
MAX_TEXT = 20_000
_ROWS_READ = 500  # for the language of rows whose words do not tell
_DAMAGED = ": is not a readable .xlsx workbook; open it in Excel and save it again."
_BOMB = f": unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB; split the file."
_COLUMNS = ("id", "text")
_KNOWN = ("id", "text", "lang", "strength", "issuer", "quote")

Row = Mapping[str, Any]


def read_recommendation_list(path: Path) -> tuple[Recommendation, ...]:
    """The items of a list, in its order; `document` is the file's stem.

    Raises:
        UnreadableFileError: one sentence that names the file, the row and what is wrong (missing
            column, empty text, id used twice, wrong form, too large).
    """
    rows = list(_numbered_rows(path))
    if not rows:
        raise UnreadableFileError(f"{path}: holds no recommendations; put one on each row.")
    found: dict[str, Recommendation] = {}
    usual = _usual_language([_cell(row.get("text")) for _, row in rows[:_ROWS_READ]])
    for number, row in rows:
        item = _item(path, number, row, usual=usual)
        if item.id in found:
            raise UnreadableFileError(
                f"{path}: row {number} uses the id '{item.id[:60]}' again; "
                "give every row its own id."
            )
        found[item.id] = item
    return tuple(found.values())


def _numbered_rows(path: Path) -> Iterator[tuple[int, Row]]:
    readers = {".json": _json_rows, ".jsonl": _jsonl_rows, ".csv": _csv_rows, ".xlsx": _xlsx_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFileError(
            f"{path}: a list of recommendations must be .jsonl, .csv, .xlsx or .json."
        )
    _check_size(path)
    for count, numbered in enumerate(reader(path), 1):
        if count > MAX_ROWS:
            raise UnreadableFileError(f"{path}: has more than {MAX_ROWS} rows; split the file.")
        yield numbered


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read; check that the file exists.") from error
    if not path.is_file():
        raise UnreadableFileError(f"{path}: is not a file; name a list of recommendations.")
    if size == 0:
        raise UnreadableFileError(f"{path}: is empty; put one recommendation on each row.")
    if size > MAX_BYTES:
        raise UnreadableFileError(
            f"{path}: is larger than {MAX_BYTES // 1_000_000} MB; split the file."
        )


def _decoded(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableFileError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{path}: is not UTF-8 text; save it as 'CSV UTF-8' or as .xlsx."
        ) from error


def _json_rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        data = json.loads(_decoded(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFileError(f"{path}: is not valid JSON ({_why(error)}).") from error
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise UnreadableFileError(f"{path}: must hold a JSON array of objects.")
    yield from enumerate(data, 1)


def _jsonl_rows(path: Path) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(_decoded(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise UnreadableFileError(
                f"{path}: row {number} is not valid JSON ({_why(error)})."
            ) from error
        if not isinstance(row, dict):
            raise UnreadableFileError(f"{path}: row {number} must be a JSON object.")
        yield number, row


def _why(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"


def _csv_rows(path: Path) -> Iterator[tuple[int, Row]]:
    text = _decoded(path)
    if "\0" in text:
        raise UnreadableFileError(f"{path}: is not text; save it as 'CSV UTF-8'.")
    header = text.split("\n", 1)[0]
    delimiter = max((";", ",", "\t"), key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = _header(path, next(reader, []))
        for values in reader:
            if any(v.strip() for v in values):
                yield reader.line_num, dict(zip(names, values, strict=False))
    except csv.Error as error:
        raise UnreadableFileError(f"{path}: row {reader.line_num} is not valid CSV.") from error


def _xlsx_rows(path: Path) -> Iterator[tuple[int, Row]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    check_package(path, path.read_bytes(), largest=MAX_UNPACKED_BYTES, damaged=_DAMAGED, bomb=_BOMB)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=100, max_row=MAX_ROWS + 2)
        names = _header(path, [_cell(v) for v in next(rows, ())])
        for number, values in enumerate(rows, 2):
            row = {n: _cell(v) for n, v in zip(names, values, strict=False)}
            if any(row.values()):
                yield number, row
        book.close()
    except (InvalidFileException, *DAMAGE) as error:
        raise UnreadableFileError(f"{path}{_DAMAGED}") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _header(path: Path, names: Sequence[str]) -> list[str]:
    folded = [name.strip().casefold() for name in names]
    missing = [column for column in _COLUMNS if column not in folded]
    if missing:
        raise UnreadableFileError(
            f"{path}: has no column '{missing[0]}'; "
            "the first row must name the columns id and text."
        )
    return folded


def _item(path: Path, number: int, row: Row, *, usual: Language) -> Recommendation:
    if "summary_en" in row or "summary_sv" in row:
        return _summary_item(path, number, row)
    values = {name: _cell(row.get(name)) for name in _KNOWN}
    for column in _COLUMNS:
        if column not in row and path.suffix.lower() in (".json", ".jsonl"):
            raise UnreadableFileError(f"{path}: row {number} has no field '{column}'.")
        if not values[column]:
            raise UnreadableFileError(f"{path}: row {number} has no {column}; fill it in.")
    if len(values["text"]) > MAX_TEXT:
        raise UnreadableFileError(
            f"{path}: row {number} is longer than {MAX_TEXT} characters; split it."
        )
    return Recommendation(
        id=values["id"],
        document=path.stem,
        issuer=values["issuer"] or "okänd",
        addressees=(),
        strength=values["strength"].casefold() or None,
        text=" ".join(values["text"].split()),
        language=_stated_language(path, number, values["lang"])
        or _language_of(values["text"])
        or usual,
        quote=values["quote"] or None,
        source=path.name,
    )


def _summary_item(path: Path, number: int, row: Row) -> Recommendation:
    language: Language = "en" if row.get("summary_en") else "sv"
    summary = _cell(row.get(f"summary_{language}"))
    name = _cell(row.get("id"))
    if not summary or not name:
        raise UnreadableFileError(f"{path}: row {number} has no id or no summary; fill it in.")
    return Recommendation(
        id=name,
        document=path.stem,
        issuer=_issuer(row),
        addressees=("Sverige",) if name.startswith("SE-") else (),
        strength=_cell(row.get("strength")).casefold() or None,
        text=summary,
        language=language,
        summary=summary,
        paragraph=_cell(row.get("paragraph")) or None,
        theme=_cell(row.get("theme")) or None,
        articles=tuple(str(a) for a in row.get("articles") or ()),
        source=_cell(row.get("source")) or None,
        note=_note(row),
    )


def _issuer(row: Row) -> str:
    """GRETA and the Committee of the Parties are two issuers."""
    stated = _cell(row.get("issuer"))
    if stated:
        return stated
    report = _cell(row.get("report"))
    return "Committee of the Parties" if report.startswith("Committee of the Parties") else "GRETA"


def _note(row: Row) -> str | None:
    """What the reader must know: the report, what the level rests on, and any remark."""
    pieces = [_cell(row.get(key)) for key in ("report", "level_basis", "note")]
    return "; ".join(piece for piece in pieces if piece) or None


_NAME = re.compile(r"(?<=\S\s)[A-ZÅÄÖ]\w*")
# What the spelling of each language often has and that of the other seldom: "health", "quality" and
# "forced"; "skola", "utsatt" and "sjukhus". What both have ("program", -ning) counts for neither.
_ENGLISH = re.compile(
    r"\b(?:\w*(?:th|wh|sh|ee|oo|ou|ea|qu|w|ght|dge)\w*"
    r"|\w+(?:y|ed|[^\Wnl]ing|ies|ate|ise|ize|ive|ble|ence|ance|ment))\b"
)
_SWEDISH = re.compile(
    r"\b(?:\w*(?:sk|kt|kv|tj|hj|sj|gj|bj|fj)\w*"
    r"|\w+(?:a|ar|or|na|het|ande|ende|lig|ligt|tt|j|v|k))\b"
)


def _stated_language(path: Path, number: int, stated: str) -> Language | None:
    code = stated.casefold()[:2]
    if code == "sv":
        return "sv"
    if code == "en":
        return "en"
    if stated:
        raise UnreadableFileError(f"{path}: row {number} has lang '{stated[:20]}'; use sv or en.")
    return None


def _language_of(text: str) -> Language | None:
    """By stop words and letters, else by how the words are spelled; None where neither tells.

    Names come last: "the county of Västra Götaland" is English.
    """
    certain = certain_language(_NAME.sub(" ", text)) or certain_language(text)
    if certain is not None:
        return certain
    folded = text.casefold()
    swedish, english = len(_SWEDISH.findall(folded)), len(_ENGLISH.findall(folded))
    if swedish == english:
        return None
    return "sv" if swedish > english else "en"


def _usual_language(texts: Sequence[str]) -> Language:
    told = [_language_of(text[:MAX_TEXT]) for text in texts]
    return "en" if told.count("en") > told.count("sv") else "sv"
