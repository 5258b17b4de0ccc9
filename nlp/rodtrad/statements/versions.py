"""How versions of one assignment differ, field by field.

The first version is the one that ranks highest; a difference tells what it says and what each
other version says instead. Lists are compared without order. A task counts as told in another
version when most of its words stand together there, in up to three sentences; what is told in
other words counts too, what is only named in passing does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rodtrad.datamodel import Measure
from rodtrad.statements.reading import words

_TOLD = 0.6
_WINDOW = 3
_SAME_BEGINNING = 0.7


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which a version differs from the leading one.

    `leading` and `other` are the whole values; `missing` what only the leading version has, `added`
    what only the other has. For tasks `missing` holds those that the other leaves out.
    """

    field: str
    version: str
    leading: tuple[str, ...]
    other: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]


_FIELDS: dict[str, Callable[[Measure], tuple[str, ...]]] = {
    "agencies": lambda m: m.agencies,
    "other_agencies": lambda m: _concerned(m),
    "deadlines": lambda m: tuple(dict.fromkeys(f"{d.kind} {d.date}" for d in m.deadlines)),
    "recipient": lambda m: (m.recipient,) if m.recipient else (),
    "amounts": lambda m: tuple(dict.fromkeys(f"{a.value} {a.currency}" for a in m.amounts)),
    "dnr": lambda m: m.dnr,
    "refs": lambda m: m.refs,
}


def differences_of(
    versions: Sequence[Measure], *, lead: Measure | None = None
) -> tuple[Difference, ...]:
    """The differences of each further version from the first; empty for a single version.

    `lead` is what the first makes of the others, where it is no whole version itself.
    """
    lead = lead or versions[0]
    return tuple(
        found
        for other in versions[1:]
        for found in (*_of_fields(lead, other), *_of_tasks(lead, other))
    )


def _of_fields(lead: Measure, other: Measure) -> list[Difference]:
    pairs = ((name, read(lead), read(other)) for name, read in _FIELDS.items())
    return [
        _difference(name, other, leading, said)
        for name, leading, said in pairs
        if set(leading) != set(said)
    ]


def _concerned(measure: Measure) -> tuple[str, ...]:
    """The others named, without who the report goes to: the recipient and the Government Offices.

    Drops "Regeringskansliet" and "Justitiedepartementet"; keeps "Länsstyrelsen".
    """
    recipient = (measure.recipient or "").casefold()
    return tuple(
        name
        for name in measure.other_agencies
        if name.casefold() not in recipient
        and not name.casefold().endswith(("departementet", "regeringskansliet"))
    )


def _difference(
    name: str, other: Measure, leading: tuple[str, ...], said: tuple[str, ...]
) -> Difference:
    return Difference(
        name,
        f"{other.document}#{other.id}",
        leading,
        said,
        tuple(v for v in leading if v not in said),
        tuple(v for v in said if v not in leading),
    )


def _of_tasks(lead: Measure, other: Measure) -> list[Difference]:
    tasks = tuple(task.text for task in lead.tasks)
    missing = tuple(task for task in tasks if not is_told(task, other))
    if not missing or not other.sentences:
        return []
    said = tuple(task.text for task in other.tasks)
    return [Difference("tasks", f"{other.document}#{other.id}", tasks, said, missing, ())]


def is_told(task: str, measure: Measure) -> bool:
    """Whether a version tells a task: most of its words within three sentences of it."""
    wanted = _long_words(task)
    lines = [_long_words(s.text) for s in measure.sentences]
    windows = (
        frozenset().union(*lines[n : n + _WINDOW]) for n in range(max(1, len(lines) - _WINDOW + 1))
    )
    return not wanted or any(_share(wanted, told) >= _TOLD for told in windows)


def _long_words(text: str) -> frozenset[str]:
    return frozenset(w for w in words(text) if len(w) > 3)


def _share(wanted: frozenset[str], told: frozenset[str]) -> float:
    """The share of the words that are told, in any form."""
    return sum(any(_is_form(word, other) for other in told) for word in wanted) / len(wanted)


def _is_form(one: str, other: str) -> bool:
    """Whether two words are forms of one: they begin alike, for most of the shorter.

    >>> _is_form("utbilda", "utbildning"), _is_form("socialtjänstens", "socialstyrelsen")
    (True, False)
    """
    shorter = min(len(one), len(other))
    common = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    return common >= min(shorter, max(4, round(shorter * _SAME_BEGINNING)))
