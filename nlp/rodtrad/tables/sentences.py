"""Sentences with gaps in one language and the other, as data files hold them.

A line of such a file is two sentences with a tab between them. "{}" stands for any words, which
the other sentence takes over; one gap may have a name ("{kind}"), and the word in it is a value of
the terms list of that name.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from rodtrad.tables.terms import Terms


def in_other_words(text: str, terms: Terms, *, file: str, gap: str, word: str = r"\w+") -> str:
    """A sentence that `file` knows in its other wording, else the text as it is.

    Args:
        text: the whole sentence.
        terms: words of the language that is translated into.
        file: name of the data file.
        gap: the gap whose word is looked up in `terms`.
        word: the pattern of that word.
    """
    for pattern, wording in _pairs(file, gap, word):
        if found := pattern.fullmatch(text):
            named = found.groupdict().get(gap)
            words = (terms.value(gap, w) if w == named else w for w in found.groups())
            return wording.format(*words)
    return text


@cache
def _pairs(file: str, gap: str, word: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    content = files("rodtrad.tables").joinpath(f"data/{file}").read_text("utf-8")
    slot = f"{{{gap}}}"
    found = []
    for line in content.splitlines():
        if line and not line.startswith("#"):
            known, other = line.split("\t")
            pattern = re.escape(known).replace(re.escape(slot), f"(?P<{gap}>{word})")
            pattern = pattern.replace(r"\{\}", "(.+)")
            found.append((re.compile(pattern), other.replace(slot, "{}")))
    return tuple(found)
