"""Parts of a text that are not running text: contents pages, tables, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rodtrad.ingest.body import Body
from rodtrad.ingest.numbering import split_number
from rodtrad.ingest.wording import ends_sentence, is_mark

_LEADER = re.compile(
    r"(?P<title>.*?\S)(?:\s*\.{3,}\s*|\s*…+\s*|(?:\s\.){3,}\s*|\t+\s*|\s{2,})(?P<page>\d{1,4}|[ivxl]+)"
)
_PLAIN = re.compile(r"(?P<title>.*[^\W\d_].*\S)\s+(?P<page>\d{1,4}|[ivxl]+)")
_NUMBERS = re.compile(r"(?:[-–+]?\d[\d.,]*%?|[-–])")
_THREE_DIGITS = re.compile(r"\d(?:\D*\d){2}")
_YEARS = re.compile(r"\b(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)\d\d|\d\d)\b")
_NAME = re.compile(r"[A-ZÅÄÖÉ][\w.\-’']*(?:\s+(?:[A-ZÅÄÖÉ]|af|av|de|von|der|la)[\w.\-’']*){1,4}")


# Where and when a bill was signed, and by whom: "Berit Andnor", "(Socialdepartementet)", "/Bo Ek".
_PLACE_AND_DAY = re.compile(
    r"[A-ZÅÄÖ][a-zåäö]+ (?:den \d{1,2} [a-z]{3,9}|i [a-z]{3,9}) (?:19|20)\d\d", re.IGNORECASE
)
_SIGNED = re.compile(
    rf"/?(?:{_NAME.pattern})(?: \([^()]*\))?|\([^()]{{4,60}}\)?|[a-zåäö]+departementet\)"
)
_ADDRESS = re.compile(r"(?:postadress|besöksadress|telefon|e-post|webbplats)", re.IGNORECASE)
_MOST_COPIES = 25
_LONGEST_FORMULA = 95
_HEADER_LINES = 14
_LEADERS = ("...", "…", ". .", " .", "\t", "  ")
_PAGE_ENDS = tuple("0123456789ivxl")


def find_contents(body: Body) -> set[int]:
    """Indices of the lines of contents pages, their heading not among them.

    Under a heading "Innehåll" or "Contents", every entry up to the last that ends in a page number;
    elsewhere runs of four or more lines with dotted leaders or tabs before a rising number.
    """
    found: set[int] = set()
    for index in range(len(body)):
        if is_mark("contents", body.text(index)):
            found |= set(range(index + 1, _contents_end(body, index + 1)))
    return found | _leader_runs(body, found)


def _contents_end(body: Body, start: int) -> int:
    end, page = start, 0
    for index in range(start, min(len(body), start + 2000)):
        match = _LEADER.fullmatch(body.text(index)) or _PLAIN.fullmatch(body.text(index))
        if match and match["page"].isdigit() and page <= int(match["page"]) <= page + 200:
            page, end = int(match["page"]), index + 1
        elif match and not match["page"].isdigit():
            end = index + 1
        elif index - end >= 3 or (
            ends_sentence(body.text(index)) and not body.text(index).endswith("...")
        ):
            break
    return end


def _is_leader(text: str) -> bool:
    if text[-1:] not in _PAGE_ENDS or not any(sign in text for sign in _LEADERS):
        return False
    return _LEADER.fullmatch(text) is not None


def _leader_runs(body: Body, known: set[int]) -> set[int]:
    found: set[int] = set()
    run: list[int] = []
    for index in range(len(body) + 1):
        if _is_leader(body.text(index)) and index not in known:
            run.append(index)
        elif not run or index - run[-1] > 2:
            found |= set(range(run[0], run[-1] + 1)) if len(run) >= 4 else set()
            run = []
    return found


def find_tables(body: Body) -> list[range]:
    """Ranges of lines that belong to one table.

    Rows hold three numbers or more and little else; lines between two rows, and the short
    unpunctuated lines above the first, belong to them. A sentence with three numbers is no row.
    """
    rows = [i for i in range(len(body)) if is_row(body.text(i)) and not body.lines[i].row]
    tables: list[range] = []
    for row in rows:
        if tables and _same_table(body, tables[-1].stop, row):
            tables[-1] = range(tables[-1].start, row + 1)
        else:
            tables.append(range(row, row + 1))
    stops = [0, *(t.stop for t in tables)]
    grown = [_grow(body, t, stop) for t, stop in zip(tables, stops, strict=False)]
    numeric = [t for t in grown if sum(is_row(body.text(i)) for i in t) >= 2]
    return [*numeric, *(range(i, i + 1) for i, line in enumerate(body.lines) if line.row)]


def is_row(text: str) -> bool:
    """Whether a line is a table row: at least three numbers, mostly numbers, no sentence."""
    if text.endswith((".", ",", ";")) or _THREE_DIGITS.search(text) is None:
        return False
    tokens = _YEARS.sub("", text).split()
    numbers = sum(1 for token in tokens if _NUMBERS.fullmatch(token))
    return numbers >= 3 and numbers >= 0.3 * len(tokens)


def _same_table(body: Body, stop: int, row: int) -> bool:
    if row - stop > 8:
        return False
    return not any(ends_sentence(body.text(i)) for i in range(stop, row))


def _grow(body: Body, table: range, lowest: int) -> range:
    start = table.start
    while start - 1 >= max(lowest, table.start - _HEADER_LINES) and _is_cell(body, start - 1):
        start -= 1
    return range(start, table.stop)


def _is_cell(body: Body, index: int) -> bool:
    text = body.text(index)
    if text.endswith((".", ":", ",")) or split_number(text):
        return False
    return len(text) < 0.85 * max(body.width, 40)


def find_signatures(body: Body) -> list[range]:
    """Ranges of lines with a closing formula and the names under it.

    "På regeringens vägnar" and the lines of names behind it, at most eight, up to a full sentence;
    "Stockholm den 19 maj 2005" and the names under it; "Kopia till" and the bodies under it.
    """
    found: list[range] = []
    for index in range(len(body)):
        text = body.text(index)
        if len(text) > _LONGEST_FORMULA:
            continue
        if is_mark("copies", text):
            found.append(range(index, _copies_end(body, index + 1)))
        elif text[-1].isdigit() and _PLACE_AND_DAY.fullmatch(text):
            stop = index + 1
            while stop < min(len(body), index + 6) and _SIGNED.fullmatch(body.text(stop)):
                stop += 1
            if stop > index + 1:
                found.append(range(index, stop))
        elif is_mark("signature", text):
            stop = index + 1
            while stop < min(len(body), index + 9) and _NAME.fullmatch(body.text(stop)):
                stop += 1
            if stop > index + 1 or stop >= len(body):
                found.append(range(index, stop))
    return found


def _copies_end(body: Body, start: int) -> int:
    """Behind the short lines that name who gets a copy."""
    stop = start
    while stop < min(len(body), start + _MOST_COPIES):
        text = body.text(stop)
        if len(text) > 60 or ends_sentence(text) or split_number(text) or _ADDRESS.match(text):
            break
        stop += 1
    return stop


def covered(ranges: Sequence[range]) -> set[int]:
    """The indices in any of the ranges."""
    return {index for found in ranges for index in found}
