"""The addresses of the pages; each reads its parameters and hands them on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from rodtrad.datamodel import Span
from rodtrad.pipeline.exports import documents_of
from rodtrad.retrieval.hits import SearchFilters
from rodtrad.tables.calendar import calendar_text
from rodtrad.tables.writers import table_figure
from rodtrad.web.answers import (
    FILE_PROBLEMS,
    Day,
    Here,
    Shelf,
    Word,
    Words,
    Year,
    add_export,
    add_file,
    add_page,
    answer,
    wants_json,
)
from rodtrad.web.deadlinepage import (
    FILES,
    Due,
    deadline_page,
    deadline_sheet,
    deadline_view,
    handed_deadlines,
    timeline,
)
from rodtrad.web.exporting import File, figure_file, send, table_file
from rodtrad.web.models import DeadlineView, LeafView, ReaderView, SearchView, StartView, TraceView
from rodtrad.web.parameters import (
    Chosen,
    DeadlineEnding,
    Ending,
    Handed,
    ListEnding,
    Name,
    Offset,
    PageNumber,
    PageOf,
    PictureEnding,
    PictureName,
    some,
)
from rodtrad.web.pictures import ENDINGS
from rodtrad.web.readerpage import leaf_page, reader_page
from rodtrad.web.readerview import entity_figure, leaf_view, reader_view
from rodtrad.web.searchpage import search_page, search_sheet, search_view
from rodtrad.web.sheets import ENDINGS as LIST_FILES
from rodtrad.web.sheets import send_sheet
from rodtrad.web.startpage import first_page, start_page, start_view, waiting_documents
from rodtrad.web.tracefilter import handed_table
from rodtrad.web.tracepage import EXPORTS as TRACE_FILES
from rodtrad.web.tracepage import gap_page, trace_page
from rodtrad.web.traceview import gap_rows, shown_trace, trace_table
from rodtrad.web.visit import Visit


def start(request: Request, visit: Here, library: Shelf) -> Response:
    """Documents, what is stale, coverage; where nothing has been read, how to begin."""
    waiting = None if wants_json(request) else waiting_documents(library)
    if waiting is not None:
        return HTMLResponse(first_page(waiting, visit))
    return answer(request, start_view(library, as_of=visit.as_of), visit, start_page)


def search_filters(
    dokument: Words = [],  # noqa: B006 - FastAPI copies it
    slag: Words = [],  # noqa: B006
    myndighet: Words = [],  # noqa: B006
    typ: Words = [],  # noqa: B006
    sprak: Words = [],  # noqa: B006
    ar: Annotated[list[Year], Query(max_length=10)] = [],  # noqa: B006
    fran: Day = "",
    till: Day = "",
) -> SearchFilters:
    """The filters the address names."""
    years = sorted(y for y in ar if y)
    return SearchFilters(
        documents=some(dokument),
        kinds=some(slag),
        agencies=some(myndighet),
        types=some(typ),
        languages=tuple(v for v in ("sv", "en") if v in sprak),
        from_date=fran or (years[0] if years else None),
        to_date=till or (years[-1] if years else None),
    )


def search(
    request: Request,
    visit: Here,
    library: Shelf,
    filters: Annotated[SearchFilters, Depends(search_filters)],
    q: Annotated[str, Query(max_length=400)] = "",
    antal: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """Passages that answer a question."""
    view = search_view(library, q, limit=antal, filters=filters)
    return answer(request, view, visit, search_page)


def export_search(
    visit: Here,
    library: Shelf,
    handed: Handed,
    filters: Annotated[SearchFilters, Depends(search_filters)],
    ending: ListEnding,
    q: Annotated[str, Query(max_length=400)] = "",
    antal: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """The hits on the screen as a file."""
    view = search_view(library, q, limit=antal, filters=filters)
    sheet = search_sheet(library, view, as_of=visit.as_of, terms=visit.terms)
    return send_sheet(sheet, ending, handed, library, visit)


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
    found = library.document(document)
    place = _place(start, end, len(found.document.source))
    view = reader_view(library, document, part=part, place=place, as_of=visit.as_of)

    def shown(reader: ReaderView, here: Visit) -> str:
        return reader_page(reader, here, entity_figure(found, here.language))

    return answer(request, view, visit, shown)


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


def trace(
    request: Request, visit: Here, library: Shelf, choice: Chosen, sida: PageOf = 1
) -> Response:
    """Recommendations held against measures."""
    shown = shown_trace(library, choice[0], choice[1], visit, page=sida)
    return answer(request, shown.view(), visit, lambda _, v: trace_page(shown, v))


def gaps(
    request: Request, visit: Here, library: Shelf, choice: Chosen, sida: PageOf = 1
) -> Response:
    """Recommendations without an answer, or with part of one."""
    shown = shown_trace(library, choice[0], gap_rows(choice[1]), visit, page=sida)
    return answer(request, shown.view(), visit, lambda _, v: gap_page(shown, v))


def export_trace(
    visit: Here, library: Shelf, choice: Chosen, handed: Handed, ending: Ending
) -> Response:
    """The trace on the screen as a file; a workbook has a sheet to decide in."""
    table = trace_table(library, choice[0], visit, can_review=ending == "xlsx")
    shown = handed_table(table, choice[1], handed)
    return send(table_file(shown, ending, name="sparning"), library, visit)


def export_gaps(
    visit: Here, library: Shelf, choice: Chosen, handed: Handed, ending: Ending
) -> Response:
    """The gaps on the screen as a file; a workbook has a sheet to decide in."""
    table = trace_table(library, choice[0], visit, can_review=ending == "xlsx")
    shown = handed_table(table, gap_rows(choice[1]), handed)
    return send(table_file(shown, ending, name="luckor"), library, visit)


def export_picture(
    visit: Here,
    library: Shelf,
    choice: Chosen,
    handed: Handed,
    name: PictureName,
    ending: PictureEnding,
) -> Response:
    """A picture of the trace on the screen as a file."""
    shown = handed_table(trace_table(library, choice[0], visit), choice[1], handed)
    file = figure_file(
        table_figure(shown, name=name),
        ending,
        name=f"{name}-{visit.as_of.isoformat()}",
        documents=documents_of(shown),
    )
    return send(file, library, visit)


def export_counts(visit: Here, library: Shelf, document: Name, ending: PictureEnding) -> Response:
    """How many entities of each type a document holds, as a picture."""
    figure = entity_figure(library.document(document), visit.language)
    return send(figure_file(figure, ending, name="entiteter", documents=[document]), library, visit)


def due(
    dokument: Words = [],  # noqa: B006
    myndighet: Word = "",
    lage: Literal["", "ahead", "passed"] = "",
    fore: date | Literal[""] = "",
    utanfor: Literal["", "ja"] = "",
) -> Due:
    """The deadlines the address asks for."""
    return Due(some(dokument), myndighet, fore or None, lage, utanfor == "ja")


Asked = Annotated[Due, Depends(due)]


def deadlines(request: Request, visit: Here, library: Shelf, asked: Asked) -> Response:
    """What is due, when, by whom."""
    documents = [(d.id, d.title or d.id) for d in library.targets()]
    view = deadline_view(library, asked, as_of=visit.as_of, language=visit.language)
    return answer(request, view, visit, lambda v, here: deadline_page(v, here, documents))


def calendar(visit: Here, library: Shelf, asked: Asked, handed: Handed) -> Response:
    """The deadlines on the screen as a calendar."""
    return export_deadlines(visit, library, asked, handed, "ics")


def export_deadlines(
    visit: Here, library: Shelf, asked: Asked, handed: Handed, ending: DeadlineEnding
) -> Response:
    """The deadlines on the screen as a list, calendar or picture."""
    found = deadline_view(library, asked, as_of=visit.as_of, language=visit.language)
    view = handed_deadlines(found, handed, visit.terms)
    documents = sorted({record["document"] for record in view.deadlines})
    if ending == "ics":
        words = calendar_text(view.deadlines, language=visit.language).encode()
        return send(File("tidsfrister.ics", words, tuple(documents)), library, visit)
    if ending in ENDINGS:
        figure = timeline(view, visit.language)
        file = figure_file(figure, ending, name="tidsfrister", documents=documents)
        return send(file, library, visit)
    titles = {d.id: d.title or d.id for d in library.targets()}
    return send_sheet(deadline_sheet(view, titles, visit.terms), ending, handed, library, visit)


def _place(start: int | None, end: int | None, length: int) -> Span | None:
    if start is None or start >= length:
        return None
    return Span(start, min(length, end if end is not None and end > start else start + 1))


def add_routes(app: FastAPI) -> None:
    """All pages."""
    add_page(app, "/", start, StartView, summary="What there is")
    add_page(app, "/sok", search, SearchView, summary="Search")
    app.add_api_route(
        "/dokument/{document}/sida/{number}.png",
        picture,
        response_class=Response,
        responses={**FILE_PROBLEMS, 200: {"content": {"image/png": {}}}},
        summary="A page of a PDF as a picture",
    )
    add_page(app, "/dokument/{document}/sida/{number}", leaf, LeafView, summary="One page")
    add_page(app, "/dokument/{document}", document, ReaderView, summary="Read a document")
    for path, exporter, words, endings in (
        ("/sok", export_search, "The hits", LIST_FILES),
        ("/sparning", export_trace, "The trace", TRACE_FILES),
        ("/luckor", export_gaps, "The gaps", TRACE_FILES),
        ("/tidsfrister", export_deadlines, "The deadlines", FILES),
    ):
        add_export(app, path, exporter, words=words, endings=endings)
    picture_of = "/sparning/bild/{name}"
    add_file(app, picture_of, export_picture, words="A picture of the trace", endings=ENDINGS)
    counted = "/dokument/{document}/antal"
    add_file(app, counted, export_counts, words="Entities counted", endings=ENDINGS)
    add_page(app, "/sparning", trace, TraceView, summary="Trace")
    add_page(app, "/luckor", gaps, TraceView, summary="Gaps")
    add_page(app, "/tidsfrister", deadlines, DeadlineView, summary="Deadlines")
    app.add_api_route(
        "/tidsfrister.ics",
        calendar,
        response_class=Response,
        responses={**FILE_PROBLEMS, 200: {"content": {"text/calendar": {}}}},
        summary="Deadlines as a calendar",
    )
