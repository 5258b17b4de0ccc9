"""HTML for notebooks: small pieces with styles of their own, readable in light and dark themes.

Notebook pages bring no style sheet of ours and may drop `<style>`, so looks stand in `style`
attributes. Every text is escaped by `rodtrad.tables.markup`. No meaning rests on colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Any

from rodtrad.datamodel import Evidence
from rodtrad.tables.changes import difference_texts, ends_text, outcome_text
from rodtrad.tables.markup import Markup, element, join, text
from rodtrad.tables.phrases import (
    assessment_text,
    counts_text,
    due_texts,
    gap_text,
    issuer_text,
    lead_text,
    measure_label,
    rejected_text,
    responsible_text,
    status_text,
    strength_text,
    upper_first,
)
from rodtrad.tables.picture import Figure
from rodtrad.tables.terms import Language, Terms, load_terms
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import one_line, place_text, shorten

Record = dict[str, Any]

PASSAGE_WIDTH = 300
CELL = "text-align:left;vertical-align:top;padding:.3em .8em .3em 0;white-space:normal"
SOFT = "opacity:.75;font-size:90%"
MARK = "background:#ffe08a;color:#1b1f24;padding:0 .1em"
QUOTE = "margin:.3em 0;padding-left:.8em;border-left:3px solid #2f6ca8;white-space:normal"


def list_html(
    kind: str,
    records: Sequence[Record],
    *,
    total: int,
    note: str | None,
    language: Language,
    build: Callable[[Sequence[Record], Language], str] | None,
) -> str:
    """Records with their number above; the reason where there are none."""
    terms = load_terms(language)
    if not records:
        none = terms["search.none" if kind == "search" else "rows.none"]
        return element("p", note or none)
    shown = f"{len(records)} / {total}" if total > len(records) else str(total)
    body = Markup(build(records, language)) if build else grid(*columns_of(kind, records, language))
    return element("div", element("p", shown, style=SOFT), body)


def columns_of(
    kind: str, records: Sequence[Record], language: Language
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows as the command line lays them out, so that both say the same."""
    from rodtrad.tables.terminal import Rows, render_records

    for shown in render_records(kind, records, language=language):
        if isinstance(shown, Rows):
            return list(shown.heads), [list(map(one_line, row)) for row in shown.rows]
    return [], []


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table whose columns are named for screen readers."""
    head = element("tr", [element("th", name, scope="col", style=CELL) for name in heads])
    body = [element("tr", [element("td", cell, style=CELL) for cell in row]) for row in rows]
    return element("table", element("thead", head), element("tbody", body))


def hits_html(records: Sequence[Record], language: Language) -> str:
    """Search hits: where each stands, the snippet with what matched marked, and why."""
    terms = load_terms(language)
    return element("ol", [_hit(record, terms) for record in records])


def _hit(record: Record, terms: Terms) -> Markup:
    page = terms.say("place.page", page=record["page"]) if record["page"] else None
    place = [record["document"], *record["section"], *([page] if page else [])]
    why = "; ".join(record["why"])
    return element(
        "li",
        element("div", element("b", " › ".join(place))),
        element("div", marked(record["snippet"], record["marks"]), lang=record["language"]),
        element("div", f"{terms['col.why']}: {why}", style=SOFT) if why else None,
        style="margin-bottom:.7em",
    )


def marked(snippet: str, marks: Sequence[Sequence[int]]) -> Markup:
    """Text with the stretches `[start, end)` marked; overlapping ones are marked once."""
    parts: list[Markup] = []
    done = 0
    for start, end in sorted((mark[0], mark[1]) for mark in marks):
        if end > done:
            first = max(start, done)
            words = element("mark", snippet[first:end], style=MARK)
            parts += [text(snippet[done:first]), words]
            done = end
    return join([*parts, text(snippet[done:])])


def passages_html(records: Sequence[Record], language: Language) -> str:
    """Passages under the path of their section, long ones cut."""
    items = [
        element(
            "li",
            element("div", element("b", " › ".join(record["section"]))),
            element("div", shorten(record["text"], PASSAGE_WIDTH), lang=record["language"]),
        )
        for record in records
    ]
    return element("ol", items)


def changes_html(records: Sequence[Record], language: Language) -> str:
    """What became of each measure of an earlier plan, with what differs and both quotes' places."""
    terms = load_terms(language)
    heads = [terms[key] for key in ("col.change", "col.measure", "col.differences", "col.section")]
    return grid(heads, [_change(record, terms) for record in records])


def _change(record: Record, terms: Terms) -> list[str]:
    places = dict.fromkeys(e["section"][-1] for e in record["evidence"] if e["section"])
    outcome = outcome_text(record, terms)
    differences = "; ".join(difference_texts(record, terms))
    return [outcome, ends_text(record), differences, " → ".join(places)]


def card_html(title: str, facts: Sequence[tuple[str, str]], *, lines: Sequence[str] = ()) -> str:
    """A heading, facts by name, and lines below."""
    rows = [
        element(
            "tr",
            element("th", name, scope="row", style=CELL),
            element("td", value, style=CELL),
        )
        for name, value in facts
        if value
    ]
    below = element("ul", [element("li", line) for line in lines]) if lines else None
    return element("div", element("h4", title), element("table", element("tbody", rows)), below)


def trace_html(table: TraceTable) -> str:
    """The cross-reference table, each link with the quotes of both ends side by side."""
    terms = table.terms
    heads = ("col.recommendation", "status.column", "quote.recommendation", "quote.measure")
    head = element("tr", [element("th", terms[h], scope="col", style=CELL) for h in heads])
    rows = [line for row in table.rows for line in _trace_rows(row, terms)]
    return element(
        "div",
        element("h4", table.title),
        element("p", counts_text(table)),
        element("table", element("thead", head), element("tbody", rows)),
    )


def _trace_rows(row: Row, terms: Terms) -> list[Markup]:
    lead = element("span", lead_text(row, terms), lang=row.language)
    who = f"{issuer_text(row)}: {strength_text(row, terms)}"
    span = max(len(row.cells), 1)
    first = [
        element("th", element("b", row.line.id), element("br"), lead, element("br"),
                element("span", who, style=SOFT), scope="row", rowspan=span,
                style=f"{CELL};font-weight:normal"),
        element("td", status_text(row, terms), rowspan=span, style=CELL),
    ]  # fmt: skip
    if not row.cells:
        gap = [element("p", gap_text(row, terms))]
        if row.rejected:
            gap.append(element("p", terms["gap.rejected_intro"]))
        near = element("ul", [element("li", rejected_text(r, terms)) for r in row.rejected])
        return [element("tr", first, element("td", gap, near, colspan=2, style=CELL))]
    pairs = [_ends(cell, row, terms) for cell in row.cells]
    return [element("tr", first if i == 0 else None, pair) for i, pair in enumerate(pairs)]


def _ends(cell: MeasureCell, row: Row, terms: Terms) -> Markup:
    candidate = cell.candidate
    facts = [assessment_text(candidate, terms), responsible_text(cell, terms)]
    facts += due_texts(cell, terms)
    return join(
        [
            element("td", quotation(candidate.evidence_from, row.language, terms), style=CELL),
            element(
                "td",
                element("b", measure_label(cell)),
                quotation(candidate.evidence_to, cell.document.language, terms),
                element("div", "; ".join(f for f in facts if f), style=SOFT),
                style=CELL,
            ),
        ]
    )


def quotation(evidence: Evidence, language: str, terms: Terms) -> Markup:
    """A quote exactly as the source has it, or a summary called one, and its place."""
    place = place_text(evidence, terms)
    if evidence.quote is not None:
        words = element("blockquote", evidence.quote, lang=language, style=QUOTE)
    elif evidence.summary:
        label = element("span", f" ({terms['summary.label']})", style=SOFT)
        words = element("p", element("span", evidence.summary, lang=language), label)
    else:
        words = element("p", terms["quote.missing"])
    return join([words, element("div", upper_first(place), style=SOFT) if place else None])


def figure_html(figure: Figure) -> str:
    """A picture with its alternative as a caption; its ids are its own, so that many fit a page."""
    digest = blake2b(figure.svg().encode("utf-8"), digest_size=6).hexdigest()
    picture = Markup(figure.svg(name=f"figure-{digest}"))
    caption = element("figcaption", figure.description)
    return element("figure", picture, caption, style="margin:0;overflow-x:auto")
