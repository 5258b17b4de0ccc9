"""What a later decision makes of an assignment: another day, or its end.

"Regeringen ändrar uppdraget … (S2024/00318). Uppdraget ska slutredovisas senast …" moves a day of
the assignment with that number; "Regeringen upphäver beslutet … (S2024/00555)" ends one. Each
document keeps what it says itself; the state of its measures follows the change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rodtrad.datamodel import Deadline, Measure
from rodtrad.statements.build import CHANGES
from rodtrad.statements.state import last_day

# "upphäver sitt beslut …", "med upphävande av beslutet …"; not "upphävandet av gränserna".
_WITHDRAWS = re.compile(
    r"\b(?:upphäver|återkallar|upphävs|återkallas|med upphävande av"
    r"|ska (?:inte längre gälla|upphöra))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """The later decision: where it stands, its day (ISO), whether it ends the assignment.

    `deadlines` are the days it sets; those of other kinds stay as they were.
    """

    document: str
    date: str | None
    withdrawn: bool
    deadlines: tuple[Deadline, ...] = ()

    @property
    def remark(self) -> str:
        """What the change is, in words."""
        if self.withdrawn:
            return f"upphävt genom {self.document}"
        days = ", ".join(f"{d.kind} {d.date}" for d in self.deadlines)
        return f"ändrat genom {self.document}" + (f": {days}" if days else "")

    def applied_to(self, deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
        """The days that hold now."""
        if self.withdrawn:
            return ()
        moved = {d.kind for d in self.deadlines}
        return (*(d for d in deadlines if d.kind not in moved), *self.deadlines)


def changes_among(
    measures: Iterable[Measure], dates: Mapping[str, str | None], *, as_of: date
) -> dict[str, Change]:
    """The changes that decisions make by a day, by the changed assignment's diarienummer.

    Args:
        measures: of all documents, those of decisions among them.
        dates: the day of each document that decides something, by its id.
        as_of: a decision dated later than the day has not been made.
    """
    found: dict[str, Change] = {}
    deciding = (m for m in measures if m.document in dates)
    for measure in sorted(deciding, key=lambda m: dates[m.document] or ""):
        day = last_day(dates[measure.document] or "")
        if day is None or day <= as_of:
            found |= dict(_changes_of(measure, dates[measure.document]))
    return found


def _changes_of(measure: Measure, day: str | None) -> Iterator[tuple[str, Change]]:
    ended = [s.text for s in measure.sentences if _WITHDRAWS.search(s.text)]
    for number in (*measure.dnr, *measure.other_dnr):
        if any(number in text for text in ended):
            yield number, Change(measure.document, day, withdrawn=True)
        elif number in measure.dnr and number in measure.text and CHANGES.match(measure.title):
            yield number, Change(measure.document, day, False, measure.deadlines)


def change_of(
    measure: Measure, changes: Mapping[str, Change], *, dated: str | None
) -> Change | None:
    """The change that a measure has met; none that its document, of the day `dated`, knows of."""
    met = (changes[number] for number in measure.dnr if number in changes)
    return next(
        (
            change
            for change in met
            if change.document != measure.document
            and not (change.date and dated and change.date <= dated)
        ),
        None,
    )
