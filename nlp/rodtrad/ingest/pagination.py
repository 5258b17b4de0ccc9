"""Physical pages and the numbers printed on them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rodtrad.datamodel import Furniture, Page

_NUMBER = re.compile(r"(?<![\w:/.,])(\d{1,4})(?![\w:/.,])")
_ROMAN = re.compile(r"[ivxl]{1,7}")
_OF = re.compile(r"(\d{1,4})\s*(?:\(\d{1,4}\)|(?:av|of|/)\s*\d{1,4})\s*$", re.IGNORECASE)


def pages_of(source: str) -> list[Page]:
    """The pages of a text with form feeds; none for a text without."""
    if "\f" not in source:
        return []
    pages: list[Page] = []
    start = 0
    for number, piece in enumerate(source.split("\f"), start=1):
        pages.append(Page(number, None, start, start + len(piece)))
        start += len(piece) + 1
    if not source.rsplit("\f", 1)[1].strip():
        pages.pop()
    return pages


def with_printed_numbers(
    pages: Sequence[Page], furniture: Sequence[Furniture], source: str
) -> list[Page]:
    """The pages with the numbers that their headers and footers print.

    Of the numbers in a page's furniture that one counts which runs in step with the pages of the
    whole file: in "GRETA(2014)11 3" it is 3. Small Roman numbers stand by themselves. Labels that
    the file itself gives stay.
    """
    starts = [page.start for page in pages]
    numbers: dict[int, set[int]] = defaultdict(set)
    romans: dict[int, str] = {}
    for item in furniture:
        index = bisect_right(starts, item.span.start) - 1
        text = item.span.of(source)
        if index < 0 or item.kind == "rule":
            continue
        numbers[index] |= _numbers(text)
        if _ROMAN.fullmatch(text):
            romans[index] = text
    steps = Counter(n - index for index, found in numbers.items() for n in found)
    step = steps.most_common(1)[0][0] if steps else 0
    return [
        page if page.printed else replace(page, printed=_printed(index, step, numbers, romans))
        for index, page in enumerate(pages)
    ]


def _numbers(text: str) -> set[int]:
    of = _OF.search(text)
    return {int(of.group(1))} if of else {int(n) for n in _NUMBER.findall(text)}


def _printed(
    index: int, step: int, numbers: dict[int, set[int]], romans: dict[int, str]
) -> str | None:
    return str(index + step) if index + step in numbers[index] else romans.get(index)
