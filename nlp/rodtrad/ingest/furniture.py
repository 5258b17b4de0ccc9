"""Running headers, footers and page numbers in text: found, taken out, kept as facts."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from rodtrad.datamodel import Furniture, Span
from rodtrad.ingest.lines import Line
from rodtrad.ingest.wording import ends_sentence, is_mark, starts_lower

_OF = re.compile(
    r"(?:.{0,60}\s)?(?:sid(?:a|an)?\.?|page|s\.)?\s*\d{1,4}\s*(?:\(\d{1,4}\)|(?:av|of|/)\s*\d{1,4})",
    re.IGNORECASE,
)
# United Nations: "2/16 CEDAW/C/SWE/CO/10" on left pages, "GE.21-17123 3" at the foot.
_SYMBOL = re.compile(
    r"\d{1,3}/\d{1,3}\s+[A-Z]+/[\w/.-]+|[A-Z]+/[\w/.-]+\s+\d{1,3}/\d{1,3}"
    r"|(?:\d{1,3}\s+)?GE\.\d\d-\d{4,6}(?:\s*\([A-Z]\))?(?:\s+\d{1,3}(?:/\d{1,3})?)?"
)
_UN_SYMBOL = re.compile(r"[A-Z]{3,5}(?:/C)?/[A-Z]{3}/(?:CO|Q|RQ)/[\d-]+(?:/(?:Add|Corr|Rev)\.\d)?")
_PAGE_WORD = re.compile(r"(?:sid(?:a|an)?|page)\.?\s+\d{1,4}", re.IGNORECASE)
_LONE = re.compile(r"[-–(\[]?\s?(\d{1,4}|[ivxl]{1,6})\s?[-–)\]]?")
_CAPS_FOLIO = re.compile(r"(?:\d{1,4}\s+[^a-zåäöé\d]{6,}|[^a-zåäöé\d]{6,}\s+\d{1,4})")
_DIGITS = re.compile(r"\d+|\b[ivxl]+\b")
_OUTER_NUMBER = re.compile(r"^\d{1,4}\s+|\s+\d{1,4}$")
_SERIES = r"(?:SOU|Ds|Prop\.|Skr\.)\s+\d{4}(?:/\d{2,4})?:\d{1,4}"
# "GRETA(2018)8 9" over a page of a monitoring report, "4 CP/Rec(2023)06" on the next.
_MONITORING = r"(?:GRETA|(?:THB-)?CP(?:/(?:Rec|Inf))?)\s?\(\d{4}\)\s?\d{1,3}"
_MONITORING_FOLIO = re.compile(rf"{_MONITORING}\s+\d{{1,3}}|\d{{1,3}}\s+{_MONITORING}")
_OUTER_SERIES = re.compile(rf"{_SERIES}\s+\S.*?\s\d{{1,4}}|\d{{1,4}}\s+\S.*?\s{_SERIES}")
_DIGITS_ONLY = re.compile(r"\d+")
_FAR_APART = re.compile(r"\s{2,}|\s[|·•]\s")
_LEAST_OF_MENU = 3
_WORDS_OF_MENU = 5
_EDGE = 3
_FAR = 40
_LONGEST = 130
_TOP, _FOOT = 0.88, 0.12
# How far down the lines that a site prints over a text reach.
_SITE = 40


def find_furniture(lines: Sequence[Line]) -> dict[int, str]:
    """Indices of the lines that are page furniture, with "folio" or "header".

    Folios: "2 (3)", "Sida 2 av 3", "Socialdepartementet 30 (31)", "– 4 –"; a lone number only
    where such numbers rise through the text or a page begins or ends there. Headers: lines that
    are equal but for numbers, three times or more, at the edge of pages or in the middle of
    sentences; a series number at the side, or with a page number at the other end of its line
    ("SOU 1995:117  Inledning  21"), what a site prints over a text. "Tabell 2 (3 kolumner)" is
    neither.
    """
    found = {i: "folio" for i, line in enumerate(lines) if _is_page_of(line.text)}
    found |= dict.fromkeys(_lone_numbers(lines), "folio")
    found |= dict.fromkeys(_series_headers(lines), "header")
    found |= {i: "header" for i in _repeated(lines) if i not in found}
    found |= {i: "header" for i in _beside_folios(lines, found) if i not in found}
    found |= dict.fromkeys(_of_site(lines), "header")
    return found


def _of_site(lines: Sequence[Line]) -> list[int]:
    """What a site prints over the text it shows: "Ladda ner:", "Storlek: px", "Transkript".

    One such line can be the text's own; two are a site's, and so is what stands beside them
    ("Nästa", "15").
    """
    head = [(i, " ".join(line.text.split())) for i, line in enumerate(lines[:_SITE])]
    sure = [i for i, text in head if is_mark("site", text) or _is_row_of_site(lines[i].text)]
    if len(sure) < 2:
        return []
    between = [(i, text) for i, text in head if sure[0] < i < sure[-1]]
    beside = [i for i, text in between if is_mark("site_beside", text) or _is_menu(lines[i].text)]
    return sorted({*sure, *beside})


def _is_row_of_site(text: str) -> bool:
    """Whether a line is two or more things that sites print, far apart: "Skriv ut   Lyssna"."""
    parts = _parts(text)
    return len(parts) > 1 and all(is_mark("site", p) or is_mark("site_beside", p) for p in parts)


def _parts(text: str) -> list[str]:
    return [part for part in _FAR_APART.split(text.strip()) if part]


def _is_menu(text: str) -> bool:
    """Whether a line is a row of a site's menu: some words, far apart, without numbers."""
    names = _parts(text)
    short = all(len(name.split()) <= _WORDS_OF_MENU for name in names)
    return len(names) >= _LEAST_OF_MENU and short and not any(map(str.isdigit, text))


def to_furniture(line: Line, kind: str) -> Furniture:
    """The fact that is kept of a furniture line."""
    return Furniture("folio" if kind == "folio" else "header", Span(line.start, line.end))


def caps_folio(text: str) -> bool:
    """Whether a line is a running header in capitals with its page number ("30 LÄGESBILD 2024")."""
    return _CAPS_FOLIO.fullmatch(text) is not None


def _is_page_of(text: str) -> bool:
    if len(text) > 80 or not (text[-1].isdigit() or text.endswith(")")):
        return False
    of = _OF.fullmatch(text)
    if of and not _counts_pages(text):
        return False
    return bool(of or _PAGE_WORD.fullmatch(text) or _SYMBOL.fullmatch(text))


def _counts_pages(text: str) -> bool:
    """Whether the page is no later than the last: "2 (3)", not the number "2019/0612"."""
    page, last = (int(number) for number in _DIGITS_ONLY.findall(text)[-2:])
    return page <= last


def _at_page_edge(lines: Sequence[Line], index: int) -> bool:
    page, height = lines[index].page, lines[index].height
    if height is not None:
        return height > _TOP or height < _FOOT
    before = index - _EDGE < 0 or lines[index - _EDGE].page != page
    after = index + _EDGE >= len(lines) or lines[index + _EDGE].page != page
    return before or after


def _interrupts(lines: Sequence[Line], index: int) -> bool:
    """Whether the sentence before the line goes on behind it."""
    if not 0 < index < len(lines) - 1:
        return False
    return not ends_sentence(lines[index - 1].text) and starts_lower(lines[index + 1].text)


def _lone_numbers(lines: Sequence[Line]) -> list[int]:
    lone = [
        i
        for i, line in enumerate(lines)
        if len(line.text) < 10 and _LONE.fullmatch(line.text) and not numbers_a_note(lines, i)
    ]
    if lines and lines[-1].page > 0:
        return [i for i in lone if _at_page_edge(lines, i)]
    values = {i: _number(lines[i].text) for i in lone}
    rising = [
        i
        for i, after in itertools.pairwise(lone)
        if 0 < values[after] - values[i] <= 2 and after - i > 10
    ]
    steps = Counter(values[b] - values[a] == 1 for a, b in itertools.pairwise(lone) if b - a > 2)
    if steps[True] >= 2 and steps[True] >= 0.5 * steps.total():
        rising += [
            i
            for pair in itertools.pairwise(lone)
            for i in pair
            if values[pair[1]] - values[pair[0]] == 1
        ]
    elif rising:
        rising.append(lone[-1])
    far = [i for i in lone if lines[i].indent >= _FAR and lines[i].gap > 0]
    return [i for i in lone if i in rising or i in far or _interrupts(lines, i)]


def numbers_a_note(lines: Sequence[Line], index: int) -> bool:
    """Whether a lone number stands over the footnote it belongs to, which is set further in."""
    if index + 1 >= len(lines) or lines[index].height is not None:
        return False
    line, following = lines[index], lines[index + 1]
    set_in = line.indent < following.indent <= line.indent + 8 and following.gap == 0
    return set_in and line.text.isdigit() and len(line.text) <= 3 and not following.text.isdigit()


def _series_headers(lines: Sequence[Line]) -> list[int]:
    """Lines with a series number at the side, or at one end where a page number is at the other."""
    side = [i for i, line in enumerate(lines) if line.side]
    # The first stands on the cover and says what the document is.
    symbols = [
        i for i, line in enumerate(lines) if "/" in line.text and _UN_SYMBOL.fullmatch(line.text)
    ]
    side += symbols[1:]
    short = (i for i, line in enumerate(lines) if len(line.text) < _LONGEST)
    ends = [i for i in short if has_series_and_folio(lines[i].text)]
    reports = [
        i
        for i, line in enumerate(lines)
        if "(" in line.text[:14] and _MONITORING_FOLIO.fullmatch(line.text)
    ]
    return [*side, *reports, *(ends if len(ends) > 1 else ())]


def has_series_and_folio(text: str) -> bool:
    """Whether a series number is at one end of a line and a page number at the other."""
    return text[0] in "SDPR0123456789" and _OUTER_SERIES.fullmatch(text) is not None


def _number(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else 0


def _beside_folios(lines: Sequence[Line], found: Mapping[int, str]) -> list[int]:
    """Lines next to page numbers that are, or begin or end with, a text repeated there.

    "SOU 2024:55" on left pages, "Sammanfattning SOU 2024:55" on right ones.
    """
    folios = {i for i, kind in found.items() if kind == "folio"}
    paged = bool(lines) and lines[-1].page > 0
    beside = [
        i
        for i in range(len(lines))
        if i not in found
        and any(i + step in folios for step in (-2, -1, 1, 2))
        and (not paged or _at_page_edge(lines, i))
    ]
    counts = Counter(lines[i].text for i in beside if len(lines[i].text) <= 80)
    repeated = tuple(text for text, n in counts.items() if n >= 2 and not ends_sentence(text))
    if not repeated:
        return []
    return [
        i for i in beside if lines[i].text.startswith(repeated) or lines[i].text.endswith(repeated)
    ]


def _parts_text(lines: Sequence[Line], index: int) -> bool:
    """Whether a line stands in the middle of a sentence or over a separator line."""
    over = index + 1 < len(lines) and lines[index + 1].rule
    return over or _interrupts(lines, index)


def _shape(text: str) -> str:
    """The line without what changes from page to page.

    "GRETA(2014)11 3" and "4 GRETA(2014)11", on odd and even pages, have one shape; "GRETA(2014)11"
    on the cover, without a page number, has another.
    """
    bare = _OUTER_NUMBER.sub("", text.casefold())
    mark = "" if len(bare) == len(text) else "page "
    return mark + _DIGITS.sub("#", bare)


def _repeated(lines: Sequence[Line]) -> list[int]:
    paged = bool(lines) and lines[-1].page > 0
    if lines and not paged and lines[0].height is not None:
        return []
    edge = _at_page_edge if paged else _parts_text
    at_edge = {i for i in range(len(lines)) if len(lines[i].text) <= _LONGEST and edge(lines, i)}
    edges = {i: _shape(lines[i].text) for i in at_edge}
    found = Counter(shape for shape in edges.values() if 2 < len(shape) <= 120)
    candidates = {shape for shape, n in found.items() if n >= 2}
    if not candidates:
        return []
    longest = max(map(len, candidates)) + 8
    counts = Counter(
        edges[i] if i in edges else _shape(line.text)
        for i, line in enumerate(lines)
        if len(line.text) <= longest
    )
    share = 0.7 if paged else 0.3
    headers = {s for s in candidates if counts[s] >= 3 and found[s] >= max(2, share * counts[s])}
    if paged:
        return sorted(i for i in edges if edges[i] in headers)
    return [
        i
        for i, line in enumerate(lines)
        if len(line.text) <= longest and _shape(line.text) in headers
    ]
