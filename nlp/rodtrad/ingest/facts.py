"""Facts about a document that its own text states: number, dnr, dates, what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rodtrad.datamodel import Span
from rodtrad.ingest.dates import find_dates, find_month
from rodtrad.ingest.parties import GOVERNMENT_KINDS, MINISTRY, find_addressee, find_issuer
from rodtrad.ingest.titles import SERIES

Fact = tuple[str, str, Span]

_HEAD = 6_000
_CUED_NUMBER = re.compile(
    r"(?P<others>\ber[at]?\s+)?(?:\bdnr|diarienummer|diarienr|ärendenummer|ärendenr|beteckning|referens"
    r"|ärende(?=\s+(?-i:[A-ZÅÄÖ]{2,8}\s)))\b"
    rf"(?:\s*\(.{{1,20}}?\))?\s*[:.]?\s*(?:(?:19|20)\d\d-\d\d-\d\d\s+)?(?P<number>{SERIES}|(?-i:(?:[A-ZÅÄÖ]{{1,8}}\s+){{0,2}})(?=\S*\d)[\w.:/-]*\d[\w/-]*)",
    re.IGNORECASE,
)
_OTHERS_LINE = re.compile(
    rf"\bert?\s+(?:datum|referens|beteckning|dnr|diarienummer)\b[^\d\n]{{0,60}}\n?[^\n]{{0,40}}?(?P<number>{SERIES})",
    re.IGNORECASE,
)
# The letters of the ministries, present and past; other bodies number alike ("KS 2020/0456").
_MINISTRIES = "A|E|Fa|Fi|Fö|I|IJ|In|Jo|Ju|KN|Ku|L|LI|M|N|Pu|S|SB|Sb|U|UD|C|K|H"
_MATTER = re.compile(rf"\b(?:{_MINISTRIES})\s?(?:19|20)\d\d/\d{{2,6}}(?:/[A-ZÅÄÖ][\w&-]*)*")
# Alone on its line, or behind the number and date of the decision: "2019-06-13 S2019/02717/JM",
# "Regeringsbeslut II:3 2019-06-13 S2019/02717/JM"; not in a sentence ("se S2019/02717/JM").
_BEFORE_NUMBER = (
    r"(?:Regeringsbeslut\s+)?(?:[IVX]+\s?:\s?\d{1,3}\s+)?"
    r"(?:(?:19|20)\d\d-[01]\d-[0-3]\d\s+|\d{1,2}\s+[a-z]{3,9}\s+(?:19|20)\d\d\s+)?"
)
_ONE_NUMBER = rf"{SERIES}(?:\s*\(delvis\))?"
_LONE_NUMBERS = re.compile(
    rf"(?:^|\n)\s*{_BEFORE_NUMBER}(?P<numbers>{_ONE_NUMBER}"
    rf"(?:[,\s]\s*(?:(?:{MINISTRY})\s+)?{_ONE_NUMBER})*)\s*(?=\n|$)"
)
_SERIES = re.compile(SERIES)
# Behind the first number under a label: "Diarienummer: A2021/01234, A2021/00987 (delvis)".
_MORE_NUMBERS = re.compile(rf"(?:\s*\(delvis\))?(?:(?:,|;|\s+och)\s*{_ONE_NUMBER})+")
_GLUED_NUMBERS = re.compile(
    rf"(?<=[a-zåäö\d)])\s*(?:Diarienummer:?\s*)?(?P<numbers>{SERIES}(?:,\s*{SERIES})*)\s*$"
)
# A body's own number alone on its line: "R-2023/0112", "KS 2019/804", "EBM2022-1234".
_OWN_LINE = re.compile(
    r"(?:^|\n)\s*(?P<number>[A-ZÅÄÖ]{1,8}[ -]?(?:19|20)\d\d[/:-]\d{2,6})[ \t]*(?=\n|$)"
)
_BY_OTHERS = ("remissvar", "redovisning", "lägesrapport", "handlingsplan", "promemoria")
# Labels of a letterhead, and those of them under which numbers stand.
_LABEL = re.compile(
    r"(?:(?:er[at]?|vår[at]?)\s+)?(?:(?:datum|dnr|diarienummer|diarienr|ärendenummer|beteckning"
    r"|referens|ref|handläggare|sida|telefon|enhet|avdelning|förvaltning|tjänsteställe"
    r"|kontaktperson|e-post)(?:/|(?=\s|:|$)))+\s*:?",
    re.IGNORECASE,
)
_NUMBER_LABEL = re.compile(r"dnr|diarien|ärendenummer|beteckning|\bref", re.IGNORECASE)
_OWN_FORM = re.compile(r"(?:tjänste)?(?:utlåtande|yttrande|skrivelse)\b", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(
    r"(?:[A-ZÅÄÖ]{1,8}[\s-]{0,2}){0,2}(?=\S*\d)[\w.:/-]*\d[\w/.-]*(?:\s*\(delvis\))?"
)
_UNNAMED_COLUMNS = 2
_INQUIRY = r"(?:SOU|Ds)\s+(?:19|20)\d\d\s?[:–-]\s?\d{1,3}"
_ANSWERED = re.compile(rf"(?P<ref>{_INQUIRY})")
_ANSWER_CUE = re.compile(
    r"yttrande|remiss|synpunkter|betänkande|promemoria|utredning|departementsskrivelse",
    re.IGNORECASE,
)
_ASSIGNMENT = re.compile(
    rf"(?:regerings)?uppdrag\w*\s+(?:[^.\n]{{0,120}}?\s)?\(?(?:dnr\.?\s+|diarienummer\s+)?(?P<number>{SERIES})",
    re.IGNORECASE,
)
_RECOMMENDATION = re.compile(r"Recommendation\s+(?P<number>CP(?:/Rec)?\s?\(\d{4}\)\s?\d+)")
_CUED_DATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "adopted",
        re.compile(r"\badopted\s+(?:(?:by\s+(?:\S+\s+){1,6}?)?(?:on|at[^.]{0,80}?\bon)\s+)?", re.I),
    ),
    (
        "published",
        re.compile(r"\b(?:published|publicera[dt]|utkom från trycket)\s*:?\s*(?:on|den)?\s*", re.I),
    ),
    (
        "date",
        re.compile(
            r"(?:beslut vid regeringssammanträde|stockholm|\bdatum:?|\bregeringsbeslut|\bdate:?"
            r"|distr\.:\s+general\b\D{0,80}|\breceived\s+on)"
            r"\s*(?:[IVX]+(?::\d+)?\s+)?(?:den\s+)?",
            re.IGNORECASE,
        ),
    ),
    # "Antagen av kommunfullmäktige 2020-04-29".
    (
        "date",
        re.compile(
            r"(?:^|\n)\s*(?:antagen|beslutad|fastställd)\s+(?:av|i)\s+[^\d\n]{3,60}?\s(?:den\s+)?(?=\d)",
            re.IGNORECASE,
        ),
    ),
    # A place alone before the day: "Warsaw, 14 June 2022", "Linköping den 3 mars 2020".
    (
        "date",
        re.compile(
            r"(?:^|\n)[ \t]*(?!Senast|Före|Efter|Till|Från)(?:[A-ZÅÄÖ][a-zåäö]+ ?){1,2}"
            r"(?:, (?:den )?|(?<= )den )(?=\d{1,2} [A-Za-z]+ \d{4}[ \t]*(?:\n|$))"
        ),
    ),
)
_MONTH = r"(?P<month>[a-zåäö]{3,9}\s+(?:19|20)\d\d)"
_MONTH_CUES = (
    ("date", re.compile(rf"(?:^|\n)\s*[A-ZÅÄÖ][a-zåäö]+\s+i\s+{_MONTH}\s*(?=\n|$)")),
    ("published", re.compile(rf"\b[Pp]ublicerad\b[^\n]{{0,60}}?,\s+{_MONTH}\b")),
)
# On the cover of a report: "April 2017".
_LONE_MONTH = re.compile(r"(?:^|\n)\s*(?P<month>(?i:[a-zåäö]{3,9})\s+(?:19|20)\d\d)\s*(?=\n|$)")
_LONE_DATE = re.compile(r"(?:^|\s)((?:19|20)\d\d-[01]\d-[0-3]\d)(?=\s|$)")
_PERIOD = re.compile(r"\b((?:19|20)\d\d)\s?[–-]\s?((?:19|20)?\d\d)\b(?!-\d)")
_PERIOD_CUE = re.compile(r"(?:perioden|åren|period)\s+((?:19|20)\d\d)\s?[–-]\s?((?:19|20)\d\d)")
_ROUND = re.compile(
    r"\b(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\s+evaluation\s+round\b", re.I
)
_ROUNDS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}
_OWN_TEXT = frozenset({"heading", "paragraph", "table", "list_item"})


def find_facts(text: str, title: str, kind: str) -> Iterator[Fact]:
    """Facts with the clean span that states them, each name once.

    Names: number (of its series: "Dir. 2017:29"), dnr, other_dnr (the addressee's), date, adopted,
    published, period, round, answers_to, concerns, issuer, addressee.
    """
    head = text[:_HEAD]
    found: dict[str, Fact] = {}
    for fact in _all_facts(text, head, title, kind):
        found.setdefault(fact[0], fact)
    dated = found.get("adopted") or found.get("published")
    if dated:
        # What gives no other day is of the day when it was adopted, else of that it came out.
        found.setdefault("date", ("date", *dated[1:]))
    yield from found.values()


def _all_facts(text: str, head: str, title: str, kind: str) -> Iterator[Fact]:
    yield from _series_number(text, head, kind)
    yield from _numbers(head, kind)
    yield from _cued_dates(head)
    if kind in (
        *GOVERNMENT_KINDS,
        "remissvar",
        "redovisning",
        "lägesrapport",
        "promemoria",
    ):
        yield from _date_on_top(head)
    if kind == "sammanfattande slutsatser":
        yield from _date_alone(head[:900])
    yield from _months(head)
    if kind in ("lägesrapport", "redovisning", "promemoria", "SOU", "Ds"):
        yield from _months(head[:700], ((("date", _LONE_MONTH)),))
    yield from _period(head, title, kind)
    for match in _ROUND.finditer(head):
        word = match.group(1).casefold()
        yield "round", _ROUNDS.get(word, word[0]), Span(*match.span())
    yield from _answered(head, title, kind)
    yield from find_issuer(text, head, kind)
    yield from find_addressee(head, kind)


_YEARS = r"(?:19|20)\d\d(?:/(?:19|20)?\d\d)?"
_SERIES_NUMBERS = {
    "proposition": rf"(?:Prop\.|proposition)\s+{_YEARS}:\d+",
    "skrivelse": rf"(?:Skr\.|skrivelse)\s+{_YEARS}:\d+",
    "kommittédirektiv": rf"Dir\.\s*{_YEARS}:\d+",
    "tilläggsdirektiv": rf"Dir\.\s*{_YEARS}:\d+",
    "SOU": rf"SOU\s+{_YEARS}:\d+",
    "delbetänkande": rf"SOU\s+{_YEARS}:\d+",
    "Ds": rf"Ds\s+{_YEARS}:\d+",
    "betänkande": rf"{_YEARS}:[A-ZÅÄÖ][A-Za-zåäö]*\d+",
    "riksdagsskrivelse": rf"{_YEARS}:\d+",
    "GRETA-rapport": r"GRETA\s?\((?:19|20)\d\d\)\s?\d+",
    "partskommitténs rekommendation": r"CP(?:/Rec)?\s?\((?:19|20)\d\d\)\s?\d+",
    "svar till GRETA": r"(?:THB-)?CP\s?\((?:19|20)\d\d\)\s?\d+",
    "sammanfattande slutsatser": r"[A-Z]{3,5}(?:/C)?/[A-Z]{3}/CO/[\d-]+",
}


# How other documents cite the number.
_CITED_AS = {"proposition": "Prop.", "skrivelse": "Skr."}
# Kinds whose cover runs together without losing whose number it is.
_ON_COVER = ("GRETA-rapport",)
_UNCITED = {"betänkande": "Bet. ", "riksdagsskrivelse": "Rskr. "}


def _series_number(text: str, head: str, kind: str) -> Iterator[Fact]:
    pattern = _SERIES_NUMBERS.get(kind)
    if pattern is None:
        return
    before = (
        r"(?:^|[\n\t]|Regeringens |United Nations |Recommendation |\w+utskottets betänkande "
        r"|(?<=[a-zåäö)])(?=Dir\.))"
    )
    found = re.search(rf"{before}\s*(?P<number>{pattern})", head)
    if kind in _ON_COVER:
        found = found or re.search(rf"(?<!\w)(?P<number>{pattern})", head[:800])
    # A box at the side stands with the headers of pages, behind the body.
    found = found or re.search(rf"\n\s*(?P<number>{pattern})(?=\s*(?:\n|$))", text)
    if found:
        number = " ".join(found["number"].split())
        for word, short in _CITED_AS.items():
            number = number.replace(word, short)
        number = _UNCITED.get(kind, "") + number
        yield "number", number, Span(*found.span("number"))


def _numbers(head: str, kind: str) -> Iterator[Fact]:
    """The document's own number, and that of the one it writes to.

    Own is what stands under "Dnr" or "Vår beteckning", or alone on a line; of a government decision
    only a number of the ministries' form. Another's is what stands under "Er", in brackets behind
    another body's name, and in a reply any number of a ministry.
    """
    cued = [*_numbers_in_columns(head[:1_500]), *_cued_numbers(head[:3_000], kind)]
    lone = [*_lone_numbers(head, kind)]
    yield from [*lone, *cued] if kind in GOVERNMENT_KINDS else [*cued, *lone]
    for match in _OTHERS_LINE.finditer(head[:2_000]):
        yield "other_dnr", _squeezed(match["number"]), Span(*match.span("number"))
    if kind in _BY_OTHERS:
        for match in _OWN_LINE.finditer(head[:1_500]):
            if not _MATTER.fullmatch(match["number"]):
                yield "dnr", match["number"], Span(*match.span("number"))
    if kind == "remissvar":
        for match in _MATTER.finditer(head[:2_500]):
            yield "other_dnr", _squeezed(match.group()), Span(*match.span())


def _cued_numbers(head: str, kind: str) -> Iterator[Fact]:
    for match in _CUED_NUMBER.finditer(head):
        number = match["number"].rstrip(".,:;-/")
        if _LONE_DATE.fullmatch(number) or (number.isdigit() and len(number) < 3):
            continue
        begin = match.start("number")
        own = not match["others"] and not _is_bracketed(head, match.start())
        if kind in GOVERNMENT_KINDS or (kind == "remissvar" and own):
            ministry = _MATTER.fullmatch(number) is not None
            own = own and ministry == (kind in GOVERNMENT_KINDS)
        end = begin + len(number)
        more = _MORE_NUMBERS.match(head, end) if _MATTER.fullmatch(number) else None
        end = more.end() if more else end
        others = _SERIES.findall(more.group()) if more else ()
        numbers = ", ".join(dict.fromkeys([_own_form(number), *map(_squeezed, others)]))
        yield "dnr" if own else "other_dnr", numbers, Span(begin, end)


def _numbers_in_columns(head: str) -> Iterator[Fact]:
    """Numbers whose labels stand in one row of a letterhead and their values in the next.

    "Datum", "Diarienummer" above "2020-09-28", "KS 2020/0456". A row may hold a column more than
    labels name ("Kammaråklagare Per Ahlin"), so each label takes the next value of its own form. A
    line that says more ends the row of labels.
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


def _under_labels(labels: Sequence[str], values: Sequence[re.Match[str]]) -> Iterator[Fact]:
    rest = iter(values)
    for label in labels:
        if "datum" in label.casefold():
            rest = _behind_first(rest, _LONE_DATE)
        elif _NUMBER_LABEL.search(label):
            value = next((value for value in rest if _is_number(value.group().strip())), None)
            if value is None:
                return
            number = value.group().strip()
            start = value.start() + value.group().find(number)
            others = re.match(r"ert?\b", label, re.IGNORECASE)
            name = "other_dnr" if others else "dnr"
            yield name, _own_form(number), Span(start, start + len(number))


def _behind_first(
    values: Iterator[re.Match[str]], form: re.Pattern[str]
) -> Iterator[re.Match[str]]:
    """What stands behind the first value of a form; all of them where none has it."""
    known = list(values)
    places = (i for i, value in enumerate(known) if form.fullmatch(value.group().strip()))
    return iter(known[next(places, -1) + 1 :])


def _is_number(value: str) -> bool:
    return bool(_WHOLE_NUMBER.fullmatch(value)) and not _LONE_DATE.fullmatch(value)


def _own_form(number: str) -> str:
    return _squeezed(number) if _MATTER.fullmatch(number) else " ".join(number.split())


def _is_bracketed(head: str, start: int) -> bool:
    """Whether a number's cue stands in brackets behind a name: "Polismyndigheten (dnr A123)".

    Behind the name of a reply's own form it is its own: "Utlåtande 2019:144 (Dnr KS 2019/804)".
    """
    before = head[:start].rstrip(" ")
    line = before[before.rfind("\n") + 1 :].strip()
    return before.endswith("(") and len(line) > 1 and not _OWN_FORM.match(line)


def _lone_numbers(head: str, kind: str) -> Iterator[Fact]:
    first_line = head.split("\n", 1)[0]
    lines = (*_GLUED_NUMBERS.finditer(first_line), *_LONE_NUMBERS.finditer(head[:1_500]))
    for line in lines:
        numbers = [_own_form(match) for match in _SERIES.findall(line["numbers"])]
        others = kind == "remissvar" and _MATTER.fullmatch(numbers[0]) is not None
        name = "other_dnr" if others else "dnr"
        yield name, ", ".join(dict.fromkeys(numbers)), Span(*line.span("numbers"))


def _squeezed(number: str) -> str:
    return re.sub(r"\s", "", number)


def _cued_dates(head: str) -> Iterator[Fact]:
    dates = {date.start: date for date in find_dates(head)}
    for name, pattern in _CUED_DATES:
        for match in pattern.finditer(head):
            date = dates.get(match.end())
            if date:
                yield name, date.value, Span(date.start, date.end)


def _date_on_top(head: str) -> Iterator[Fact]:
    """A lone ISO date among the first lines of a letter or decision."""
    for match in re.finditer(
        r"(?:^|\n|\s{2})\s*(?:[A-ZÅÄÖ][a-zåäö]+\s){0,3}((?:19|20)\d\d-[01]\d-[0-3]\d)(?=\s|$)",
        head[:500],
    ):
        yield "date", match.group(1), Span(*match.span(1))


def _date_alone(head: str) -> Iterator[Fact]:
    """A date alone on its line: "10 March 2016" beside "Distr.: General"."""
    for date in find_dates(head):
        line = head[head.rfind("\n", 0, date.start) + 1 :].partition("\n")[0]
        if line.strip() == head[date.start : date.end]:
            yield "date", date.value, Span(date.start, date.end)


def _months(head: str, cues: Sequence[tuple[str, re.Pattern[str]]] = _MONTH_CUES) -> Iterator[Fact]:
    """A month that dates the whole: "Stockholm i februari 2019"; "Publicerad …, juni 2022"."""
    for name, cue in cues:
        for match in cue.finditer(head):
            month = find_month(match["month"])
            if month:
                yield name, month, Span(*match.span("month"))


def _period(head: str, title: str, kind: str) -> Iterator[Fact]:
    match = _PERIOD.search(title)
    begin = head.find(title) if match else -1
    if match and begin >= 0:
        last = match.group(2)
        value = f"{match.group(1)}–{last if len(last) == 4 else match.group(1)[:2] + last}"
        yield "period", value, Span(begin + match.start(), begin + match.end())
    if kind in ("handlingsplan", "skrivelse"):
        for cued in _PERIOD_CUE.finditer(head):
            yield "period", f"{cued.group(1)}–{cued.group(2)}", Span(cued.start(1), cued.end(2))


def _answered(head: str, title: str, kind: str) -> Iterator[Fact]:
    """What a reply answers, a referral sends out, a report accounts for."""
    if kind in ("remissvar", "remiss"):
        name = "answers_to" if kind == "remissvar" else "concerns"
        for match in _ANSWERED.finditer(head[:2_000]):
            before = head[max(0, match.start() - 250) : match.start()]
            if _ANSWER_CUE.search(before) or match.start() < 200:
                value = re.sub(r"\s*[:–-]\s*", ":", re.sub(r"\s+", " ", match["ref"]))
                yield name, value, Span(*match.span("ref"))
    elif kind == "redovisning":
        for match in _ASSIGNMENT.finditer(head):
            yield "answers_to", _squeezed(match["number"]), Span(*match.span("number"))
    elif kind == "svar till GRETA":
        for match in _RECOMMENDATION.finditer(head):
            yield "answers_to", _squeezed(match["number"]), Span(*match.span("number"))
