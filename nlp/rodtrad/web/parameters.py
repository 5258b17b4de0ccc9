"""Parameters of addresses that several pages share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import Depends, Query
from fastapi import Path as PathParameter

from rodtrad.web.answers import Shelf, Word, Words
from rodtrad.web.tracefilter import TraceFilter
from rodtrad.web.traceview import chosen_pair

Name = Annotated[str, PathParameter(max_length=130, pattern=r"^\w[\w.\-]*$")]
PageNumber = Annotated[int, PathParameter(ge=1, le=1_000_000)]
Pair = tuple[tuple[str, ...], tuple[str, ...]]
Status = Literal["", "covered", "partly", "gap", "unresolved"]
Ending = Literal["xlsx", "docx", "csv", "html", "md", "json"]
DeadlineEnding = Literal["xlsx", "csv", "json", "ics", "svg", "png"]
ListEnding = Literal["xlsx", "csv", "json"]
Names = Annotated[
    Literal["", "dolj"], Query(description="dolj: [namn] for names of persons in the file")
]
Offset = Annotated[int | None, Query(ge=0, le=1_000_000_000)]


PageOf = Annotated[int, Query(ge=1, le=100_000)]


def some(values: Sequence[str]) -> tuple[str, ...]:
    """The values that say something."""
    return tuple(value for value in values if value)


def trace_choice(
    library: Shelf,
    fran: Words = [],  # noqa: B006 - FastAPI copies it
    till: Words = [],  # noqa: B006
    status: Annotated[list[Status], Query(max_length=10)] = [],  # noqa: B006
    styrka: Words = [],  # noqa: B006
    utfardare: Words = [],  # noqa: B006
    tema: Words = [],  # noqa: B006
    myndighet: Word = "",
    sannolikhet: Annotated[str, Query(pattern=r"^(0(\.\d{1,4})?|1(\.0{1,4})?)?$")] = "",
) -> tuple[Pair, TraceFilter]:
    """The documents to trace between and the filters, from the address."""
    pair = chosen_pair(library, some(fran), some(till))
    chosen = TraceFilter(
        statuses=some(status),
        strengths=some(styrka),
        issuers=some(utfardare),
        themes=some(tema),
        agency=myndighet or None,
        probability=float(sannolikhet or 0),
    )
    return pair, chosen


Chosen = Annotated[tuple[Pair, TraceFilter], Depends(trace_choice)]
