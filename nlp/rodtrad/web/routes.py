"""The addresses of the pages; each reads its parameters and hands them on."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import Response

from rodtrad.retrieval.hits import SearchFilters
from rodtrad.web.answers import Day, Here, Shelf, Words, add_page, answer
from rodtrad.web.models import SearchView, StartView
from rodtrad.web.searchpage import search_page, search_view
from rodtrad.web.startpage import start_page, start_view


def start(request: Request, visit: Here, library: Shelf) -> Response:
    """Documents, what is stale, coverage."""
    return answer(request, start_view(library, as_of=visit.as_of), visit, start_page)


def search(
    request: Request,
    visit: Here,
    library: Shelf,
    q: Annotated[str, Query(max_length=400)] = "",
    antal: Annotated[int, Query(ge=1, le=100)] = 20,
    dokument: Words = [],  # noqa: B006 - FastAPI copies it
    slag: Words = [],  # noqa: B006
    myndighet: Words = [],  # noqa: B006
    typ: Words = [],  # noqa: B006
    sprak: Words = [],  # noqa: B006
    ar: Annotated[list[str], Query(max_length=10)] = [],  # noqa: B006
    fran: Day = "",
    till: Day = "",
) -> Response:
    """Passages that answer a question."""
    years = sorted(y for y in ar if y)
    filters = SearchFilters(
        documents=_some(dokument),
        kinds=_some(slag),
        agencies=_some(myndighet),
        types=_some(typ),
        languages=tuple(v for v in ("sv", "en") if v in sprak),  # type: ignore[arg-type]
        from_date=fran or (years[0] if years else None),
        to_date=till or (years[-1] if years else None),
    )
    view = search_view(library, q, limit=antal, filters=filters)
    return answer(request, view, visit, search_page)


def _some(values: list[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def add_routes(app: FastAPI) -> None:
    """All pages."""
    add_page(app, "/", start, StartView, summary="What there is")
    add_page(app, "/sok", search, SearchView, summary="Search")
