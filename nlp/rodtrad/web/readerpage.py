"""The reader's HTML: outline, text with marked entities, statements in the margin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rodtrad.tables.markup import Markup, element
from rodtrad.tables.phrases import measure_name, measure_number, upper_first
from rodtrad.tables.picture import Figure
from rodtrad.tables.terms import Terms
from rodtrad.tables.wording import date_text, probability_figure
from rodtrad.web.exporting import file_links
from rodtrad.web.forms import button, checkboxes, kept
from rodtrad.web.layout import page
from rodtrad.web.models import BlockItem, LeafView, LinkItem, ReaderView, StatementItem
from rodtrad.web.pairs import onward
from rodtrad.web.pictures import ENDINGS, drawn
from rodtrad.web.visit import Visit

ENTITY_TYPES = ("AGENCY", "DEADLINE", "DIARIENUMMER", "AMOUNT", "REFERENCE")
OUTLINE_DEPTH = 4
_OWN_MARK = re.compile(r"\s*(?:[•·▪◦‣*–—-]|\(?\w{1,3}[.)])\s")  # "• ", "– ", "3. ", "b) "
_WORDS = {"recommendation": "strength", "measure": "state", "stance": "stance"}


def reader_page(view: ReaderView, visit: Visit, counts: Figure) -> str:
    """The page; `visa` in the address names the entity types marked, all where it names none.

    `counts` is the picture of how many entities the document holds.
    """
    shown = _shown(visit)
    body = element(
        "div",
        _outline(view, visit),
        element("div", _rows(view, visit, shown), class_="text", lang=view.document.language),
        class_="reader",
    )
    found = element("p", visit.terms["reader.matched"], " ",
                    element("a", visit.terms["reader.quote"], href="#plats"), class_="note",
                    role="status") if view.quote else None  # fmt: skip
    parts = _parts(view, visit)
    return page(visit, view.document.title, _facts(view, visit), _marking(view, visit, shown),
                _counts(counts, view, visit), found, parts, body, parts)  # fmt: skip


def _shown(visit: Visit) -> tuple[str, ...]:
    chosen = visit.values("visa")
    return tuple(t for t in ENTITY_TYPES if t in chosen) if chosen else ENTITY_TYPES


def _facts(view: ReaderView, visit: Visit) -> Markup:
    terms, document = visit.terms, view.document
    parts = [upper_first(terms.value("kinds", document.kind)), document.issuer, document.dnr]
    if document.date:
        parts.append(date_text(document.date, terms))
    trace = "till" if any(s.kind == "measure" for s in view.statements) else "fran"
    address = visit.link("/sparning", **{trace: document.id})
    links = [element("li", element("a", terms["reader.trace"], href=address))]
    if view.has_pictures:
        address = visit.link(f"/dokument/{document.id}/sida/1")
        links.append(element("li", element("a", terms["pictures.title"], href=address)))
    return element(
        "div",
        element("p", " · ".join(p for p in parts if p), class_="dates"),
        element("ul", links, class_="tools"),
    )


def _marking(view: ReaderView, visit: Visit, shown: Sequence[str]) -> Markup:
    terms = visit.terms
    options: list[tuple[str, object]] = [
        (
            kind,
            [
                element("span", upper_first(terms.value("entity", kind)), class_=f"e e-{kind}"),
                f" {view.counts.get(kind, 0)}",
            ],
        )
        for kind in ENTITY_TYPES
    ]
    return element(
        "form",
        checkboxes(terms["reader.entities"], "visa", options, shown),
        kept(visit, "del", "start", "end"),
        button(terms["filter.apply"], class_="quiet"),
        method="get",
        class_="entities",
    )


def _counts(figure: Figure, view: ReaderView, visit: Visit) -> Markup:
    """The picture of entities, to be opened."""
    label = visit.terms["export.picture"]
    files = file_links(visit, label, f"/dokument/{view.document.id}/antal", ENDINGS)
    return element(
        "details",
        element("summary", figure.title),
        drawn(figure, "antal", visit, files=files),
        class_="counted",
    )


def _parts(view: ReaderView, visit: Visit) -> Markup | None:
    if view.parts < 2:
        return None
    terms, part = visit.terms, view.part

    def to(number: int, words: str) -> Markup:
        href = visit.here(**{"del": number, "start": None, "end": None})
        return element("a", words, href=href)

    return element(
        "nav",
        to(part - 1, terms["page.before"]) if part > 1 else None,
        element("span", terms.say("reader.part", part=part, parts=view.parts)),
        to(part + 1, terms["page.after"]) if part < view.parts else None,
        class_="pager",
        aria_label=terms["page.label"],
    )


def _outline(view: ReaderView, visit: Visit) -> Markup:
    terms = visit.terms
    items = []
    for section in view.sections:
        if section.level > OUTLINE_DEPTH:
            continue
        anchor = f"#s{section.start}"
        elsewhere = visit.here(**{"del": section.part, "start": None, "end": None}) + anchor
        label = f"{section.number} {section.title}" if section.number else section.title
        link = element("a", label, href=anchor if section.part == view.part else elsewhere)
        items.append(element("li", link, class_=f"l{section.level}"))
    return element(
        "nav",
        element("h2", terms["reader.outline"], id="outline-heading"),
        element("ul", items, lang=view.document.language),
        aria_labelledby="outline-heading",
        class_="outline",
        tabindex="0",
    )


def _rows(view: ReaderView, visit: Visit, shown: Sequence[str]) -> list[Markup]:
    """Blocks in rows; a new row begins where a statement does, so that its card stands beside."""
    cards: dict[int, list[StatementItem]] = {}
    for statement in view.statements:
        cards.setdefault(statement.block, []).append(statement)
    rows: list[Markup] = []
    texts: list[Markup] = []
    beside: list[Markup] = []
    last_page: int | None = None
    first_mark = True
    for block in view.blocks:
        mine = cards.pop(block.start, [])
        if mine and texts:
            rows.append(_row(texts, beside))
            texts, beside = [], []
        if block.page is not None and block.page != last_page:
            texts.append(_sheet(block, view, visit))
            last_page = block.page
        texts.append(_block(block, shown, visit.terms, anchor=first_mark))
        first_mark = first_mark and block.found is None
        beside += [_card(item, view.document.id, visit) for item in mine]
    return [*rows, _row(texts, beside)] if texts else rows


def _row(texts: list[Markup], beside: list[Markup]) -> Markup:
    margin = element("div", beside, class_="margin") if beside else None
    return element("div", element("div", texts), margin, class_="row")


def _sheet(block: BlockItem, view: ReaderView, visit: Visit) -> Markup:
    terms = visit.terms
    words = terms.say("reader.page", page=block.page)
    if block.printed_page and block.printed_page != str(block.page):
        words += " " + terms.say("reader.printed", page=block.printed_page)
    picture = None
    if view.has_pictures:
        href = visit.link(f"/dokument/{view.document.id}/sida/{block.page}")
        picture = element("a", terms["reader.picture"], href=href)
    return element("div", element("span", words), picture, class_="sheet", lang=visit.language)


def _block(block: BlockItem, shown: Sequence[str], terms: Terms, *, anchor: bool) -> Markup:
    content = _marked(block, shown, terms, anchor=anchor)
    if block.kind == "heading":
        level = min(5, (block.level or 1) + 1)
        return element(f"h{level}", content, id=f"s{block.start}")
    own = " own" if block.kind == "list_item" and _OWN_MARK.match(block.text) else ""
    return element("p", content, class_=block.kind + own)


def _marked(
    block: BlockItem, shown: Sequence[str], terms: Terms, *, anchor: bool
) -> list[Markup | str]:
    """The block's text with entities underlined and the stretch asked for marked."""
    kinds = {(m.at[0], m.at[1]): m for m in block.mentions if m.type in shown}
    cuts = {0, len(block.text), *(offset for at in kinds for offset in at)}
    if block.found:
        cuts |= set(block.found)
    ordered = sorted(cuts)
    pieces: list[Markup | str] = []
    named = anchor
    for start, end in pairwise(ordered):
        piece: Markup | str = block.text[start:end]
        mention = next((m for at, m in kinds.items() if at[0] <= start and end <= at[1]), None)
        if mention:
            kind = terms.value("entity", mention.type)
            told = ". ".join(filter(None, (f"{kind}: {_value(mention.value)}", mention.remark)))
            piece = element("span", piece, class_=f"e e-{mention.type}", title=told)
        if block.found and block.found[0] <= start and end <= block.found[1]:
            piece = element("mark", piece, class_="found", id="plats" if named else None)
            named = False
        pieces.append(piece)
    return pieces


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{v}" for v in value.values() if v not in (None, "", []))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _card(item: StatementItem, document: str, visit: Visit) -> Markup:
    terms = visit.terms
    number = measure_number(item.id, item.title)
    called = f"{terms[f'reader.{item.kind}']} {number}".strip()
    name = element("b", called)
    word = terms.value(_WORDS[item.kind], item.word) if item.word else None
    dates = [f"{upper_first(terms.value('kind', kind))} {date_text(day, terms)}"
             for kind, day in item.deadlines]  # fmt: skip
    lines = [", ".join(item.agencies), "; ".join(dates)]
    title = item.title if item.kind == "stance" or not number else None
    links = [element("li", _link(link, visit)) for link in item.links]
    return element(
        "section",
        element("p", name, f": {word}" if word else None),
        element("p", title) if title else None,
        [element("p", line) for line in lines if line],
        [element("p", f"{terms['reader.links']}:"), element("ul", links)] if links else None,
        onward(f"{document}#{item.id}", number or item.title, visit)
        if item.kind != "stance"
        else None,
        class_="card",
        lang=visit.language,
        aria_label=called if number else f"{called}: {item.title}",
    )


def _link(link: LinkItem, visit: Visit) -> list[Markup | str]:
    terms = visit.terms
    figure = probability_figure(link.probability, terms)
    grade = terms.value("grade", str(link.grade))
    address = visit.document(link.document, link.start, link.end)
    return [
        element("a", measure_name(link.id, link.title), href=address),
        f" ({grade}, {terms.say('probability.short', figure=figure)})",
    ]


def leaf_page(view: LeafView, visit: Visit) -> str:
    """One page as a picture beside its text."""
    terms, document = visit.terms, view.document
    title = terms.say("reader.leaf", title=document.title, page=view.page)
    words = terms.say("reader.picture_of", page=view.page, title=document.title)
    picture = (
        element("img", src=view.picture, alt=words, width=1000)
        if view.picture
        else element("p", terms["reader.no_picture"])
    )
    text = element(
        "section",
        element("h2", terms["reader.text"]),
        element("div", element("p", view.text), class_="text", lang=document.language),
    )
    links = [element("a", terms["reader.back"], href=visit.document(document.id))]
    for number, key in ((view.page - 1, "page.before"), (view.page + 1, "page.after")):
        if 1 <= number <= view.pages:
            href = visit.link(f"/dokument/{document.id}/sida/{number}")
            links.append(element("a", terms[key], href=href))
    pager = element("nav", links, class_="pager", aria_label=terms["page.label"])
    body = element("div", element("div", picture, class_="leaf"), text, class_="beside")
    return page(visit, title, pager, body)
