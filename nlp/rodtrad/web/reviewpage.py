"""Review by keyboard: one link at a time, who is reviewing, what others decided."""

from __future__ import annotations

from collections.abc import Sequence

from rodtrad.datamodel import Candidate
from rodtrad.review.events import Event
from rodtrad.tables.markup import Markup, element
from rodtrad.tables.phrases import decision_text, measure_number, upper_first
from rodtrad.tables.wording import date_text, probability_sentence
from rodtrad.web.forms import button, field, labelled
from rodtrad.web.layout import page
from rodtrad.web.models import ReviewView
from rodtrad.web.pairs import demand, quotation
from rodtrad.web.reviewing import Task
from rodtrad.web.visit import Visit

# Action, grade, the key that does it, the term of the button.
GAP_ACTIONS = (("justify-gap", "", "g", "review.justify"),)


def link_actions(candidate: Candidate) -> tuple[tuple[str, str, str, str], ...]:
    """What can be decided of a link: an accepted one is regraded, any other accepted."""
    grades = ((2, "a"), (1, "b"))
    actions = []
    for grade, letter in grades:
        regraded = candidate.accepted and candidate.grade != grade
        action = "regrade" if regraded else "accept"
        actions.append((action, str(grade), letter, f"review.{action}{grade}"))
    return (*actions, ("reject", "", "x", "review.reject"))


def who_page(visit: Visit, suggestion: str) -> str:
    """Ask who is reviewing."""
    terms = visit.terms
    form = element(
        "form",
        field(type="hidden", name="csrf", value=visit.csrf),
        field(type="hidden", name="vidare", value=visit.here()),
        labelled(terms["review.who_label"], "namn",
                 field(type="text", name="namn", id="namn", value=suggestion, maxlength=80,
                       required=True, autocomplete="name")),
        element("p", button(terms["review.begin"])),
        method="post", action=visit.link("/granska/namn"), class_="prose stacked",
    )  # fmt: skip
    lead = element("p", terms["review.who_lead"], class_="lead")
    return page(visit, terms["review.title"], lead, form)


def review_page(view: ReviewView, visit: Visit, task: Task | None, history: Sequence[Event]) -> str:
    """The page with one task."""
    terms = visit.terms
    if task is None:
        return page(visit, terms["review.title"], element("p", terms["review.nothing"]))
    keys = "av" not in visit.values("tangenter")
    switch = visit.here(tangenter="av" if keys else None, klart=None)
    said = visit.values("klart")
    saved = terms.words.get(f"review.saved.{said[0]}") if said else None
    head = element(
        "div",
        element("p", terms.say("review.progress", number=view.number, total=view.total,
                               done=view.done, who=view.who)),
        element("p", element("a", terms["review.other_person"],
                             href=visit.link("/granska/namn")) if not visit.user else None),
        class_="dates",
    )  # fmt: skip
    body = element(
        "article",
        element("div", element("h2", task.row.line.id, class_="item"), demand(task.row, visit),
                class_="demand"),
        element("div", _answer(task, visit), _decisions(task, history, visit),
                _forms(task, view, visit, keys=keys), class_="answers"),
        class_="pair",
    )  # fmt: skip
    words, other = ("review.keys", "off") if keys else ("review.keys_off", "on")
    toggle = element("a", terms[f"review.keys_switch_{other}"], href=switch)
    help_ = element("p", terms[words], " ", toggle, class_="place")
    status = element("p", saved or "", role="status", class_="note good" if saved else "hidden")
    steps = _steps(view, visit)
    return page(visit, terms["review.title"], head, status, steps, body, help_)


def _answer(task: Task, visit: Visit) -> list[Markup]:
    terms, candidate = visit.terms, task.candidate
    if candidate is None:
        return [
            element("h2", terms["review.gap"], class_="item"),
            element("p", terms["review.gap_lead"]),
        ]
    title = task.measure.title if task.measure else terms["measure.unknown"]
    language = task.measure.language if task.measure else "sv"
    reasons = "; ".join(candidate.signals)
    return [
        element("h2", measure_number(candidate.measure, title), " ",
                element("span", title, lang=language), class_="item"),
        element("p", upper_first(probability_sentence(candidate.probability, terms)), "."),
        quotation(candidate.evidence_to, language, visit),
        element("p", element("b", f"{terms['col.signals']}: "), reasons, class_="signals"),
    ]  # fmt: skip


def _decisions(task: Task, history: Sequence[Event], visit: Visit) -> Markup:
    terms = visit.terms
    decided = decision_text(task.decision, terms) or terms["review.undecided"]
    conflict = task.decision is not None and bool(task.decision.dissenters)
    events = [element("li", _event(event, visit)) for event in history]
    return element(
        "div",
        element("p", element("b", f"{terms['review.now']}: "), upper_first(decided)),
        element("p", terms["review.conflict"], class_="note warn") if conflict else None,
        element("details", element("summary", terms.say("review.history", n=len(events))),
                element("ul", events)) if events else None,
    )  # fmt: skip


def _event(event: Event, visit: Visit) -> str:
    terms = visit.terms
    day = date_text(event.when[:10], terms)
    grade = f" ({terms.value('grade', str(event.grade))})" if event.grade else ""
    words = f": {event.comment}" if event.comment else ""
    return f"{day}, {event.who}: {terms.value('event', event.action)}{grade}{words}"


def _forms(task: Task, view: ReviewView, visit: Visit, *, keys: bool) -> Markup:
    terms = visit.terms
    actions = link_actions(task.candidate) if task.candidate else GAP_ACTIONS
    buttons = [
        button(terms[key], name="beslut", value=f"{action}:{grade}",
               data_key=letter if keys else None,
               class_="quiet" if action == "reject" else None)
        for action, grade, letter, key in actions
    ]  # fmt: skip
    comment = labelled(
        terms["review.comment"], "kommentar",
        element("textarea", name="kommentar", id="kommentar", rows=2, maxlength=4000,
                data_focus="k" if keys else None),
    )  # fmt: skip
    extra = element(
        "p",
        button(terms["review.only_comment"], name="beslut", value="comment:", class_="quiet"),
        " ",
        button(terms["review.undo"], name="beslut", value="undo:", class_="quiet",
               data_key="z" if keys else None) if view.mine else None,
        class_="tools",
    )  # fmt: skip
    return element(
        "form",
        field(type="hidden", name="csrf", value=visit.csrf),
        field(type="hidden", name="fran_id", value=task.start),
        field(type="hidden", name="till_id", value=task.end) if task.end else None,
        field(type="hidden", name="sett", value=task.decision.event if task.decision else ""),
        element("p", buttons, class_="tools"),
        comment,
        extra,
        method="post",
        action=visit.here(nr=view.number, klart=None),
        class_="stacked",
    )


def _steps(view: ReviewView, visit: Visit) -> Markup:
    terms = visit.terms
    keys = "av" not in visit.values("tangenter")

    def to(number: int, key: str, letter: str, rel: str) -> Markup:
        href = visit.here(nr=number, klart=None)
        return element("a", terms[key], href=href, rel=rel, data_key=letter if keys else None)

    return element(
        "nav",
        to(view.number - 1, "page.before", "p", "prev") if view.number > 1 else None,
        to(view.number + 1, "page.after", "n", "next") if view.number < view.total else None,
        to(view.next_open, "review.next_open", "o", "next") if view.next_open else None,
        class_="pager",
        aria_label=terms["review.steps"],
    )
