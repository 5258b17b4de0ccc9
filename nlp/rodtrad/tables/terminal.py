"""What a person reads in the terminal: tables and lists that follow its width.

No meaning rests on colour or boxes alone: every state is a word. Texts from documents are shown
as they are, never read as markup, and control characters are taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rodtrad.tables.phrases import (
    assessment_text,
    context_text,
    dnr_text,
    due_text,
    due_texts,
    evidence_text,
    gap_text,
    issuer_text,
    lead_quote,
    lead_text,
    limits,
    measure_label,
    misses_text,
    rejected_text,
    responsible_text,
    same_words,
    shorten,
    source_text,
    state_text,
    status_counts,
    status_text,
    strength_text,
)
from rodtrad.tables.safety import plain_text
from rodtrad.tables.terms import Language, Terms, load_terms
from rodtrad.tables.traceview import MeasureCell, Row, TraceTable
from rodtrad.tables.wording import date_text, day_text, number_text, one_line, place_text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

Record = Mapping[str, Any]
Cell = Callable[[Record, Terms], str]

QUOTE_WIDTH = 400


def render_trace(table: TraceTable) -> Iterator[RenderableType]:
    """The cross-reference table: counts, one block a recommendation, deadlines, notes."""
    terms = table.terms
    yield _line(table.title, "bold")
    as_of = terms.say("head.as_of", date=day_text(table.as_of, terms))
    counts = [f"{word} {count}" for _, word, count in status_counts(table.rows, terms)]
    yield _line(f"{as_of}. {' · '.join(counts)}", "")
    for row in table.rows:
        yield from _render_row(row, terms)
    yield from _render_deadlines(table)
    yield _line("")
    yield _line(terms["about.notes"], "bold")
    for note in (*table.notes, *limits(table)):
        yield _indented(note, 2, bullet="- ")


def _render_row(row: Row, terms: Terms) -> Iterator[RenderableType]:
    yield _line("")
    yield _line(f"{row.line.id}  {status_text(row, terms)}", "bold")
    head = f"{issuer_text(row)} ({strength_text(row, terms)}): {lead_text(row, terms)}"
    yield _indented(head, 2)
    if quote := lead_quote(row):
        yield _indented(evidence_text(quote, terms, width=QUOTE_WIDTH), 2)
    yield _indented(source_text(row, terms), 2, style="dim")
    for cell in row.cells:
        yield from _render_cell(cell, row, terms)
    if gap := gap_text(row, terms):
        yield _indented(gap, 2, style="bold")
    if row.rejected:
        yield _indented(terms["gap.rejected_intro"], 2)
    for item in row.rejected:
        yield _indented(rejected_text(item, terms), 4, bullet="- ")
    if row.is_open and row.line.gap:
        yield _indented(f"{misses_text(row, terms)}.", 2)
    if row.line.context:
        yield _indented(f"{terms['context.title']}:", 2)
    for passage in row.line.context:
        yield _indented(context_text(passage, terms, width=QUOTE_WIDTH), 4, bullet="- ")


def _render_cell(cell: MeasureCell, row: Row, terms: Terms) -> Iterator[RenderableType]:
    candidate = cell.candidate
    yield _indented(measure_label(cell), 2, bullet="→ ", style="bold")
    yield _indented(f"{assessment_text(candidate, terms)}.", 4)
    facts = (
        ("col.responsible", responsible_text(cell, terms)),
        ("col.deadline", "; ".join(due_texts(cell, terms))),
        ("col.dnr", dnr_text(cell, terms)),
        ("state.column", state_text(cell, terms)),
        ("col.signals", "; ".join(candidate.signals)),
    )
    for key, value in facts:
        if value:
            yield _indented(f"{terms[key]}: {value}", 4)
    for key, evidence in (
        ("quote.recommendation", candidate.evidence_from),
        ("quote.measure", candidate.evidence_to),
    ):
        if same_words(evidence, row.evidence):
            continue
        quote = evidence_text(evidence, terms, width=QUOTE_WIDTH)
        place = place_text(evidence, terms)
        yield _indented(f"{terms[key]}: {quote}" + (f" ({place})" if place else ""), 4, style="dim")


def _render_deadlines(table: TraceTable) -> Iterator[RenderableType]:
    terms = table.terms
    dates = table.due_dates()
    if not dates:
        return
    yield _line("")
    yield _line(terms["deadlines.title"], "bold")
    heads = ("col.deadline", "col.responsible", "col.measure")
    rows = [
        (due_text(due, terms), ", ".join(due.deadline.responsible), f"{measure.id} {measure.title}")
        for measure, due in dates
    ]
    yield _grid([terms[head] for head in heads], rows)


def _text(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(one_line(plain_text(text)), style=style)


def _line(text: str, style: str = "") -> RenderableType:
    return _text(text, style)


def _indented(text: str, left: int, *, bullet: str = "", style: str = "") -> RenderableType:
    """A paragraph set in by `left` blanks; further lines stand under the first word."""
    from rich.padding import Padding
    from rich.table import Table

    if not bullet:
        return Padding(_text(text, style), (0, 0, 0, left))
    grid = Table.grid(padding=0)
    grid.add_column(width=len(bullet), no_wrap=True)
    grid.add_column()
    grid.add_row(bullet, _text(text, style))
    return Padding(grid, (0, 0, 0, left))


def _grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for head in heads:
        grid.add_column(_text(head), overflow="fold")
    for row in rows:
        grid.add_row(*(_text(cell) for cell in row))
    return grid


def render_records(
    kind: str, records: Sequence[Record], *, language: Language | str = "sv"
) -> Iterator[RenderableType]:
    """Records of a command as a table for people.

    Args:
        kind: what the records are: documents, build, status, sections, entities,
            recommendations, measures, stances, deadlines, search, doctor; a kind it does not
            know is shown with the records' own field names.
        records: as the command contract says.
        language: "sv" or "en", for the words around.
    """
    terms = load_terms("en" if language == "en" else "sv")
    if not records:
        yield _line(terms["search.none" if kind == "search" else "rows.none"])
    elif kind == "search":
        yield from _render_hits(records, terms)
    else:
        columns = _COLUMNS.get(kind) or _plain_columns(records)
        used = [c for c in columns if any(c[1](record, terms) for record in records)]
        rows = [[cell(record, terms) for _, cell in used] for record in records]
        yield _grid([terms.words.get(head, head) for head, _ in used], rows)


def _render_hits(records: Sequence[Record], terms: Terms) -> Iterator[RenderableType]:
    """Search hits, one block each; several queries each get a line of their own."""
    query = None
    for record in records:
        if record.get("query") != query:
            query = record.get("query")
            yield _line(f"{record.get('id', '')} {query}", "bold")
        if record.get("rank") is None:
            yield _indented(
                _words(record.get("reason") or record.get("why")) or terms["search.none"], 2
            )
            continue
        path = " › ".join(record.get("section") or ())
        page = terms.say("place.page", page=record["page"]) if record.get("page") else ""
        head = ", ".join(part for part in (str(record["document"]), path, page) if part)
        yield _indented(head, 1, bullet=f"{record['rank']:>2}. ", style="bold")
        yield _indented(_words(record.get("snippet")), 5)
        if why := _words(record.get("why")):
            yield _indented(f"{terms['col.why']}: {why}", 5, style="dim")
        yield _line("")


def _words(value: object) -> str:
    """A value of a record as words: lists with commas, nothing for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(part)}" for key, part in value.items() if _words(part))
    if isinstance(value, list | tuple):
        return ", ".join(_words(part) for part in value)
    return str(value)


def _field(name: str) -> Cell:
    return lambda record, terms: _words(record.get(name))


def _coded(name: str, group: str) -> Cell:
    """A field of a closed vocabulary, in words."""
    return lambda record, terms: terms.value(group, _words(record.get(name)))


def _cut(name: str, width: int) -> Cell:
    return lambda record, terms: shorten(_words(record.get(name)), width)


def _innermost(record: Record, terms: Terms) -> str:
    return shorten((record.get("section") or [""])[-1], 60)


def _day(record: Record, terms: Terms) -> str:
    return date_text(_words(record.get("date")), terms)


def _deadlines_cell(record: Record, terms: Terms) -> str:
    return "; ".join(
        f"{terms.value('kind', kind)} {date_text(day, terms)}" for kind, day in record["deadlines"]
    )


def _amounts_cell(record: Record, terms: Terms) -> str:
    return "; ".join(number_text(value, terms) for value in record.get("amounts") or ())


def _strength_cell(record: Record, terms: Terms) -> str:
    strength = record.get("strength")
    return terms.value("strength", strength) if strength else "–"


def _demand_cell(record: Record, terms: Terms) -> str:
    text = shorten(_words(record.get("text")), 240)
    return text if record.get("quote") else f"{text} [{terms['summary.label']}]"


def _heading(record: Record, terms: Terms) -> str:
    number = f"{record['number']} " if record.get("number") else ""
    return "  " * (int(record.get("level") or 1) - 1) + number + str(record["title"])


def _errors(record: Record, terms: Terms) -> str:
    errors = record.get("errors") or ()
    return "; ".join(_words(e.get("message")) if isinstance(e, dict) else _words(e) for e in errors)


def _event_id(record: Record, terms: Terms) -> str:
    return str(record["id"])[:8]


def _moment(record: Record, terms: Terms) -> str:
    return _words(record.get("when"))[:16].replace("T", " ")


def _act(record: Record, terms: Terms) -> str:
    """Who did what: "Anna godtar (2)"."""
    grade = f" ({record['grade']})" if record.get("grade") else ""
    return f"{record['who']} {terms.value('action', str(record['action']))}{grade}"


def _targets(record: Record, terms: Terms) -> str:
    """The ends by their ids of today; where that was another then, the id of then behind it."""
    shown = []
    for name, then in record["target"].items():
        now = (record.get("current_target") or {}).get(name)
        if then:
            shown.append(f"{now} ({then})" if now and now != then else str(then))
    return " → ".join(shown) or _words(record.get("version"))


def _flag(name: str) -> Cell:
    return lambda record, terms: terms["yes"] if record.get(name) else ""


def _ratio(name: str) -> Cell:
    def cell(record: Record, terms: Terms) -> str:
        value = record.get(name)
        return "–" if value is None else number_text(value, terms, decimals=2)

    return cell


def _differences(record: Record, terms: Terms) -> str:
    return "; ".join(
        f"{d['field']}: {shorten(_words(d['old']) or '–', 80)} → "
        f"{shorten(_words(d['new']) or '–', 80)}"
        for d in record["differences"]
    )


def _remarks(record: Record, terms: Terms) -> str:
    return "; ".join(f"{r['department'] or r['who']}: {r['comment']}" for r in record["comments"])


def _plain_columns(records: Sequence[Record]) -> tuple[tuple[str, Cell], ...]:
    return tuple((name, _field(name)) for name in dict.fromkeys(k for r in records for k in r))


_COLUMNS: dict[str, tuple[tuple[str, Cell], ...]] = {
    "documents": (
        ("col.document", _field("id")),
        ("col.kind_document", _field("kind")),
        ("col.title", _cut("title", 90)),
        ("col.issuer", _field("issuer")),
        ("col.date", _day),
        ("col.dnr", _field("dnr")),
        ("col.pages", _field("pages")),
        ("col.status", _coded("status", "document")),
        ("col.errors", _errors),
    ),
    "build": (
        ("col.document", _field("id")),
        ("col.status", _coded("status", "build")),
        ("col.sections", _field("sections")),
        ("col.passages", _field("passages")),
        ("col.entities", _field("entities")),
        ("col.statements", _field("statements")),
        ("col.errors", _errors),
    ),
    "sections": (("col.section", _heading), ("col.page", _field("page"))),
    "entities": (
        ("col.entity_type", _field("type")),
        ("col.surface", _cut("surface", 60)),
        ("col.value", _field("value")),
        ("col.section", _innermost),
        ("col.page", _field("page")),
        ("col.flags", _field("reason")),
    ),
    "recommendations": (
        ("col.id", _field("id")),
        ("col.issuer", _field("issuer")),
        ("col.strength", _strength_cell),
        ("col.text", _demand_cell),
        ("col.addressees", _field("addressees")),
        ("col.section", _innermost),
    ),
    "measures": (
        ("col.id", _cut("id", 40)),
        ("col.title", _cut("title", 120)),
        ("col.type", _coded("type", "type")),
        ("col.responsible", _field("agencies")),
        ("col.deadline", _deadlines_cell),
        ("col.dnr", _field("dnr")),
        ("col.amounts", _amounts_cell),
        ("state.column", _coded("state", "state")),
    ),
    "stances": (
        ("col.target", _field("target")),
        ("col.stance", _coded("stance", "stance")),
        ("col.condition", _cut("condition", 160)),
        ("col.wishes", _cut("wishes", 160)),
        ("col.quote", _cut("quote", 200)),
    ),
    "deadlines": (
        ("col.date", _day),
        ("col.kind", _coded("kind", "kind")),
        ("col.responsible", _field("responsible")),
        ("col.recipient", _field("recipient")),
        ("col.measure", _field("measure")),
        ("col.title", _cut("measure_title", 70)),
        ("col.deadline_state", _field("state")),
        ("col.flags", _field("flags")),
    ),
    "review": (
        ("col.event", _event_id),
        ("col.when", _moment),
        ("col.action", _act),
        ("col.about", _targets),
        ("col.standing", _coded("standing", "standing")),
        ("col.comment", _cut("comment", 160)),
    ),
    "follow-up": (
        ("col.item", _field("item")),
        ("col.status", _field("status")),
        ("col.date", _day),
        ("col.overdue", _flag("overdue")),
        ("col.unit", _field("unit")),
        ("col.person", _field("person")),
        ("col.next_step", _cut("next_step", 120)),
        ("col.source", _cut("source", 80)),
        ("col.note", _cut("note", 120)),
        ("col.changed", _flag("changed")),
        ("col.who", _field("who")),
    ),
    "agreement": (
        ("col.first", _field("first")),
        ("col.second", _field("second")),
        ("col.n", _field("n")),
        ("col.share", _ratio("share")),
        ("col.kappa", _ratio("kappa")),
    ),
    "import": (
        ("col.row", _field("row")),
        ("col.outcome", _coded("outcome", "import")),
        ("col.reason", _field("reason")),
    ),
    "versions": (
        ("col.item", _field("item")),
        ("col.change", _coded("change", "change")),
        ("col.differences", _differences),
        ("col.comments", _remarks),
    ),
    "doctor": (
        ("col.check", _field("check")),
        ("col.status", _coded("status", "check")),
        ("col.detail", _field("detail")),
        ("col.remedy", _field("remedy")),
    ),
}
