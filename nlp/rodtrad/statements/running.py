"""Several assignments in the running text of one decision, without headings between them.

"Regeringen uppdrar åt A att …", a paragraph further on "Regeringen ger också B i uppdrag att …":
each such paragraph opens an assignment of its own, which lasts to the next, where each has its own
report. Tasks that are reported together are one assignment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rodtrad.datamodel import Measure
from rodtrad.statements.build import Draft, measure_of, slug
from rodtrad.statements.headed import REPORT_OF_ALL, given_alone
from rodtrad.statements.reading import Reading, Unit, extent, joined, one_line
from rodtrad.statements.roles import acting, roles_in
from rodtrad.statements.state import REPORTING
from rodtrad.statements.tasks import tasks_of
from rodtrad.statements.vocabulary import label_of

_ALSO = r"(?:även|också|vidare|dessutom|därutöver|samtidigt|slutligen|därtill)"
_GIVES = re.compile(
    rf"^\W*(?:{_ALSO}\s+)?(?:(?:uppdrar|ger)\s+)?regeringen\s+(?:(?:beslutar|beslutade)\s+)?"
    rf"(?:{_ALSO}\s+)?(?:(?:om\s+)?att\s+)?(?:uppdra(?:r|ge?)?|ge[rv]?|åt|{_ALSO})\b"
    r"[^.;]*?\batt\s+(?P<task>[^.;]{10,}.*)",
    re.IGNORECASE,
)
_MARKED = re.compile(rf"^\W*(?:\w+\s+){{0,3}}?{_ALSO}\b", re.IGNORECASE)
_ASSIGNS = re.compile(r"\buppdra", re.IGNORECASE)


def running_assignments(
    reading: Reading, title: str, operative: Sequence[Unit]
) -> tuple[Measure, ...]:
    """One measure for each paragraph that gives a further assignment; none where one is given.

    Args:
        reading: the decision.
        title: the decision's own, which the first assignment keeps.
        operative: its sentences that decide something.

    It must not match a decision that says the same order again for the same agency without
    "även", nor one whose order is explained under a heading of its own ("Närmare om uppdraget").
    """
    if len({u.section for u in operative}) != 1:
        return ()
    parts = _parts(reading, operative)
    if len(parts) < 2 or not _is_order(reading, parts[0]):
        return ()
    if not _are_apart(reading, title, parts):
        return ()
    titles = [title, *(_title_of(part[0]) for part in parts[1:])]
    return tuple(_measure(reading, *pair) for pair in zip(titles, parts, strict=True))


def _parts(reading: Reading, operative: Sequence[Unit]) -> list[list[Unit]]:
    """The sentences by the assignment they belong to."""
    parts: list[list[Unit]] = [[]]
    given: set[str] = set()
    for before, unit in zip((None, *operative), operative, strict=False):
        opens = before is None or unit.block != before.block
        named = set(acting(roles_in(reading, (unit,)))) if opens else set()
        if parts[-1] and named and _is_further(reading, unit, named, given, operative):
            parts.append([])
        given |= named if _GIVES.match(unit.line) else set()
        parts[-1].append(unit)
    return parts


def _is_further(
    reading: Reading, unit: Unit, named: set[str], given: set[str], operative: Sequence[Unit]
) -> bool:
    """Whether a paragraph gives something new: to somebody else, or "även", "vidare".

    Also one that says what an agency not named before shall do, with a report of its own.
    """
    if _GIVES.match(unit.line):
        return bool(named - given) or _MARKED.match(unit.line) is not None
    if not given or named & given or not _SUBJECT.match(unit.line):
        return False
    behind = [u for u in operative if u.block == unit.block and u is not unit]
    return _reports(reading, behind) and not _reports(reading, (unit,))


def _are_apart(reading: Reading, title: str, parts: Sequence[Sequence[Unit]]) -> bool:
    """Whether each part has its own report; or none has one and the title names no assignment.

    The latter is a page of news ("Verket får nya uppgifter") that tells of several.
    """
    if any(REPORT_OF_ALL.search(u.line) for u in parts[-1]) or _is_common(reading, parts):
        return False
    reported = [_reports(reading, part) for part in parts]
    return all(reported) or not (any(reported) or label_of("types_title", title))


_SUBJECT = re.compile(r"^\W*[A-ZÅÄÖ][^.;]*?\b(?:ska|skall)\b")


def _reports(reading: Reading, units: Sequence[Unit]) -> bool:
    mentions = (m for u in units for m in reading.mentions_in(u.at, "DEADLINE"))
    return any(m.value["kind"] in REPORTING for m in mentions)


def _is_common(reading: Reading, parts: Sequence[Sequence[Unit]]) -> bool:
    """Whether a paragraph behind the last order tells of those given an earlier one."""
    named = [set(acting(roles_in(reading, _opening(part)))) for part in parts]
    behind = [u for u in parts[-1] if u.block != parts[-1][0].block]
    told = set(acting(roles_in(reading, behind))) - named[-1]
    return bool(told & set[str]().union(*named[:-1]))


def _opening(part: Sequence[Unit]) -> tuple[Unit, ...]:
    return tuple(u for u in part if u.block == part[0].block)


def _is_order(reading: Reading, units: Sequence[Unit]) -> bool:
    """Whether the sentences before the first further order give something themselves."""
    return bool(acting(roles_in(reading, units))) or _ASSIGNS.search(joined(units)) is not None


def _title_of(unit: Unit) -> str:
    """What is to be done, without who gives it to whom."""
    found = _GIVES.match(unit.line)
    return found["task"] if found else unit.line


def _measure(reading: Reading, title: str, units: Sequence[Unit]) -> Measure:
    own = reading.document.get("dnr")
    draft = Draft(
        id=slug(title),
        title=one_line(title),
        at=extent(units),
        units=tuple(units),
        section=reading.path(units[0].section),
        own_dnr=tuple(v.strip() for v in own.split(",") if v.strip()) if own else (),
        type="uppdrag",
        tasks=tasks_of(reading, units),
        decides=True,
    )
    first = next((u for u in units if acting(roles_in(reading, (u,)))), units[0])
    return given_alone(reading, measure_of(reading, draft), first)
