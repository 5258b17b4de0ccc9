"""The sentences and cell texts that every writer shares, so that all formats say the same."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

from rodtrad.datamodel import Candidate, ContextPassage, Decision, Evidence, FollowUp
from rodtrad.datamodel.link import TraceStatus
from rodtrad.tables.terms import Language, Terms, load_terms
from rodtrad.tables.traceview import (
    DocumentInfo,
    DueDate,
    MeasureCell,
    RejectedMeasure,
    Row,
    TraceTable,
)
from rodtrad.tables.wording import (
    date_text,
    day_text,
    deadline_text,
    number_text,
    one_line,
    place_text,
    probability_figure,
    probability_sentence,
    shorten,
)

# What the second measure with the same title has after it: "-2".
_SAME_TITLE_NUMBER = re.compile(r"-\d+$")
_PASSED = re.compile(r"(?:läge|state): .* (?:passerad|passed), ")

# Ids made from long titles are cut between words before their sixtieth letter.
_CUT_ID = 30


def upper_first(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def strength_text(row: Row, terms: Terms) -> str:
    """The issuer's verb, or that the wording shows none."""
    strength = row.line.strength
    return terms.value("strength", strength) if strength else terms["strength.none"]


def issuer_text(row: Row) -> str:
    """Who asks; the document's issuer, or its title, where the demand names none."""
    issuer = row.recommendation.issuer if row.recommendation else None
    return issuer or row.document.issuer or row.document.title


def recommendation_text(row: Row) -> str:
    """The demand on one line."""
    return one_line(row.line.text)


def evidence_text(evidence: Evidence | None, terms: Terms, *, width: int | None = None) -> str:
    """The quote in quotation marks, or the summary with its warning, on one line.

    With `width` the words are cut to so many characters, inside the marks.
    """
    words = (evidence.quote or evidence.summary) if evidence else None
    if evidence is None or not words:
        return terms["quote.missing"]
    line = shorten(words, width) if width else one_line(words)
    if not evidence.quote:
        return f"{line} [{terms['summary.label']}]"
    marks = "””" if terms.language == "sv" else "“”"
    return f"{marks[0]}{line}{marks[1]}"


def lead_text(row: Row, terms: Terms) -> str:
    """The demand as it is shown first: in quotation marks where it is the quote itself."""
    evidence, words = row.evidence, recommendation_text(row)
    if row.is_summary:
        return f"{words} [{terms['summary.label']}]"
    if evidence and evidence.quote and one_line(evidence.quote) == words:
        return evidence_text(evidence, terms)
    return words


def lead_quote(row: Row) -> Evidence | None:
    """The source's own words where the demand is shown in cleaned or shortened form."""
    evidence = row.evidence
    if evidence and evidence.quote and one_line(evidence.quote) != recommendation_text(row):
        return evidence
    return None


def source_text(row: Row, terms: Terms) -> str:
    """Document, report point, section, page and source of a recommendation."""
    demand = row.recommendation
    evidence = row.evidence
    parts = [row.document.title]
    if demand and demand.paragraph:
        parts.append(terms.say("place.point", point=demand.paragraph))
    if evidence and place_text(evidence, terms):
        parts.append(place_text(evidence, terms))
    if demand and demand.source:
        parts.append(demand.source)
    return ", ".join(parts)


def document_text(document: DocumentInfo, terms: Terms) -> str:
    """Title, issuer, date and dnr of a document, as far as known."""
    parts = [document.title, document.issuer, document.dnr]
    if document.date:
        parts.insert(2, date_text(document.date, terms))
    return ", ".join(part for part in parts if part)


def version_text(document: DocumentInfo, terms: Terms) -> str:
    """The document, its id and which version of its file was read, for the lists of sources."""
    parts = [document_text(document, terms), document.id]
    if document.digest:
        parts.append(terms.say("about.version", digest=document.digest[:12]))
    if document.marking:
        parts.append(terms.say("head.marking", marking=document.marking))
    return "; ".join(parts)


def same_words(evidence: Evidence, shown: Evidence | None) -> bool:
    """Whether a piece of evidence repeats words that are already shown."""
    if shown is None or evidence.document != shown.document:
        return False
    words = evidence.quote or evidence.summary
    return bool(words) and words == (shown.quote or shown.summary)


def measure_label(cell: MeasureCell) -> str:
    """Number and title of a measure: "4.3.1 Uppdrag till …"."""
    return measure_name(cell.candidate.measure, cell.title or "")


def measure_name(measure: str, title: str) -> str:
    """Number and title of a measure.

    >>> measure_name("4.3.1", "Uppdrag till flera")
    '4.3.1 Uppdrag till flera'
    """
    return f"{measure_number(measure, title)} {title}".strip()


def measure_number(measure: str, title: str) -> str:
    """The id of a measure where it says more than the title; one made from the title does not.

    >>> measure_number("4.3.1", "Uppdrag till flera")
    '4.3.1'
    >>> measure_number("uppdrag-till-flera-2", "Uppdrag till flera")
    ''
    >>> measure_number("uppdrag-3", "Uppdrag till flera")
    'uppdrag-3'
    """
    made, whole = _letters(_SAME_TITLE_NUMBER.sub("", measure)), _letters(title)
    is_cut = len(made) >= _CUT_ID and whole.startswith(made)
    return "" if whole and (made == whole or is_cut) else measure


def short_name(measure: str, title: str, width: int) -> str:
    """What a measure is called where there is little room: its number, else its first words.

    >>> short_name("uppdrag-till-flera-2", "Uppdrag till flera", 14)
    'Uppdrag till…'
    """
    return shorten(measure_number(measure, title) or title, width)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def responsible_text(cell: MeasureCell, terms: Terms) -> str:
    """The agencies that must act."""
    agencies = cell.measure.agencies if cell.measure else ()
    return ", ".join(agencies) or terms["responsible.none"]


def others_text(cell: MeasureCell, terms: Terms) -> str:
    """The other agencies named, each with its role where the text shows one."""
    if cell.measure is None:
        return ""
    roles = {role.name: role.role for role in cell.measure.agency_roles if role.role != "must_act"}
    return ", ".join(
        f"{name} ({terms.value('role', roles[name])})" if name in roles else name
        for name in cell.measure.other_agencies
    )


def due_text(due: DueDate, terms: Terms) -> str:
    """A deadline with its state and flags: "slutredovisning 1 oktober 2026 (passerad, …)"."""
    text = deadline_text(due.deadline, terms)
    if due.deadline.part:
        text += f", {due.deadline.part}"
    remarks = [] if due.state in ("due.ahead", "due.yearly") else [terms[due.state]]
    remarks += due.deadline.flags
    return f"{text} ({'; '.join(remarks)})" if remarks else text


def due_texts(cell: MeasureCell, terms: Terms) -> list[str]:
    """All deadlines of a measure, one text each; a text that says so where there is none."""
    return [due_text(due, terms) for due in cell.due] or [terms["deadline.none"]]


def dnr_text(cell: MeasureCell, terms: Terms) -> str:
    """The measure's own matters."""
    numbers = cell.measure.dnr if cell.measure else ()
    return ", ".join(numbers) or terms["dnr.none"]


def state_text(cell: MeasureCell, terms: Terms) -> str:
    """How far the measure has come: what the text shows, then what people have entered."""
    state = terms.value("state", cell.measure.state if cell.measure else "okänd")
    entered = follow_up_text(cell.follow_up, terms)
    return f"{state}; {entered}" if entered else state


def remarks_text(cell: MeasureCell) -> str:
    """What the reader must know of a measure; a deadline that has passed says so itself."""
    flags = cell.measure.flags if cell.measure else ()
    return "; ".join(flag for flag in flags if not _PASSED.match(flag))


def fact_texts(cell: MeasureCell, terms: Terms) -> list[tuple[str, list[str]]]:
    """Who, by when, under which number and how far: names and values, empty ones left out."""
    pairs = [
        ("col.responsible", [responsible_text(cell, terms)]),
        ("col.others", [others_text(cell, terms)]),
        ("col.deadline", due_texts(cell, terms)),
        ("col.dnr", [dnr_text(cell, terms)]),
        ("state.column", [state_text(cell, terms)]),
        ("col.flags", [remarks_text(cell)]),
    ]
    return [(terms[key], values) for key, values in pairs if any(values)]


def follow_up_text(found: FollowUp | None, terms: Terms) -> str:
    """What people have entered, in one line; empty where they have not."""
    if found is None:
        return ""
    parts = [
        " ".join(
            p
            for p in (terms.value("follow_up_state", found.status), date_text(found.date, terms))
            if p
        ),
        found.unit,
        found.person,
        terms.say("follow_up.next", step=found.next_step) if found.next_step else "",
        terms.say("follow_up.source", source=found.source) if found.source else "",
        found.note,
        terms["follow_up.changed"] if found.changed else "",
    ]
    words = ", ".join(part for part in parts if part)
    return terms.say("follow_up.text", words=words, who=found.who, date=_day(found.when, terms))


def decision_text(decision: Decision | None, terms: Terms) -> str:
    """What a person decided, who and when; a suspect decision says that it does not count."""
    if decision is None:
        return ""
    text = terms.say(
        f"decided.{decision.action}", who=decision.who, date=_day(decision.when, terms)
    )
    if decision.suspect:
        text += f" ({terms['decided.suspect']})"
    if decision.dissenters:
        text += f" ({terms.say('decided.dissent', names=', '.join(decision.dissenters))})"
    return f"{text}: {one_line(decision.comment)}" if decision.comment.strip() else text


def _day(moment: str, terms: Terms) -> str:
    try:
        return day_text(date.fromisoformat(moment[:10]), terms)
    except ValueError:
        return moment


def basis_text(candidate: Candidate, terms: Terms) -> str:
    """Whether the link rests on a reference in the text or on meaning."""
    return terms["basis.explicit" if candidate.explicit else "basis.implicit"]


def grade_text(candidate: Candidate, terms: Terms) -> str:
    """The grade in words."""
    return terms.value("grade", str(candidate.grade))


def assessment_text(candidate: Candidate, terms: Terms) -> str:
    """Grade, probability, basis and a person's decision in one sentence."""
    parts = (
        upper_first(grade_text(candidate, terms)),
        probability_sentence(candidate.probability, terms),
        basis_text(candidate, terms),
        decision_text(candidate.decision, terms),
    )
    return "; ".join(part for part in parts if part)


def status_text(row: Row, terms: Terms) -> str:
    """The coverage of a recommendation in words."""
    return upper_first(terms.value("status", row.line.status))


def searched_text(row: Row, terms: Terms) -> str:
    """What was searched, as a noun: "Handlingsplan … (40 åtgärder)".

    The documents the row was held against; where they are not known, what the gap says. A gap may
    word that as the whole finding ("ingen motsvarighet hittad i …").
    """
    if row.targets:
        named = (f"{info.title} ({terms.count('measures', n)})" for info, n in row.targets)
        return ", ".join(named)
    searched = row.line.gap.searched if row.line.gap else ""
    languages: tuple[Language, ...] = ("sv", "en")
    for language in languages:
        finding = load_terms(language).say("gap.sentence", searched="").rstrip(".")
        if searched.casefold().startswith(finding.casefold()):
            searched = searched[len(finding) :]
    return searched.strip().rstrip(".")


def gap_text(row: Row, terms: Terms) -> str:
    """What was not found and where was looked, and what a person declared; else empty."""
    declared = upper_first(decision_text(row.line.decision, terms))
    if not row.is_open:
        return declared and f"{declared}."
    key = "gap.sentence" if row.line.status == "gap" else "gap.unresolved"
    searched = searched_text(row, terms)
    text = terms.say(key, searched=searched) if searched else terms[f"{key}_plain"]
    if row.line.too_short:
        text = f"{text} {terms['gap.short']}"
    return f"{text} {declared}." if declared else text


def nearest_text(row: Row, terms: Terms) -> str:
    """The numbers of the measures that came closest, with their probabilities."""
    if not row.is_open or not row.rejected:
        return ""
    nearest = ", ".join(
        f"{item.measure} ({probability_figure(item.probability, terms)})"
        if item.probability is not None
        else item.measure
        for item in row.rejected
    )
    return terms.say("gap.nearest", measures=nearest)


def misses_text(row: Row, terms: Terms) -> str:
    """How many links the search is expected to have missed; empty where not reckoned."""
    if row.line.gap is None:
        return ""
    misses = row.line.gap.expected_misses
    figure = number_text(max(misses, 0.1), terms, decimals=1)
    if misses < 0.1:
        figure = terms.say("probability.under", figure=figure)
    return terms.say("gap.misses", figure=figure)


def rejected_text(rejected: RejectedMeasure, terms: Terms) -> str:
    """A rejected measure with its probability, and why it was: what it lacks, or who decided."""
    label = measure_name(rejected.measure, rejected.title or "")
    if rejected.probability is not None:
        figure = probability_figure(rejected.probability, terms)
        label += f" ({terms.say('probability.short', figure=figure)})"
    decided = decision_text(rejected.decision, terms)
    return "; ".join(part for part in (label, *_reasons(rejected, terms), decided) if part)


def _reasons(rejected: RejectedMeasure, terms: Terms) -> tuple[str, ...]:
    """What the signals say against it; where they say nothing, that it is too unlikely."""
    if rejected.reasons or rejected.decision or rejected.probability is None:
        return rejected.reasons
    return (terms["gap.unlikely"],)


def context_text(passage: ContextPassage, terms: Terms, *, width: int | None = None) -> str:
    """A passage outside the measures: section and quote, cut to `width` if given."""
    place = place_text(passage.evidence, terms)
    quote = evidence_text(passage.evidence, terms, width=width)
    return f"{upper_first(place)}: {quote}" if place else quote


def limits(table: TraceTable) -> list[str]:
    """What a reader must know about the limits of any trace table."""
    terms = table.terms
    return [
        terms["limit.automatic"],
        terms["limit.probability"],
        terms.say("limit.deadline", state=upper_first(terms["due.passed_report"])),
        terms["limit.masked" if table.masked else "limit.quotes"],
        *table.provenance.limits,
    ]


def facts(table: TraceTable) -> list[tuple[str, str]]:
    """The table's dates, model, encoder, figures and marking as name and value."""
    terms, made = table.terms, table.provenance
    pairs = [
        (terms["head.as_of_name"], day_text(table.as_of, terms)),
        (terms["head.generated_name"], day_text(made.generated, terms) if made.generated else None),
        (terms["head.marking_name"], table.marking),
        (terms["about.tool"], made.tool),
        (terms["about.model"], made.model),
        (terms["about.encoder"], made.encoder),
        *made.figures,
    ]
    return [(name, value) for name, value in pairs if value]


def status_counts(table: TraceTable) -> list[tuple[str, str, int]]:
    """For each coverage status its key, its word and how many recommendations have it; zeros too.

    Counted is all that was traced, also where only a selection of it is shown.
    """
    terms = table.terms
    return [
        (status, upper_first(terms.value("status", status)), table.statuses.count(status))
        for status in get_args(TraceStatus)
    ]


def selection_text(table: TraceTable) -> str:
    """How many of the recommendations counted are shown; empty where all are."""
    shown, counted = len(table.rows), len(table.statuses)
    return table.terms.say("head.selection", shown=shown, all=counted) if shown < counted else ""


def counts_text(table: TraceTable) -> str:
    """The counts on one line: "Motsvaras 2 · … · Oavgjord 5 (urval: 5 av 12 visas)"."""
    counts = " · ".join(f"{word} {count}" for _, word, count in status_counts(table))
    selection = selection_text(table)
    return f"{counts} ({selection})" if selection else counts
