"""What a search takes and gives: filters, hits with their reasons, facets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from rodtrad.datamodel import Span
from rodtrad.errors import UsageError
from rodtrad.retrieval.stemming import Language

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What search knows about a document beside its passages. `date` is ISO, or a part of it."""

    id: str
    title: str
    kind: str = "okänd"
    date: str | None = None
    issuer: str | None = None
    language: Language = "sv"
    dnr: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """What was found in a passage, for filters and facets: agencies' names, entity types."""

    agencies: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Each field narrows; values of one field are alternatives. Dates are ISO, both ends included.

    `sections` are the beginnings of section labels ("4.3" fits "4.3.4 Uppdrag till …").

    Raises:
        UsageError: a date is none.
    """

    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    sections: tuple[str, ...] = ()
    from_date: str | None = None
    to_date: str | None = None

    def __post_init__(self) -> None:
        for day in (self.from_date, self.to_date):
            if day and not _DAY.fullmatch(day):
                raise UsageError(
                    f"{day[:40]!r} is no date; write it as 2026-06-30, 2026-06 or 2026."
                )

    @property
    def empty(self) -> bool:
        """Whether nothing is filtered out."""
        return self == SearchFilters()


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found.

    `span` is in the source text of the document, `at` in its clean text. `snippet` is cut from the
    clean text; `marks` are the stretches of the snippet that matched. `why` says in Swedish what
    matched; `score` is comparable within one result. `similar` are near-duplicates left out.
    """

    rank: int
    passage_key: str
    document: str
    section: tuple[str, ...]
    page: int | None
    span: Span
    at: Span
    score: float
    snippet: str
    marks: tuple[Span, ...]
    why: tuple[str, ...]
    language: str
    exact: bool = False
    similar: tuple[str, ...] = ()


FacetName: TypeAlias = Literal["document", "kind", "agency", "type", "language", "year"]


class Facet(NamedTuple):
    """How many of the found passages have a value: ("kind", "handlingsplan", 12)."""

    name: FacetName
    value: str
    count: int  # type: ignore[assignment]  # hides the method of tuples, which nobody asks for


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one query.

    `refusal` is the reason, in Swedish, why there are no hits; None when there are. `corrected`
    holds misspelt words and what was searched instead.
    """

    query: str
    language: Language
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    refusal: str | None = None
    corrected: tuple[tuple[str, str], ...] = ()
