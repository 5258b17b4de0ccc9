"""The accessibility statement."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response

from rodtrad.tables.markup import element
from rodtrad.tables.terms import Terms
from rodtrad.web.answers import Here, add_page, answer
from rodtrad.web.layout import page
from rodtrad.web.models import StatementView
from rodtrad.web.visit import Visit

PARTS = ("goal", "keyboard", "known", "tested", "contact")


def statement_view(terms: Terms) -> StatementView:
    """What is met, what is known not to be, how it was tried."""
    return StatementView(
        title=terms["statement.title"],
        paragraphs=[terms[f"statement.{part}"] for part in PARTS],
    )


def statement_page(view: StatementView, visit: Visit) -> str:
    """The page."""
    paragraphs = [element("p", words) for words in view.paragraphs]
    return page(visit, view.title, element("div", paragraphs, class_="prose"))


def statement(request: Request, visit: Here) -> Response:
    """The accessibility statement."""
    return answer(request, statement_view(visit.terms), visit, statement_page)


def add_statement(app: FastAPI) -> None:
    """Its address."""
    add_page(app, "/tillganglighet", statement, StatementView, summary="Accessibility statement")
