"""Deadlines: table, timeline, calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from rodtrad.pipeline.deadlinejob import deadline_records, timeline_of
from rodtrad.tables.english import english_remark
from rodtrad.tables.filters import is_marked
from rodtrad.tables.htmlparts import wide_table
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.masking import masked_records
from rodtrad.tables.phrases import measure_name, upper_first
from rodtrad.tables.picture import Figure
from rodtrad.tables.terms import Language, Terms
from rodtrad.tables.wording import date_text, last_day, one_line, swedish_key
from rodtrad.web.exporting import Handing, exports
from rodtrad.web.forms import button, checkboxes, field, kept, labelled, select, tabs
from rodtrad.web.layout import page
from rodtrad.web.library import Library
from rodtrad.web.models import DeadlineView
from rodtrad.web.pictures import drawn
from rodtrad.web.sheets import Sheet
from rodtrad.web.visit import Visit

Record = Mapping[str, Any]
WHEN = ("ahead", "passed")
FILTERS = ("dokument", "myndighet", "lage", "fore", "utanfor")
FILES = ("xlsx", "csv", "json", "ics", "svg", "png", "html")


@dataclass(frozen=True, slots=True)
class Due:
    """Which deadlines are asked for; an empty field asks for all."""

    documents: tuple[str, ...] = ()
    agency: str = ""
    before: date | None = None
    when: Literal["", "ahead", "passed"] = ""
    outside: bool = False


def deadline_view(library: Library, asked: Due, *, as_of: date, language: str) -> DeadlineView:
    """The deadlines of some documents, or of all, soonest first.

    Raises:
        UnknownDocumentError: a document is not in the index.
    """
    names = [library.record(name).id for name in asked.documents]

    def found(agency: str, before: date | None) -> list[Record]:
        return library.deadlines(
            lambda: list(deadline_records(names, library.workspace, as_of=as_of, language=language,
                                          agency=agency or None, before=before,
                                          outside=asked.outside)),
            (tuple(names), as_of, language, agency, before, asked.outside),
        )  # fmt: skip

    agencies = {name for record in found("", None) for name in record["responsible"]}
    chosen = found(asked.agency, asked.before)
    if asked.when:
        chosen = [r for r in chosen if has_passed(r, as_of) == (asked.when == "passed")]
    return DeadlineView(
        as_of=as_of.isoformat(),
        deadlines=[dict(record) for record in chosen],
        agencies=sorted(agencies, key=swedish_key),
    )


def has_passed(record: Record, as_of: date) -> bool:
    """Whether the last day a date can mean lies behind."""
    day = last_day(str(record["date"]))
    return day is not None and day < as_of


def timeline(view: DeadlineView, language: Language) -> Figure:
    """The deadlines as a picture, agency by agency."""
    return timeline_of(view.deadlines, as_of=date.fromisoformat(view.as_of), language=language)


def handed_deadlines(view: DeadlineView, handing: Handing, terms: Terms) -> DeadlineView:
    """The deadlines as they are handed on: without marked documents, without names of persons."""
    kept = [r for r in view.deadlines if not (handing.sharing and is_marked(r.get("marking")))]
    shown = masked_records(kept, terms) if handing.masked else kept
    return view.model_copy(update={"deadlines": shown})


def deadline_page(view: DeadlineView, visit: Visit, documents: Sequence[tuple[str, str]]) -> str:
    """The page; `documents` are id and title of those one can narrow by."""
    terms = visit.terms
    as_picture = "tidslinje" in visit.values("visning") and bool(view.deadlines)
    chosen = {name: visit.values(name) for name in FILTERS}
    body = _picture(view, visit) if as_picture else _table(view, visit, dict(documents))
    return page(
        visit,
        terms["deadlines.title"],
        element("p", terms["deadlines.lead"], class_="lead"),
        _filters(view, visit, documents),
        exports(visit, "/tidsfrister", FILES, **chosen) if view.deadlines else None,
        tabs(visit, (("deadlines.table", None), ("deadlines.timeline", "tidslinje"))),
        body,
    )


def _picture(view: DeadlineView, visit: Visit) -> Markup:
    return drawn(timeline(view, visit.language), "timeline", visit)


def _filters(view: DeadlineView, visit: Visit, documents: Sequence[tuple[str, str]]) -> Markup:
    terms = visit.terms
    anything = ("", terms["filter.all"])
    agencies = [anything, *((name, name) for name in view.agencies)]
    states = [anything, *((key, upper_first(terms[f"figure.{key}"])) for key in WHEN)]
    day = next(iter(visit.values("fore")), "")
    fields = element(
        "div",
        labelled(terms["col.document"], "dokument",
                 select("dokument", [anything, *documents], visit.values("dokument"))),
        labelled(terms["col.responsible"], "myndighet",
                 select("myndighet", agencies, visit.values("myndighet"))),
        labelled(terms["col.deadline_state"], "lage", select("lage", states, visit.values("lage"))),
        labelled(terms["deadlines.before"], "fore",
                 field(type="date", name="fore", id="fore", value=day)),
        checkboxes(terms["deadlines.more"], "utanfor", [("ja", terms["deadlines.outside"])],
                   visit.values("utanfor")),
        class_="fields",
    )  # fmt: skip
    return element(
        "form", fields, kept(visit, "visning"), button(terms["filter.apply"]), method="get",
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
    grid = wide_table(words, [terms[c] for c in columns], rows, class_="deadlines")
    return element("section", element("h2", terms["deadlines.table"]), grid)


def _row(record: Record, visit: Visit, titles: Mapping[str, str]) -> Markup:
    terms = visit.terms
    link = visit.document(str(record["document"]), record["start"], record["end"])
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
        element(
            "td",
            state_words(record, terms),
            class_="passed" if has_passed(record, visit.as_of) else None,
        ),
    )


def _name(record: Record) -> str:
    return measure_name(str(record["measure"] or ""), str(record["measure_title"]))


def state_words(record: Record, terms: Terms) -> str:
    """Where a deadline stands, with what else is to be said of it."""
    flags = [english_remark(f) if terms.language == "en" else f for f in record["flags"]]
    return upper_first("; ".join((str(record["state"]), *flags)))


def deadline_sheet(view: DeadlineView, titles: Mapping[str, str], terms: Terms) -> Sheet:
    """The deadlines as a list: dates in words and as they sort, quotes as the source has them."""
    keys = ("col.date", "deadlines.sorted", "col.kind", "col.responsible", "col.recipient",
            "col.measure", "col.document", "col.dnr", "col.state", "col.quote",
            "col.section")  # fmt: skip
    rows = [
        [
            date_text(str(record["date"]), terms),
            str(record["date"]),
            upper_first(terms.value("kind", str(record["kind"]))),
            ", ".join(record["responsible"]),
            record["recipient"] or "",
            _name(record),
            titles.get(record["document"], record["document"]),
            ", ".join(record["dnr"]),
            state_words(record, terms),
            one_line(record["sentence"] or record["quote"] or ""),
            " › ".join(record["section"]),
        ]
        for record in view.deadlines
    ]
    return Sheet("tidsfrister", terms["deadlines.title"], [terms[k] for k in keys], rows,
                 view.deadlines, [(record["document"],) for record in view.deadlines],
                 date.fromisoformat(view.as_of))  # fmt: skip
