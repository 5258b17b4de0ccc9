"""Deadlines: table, timeline, calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rodtrad.pipeline.deadlinejob import deadline_records
from rodtrad.tables.figures import deadline_timeline
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.phrases import upper_first
from rodtrad.tables.wording import date_text, last_day, swedish_key
from rodtrad.web.forms import button, field, kept, labelled, select, table
from rodtrad.web.layout import page
from rodtrad.web.library import Library
from rodtrad.web.models import DeadlineView
from rodtrad.web.visit import Visit

Record = Mapping[str, Any]


def deadline_view(
    library: Library,
    documents: Sequence[str],
    *,
    as_of: date,
    agency: str | None,
    before: date | None,
    language: str,
) -> DeadlineView:
    """The deadlines of some documents, or of all, soonest first."""
    names = [library.record(name).id for name in documents]
    everything = library.deadlines(
        lambda: deadline_records(names, library.workspace, as_of=as_of, language=language),
        (tuple(names), as_of, language),
    )
    chosen = everything
    if agency or before:
        chosen = deadline_records(names, library.workspace, as_of=as_of, agency=agency,
                                  before=before, language=language)  # fmt: skip
    agencies = {name for record in everything for name in record["responsible"]}
    return DeadlineView(
        as_of=as_of.isoformat(),
        deadlines=[dict(record) for record in chosen],
        agencies=sorted(agencies, key=swedish_key),
    )


def deadline_page(view: DeadlineView, visit: Visit, documents: Sequence[tuple[str, str]]) -> str:
    """The page; `documents` are id and title of those one can narrow by."""
    terms = visit.terms
    figure = deadline_timeline(view.deadlines, as_of=visit.as_of, language=visit.language)
    picture = element(
        "section",
        element("h2", terms["figure.timeline"]),
        element("p", figure.alternative),
        element("div", Markup(figure.svg()), class_="timeline", tabindex="0", role="region",
                aria_label=figure.title),
    ) if view.deadlines else None  # fmt: skip
    names = ("dokument", "myndighet", "fore")
    calendar = visit.link("/tidsfrister.ics", **{n: visit.values(n) for n in names})
    return page(
        visit,
        terms["deadlines.title"],
        element("p", terms["deadlines.lead"], class_="lead"),
        _filters(view, visit, documents),
        element("ul", element("li", element("a", terms["deadlines.ics"], href=calendar,
                                            download=True)), class_="tools"),
        _table(view, visit, dict(documents)),
        picture,
        wide=True,
    )  # fmt: skip


def _filters(view: DeadlineView, visit: Visit, documents: Sequence[tuple[str, str]]) -> Markup:
    terms = visit.terms
    anything = ("", terms["filter.all"])
    agencies = [anything, *((name, name) for name in view.agencies)]
    day = next(iter(visit.values("fore")), "")
    fields = element(
        "div",
        labelled(terms["col.document"], "dokument",
                 select("dokument", [anything, *documents], visit.values("dokument"))),
        labelled(terms["col.responsible"], "myndighet",
                 select("myndighet", agencies, visit.values("myndighet"))),
        labelled(terms["deadlines.before"], "fore",
                 field(type="date", name="fore", id="fore", value=day)),
        class_="fields",
    )  # fmt: skip
    return element(
        "form", fields, kept(visit), button(terms["filter.apply"]), method="get",
        action="/tidsfrister",
    )  # fmt: skip


def _table(view: DeadlineView, visit: Visit, titles: Mapping[str, str]) -> Markup:
    terms = visit.terms
    if not view.deadlines:
        return element("p", terms["deadlines.none"], class_="note")
    columns = ["col.date", "col.kind", "col.responsible", "col.recipient", "col.measure",
               "col.dnr", "col.state"]  # fmt: skip
    rows = [_row(record, visit, titles) for record in view.deadlines]
    words = terms.count("deadlines.count", len(rows))
    grid = table(words, [terms[c] for c in columns], rows, class_="deadlines")
    return element("section", element("h2", terms["deadlines.table"]), grid)


def _row(record: Record, visit: Visit, titles: Mapping[str, str]) -> Markup:
    terms = visit.terms
    day = last_day(str(record["date"]))
    passed = day is not None and day < visit.as_of
    link = visit.document(str(record["document"]), record["start"], record["end"])
    state = upper_first("; ".join((str(record["state"]), *record["flags"])))
    return element(
        "tr",
        element("th", date_text(str(record["date"]), terms), scope="row", class_="date"),
        element("td", upper_first(terms.value("kind", str(record["kind"])))),
        element("td", ", ".join(record["responsible"]) or terms["responsible.none"]),
        element("td", record["recipient"] or "–"),
        element(
            "td",
            element("a", _name(record), href=link),
            element("span", titles.get(record["document"], record["document"]), class_="aside"),
        ),
        element("td", ", ".join(record["dnr"]) or "–"),
        element("td", state, class_="passed" if passed else None),
    )


def _name(record: Record) -> str:
    """Number and title; an id made from the title says nothing more than the title."""
    number, title = str(record["measure"]), str(record["measure_title"])
    return f"{number} {title}" if number.replace(".", "").isdigit() else title
