"""Two plans side by side: what became of each measure of the earlier one, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, Literal, get_args

from rodtrad.datamodel import Evidence
from rodtrad.pipeline.store import DocumentRecord
from rodtrad.tables.changes import (
    difference_text,
    difference_texts,
    doubt_text,
    outcome,
    outcome_text,
)
from rodtrad.tables.hopends import evidence_of
from rodtrad.tables.markup import Markup, element, join
from rodtrad.tables.phrases import measure_name, upper_first
from rodtrad.tables.terms import Terms
from rodtrad.tables.wording import (
    one_line,
    place_text,
    probability_sentence,
)
from rodtrad.web.exporting import exports
from rodtrad.web.forms import button, kept, labelled, pager, select
from rodtrad.web.layout import page
from rodtrad.web.library import Library
from rodtrad.web.models import CompareView
from rodtrad.web.pairs import onward, quotation
from rodtrad.web.sheets import ENDINGS, Sheet
from rodtrad.web.visit import Visit

Record = Mapping[str, Any]
Outcome = Literal["continued", "changed", "structure", "not mentioned", "unresolved", "new"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)
MARKS = {"continued": "covered", "changed": "partly", "structure": "partly", "not mentioned": "gap",
         "unresolved": "unresolved", "new": "new"}  # fmt: skip
ROWS = 25


@dataclass(frozen=True, slots=True)
class Compared:
    """What was asked for: the documents, the outcomes to show (all where none), the page."""

    old: str
    new: str
    outcomes: tuple[str, ...] = ()
    page: int = 1


def usual_plans(library: Library) -> tuple[str, str]:
    """The newest plan and the one before it; other documents with measures where plans are few.

    Either is "" where there are not two to compare.
    """
    targets = library.targets()
    plans = [d for d in targets if d.kind == "handlingsplan"]
    chosen = plans if len(plans) > 1 else targets
    ordered = sorted(chosen, key=lambda d: (d.date or "", d.id))
    return (ordered[-2].id, ordered[-1].id) if len(ordered) > 1 else ("", "")


def titled(document: DocumentRecord) -> str:
    """Title and year, since plans of different years often have nearly the same title."""
    year = (document.date or "")[:4]
    title = document.title or document.id
    return title if not year or year in title else f"{title} ({year})"


def compare_view(library: Library, asked: Compared, *, as_of: date, terms: Terms) -> CompareView:
    """The comparison, narrowed and cut to one page; without two documents it says what is missing.

    Raises:
        UnknownDocumentError: a document is not in the index.
    """
    targets = {d.id: titled(d) for d in library.targets()}
    names = [library.record(name).id for name in (asked.old, asked.new) if name]
    problem = _problem(names, list(targets), terms)
    records = [] if problem else library.comparison(*names, as_of=as_of)
    shown = _narrowed(records, asked)
    pages = max(1, ceil(len(shown) / ROWS))
    here = min(asked.page, pages)
    counts = Counter(map(outcome, records))
    return CompareView(
        old=asked.old,
        new=asked.new,
        as_of=as_of.isoformat(),
        problem=problem,
        outcomes={name: counts[name] for name in OUTCOMES},
        total=len(records),
        shown=len(shown),
        page=here,
        pages=pages,
        changes=[dict(r) for r in shown[(here - 1) * ROWS : here * ROWS]],
        documents=targets,
    )


def narrowed_changes(library: Library, asked: Compared, *, as_of: date) -> list[Record]:
    """All records with the outcomes asked for.

    Raises:
        UnknownDocumentError: a document is not in the index.
        UsageError: there is nothing to compare.
    """
    return _narrowed(library.comparison(asked.old, asked.new, as_of=as_of), asked)


def _narrowed(records: Sequence[Record], asked: Compared) -> list[Record]:
    return [r for r in records if not asked.outcomes or outcome(r) in asked.outcomes]


def _problem(names: Sequence[str], targets: Sequence[str], terms: Terms) -> str | None:
    if len(targets) < 2 or len(names) < 2:
        return terms["compare.too_few"]
    if names[0] == names[1]:
        return terms["compare.same"]
    return terms["compare.no_measures"] if not set(names) <= set(targets) else None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the documents: its id and language, and the title of each measure by its id."""

    document: str
    language: str
    titles: Mapping[str, str]

    def name(self, measure: str | None) -> str:
        """What a measure is called; "" for none."""
        return measure_name(measure, self.titles.get(measure, "")) if measure else ""


def sides_of(library: Library, view: CompareView) -> tuple[Side, Side]:
    """The earlier document and the later one."""
    old, new = (
        Side(
            name,
            library.record(name).language,
            {m.id: m.title for m in library.document(name).measures},
        )
        for name in (view.old, view.new)
    )
    return old, new


def compare_page(view: CompareView, visit: Visit, library: Library) -> str:
    """The page."""
    terms = visit.terms
    head = [element("p", terms["compare.lead"], class_="lead"), _choice(view, visit)]
    if view.problem:
        add = element("a", terms["nav.upload"], href=visit.link("/lagg-till"))
        body: list[object] = [element("div", element("p", view.problem), element("p", add),
                                      class_="note warn", role="status")]  # fmt: skip
    else:
        sides = sides_of(library, view)
        articles = [_article(number, record, sides, visit)
                    for number, record in enumerate(view.changes, 1)]  # fmt: skip
        words = terms.say("compare.shown", shown=view.shown, all=view.total)
        files = exports(visit, "/jamfor", ENDINGS, tidigare=view.old, senare=view.new,
                        utfall=visit.values("utfall"))  # fmt: skip
        body = [_counts(view, visit), files, element("p", words, role="status", class_="place"),
                articles, pager(visit, view.page, view.pages, terms)]  # fmt: skip
    return page(visit, terms["compare.title"], *head, *body)


def _choice(view: CompareView, visit: Visit) -> Markup:
    terms = visit.terms
    names = (("tidigare", "compare.old", view.old), ("senare", "compare.new", view.new))
    fields = [
        labelled(terms[key], name, select(name, [*view.documents.items()], [chosen]))
        for name, key, chosen in names
    ]
    return element(
        "form", element("div", fields, class_="fields roomy"), kept(visit),
        button(terms["compare.do"]), method="get", action="/jamfor",
    )  # fmt: skip


def _counts(view: CompareView, visit: Visit) -> Markup:
    items = []
    for change, count in view.outcomes.items():
        mark = element("span", class_=f"mark {MARKS[change]}", aria_hidden="true")
        current = "true" if change in visit.values("utfall") else None
        words = upper_first(visit.terms.value("outcome", change))
        link = element("a", words, href=visit.toggled("utfall", change), aria_current=current)
        items.append(element("div", element("dt", mark, link), element("dd", str(count))))
    return element("dl", items, class_="counts")


def _article(number: int, record: Record, sides: tuple[Side, Side], visit: Visit) -> Markup:
    terms = visit.terms
    mark = element("span", class_=f"mark {MARKS[outcome(record)]}", aria_hidden="true")
    heading = element("h2", mark, upper_first(outcome_text(record, terms)),
                      element("span", _ground(record, terms), class_="aside"),
                      class_="item", id=f"j{number}")  # fmt: skip
    quotes = [*map(evidence_of, record["evidence"]), None]
    before, after = quotes[:2] if record["old"] else (None, quotes[0])
    ends = (
        ("compare.old", _end(sides[0], record["old"], before, visit), "compare.not_there"),
        ("compare.new", _end(sides[1], record["new"], after, visit), "compare.gone"),
    )
    columns = [
        element("div", element("h3", terms[key], class_="side-head"),
                content or element("p", terms[none], class_="place"))
        for key, content, none in ends
    ]  # fmt: skip
    told = doubt(record, sides[1], terms)
    doubtful = element("p", told, class_="note warn") if told else None
    return element(
        "article", heading, doubtful, _differences(record, terms),
        element("div", columns, class_="ends"), class_="change", aria_labelledby=f"j{number}",
    )  # fmt: skip


def _ground(record: Record, terms: Terms) -> str | None:
    """Why two measures are taken for the same: by number, by title, or how alike they are."""
    if not record["relation"]:
        return None
    words = upper_first(terms.value("relation", record["relation"]))
    if record["probability"] is None:
        return f"{words}."
    return f"{words}: {probability_sentence(record['probability'], terms)}."


def doubt(record: Record, later: Side, terms: Terms) -> str | None:
    """Why an outcome is doubtful, with the later measures it could be; None if it is not."""
    return doubt_text(record, [later.name(m) for m in record["alternatives"]], terms)


def _end(side: Side, measure: str | None, evidence: Evidence | None, visit: Visit) -> Markup | None:
    """Title, quote and the way on; None where this side says nothing."""
    if evidence is None:
        return None
    lang = side.language if side.language != visit.language else None
    return join(
        [
            element("p", element("b", side.name(measure), lang=lang)) if measure else None,
            quotation(evidence, side.language, visit),
            onward(f"{side.document}#{measure}", side.name(measure), visit) if measure else None,
        ]
    )


def _differences(record: Record, terms: Terms) -> Markup | None:
    if not record["differences"]:
        return None
    lines = [
        element("div", element("dt", terms[f"difference.{d['field']}"]),
                element("dd", difference_text(d, terms)))
        for d in record["differences"]
    ]  # fmt: skip
    return element("dl", lines, class_="facts")


def compare_sheet(
    records: Sequence[Record], view: CompareView, library: Library, terms: Terms
) -> Sheet:
    """The comparison as a list: a line a measure."""
    keys = ("compare.outcome", "compare.ground", "compare.old", "compare.new", "col.differences",
            "compare.old_quote", "compare.old_place", "compare.new_quote",
            "compare.new_place")  # fmt: skip
    sides = None if view.problem else sides_of(library, view)
    rows = [_line(record, sides, terms) for record in records] if sides else []
    used = [sorted({e["document"] for e in record["evidence"]}) for record in records]
    return Sheet("jamforelse", terms["compare.title"], [terms[k] for k in keys], rows, records,
                 used, date.fromisoformat(view.as_of))  # fmt: skip


def _line(record: Record, sides: tuple[Side, Side], terms: Terms) -> list[str]:
    names = [sides[0].name(record["old"]), sides[1].name(record["new"])]
    found = [evidence_of(e) for e in record["evidence"]]
    told = quote_cells(found if record["old"] else [None, *found], terms)
    differences = "\n".join(difference_texts(record, terms))
    outcome = upper_first(outcome_text(record, terms))
    grounds = (_ground(record, terms), doubt(record, sides[1], terms))
    return [outcome, " ".join(filter(None, grounds)), *names, differences, *told]


def quote_cells(found: Sequence[Evidence | None], terms: Terms) -> list[str]:
    """Quote and place of two ends; empty for an end that is missing."""
    cells: list[str] = []
    for evidence in [*found, None, None][:2]:
        words = one_line(evidence.quote or evidence.summary or "") if evidence else ""
        cells += [words, place_text(evidence, terms) if evidence else ""]
    return cells
