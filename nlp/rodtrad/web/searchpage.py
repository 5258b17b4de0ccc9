"""Search: the question, filters, facets, hits with their reasons."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from rodtrad.datamodel import Span
from rodtrad.pipeline.store import Manifest
from rodtrad.retrieval.hits import Hit, SearchFilters
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.terms import Terms
from rodtrad.tables.wording import one_line
from rodtrad.web.exporting import exports
from rodtrad.web.forms import button, field, kept, labelled, marked, select
from rodtrad.web.layout import page
from rodtrad.web.library import Library
from rodtrad.web.models import FacetItem, HitItem, SearchView
from rodtrad.web.sheets import ENDINGS, Sheet
from rodtrad.web.visit import Visit

ENTITY_TYPES = ("AGENCY", "DEADLINE", "DIARIENUMMER", "AMOUNT", "REFERENCE")
# Facets a reader may narrow by, and the parameter each sets; there is none of persons.
FACETS = {"kind": "slag", "document": "dokument", "agency": "myndighet", "type": "typ",
          "language": "sprak", "year": "ar"}  # fmt: skip
FACET_LENGTH = 8
ADDRESS = ("q", "antal", *FACETS.values(), "fran", "till")


def search_view(library: Library, query: str, *, limit: int, filters: SearchFilters) -> SearchView:
    """The answer to a query; without one only what can be filtered by."""
    manifest = library.manifest()
    empty = SearchView(
        query=query,
        limit=limit,
        hits=[],
        facets=[],
        reason=None,
        corrected={},
        documents={d.id: d.title or d.id for d in manifest.documents if d.artefact},
        kinds=sorted({d.kind for d in manifest.documents}),
    )
    if not query.strip():
        return empty
    result = library.search(query.strip(), limit=limit, filters=filters)
    return empty.model_copy(
        update={
            "hits": [_hit_item(hit, manifest) for hit in result.hits],
            "facets": [
                FacetItem(name=f.name, value=f.value, count=f.count)
                for f in result.facets
                if f.name in FACETS
            ],
            "reason": result.refusal,
            "corrected": dict(result.corrected),
        }
    )


def search_sheet(library: Library, view: SearchView, *, as_of: date, terms: Terms) -> Sheet:
    """The hits as a list, with the whole passages as the source has them."""
    quotes = [_quote(library, hit) for hit in view.hits]
    keys = ("col.rank", "col.document", "col.section", "col.page", "col.quote", "col.why")
    rows = [
        [
            str(hit.rank),
            hit.title,
            " › ".join(hit.section),
            str(hit.page or ""),
            one_line(quote),
            "; ".join(hit.why),
        ]
        for hit, quote in zip(view.hits, quotes, strict=True)
    ]
    records = [
        {**hit.model_dump(mode="json"), "quote": quote}
        for hit, quote in zip(view.hits, quotes, strict=True)
    ]
    title = terms.say("search.title_of", query=view.query)
    documents = [(hit.document,) for hit in view.hits]
    return Sheet("sokning", title, [terms[k] for k in keys], rows, records, documents, as_of)


def _quote(library: Library, hit: HitItem) -> str:
    return library.document(hit.document).document.quote(Span(hit.start, hit.end))


def _hit_item(hit: Hit, manifest: Manifest) -> HitItem:
    record = manifest.get(hit.document)
    return HitItem(
        rank=hit.rank,
        document=hit.document,
        title=record.title if record and record.title else hit.document,
        section=list(hit.section),
        page=hit.page,
        start=hit.span.start,
        end=hit.span.end,
        score=hit.score,
        snippet=hit.snippet,
        marks=[[mark.start, mark.end] for mark in hit.marks],
        why=list(hit.why),
        language=hit.language,
        similar=list(hit.similar),
    )


def search_page(view: SearchView, visit: Visit) -> str:
    """The page."""
    terms = visit.terms
    title = terms.say("search.title_of", query=view.query) if view.query else terms["search.title"]
    results = element("div", _answer(view, visit), class_="results")
    facets = _facets(view, visit)
    body = element("div", facets, results, class_="with-side") if facets else results
    return page(visit, title, _form(view, visit), body)


def _form(view: SearchView, visit: Visit) -> Markup:
    terms = visit.terms
    everything = ("", terms["filter.all"])
    documents = [everything, *view.documents.items()]
    kinds = [everything, *((k, terms.value("kinds", k)) for k in view.kinds)]
    types = [everything, *((t, terms.value("entity", t)) for t in ENTITY_TYPES)]
    filters = element(
        "div",
        labelled(terms["col.document"], "dokument",
                 select("dokument", documents, visit.values("dokument"))),
        labelled(terms["col.kind_document"], "slag", select("slag", kinds, visit.values("slag"))),
        labelled(terms["filter.agency"], "myndighet", _text("myndighet", visit)),
        labelled(terms["filter.type"], "typ", select("typ", types, visit.values("typ"))),
        labelled(terms["filter.from"], "fran", _text("fran", visit, placeholder="2024-01")),
        labelled(terms["filter.to"], "till", _text("till", visit, placeholder="2026-12-31")),
        class_="fields",
    )  # fmt: skip
    chosen = any(visit.values(n) for n in ("dokument", "slag", "myndighet", "typ", "fran", "till"))
    return element(
        "form",
        element("label", terms["search.label"], for_="q"),
        element(
            "div",
            field(type="search", name="q", id="q", value=view.query, maxlength=400,
                  autocomplete="off", spellcheck="false"),
            button(terms["search.do"]),
            class_="ask",
        ),
        element("p", terms["search.help"], class_="place"),
        element("details", element("summary", terms["filter.title"]), filters, open=chosen),
        kept(visit),
        action="/sok", method="get", role="search", class_="search-form",
    )  # fmt: skip


def _text(name: str, visit: Visit, *, placeholder: str | None = None) -> Markup:
    value = next(iter(visit.values(name)), "")
    return field(type="text", name=name, id=name, value=value, placeholder=placeholder,
                 maxlength=120)  # fmt: skip


def _answer(view: SearchView, visit: Visit) -> list[Markup]:
    terms = visit.terms
    if not view.query:
        return [element("p", terms["search.empty"], class_="lead")]
    parts = [element("div", element("h2", _count(view, terms)), role="status")]
    if view.corrected:
        words = ", ".join(f"{wrong} → {right}" for wrong, right in view.corrected.items())
        parts.append(element("p", terms.say("search.corrected", words=words), class_="note"))
    if view.reason:
        parts.append(element("p", view.reason, class_="note warn", lang=_swedish(visit)))
        parts.append(element("p", terms["search.try"]))
    items = [element("li", _hit(hit, visit)) for hit in view.hits]
    if items:
        chosen = {name: visit.values(name) for name in ADDRESS}
        parts.append(element("ol", items, class_="hits"))
        parts.append(exports(visit, "/sok", ENDINGS, **chosen))
    return parts


def _count(view: SearchView, terms: Terms) -> str:
    if not view.hits:
        return terms["search.none"]
    key = "best" if len(view.hits) == view.limit else "hits"
    return terms.count(key, len(view.hits))


def _hit(hit: HitItem, visit: Visit) -> list[Markup | None]:
    terms = visit.terms
    spans = [Span(start, end) for start, end in hit.marks if start < end]
    place = [part for part in (" › ".join(hit.section), _page(hit, terms)) if part]
    address = visit.document(hit.document, hit.start, hit.end)
    lang = hit.language if hit.language != visit.language else None
    return [
        element("h3", element("a", hit.section[-1] if hit.section else hit.title, href=address)),
        element("p", element("b", hit.title), " · " if place else None, " · ".join(place),
                class_="place"),
        element("p", marked(hit.snippet, spans), class_="snippet", lang=lang),
        element("p", f"{terms['col.why']}: ",
                element("span", "; ".join(hit.why), lang=_swedish(visit)), class_="why")
        if hit.why
        else None,
        element("p", terms.count("similar", len(hit.similar)), class_="why")
        if hit.similar
        else None,
    ]  # fmt: skip


def _swedish(visit: Visit) -> str | None:
    """The library gives its reasons in Swedish, whatever the language of the page."""
    return None if visit.language == "sv" else "sv"


def _page(hit: HitItem, terms: Terms) -> str:
    return terms.say("place.page", page=hit.page) if hit.page is not None else ""


def _facets(view: SearchView, visit: Visit) -> Markup | None:
    terms = visit.terms
    titles = view.documents
    ordered = sorted(view.facets, key=lambda f: list(FACETS).index(f.name))
    groups = []
    for name, found in groupby(ordered, key=lambda f: f.name):
        facets = list(found)
        if len(facets) == 1 and not visit.values(FACETS[name]):
            continue  # nothing to choose between
        shown = sorted(facets, key=lambda f: (-f.count, f.value))[:FACET_LENGTH]
        items = [element("li", _facet(f, visit, _facet_words(f, titles, terms))) for f in shown]
        groups.append([element("h3", terms[f"facet.{name}"]), element("ul", items)])
    chosen = any(visit.values(parameter) for parameter in FACETS.values())
    if not groups and not chosen:
        return None
    clear = dict.fromkeys((*FACETS.values(), "fran", "till"))
    reset = element("p", element("a", terms["filter.clear"], href=visit.here(**clear)))
    heading = element("h2", terms["facet.title"], id="facets")
    return element(
        "nav", heading, reset if chosen else None, groups, aria_labelledby="facets", class_="side"
    )


def _facet(facet: FacetItem, visit: Visit, words: str) -> Markup:
    parameter = FACETS[facet.name]
    active = facet.value in visit.values(parameter)
    mark = element("span", "✓ ", aria_hidden="true") if active else None
    return element(
        "a",
        mark,
        element("span", words),
        " ",
        element("span", str(facet.count), class_="count"),
        href=visit.toggled(parameter, facet.value),
        rel="nofollow",
        aria_current="true" if active else None,
    )


def _facet_words(facet: FacetItem, titles: dict[str, str], terms: Terms) -> str:
    if facet.name == "document":
        return titles.get(facet.value, facet.value)
    group = {"kind": "kinds", "type": "entity", "language": "language"}.get(facet.name)
    return terms.value(group, facet.value) if group else facet.value
