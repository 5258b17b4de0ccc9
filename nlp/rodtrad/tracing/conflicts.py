"""What documents say of one assignment differently: date, agency, a task left out.

Versions of an assignment (decision, letter, plan) are compared field by field. Other documents hold
no version of it, but speak of it: the background of a plan, a report, a reply. What a paragraph
says counts where the assignment's own number is the only one in it; two numbers in one paragraph
leave open which the date belongs to. A report that answers the assignment must tell its tasks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rodtrad.datamodel import (
    AnnotatedDocument,
    Document,
    Evidence,
    Measure,
    Sentence,
    Span,
)
from rodtrad.statements.versions import is_told
from rodtrad.tracing.evidence import measure_evidence
from rodtrad.tracing.explicit import plain_dnr
from rodtrad.tracing.texts import split_sentences

_NAMES = frozenset({"recipient", "agencies", "other_agencies"})  # fields whose values have no span


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two sources of one assignment say differently; `leading` is the one that counts.

    `other` is a version ("document#id"), or a document that speaks of the assignment.
    """

    field: str
    leading: str
    leading_says: tuple[str, ...]
    other: str
    other_says: tuple[str, ...]
    missing: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def told_otherwise(
    versions: Sequence[Measure], documents: Sequence[AnnotatedDocument]
) -> Iterator[Conflict]:
    """Where paragraphs outside the versions name another day or agency than the leading version.

    A day contradicts where the leading version has days of its kind and not this one; an agency
    where the paragraph makes it responsible and the leading version does not name it to act.
    """
    for document in documents:
        own = [v.at for v in versions if v.document == document.id]
        for paragraph in _paragraphs_on(_numbers(versions), document):
            if not any(paragraph.overlaps(at) for at in own):
                yield from _compared(versions[0], document, paragraph, documents)


def left_unreported(
    versions: Sequence[Measure], report: AnnotatedDocument, documents: Sequence[AnnotatedDocument]
) -> Iterator[Conflict]:
    """The tasks of an assignment that a report which answers it does not tell.

    A report whose text holds none of them tells nothing of its contents: a letter of transmittal.
    Quoted is where the report names the assignment.
    """
    told = tuple(
        Sentence(sentence, passage.span)
        for passage in report.passages
        for sentence in split_sentences(passage.text)
    )
    leading = versions[0]
    account = replace(leading, document=report.id, sentences=told)
    tasks = tuple(task.text for task in leading.tasks)
    missing = tuple(task for task in tasks if not is_told(task, account))
    if missing and len(missing) < len(tasks):
        place = next(_paragraphs_on(_numbers(versions), report), report.passages[0].at)
        ends = (stated(leading, "tasks", missing, documents), _quoted(report, place))
        yield Conflict("tasks", _name(leading), tasks, report.id, (), missing, ends)


def stated(
    measure: Measure, field: str, wanted: Sequence[str], documents: Sequence[AnnotatedDocument]
) -> Evidence:
    """The sentence in which a version says a value of a field, else the whole version.

    A recipient or an agency has no place of its own: the sentence that names most of what is said
    ("Regeringskansliet (Justitiedepartementet)" by both names), the last one of a recipient, who is
    named where the assignment says when and to whom it is reported.
    """
    plain: dict[str, Document] = {d.id: d.document for d in documents}
    places = {
        "deadlines": [(f"{d.kind} {d.date}", d.span) for d in measure.deadlines],
        "amounts": [(f"{a.value} {a.currency}", a.span) for a in measure.amounts],
        "tasks": [(task.text, task.span) for task in measure.tasks],
    }.get(field, [])
    at = next((span for value, span in places if value in wanted), None)
    sentence = next((s for s in measure.sentences if at and s.span.overlaps(at)), None)
    if sentence is None and field in _NAMES:
        sentence = _naming(measure, wanted, last=field == "recipient")
    return measure_evidence(measure, sentence, plain)


def _naming(measure: Measure, wanted: Sequence[str], *, last: bool) -> Sentence | None:
    """The sentence that names most of some names; None where none names any."""
    names = [part for name in wanted for part in re.split(r"[^\w\s-]+", name) if part.strip()]
    told = [sum(_is_named(name, s.text) for name in names) for s in measure.sentences]
    places = [n for n, count in enumerate(told) if count == max(told)]
    return measure.sentences[places[-1 if last else 0]] if any(told) else None


def _is_named(name: str, text: str) -> bool:
    return re.search(rf"(?i)\b{re.escape(name.strip())}", text) is not None


def _numbers(versions: Sequence[Measure]) -> set[str]:
    return {plain_dnr(number) for version in versions for number in version.dnr}


def _paragraphs_on(numbers: set[str], document: AnnotatedDocument) -> Iterator[Span]:
    """The paragraphs in which one of the numbers stands and no other matter's."""
    named = [m for m in document.entities if m.type == "DIARIENUMMER"]
    for mention in named:
        if plain_dnr(str(mention.value)) in numbers:
            around = _paragraph(document.document.text, mention.at)
            others = (m for m in named if m.at.overlaps(around))
            if all(plain_dnr(str(other.value)) in numbers for other in others):
                yield around


def _paragraph(text: str, at: Span) -> Span:
    start = text.rfind("\n\n", 0, at.start)
    end = text.find("\n\n", at.end)
    return Span(0 if start < 0 else start + 2, len(text) if end < 0 else end)


def _compared(
    leading: Measure,
    document: AnnotatedDocument,
    paragraph: Span,
    documents: Sequence[AnnotatedDocument],
) -> Iterator[Conflict]:
    due = [m for m in document.entities if m.type == "DEADLINE" and m.at.overlaps(paragraph)]
    for mention in due:
        same = [d for d in leading.deadlines if _comparable(d.kind, mention.value["kind"])]
        if same and mention.value["date"] not in {d.date for d in same}:
            says = tuple(f"{d.kind} {d.date}" for d in same)
            told = f"{mention.value['kind']} {mention.value['date']}"
            ends = (stated(leading, "deadlines", says, documents), _quoted(document, paragraph))
            yield Conflict("deadlines", _name(leading), says, document.id, (told,), says, ends)
    bound = dict.fromkeys(name for mention in due for name in mention.value["responsible"])
    others = tuple(name for name in bound if name not in leading.agencies)
    if others and leading.agencies:
        says = leading.agencies
        ends = (stated(leading, "agencies", says, documents), _quoted(document, paragraph))
        yield Conflict("agencies", _name(leading), says, document.id, others, says, ends)


def _quoted(document: AnnotatedDocument, at: Span) -> Evidence:
    span = document.document.span_of(at)
    page = document.document.page_of(span)
    return Evidence(
        document=document.id,
        quote=document.document.quote(span),
        start=span.start,
        end=span.end,
        page=page.number if page else None,
        section=document.section_path(document.section_at(at.start)),
    )


def _comparable(one: str, other: str) -> bool:
    """Whether two kinds of deadline can be of one obligation: "redovisas" may be any report."""
    return one == other or ("redovisning" in (one, other) and one[-11:] == other[-11:])


def _name(measure: Measure) -> str:
    return f"{measure.document}#{measure.id}"
