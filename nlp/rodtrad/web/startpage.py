"""The first page: what there is, what is stale, how much is covered."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby

from rodtrad.errors import UsageError, WorkspaceError
from rodtrad.ingest.catalogue import read_catalogue
from rodtrad.pipeline.freshness import status_records
from rodtrad.pipeline.store import DocumentRecord, manifest_path
from rodtrad.tables.htmlparts import wide_table
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.phrases import upper_first
from rodtrad.tables.wording import date_text, number_text
from rodtrad.web.forms import button, field, kept
from rodtrad.web.layout import page, said
from rodtrad.web.library import Library
from rodtrad.web.models import Coverage, DocumentItem, Remark, StartView
from rodtrad.web.visit import Visit

MANY = 3
_EXPLAINED = ("failed", "partial", "stale")
STATUSES = ("covered", "partly", "gap", "unresolved")


def document_item(record: DocumentRecord) -> DocumentItem:
    """What the manifest knows of a document."""
    return DocumentItem(
        id=record.id,
        kind=record.kind,
        title=record.title or record.id,
        issuer=record.issuer,
        date=record.date,
        dnr=record.dnr,
        language=record.language,
        pages=record.pages,
        status=record.status,
        sections=record.sections,
        passages=record.passages,
        entities=record.entities,
        statements=record.statements,
        errors=list(record.errors),
    )


def start_view(library: Library, *, as_of: date) -> StartView:
    """The documents, what is wrong with the index, and the coverage of the usual trace."""
    documents = [document_item(record) for record in library.manifest().documents]
    totals = {
        name: sum(getattr(d, name) for d in documents)
        for name in ("sections", "passages", "entities", "statements")
    }
    return StartView(
        documents=documents,
        remarks=[Remark(**line) for line in status_records(library.workspace)],
        totals={"documents": len(documents), **totals},
        coverage=_coverage(library, as_of),
    )


def _coverage(library: Library, as_of: date) -> Coverage | None:
    pair = library.usual_pair()
    if pair is None:
        return None
    source, target = pair
    try:
        traced = library.trace([source], [target], as_of=as_of)
    except UsageError:
        return None
    counts = Counter(str(line.status) for line in traced.lines)
    return Coverage(source=source, target=target, statuses={s: counts[s] for s in STATUSES})


def start_page(view: StartView, visit: Visit) -> str:
    """The page."""
    terms = visit.terms
    ask = element(
        "form",
        element("label", terms["search.label"], for_="q"),
        element(
            "div",
            field(type="search", name="q", id="q", maxlength=400, autocomplete="off"),
            button(terms["search.do"]),
            class_="ask",
        ),
        kept(visit),
        action="/sok",
        method="get",
        role="search",
        class_="search-form",
    )
    return page(
        visit,
        terms["start.title"],
        element("p", terms["start.lead"], class_="lead"),
        ask,
        _remarks(view, visit),
        _coverage_box(view, visit),
        _documents(view, visit),
    )


def first_page(waiting: int, visit: Visit) -> str:
    """What a newcomer sees where nothing has been read; `waiting` documents lie unread."""
    terms = visit.terms
    command = element("code", "rodtrad add krav.xlsx --kind rekommendationslista")
    steps = [
        element("li", terms["first.one"]),
        element("li", terms["first.two"], " ", command, "."),
        element("li", terms["first.three"]),
    ]
    return page(
        visit,
        terms["first.title"],
        element("p", terms["first.lead"], class_="lead"),
        element("p", terms.count("first.waiting", waiting), " ", element("code", "rodtrad build"),
                ".", class_="note warn") if waiting else None,
        element("section", element("h2", terms["first.steps"]), element("ol", steps),
                class_="prose steps"),
        element("p", element("a", terms["first.add"], href=visit.link("/lagg-till"),
                             class_="button")),
    )  # fmt: skip


def waiting_documents(library: Library) -> int | None:
    """How many documents lie unread where none has been read; None where some have."""
    try:
        if library.manifest().documents:
            return None
    except WorkspaceError:
        if manifest_path(library.workspace).exists():
            raise
    return len(read_catalogue(library.workspace))


def _remarks(view: StartView, visit: Visit) -> Markup:
    terms = visit.terms
    if not view.remarks:
        return element("p", terms["start.fresh"], class_="note good")
    lines = [line for status, found in groupby(sorted(view.remarks, key=_status), key=_status)
             for line in _remark_lines(status, list(found), visit)]  # fmt: skip
    return element(
        "section",
        element("h2", terms["start.remarks"]),
        element("ul", lines),
        element("p", terms["start.remedy"], element("code", "rodtrad build"), "."),
        class_="note warn",
    )


def _status(remark: Remark) -> str:
    return remark.status


def _remark_lines(status: str, found: list[Remark], visit: Visit) -> list[Markup]:
    """A line a document; many of the same status in one line, since the table marks each."""
    terms = visit.terms
    words = terms.value("remark", status)
    if len(found) > MANY and status not in ("failed", "partial"):
        reason = [" (", said(found[0].reason, visit), ")"] if status == "stale" else []
        counted = terms.say("remark.many", n=len(found), words=words)
        return [element("li", counted, *reason, ".")]
    return [
        element(
            "li",
            element("b", remark.id),
            f": {words}",
            [" (", said(remark.reason, visit), ")"] if status in _EXPLAINED else None,
            ".",
        )
        for remark in found
    ]


def _coverage_box(view: StartView, visit: Visit) -> Markup | None:
    found = view.coverage
    if found is None:
        return None
    terms = visit.terms
    titles = {d.id: d.title for d in view.documents}
    items = [
        element(
            "div",
            element(
                "dt",
                element("span", class_=f"mark {status}", aria_hidden="true"),
                element(
                    "a",
                    upper_first(terms.value("status", status)),
                    href=visit.link(
                        "/sparning", fran=found.source, till=found.target, status=status
                    ),
                ),
            ),
            element("dd", str(count)),
        )
        for status, count in found.statuses.items()
    ]
    return element(
        "section",
        element("h2", terms["start.coverage"]),
        element(
            "p",
            terms.say("start.pair", source=titles[found.source], target=titles[found.target]),
        ),
        element("dl", items, class_="counts"),
    )


def _documents(view: StartView, visit: Visit) -> Markup:
    terms = visit.terms
    columns = ["col.document", "col.kind_document", "col.issuer", "col.date", "col.sections",
               "col.entities", "col.statements"]  # fmt: skip
    stale = {remark.id: remark.status for remark in view.remarks}
    rows = [_document_row(d, stale.get(d.id), visit) for d in view.documents]
    figures = ", ".join(
        f"{number_text(view.totals[name], terms)} {terms['total.' + name]}"
        for name in ("documents", "sections", "entities", "statements")
    )
    return element(
        "section",
        element("h2", terms["start.documents"]),
        wide_table(figures, [terms[c] for c in columns], rows, class_="documents"),
    )


def _document_row(document: DocumentItem, stale: str | None, visit: Visit) -> Markup:
    terms = visit.terms
    name: Markup | str = element("a", document.title, href=visit.document(document.id))
    if document.status == "failed":
        name = document.title
    remark = terms.value("remark", stale) if stale else None
    lang = document.language if document.language != visit.language else None
    return element(
        "tr",
        element(
            "th",
            element("span", name, lang=lang),
            element("span", document.errors[0], class_="aside") if document.errors else None,
            [" ", element("span", remark, class_="tag")] if remark else None,
            scope="row",
        ),
        element("td", terms.value("kinds", document.kind)),
        element("td", document.issuer or "–"),
        element("td", date_text(document.date, terms) if document.date else "–", class_="date"),
        element("td", str(document.sections), class_="number"),
        element("td", str(document.entities), class_="number"),
        element("td", str(document.statements), class_="number"),
    )
