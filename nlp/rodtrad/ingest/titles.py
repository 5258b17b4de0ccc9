"""The title of a document: the words that its form says are the title, else its first heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rodtrad.datamodel import Block, Span
from rodtrad.ingest.dates import find_dates, find_month
from rodtrad.ingest.matters import ANY_SERIES, SERIES
from rodtrad.ingest.wording import is_mark

_TAIL = re.compile(
    r"\s*\((?i:(?:er[at]?|vår[at]?)?\s*(?:beteckning|referens|ref\.?|dnr|diarienr|diarienummer))\b[^()]*\)\s*$"
    rf"|\s*\({ANY_SERIES}(?:,?\s*delvis)?\)\s*$"
    rf"|\s*(?:Diarienummer:?\s*(?:{SERIES}|\S+)|(?<=[a-zåäö\d)]){SERIES}(?:,\s*{SERIES})*)\s*$|(?<=\w)\*+$"
    r"|(?<=[a-zåäö\d)])[Dd]ir\.\s?(?:19|20)\d\d:\d+$"
    # The name of a site, behind that of its page in what a browser prints.
    r"|\s[–|-]\s\w[\w-]*\.(?:se|org|int|eu|com)$"
    # A number behind what is answered: "Vatten (SOU 2012:29), S2012/3418/FST".
    rf"|(?<=\)),?\s*(?:(?i:dnr)\.?:?\s+)?{ANY_SERIES}$|(?<=\)),$|(?<=\))\.\s*{ANY_SERIES}$"
    # The label of a number that stands on the next line.
    r"|,\s*(?i:er[at]?|vår[at]?)\s+(?:diarienummer|diarienr|dnr|beteckning|referens|ref)\.?:?$"
)
_QUOTED = re.compile(r'^["”“»]([^"”“»«]+)["”“«]$')
_LEAD = re.compile(rf"^{ANY_SERIES}\s+(?=[A-ZÅÄÖ][a-zåäö])")
PART_NAMES = frozenset(
    [
        "innehåll", "innehållsförteckning", "förord", "sammanfattning", "inledning", "contents",
        "summary", "table of contents", "preface", "regeringens beslut", "kommittédirektiv",
        "regeringsbeslut", "promemoria", "yttrande", "remissvar", "remiss", "bakgrund", "beslut",
        "allmänna synpunkter", "regeringens proposition", "regeringens skrivelse", "datum",
        "lagrådsremiss", "committee of the parties", "council of europe", "remissyttrande",
        "diarienummer", "uppdraget", "ärendet", "till statsrådet", "kopia", "skrivelse",
        "preamble", "introduction", "redovisning av regeringsuppdrag", "handlingsplan",
        "rapport", "slutredovisning", "delredovisning", "granskningsrapport", "delrapport",
        "slutrapport", "report", "till", "to", "meddelande",
        "executive summary", "foreword",
    ]
)  # fmt: skip
# Parts of the text: what comes behind them is no title of the whole.
_FIRST_PARTS = frozenset(
    [
        "sammanfattning", "inledning", "förord", "summary", "introduction", "executive summary",
        "foreword", "preface", "sammanfattning och rekommendationer", "summary and recommendations",
        "sammanfattning och slutsatser", "assessment and recommendations",
    ]
)  # fmt: skip
# The subject line of a letter or decision.
_SUBJECT = re.compile(
    r"(?!remiss\s+från\s+\w+departementet\s*$)"
    r"(?:remissvar|remissyttrande|yttrande|remiss|svar på remiss\w*|synpunkter)\s+"
    r"(?:över|på|av|angående|avseende|gällande|om|rörande|från)\s"
    r"|(?:remissvar|remissyttrande|yttrande|(?:svar på )?remiss)\s?[.:–—-]\s+\S"
    r"|(?:[A-ZÅÄÖ][\w-]+\s+){1,4}(?:(?:remissvar|yttrande|synpunkter|svar)\s+"
    r"(?:över|på|av|angående|avseende|gällande)\s|svar på remiss\w*\s)"
    r"|(?:(?:slut|del)?betänkandet|(?:departements)?promemorian|departementsskrivelsen)\s+"
    r"(?:[^\n.]{5,200})?\((?:SOU|Ds)\s"
    r"|[^.\n]{5,150}\s[–—-]\s+(?:slut|del|åter)?redovisning\s+av\s+(?:ett\s+)?regeringsuppdrag\b"
    r"|(?:slut|del|åter)?(?:redovisning|rapportering)\s+av\s+(?:ett\s+)?regeringsuppdrag\b"
    # A record of a register: "Vatten i städer, Dir. 1990:9".
    r"|[^\n]{8,250},\s+dir\.\s(?:19|20)\d\d:\d{1,3}\s*$"
    r"|regleringsbrev\s+för\s|tilläggsdirektiv\s+(?:till|för)\s"
    r"|(?:ändring\s+av\s+|tillägg\s+till\s+|förlängning\s+av\s+)?"
    r"uppdrag(?:et)?\s+(?:att|om|till|åt|i|avseende|angående)\s|assignment\s+to\s+the\s"
    r"|(?:(?:[Tt]he\s+)?(?:\w+\s+)?national\s+(?:action\s+plan|strategy)\s+(?:on|to|for|against)\s)"
    r"(?=[^\n.]{5,150}$)",
    re.IGNORECASE,
)
_BILL = re.compile(
    r"(?:^|\n)\s*Regeringens\s+(?:proposition|skrivelse)\s+\d{4}(?:/\d{2,4})?:\d+\s+"
    r"(?P<title>[A-ZÅÄÖ][^\n\t]{3,250}?)\s+(?:(?:Prop|Skr)\.\s|Regeringen\s+överlämnar\s)"
)
# "Kommittédirektiv" over the title, and the number on its last line.
_DIRECTIVE = re.compile(
    r"(?:^|\n)\s*Kommittédirektiv\s*\n\s*(?P<title>[A-ZÅÄÖ][^\n\t]{3,250}?)\s+"
    r"Dir\.\s+(?:19|20)\d\d:\d{1,3}\s*(?=\n)"
)
_REPORT = re.compile(
    r"(?:^|\n)\s*(?P<title>(?:Report\s+(?:concerning|submitted)|Concluding\s+observations\s+on|"
    r"Recommendation\s+CP(?:/Rec)?\s?\(\d{4}\)\s?\d+\s+on|"
    r"(?:Reply|Response|Replies)\s+(?:from|of|by|to)\s)\s*[^\n]{10,300}?"
    r"(?:\n\s*(?:CP(?:/Rec)?\s?\(|(?:of\s+the\s+)?(?:Committee\s+of\s+the\s+)?Parties\s|Recommendation\s+CP|on\s+the\s+implementation|Council\s+of\s+Europe\s+Convention|"
    r"Action\s+against|Trafficking\s+in\s+Human)[^\n]{3,200}){0,4})\*?(?=\n|$)"
    r"|(?:^|\n)\s*(?P<cover>(?-i:EVALUATION\s+REPORT)(?:\s+(?-i:[A-Z][A-Z -]+))?)\s*(?=\n|$)",
    re.IGNORECASE,
)
_VISIT = re.compile(
    r"(?:^|\n|(?<=\d)\s)\s*(?P<title>report\s+to\s+the\s+[^\n]{3,60}\s+on\s+the\s+visit\s+to\s+[^\n]{3,80}?"
    r"(?:\s+carried\s+out\s+by\s+(?:[^\n]+\n?){1,3}?)?(?:\s+from\s+\d[^\n]{5,40})?)(?=\s*\n\s*\n|\s*$)",
    re.IGNORECASE,
)
# "REPORT" over "ON SWEDEN": what a short line in capitals needs behind it.
_OPEN_ABOVE = re.compile(r"\s+(?:ON|OF|TO|FOR|OM|FÖR|MOT)\s[^\n]{3,120}?(?=[ \t]*\n)")
_COVER = re.compile(
    r"(?:^|\n)\s*(?P<title>[A-ZÅÄÖ0-9][^\n]{3,200}(?:\n\s*[^\n]{3,200})?)\s*\n\s*"
    r"(?:Slut|Del)?[Bb]etänkande (?:av|från) "
)
# A cover that names the form on a line of its own: "Handlingsplan" over "Mot prostitution".
_FORM_ABOVE = re.compile(
    r"(?:^|\n)[ \t]*(?P<title>(?P<form>(?i:handlingsplan|åtgärdsplan|åtgärdsprogram|strategi))"
    r"[ \t]*\n\s*(?P<of>(?i:mot|för|om|avseende)\s[^\n.]{5,150}?))[ \t]*(?=\n)"
)
_RUNNING_TEXT = re.compile(r"[.!?:]\s*\n|[^\n]{80}")
# The heading of a reply that names only what it answers: "Förstärkt skydd (Ds 2019:14)".
_ANSWERED = re.compile(r".{8,200}\((?:betänkandet |promemorian )?(?:SOU|Ds) \d{4}:\d{1,3}\)")
_ADOPTED = re.compile(r"\s+\(?adopted\s+(?:at|by|on)\s", re.IGNORECASE)
_OPEN_NUMBER = re.compile(r"\((?:SOU|Ds|dnr)$")
_REST_OF_NUMBER = re.compile(r"\s+\S{4,20}\)")
_NUMBER = re.compile(r"^\d+\.?\s+")
# "Remissvar på promemorian" over the name of the promemoria, or over the second half of it.
_OPEN_REPORT = re.compile(
    r"(?:promemorian|betänkandet|departementsskrivelsen)(?:\s[^()\n]{3,200}\.)?$", re.IGNORECASE
)
_NAME_BELOW = re.compile(
    r"\s+[\"”“»]?[A-ZÅÄÖ][^\n]{3,200}\((?:SOU|Ds)\s+(?:19|20)\d\d:\d{1,3}\)(?=\s*\n)"
)
_REST = re.compile(
    r"(?P<title>.{8,250}?\((?:SOU|Ds) \d{4}:\d{1,3}\))\s+"
    r"(?:[Rr]emiss\b|[Dd]nr\b|[Ee]r[at]?\b|[Dd]iarienummer|Svar på).{0,120}$",
    re.DOTALL,
)
# Under the title of a decision without an empty line between: how its text begins.
_DECIDED = re.compile(
    r"(?P<title>(?:[Rr]egleringsbrev\s+för\s|(?:[Tt]illägg|[Ää]ndring|[Ff]örlängning|[Uu]ppdrag)\w*\s).{8,300}?)\s+"
    r"(?:Riksdagen\s+har\s+beslutat\s|Regeringens\s+beslut(?=\s*$|\s+Regeringen\s)"
    r"|Regeringen\s+(?:beslutar|ger|uppdrar|ändrar|förlänger)\s).*$",
    re.DOTALL,
)
_HANDED_OVER = re.compile(
    r"överlämnar\s+(?:härmed\s+)?(?:sitt\s+)?(?:slut|del)?betänkande(?:t)?\s+"
    r"(?P<title>[A-ZÅÄÖ][^.\n(]{3,150}?)\s*(?=[.(])"
)
_HEAD = 6_000
_YEARS_BELOW = re.compile(r"\s+(?:19|20)\d\d\s?[–-]\s?(?:19|20)?\d\d(?=[ \t]*\n)")
_LONGEST = 320
_SHORT = 60
_LEAST_REPEATED = 15
_SUBJECT_WITHIN = 1_800
# As far as the head of a letter reaches: a line of its own that names a report is the title.
_LETTER = 700


def clean_title(text: str) -> str:
    """A title without line breaks, or the number or asterisk that some pages glue to its end.

    Marks of quotation around the whole are none of its own.
    """
    title = _LEAD.sub("", _TAIL.sub("", " ".join(text.split()))).strip()
    return _QUOTED.sub(r"\1", title)


def _is_letterhead(words: str) -> bool:
    """Whether words of a cover or the head of a letter are no title: a ministry, a number."""
    line = " ".join(words.split())
    return is_mark("letterhead", line) or is_mark("cover", line)


def find_printed_title(text: str) -> tuple[str, Span] | None:
    """A title that the form of the cover gives away.

    That of a bill or communication stands between its number and the running one: "Regeringens
    proposition 2012/13:144 Sjöfartsstödets inriktning Prop. 2012/13:144"; that of terms of
    reference between their name and number: "Kommittédirektiv … Dir. 2017:29"; an inquiry's
    report over "Betänkande av". Monitoring reports begin "Report concerning the implementation of",
    "EVALUATION REPORT SWEDEN", "Recommendation CP/Rec(2023)12 on", "Concluding observations on".
    "Handlingsplan" over "Mot prostitution" is one title.
    """
    match = _BILL.search(text[:1_500]) or _DIRECTIVE.search(text[:1_500])
    match = match or _VISIT.search(text[:1_500])
    match = match or _REPORT.search(text[:3_000])
    formed = _FORM_ABOVE.search(text[:600])
    if match is None and formed:
        title = f"{formed['form'].capitalize()} {formed['of'][0].lower()}{formed['of'][1:]}"
        return clean_title(title), Span(*formed.span("title"))
    if match is None:
        return _cover_title(text[:1_500])
    name = "title" if match.lastgroup == "title" else "cover"
    title = _ADOPTED.split(match[name])[0]
    return clean_title(title), Span(match.start(name), match.start(name) + len(title))


def _cover_title(head: str) -> tuple[str, Span] | None:
    match = _COVER.search(head)
    if match is None or match.start() > 400 or _is_letterhead(match["title"]):
        return None
    title = match["title"]
    start = match.start("title")
    first, _, second = title.partition("\n")
    if _is_letterhead(first):
        start += len(title) - len(second.lstrip())
        title = second.lstrip()
    return clean_title(title), Span(start, start + len(title.rstrip()))


def find_title(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """The title: a subject line, or the first heading at the top that is no letterhead.

    A heading behind the first full page of text, chapter numbers, and names of parts ("Innehåll",
    "Förord"), are no title. "Regeringsbeslut III:5 … Regleringsbrev för budgetåret 2026 avseende
    Boverket" has its title in the second of these lines.
    """
    heading = next(_headings(text, blocks), None)
    subject = next(_subjects(text, blocks), None)
    if heading is None or subject is None:
        cover = next(_repeated(text, blocks), None) or next(_on_cover(text, blocks), None)
        over = heading and cover and cover[1].start < heading[1].start
        return subject or (cover if over or not heading else heading) or _handed_over(text)
    shouted = heading[0].isupper() or len(heading[0].split()) <= 3
    between = text[heading[1].end : subject[1].start]
    address = len(between) < 400 and _RUNNING_TEXT.search(between) is None
    return subject if subject[1].start <= heading[1].start or shouted or address else heading


def _handed_over(text: str) -> tuple[str, Span] | None:
    """The title that an excerpt of an inquiry's report names: "överlämnar sitt betänkande X"."""
    match = _HANDED_OVER.search(text, 0, _HEAD)
    return (clean_title(match["title"]), Span(*match.span("title"))) if match else None


def _headings(text: str, blocks: Sequence[Block]) -> Iterator[tuple[str, Span]]:
    for block in blocks:
        if block.at.start > 2_500:
            return
        if block.kind != "heading" or block.number:
            continue
        title = clean_title(block.at.of(text))
        if title.casefold() in _FIRST_PARTS:
            return
        month = find_month(title)
        named = len(title) >= 4 and title.casefold() not in PART_NAMES and not month
        if named and not _is_letterhead(title) and not _is_body(title, text):
            yield _with_years(text, title, block.at)


def _with_years(text: str, title: str, at: Span) -> tuple[str, Span]:
    """A title with the years on the line below it, or with the rest of a short one in capitals.

    "Plan mot regn" over "2020–2023"; "REPORT" over "ON SWEDEN".
    """
    rest = _OPEN_ABOVE.match(text, at.end) if title.isupper() and len(title.split()) < 4 else None
    if rest:
        return f"{title} {rest.group().strip()}", Span(at.start, rest.end())
    years = _YEARS_BELOW.match(text, at.end)
    return (
        (f"{title} {years.group().strip()}", Span(at.start, years.end())) if years else (title, at)
    )


def _is_body(title: str, text: str) -> bool:
    """Whether a heading is the name of a body, as the first pages show.

    Its acronym stands behind it, or it is that acronym: "X Office (XO)"; or its own reply is named:
    "X Offices yttrande över".
    """
    head = " ".join(text[:_SUBJECT_WITHIN].split())
    if title.isupper() and f"({title})" in head:
        return True
    shown = r"(?:\s\([A-ZÅÄÖ]{2,8}\)|(?:s|(?<=s))(?: \w+){0,4} (?:remiss)?(?:yttrande|svar) )"
    return re.search(re.escape(title) + shown, head, re.IGNORECASE) is not None


def _on_cover(text: str, blocks: Sequence[Block]) -> Iterator[tuple[str, Span]]:
    """Words on a cover that is followed by "Sammanfattning" or the like: a title of two lines.

    "Kontrollen av arbetskraften – statens insatser"; not a sentence, an address or one name.
    """
    first = next((i for i, block in enumerate(blocks) if _begins_body(text, block)), None)
    for block in blocks[:first] if first is not None else ():
        words = block.at.of(text)
        # A title is some words or one long one: "Människoexploatering", not "Rapport" or a name.
        plain = block.kind == "paragraph" and 15 <= len(words) <= _LONGEST
        plain = plain and len(words.split()) != 2
        ended = words.endswith((".", ",", ":", ";")) or "@" in words
        dated = any(date.end == len(words) for date in find_dates(words))
        ended = ended or (dated and len(words) < _SHORT)
        if plain and not ended and words[0].isupper() and not _is_letterhead(words):
            yield clean_title(words), block.at
            return


def _repeated(text: str, blocks: Sequence[Block]) -> Iterator[tuple[str, Span]]:
    """The first words, where a block below begins with them too: a page or cover, and its text.

    Stops and page numbers do not count: "Rapport. Vatten i städer", "1 Rapport Vatten i städer".
    """
    head = [block for block in blocks if block.at.start < _HEAD]
    if not head or head[0].kind != "paragraph":
        return
    words = clean_title(head[0].at.of(text))
    if not _LEAST_REPEATED <= len(words) <= _LONGEST or _is_letterhead(words):
        return
    plain = _plain(words)
    if any(_plain(block.at.of(text)[: 2 * _LONGEST]).startswith(plain) for block in head[1:]):
        yield words, head[0].at


def _plain(words: str) -> str:
    """The words without stops, and without the page number before them."""
    return " ".join(re.findall(r"\w+", _NUMBER.sub("", words).casefold()))


def _begins_body(text: str, block: Block) -> bool:
    """Whether a block is the first part behind a cover: "Förord", "1. Background of X"."""
    first = block.kind == "heading" and block.number is not None
    return first or _NUMBER.sub("", block.at.of(text)).casefold() in _FIRST_PARTS


def _subjects(text: str, blocks: Sequence[Block]) -> Iterator[tuple[str, Span]]:
    for block in blocks:
        if block.at.start > _SUBJECT_WITHIN:
            return
        words = _without_rest(text, block.at).of(text)
        if block.kind not in ("heading", "paragraph") or block.number or len(words) > _LONGEST:
            continue
        if clean_title(words).casefold() in PART_NAMES or _is_letterhead(words):
            continue
        answered = (block.kind == "heading" or block.at.start < _LETTER) and _ANSWERED.fullmatch(
            clean_title(words)
        )
        if answered or _SUBJECT.match(words):
            at = _without_rest(text, _with_number(text, block.at))
            if not clean_title(at.of(text)).endswith((".", ":", ";", ",")):
                yield _with_years(text, clean_title(at.of(text)), at)


def _without_rest(text: str, at: Span) -> Span:
    """The span without what a paragraph says behind the title.

    "Betänkandet Vatten (SOU 2013:91) Remiss den 4 november 2013" ends at the bracket,
    "Regleringsbrev för budgetåret 2003 avseende Boverket Riksdagen har beslutat" at the name.
    """
    rest = _REST.match(at.of(text)) or _DECIDED.match(at.of(text))
    return Span(at.start, at.start + rest.end("title")) if rest else at


def _with_number(text: str, at: Span) -> Span:
    """The span with what stands on the next line: "(SOU" + "2025:61)", "betänkandet" + its name."""
    rest = None
    if _OPEN_NUMBER.search(at.of(text)):
        rest = _REST_OF_NUMBER.match(text, at.end)
    elif _OPEN_REPORT.search(at.of(text)):
        rest = _NAME_BELOW.match(text, at.end)
    return Span(at.start, rest.end()) if rest else at
