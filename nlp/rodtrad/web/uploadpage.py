"""Send a document in, and follow it until it can be searched."""

from __future__ import annotations

from rodtrad.tables.markup import Markup, element
from rodtrad.tables.wording import number_text
from rodtrad.web.forms import button, field, labelled, select
from rodtrad.web.layout import page, said
from rodtrad.web.models import JobView, UploadView
from rodtrad.web.visit import Visit
from rodtrad.web.words import document_kinds


def upload_page(view: UploadView, visit: Visit) -> str:
    """The form."""
    terms = visit.terms
    size = number_text(view.max_bytes / (1 << 20), terms)
    kinds = [("", terms["upload.by_content"])]
    kinds += [(kind, terms.value("kinds", kind)) for kind in document_kinds()]
    form = element(
        "form",
        field(type="hidden", name="csrf", value=visit.csrf),
        labelled(terms["upload.file"], "file",
                 field(type="file", name="file", id="file", required=True,
                       accept=".pdf,.docx,.html,.htm,.txt,.md", aria_describedby="upload-help")),
        element("p", terms.say("upload.help", size=size), id="upload-help", class_="place"),
        labelled(terms["upload.title_field"], "title",
                 field(type="text", name="title", id="title", maxlength=300)),
        labelled(terms["upload.kind"], "kind", select("kind", kinds, [""])),
        element("p", button(terms["upload.do"])),
        method="post", action=visit.link("/lagg-till"), enctype="multipart/form-data",
        class_="prose stacked",
    )  # fmt: skip
    return page(visit, terms["upload.title"], element("p", terms["upload.lead"], class_="lead"),
                form)  # fmt: skip


def job_page(view: JobView, visit: Visit) -> str:
    """How far it has come; a small script keeps it current, a link does the same without."""
    terms = visit.terms
    ended = f".{view.state}" if view.state in ("done", "failed") else ""
    title = terms.say(f"upload.of{ended}", name=view.name)
    return page(visit, title, _state(view, visit))


def _state(view: JobView, visit: Visit) -> Markup:
    terms = visit.terms
    if view.state == "failed":
        error = said(view.error, visit) if view.error else terms["failed.sentence"]
        again = element("a", terms["upload.again"], href=visit.link("/lagg-till"))
        return element(
            "div",
            element("p", element("b", terms["upload.failed"]), " ", error),
            element("p", again),
            class_="note warn",
            role="alert",
        )
    if view.state == "done" and view.document:
        return _finished(view, view.document, visit)
    bar = element(
        "progress",
        aria_label=terms["upload.progress"],
        max=view.total or None,
        value=view.done if view.total else None,
    )
    return element(
        "div",
        element("p", terms[f"upload.{view.state}"], role="status"),
        element("p", bar),
        element("p", element("a", terms["upload.refresh"], href=visit.path)),
        data_job=f"/lagg-till/{view.id}.json",
    )


def _finished(view: JobView, document: str, visit: Visit) -> Markup:
    """What was found in the document, and what can be done with it."""
    terms = visit.terms
    counts = [f"{terms[f'total.{name}']} {count}" for name, count in view.found.items() if count]
    links = [
        ("upload.read", visit.document(document)),
        ("upload.search", visit.link("/sok", dokument=document)),
    ]
    if view.found.get("measures"):
        links.append(("upload.trace", visit.link("/sparning", till=document)))
    if view.found.get("recommendations"):
        links.append(("upload.from", visit.link("/sparning", fran=document)))
    nothing = view.found and len(links) == 2
    items = [element("li", element("a", terms[key], href=href)) for key, href in links]
    return element(
        "div",
        element("p", terms["upload.done"]),
        element("p", f"{terms['upload.found']}: {', '.join(counts)}.") if counts else None,
        element("p", terms["upload.no_statements"]) if nothing else None,
        element("ul", items, class_="tools"),
        class_="note good",
        role="status",
    )
