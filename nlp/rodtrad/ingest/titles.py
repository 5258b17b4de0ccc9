"""The title of a document: the words that its form says are the title, else its first heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rodtrad.datamodel import Block, Span
from rodtrad.ingest.dates import find_month
from rodtrad.ingest.heads import (
    HeadLine,
    head_lines,
    is_dated,
    is_field,
    is_furniture,
    is_name_in,
    is_person,
    plain,
)
from rodtrad.ingest.matters import ANY_SERIES, SERIES
from rodtrad.ingest.wording import ends_sentence, is_mark

_TAIL = re.compile(
    r"\s*\((?i:(?:er[at]?|vår[at]?)?\s*(?:beteckning|referens|ref\.?|dnr|diarienr|diarienummer))\b[^()]*\)\s*$"
    rf"|\s*\({ANY_SERIES}(?:,?\s*delvis)?\)\s*$"
    rf"|\s*(?:Diarienummer:?\s*(?:{SERIES}|\S+)|(?<=[a-zåäö\d)]){SERIES}(?:,\s*{SERIES})*)\s*$|(?<=\w)\*+$"
    r"|(?<=[a-zåäö\d)])[Dd]ir\.\s?(?:19|20)\d\d:\d+$"
    # The name of a site, behind that of its page in what a browser prints.
    r"|\s[–|-]\s\w[\w-]*\.(?:se|org|int|eu|com)$"
    # A number behind what is answered: "Vatten (SOU 2012:29), S2012/3418/FST".
    rf"|(?<=\)),?\s*(?:(?i:dnr)\.?:?\s+)?{ANY_SERIES}$|(?<=\)),$|(?<=\))\.\s*{ANY_SERIES}$"
    # The form of the whole, on the line below it.
    r"|(?<=[a-zåäö\d])\s+(?:Slutr|Delr|Återr|R)edovisning av (?:ett )?regeringsuppdrag"
    r"(?:\s\(\S+\))?$"
    r"|(?<=[a-zåäö])\s+(?:Läges|Års|Slut|Del)rapport (?:19|20)\d\d$"
    r"|\s*\((?i:pdf|docx?)\b[^()]*\)$"
    # Labelled numbers behind the title: "Artikelnummer N2016.23", "Ert ärendenummer NV-07713-18".
    r"|\s+(?i:(?:er[at]?\s|vår[at]?\s)?(?:artikelnummer|artikelnr|ärendenummer|ärendenr|isbn|issn)[.:]?)"
    r"\s+\S*\d\S*$"
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
        "executive summary", "foreword", "pressmeddelande", "press release", "publikation",
        "publikationer", "nyhet", "nyheter", "artikel",
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
    r"|[A-ZÅÄÖ][\w-]+s\s+(?:slut|del|åter)?(?:redovisning|rapportering)\s+av\s"
    r"|[^.\n]{5,150}\s[–—-]\s+(?:slut|del|åter)?redovisning\s+av\s+(?:ett\s+)?regeringsuppdrag\b"
    r"|(?:slut|del|åter)?(?:redovisning|rapportering)\s+av\s+(?:(?:ett\s+)?regeringsuppdrag\b"
    r"|uppdrag(?:et)?\s+(?:att|om)\s)"
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
# What the paper is, and what of: "Nationell strategi för regn", "Lägesrapport 2018".
_FORM = re.compile(
    r"(?:[\w-]+ ){0,4}?(?:"
    r"(?:\w*(?:plan|program|strategi)|policy|\w+rapport|lägesbild)(?:en|n|met)?\s+(?:för|mot|om|till|från|avseende|gällande|kring|mellan)"
    r"|(?:action plan|strategy|report|assignment|review|opinion|guidelines)\s"
    r"(?:on|to|for|against|of|regarding|concerning))",
    re.IGNORECASE,
)
# The heading of a reply that names only what it answers: "Förstärkt skydd (Ds 2019:14)".
_ANSWERED = re.compile(r".{8,200}\((?:betänkandet |promemorian )?(?:SOU|Ds) \d{4}:\d{1,3}\)")
_ADOPTED = re.compile(r"\s+\(?adopted\s+(?:at|by|on)\s", re.IGNORECASE)
_OPEN_NUMBER = re.compile(r"\((?:SOU|Ds|dnr)$")
_REST_OF_NUMBER = re.compile(r"\s+\S{4,20}\)")
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
_LEAST_REPEATED = 15
_SUBJECT_WITHIN = 1_800
# As far as the head of a letter reaches: a line of its own that names a report is the title.
_LETTER = 700
_BELOW = 2_500
# Of the score of a title.
_LEAST = 1
# How much of a text is asked whether it repeats a line of its head or uses it as a name.
_READ = 60_000
_ROW = re.compile(r"\s[·|•]\s")
_WITH_ACRONYM = re.compile(r"[A-ZÅÄÖ][\w-]*(?: [\w-]+){1,7} \([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,7}\)")
_NO_BEGIN = re.compile(r"[\d+][\d -]{6,}|[–•-]\s")
_SURE = 2
# The form with its year or number only: what it is about stands beside it.
_NUMBERED_FORM = re.compile(r"\w*(?:rapport|redovisning|plan|program)\s[\d:–-]+", re.IGNORECASE)
_LEAST_WORD = 6
_LEAST_MARKED = 4
_MARKED = 6
_LONG_WORD = 18
_PART = re.compile(r"(?:kap|kapitel|avsn|avsnitt|bilaga|åtgärd|insats|§)\.?\s\d", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")


def clean_title(text: str) -> str:
    """A title without line breaks, or the number or asterisk that some pages glue to its end.

    Marks of quotation around the whole are none of its own.
    """
    title = _LEAD.sub("", _TAIL.sub("", " ".join(text.split()))).strip()
    return _QUOTED.sub(r"\1", title)


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
    if match is None or match.start() > 400 or is_furniture(match["title"]):
        return None
    title = match["title"]
    start = match.start("title")
    first, _, second = title.partition("\n")
    if is_furniture(first):
        start += len(title) - len(second.lstrip())
        title = second.lstrip()
    return clean_title(title), Span(start, start + len(title.rstrip()))


def find_title(text: str, blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """The title: of what the head and the first page hold, what has most reasons to be it.

    Reasons are that it is a heading, that it says what the paper is as a subject line does
    ("Uppdrag att mäta regn", "Handlingsplan mot regn"), that the text repeats it; against it speak
    that it is a body's or a person's name, that it is short, that running text stands before it.
    Of equals the first. Letterheads, menus, numbers and names of parts are none.
    """
    best = max(_candidates(text, blocks), key=lambda one: one.score, default=None)
    if best is None or best.score < _LEAST:
        return _handed_over(text)
    return best.title, best.at


def _handed_over(text: str) -> tuple[str, Span] | None:
    """The title that an excerpt of an inquiry's report names: "överlämnar sitt betänkande X"."""
    match = _HANDED_OVER.search(text, 0, _HEAD)
    return (clean_title(match["title"]), Span(*match.span("title"))) if match else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    title: str
    at: Span
    score: int


def _candidates(text: str, blocks: Sequence[Block]) -> Iterator[_Candidate]:
    text = text[:_READ]
    words = plain(text)
    head = [*head_lines(text, blocks)]
    found = [one for line in head for one in _candidate(line, text, words)]
    first = next((one for one in found if one.score >= _SURE), None)
    for one in found:
        rest = f"{plain(one.title)} "
        whole = [other.score for other in found if plain(other.title).startswith(rest)]
        score = one.score + (one is first)
        yield replace(one, score=min(score, max(whole) - 1) if whole else score)
    end = head[-1].at.end if head else 0
    for block in blocks:
        if end <= block.at.start <= _BELOW and block.kind == "heading" and not block.number:
            line = HeadLine(block.at, " ".join(block.at.of(text).split()), is_heading=True)
            below = next(_candidate(line, text, words), None)
            if below and _is_subject(line, below.title, block.at.of(text)):
                yield replace(below, score=_SURE)


def _candidate(line: HeadLine, text: str, words: str) -> Iterator[_Candidate]:
    at = _without_rest(text, line.at)
    title = clean_title(at.of(text))
    if line.is_marked and len(title) >= _LEAST_MARKED and not (_is_stock(title) or is_field(title)):
        yield _Candidate(*_with_years(text, title, at), _MARKED)
        return
    if len(at.of(text)) > _LONGEST or not _can_be_title(title):
        return
    subject = _is_subject(line, title, at.of(text))
    if subject:
        at = _without_rest(text, _with_number(text, at))
        title = clean_title(at.of(text))
    ended = ends_sentence(title) and not (line.is_heading or title.endswith("?"))
    if ended or title.endswith((":", ";", ",")):
        return
    title, at = _with_years(text, title, at)
    yield _Candidate(title, at, _score(line, title, text, words, subject=subject))


def _is_stock(title: str) -> bool:
    return title.casefold() in PART_NAMES or find_month(title) is not None


def _can_be_title(title: str) -> bool:
    if " " not in title and len(title) < _LEAST_WORD:
        return False
    if not _WORD.search(title) or _ROW.search(title) or _PART.match(title) or is_dated(title):
        return False
    began = title[0].isupper() or not (title[0].isalpha() or _NO_BEGIN.match(title))
    return began and not _is_stock(title) and not is_furniture(title)


def _is_subject(line: HeadLine, title: str, said: str) -> bool:
    if line.at.start > _SUBJECT_WITHIN:
        return False
    near = line.is_heading or line.at.start < _LETTER
    return bool(_SUBJECT.match(said) or (near and _ANSWERED.fullmatch(title)))


def _score(line: HeadLine, title: str, text: str, words: str, *, subject: bool) -> int:
    """How much speaks for a title; `words` is the text in the form that ignores stops."""
    score = 3 if line.is_heading else 2
    score += 4 if subject else 1 if _FORM.match(title) else 0
    score += 5 if is_mark("title_label", line.label) else -3 if line.label else 0
    long = len(title) >= _LEAST_REPEATED
    score += 1 if long and words.count(plain(title)) > 1 else 0
    score -= 1 if len(title.split()) < 3 and len(title) < _LONG_WORD else 0
    score -= 1 if _NUMBERED_FORM.fullmatch(title) else 0
    named = not (subject or _FORM.match(title)) and _is_body(title, text)
    score -= 4 if named else 3 if is_person(title) else 0
    return score


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
    """Whether a title is the name of a body, as the text shows.

    Its acronym stands behind it, or it is that acronym: "X Office (XO)"; its own reply is named: "X
    Offices yttrande över"; or the text speaks of it by that name.
    """
    if is_name_in(text, title) or _WITH_ACRONYM.fullmatch(title):
        return True
    head = " ".join(text[:_SUBJECT_WITHIN].split())
    if title.isupper() and f"({title})" in head:
        return True
    shown = r"(?:\s\([A-ZÅÄÖ]{2,8}\)|(?:s|(?<=s))(?: \w+){0,4} (?:remiss)?(?:yttrande|svar) )"
    return re.search(re.escape(title) + shown, head, re.IGNORECASE) is not None


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
