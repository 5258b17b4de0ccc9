"""Pieces of forms and pages that several pages share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rodtrad.datamodel import Span
from rodtrad.tables.markup import Markup, element, join
from rodtrad.tables.terms import Terms
from rodtrad.web.visit import Visit


def field(**attributes: object) -> Markup:
    """An `<input>`."""
    return element("input", **attributes)


def labelled(label: str, name: str, control: Markup) -> Markup:
    """A control under its visible label; the control's id is the name."""
    return element("div", element("label", label, for_=name), control, class_="field")


def select(name: str, options: Sequence[tuple[str, str]], chosen: Iterable[str]) -> Markup:
    """A drop-down list of (value, words)."""
    picked = set(chosen)
    items = [
        element("option", words, value=value, selected=value in picked) for value, words in options
    ]
    return element("select", items, name=name, id=name)


def checkboxes(
    legend: str, name: str, options: Sequence[tuple[str, object]], chosen: Iterable[str]
) -> Markup:
    """A group of boxes of (value, words)."""
    picked = set(chosen)
    items = [
        element(
            "label",
            field(type="checkbox", name=name, value=value, checked=value in picked),
            element("span", words),
            class_="choice",
        )
        for value, words in options
    ]
    return element("fieldset", element("legend", legend), items)


def kept(visit: Visit, *names: str) -> list[Markup]:
    """Hidden fields that carry named parameters through a form, and those that hold everywhere:
    the language, the day, how files are handed on.
    """
    always = ("as_of", "namn", "delning")
    pairs = [(k, v) for k, v in visit.parameters if k in names or k in always]
    if visit.language == "en":
        pairs.append(("lang", "en"))
    return [field(type="hidden", name=name, value=value) for name, value in pairs]


def button(words: str, **attributes: object) -> Markup:
    """A button that sends its form."""
    return element("button", words, type="submit", **attributes)


def marked(text: str, marks: Iterable[Span]) -> Markup:
    """Text with stretches marked; overlapping ones are marked once."""
    pieces: list[object] = []
    position = 0
    for mark in sorted(marks):
        start, end = max(mark.start, position), min(mark.end, len(text))
        if start >= end:
            continue
        pieces += [text[position:start], element("mark", text[start:end])]
        position = end
    return join([*pieces, text[position:]])


def pager(visit: Visit, page: int, pages: int, terms: Terms) -> Markup | None:
    """Links to the page before and after; nothing where there is one page."""
    if pages < 2:
        return None
    before = element(
        "a", terms["page.before"], href=visit.here(sida=page - 1, kolumn=None), rel="prev"
    )
    after = element(
        "a", terms["page.after"], href=visit.here(sida=page + 1, kolumn=None), rel="next"
    )
    return element(
        "nav",
        before if page > 1 else None,
        element("span", terms.say("page.of", page=page, pages=pages)),
        after if page < pages else None,
        class_="pager",
        aria_label=terms["page.label"],
    )


def tabs(visit: Visit, views: Sequence[tuple[str, str | None]]) -> Markup:
    """Links between the ways to show a page: (term, value of `visning`), the first the usual."""
    terms = visit.terms
    known = [value for _, value in views if value in visit.values("visning")]
    here = known[0] if known else None
    items = [
        element(
            "li",
            element("a", terms[key], href=visit.here(visning=value, sida=None, kolumn=None),
                    aria_current="page" if value == here else None),
        )
        for key, value in views
    ]  # fmt: skip
    return element("nav", element("ul", items), class_="tabs", aria_label=terms["trace.views"])
