"""The page that asks for the token."""

from __future__ import annotations

from rodtrad.tables.markup import element
from rodtrad.web.forms import button, field, labelled
from rodtrad.web.layout import page
from rodtrad.web.visit import Visit


def sign_in_page(visit: Visit, *, wrong: bool) -> str:
    """A form for the token; `wrong` says that the one given was not right."""
    terms = visit.terms
    form = element(
        "form",
        field(type="hidden", name="csrf", value=visit.csrf),
        labelled(
            terms["signin.token"],
            "token",
            field(type="password", name="token", id="token", autocomplete="current-password",
                  required=True),
        ),
        element("p", button(terms["signin.do"])),
        method="post",
        action=visit.link("/logga-in"),
        class_="prose",
    )  # fmt: skip
    problem = element("p", terms["signin.wrong"], role="alert", class_="note warn")
    return page(visit, terms["signin.title"], problem if wrong else None, form)
