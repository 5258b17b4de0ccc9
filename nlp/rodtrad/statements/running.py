"""Several assignments in the running text of one decision, without headings between them.

"Regeringen uppdrar åt A att …", a paragraph further on "Regeringen ger också B i uppdrag att …":
each such paragraph opens an assignment of its own, which lasts to the next, where each has its own
report; so do numbered points that each order ("1. Regeringen uppdrar åt …", "2. Verket ska …").
Tasks that are reported together are one assignment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from rodtrad.datamodel import Measure, Section
from rodtrad.statements.build import Draft, measure_of, slug
from rodtrad.statements.headed import REPORT_OF_ALL, given_alone
from rodtrad.statements.numbering import MARK, NUMBERED
from rodtrad.statements.reading import Reading, Unit, extent, joined, one_line
from rodtrad.statements.roles import acting, roles_in
from rodtrad.statements.state import REPORTING
from rodtrad.statements.tasks import tasks_of
from rodtrad.statements.vocabulary import label_of

_ALSO = r"(?:även|också|vidare|dessutom|därutöver|samtidigt|slutligen|därtill)"
_GIVES = re.compile(
    rf"^\W*(?:{MARK})?(?:{_ALSO}\s+)?(?:(?:uppdrar|ger)\s+)?regeringen\s+"
    rf"(?:(?:beslutar|beslutade)\s+)?"
    rf"(?:{_ALSO}\s+)?(?:(?:om\s+)?att\s+)?(?:uppdra(?:r|ge?)?|ge[rv]?|åt|{_ALSO})\b"
    r"[^.;]*?\batt\s+(?P<task>[^.;]{10,}.*)"
    # "Boverket får även i uppdrag att …", "Vidare får Boverket i uppdrag att …".
    rf"|^\W*(?:{MARK})?(?:(?-i:[A-ZÅÄÖ])[^.;]{{2,160}}?\s+(?:får|ges)\s+(?:{_ALSO}\s+)?"
    rf"|{_ALSO}\s+(?:får|ges)\s+[^.;]{{3,160}}?\s+)i\s+uppdrag\s+att\s+(?P<given>[^.;]{{10,}}.*)",
    re.IGNORECASE,
)
# Numbered parts of one assignment.
_DIVIDED = re.compile(
    r"\buppdraget\s+(?:består\s+av|omfattar|har|är\s+(?:upp|in)?delat\s+i|delas\s+(?:\w+\s+)?i)\b"
    r"[^.]*\bdel(?:ar|uppdrag)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(rf"^\W*(?:\w+\s+){{0,3}}?{_ALSO}\b", re.IGNORECASE)
_ASSIGNS = re.compile(r"\buppdra", re.IGNORECASE)
_SUBJECT = re.compile(rf"^\W*(?:{MARK})?[A-ZÅÄÖ][^.;]*?\b(?:ska|skall)\b")

_Parts = list[list[Unit]]


def running_assignments(
    reading: Reading, title: str, operative: Sequence[Unit]
) -> tuple[Measure, ...]:
    """One measure for each paragraph that gives a further assignment; none where one is given.

    Args:
        reading: the decision.
        title: the decision's own, which the first assignment keeps.
        operative: its sentences that decide something.

    It must not match a decision that says the same order again for the same agency without
    "även". What is explained under a later heading is read for the one whose agency acts in it.
    """
    first = next((u for u in operative if _opens(reading, u)), None)
    if first is None:
        return ()
    here = [u for u in operative if u.section == first.section]
    parts = _parts(reading, [u for u in here if u.at >= first.at or not NUMBERED.match(first.line)])
    if len(parts) < 2 or not _is_order(reading, parts[0]):
        return ()
    if _is_numbered(parts) and any(_DIVIDED.search(u.line) for u in here):
        return ()
    if not _is_numbered(parts) and not _are_apart(reading, title, parts):
        return ()
    parts = _shared_out(reading, parts)
    behind = [u for u in operative if u.section != first.section and u.at > first.at]
    titles = [title, *(_title_of(part[0]) for part in parts[1:])]
    return tuple(
        _measure(reading, name, part, _explained(reading, part, parts, behind))
        for name, part in zip(titles, parts, strict=True)
    )


def _opens(reading: Reading, unit: Unit) -> bool:
    """Whether a sentence gives the first order: the Government's, or that of point 1."""
    if _GIVES.match(unit.line):
        return True
    point = NUMBERED.match(unit.line)
    return (
        point is not None
        and point["number"] == "1"
        and bool(_SUBJECT.match(unit.line) and _named(reading, (unit,)))
    )


def _parts(reading: Reading, operative: Sequence[Unit]) -> _Parts:
    """The sentences by the assignment they belong to."""
    parts: _Parts = [[]]
    given: set[str] = set()
    for before, unit in zip((None, *operative), operative, strict=False):
        opens = before is None or unit.block != before.block or _orders_anew(reading, unit, parts)
        named = _named(reading, (unit,)) if opens else set()
        further = _is_further(reading, unit, given, operative) or _is_alone(reading, unit, parts)
        if parts[-1] and named and further:
            parts.append([])
        given |= named if _GIVES.match(unit.line) or not parts[-1] else set()
        parts[-1].append(unit)
    return parts


def _orders_anew(reading: Reading, unit: Unit, parts: _Parts) -> bool:
    """The Government's next order on a line of its own, where paragraphs are not set apart."""
    start = reading.document.span_of(unit.at).start
    alone = reading.document.source[:start].rstrip(" ").endswith("\n")
    return alone and _GIVES.match(unit.line) is not None and _reports(reading, parts[-1])


def _is_alone(reading: Reading, unit: Unit, parts: _Parts) -> bool:
    """Whether one of several who have reported their order is given another one alone."""
    gives = _GIVES.match(unit.line) is not None and _reports(reading, parts[-1])
    return gives and _named(reading, (unit,)) < _named(reading, parts[-1][:1])


def _named(reading: Reading, units: Sequence[Unit]) -> set[str]:
    return set(acting(roles_in(reading, units)))


def _is_further(reading: Reading, unit: Unit, given: set[str], operative: Sequence[Unit]) -> bool:
    """Whether a paragraph gives something new: to somebody else, or "även", "vidare".

    Also one that says what an agency not named before shall do, with a report of its own, and a
    numbered one behind a numbered order.
    """
    named = _named(reading, (unit,))
    if _GIVES.match(unit.line):
        return bool(named - given) or _MARKED.match(unit.line) is not None
    if NUMBERED.match(unit.line) and NUMBERED.match(operative[0].line):
        return True
    if not given or not _SUBJECT.match(unit.line):
        return False
    behind = [u for u in operative if u.block == unit.block and u is not unit]
    return not named & given and _reports(reading, behind) and not _reports(reading, (unit,))


def _is_numbered(parts: _Parts) -> bool:
    return all(NUMBERED.match(part[0].line) for part in parts)


def _are_apart(reading: Reading, title: str, parts: _Parts) -> bool:
    """Whether each part has its own report; or none has one and the title names no assignment.

    The latter is a page of news ("Verket får nya uppgifter") that tells of several.
    """
    if any(REPORT_OF_ALL.search(u.line) for u in parts[-1]):
        return False
    given = all(_GIVES.match(part[0].line) and _reports(reading, _opening(part)) for part in parts)
    if not given and _is_common(reading, parts):
        return False
    reported = [_reports(reading, part) for part in parts]
    return all(reported) or not (any(reported) or label_of("types_title", title))


def _is_common(reading: Reading, parts: _Parts) -> bool:
    """Whether a paragraph behind the last order tells of those given an earlier one."""
    named = [_named(reading, _opening(part)) for part in parts]
    told = _named(reading, [u for u in parts[-1] if u.block != parts[-1][0].block]) - named[-1]
    return bool(told & set(chain.from_iterable(named[:-1])))


def _shared_out(reading: Reading, parts: _Parts) -> _Parts:
    """The parts, each with the last one's later sentences that tell of those who have it.

    "A får använda högst 3 miljoner kronor" in the paragraph behind B's order is A's.
    """
    given = [_named(reading, part[:1]) for part in parts]
    found = [*parts[:-1], parts[-1][:1]]
    to = [len(parts) - 1]
    for unit in parts[-1][1:]:
        agencies = reading.mentions_in(unit.at, "AGENCY")
        if unit.block == parts[-1][0].block:  # there only "Verket ska bistå Boverket" is told of
            begins = bool(agencies) and agencies[0].at.start == unit.at.start
            agencies = agencies[1:] if begins else []
        told = {str(m.value) for m in agencies}
        acts = _named(reading, (unit,)) & set(chain.from_iterable(given))
        to = [n for n, names in enumerate(given) if names & (acts or told)] or to
        for n in to:
            found[n] = [*found[n], unit]
    return found


def _opening(part: Sequence[Unit]) -> list[Unit]:
    return [u for u in part if u.block == part[0].block]


def _is_order(reading: Reading, units: Sequence[Unit]) -> bool:
    """Whether the sentences before the first further order give something themselves."""
    return bool(_named(reading, units)) or _ASSIGNS.search(joined(units)) is not None


def _reports(reading: Reading, units: Sequence[Unit]) -> bool:
    mentions = (m for u in units for m in reading.mentions_in(u.at, "DEADLINE"))
    days = any(m.value["kind"] in REPORTING for m in mentions)
    return days or any(_IN_ANNUAL_REPORT.search(u.line) for u in units)


_IN_ANNUAL_REPORT = re.compile(
    r"\bredovisas\s+(?:i|i samband med)\s+(?:\w+\s+)?årsredovisning(?:en)?\b", re.IGNORECASE
)


def _explained(
    reading: Reading, part: Sequence[Unit], parts: _Parts, behind: Sequence[Unit]
) -> list[Unit]:
    """The sentences under later headings in which those act who have this part alone.

    All under a heading that names them ("Närmare om uppdraget till Boverket").
    """
    own = _named(reading, part[:1])
    elsewhere = set(chain.from_iterable(_named(reading, p[:1]) for p in parts if p is not part))
    headed = {s.index: _in_heading(reading, s) for s in reading.sections}
    told = ((u, headed.get(u.section or 0) or _named(reading, (u,))) for u in behind)
    return [u for u, named in told if named & own and not named & (elsewhere - own)]


def _in_heading(reading: Reading, section: Section) -> set[str]:
    """The agencies that a heading names."""
    return {str(m.value) for m in reading.mentions_in(section.heading, "AGENCY")}


def _title_of(unit: Unit) -> str:
    """What is to be done, without who gives it to whom."""
    found = _GIVES.match(unit.line)
    if found:
        return found["task"] or found["given"]
    numbered = NUMBERED.match(unit.line)
    return numbered["title"] if numbered else unit.line


def _measure(
    reading: Reading, title: str, units: Sequence[Unit], explained: Sequence[Unit]
) -> Measure:
    own = reading.document.get("dnr")
    draft = Draft(
        id=slug(title),
        title=one_line(title),
        at=extent(units),
        units=(*units, *explained),
        section=reading.path(units[0].section),
        own_dnr=tuple(v.strip() for v in own.split(",") if v.strip()) if own else (),
        type="uppdrag",
        tasks=tasks_of(reading, units),
        decides=True,
    )
    first = next((u for u in units if acting(roles_in(reading, (u,)))), units[0])
    return given_alone(reading, measure_of(reading, draft), first)
