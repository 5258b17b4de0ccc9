"""Who asks for a page, in which language, and how addresses within the page are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from rodtrad.tables.terms import Language, Terms
from rodtrad.web.words import page_terms

Parameter = str | int | float | date | Iterable[str] | None


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as the pages see it.

    `parameters` are those of the address, in order, without the language. `given_day` is the day
    the address names as today, None where it names none; `as_of` is the day in force.
    """

    language: Language
    path: str
    parameters: tuple[tuple[str, str], ...]
    as_of: date
    given_day: date | None
    csrf: str
    user: str | None = None

    @property
    def who(self) -> str:
        """The name a proxy gives, else that this machine's user asks."""
        return self.user or "local"

    @property
    def terms(self) -> Terms:
        """The words of the visit's language."""
        return page_terms(self.language)

    def link(self, path: str, /, **parameters: Parameter) -> str:
        """An address of this site that keeps language and day; None and empty values are left out.

        A trailing underscore is taken off a parameter's name (`from_`).
        """
        pairs = list(_pairs(parameters))
        if self.given_day and "as_of" not in parameters:
            pairs.append(("as_of", self.given_day.isoformat()))
        if self.language == "en" and "lang" not in parameters:
            pairs.append(("lang", "en"))
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def here(self, **changes: Parameter) -> str:
        """The address of this page with some parameters changed; None takes one away."""
        names = {name.rstrip("_") for name in changes}
        kept = [(k, v) for k, v in self.parameters if k not in names]
        pairs = [*kept, *_pairs(changes)]
        if self.language == "en" and "lang" not in names:
            pairs.append(("lang", "en"))
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def values(self, name: str) -> tuple[str, ...]:
        """The values the address gives for a parameter, empty ones left out."""
        return tuple(v for k, v in self.parameters if k == name and v)

    def toggled(self, name: str, value: str) -> str:
        """The address of this page with one value of a parameter added, or taken away."""
        values = self.values(name)
        rest = [v for v in values if v != value]
        return self.here(**{name: rest if value in values else [*values, value], "sida": None})

    def document(self, document: str, start: int | None = None, end: int | None = None) -> str:
        """The address of a document, or of a stretch of its source text."""
        path = f"/dokument/{quote(document, safe='')}"
        address = self.link(path, start=start, end=end)
        return f"{address}#plats" if start is not None else address


def _pairs(parameters: Mapping[str, Parameter]) -> Iterable[tuple[str, str]]:
    for name, value in parameters.items():
        if value is None or value == "":
            continue
        many = not isinstance(value, str | int | float | date)
        for one in value if many else [value]:  # type: ignore[union-attr]
            yield name.rstrip("_"), one.isoformat() if isinstance(one, date) else str(one)
