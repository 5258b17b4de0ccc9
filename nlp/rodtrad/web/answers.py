"""From a request to a visit, and from a view to HTML or its JSON twin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import StringConstraints
from starlette.exceptions import HTTPException

from rodtrad.errors import RodtradError, ServerError, UsageError, WorkspaceError
from rodtrad.tables.terms import Language
from rodtrad.web.exporting import MEDIA
from rodtrad.web.guard import Access
from rodtrad.web.layout import message_page
from rodtrad.web.library import Library, UnknownDocumentError
from rodtrad.web.models import Model, Problem
from rodtrad.web.visit import Visit

V = TypeVar("V", bound=Model)
DAY = r"^(\d{4}(-\d\d(-\d\d)?)?)?$"
Day = Annotated[str, Query(pattern=DAY, description="YYYY, YYYY-MM or YYYY-MM-DD")]
Year = Annotated[str, StringConstraints(pattern=r"^([0-9]{4})?$")]
Word = Annotated[str, Query(max_length=200)]
Words = Annotated[list[str], Query(max_length=50)]


def today() -> date:
    """The machine's date."""
    return datetime.now().astimezone().date()


def library_of(request: Request) -> Library:
    """The open workspace."""
    library: Library = request.app.state.library
    return library


def access_of(request: Request) -> Access:
    """Who may come in, and the secret that signs sessions."""
    access: Access = request.app.state.access
    return access


def visit_of(
    request: Request,
    lang: Annotated[Literal["sv", "en"], Query(description="language of the words")] = "sv",
    as_of: Annotated[date | None, Query(description="what counts as today")] = None,
) -> Visit:
    """The visit of a request."""
    return _visit(request, lang, as_of)


def _visit(request: Request, language: Language, day: date | None) -> Visit:
    parameters = tuple((k, v) for k, v in request.query_params.multi_items() if k != "lang")
    session = getattr(request.state, "session", "")
    return Visit(
        language=language,
        path=request.url.path,
        parameters=parameters,
        as_of=day or today(),
        given_day=day,
        csrf=access_of(request).csrf(session),
        user=getattr(request.state, "user", None),
    )


Here = Annotated[Visit, Depends(visit_of)]
Shelf = Annotated[Library, Depends(library_of)]


def wants_json(request: Request) -> bool:
    """Whether the address ends in .json, or the client prefers JSON to HTML."""
    if request.url.path.endswith(".json"):
        return True
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def answer(request: Request, view: V, visit: Visit, page: Callable[[V, Visit], str]) -> Response:
    """The page, or its JSON twin."""
    if wants_json(request):
        return JSONResponse(view.model_dump(mode="json"), headers={"vary": "accept"})
    return HTMLResponse(page(view, visit), headers={"vary": "accept"})


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words}
    for status, words in (
        (400, "The request does not make sense for these documents."),
        (404, "No such document."),
        (409, "The workspace is not built, or is being written."),
        (422, "A parameter has a wrong form."),
        (503, "The search server does not answer."),
    )
}
WORDS: dict[str, Any] = {"content": {"text/html": {"schema": {"type": "string"}}}}
# Addresses that give no JSON tell a browser what is wrong as a page.
FILE_PROBLEMS: dict[int | str, dict[str, Any]] = {s: {**p, **WORDS} for s, p in PROBLEMS.items()}


def add_page(
    app: FastAPI, path: str, endpoint: Callable[..., Response], model: Any, *, summary: str
) -> None:
    """A page at `path` and its JSON twin at `path`.json."""
    twin = "/index.json" if path == "/" else f"{path}.json"
    html = {**FILE_PROBLEMS, 200: WORDS}
    nothing: dict[int | str, dict[str, Any]] = {}
    for address, extra, words in ((twin, nothing, "JSON"), (path, html, "HTML or JSON")):
        app.add_api_route(
            address,
            endpoint,
            methods=["GET"],
            response_model=model,
            responses={**PROBLEMS, **extra},
            summary=f"{summary} ({words})",
            name=f"{endpoint.__name__}:{address}",
            operation_id=f"{endpoint.__name__}_{'json' if address == twin else 'page'}",
        )


def add_export(
    app: FastAPI,
    path: str,
    endpoint: Callable[..., Response],
    *,
    words: str,
    endings: Sequence[str],
) -> None:
    """What a page shows as files, at `path`/export.ENDING."""
    add_file(app, f"{path}/export", endpoint, words=words, endings=endings)


def add_file(
    app: FastAPI,
    path: str,
    endpoint: Callable[..., Response],
    *,
    words: str,
    endings: Sequence[str],
) -> None:
    """Something as files, at `path`.ENDING."""
    kinds = sorted({MEDIA[ending].partition(";")[0] for ending in endings})
    app.add_api_route(
        f"{path}.{{ending}}",
        endpoint,
        response_class=Response,
        responses={**FILE_PROBLEMS, 200: {"content": {kind: {} for kind in kinds}}},
        summary=f"{words} as a file",
    )


def _problem(request: Request, status: int, key: str, sentence: str | None = None) -> Response:
    language: Language = "en" if request.query_params.get("lang") == "en" else "sv"
    visit = _visit(request, language, None)
    words = sentence or visit.terms[f"{key}.sentence"]
    if wants_json(request):
        return JSONResponse({"error": words}, status_code=status)
    return HTMLResponse(message_page(visit, visit.terms[f"{key}.title"], words), status)


def add_problems(app: FastAPI) -> None:
    """One sentence, as a page or as JSON, for everything that can go wrong."""
    known = {404: "missing", 403: "forbidden", 405: "method"}

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        return _problem(request, error.status_code, known.get(error.status_code, "wrong"))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        return _problem(request, 422, "wrong")

    @app.exception_handler(UnknownDocumentError)
    def _unknown(request: Request, error: UnknownDocumentError) -> Response:
        return _problem(request, 404, "missing")

    @app.exception_handler(ServerError)
    def _away(request: Request, error: ServerError) -> Response:
        return _problem(request, 503, "server")

    @app.exception_handler(RodtradError)
    def _ours(request: Request, error: RodtradError) -> Response:
        status = 409 if isinstance(error, WorkspaceError) else 400
        key = "untraceable" if isinstance(error, UsageError) else "workspace"
        return _problem(request, status, key)

    @app.exception_handler(Exception)
    def _failed(request: Request, error: Exception) -> Response:
        return _problem(request, 500, "failed")
