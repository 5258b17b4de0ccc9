"""The parts of an assignment ("Den första delen av uppdraget innebär att …") and whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rodtrad.statements.reading import Reading, Unit
from rodtrad.statements.roles import acting, roles_in

_ORDINALS = r"första|andra|tredje|fjärde|femte|sjätte"
_OPENS = re.compile(
    rf"^\W*(?:I\s+)?(?:den|det)\s+(?P<ordinal>{_ORDINALS})\s+(?P<noun>delen|deluppdraget|etappen|steget)\b"
    r"(?!.{0,80}\bska\s+(?:\w+\s+){0,3}(?:slut|del)?redovisas)"
    r"|^\W*(?P<name>del(?:uppdrag)?\s+(?:\d{1,2}|[A-E]|ett|två|tre|fyra))\b(?=\s*(?:[:.–-]|innebär|av\b|ska\b))",
    re.IGNORECASE,
)
_NUMBERS = {w: n for n, w in enumerate(_ORDINALS.split("|"), 1)}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its label ("del 1"), the agencies that carry it, and the offset where it begins."""

    label: str
    agencies: tuple[str, ...]
    start: int


def parts_of(reading: Reading, units: Sequence[Unit]) -> tuple[Part, ...]:
    """The parts an assignment is divided into, in order; empty where it is not divided.

    Forms: "Den första delen av uppdraget innebär att X och Y ska …", "Deluppdrag 2: …". It must not
    match "en del av uppdraget avser …", which divides nothing.
    """
    found = []
    for unit in units:
        match = _OPENS.match(unit.line)
        if match:
            names = acting(roles_in(reading, [unit]))
            found.append(Part(_label(match), names, unit.at.start))
    return tuple(found) if len(found) > 1 else ()


def _label(match: re.Match[str]) -> str:
    ordinal = match.group("ordinal")
    if ordinal:
        return f"del {_NUMBERS[ordinal.casefold()]}"
    return match.group("name").casefold()


def part_at(parts: Sequence[Part], unit: Unit) -> Part | None:
    """The part a sentence stands in; None where the assignment has none, or before the first."""
    opened = [part for part in parts if part.start <= unit.at.start]
    return opened[-1] if opened and not _WHOLE.search(unit.text) else None


_WHOLE = re.compile(r"\b(?:uppdraget (?:ska )?(?:i sin helhet|som helhet)|hela uppdraget)\b", re.I)


def left_out(parts: Sequence[Part], agencies: Sequence[str]) -> tuple[str, ...]:
    """Addressees that no part names; empty where some part names nobody."""
    if not parts or any(not part.agencies for part in parts):
        return ()
    named = {name for part in parts for name in part.agencies}
    return tuple(name for name in agencies if name not in named)
