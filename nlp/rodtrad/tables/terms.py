"""One list of words for everything a person reads: command line, web page, Excel, Word.

The words stand in `data/terms.tsv`, one term a line: key, Swedish, English. Words in braces are
filled in by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["sv", "en"]


@dataclass(frozen=True)
class Terms:
    """The words of one language."""

    language: Language
    words: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    def say(self, key: str, **values: object) -> str:
        """The term `key` with its braces filled."""
        return self.words[key].format(**values)

    def value(self, group: str, value: str) -> str:
        """The word for a value of a closed vocabulary (`status`, `gap`); unknown ones as is."""
        return self.words.get(f"{group}.{value}", value)

    def count(self, key: str, number: int) -> str:
        """A number with its noun in the right form: "1 åtgärd", "40 åtgärder"."""
        return self.say(f"{key}.one" if number == 1 else f"{key}.many", n=number)


@cache
def load_terms(language: Language = "sv") -> Terms:
    """The terms of a language.

    Raises:
        ValueError: there is no such language.
    """
    if language not in ("sv", "en"):
        raise ValueError(f"no terms in language {language!r}; choose sv or en")
    column = 1 if language == "sv" else 2
    text = files("rodtrad.tables").joinpath("data/terms.tsv").read_text("utf-8")
    words = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            fields = line.split("\t")
            words[fields[0]] = fields[column]
    return Terms(language, words)
