"""Which columns a person is shown of each command's records, and each cell in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rodtrad.tables.reasons import reason_text
from rodtrad.tables.terms import Terms
from rodtrad.tables.wording import date_text, number_text, shorten

Record = Mapping[str, Any]
Cell = Callable[[Record, Terms], str]


def words_of(value: object) -> str:
    """A value of a record as words: lists with commas, nothing for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{key} {words_of(part)}" for key, part in value.items() if words_of(part))
    if isinstance(value, list | tuple):
        return ", ".join(words_of(part) for part in value)
    return str(value)


def _field(name: str) -> Cell:
    return lambda record, terms: words_of(record.get(name))


def _coded(name: str, group: str) -> Cell:
    """A field of a closed vocabulary, in words."""
    return lambda record, terms: terms.value(group, words_of(record.get(name)))


def _cut(name: str, width: int) -> Cell:
    return lambda record, terms: shorten(words_of(record.get(name)), width)


def _innermost(record: Record, terms: Terms) -> str:
    return shorten((record.get("section") or [""])[-1], 60)


def _day(record: Record, terms: Terms) -> str:
    return date_text(words_of(record.get("date")), terms)


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
    text = shorten(words_of(record.get("text")), 240)
    if record.get("reason"):
        text = f"{text} [{words_of(record['reason'])}]"
    return text if record.get("quote") else f"{text} [{terms['summary.label']}]"


def _heading(record: Record, terms: Terms) -> str:
    number = f"{record['number']} " if record.get("number") else ""
    return "  " * (int(record.get("level") or 1) - 1) + number + str(record["title"])


def _wishes(record: Record, terms: Terms) -> str:
    """Whole sentences stand one after the other; a comma between them would be read as theirs."""
    return shorten(" ".join(map(str, record.get("wishes") or ())), 160)


def _doubt(record: Record, terms: Terms) -> str:
    """Why a finding is doubtful, or what slip of the source it is taken for."""
    slip = (record.get("detail") or {}).get("slip")
    return words_of(record.get("reason") or (slip if isinstance(slip, str) else ""))


def _errors(record: Record, terms: Terms) -> str:
    errors = record.get("errors") or ()
    said = (words_of(e.get("message") if isinstance(e, dict) else e) for e in errors)
    return "; ".join(reason_text(sentence, terms) for sentence in said)


def _reason(name: str) -> Cell:
    """A sentence that the library says in English."""
    return lambda record, terms: reason_text(words_of(record.get(name)), terms)


def _event_id(record: Record, terms: Terms) -> str:
    return str(record["id"])[:8]


def _moment(record: Record, terms: Terms) -> str:
    return words_of(record.get("when"))[:16].replace("T", " ")


def _act(record: Record, terms: Terms) -> str:
    """Who did what: "Anna godtar (2)", "Bo följer upp: status: redovisad"."""
    grade = f" ({record['grade']})" if record.get("grade") else ""
    entered = "; ".join(
        f"{terms.value('field', f'follow_up.{name}')}: "
        f"{terms.value(_VALUES.get(f'follow_up.{name}', ''), value) or '–'}"
        for name, value in (record.get("follow_up") or {}).items()
    )
    department = f" ({record['department']})" if record.get("department") else ""
    done = f"{record['who']}{department} {terms.value('action', str(record['action']))}{grade}"
    return f"{done}: {entered}" if entered else done


def _targets(record: Record, terms: Terms) -> str:
    """The ends by their ids of today; where that was another then, the id of then behind it."""
    shown = []
    for name, then in record["target"].items():
        now = (record.get("current_target") or {}).get(name)
        if then:
            shown.append(f"{now} ({then})" if now and now != then else str(then))
    return " → ".join(shown) or words_of(record.get("version"))


def _flag(name: str) -> Cell:
    return lambda record, terms: terms["yes"] if record.get(name) else ""


def _ratio(name: str) -> Cell:
    def cell(record: Record, terms: Terms) -> str:
        value = record.get(name)
        return "–" if value is None else number_text(value, terms, decimals=2)

    return cell


_VALUES = {
    "status": "status", "state": "state", "strength": "strength", "grade": "grade",
    "decision.action": "decide", "follow_up.status": "follow_up_state",
}  # fmt: skip


def _differences(record: Record, terms: Terms) -> str:
    return "; ".join(_difference(found, terms) for found in record["differences"])


def _difference(found: Record, terms: Terms) -> str:
    """One field in words: "handlingsplan#4.3.4, genomförandeläge: pågående → redovisad"."""
    measure, _, name = str(found["field"]).rpartition(": ")
    group = _VALUES.get(name, "")
    values = (words_of(found[side]) for side in ("old", "new"))
    old, new = (shorten(terms.value(group, value), 80) or "–" for value in values)
    named = ", ".join(part for part in (measure, terms.value("field", name)) if part)
    return f"{named}: {old} → {new}"


def _remarks(record: Record, terms: Terms) -> str:
    return "; ".join(f"{r['department'] or r['who']}: {r['comment']}" for r in record["comments"])


def plain_columns(records: Sequence[Record]) -> tuple[tuple[str, Cell], ...]:
    """A column for every field of records whose kind is not known, under the field's name."""
    return tuple((name, _field(name)) for name in dict.fromkeys(k for r in records for k in r))


COLUMNS: dict[str, tuple[tuple[str, Cell], ...]] = {
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
    "status": (
        ("col.item", _field("id")),
        ("col.status", _coded("status", "remark")),
        ("col.reason", _reason("reason")),
        ("col.remedy", _reason("remedy")),
    ),
    "push": (("col.document", _field("id")), ("col.status", _coded("status", "push"))),
    "sections": (("col.section", _heading), ("col.page", _field("page"))),
    "entities": (
        ("col.entity_type", _field("type")),
        ("col.surface", _cut("surface", 60)),
        ("col.value", _field("value")),
        ("col.section", _innermost),
        ("col.page", _field("page")),
        ("col.flags", _doubt),
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
        ("col.id", _field("id")),
        ("col.title", _cut("title", 120)),
        ("col.type", _coded("type", "type")),
        ("col.responsible", _field("agencies")),
        ("col.deadline", _deadlines_cell),
        ("col.dnr", _field("dnr")),
        ("col.amounts", _amounts_cell),
        ("state.column", _coded("state", "state")),
    ),
    "stances": (
        ("col.target", _cut("target", 160)),
        ("col.stance", _coded("stance", "stance")),
        ("col.condition", _cut("condition", 160)),
        ("col.wishes", _wishes),
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
        ("col.status", _coded("status", "follow_up_state")),
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
    "facets": (
        ("col.query", _field("query")),
        ("col.facet", _coded("facet", "by")),
        ("col.value", _field("value")),
        ("col.count", _field("count")),
        ("col.reason", _field("reason")),
    ),
    "import": (
        ("col.row", _field("row")),
        ("col.outcome", _coded("outcome", "import")),
        ("col.reason", _reason("reason")),
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
        ("col.detail", _reason("detail")),
        ("col.remedy", _reason("remedy")),
    ),
}
