"""Numbers of matters (diarienummer): their forms, whose they are, and those under labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rodtrad.datamodel import Span

# "Ju2025/02760", "S2019/02717/JM", "KS2020/0456".
SERIES = r"(?!Dnr\b)[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,3}\s?(?:19|20)\d\d/\d{2,6}(?:/[A-ZÅÄÖ][\w&-]*)*"
# The letters of the ministries, present and past; other bodies number alike ("KS 2020/0456").
MINISTRY_LETTERS = "A|E|Fa|Fi|Fö|I|IJ|In|Jo|Ju|KN|Ku|L|LI|M|N|Pu|S|SB|Sb|U|UD|UF|C|K|H"
# Before 1998 the year had two digits: "U96/2208/UH".
MINISTRY_SERIES = (
    rf"\b(?:{MINISTRY_LETTERS})\s?(?:(?:19|20)\d\d|[789]\d)/\d{{2,6}}(?:/[A-ZÅÄÖ][\w&-]*)*"
)
# Atomic: a number that both forms fit would be tried twice, and a line of twenty a million times.
ANY_SERIES = rf"(?>{SERIES}|{MINISTRY_SERIES})"
_SERIES = re.compile(ANY_SERIES)
_OF_MINISTRY = re.compile(MINISTRY_SERIES)
_ISO = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")
# Labels of a letterhead, and those of them under which numbers stand.
_LABEL = re.compile(
    r"(?:(?:er[at]?|vår[at]?)\s+)?(?:(?:datum|dnr|diarienummer|diarienr|ärendenummer|ärendenr|(?:ärende)?beteckning|issn|isbn"
    r"|rapport(?:nummer|nr)|referens|ref|handläggare|sida|telefon|enhet|avdelning|förvaltning|tjänsteställe"
    r"|kontaktperson|e-post)(?:/|(?=\s|:|$)))+\s*:?",
    re.IGNORECASE,
)
_NUMBER_LABEL = re.compile(r"dnr|diarien|ärendenummer|ärendenr|beteckning|\bref", re.IGNORECASE)
_OTHERS_LABEL = re.compile(r"ert?\b", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(
    r"(?:[A-ZÅÄÖ]{1,8}[\s-]{0,2}){0,2}(?:\d{1,3} (?=\d))?"
    r"(?=\S*\d)[\w.:/-]*\d[\w/.-]*(?:\s*\(delvis\))?"
)
_UNNAMED_COLUMNS = 2
_OWN_FORM = re.compile(r"(?:tjänste)?(?:utlåtande|yttrande|skrivelse)\b", re.IGNORECASE)


def is_of_ministry(number: str) -> bool:
    """Whether a number has the form of the ministries: "Ju2025/02760", not "KS 2020/0456"."""
    return _OF_MINISTRY.fullmatch(number) is not None


def listed(words: str) -> str:
    """The numbers that some words hold, each once: "S2019/02717/JM (delvis), S 2018/04444".

    Words that hold none of the common form are one number: "LED 2019/112". "" for a date or a
    number of one or two digits.
    """
    number = " ".join(words.rstrip(".,:;-/").split())
    if _ISO.fullmatch(number) or (number.isdigit() and len(number) < 3):
        return ""
    whole = not any(sign.isdigit() for sign in _SERIES.sub("", words))
    several = _SERIES.findall(words) if whole and _SERIES.match(words) else ()
    return ", ".join(dict.fromkeys(_in_own_form(one) for one in several or [number]))


def _in_own_form(number: str) -> str:
    return re.sub(r"\s", "", number) if is_of_ministry(number) else " ".join(number.split())


def matters_in(text: str) -> Iterator[tuple[str, Span]]:
    """Each matter of a ministry that a text names: "Ju2019/0123", in its own form."""
    for match in _OF_MINISTRY.finditer(text):
        yield _in_own_form(match.group()), Span(*match.span())


def is_bracketed(text: str, start: int) -> bool:
    """Whether a number's label stands in brackets behind a name: "Polismyndigheten (dnr A123)".

    Behind the name of a reply's own form it is its own: "Utlåtande 2019:144 (Dnr KS 2019/804)".
    """
    before = text[:start].rstrip(" ")
    line = before[before.rfind("\n") + 1 :].strip()
    return before.endswith("(") and len(line) > 1 and not _OWN_FORM.match(line)


def numbers_in_columns(head: str) -> Iterator[tuple[str, Span, bool]]:
    """Numbers whose labels stand in one row of a letterhead and their values in the next.

    "Datum", "Diarienummer" above "2020-09-28", "KS 2020/0456". A row may hold a column more than
    labels name ("Kammaråklagare Per Ahlin"), so each label takes the next value of its own form. A
    line that says more ends the row of labels. With each: its place, and whether the label says
    that it is the addressee's ("Er referens").
    """
    lines = list(re.finditer(r"[^\n]+", head))
    index = 0
    while index < len(lines):
        stop = index
        while stop < len(lines) and _LABEL.fullmatch(lines[stop].group().strip()):
            stop += 1
        labels = [line.group().strip() for line in lines[index:stop]]
        if len(labels) >= 2:
            yield from _under_labels(labels, lines[stop : stop + len(labels) + _UNNAMED_COLUMNS])
        index = max(stop, index + 1)


def _under_labels(
    labels: Sequence[str], values: Sequence[re.Match[str]]
) -> Iterator[tuple[str, Span, bool]]:
    rest = iter(values)
    for label in labels:
        if "datum" in label.casefold():
            rest = _behind_date(rest)
        elif _NUMBER_LABEL.search(label):
            value = next((value for value in rest if _is_number(value.group().strip())), None)
            if value is None:
                return
            number = value.group().strip()
            start = value.start() + value.group().find(number)
            others = _OTHERS_LABEL.match(label) is not None
            yield number, Span(start, start + len(number)), others


def _behind_date(values: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    """What stands behind the first date; all of them where none is one."""
    known = list(values)
    places = (i for i, value in enumerate(known) if _ISO.fullmatch(value.group().strip()))
    return iter(known[next(places, -1) + 1 :])


def _is_number(value: str) -> bool:
    return bool(_WHOLE_NUMBER.fullmatch(value)) and not _ISO.fullmatch(value)
