"""The HTML of traces and gaps: choice of documents, filters, the list, the matrix, exports."""

from __future__ import annotations

from collections.abc import Sequence

from rodtrad.pipeline.store import DocumentRecord
from rodtrad.tables.heatmap import map_alternative
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.phrases import status_counts, upper_first
from rodtrad.tables.terms import Terms
from rodtrad.web.exporting import exports
from rodtrad.web.forms import button, checkboxes, field, kept, labelled, pager, select
from rodtrad.web.layout import page
from rodtrad.web.matrix import matrix
from rodtrad.web.pairs import recommendation
from rodtrad.web.pictures import table_pictures, trace_tabs
from rodtrad.web.traceview import ShownTrace
from rodtrad.web.visit import Parameter, Visit

EXPORTS = ("xlsx", "docx", "csv", "html", "md", "json")
PROBABILITIES = ("0.5", "0.7", "0.9")
STATUSES = ("covered", "partly", "gap", "unresolved")
FILTERS = ("status", "utfardare", "styrka", "tema", "myndighet", "sannolikhet", "fore")


def trace_page(shown: ShownTrace, visit: Visit) -> str:
    """The list of recommendations with their measures, the matrix, or the pictures."""
    terms, views = visit.terms, visit.values("visning")
    as_matrix = "matris" in views
    body: Markup | list[Markup]
    if as_matrix:
        body = matrix(shown, visit)
    elif "bilder" in views:
        body = table_pictures(shown.table, visit, **_chosen(shown, visit))
    else:
        body = _list(shown, visit)
    return page(
        visit,
        terms["trace.title"],
        element("p", shown.table.title, class_="lead"),
        _choice(shown, visit, "/sparning"),
        _counts(shown, visit),
        element("p", map_alternative(shown.table)) if as_matrix else None,
        _filters(shown, visit, "/sparning"),
        exports(visit, "/sparning", EXPORTS, **_chosen(shown, visit)),
        _review(shown, visit),
        trace_tabs(visit),
        body,
        _notes(shown, terms),
    )


def gap_page(shown: ShownTrace, visit: Visit) -> str:
    """What has no answer, or only part of one, with what was searched."""
    terms = visit.terms
    return page(
        visit,
        terms["gaps.title"],
        element("p", terms["gaps.intro"], class_="lead"),
        _choice(shown, visit, "/luckor"),
        exports(visit, "/luckor", EXPORTS, **_chosen(shown, visit)),
        _list(shown, visit),
        _notes(shown, terms),
    )


def _list(shown: ShownTrace, visit: Visit) -> Markup:
    terms = visit.terms
    words = terms.say("trace.shown", shown=len(shown.table.rows), all=len(shown.whole.rows))
    articles = [recommendation(index, row, shown.table, visit) for index, row in shown.rows]
    return element(
        "section",
        element("h2", terms["trace.list"], class_="hidden"),
        element("p", words, role="status", class_="place"),
        articles,
        pager(visit, shown.page, shown.pages, terms),
    )


def _choice(shown: ShownTrace, visit: Visit, path: str) -> Markup:
    terms = visit.terms
    boxes = element(
        "div",
        checkboxes(terms["head.from"], "fran", _titles(shown.possible_sources), shown.sources),
        checkboxes(terms["head.to"], "till", _titles(shown.possible_targets), shown.targets),
        class_="beside",
    )
    return element(
        "details",
        element("summary", terms["trace.choose"]),
        element("form", boxes, kept(visit), button(terms["trace.do"]), action=path, method="get"),
    )


def _titles(records: Sequence[DocumentRecord]) -> list[tuple[str, object]]:
    return [(r.id, r.title or r.id) for r in records]


def _counts(shown: ShownTrace, visit: Visit) -> Markup:
    items = []
    for key, word, count in status_counts(shown.whole):
        mark = element("span", class_=f"mark {key}", aria_hidden="true")
        link = element(
            "a",
            word,
            href=visit.toggled("status", key),
            aria_current="true" if key in visit.values("status") else None,
        )
        items.append(element("div", element("dt", mark, link), element("dd", str(count))))
    return element("dl", items, class_="counts")


def _filters(shown: ShownTrace, visit: Visit, path: str) -> Markup:
    terms = visit.terms
    options = shown.choices
    anything = ("", terms["filter.all"])

    def one(name: str, label: str, pairs: Sequence[tuple[str, str]]) -> Markup:
        return labelled(label, name, select(name, [anything, *pairs], visit.values(name)))

    fields = element(
        "div",
        one("status", terms["status.column"],
            [(s, upper_first(terms.value("status", s))) for s in STATUSES]),
        one("utfardare", terms["col.issuer"], [(v, v) for v in options["issuer"]]),
        one("styrka", terms["col.strength"],
            [(v, terms.value("strength", v)) for v in options["strength"]]),
        one("tema", terms["col.theme"], [(v, v) for v in options["theme"]]),
        one("myndighet", terms["col.responsible"], [(v, v) for v in options["agency"]]),
        one("sannolikhet", terms["trace.probability"],
            [(p, terms.say("probability.over", figure=_figure(p, terms))) for p in PROBABILITIES]),
        labelled(terms["trace.before"], "fore",
                 field(type="date", name="fore", id="fore",
                       value=next(iter(visit.values("fore")), ""))),
        class_="fields",
    )  # fmt: skip
    chosen = any(visit.values(name) for name in FILTERS)
    clear = element(
        "a", terms["filter.clear"], href=visit.here(**dict.fromkeys((*FILTERS, "sida")))
    )
    return element(
        "details",
        element("summary", terms["filter.title"]),
        element("form", fields, kept(visit, "fran", "till", "visning"),
                element("p", button(terms["filter.apply"]), " ", clear if chosen else None),
                action=path, method="get"),
        open=chosen,
    )  # fmt: skip


def _figure(value: str, terms: Terms) -> str:
    return value.replace(".", ",") if terms.language == "sv" else value


def _chosen(shown: ShownTrace, visit: Visit) -> dict[str, Parameter]:
    """The parameters that say what is shown."""
    filters: dict[str, Parameter] = {name: visit.values(name) for name in FILTERS}
    return {"fran": shown.sources, "till": shown.targets, **filters}


def _review(shown: ShownTrace, visit: Visit) -> Markup:
    href = visit.link("/granska", **_chosen(shown, visit))
    return element("p", element("a", visit.terms["trace.review"], href=href), class_="go")


def _notes(shown: ShownTrace, terms: Terms) -> Markup | None:
    if not shown.table.notes:
        return None
    notes = [element("li", note) for note in shown.table.notes]
    return element("section", element("h2", terms["about.notes"]), element("ul", notes))
