"""Parameters of addresses that several pages share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query
from fastapi import Path as PathParameter

from rodtrad.entities import canonical_name
from rodtrad.web.answers import Shelf, Word, Words
from rodtrad.web.exporting import Handing
from rodtrad.web.tracefilter import TraceFilter
from rodtrad.web.traceview import chosen_pair

Name = Annotated[str, PathParameter(max_length=130, pattern=r"^\w[\w.\-]*$")]
PageNumber = Annotated[int, PathParameter(ge=1, le=1_000_000)]
Pair = tuple[tuple[str, ...], tuple[str, ...]]
Status = Literal["", "covered", "partly", "gap", "unresolved"]
Ending = Literal["xlsx", "docx", "csv", "html", "md", "json"]
DeadlineEnding = Literal["xlsx", "csv", "json", "ics", "svg", "png", "html"]
PictureEnding = Literal["svg", "png", "html"]
PictureName = Literal["coverage", "areas", "timeline", "network"]
ListEnding = Literal["xlsx", "csv", "json"]
Offset = Annotated[int | None, Query(ge=0, le=1_000_000_000)]


PageOf = Annotated[int, Query(ge=1, le=100_000)]


def some(values: Sequence[str]) -> tuple[str, ...]:
    """The values that say something."""
    return tuple(value for value in values if value)


def handing(
    namn: Annotated[
        Literal["", "dolj"], Query(description="dolj: [namn] for names of persons in the file")
    ] = "",
    delning: Annotated[
        Literal["", "ja"],
        Query(description="ja: without marked documents, reviewers' names and internal notes"),
    ] = "",
) -> Handing:
    """How the address wants a file handed on."""
    return Handing(masked=bool(namn), sharing=bool(delning))


Handed = Annotated[Handing, Depends(handing)]


def traced_pair(
    library: Shelf,
    fran: Words = [],  # noqa: B006 - FastAPI copies it
    till: Words = [],  # noqa: B006
) -> Pair:
    """The documents to trace between, from the address."""
    return chosen_pair(library, some(fran), some(till))


def trace_choice(
    pair: Annotated[Pair, Depends(traced_pair)],
    status: Annotated[list[Status], Query(max_length=10)] = [],  # noqa: B006
    styrka: Words = [],  # noqa: B006
    utfardare: Words = [],  # noqa: B006
    tema: Words = [],  # noqa: B006
    myndighet: Word = "",
    sannolikhet: Annotated[str, Query(pattern=r"^(0(\.\d{1,4})?|1(\.0{1,4})?)?$")] = "",
    fore: date | Literal[""] = "",
) -> tuple[Pair, TraceFilter]:
    """The documents to trace between and the filters, from the address."""
    chosen = TraceFilter(
        statuses=some(status),
        strengths=some(styrka),
        issuers=some(utfardare),
        themes=some(tema),
        agency=canonical_name(myndighet) or myndighet or None,
        probability=float(sannolikhet or 0),
        before=fore or None,
    )
    return pair, chosen


Chosen = Annotated[tuple[Pair, TraceFilter], Depends(trace_choice)]
