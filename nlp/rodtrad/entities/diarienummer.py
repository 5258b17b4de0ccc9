"""Numbers of matters: the ministries' series and, after a word that announces them, anybody's.

Ministries write `Ju2025/01324`, `S2016/00633/FST`, `Fi2007/8016/OFA/SF`, `Ju 2015/02345/PO` and, in
the 1990s, `S98/1234/ST`. `Ju 2014:22` names an inquiry and is not a matter. Agencies' own forms are
too varied to be told from other numbers, so they count only behind *dnr* or *diarienummer*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rodtrad.datamodel import Span
from rodtrad.entities.datafiles import read_rows
from rodtrad.entities.finding import Finding

_GAP = r"[ \t\u00a0\u2009\u202f]"
# A unit behind the last slash: letters, sometimes a digit or an ampersand ("S3", "Me", "R&U").
_UNIT = rf"(?:{_GAP}?/{_GAP}?(?=[\w&]{{0,11}}[A-ZÅÄÖa-zåäö])[\w&]{{1,12}})"
_ANNOUNCED = re.compile(r"[Dd](?<!\w.)(?:iarie-? ?(?:nummer|nr)|nr|NR|\.nr)\b\.?:?")
# What an agency may call its matters: letters, digits and separators, at least one separator or
# five digits ("4.1-1234/2020", "2019/123", "53-2345-2018", "MSB 2020-08113", "SSM2019-1234",
# "KS/2017:508").
_OWN_NUMBER = re.compile(
    r"(?:[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{0,7}(?:-[A-ZÅÄÖ]{1,3})?[ \u00a0./-]?)?"
    r"(?:[A-ZÅÄÖ]{0,4}\d[\dA-ZÅÄÖa-zåäö]*"
    r"(?:[./:_–-][\dA-ZÅÄÖa-zåäö]+|[ ]?[/:_–-][ ]?(?=[A-ZÅÄÖ]{0,3}\d)[\dA-ZÅÄÖa-zåäö]+)+"
    r"|\d{5,}(?!\d))"
)
_BETWEEN = re.compile(r"(?:[\s,;(]|\b(?:och|samt|respektive|and|delvis|nr)\b|[):&])*")
_NOT_A_MATTER = re.compile(
    r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$"
    r"|(?:[A-ZÅÄÖ][a-zåäö]{0,2}|SOU|R[Ii]R) ?(?:19|20)\d\d:\d"
)


# The first letter stands alone, before any look-around, so that the scan for it is fast.
_YEAR, _SERIAL = r"(?:19[89]|20[0-4])\d", r"\d{1,6}"
_SLASHED = rf"{_GAP}?{_YEAR}{_GAP}?/{_GAP}?{_SERIAL}(?!\d){_UNIT}{{0,3}}"
# "N2015-4705-KF": the form used in file names and mail subjects, where no slash may stand.
_DASHED = rf"{_YEAR}-\d{{3,6}}(?:-[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{{0,5}})?(?![\w-])"
_SHORT = r"[89]\d/\d{2,5}(?:/[A-ZÅÄÖ0-9][A-ZÅÄÖa-zåäö0-9]{0,5}){0,2}(?![\w/])"
_MINISTRY = re.compile(rf"[A-Z](?<![\w/:.-].)[A-Za-zö]{{0,2}}(?:{_SLASHED}|{_DASHED}|{_SHORT})")
_SERIES = re.compile(r"[A-Za-zö]+")
# An agency's acronym, the year and a serial that cannot be a year: "MSB 2020-08113".
_ACRONYM = re.compile(
    r"[A-ZÅÄÖ](?<![\w/:.-].)[A-ZÅÄÖ]{1,4} ?20[0-4]\d[-/](?!(?:19|20)\d\d\b)"
    r"\d{3,6}(?::\d{1,2})?(?![\w/-])"
)


@cache
def _series() -> frozenset[str]:
    return frozenset(row["series"] for row in read_rows("ministry_series.tsv"))


def _ministry_numbers(text: str) -> Iterator[re.Match[str]]:
    for match in _MINISTRY.finditer(text):
        letters = _SERIES.match(match.group())
        if letters and letters.group() in _series():
            yield match


def find_diarienummer(text: str) -> tuple[Finding, ...]:
    """Numbers of matters in `text`, sorted; the value is the number without white space.

    Finds `A2025/00637`, `Fi 2007/8016/OFA/SF`, `dnr 4.1-1234/2020`, `Dnr: 2019/123 och 2019/124`;
    not `Ju 2014:22` (an inquiry), `SOU 2019:3`, or `12/2019` without *dnr* before it.
    """
    spans = {match.span(): "diarienummer.ministry.v1" for match in _ministry_numbers(text)}
    others = [(span, "diarienummer.announced.v1") for span in _announced(text)]
    others += [(match.span(), "diarienummer.acronym.v1") for match in _ACRONYM.finditer(text)]
    for span, rule in others:
        if not any(span[0] < end and start < span[1] for start, end in spans):
            spans[span] = rule
    return tuple(_finding(text, *span, rule) for span, rule in sorted(spans.items()))


def _announced(text: str) -> Iterator[tuple[int, int]]:
    for announcement in _ANNOUNCED.finditer(text):
        at = _after_gap(text, announcement.end())
        while number := _OWN_NUMBER.match(text, at):
            at = _after_gap(text, number.end())
            if not _NOT_A_MATTER.match(number.group()):
                yield number.span()


def _after_gap(text: str, at: int) -> int:
    gap = _BETWEEN.match(text, at)
    return gap.end() if gap else at


def _finding(text: str, start: int, end: int, rule: str) -> Finding:
    value = re.sub(r"\s", "", text[start:end])
    # "12019/01695/E": the letter I of the series read as the digit 1.
    slip = {"slip": "siffran 1 för bokstaven I"} if re.match(r"1(?:19|20)\d\d/", value) else None
    return Finding("DIARIENUMMER", Span(start, end), value, rule, detail=slip)
