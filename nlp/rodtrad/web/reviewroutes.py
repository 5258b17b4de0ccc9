"""The addresses of the review."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote, unquote

from fastapi import Depends, FastAPI, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from rodtrad.pipeline.audit import note_write
from rodtrad.pipeline.reviewjob import reviewer_name
from rodtrad.web.answers import FILE_PROBLEMS, WORDS, Here, Shelf, add_page, answer
from rodtrad.web.layout import message_page
from rodtrad.web.models import ReviewView
from rodtrad.web.parameters import Chosen
from rodtrad.web.reviewing import (
    ConflictError,
    Task,
    done_by,
    next_open,
    review_tasks,
    write_review,
)
from rodtrad.web.reviewing import (
    Form as Said,
)
from rodtrad.web.reviewpage import review_page, who_page
from rodtrad.web.tracefilter import narrowed
from rodtrad.web.traceview import trace_table
from rodtrad.web.visit import Visit
from rodtrad.web.writing import Checked, checked

REVIEWER = "rodtrad_reviewer"
Choice = Literal[
    "accept:2", "accept:1", "reject:", "regrade:2", "regrade:1", "justify-gap:", "comment:", "undo:"
]
Item = Annotated[str, Form(max_length=400)]
Number = Annotated[int, Query(ge=1, le=1_000_000)]


def reviewer_of(request: Request, visit: Here) -> str | None:
    """Who is reviewing: whom the proxy names, else the name given on this browser."""
    if visit.user:
        return visit.user
    return clean_name(unquote(request.cookies.get(REVIEWER, ""))) or None


def clean_name(name: str) -> str:
    """A name on one line, printable, at most 80 characters."""
    return "".join(c for c in " ".join(name.split()) if c.isprintable())[:80]


Reviewer = Annotated[str | None, Depends(reviewer_of)]


def _tasks(library: Shelf, visit: Visit, choice: Chosen) -> tuple[Task, ...]:
    return review_tasks(narrowed(trace_table(library, choice[0], visit), choice[1]))


def review(
    request: Request,
    visit: Here,
    library: Shelf,
    choice: Chosen,
    who: Reviewer,
    nr: Number = 1,
) -> Response:
    """One link to judge; first of all it asks who is reviewing."""
    tasks = _tasks(library, visit, choice)
    number = min(nr, len(tasks))
    task = tasks[number - 1] if tasks else None
    ahead = next_open(tasks, number, who or "") + 1 if tasks else 0
    view = ReviewView(
        who=who or "",
        number=number,
        total=len(tasks),
        done=done_by(tasks, who or ""),
        next_open=ahead if ahead != number else None,
        source=task.start if task else None,
        target=task.end if task else None,
        decision=task.decision.action if task and task.decision else None,
        mine=bool(task and task.decision and done_by([task], who or "")),
    )
    if not who:
        return answer(request, view, visit, lambda _, v: who_page(v, reviewer_name(None)))
    found = library.reviewed(*choice[0], as_of=visit.as_of)
    pair = (task.start, task.end) if task else ("", None)
    history = [e for e in found.reviews.events if e.pair == pair]
    return answer(request, view, visit, lambda v, here: review_page(v, here, task, history))


def said_form(
    beslut: Annotated[Choice, Form(description="what, and the grade where it has one")],
    fran_id: Item,
    till_id: Item = "",
    kommentar: Annotated[str, Form(max_length=4000)] = "",
    sett: Annotated[str, Form(max_length=80)] = "",
) -> Said:
    """What the reviewer's form says."""
    action, _, grade = beslut.partition(":")
    return Said(
        action, fran_id, till_id or None, int(grade) if grade else None, kommentar.strip(), sett
    )


def decide(
    visit: Here,
    library: Shelf,
    choice: Chosen,
    who: Reviewer,
    said: Annotated[Said, Depends(said_form)],
    nr: Number = 1,
) -> Response:
    """Write a decision or comment to the log and go to the next task."""
    if not who:
        raise HTTPException(422)
    action = said.action
    found = library.reviewed(*choice[0], as_of=visit.as_of)
    target = f"{said.start} → {said.end or '–'}"
    try:
        write_review(library, found, said, who=who)
    except ConflictError as error:
        note_write(library.workspace, who=who, action=action, target=target, outcome="conflict")
        words = visit.terms.say("review.meanwhile", who=error.who)
        return HTMLResponse(message_page(visit, visit.terms["review.conflict"], words), 409)
    note_write(library.workspace, who=who, action=action, target=target, outcome="written")
    ahead = nr + 1 if action in ("accept", "reject", "regrade", "justify-gap") else nr
    return RedirectResponse(visit.here(nr=ahead, klart=action), 303)


def ask_name(visit: Here, who: Reviewer) -> Response:
    """Change who is reviewing."""
    return HTMLResponse(who_page(visit, who or reviewer_name(None)))


def take_name(
    request: Request,
    visit: Here,
    namn: Annotated[str, Form(max_length=200)],
    vidare: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Remember on this browser who is reviewing."""
    name = clean_name(namn)
    if not name:
        raise HTTPException(422)
    # Only within the review: an address from a form must not lead elsewhere.
    onward = vidare if vidare.startswith("/granska?") else visit.link("/granska")
    answer = RedirectResponse(onward, 303)
    answer.set_cookie(REVIEWER, quote(name), httponly=True, samesite="strict",
                      max_age=90 * 86_400, secure=request.url.scheme == "https")  # fmt: skip
    return answer


def add_review(app: FastAPI) -> None:
    """All addresses of the review."""
    add_page(app, "/granska", review, ReviewView, summary="Review")
    app.add_api_route("/granska/namn", ask_name, methods=["GET"], include_in_schema=False)
    app.add_api_route(
        "/granska/namn", take_name, methods=["POST"], dependencies=[Checked],
        include_in_schema=False,
    )  # fmt: skip
    app.add_api_route(
        "/granska",
        decide,
        methods=["POST"],
        dependencies=[Depends(checked)],
        status_code=303,
        response_class=Response,
        responses={
            **FILE_PROBLEMS,
            303: {"description": "Written; the next task."},
            403: {"description": "The form's token is missing or old."} | WORDS,
            409: {"description": "Somebody else decided meanwhile, or the index is not built."}
            | WORDS,
        },
        summary="Decide on a link",
    )
