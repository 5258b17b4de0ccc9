"""Deadlines as relations: date, what is due, who must do it, who receives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rodtrad.datamodel import Section, Span
from rodtrad.entities.dates import find_dates
from rodtrad.entities.deadlinelabels import find_labelled_deadlines
from rodtrad.entities.deadlineyears import resolve_years
from rodtrad.entities.finding import Finding
from rodtrad.entities.numbers import parse_words
from rodtrad.entities.obligations import Cue, cues_between, find_cues, governing_kind, is_obliging
from rodtrad.entities.responsible import Parties, find_parties
from rodtrad.entities.scanning import occurrences
from rodtrad.entities.sentences import sentence_around

_G = r"[ \t\n\u00a0*]*"
_WEEKDAY = rf"(?:(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?{_G})?"
# What stands right before a date that is no deadline: a decision's date, a period, an act's title.
_NO_DEADLINE = re.compile(
    r"(?:(?<!utgången )(?<!slutet )\bav"
    r"|\b(?:sedan|efter|per|mellan|från|inför|since|from|between|accessed|dated)"
    r"|\b(?:daterad\w*|hämtad\w*|hämtat|publicerad\w*)"
    r"|\b(?:regerings)?beslut(?:et|ade|at)?(?:\s\([^)]{0,60}\))?"
    r"|\b(?:skrivelse|framställan|bemyndigande|protokoll|lydelse|förordnande|dom|domen)"
    r"(?:\s\([^)]{0,60}\))?"
    r"|\b(?:tilläggs|kommitté)?direktiv(?:en|et)?|\b(?:regerings)?sammanträde\w*"
    r"|\b(?:till|t\.?) ?(?:och|o\.?) ?(?:med|m\.?)|(?<!flyttas )\bfram till"
    r"|\b(?:under )?(?:perioden|tiden|åren)"
    r"|\bi ?stället för(?: (?:till )?senast)?|[–—-])" + _G + _WEEKDAY + r"$",
    re.IGNORECASE,
)
_START = re.compile(
    rf"\b(?:fr[åa]n och med|fr\.?\s?o\.?\s?m\.?|med början|med start|as from|as of){_G}$",
    re.IGNORECASE,
)
_UNTIL = re.compile(rf"\btill{_G}(?:senast{_G})?{_WEEKDAY}$", re.IGNORECASE)
# "Regeringen har den 9 oktober 2025 gett …": what has happened, whatever verbs follow.
_PERFECT = re.compile(rf"\b(?:har|hade)(?:\s+(?!uppdrag|att)[\wåäö]+){{0,3}}{_G}$", re.IGNORECASE)
_RANGE = re.compile(r"\s?[–—]\s?(?:den\s)?\d")
_MARKER = re.compile(
    r"\b(?:senast|före|innan|(?:vid|i|före) (?:utgången|slutet) av|by|no later than"
    r"|not later than|before)[,:]?"
    rf"{_G}(?:(?:under|vid|the){_G})?{_WEEKDAY}$",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"\b(?:årligen|varje år|årlig|halvårsvis|kvartalsvis|tertialvis"
    r"|varje (?:halvår|kvartal|tertial)|(?:två|tre|fyra) gånger (?:per|om) året?"
    r"|annually|each year|every year)\b",
    re.IGNORECASE,
)
# "vartannat år, med början den 1 oktober 2027": the first of several reports, no start of a task.
_FIRST_OF_MANY = re.compile(
    r"\b(?:årligen|varje år|vart(?:annat| tredje| fjärde| femte) år|annually"
    r"|every (?:other )?year)\b"
    rf"[^.;]{{0,60}}\b(?:med början|med start|starting){_G}$",
    re.IGNORECASE,
)
_NOT_YEARLY = re.compile(r"\bvart(?:annat|\s\w+)\sår\b|\bevery other year\b", re.IGNORECASE)
NO_YEAR = "året anges inte"
_MONEY = re.compile(r"kronor|medel|anslag|miljon|budget", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Due:
    """A date that something is due at, and what."""

    date: Finding
    kind: str
    doubt: str | None


def find_deadlines(
    text: str,
    *,
    agencies: Sequence[Finding] = (),
    sections: Sequence[Section] = (),
    inquiry: bool = False,
    owner: str | None = None,
) -> tuple[Finding, ...]:
    """Dates by which somebody must do or report something, or a law enters into force; sorted.

    The value is `{"date", "kind", "responsible"}`; `detail` holds recipient, coordinator, part and
    slips. `agencies` are the agencies found in the text, `sections` bound the search for who got
    the commission; `inquiry` says that the text is the terms of reference of an inquiry, where no
    agency answers for the commission; `owner` is the agency whose plan it is. Finds "Uppdraget ska
    redovisas senast den 31 mars 2027", "föreslås träda i kraft den 1 januari 2027"; not
    "redovisades den 1 mars 2018", "från och med 2018", a date in the title of an act. A bare year
    is doubtful.
    """
    parties = Parties(text, agencies, sections, inquiry)
    found = list(_relative(text, parties))
    every = resolve_years(text, find_dates(text))
    for bounds, dates in _by_sentence(text, every):
        for due in _due_dates(text, bounds, dates):
            found.append(_deadline(text, bounds, due, parties))
    told = {f.at for f in found if f.certainty == "certain" and f.value["responsible"]}
    labelled = [
        f for f in find_labelled_deadlines(text, every, agencies, owner=owner) if f.at not in told
    ]
    places = {finding.at for finding in labelled}
    found = [finding for finding in found if finding.at not in places]
    return tuple(sorted((*found, *labelled), key=lambda finding: finding.at))


_TERM = re.compile(
    r"[Ss]enast\s+(?P<count>\d{1,3}|en|ett|två|tre|fyra|fem|sex|åtta|nio|tio|tolv)\s+"
    r"(?P<unit>dag(?:ar)?|veck(?:a|or)|månad(?:er)?|år)\s+efter\b"
)
_UNITS = {"d": "D", "v": "W", "m": "M", "å": "Y"}


def _relative(text: str, parties: Parties) -> Iterator[Finding]:
    """Terms that run from an event, "senast tre månader efter …": doubtful, for want of a date.

    The date is the ISO 8601 duration, `P3M`.
    """
    for at in occurrences(text, ("senast ", "Senast ")):
        term = _TERM.match(text, at)
        if term is None:
            continue
        bounds = sentence_around(text, at)
        cues = [cue for cue in find_cues(text[bounds[0] : bounds[1]]) if cue.sort != "past"]
        kind = governing_kind(cues, nearest=at - bounds[0])
        number = term["count"] if term["count"].isdigit() else str(parse_words(term["count"]))
        span = Span(term.start("count"), term.end())
        named = find_parties(parties, bounds, span, kind or "genomförande")
        yield Finding(
            "DEADLINE",
            span,
            {
                "date": f"P{number}{_UNITS[term['unit'][0]]}",
                "kind": kind or "genomförande",
                "responsible": list(named.responsible),
            },
            "deadlines.term.v1",
            "doubtful",
            "tiden räknas från en händelse",
        )


def _by_sentence(
    text: str, dates: Sequence[Finding]
) -> Iterator[tuple[tuple[int, int], list[Finding]]]:
    ended = 0
    bounds = (0, 0)
    keyed = []
    for date in dates:
        if date.at.start >= ended:
            bounds = _with_item(text, sentence_around(text, date.at.start))
            ended = bounds[1]
        keyed.append((bounds, date))
    for bounds, group in groupby(keyed, key=lambda pair: pair[0]):
        yield bounds, [date for _, date in group]


def _with_item(text: str, bounds: tuple[int, int]) -> tuple[int, int]:
    """A sentence that opens a list, with the list's first item: "ska senast … • redovisa"."""
    if text[bounds[1] - 1 : bounds[1]] in ".!?" or not _ITEM.match(text, bounds[1]):
        return bounds
    item = _ITEM.match(text, bounds[1])
    if item is None or find_cues(text[bounds[0] : bounds[1]]):
        return bounds
    return bounds[0], max(bounds[1], sentence_around(text, item.end())[1])


_REACH = 400
_ITEM = re.compile(r"\s*\n\s*(?:[•*▪■◦–-]|\d{1,2}\.)\s*")


def _due_dates(text: str, bounds: tuple[int, int], dates: list[Finding]) -> Iterator[_Due]:
    start, end = bounds
    sentence = text[start:end]
    if all(_is_year(date) for date in dates) and not is_obliging(sentence):
        return
    cues = find_cues(sentence)
    edges = [d for d in dates if not _is_year(d) and not _is_excluded(text, start, d)]
    previous: str | None = None
    for date in dates:
        due = _year_due(text, bounds, date, cues) if _is_year(date) else None
        if date in edges:
            due = _day_due(text, bounds, date, edges, cues, previous)
            previous = due.kind if due else None
        if due:
            yield due


def _is_year(date: Finding) -> bool:
    return bool(re.fullmatch(r"\d{4}(?:/\d{4})?", str(date.value)))


def _is_excluded(text: str, start: int, date: Finding) -> bool:
    """A date that can be no deadline: in a range, of a decision, in a title, in the perfect."""
    left = _left_of(text, start, date)
    attributed = _NO_DEADLINE.search(left) and not _START.search(left)
    after = text[date.at.end : date.at.end + 400]
    if _BY_DIRECTIVES.search(left) and _MOVED.search(after):
        return True
    if _PAST_BEHIND.match(after) and not _MARKER.search(left):
        return True
    if _SUPERSEDED.search(left) and _MOVED.search(text, start, _sentence_end(text, date)):
        return True
    return bool(_RANGE.match(text, date.at.end) or attributed or _PERFECT.search(left))


def _left_of(text: str, start: int, date: Finding) -> str:
    """What stands before a date in its sentence, as far back as any rule looks."""
    return text[max(start, date.at.start - _REACH) : date.at.start]


def _sentence_end(text: str, date: Finding) -> int:
    return sentence_around(text, date.at.end - 1)[1]


# "som den 1 juli 2015 övertog vissa uppgifter": what happened that day.
_PAST_BEHIND = re.compile(
    r"\s+(?:övertog|övertogs|tog|togs|fick|gav|blev|gick|bildades|inrättades|infördes|startade)\b"
)
# "den del som ska redovisas senast den 8 december 2017 förlängs": the date that is given up.
_SUPERSEDED = re.compile(
    rf"\bsom\s+(?:[^.;,\d]{{0,60}}\s)?(?:ska|skall)\s+[^.;\d]{{0,80}}\bsenast{_G}$", re.IGNORECASE
)
# "Enligt direktiven ska uppdraget redovisas senast … Utredningstiden förlängs."
_BY_DIRECTIVES = re.compile(r"\benligt\b[^.;]{0,60}\bdirektiv", re.IGNORECASE)
_MOVED = re.compile(
    r"\bmed ändring av|\bförläng|\bsenarelägg|\btidigarelägg|\bi ?stället\b", re.IGNORECASE
)


def _day_due(
    text: str,
    bounds: tuple[int, int],
    date: Finding,
    edges: list[Finding],
    cues: tuple[Cue, ...],
    previous: str | None,
) -> _Due | None:
    left = _left_of(text, bounds[0], date)
    marked = bool(_MARKER.search(left))
    detail = date.detail or {}
    listed = previous if detail.get("listed") else None
    kind = listed or _kind(_Stretch(bounds, edges, cues, previous), date, marked=marked)
    reports = kind is not None and kind.endswith("redovisning")
    first = reports and _FIRST_OF_MANY.search(left)
    if _START.search(left) and kind != "ikraftträdande" and not first:
        return None
    if _UNTIL.search(left) and not marked:
        if not _leads_to_verb(date, bounds[0], cues):
            return None
        marked = True
    sentence = text[bounds[0] : bounds[1]]
    if not _is_open(sentence, left, kind, cues, marked):
        return None
    if kind is None and not (marked and is_obliging(sentence)):
        return None
    if not (marked or listed) and not _is_tied(sentence, date, bounds[0], kind, cues):
        return None
    return _Due(date, kind or "genomförande", detail.get("doubt"))


def _leads_to_verb(date: Finding, start: int, cues: tuple[Cue, ...]) -> bool:
    """Whether "till den 1 maj" is a limit: of an extension, or right before its verb."""
    end = date.at.end - start
    follows = any(c.sort in ("verb", "weak") and 0 <= c.start - end <= 1 for c in cues)
    return follows or any(c.sort == "extension" for c in cues)


def _is_open(
    sentence: str, left: str, kind: str | None, cues: tuple[Cue, ...], marked: bool
) -> bool:
    """Whether the sentence obliges: not one that tells what had been due ("skulle redovisas")."""
    lowered = left.lower()
    if re.search(r"\bskulle\b", lowered) and not re.search(r"\b(?:ska|skall)\b[^.;]*$", lowered):
        return False
    return marked or is_obliging(sentence) or any(c.sort in ("verb", "extension") for c in cues)


def _is_tied(
    sentence: str, date: Finding, start: int, kind: str | None, cues: tuple[Cue, ...]
) -> bool:
    """Whether a date without "senast" belongs to its verb.

    "ska inrättas den 1 januari 2010" does; "att genomföra provet den 18 oktober 2020" and
    "högskoleprovet hösten 2020" do not.
    """
    left = sentence[: date.at.start - start]
    if not re.search(r"-\d\d-\d\d$|^--", str(date.value)) and not _PERIOD_LEFT.search(left):
        return _opens_with_under(sentence, date, start) or bool(_REPORT_LEFT.search(left))
    weak = [cue for cue in cues if cue.kind == kind and cue.sort == "weak"]
    strong = [cue for cue in cues if cue.kind == kind and cue.sort in ("verb", "extension")]
    if kind != "genomförande" or strong or not weak:
        return True
    return any(_MODAL.search(sentence[: cue.start]) for cue in weak)


def _opens_with_under(sentence: str, date: Finding, start: int) -> bool:
    return sentence[date.at.start - start :].lower().startswith("under ")


# "slutredovisas första kvartalet 2027": right behind the verb no preposition is needed.
_REPORT_LEFT = re.compile(rf"\b(?:slut|del|åter)?(?:redovisas?|rapporteras?){_G}$", re.IGNORECASE)
_PERIOD_LEFT = re.compile(
    rf"\b(?:i|under|till|in|during){_G}(?:the{_G})?(?:(?:slutet|början|mitten) av{_G})?$",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:ska|skall|bör|måste)\s+(?:[\wåäö]+\s+){0,3}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A sentence with its dates (years alone left out), its cues, the kind of the date before."""

    bounds: tuple[int, int]
    dates: list[Finding]
    cues: tuple[Cue, ...]
    previous: str | None


def _kind(stretch: _Stretch, date: Finding, *, marked: bool) -> str | None:
    """The kind from the words since the date before, else from those up to the date after.

    Where the first date of the sentence stands before its verb ("ska senast den 1 mars delredovisa
    och den 1 maj slutredovisa"), so do the others.
    """
    start, dates, cues = stretch.bounds[0], stretch.dates, stretch.cues
    number, at, end = dates.index(date), date.at.start - start, stretch.bounds[1] - start
    begin = dates[number - 1].at.end - start if number else 0
    stop = dates[number + 1].at.start - start if number + 1 < len(dates) else end
    before = list(cues_between(cues, begin, at))
    after = list(cues_between(cues, date.at.end - start, stop))
    first = list(cues_between(cues, 0, dates[0].at.start - start))
    if _decides(before) and (_decides(first) or not _decides(after)):
        return governing_kind(before, nearest=at, marked=marked)
    if after:
        cues_here = after if _decides(after) else before + after
        return governing_kind(cues_here, nearest=at, marked=marked)
    if before:
        return governing_kind(before, nearest=at, marked=marked)
    if stretch.previous:
        return stretch.previous
    # "senast den 31 januari och den 31 mars lämna delredovisningar": the words after the last.
    rest = list(cues_between(cues, date.at.end - start, end))
    later = [d.at.start - start for d in dates if rest and d.at.start - start > rest[0].start]
    shared = [cue for cue in rest if cue.start < min(later, default=end)]
    return governing_kind(shared, nearest=rest[0].start) if rest else None


def _decides(cues: list[Cue]) -> bool:
    """Whether a verb is among them: then the date belongs to it ("ska redovisas senast …")."""
    return any(cue.sort not in ("noun", "plan") for cue in cues)


def _year_due(
    text: str, bounds: tuple[int, int], date: Finding, cues: tuple[Cue, ...]
) -> _Due | None:
    """A commission or plan with only a year: always doubtful."""
    left = text[bounds[0] : date.at.start]
    if not re.search(
        rf"\b(?:under|senast|före utgången av|utgången av|år|i){_G}$", left, re.IGNORECASE
    ):
        return None
    around = text[max(bounds[0], date.at.start - 40) : min(bounds[1], date.at.end + 40)]
    if _MONEY.search(around) or not is_obliging(text[bounds[0] : bounds[1]]):
        return None
    at = date.at.start - bounds[0]
    kind = governing_kind([cue for cue in cues if cue.sort != "noun"], nearest=at)
    if any(cue.sort == "past" for cue in cues):
        return None
    return _Due(date, kind or "genomförande", "tiden anges bara med år")


def _doubt_of_year(due: _Due, sentence: str) -> str | None:
    """Why a day without a year is doubtful; not where it recurs every year."""
    if _NOT_YEARLY.search(sentence):
        return "återkommer inte varje år"
    if (due.date.detail or {}).get("recurring") is not None:
        return due.doubt
    return None if _YEARLY.search(sentence) else NO_YEAR


def _deadline(text: str, bounds: tuple[int, int], due: _Due, parties: Parties) -> Finding:
    value = str(due.date.value)
    sentence = text[bounds[0] : bounds[1]]
    doubt = _doubt_of_year(due, sentence) if value.startswith("--") else due.doubt
    named = find_parties(parties, bounds, due.date.at, due.kind)
    detail = {key: fact for key, fact in named.detail.items() if fact}
    slip = (due.date.detail or {}).get("slip")
    if slip:
        detail["slip"] = slip
    return Finding(
        "DEADLINE",
        Span(due.date.at.start, due.date.at.end),
        {"date": value, "kind": due.kind, "responsible": list(named.responsible)},
        "deadlines.v1",
        "doubtful" if doubt else "certain",
        doubt,
        detail or None,
    )
