"""The same assignment met in several documents: its versions side by side and how they differ.

Three things make two measures of different documents the same assignment, the surest first:

1. *dnr*: they carry the same own diarienummer.
2. *regleringsbrev*: both rest on the letter of the same agency and year, and on the same point of
   it where both name one ("regleringsbrev för 2026 avseende X, uppdrag 3"); else their titles
   agree. Two different points of one letter always tell them apart.
3. *title and content*: an agency that must act in both, titles that agree and dates that do not
   tell them apart; or a last day in common and a title whose words the other tells. Two different
   own diarienummer always tell them apart.

A decision ranks above a letter of appropriation, that above a plan, that above a report or a web
page: the highest version leads and the others are compared with it. Of two decisions the later
leads; one that only changes an assignment is compared as the assignment with its changes. A measure
with the same object and agency whose time had passed before the assignment began is a *forerunner*
of it, never the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import combinations

from rodtrad.datamodel import Document, Measure, Mention
from rodtrad.statements.build import CHANGES
from rodtrad.statements.changes import Change
from rodtrad.statements.kinds import PLAN_KINDS
from rodtrad.statements.measures import DECISION_KINDS
from rodtrad.statements.numbering import NUMBER
from rodtrad.statements.reading import words
from rodtrad.statements.state import last_day
from rodtrad.statements.versions import Difference, differences_of

_RANKS = (
    DECISION_KINDS,
    frozenset({"regleringsbrev"}),
    PLAN_KINDS,
)
_REPORTS = frozenset({"redovisning", "lägesrapport", "rapport"})
_ALIKE = 0.6
_ALIKE_IN_LETTER = 0.4
_FORERUNNER = 0.75
_STEM = 5
_OPENING = 2
_HEADER = 3000
# Stems of words that say nothing of the object.
_COMMON = frozenset(
    (
        *("uppdr", "reger", "myndi", "inom", "samt", "till", "från", "avsee", "angåe", "genom"),
        *("behov", "stöd", "insat", "arbet", "åtgär", "kompe", "kunsk", "utvec"),
    )
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What the comparison needs to know of a document.

    `letters` are the regleringsbrev it is ("regleringsbrev 2026 Socialstyrelsen"); `answers` the
    diarienummer of the assignments that a report answers, `partly` that it is a part report.
    """

    kind: str
    date: str | None = None
    letters: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    partly: bool = False


@dataclass(frozen=True)
class Assignment:
    """One assignment in all its versions, the one that ranks highest first.

    `basis` is "dnr", "regleringsbrev" or "title and content"; `key` the number, the letter or the
    words they have in common. `forerunners` are earlier assignments with the same object, and
    `reported_in` documents that say they answer it.
    """

    id: str
    title: str
    basis: str
    key: str
    versions: tuple[Measure, ...]
    differences: tuple[Difference, ...] = ()
    forerunners: tuple[Measure, ...] = ()
    reported_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tie:
    one: int
    other: int
    basis: str
    key: str


def same_assignments(
    measures: Sequence[Measure], origins: Mapping[str, Origin]
) -> tuple[Assignment, ...]:
    """The assignments met in more than one document, or with a forerunner or a report.

    Args:
        measures: of all documents to compare.
        origins: kind, date and letter of each of those documents, and of reports (which hold no
            measures but answer some), by document id.
    """
    orders = [m for m in measures if m.type in ("uppdrag", "utredning", "övrigt", "finansiering")]
    groups = _groups(orders, list(_ties(orders, origins)))
    found = [_assignment(orders, members, ties, origins) for members, ties in groups]
    told = [_with_forerunners(one, orders) for one in found]
    return tuple(a for a in told if len(a.versions) > 1 or a.forerunners or a.reported_in)


def origin_of(document: Document, mentions: Sequence[Mention]) -> Origin:
    """Kind and date of a document, the letters it is, and the assignments it answers.

    A report answers the assignments whose numbers stand in its first 3,000 characters.
    """
    kind = document.kind.casefold()
    answers: list[str] = []
    if kind in _REPORTS:
        answers = [
            str(m.value) for m in mentions if m.type == "DIARIENUMMER" and m.at.start < _HEADER
        ]
    letters = _letters(document, mentions) if kind == "regleringsbrev" else ()
    opening = f"{document.title}\n{document.text[:_OPENING_WORDS]}"
    partly = bool(answers) and _PART_REPORT.search(opening) is not None
    return Origin(kind, document.get("date"), letters, tuple(dict.fromkeys(answers)), partly)


_OPENING_WORDS = 1000
_PART_REPORT = re.compile(r"\bdel(?:redovisning|rapport|betänkande)", re.IGNORECASE)


def reports_among(origins: Iterable[Origin], *, as_of: date) -> dict[str, str]:
    """The assignments reported by a day, by diarienummer: "redovisad" or "delredovisad".

    For `with_state`. A report dated later than the day is not there yet; one without a date is.
    """
    found: dict[str, str] = {}
    for origin in origins:
        day = last_day(origin.date or "")
        if day is not None and day > as_of:
            continue
        state = "delredovisad" if origin.partly else "redovisad"
        found |= {number: state for number in origin.answers if found.get(number) != "redovisad"}
    return found


def _letters(document: Document, mentions: Sequence[Mention]) -> tuple[str, ...]:
    named = [m for m in mentions if m.type == "AGENCY" and m.surface in document.title]
    years = [w for w in document.title.replace(".", " ").split() if w.isdigit() and len(w) == 4]
    return tuple(dict.fromkeys(f"regleringsbrev {y} {m.value}" for y in years for m in named[:1]))


def _ties(measures: Sequence[Measure], origins: Mapping[str, Origin]) -> Iterator[_Tie]:
    for one, other in _near(measures):
        first, second = measures[one], measures[other]
        if first.document == second.document:
            continue
        tie = _tie(first, second, origins)
        if tie is not None:
            yield _Tie(one, other, *tie)


def _near(measures: Sequence[Measure]) -> list[tuple[int, int]]:
    """Pairs worth comparing: a number or an acting agency in common."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, measure in enumerate(measures):
        for key in {*measure.dnr, *measure.agencies}:
            places[key].append(number)
    return sorted({pair for found in places.values() for pair in combinations(found, 2)})


def _tie(first: Measure, second: Measure, origins: Mapping[str, Origin]) -> tuple[str, str] | None:
    shared = [v for v in first.dnr if v in second.dnr]
    if shared:
        return "dnr", shared[0]
    if first.dnr and second.dnr:
        return None
    if not set(first.agencies) & set(second.agencies):
        return None
    alike = likeness(first, second)
    letters = _letters_of(first, origins) & _letters_of(second, origins)
    points = _point_of(first, origins), _point_of(second, origins)
    if letters and points[0] and points[1]:
        same = _same_point(*points, alike=alike)
        return ("regleringsbrev", f"{min(letters)} punkt {max(points, key=len)}") if same else None
    if letters and alike >= _ALIKE_IN_LETTER:
        return "regleringsbrev", min(letters)
    same_day = _same_day(first, second) and _names_object(first, second)
    if same_day or (alike >= _ALIKE and _dates_agree(first, second)):
        common = sorted(_stems(first.title, first.agencies) & _stems(second.title, ()))
        return "title and content", " ".join(common)
    return None


def _letters_of(measure: Measure, origins: Mapping[str, Origin]) -> frozenset[str]:
    """The letters a measure rests on, kept to those of agencies that act in it."""
    origin = origins.get(measure.document)
    named = [r for r in measure.refs if r.startswith("regleringsbrev")]
    own = [r for r in named if any(r.endswith(name) for name in measure.agencies)]
    # "X har i regleringsbrevet för 2025 fått i uppdrag": the letter of the one who acts.
    years = _LETTER_OF_YEAR.findall(measure.text) if len(measure.agencies) == 1 else []
    told = (f"regleringsbrev {year} {measure.agencies[0]}" for year in years)
    return frozenset((*own, *told, *(origin.letters if origin else ())))


_LETTER_OF_YEAR = re.compile(
    r"\bregleringsbrev(?:et)?\s+för\s+(?:budgetåret\s+)?((?:19|20)\d\d)\b(?!\s+(?:avseende|för|och))",
    re.IGNORECASE,
)


_POINT_CITED = re.compile(
    rf"\bregleringsbrev\w*\b[^().;]{{0,120}}?\b(?:punkt(?:en)?|uppdrag(?:et)?|p\.|nr|nummer)\s*"
    rf"(?:nr\.?\s*|nummer\s*)?(?P<point>{NUMBER})(?![\d/:])",
    re.IGNORECASE,
)


def _point_of(measure: Measure, origins: Mapping[str, Origin]) -> str:
    """The point of a letter: a letter's own measure is numbered, others cite it; else empty."""
    origin = origins.get(measure.document)
    if origin and origin.letters:
        return measure.id if re.fullmatch(NUMBER, measure.id) else ""
    cited = {m.group("point") for m in _POINT_CITED.finditer(measure.text)}
    return cited.pop() if len(cited) == 1 else ""


def _same_point(one: str, other: str, *, alike: float) -> bool:
    """The same number; "3" may stand for "2.3" where the titles have words in common."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return longer.endswith(f".{shorter}") and alike > 0


def likeness(first: Measure, second: Measure) -> float:
    """How alike two titles are: shared word stems of all, without forms and agencies' names."""
    one = _stems(first.title, first.agencies)
    other = _stems(second.title, second.agencies)
    return len(one & other) / len(one | other) if one and other else 0.0


@lru_cache(maxsize=4096)
def _stems(text: str, agencies: tuple[str, ...]) -> frozenset[str]:
    """The first five letters of words: "stärkt" and "stärka", "förmåga" and "förmågan" meet."""
    named = {w[:_STEM] for name in agencies for w in words(name)}
    return frozenset(w[:_STEM] for w in words(text) if len(w) > 3) - named - _COMMON


def _dates_agree(first: Measure, second: Measure) -> bool:
    """A day in common, or no days to compare."""
    one, other = ({d.date for d in m.deadlines} for m in (first, second))
    return not one or not other or bool(one & other)


def _same_day(first: Measure, second: Measure) -> bool:
    """A last day in common, told to the day."""
    one, other = ({d.date for d in m.deadlines} for m in (first, second))
    return any(len(day.split("-")) == 3 and day[:1] != "-" for day in one & other)


def _names_object(first: Measure, second: Measure) -> bool:
    """All words of one title, two at least, stand in the title and opening of the other."""
    for one, other in ((first, second), (second, first)):
        title = _stems(one.title, one.agencies)
        opening = " ".join((other.title, *(s.text for s in other.sentences[:_OPENING])))
        if len(title) >= _OPENING and title <= _stems(opening, ()):
            return True
    return False


def _groups(
    measures: Sequence[Measure], ties: Sequence[_Tie]
) -> list[tuple[list[int], list[_Tie]]]:
    """Measures joined by ties, each group with its ties; those without any stand alone."""
    group = list(range(len(measures)))
    for tie in ties:
        keep, gone = sorted((group[tie.one], group[tie.other]))
        group = [keep if g == gone else g for g in group]
    members: dict[int, list[int]] = {}
    for number, name in enumerate(group):
        members.setdefault(name, []).append(number)
    return [(who, [t for t in ties if group[t.one] == name]) for name, who in members.items()]


def _assignment(
    measures: Sequence[Measure],
    members: Sequence[int],
    ties: Sequence[_Tie],
    origins: Mapping[str, Origin],
) -> Assignment:
    versions = _ranked([measures[n] for n in members], origins)
    lead = versions[0]
    surest = min(ties, key=lambda t: t.basis != "dnr", default=None)
    numbers = {v for m in versions for v in m.dnr}
    reports = [k for k, origin in origins.items() if numbers & set(origin.answers)]
    return Assignment(
        id=f"{lead.document}#{lead.id}",
        title=lead.title,
        basis=surest.basis if surest else "dnr",
        key=surest.key if surest else ", ".join(lead.dnr),
        versions=versions,
        differences=differences_of(versions, lead=_in_force(versions)),
        reported_in=tuple(reports),
    )


def _in_force(versions: Sequence[Measure]) -> Measure:
    """The leading version; where it only changes the next, that one with what is changed."""
    lead, rest = versions[0], versions[1:]
    if not rest or not CHANGES.match(lead.title) or CHANGES.match(rest[0].title):
        return lead
    base = rest[0]
    change = Change(lead.document, None, withdrawn=False, deadlines=lead.deadlines)
    return replace(
        lead,
        agencies=tuple(dict.fromkeys((*base.agencies, *lead.agencies))),
        other_agencies=tuple(dict.fromkeys((*base.other_agencies, *lead.other_agencies))),
        deadlines=change.applied_to(base.deadlines),
        recipient=lead.recipient or base.recipient,
        amounts=(*base.amounts, *lead.amounts),
        refs=tuple(dict.fromkeys((*base.refs, *lead.refs))),
        tasks=base.tasks,
    )


def _ranked(versions: Iterable[Measure], origins: Mapping[str, Origin]) -> tuple[Measure, ...]:
    """By rank of the document; within a rank the latest first."""
    latest = sorted(versions, key=lambda m: _date(m, origins), reverse=True)
    return tuple(sorted(latest, key=lambda m: _rank(m, origins)))


def _rank(measure: Measure, origins: Mapping[str, Origin]) -> int:
    origin = origins.get(measure.document)
    kinds = enumerate(_RANKS)
    return next((n for n, kind in kinds if origin and origin.kind in kind), len(_RANKS))


def _date(measure: Measure, origins: Mapping[str, Origin]) -> str:
    origin = origins.get(measure.document)
    return (origin.date or "") if origin else ""


def _with_forerunners(one: Assignment, measures: Sequence[Measure]) -> Assignment:
    found = [
        m
        for m in measures
        if m not in one.versions and any(_precedes(m, version) for version in one.versions)
    ]
    return replace(one, forerunners=tuple(found))


def _precedes(earlier: Measure, later: Measure) -> bool:
    """The earlier one's time had passed a year before the later's first date; same object."""
    if earlier.document == later.document or not set(earlier.agencies) & set(later.agencies):
        return False
    if set(earlier.dnr) & set(later.dnr):
        return False
    ends = [day for d in earlier.deadlines if (day := last_day(d.date))]
    starts = [day for d in later.deadlines if (day := last_day(d.date))]
    if not ends or not starts or max(ends).toordinal() + 365 > min(starts).toordinal():
        return False
    return _same_object(earlier, later)


def _same_object(earlier: Measure, later: Measure) -> bool:
    """The words of one title stand in the title and opening of the other."""
    for one, other in ((earlier, later), (later, earlier)):
        title = _stems(one.title, one.agencies)
        opening = " ".join((other.title, *(s.text for s in other.sentences[:_OPENING])))
        if len(title) >= 3 and len(title & _stems(opening, ())) / len(title) >= _FORERUNNER:
            return True
    return False
