"""The cross-reference table as one HTML file: no scripts, no other files, prints on A4 landscape.

Structure for assistive technology: one h1, landmarks, captions, header cells with scope, words
beside every colour, `lang` on words in another language.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from rodtrad.datamodel import Evidence, Measure
from rodtrad.tables.heatmap import heat_map
from rodtrad.tables.htmlparts import (
    gap_box,
    link_signals,
    measure_facts,
    row_anchor,
    status_mark,
    wide_table,
)
from rodtrad.tables.markup import Markup, element, join
from rodtrad.tables.phrases import (
    assessment_text,
    document_text,
    due_text,
    facts,
    gap_text,
    issuer_text,
    lead_quote,
    lead_text,
    limits,
    measure_number,
    misses_text,
    nearest_text,
    rejected_text,
    same_words,
    selection_text,
    source_text,
    status_counts,
    status_text,
    strength_text,
    upper_first,
    version_text,
)
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import DueDate, MeasureCell, Row, TraceTable
from rodtrad.tables.wording import date_text, day_text, place_text, probability_figure, shorten

OVERVIEW_WIDTH = 170
_SECTIONS = ("overview", "matrix", "detail", "gaps", "deadlines", "about")


def html_page(table: TraceTable) -> str:
    """The whole page."""
    terms = table.terms
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", table.title),
        element("style", Markup(_stylesheet())),
    )
    main = element(
        "main",
        _counts(table),
        _overview(table),
        heat_map(table),
        _details(table),
        _gaps(table),
        _deadlines(table),
        _about(table),
        id="main",
    )
    body = element(
        "body",
        element("a", terms["skip"], class_="skip", href="#main"),
        _header(table),
        _navigation(terms),
        main,
        _footer(table),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=table.language)}\n"


@cache
def _stylesheet() -> str:
    return files("rodtrad.tables").joinpath("data/table.css").read_text("utf-8")


def _header(table: TraceTable) -> Markup:
    terms = table.terms
    marking = table.marking
    generated = table.provenance.generated
    dates = [terms.say("head.as_of", date=day_text(table.as_of, terms))]
    if generated:
        dates.append(terms.say("head.generated", date=day_text(generated, terms)))
    documents = element(
        "dl",
        element("dt", terms["head.from"]),
        [element("dd", document_text(d, terms)) for d in table.sources],
        element("dt", terms["head.to"]),
        [element("dd", document_text(d, terms)) for d in table.targets],
        class_="scope",
    )
    return element(
        "header",
        element("p", terms.say("head.marking", marking=marking), class_="marking")
        if marking
        else None,
        element("p", terms["head.kicker"], class_="kicker"),
        element("h1", table.title),
        element("p", " · ".join(dates), class_="dates"),
        documents,
    )


def _navigation(terms: Terms) -> Markup:
    links = [
        element("li", element("a", terms[f"{name}.title"], href=f"#{name}")) for name in _SECTIONS
    ]
    return element("nav", element("ul", links), aria_label=terms["nav.label"])


def _counts(table: TraceTable) -> Markup:
    items = [
        element("div", element("dt", status_mark(key), word), element("dd", str(count)), class_=key)
        for key, word, count in status_counts(table)
    ]
    counts = element("dl", items, class_="counts", aria_label=table.terms["count.label"])
    selection = upper_first(selection_text(table))
    return join([counts, element("p", f"{selection}.", class_="place") if selection else None])


def _section(name: str, terms: Terms, *content: object) -> Markup:
    heading = element("h2", terms[f"{name}.title"], id=f"{name}-heading")
    return element("section", heading, content, id=name, aria_labelledby=f"{name}-heading")


def _overview(table: TraceTable) -> Markup:
    terms = table.terms
    columns = [
        "col.recommendation",
        "col.issuer_strength",
        "status.column",
        "col.links",
        "col.deadline",
    ]
    rows = [_overview_row(index, row, table) for index, row in enumerate(table.rows)]
    grid = wide_table(
        terms["overview.caption"], [terms[c] for c in columns], rows, class_="overview"
    )
    return _section("overview", terms, grid)


def _overview_row(index: int, row: Row, table: TraceTable) -> Markup:
    terms = table.terms
    summary = terms["summary.label"] if row.is_summary else None
    head = element(
        "th",
        element("a", row.line.id, href=f"#{row_anchor(index)}"),
        element("span", shorten(row.line.text, OVERVIEW_WIDTH), class_="words", lang=row.language),
        element("span", summary, class_="aside") if summary else None,
        scope="row",
    )
    measures = [
        element(
            "li",
            element("b", measure_number(cell.candidate.measure, cell.title or "")),
            f" {cell.title} " if cell.title else " ",
            element("span", probability_figure(cell.candidate.probability, terms), class_="figure"),
        )
        for cell in row.cells
    ]
    dues = [due for cell in row.cells for due in cell.due]
    texts = dict.fromkeys(due_text(due, terms) for due in dues)
    return element(
        "tr",
        head,
        element("td", issuer_text(row), element("span", strength_text(row, terms), class_="aside")),
        element("td", status_mark(row.line.status), status_text(row, terms), class_="status"),
        element("td", element("ul", measures) if measures else _unanswered(row, terms)),
        element("td", element("ul", [element("li", t) for t in texts]) if texts else "–"),
    )


def _unanswered(row: Row, terms: Terms) -> list[Markup | str]:
    nearest = nearest_text(row, terms)
    return [gap_text(row, terms), element("span", nearest, class_="aside") if nearest else ""]


def _details(table: TraceTable) -> Markup:
    articles = [_recommendation(index, row, table) for index, row in enumerate(table.rows)]
    return _section("detail", table.terms, articles)


def _recommendation(index: int, row: Row, table: TraceTable) -> Markup:
    terms, anchor = table.terms, row_anchor(index)
    heading = element(
        "h3",
        row.line.id,
        " ",
        element("span", status_mark(row.line.status), status_text(row, terms), class_="status"),
        id=f"{anchor}-heading",
    )
    return element(
        "article",
        element("div", heading, _demand(row, terms), class_="demand"),
        element(
            "div",
            [_measure(cell, row, table) for cell in row.cells],
            gap_box(row, terms) if row.is_open or row.rejected else None,
            _context(row, table),
            class_="answers",
        ),
        id=anchor,
        aria_labelledby=f"{anchor}-heading",
    )


def _demand(row: Row, terms: Terms) -> Markup:
    evidence = lead_quote(row)
    quote = _quotation(evidence, row.language, terms) if evidence else None
    note = row.recommendation.note if row.recommendation else None
    return join(
        [
            element("p", f"{issuer_text(row)}: {strength_text(row, terms)}", class_="issuer"),
            element("p", element("span", lead_text(row, terms), lang=row.language), class_="lead"),
            quote,
            element("p", source_text(row, terms), class_="place"),
            element("p", note, class_="place") if note else None,
        ]
    )


def _quotation(evidence: Evidence, language: str, terms: Terms) -> Markup:
    """A quote as the source has it, or a summary with its warning, and the place."""
    place = place_text(evidence, terms)
    if evidence.quote is not None:
        words = element("blockquote", element("p", evidence.quote), lang=language)
    elif evidence.summary:
        words = element(
            "p",
            element("span", evidence.summary, lang=language),
            element("span", f" ({terms['summary.label']})", class_="label"),
            class_="summary",
        )
    else:
        words = element("p", terms["quote.missing"], class_="summary")
    return join([words, element("p", upper_first(place), class_="place") if place else None])


def _measure(cell: MeasureCell, row: Row, table: TraceTable) -> Markup:
    terms, candidate = table.terms, cell.candidate
    title = cell.title or terms["measure.unknown"]
    ends = (
        ("quote.recommendation", candidate.evidence_from, row.language),
        ("quote.measure", candidate.evidence_to, cell.document.language),
    )
    quotes = [
        element("div", element("h5", terms[label]), _quotation(evidence, language, terms))
        for label, evidence, language in ends
        if not same_words(evidence, row.evidence)
    ]
    return element(
        "section",
        element("h4", element("b", measure_number(candidate.measure, title)), " ", title),
        element("p", cell.document.title, class_="place") if len(table.targets) > 1 else None,
        element("p", assessment_text(candidate, terms), ".", class_="assessment"),
        measure_facts(cell, terms),
        element("div", quotes, class_="ends"),
        link_signals(cell, terms),
        class_="measure",
    )


def _context(row: Row, table: TraceTable) -> Markup | None:
    if not row.line.context:
        return None
    languages = {d.id: d.language for d in table.documents}
    passages = [
        element(
            "li",
            _quotation(p.evidence, languages.get(p.evidence.document, "sv"), table.terms),
        )
        for p in row.line.context
    ]
    heading = element("h4", table.terms["context.title"])
    return element("section", heading, element("ul", passages), class_="context")


def _gaps(table: TraceTable) -> Markup:
    terms = table.terms
    intro = element("p", terms["gaps.intro"])
    if not table.gaps:
        return _section("gaps", terms, element("p", terms["gaps.none"]), intro)
    columns = ["col.recommendation", "status.column", "gap.rejected", "context.column"]
    rows = [_gap_row(index, row, table) for index, row in table.gaps]
    grid = wide_table(terms["gaps.caption"], [terms[c] for c in columns], rows, class_="gaps")
    return _section("gaps", terms, intro, grid)


def _gap_row(index: int, row: Row, table: TraceTable) -> Markup:
    terms = table.terms
    anchor = row_anchor(index)
    places = dict.fromkeys(place_text(p.evidence, terms) for p in row.line.context)
    rejected = [element("li", rejected_text(item, terms)) for item in row.rejected]
    return element(
        "tr",
        element(
            "th",
            element("a", row.line.id, href=f"#{anchor}"),
            element(
                "span", shorten(row.line.text, OVERVIEW_WIDTH), class_="words", lang=row.language
            ),
            scope="row",
        ),
        element(
            "td",
            status_mark(row.line.status),
            gap_text(row, terms),
            element("span", misses_text(row, terms), class_="aside"),
            class_="status",
        ),
        element("td", element("ul", rejected) if rejected else "–"),
        element(
            "td",
            element("ul", [element("li", upper_first(place)) for place in places if place])
            if any(places)
            else "–",
        ),
    )


def _deadlines(table: TraceTable) -> Markup:
    terms, dates = table.terms, table.due_dates()
    if not dates:
        return _section("deadlines", terms, element("p", terms["deadlines.none"]))
    columns = ["col.date", "col.kind", "col.responsible", "col.measure", "col.dnr", "col.state"]
    rows = [_deadline_row(measure, due, terms) for measure, due in dates]
    grid = wide_table(
        terms["deadlines.caption"], [terms[c] for c in columns], rows, class_="deadlines"
    )
    return _section("deadlines", terms, grid)


def _deadline_row(measure: Measure, due: DueDate, terms: Terms) -> Markup:
    deadline = due.deadline
    state = upper_first("; ".join((terms[due.state], *deadline.flags)))
    names = ", ".join(deadline.responsible) or terms["responsible.none"]
    return element(
        "tr",
        element("th", date_text(deadline.date, terms), scope="row", class_="date"),
        element("td", upper_first(terms.value("kind", deadline.kind))),
        element("td", names),
        element("td", element("b", measure.id), f" {measure.title}"),
        element("td", ", ".join(measure.dnr) or "–"),
        element("td", state, class_="passed" if due.state.startswith("due.passed") else None),
    )


def _about(table: TraceTable) -> Markup:
    terms = table.terms
    figures = [[element("dt", name), element("dd", value)] for name, value in facts(table)]
    documents = [element("li", version_text(d, terms)) for d in table.documents]
    notes = [element("li", note) for note in table.notes]
    return _section(
        "about",
        terms,
        [element("h3", terms["about.notes"]), element("ul", notes)] if notes else None,
        element("h3", terms["about.limits"]),
        element("ul", [element("li", limit) for limit in limits(table)]),
        element("h3", terms["about.documents"]),
        element("ul", documents),
        element("h3", terms["about.method"]),
        element("dl", figures, class_="about"),
    )


def _footer(table: TraceTable) -> Markup:
    terms = table.terms
    parts = [table.title, terms.say("head.as_of", date=day_text(table.as_of, terms))]
    if table.marking:
        parts.append(terms.say("head.marking", marking=table.marking))
    return element("footer", element("p", " · ".join(parts)))
