"""Why a row of a colleague's workbook was not stored, in the words of the table's language.

The review package says it in English, which JSON keeps; Swedish stands in `data/reasons.tsv`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from rodtrad.tables.terms import Terms


def reason_text(reason: str, terms: Terms) -> str:
    """A reason in the language of the terms; one the list does not know as it is.

    >>> from rodtrad.tables.terms import load_terms
    >>> reason_text("the same as t.xlsx, Granskning rad 7", load_terms("sv"))
    'samma som t.xlsx, Granskning rad 7'
    """
    if terms.language == "en":
        return reason
    for pattern, wording in _reasons():
        if found := pattern.fullmatch(reason):
            named = found.groupdict().get("action")
            words = (terms.value("action", w) if w == named else w for w in found.groups())
            return wording.format(*words)
    return reason


@cache
def _reasons() -> tuple[tuple[re.Pattern[str], str], ...]:
    content = files("rodtrad.tables").joinpath("data/reasons.tsv").read_text("utf-8")
    found = []
    for line in content.splitlines():
        if line and not line.startswith("#"):
            english, swedish = line.split("\t")
            pattern = re.escape(english).replace(r"\{action\}", r"(?P<action>[\w-]+)")
            wording = swedish.replace("{action}", "{}")
            found.append((re.compile(pattern.replace(r"\{\}", "(.+)")), wording))
    return tuple(found)
