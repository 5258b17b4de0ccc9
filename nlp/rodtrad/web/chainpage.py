"""The chain of one recommendation or measure through the documents, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from rodtrad.datamodel import AnnotatedDocument
from rodtrad.tables.changes import both_say
from rodtrad.tables.hopends import dated_text, evidence_of
from rodtrad.tables.htmlparts import wide_table
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.phrases import measure_name, upper_first
from rodtrad.tables.terms import Terms
from rodtrad.tables.wording import one_line, probability_sentence, shorten
from rodtrad.web.comparepage import quote_cells
from rodtrad.web.exporting import exports
from rodtrad.web.forms import button, kept, labelled, pager, select
from rodtrad.web.layout import page
from rodtrad.web.library import Library
from rodtrad.web.models import ChainItem, ChainView
from rodtrad.web.pairs import quotation
from rodtrad.web.sheets import ENDINGS, Sheet
from rodtrad.web.visit import Visit

Record = Mapping[str, Any]
ITEMS, WORDS = 50, 110


@dataclass(frozen=True, slots=True)
class Followed:
    """What was asked for: an item ("document#id"), or a document whose items are listed."""

    item: str
    document: str
    page: int = 1


def chain_view(library: Library, asked: Followed, *, as_of: date) -> ChainView:
    """The chain of an item, or the items of a document to choose from.

    Raises:
        UnknownDocumentError: there is no such item or document.
    """
    starts = [d for d in library.manifest().documents if d.artefact and d.statements]
    usual = library.usual_pair()
    first = usual[0] if usual else (starts[0].id if starts else "")
    document = asked.item.partition("#")[0] if asked.item else asked.document or first
    items = items_of(library.document(document)) if document else []
    pages = max(1, ceil(len(items) / ITEMS))
    here = min(asked.page, pages)
    chain = library.chain(asked.item, as_of=as_of) if asked.item else {"hops": [], "conflicts": []}
    names = {asked.item, *(hop[end] for hop in chain["hops"] for end in ("from", "to"))} - {""}
    names |= {conflict[end] for conflict in chain["conflicts"] for end in ("leading", "other")}
    return ChainView(
        document=document,
        item=asked.item or None,
        as_of=as_of.isoformat(),
        hops=[dict(hop) for hop in chain["hops"]],
        conflicts=[dict(conflict) for conflict in chain["conflicts"]],
        ends={name: end_item(library, name) for name in sorted(names)},
        documents={d.id: d.title or d.id for d in starts},
        items=[] if asked.item else items[(here - 1) * ITEMS : here * ITEMS],
        page=here,
        pages=1 if asked.item else pages,
    )


def items_of(found: AnnotatedDocument) -> list[ChainItem]:
    """What of a document can be followed: its recommendations, then its measures."""
    demands = [
        ChainItem(name=f"{found.id}#{r.id}", document=found.id, id=r.id, title=one_line(r.text),
                  language=r.language)
        for r in found.recommendations
    ]  # fmt: skip
    measures = [
        ChainItem(name=f"{found.id}#{m.id}", document=found.id, id=m.id,
                  title=one_line(m.title), language=m.language)
        for m in found.measures
    ]  # fmt: skip
    return demands + measures


def end_item(library: Library, name: str) -> ChainItem:
    """One end of a step; an id alone is a whole document."""
    document, mark, identifier = name.partition("#")
    record = library.record(document)
    whole = ChainItem(name=name, document=document, id=identifier, title=record.title or document,
                      language=record.language, date=record.date)  # fmt: skip
    if not mark:
        return whole
    found = next((i for i in items_of(library.document(document)) if i.name == name), whole)
    return found.model_copy(update={"date": record.date})


def chain_page(view: ChainView, visit: Visit) -> str:
    """The page: the steps of one item, or the items to choose from."""
    terms = visit.terms
    if view.item is None:
        return page(visit, terms["chain.title"], element("p", terms["chain.lead"], class_="lead"),
                    _choice(view, visit), _items(view, visit))  # fmt: skip
    start = view.ends[view.item]
    back = visit.link("/kedja", dokument=view.document)
    return page(
        visit,
        terms.say("chain.of", name=_short_name(start)),
        element("p", _words(start, visit), class_="lead"),
        element("p", _document(view, start.document), class_="place"),
        element("p", element("a", terms["chain.others"], href=back), class_="tools"),
        exports(visit, "/kedja", ENDINGS, post=view.item) if view.hops else None,
        element("p", terms.count("chain.steps", len(view.hops)), role="status", class_="place"),
        _steps(view, visit) if view.hops else element("p", terms["chain.none"], class_="note"),
        _conflicts(view, visit),
    )


def _choice(view: ChainView, visit: Visit) -> Markup:
    terms = visit.terms
    chosen = labelled(terms["col.document"], "dokument",
                      select("dokument", [*view.documents.items()], [view.document]))  # fmt: skip
    return element(
        "form", element("div", chosen, class_="fields roomy"), kept(visit),
        button(terms["filter.apply"]), method="get", action="/kedja",
    )  # fmt: skip


def _items(view: ChainView, visit: Visit) -> Markup:
    terms = visit.terms
    if not view.items:
        return element("p", terms["chain.nothing"], class_="note", role="status")
    lines = [
        element("li", element("a", _short_name(item), href=visit.link("/kedja", post=item.name)),
                " ", _words(item, visit) if _short_name(item) == item.id else None)
        for item in view.items
    ]  # fmt: skip
    return element(
        "section",
        element("h2", terms["chain.choose"]),
        element("ul", lines, class_="choices"),
        pager(visit, view.page, view.pages, terms),
    )


def _short_name(item: ChainItem) -> str:
    """Number or id; an id made from a title gives way to the title."""
    if item.id and any(c.isdigit() for c in item.id):
        return item.id
    return shorten(item.title, WORDS)


def _words(item: ChainItem, visit: Visit) -> Markup:
    lang = item.language if item.language != visit.language else None
    return element("span", shorten(item.title, 4 * WORDS), lang=lang)


def _document(view: ChainView, document: str) -> str:
    return view.documents.get(document, document)


def _steps(view: ChainView, visit: Visit) -> Markup:
    return element("ol", [element("li", _step(hop, view, visit)) for hop in view.hops],
                   class_="thread")  # fmt: skip


def _step(hop: Record, view: ChainView, visit: Visit) -> list[object]:
    terms = visit.terms
    start, end = view.ends[hop["from"]], view.ends[hop["to"]]
    name = measure_name(end.id, end.title) if end.id else end.title
    late = element("p", terms["chain.back"], class_="note warn")
    quotes = [
        element("div", element("h3", terms.say("chain.in", name=_title(item, visit)),
                               class_="side-head"),
                element("p", dated_text(item.date, terms), class_="place"),
                quotation(evidence, item.language, visit))
        for item, evidence in zip((start, end), map(evidence_of, hop["evidence"]), strict=False)
    ]  # fmt: skip
    onward = visit.link("/kedja", post=end.name) if end.id else visit.document(end.document)
    words = terms["chain.follow" if end.id else "upload.read"]
    lang = end.language if end.language != visit.language else None
    return [
        element("h2", f"{upper_first(terms.value('hop', hop['kind']))}: ",
                element("span", shorten(name, 2 * WORDS), lang=lang), class_="item"),
        element("p", f"{_document(view, end.document)}, {dated_text(end.date, terms)}. "
                f"{ground_text(hop, terms)}.", class_="place"),
        late if hop["in_order"] is False else None,
        element("div", quotes, class_="ends"),
        element("p", element("a", words, element("span", f": {shorten(name, 60)}", class_="hidden"),
                             href=onward), class_="place"),
    ]  # fmt: skip


def _title(item: ChainItem, visit: Visit) -> str:
    return shorten(_short_name(item) if item.id else item.title, 70)


def ground_text(hop: Record, terms: Terms) -> str:
    """What the step rests on: a reference in so many words, or likeness of content."""
    if hop["explicit"] or hop["probability"] is None:
        return upper_first(terms["basis.explicit"])
    return upper_first(probability_sentence(hop["probability"], terms))


def _conflicts(view: ChainView, visit: Visit) -> Markup | None:
    """Where two sources of one assignment differ: a table of fields, then both quotes once."""
    if not view.conflicts:
        return None
    pairs = {(c["leading"], c["other"]): c for c in view.conflicts}
    return element(
        "section",
        element("h2", visit.terms["chain.conflicts"]),
        [_conflict(pair, first, view, visit) for pair, first in pairs.items()],
    )


def _conflict(pair: tuple[str, str], first: Record, view: ChainView, visit: Visit) -> list[object]:
    terms = visit.terms
    mine = [c for c in view.conflicts if (c["leading"], c["other"]) == pair]
    ends = [view.ends[name] for name in pair]
    titles = [_document(view, end.document) for end in ends]
    rows = [
        element("tr", element("th", terms[f"difference.{c['field']}"], scope="row"),
                [element("td", _list(says)) for says in both_say(c, terms)])
        for c in mine
    ]  # fmt: skip
    quotes = [
        element("div", element("h3", title, class_="side-head"),
                quotation(evidence_of(evidence), end.language, visit))
        for title, end, evidence in zip(titles, ends, first["evidence"], strict=True)
    ]  # fmt: skip
    words = terms.say("chain.leading", document=titles[0])
    return [
        wide_table(words, [terms["chain.field"], *titles], rows, class_="conflicts"),
        element("div", quotes, class_="ends"),
    ]


def _list(values: Sequence[str]) -> Markup:
    return element("ul", [element("li", value) for value in values])


def chain_sheet(view: ChainView, terms: Terms) -> Sheet:
    """The steps as a list."""
    keys = ("chain.from", "chain.to", "col.kind", "col.basis", "chain.order", "col.quote_from",
            "col.place_from", "col.quote_to", "col.place_to")  # fmt: skip
    rows = [_line(hop, view, terms) for hop in view.hops]
    names = [[view.ends[hop[end]].document for end in ("from", "to")] for hop in view.hops]
    return Sheet("kedja", terms["chain.title"], [terms[k] for k in keys], rows, view.hops, names,
                 date.fromisoformat(view.as_of))  # fmt: skip


def _line(hop: Record, view: ChainView, terms: Terms) -> list[str]:
    ends = [view.ends[hop[end]] for end in ("from", "to")]
    names = [_dated_name(end, view, terms) for end in ends]
    told = quote_cells([evidence_of(e) for e in hop["evidence"]], terms)
    order = terms["chain.back"] if hop["in_order"] is False else ""
    kind = upper_first(terms.value("hop", hop["kind"]))
    return [*names, kind, ground_text(hop, terms), order, *told]


def _dated_name(end: ChainItem, view: ChainView, terms: Terms) -> str:
    """Document, its date and what of it: "Handlingsplan … (juni 2026): 4.4.1 Uppdrag …"."""
    document = _document(view, end.document) if end.id else end.title
    name = f"{document} ({dated_text(end.date, terms)})"
    return f"{name}: {measure_name(end.id, end.title)}" if end.id else name
