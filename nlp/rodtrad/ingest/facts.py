"""Facts about a document that its own text states: title, dnr, date, issuer, what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rodtrad.datamodel import Block, Span
from rodtrad.ingest.dates import find_dates

Fact = tuple[str, str, Span]

_HEAD = 6_000
_SERIES = r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,3}\s?(?:19|20)\d\d/\d{2,6}(?:/[A-ZÅÄÖ][\w&-]*)*"
_OWN_NUMBER = re.compile(
    rf"(?P<others>\ber[at]?\s+)?(?:\bdnr|diarienummer|diarienr|ärendenummer|ärendenr|beteckning)"
    rf"(?:\s*\(.{{1,20}}?\))?\s*[:.]?\s*(?P<number>{_SERIES}|(?=\S*\d)[\w.:/-]*\d[\w/-]*)",
    re.IGNORECASE,
)
_LONE_NUMBER = re.compile(rf"(?:^|\n)\s*(?P<number>{_SERIES})(?=\s*(?:\n|$|\(delvis\)))")
_GLUED_NUMBER = re.compile(rf"(?<=[a-zåäö\d)])\s*(?:Diarienummer:?\s*)?(?P<number>{_SERIES})\s*$")
_TITLE_TAIL = re.compile(
    rf"\s*(?:Diarienummer:?\s*(?:{_SERIES}|\S+)|(?<=[a-zåäö\d)]){_SERIES})\s*$"
)
_INQUIRY = r"(?:SOU|Ds)\s+(?:19|20)\d\d\s?[:–-]\s?\d{1,3}"
_ANSWERED = re.compile(rf"(?P<ref>{_INQUIRY})")
_ANSWER_CUE = re.compile(
    r"yttrande|remiss|synpunkter|betänkande|promemoria|utredning|departementsskrivelse",
    re.IGNORECASE,
)
_CUED_DATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("adopted", re.compile(r"\badopted\s+(?:by\s+\S+\s+)?(?:on|at[^.]{0,80}?\bon)\s+", re.I)),
    (
        "published",
        re.compile(r"\b(?:published|publicera[dt]|utkom från trycket)\s+(?:on|den)?\s*", re.I),
    ),
    (
        "date",
        re.compile(
            r"(?:beslut vid regeringssammanträde|stockholm|\bdatum:?|\bregeringsbeslut|\bdate:?)"
            r"\s*(?:[IVX]+(?::\d+)?\s+)?(?:den\s+)?",
            re.IGNORECASE,
        ),
    ),
)
_LONE_DATE = re.compile(r"(?:^|\s)((?:19|20)\d\d-[01]\d-[0-3]\d)(?=\s|$)")
_PERIOD = re.compile(r"\b((?:19|20)\d\d)\s?[–-]\s?((?:19|20)?\d\d)\b")
_PERIOD_CUE = re.compile(r"(?:perioden|åren|period)\s+((?:19|20)\d\d)\s?[–-]\s?((?:19|20)\d\d)")
_ROUND = re.compile(
    r"\b(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\s+evaluation\s+round\b", re.I
)
_ROUNDS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}
_OWN_TEXT = frozenset({"heading", "paragraph", "table", "list_item"})


def clean_title(text: str) -> str:
    """A title without the diarienummer that some pages glue to its end and without line breaks."""
    return _TITLE_TAIL.sub("", " ".join(text.split())).strip()


def find_title(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """The title: the first heading at the top of the document that is no chapter number.

    A heading behind the first full page of text, and names of parts ("Innehåll", "Förord"), are
    no title.
    """
    for block in blocks:
        if block.at.start > 2_500:
            break
        if block.kind != "heading" or block.number:
            continue
        title = clean_title(block.at.of(text))
        if len(title) >= 4 and title.casefold() not in PART_NAMES:
            return title, block.at
    return None


_LETTERS = frozenset(
    ["regeringsuppdrag", "regeringsbeslut", "regleringsbrev", "remissvar", "redovisning", "remiss"]
)
PART_NAMES = frozenset(
    [
        "innehåll", "innehållsförteckning", "förord", "sammanfattning", "inledning", "contents",
        "summary", "table of contents", "preface", "regeringens beslut", "kommittédirektiv",
        "regeringsbeslut", "promemoria", "yttrande", "remissvar", "remiss", "bakgrund", "beslut",
        "allmänna synpunkter", "regeringens proposition", "regeringens skrivelse",
    ]
)  # fmt: skip


_BILL_TITLE = re.compile(
    r"(?:^|\n)\s*Regeringens\s+(?:proposition|skrivelse)\s+\d{4}(?:/\d{2,4})?:\d+\s+"
    r"(?P<title>[A-ZÅÄÖ][^\n\t]{4,250}?)\s+(?:Prop|Skr)\.\s"
)


_REPORT_TITLE = re.compile(
    r"(?:^|\n)\s*(?P<title>(?:Report\s+(?:concerning|submitted)|Concluding\s+observations\s+on)\s+"
    r"[^\n]{10,300}?)\*?(?=\n|$)"
)


def find_printed_title(text: str) -> tuple[str, Span] | None:
    """A title that the form of the cover gives away.

    That of a bill or communication stands between its number and the running one: "Regeringens
    proposition 2012/13:144 Sjöfartsstödets inriktning Prop. 2012/13:144". A monitoring report
    begins "Report concerning the implementation of …", one of a UN committee "Concluding
    observations on …".
    """
    match = _BILL_TITLE.search(text[:1_500]) or _REPORT_TITLE.search(text[:3_000])
    if match is None:
        return None
    return " ".join(match["title"].split()), Span(*match.span("title"))


def find_facts(text: str, title: str, kind: str) -> Iterator[Fact]:
    """Facts with the clean span that states them, each name once.

    Names: number (of its series: "Dir. 2017:29"), dnr, other_dnr (the addressee's), date, adopted,
    published, period, round, answers_to,
    concerns, issuer.
    """
    head = text[:_HEAD]
    seen: set[str] = set()
    for name, value, at in _all_facts(head, title, kind):
        if name not in seen:
            seen.add(name)
            yield name, value, at


def _all_facts(head: str, title: str, kind: str) -> Iterator[Fact]:
    yield from _series_number(head, kind)
    yield from _numbers(head)
    yield from _cued_dates(head)
    if kind in (
        "regeringsuppdrag",
        "regeringsbeslut",
        "regleringsbrev",
        "remissvar",
        "redovisning",
    ):
        yield from _date_on_top(head)
    yield from _period(head, title, kind)
    for match in _ROUND.finditer(head):
        word = match.group(1).casefold()
        yield "round", _ROUNDS.get(word, word[0]), Span(*match.span())
    yield from _answered(head, title, kind)
    yield from _issuer(head, kind)


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
    "sammanfattande slutsatser": r"[A-Z]{3,5}(?:/C)?/[A-Z]{3}/CO/[\d-]+",
}


def _series_number(head: str, kind: str) -> Iterator[Fact]:
    pattern = _SERIES_NUMBERS.get(kind)
    if pattern is None:
        return
    match = re.search(rf"(?:^|[\n\t]|Regeringens |United Nations )\s*(?P<number>{pattern})", head)
    if match:
        yield "number", " ".join(match["number"].split()), Span(*match.span("number"))


def _numbers(head: str) -> Iterator[Fact]:
    for match in _OWN_NUMBER.finditer(head[:3_000]):
        name = "other_dnr" if match["others"] else "dnr"
        number = match["number"].rstrip(".,:;-/")
        begin = match.start("number")
        yield name, _squeezed(number), Span(begin, begin + len(number))
    first_line = head.split("\n", 1)[0]
    for pattern, part in ((_GLUED_NUMBER, first_line), (_LONE_NUMBER, head[:1_500])):
        for match in pattern.finditer(part):
            yield "dnr", _squeezed(match["number"]), Span(*match.span("number"))


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
        r"(?:^|\n|\s{2})\s*((?:19|20)\d\d-[01]\d-[0-3]\d)(?=\s|$)", head[:500]
    ):
        yield "date", match.group(1), Span(*match.span(1))


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
    """What a reply answers, or a referral sends out: the inquiry named with a cue near the top."""
    name = {"remissvar": "answers_to", "remiss": "concerns"}.get(kind)
    if name is None:
        return
    for match in _ANSWERED.finditer(head[:2_000]):
        before = head[max(0, match.start() - 250) : match.start()]
        if _ANSWER_CUE.search(before) or match.start() < 200:
            value = re.sub(r"\s*[:–-]\s*", ":", re.sub(r"\s+", " ", match["ref"]))
            yield name, value, Span(*match.span("ref"))


_MINISTRY = r"[A-ZÅÄÖ][a-zåäö]+(?:-,? (?:och )?[a-zåäö]+)*departementet|Statsrådsberedningen"
_BODY = r"(?P<body>[A-ZÅÄÖ][\wåäöé&.-]*(?:\s+[\wåäöé&.,-]+){0,7}?)"
_REPLY = re.compile(
    rf"(?:^|\n)\s*{_BODY}(?:\s+\([^()]{{2,25}}\))?,?\s+(?:tackar|har\s+(?:beretts|givits|getts|fått|anmodats)|avger|"
    r"lämnar|inkommer|tillstyrker|avstyrker|välkomnar|avstår|yttrar|ställer|delar|instämmer)\b"
)
_ON_BEHALF = re.compile(r"(?:^|\n)\s*För\s+(?P<body>[A-ZÅÄÖ][^\n]{3,60}?)s?\s*(?:\n|$)")


def _issuer(head: str, kind: str) -> Iterator[Fact]:
    if kind in ("regeringsuppdrag", "regeringsbeslut", "regleringsbrev"):
        yield from _government(head)
    elif kind == "remissvar":
        for match in _REPLY.finditer(head[:4_000]):
            if not match["body"].casefold().startswith(("remiss", "utredning", "betänkande")):
                yield "issuer", match["body"], Span(*match.span("body"))
    elif kind in ("SOU", "delbetänkande"):
        for match in re.finditer(
            r"etänkande\s+(?:av|från)\s+([^\n]{5,90}?)(?=\s+Stockholm\b|\n|$)", head
        ):
            yield "issuer", match.group(1).strip(), Span(*match.span(1))
    elif kind == "GRETA-rapport":
        for match in re.finditer(r"GRETA|G R E T A", head):
            yield "issuer", "GRETA", Span(*match.span())
    elif kind == "partskommitténs rekommendation":
        for match in re.finditer(r"Committee\s+of\s+the\s+Parties", head):
            yield "issuer", "Committee of the Parties", Span(*match.span())


def _government(head: str) -> Iterator[Fact]:
    match = re.search(rf"(?:^|\n)\s*(?P<name>{_MINISTRY})\s*(?:\n|$)", head[:1_500])
    if match:
        value = f"Regeringen ({match['name']})"
        yield "issuer", value, Span(*match.span("name"))
    decided = re.search(r"\bRegeringen\b", head)
    if decided:
        yield "issuer", "Regeringen", Span(*decided.span())
