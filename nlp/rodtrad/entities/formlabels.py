"""What forms and tables of plans call their fields, and the departments that fill them in."""

from __future__ import annotations

import re
from functools import cache

from rodtrad.entities.datafiles import read_rows

_FILE = "form_labels.tsv"
_BODY = r"(?: (?:för|aktör|part|myndighet|förvaltning|nämnd|organisation|utförare|verksamhet)\w*)*"
_DEPARTMENT = re.compile(
    r"\s*(?:(?:avdelning|enhet|sektion|region|distrikt)(?:en)?\s[^,;/]+|[\w-]*(?:avdelningen|enheten|sektionen|staben"
    r"|chefen|cheferna|direktören|direktörerna|kansliet))\s*",
    re.IGNORECASE,
)


@cache
def label_pattern(field: str, *, due: bool = False) -> str:
    """The labels of a field (who, with, when, money) as one regular expression.

    With `due` only those labels of "when" under which something is due: not "Datum".
    """
    rows = (row for row in read_rows(_FILE) if row["field"] == field)
    return "|".join(_label(row) for row in rows if not (due and row["kind"] == "-"))


@cache
def due_labels() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """Labels of time limits: pattern, what is due, whether the label alone says so."""
    return tuple(
        (re.compile(_label(row), re.IGNORECASE), row["kind"], row["alone"] == "yes")
        for row in read_rows(_FILE)
        if row["field"] == "when" and row["kind"] != "-"
    )


def is_department(text: str) -> bool:
    """Whether words name a department of a body that is not named: "Avdelningen Tillsyn"."""
    return _DEPARTMENT.fullmatch(text) is not None


def _label(row: dict[str, str]) -> str:
    return row["label"].replace("{body}", _BODY)
