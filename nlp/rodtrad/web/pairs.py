"""One recommendation beside its measures: quotes at both ends, signals, gap, context."""

from __future__ import annotations

from rodtrad.datamodel import Evidence
from rodtrad.tables.htmlparts import (
    gap_box,
    link_signals,
    measure_facts,
    row_anchor,
    status_mark,
)
from rodtrad.tables.markup import Markup, element, join
from rodtrad.tables.phrases import (
    assessment_text,
    issuer_text,
    lead_quote,
    lead_text,
    measure_number,
    same_words,
    source_text,
    status_text,
    strength_text,
    upper_first,
)
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import place_text
from rodtrad.web.visit import Visit

LONG_QUOTE = 700


def recommendation(index: int, row: Row, table: TraceTable, visit: Visit) -> Markup:
    """A recommendation at the left, what answers it at the right."""
    terms, anchor = visit.terms, row_anchor(index)
    mark = status_mark(row.line.status)
    status = element("span", mark, status_text(row, terms), class_="status")
    heading = element("h3", row.line.id, " ", status, id=f"{anchor}-h")
    answers = element(
        "div",
        [measure(cell, row, table, visit) for cell in row.cells],
        gap_box(row, terms) if row.is_open or row.rejected else None,
        _context(row, table, visit),
        class_="answers",
    )
    return element(
        "article",
        element("div", heading, demand(row, visit), class_="demand"),
        answers,
        id=anchor,
        class_="pair",
        aria_labelledby=f"{anchor}-h",
    )


def demand(row: Row, visit: Visit) -> Markup:
    """The recommendation in its own words, with issuer, strength, source and the way there."""
    terms = visit.terms
    evidence = lead_quote(row)
    place = row.evidence
    note = row.recommendation.note if row.recommendation else None
    return join(
        [
            element("p", f"{issuer_text(row)}: {strength_text(row, terms)}", class_="issuer"),
            element(
                "p",
                element("span", lead_text(row, terms), lang=_other(row.language, visit)),
                class_="lead",
            ),
            quotation(evidence, row.language, visit) if evidence else None,
            element("p", source_text(row, terms), class_="place"),
            _into(place, visit) if not evidence else None,
            element("p", note, class_="place", lang=_other("sv", visit)) if note else None,
            onward(f"{row.line.document}#{row.line.id}", row.line.id, visit),
        ]
    )


def onward(item: str, name: str, visit: Visit) -> Markup:
    """A link to the chain of "document#id"; `name` tells such links of a page apart."""
    hidden = element("span", f": {name}", class_="hidden")
    link = element("a", visit.terms["chain.follow"], hidden, href=visit.link("/kedja", post=item))
    return element("p", link, class_="place go")


def _other(language: str, visit: Visit) -> str | None:
    return None if language == visit.language else language


def _into(evidence: Evidence | None, visit: Visit) -> Markup | None:
    """A link to the very place in the document."""
    if evidence is None or evidence.start is None:
        return None
    address = visit.document(evidence.document, evidence.start, evidence.end)
    words = place_text(evidence, visit.terms) or evidence.document
    hidden = element("span", f": {words}", class_="hidden")
    return element(
        "p", element("a", visit.terms["trace.into"], hidden, href=address), class_="place go"
    )


def quotation(evidence: Evidence, language: str, visit: Visit) -> Markup:
    """A quote as the source has it, or a summary with its warning, its place and the way there."""
    terms = visit.terms
    place = place_text(evidence, terms)
    lang = _other(language, visit)
    if evidence.quote is not None:
        words = element("blockquote", _words(evidence.quote, visit), lang=language)
    elif evidence.summary:
        label = element("span", f" ({terms['summary.label']})", class_="label")
        words = element("p", element("span", evidence.summary, lang=lang), label, class_="summary")
    else:
        words = element("p", terms["quote.missing"], class_="summary")
    return join(
        [
            words,
            element("p", upper_first(place), class_="place") if place else None,
            _into(evidence, visit),
        ]
    )


def _words(quote: str, visit: Visit) -> list[Markup]:
    """A quote; of a long one the first words, and the rest where the reader asks for it."""
    if len(quote) <= LONG_QUOTE:
        return [element("p", quote)]
    cut = quote.rfind(" ", 0, LONG_QUOTE - LONG_QUOTE // 4)
    cut = cut if cut > 0 else LONG_QUOTE // 2
    summary = element("summary", visit.terms["quote.rest"], lang=visit.language)
    rest = element("details", summary, element("p", quote[cut:], class_="rest"))
    return [element("p", quote[:cut], class_="first"), rest]


def measure(cell: MeasureCell, row: Row, table: TraceTable, visit: Visit) -> Markup:
    """One measure linked to a recommendation."""
    terms, candidate = visit.terms, cell.candidate
    title = cell.title or terms["measure.unknown"]
    ends = (
        ("quote.recommendation", candidate.evidence_from, row.language),
        ("quote.measure", candidate.evidence_to, cell.document.language),
    )
    quotes = [
        element("div", element("h5", terms[label]), quotation(evidence, language, visit))
        for label, evidence, language in ends
        if not same_words(evidence, row.evidence)
    ]
    lang = _other(cell.document.language, visit)
    return element(
        "section",
        element(
            "h4",
            element("b", measure_number(candidate.measure, title)),
            " ",
            element("span", title, lang=lang),
        ),
        element("p", cell.document.title, class_="place", lang=lang)
        if len(table.targets) > 1
        else None,
        element("p", assessment_text(candidate, terms), ".", class_="assessment"),
        measure_facts(cell, terms),
        element("div", quotes, class_="ends"),
        link_signals(cell, terms),
        class_="measure",
    )


def _context(row: Row, table: TraceTable, visit: Visit) -> Markup | None:
    if not row.line.context:
        return None
    languages = {d.id: d.language for d in table.documents}
    passages = [
        element("li", quotation(p.evidence, languages.get(p.evidence.document, "sv"), visit))
        for p in row.line.context
    ]
    heading = element("h4", visit.terms["context.title"])
    return element("section", heading, element("ul", passages), class_="context")
