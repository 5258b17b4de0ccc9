"""The addresses that change something: uploads and signing in. Each asks for the form's token."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.errors import WorkspaceError
from rodtrad.pipeline.audit import note_write
from rodtrad.web.answers import FILE_PROBLEMS, WORDS, Here, Shelf, access_of, add_page, answer
from rodtrad.web.guard import PERMIT
from rodtrad.web.library import UnknownDocumentError
from rodtrad.web.models import JobView, UploadView
from rodtrad.web.signinpage import sign_in_page
from rodtrad.web.uploading import Jobs
from rodtrad.web.uploadpage import job_page, upload_page

Token = Annotated[str, Form(max_length=200)]
Fact = Annotated[str, Form(max_length=300)]


def checked(request: Request, csrf: Token = "") -> None:
    """Refuse a form that does not carry the session's token.

    Raises:
        HTTPException: 403.
    """
    session = getattr(request.state, "session", "")
    if not access_of(request).csrf_is_right(session, csrf):
        raise HTTPException(403)


Checked = Depends(checked)


def jobs_of(request: Request) -> Jobs:
    """The uploads under way."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def upload_form(request: Request, visit: Here) -> Response:
    """The form for a document."""
    limit = access_of(request).max_upload
    return answer(request, UploadView(max_bytes=limit), visit, upload_page)


def upload(
    request: Request,
    visit: Here,
    library: Shelf,
    file: UploadFile,
    title: Fact = "",
    kind: Fact = "",
) -> Response:
    """Take a document in; the answer leads to a page that follows it."""
    if (file.size or 0) > access_of(request).max_upload:
        raise HTTPException(413)
    facts = {k: v.strip() for k, v in (("title", title), ("kind", kind)) if v.strip()}
    job = jobs_of(request).start(file.filename or "", file.file, facts)
    note_write(
        library.workspace, who=visit.who, action="upload", target=job.name, outcome=job.state
    )
    return RedirectResponse(visit.link(f"/lagg-till/{job.id}"), 303)


def upload_job(request: Request, visit: Here, library: Shelf, job: str) -> Response:
    """How far an upload has come, and what a finished one holds."""
    found = jobs_of(request).get(job)
    if found is None:
        raise HTTPException(404)
    view = found.view()
    if view.state == "done" and view.document:
        with suppress(UnknownDocumentError, WorkspaceError):  # a build may be under way
            counts = contents(library.document(view.document))
            view = view.model_copy(update={"found": counts})
    return answer(request, view, visit, job_page)


def contents(found: AnnotatedDocument) -> dict[str, int]:
    """How many of each there are in a document."""
    return {
        "sections": len(found.sections),
        "entities": len(found.entities),
        "recommendations": len(found.recommendations),
        "measures": len(found.measures),
        "stances": len(found.stances),
    }


def sign_in_form(visit: Here) -> Response:
    """Ask for the token the page was started with."""
    return HTMLResponse(sign_in_page(visit, wrong=False))


def sign_in(request: Request, visit: Here, token: Token = "") -> Response:
    """Remember in a cookie that the browser has shown the token."""
    access = access_of(request)
    if not access.token_is_right(token):
        return HTMLResponse(sign_in_page(visit, wrong=True), 403)
    answer = RedirectResponse(visit.link("/"), 303)
    answer.set_cookie(PERMIT, access.permit, httponly=True, samesite="strict",
                      secure=request.url.scheme == "https")  # fmt: skip
    return answer


def add_writing(app: FastAPI) -> None:
    """All addresses that change something."""
    refused: dict[int | str, dict[str, Any]] = {
        **FILE_PROBLEMS,
        403: {"description": "The form's token is missing or old."} | WORDS,
        413: {"description": "Too much was sent."} | WORDS,
    }
    add_page(app, "/lagg-till/{job}", upload_job, JobView, summary="An upload")
    add_page(app, "/lagg-till", upload_form, UploadView, summary="Add a document")
    app.add_api_route(
        "/lagg-till",
        upload,
        methods=["POST"],
        dependencies=[Checked],
        status_code=303,
        response_class=Response,
        responses=refused,
        summary="Send a document",
    )
    app.add_api_route("/logga-in", sign_in_form, methods=["GET"], include_in_schema=False)
    app.add_api_route(
        "/logga-in", sign_in, methods=["POST"], dependencies=[Checked], include_in_schema=False
    )
