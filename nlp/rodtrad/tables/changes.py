"""How measures and their sources differ, in words: comparison, chain and versions say it alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rodtrad.tables.phrases import measure_name
from rodtrad.tables.terms import Terms
from rodtrad.tables.wording import date_text, number_text, probability_figure, shorten

Record = Mapping[str, Any]

_QUOTED = 240  # letters of a quote beside a conflict; the record has it whole


def value_text(field: str, value: str, terms: Terms) -> str:
    """A value of a measure's field in words: "redovisning 2027-03-01" with its day spelt out."""
    first, _, rest = value.partition(" ")
    if field == "deadlines":
        return f"{terms.value('kind', first)} {date_text(rest, terms)}"
    if field == "amounts" and first.isdigit():
        return f"{number_text(int(first), terms)} {'kronor' if rest == 'SEK' else rest}"
    return value


def difference_text(difference: Record, terms: Terms) -> str:
    """What a field said before, an arrow, what it says now."""
    sides = [
        "; ".join(value_text(difference["field"], value, terms) for value in difference[side])
        for side in ("old", "new")
    ]
    return " → ".join(side or terms["difference.nothing"] for side in sides)


def difference_texts(record: Record, terms: Terms) -> list[str]:
    """Each field of a compared measure that differs, with its name before it."""
    return [
        f"{terms.value('difference', d['field'])}: {difference_text(d, terms)}"
        for d in record["differences"]
    ]


def ends_text(record: Record) -> str:
    """The compared measures by number and title: "4.2.4 Spridning av … → 4.1.2 Uppdrag till …"."""
    names = (
        measure_name(record[side], record.get(f"{side}_title") or "")
        for side in ("old", "new")
        if record[side]
    )
    return " → ".join(names)


def outcome(record: Record) -> str:
    """What became of a measure: its `change`, or "unresolved" where it may be mentioned or not."""
    return "unresolved" if record["status"] == "unresolved" else str(record["change"])


def outcome_text(record: Record, terms: Terms) -> str:
    """What became of a measure in a word or two: "nämns inte", "oklart om den nämns"."""
    return terms.value("outcome", outcome(record))


def doubt_text(record: Record, names: Sequence[str], terms: Terms) -> str | None:
    """Why an outcome is doubtful, with the measures (`names`) that it could be; None if it is not.

    Where no measure is named, another sentence of the later plan may speak of the matter, or the
    only tie is hardly likely enough.
    """
    if record["certainty"] == "certain":
        return None
    if record["status"] == "unresolved":
        places = [e["section"][-1] for e in record["evidence"][1:] if e["section"]]
        nearest = "; ".join(dict.fromkeys([*names, *places]))
        return terms.say("compare.nearest", nearest=nearest)
    if names:
        return terms.say("compare.or", measures="; ".join(names))
    return terms.say("compare.weak", figure=probability_figure(record["probability"], terms))


def change_lines(record: Record, terms: Terms) -> Iterator[str]:
    """What became of a measure: the outcome with both names, doubts, differences and quotes."""
    relation = record["relation"]
    told = f" ({terms.value('relation', relation)})" if relation else ""
    yield f"{outcome_text(record, terms)}{told}: {ends_text(record)}"
    titles = record["alternative_titles"]
    names = [measure_name(*pair) for pair in zip(record["alternatives"], titles, strict=True)]
    if doubt := doubt_text(record, names, terms):
        yield f"    {doubt}"
    for text in difference_texts(record, terms):
        yield f"    {text}"
    for evidence in record["evidence"]:
        place = evidence["section"][-1:] or [evidence["document"]]
        words = shorten(evidence["quote"] or evidence["summary"] or "", _QUOTED)
        yield f"    ”{words}” ({evidence['document']}, {place[0]})"
    if record["change"] == "not mentioned" and record["status"] != "unresolved":
        yield from _proof_lines(record["gap"], terms)


def _proof_lines(gap: Record, terms: Terms) -> Iterator[str]:
    """What was searched for a measure that is not mentioned, and the nearest that was rejected."""
    words = "; ".join([gap["words"], *gap["abbreviations"]])
    counts = {name: number_text(gap[name], terms) for name in ("measures", "sentences")}
    yield "    " + terms.say("compare.searched", words=words, **counts)
    for one in gap["best_rejected"][:1]:
        figure = probability_figure(one["probability"], terms)
        yield "    " + terms.say("compare.rejected", measure=one["measure"], figure=figure)
    if best := gap["best_sentence"]:
        quote = shorten(best["quote"], _QUOTED)
        yield "    " + terms.say("compare.rejected_quote", quote=quote)


def count_line(records: Sequence[Record], terms: Terms) -> str:
    """How many measures there are of each outcome, doubtful ones told apart."""
    counts = Counter(outcome_text(record, terms) for record in records)
    told = "; ".join(f"{name} {number_text(count, terms)}" for name, count in counts.items())
    doubtful = sum(record["certainty"] == "doubtful" for record in records)
    return terms.say("compare.counts", counts=told, doubtful=number_text(doubtful, terms))


def hop_lines(hop: Record, titles: Mapping[str, str], terms: Terms) -> Iterator[str]:
    """A step of a chain: both ends by id, its ground, and the title of the end it leads to."""
    ground = terms["basis.explicit"]
    if not hop["explicit"]:
        figure = probability_figure(hop["probability"], terms)
        ground = terms.say("probability.short", figure=figure)
    yield f"{hop['from']} → {hop['to']} ({terms.value('hop', hop['kind'])}, {ground})"
    if title := titles.get(hop["to"]):
        yield f"    {title}"
    if hop["in_order"] is False:
        yield f"    {terms['chain.back']}"


def both_say(conflict: Record, terms: Terms) -> list[list[str]]:
    """What the leading source says of a field, and what the other says, in words."""
    field = conflict["field"]
    if field == "tasks":
        left_out = [f"{terms['chain.leaves_out']}: {task}" for task in conflict["missing"]]
        return [list(conflict["missing"]), left_out]
    return [
        [value_text(field, value, terms) for value in conflict[f"{side}_says"]]
        or [terms["difference.nothing"]]
        for side in ("leading", "other")
    ]


def conflict_lines(conflict: Record, terms: Terms) -> Iterator[str]:
    """Where two sources say different things: the field, then what each says and where."""
    yield f"{terms['chain.conflicts']}: {terms.value('difference', conflict['field'])}"
    names = (conflict["leading"], conflict["other"])
    for name, says, at in zip(names, both_say(conflict, terms), conflict["evidence"], strict=True):
        yield f"    {name}: {'; '.join(says)}"
        if at["quote"]:
            yield f"        ”{shorten(at['quote'], _QUOTED)}”"
