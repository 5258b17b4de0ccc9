"""The addresses of the pages; each reads its parameters and hands them on."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi import Path as PathParameter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from rodtrad.datamodel import Span
from rodtrad.retrieval.hits import SearchFilters
from rodtrad.web.answers import PROBLEMS, Day, Here, Shelf, Words, add_page, answer
from rodtrad.web.models import LeafView, ReaderView, SearchView, StartView
from rodtrad.web.readerpage import leaf_page, reader_page
from rodtrad.web.readerview import leaf_view, reader_view
from rodtrad.web.searchpage import search_page, search_view
from rodtrad.web.startpage import start_page, start_view

Name = Annotated[str, PathParameter(max_length=130, pattern=r"^\w[\w.\-]*$")]
PageNumber = Annotated[int, PathParameter(ge=1, le=1_000_000)]
Offset = Annotated[int | None, Query(ge=0, le=1_000_000_000)]


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
        languages=tuple(v for v in ("sv", "en") if v in sprak),
        from_date=fran or (years[0] if years else None),
        to_date=till or (years[-1] if years else None),
    )
    view = search_view(library, q, limit=antal, filters=filters)
    return answer(request, view, visit, search_page)


def document(
    request: Request,
    visit: Here,
    library: Shelf,
    document: Name,
    part: Annotated[int, Query(ge=1, le=100_000, alias="del")] = 1,
    start: Offset = None,
    end: Offset = None,
) -> Response:
    """A document as text, at the part or the stretch of source text asked for."""
    place = _place(start, end, len(library.document(document).document.source))
    view = reader_view(library, document, part=part, place=place, as_of=visit.as_of)
    return answer(request, view, visit, reader_page)


def leaf(
    request: Request, visit: Here, library: Shelf, document: Name, number: PageNumber
) -> Response:
    """One page of a document, as a picture beside its text where there is a picture."""
    view = leaf_view(library, document, number)
    if view is None:
        raise HTTPException(404)
    return answer(request, view, visit, leaf_page)


def picture(library: Shelf, document: Name, number: PageNumber) -> Response:
    """The picture of a page of a PDF."""
    drawn = library.picture(document, number)
    if drawn is None:
        raise HTTPException(404)
    return Response(
        drawn, media_type="image/png", headers={"cache-control": "private, max-age=3600"}
    )


def _place(start: int | None, end: int | None, length: int) -> Span | None:
    if start is None or start >= length:
        return None
    return Span(start, min(length, end if end is not None and end > start else start + 1))


def _some(values: list[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def add_routes(app: FastAPI) -> None:
    """All pages."""
    add_page(app, "/", start, StartView, summary="What there is")
    add_page(app, "/sok", search, SearchView, summary="Search")
    app.add_api_route(
        "/dokument/{document}/sida/{number}.png",
        picture,
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}, 404: PROBLEMS[404]},
        summary="A page of a PDF as a picture",
    )
    add_page(app, "/dokument/{document}/sida/{number}", leaf, LeafView, summary="One page")
    add_page(app, "/dokument/{document}", document, ReaderView, summary="Read a document")
