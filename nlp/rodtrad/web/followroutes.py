"""The addresses of plans compared and of chains."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import Response

from rodtrad.web.answers import Here, Shelf, add_export, add_page, answer
from rodtrad.web.chainpage import Followed, chain_page, chain_sheet, chain_view
from rodtrad.web.comparepage import (
    Compared,
    Outcome,
    compare_page,
    compare_sheet,
    compare_view,
    narrowed_changes,
    usual_plans,
)
from rodtrad.web.models import ChainView, CompareView
from rodtrad.web.parameters import Handed, ListEnding, PageOf, some
from rodtrad.web.sheets import ENDINGS, send_sheet

Id = Annotated[str, Query(max_length=130)]
Outcomes = Annotated[list[Outcome], Query(max_length=10)]


def compared(
    library: Shelf,
    tidigare: Id = "",
    senare: Id = "",
    utfall: Outcomes = [],  # noqa: B006 - FastAPI copies it
    sida: PageOf = 1,
) -> Compared:
    """The documents the address names; the usual ones where it names none."""
    old, new = (tidigare, senare) if tidigare or senare else usual_plans(library)
    return Compared(old, new, some(utfall), sida)


Comparison = Annotated[Compared, Depends(compared)]


def compare(request: Request, visit: Here, library: Shelf, asked: Comparison) -> Response:
    """What became of the measures of an earlier plan."""
    view = compare_view(library, asked, as_of=visit.as_of, terms=visit.terms)
    return answer(request, view, visit, lambda v, here: compare_page(v, here, library))


def export_compare(
    visit: Here, library: Shelf, asked: Comparison, handed: Handed, ending: ListEnding
) -> Response:
    """The comparison on the screen as a file."""
    view = compare_view(library, asked, as_of=visit.as_of, terms=visit.terms)
    records = [] if view.problem else narrowed_changes(library, asked, as_of=visit.as_of)
    sheet = compare_sheet(records, view, library, visit.terms)
    return send_sheet(sheet, ending, handed, library, visit)


def followed(
    post: Annotated[str, Query(max_length=400, description="document#id")] = "",
    dokument: Id = "",
    sida: PageOf = 1,
) -> Followed:
    """The item or document the address names."""
    return Followed(post, dokument, sida)


Following = Annotated[Followed, Depends(followed)]


def chain(request: Request, visit: Here, library: Shelf, asked: Following) -> Response:
    """One item through the documents."""
    return answer(request, chain_view(library, asked, as_of=visit.as_of), visit, chain_page)


def export_chain(
    visit: Here, library: Shelf, asked: Following, handed: Handed, ending: ListEnding
) -> Response:
    """The chain on the screen as a file."""
    view = chain_view(library, asked, as_of=visit.as_of)
    return send_sheet(chain_sheet(view, visit.terms), ending, handed, library, visit)


def add_following(app: FastAPI) -> None:
    """All of them."""
    add_export(app, "/jamfor", export_compare, words="The comparison", endings=ENDINGS)
    add_export(app, "/kedja", export_chain, words="The chain", endings=ENDINGS)
    add_page(app, "/jamfor", compare, CompareView, summary="Compare two plans")
    add_page(app, "/kedja", chain, ChainView, summary="Chains")
