"""The frame of every page: head, landmarks, navigation, footer."""

from __future__ import annotations

from rodtrad import __version__
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.reasons import reason_text
from rodtrad.tables.wording import day_text
from rodtrad.web.visit import Visit

NAVIGATION = (
    ("/", "nav.start"),
    ("/sok", "nav.search"),
    ("/sparning", "nav.trace"),
    ("/luckor", "nav.gaps"),
    ("/tidsfrister", "nav.deadlines"),
    ("/jamfor", "nav.compare"),
    ("/kedja", "nav.chain"),
    ("/granska", "nav.review"),
    ("/lagg-till", "nav.upload"),
)


def page(visit: Visit, title: str, *content: object) -> str:
    """A whole page; `title` is both the h1 and the first part of the window's title."""
    terms = visit.terms
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"{title} – Rödtråd"),
        element("link", rel="stylesheet", href="/stil.css"),
        element("link", rel="icon", href="/ikon.svg", type="image/svg+xml"),
        element("script", src="/sida.js", defer=True),
    )
    body = element(
        "body",
        element("a", terms["skip"], class_="skip", href="#main"),
        _header(visit),
        element("main", element("h1", title), content, id="main", tabindex="-1"),
        _footer(visit),
        class_="page",
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=visit.language)}\n"


def _header(visit: Visit) -> Markup:
    terms = visit.terms
    links = [
        element(
            "li",
            element(
                "a",
                terms[key],
                href=visit.link(path),
                aria_current="page" if path == visit.path else None,
            ),
        )
        for path, key in NAVIGATION
    ]
    name = element("a", "Rödtråd", href=visit.link("/"), class_="wordmark")
    return element(
        "header",
        element(
            "div",
            name,
            element("nav", element("ul", links), aria_label=terms["nav.site"]),
            _languages(visit),
            class_="bar",
        ),
        class_="top",
    )


def _languages(visit: Visit) -> Markup:
    other = "en" if visit.language == "sv" else "sv"
    words = {"en": "English", "sv": "Svenska"}[other]
    href = visit.here(lang=other if other == "en" else None)
    return element("a", words, href=href, lang=other, hreflang=other, class_="language")


def _footer(visit: Visit) -> Markup:
    terms = visit.terms
    parts = [
        terms.say("foot.as_of", date=day_text(visit.as_of, terms)),
        element("a", terms["nav.statement"], href=visit.link("/tillganglighet")),
        element("a", terms["foot.api"], href="/openapi.json"),
        f"Rödtråd {__version__}",
    ]
    if visit.user:
        parts.insert(0, terms.say("foot.user", user=visit.user))
    return element("footer", element("ul", [element("li", part) for part in parts]))


def message_page(visit: Visit, title: str, sentence: str) -> str:
    """A page that says one thing, with the way back."""
    back = element("p", element("a", visit.terms["error.back"], href=visit.link("/")))
    return page(visit, title, element("p", sentence, role="alert", class_="lead"), back)


def said(sentence: str, visit: Visit) -> Markup:
    """A sentence of the library, in the page's language where we know how; else as it is."""
    words = reason_text(sentence, visit.terms)
    is_english = visit.language == "sv" and words == sentence
    return element("span", words, lang="en" if is_english else None)
