"""The application: routes, files, problems, guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib.resources import files
from threading import Thread
from typing import Any

from fastapi import FastAPI
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from rodtrad import __version__
from rodtrad.errors import RodtradError
from rodtrad.web.answers import add_problems, today
from rodtrad.web.followroutes import add_following
from rodtrad.web.guard import Access, Guard
from rodtrad.web.library import Library
from rodtrad.web.reviewroutes import add_review
from rodtrad.web.routes import add_routes
from rodtrad.web.statementpage import add_statement
from rodtrad.web.uploading import Jobs
from rodtrad.web.writing import add_writing
from rodtrad.workspace import Workspace

FILES = {
    "/stil.css": ("text/css; charset=utf-8", (("tables", "table.css"), ("web", "page.css"))),
    "/sida.js": ("text/javascript; charset=utf-8", (("web", "page.js"),)),
    "/ikon.svg": ("image/svg+xml", (("web", "icon.svg"),)),
}

# What the guard around the application answers, in plain words, whatever was asked.
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"description": words, "content": {"text/plain": {"schema": {"type": "string"}}}}
    for status, words in (
        (401, "The token is missing."),
        (414, "The address is too long."),
        (421, "The page is not known by that host name."),
    )
}


def make_app(workspace: Workspace, access: Access | None = None) -> Guard:
    """The page over a workspace, as an ASGI application.

    Args:
        workspace: what is shown; the index may be built, or built anew, while the page runs.
        access: who may come in; by default only this machine.
    """
    rules = access or Access()
    library = Library(workspace)
    app = FastAPI(
        title="Rödtråd",
        version=__version__,
        summary="From recommendation to measure, with quotes at both ends.",
        docs_url=None,
        redoc_url=None,
        responses=REFUSALS,
        lifespan=_lifespan,
    )
    app.state.library, app.state.access = library, rules
    app.state.jobs = Jobs(workspace)
    add_problems(app)
    _add_files(app)
    add_routes(app)
    add_following(app)
    add_writing(app)
    add_review(app)
    add_statement(app)
    return Guard(app, rules)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # Where nothing is built yet, or the search server is down, the pages say so.
    with suppress(RodtradError):
        await run_in_threadpool(app.state.library.warm)
    ahead = Thread(target=app.state.library.trace_ahead, kwargs={"as_of": today()})
    ahead.start()
    yield
    ahead.join()
    app.state.jobs.close()
    app.state.library.close()


def _add_files(app: FastAPI) -> None:
    for address, (kind, names) in FILES.items():
        app.add_api_route(address, _file_route(kind, names), include_in_schema=False)


def _file_route(kind: str, names: tuple[tuple[str, str], ...]):  # type: ignore[no-untyped-def]
    def send() -> Response:
        headers = {"cache-control": "public, max-age=300"}
        return Response(_content(names), media_type=kind, headers=headers)

    return send


@cache
def _content(names: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(
        files(f"rodtrad.{package}").joinpath(f"data/{name}").read_text("utf-8")
        for package, name in names
    )
