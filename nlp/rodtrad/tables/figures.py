"""Pictures as SVG with a text alternative: one hue, shapes and line styles carry the meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rodtrad.tables.heatmap import column_name, grade_letter, map_alternative, shown_measures
from rodtrad.tables.markup import Markup, element, join
from rodtrad.tables.phrases import measure_name, short_name
from rodtrad.tables.picture import INK, SOFT, Figure, label
from rodtrad.tables.terms import Language, Terms, load_terms
from rodtrad.tables.traceview import Row, TraceTable
from rodtrad.tables.wording import (
    date_text,
    day_text,
    last_day,
    probability_figure,
    probability_sentence,
    shorten,
    swedish_key,
)

Record = Mapping[str, Any]

RULE, BLUE, RED = "#d5d9df", "#2f6ca8", "#9b1c2e"
SHADES = ("#e3ecf6", "#c4d8ec", "#8fb5da", "#2f6ca8", "#0b3c70")
_LINE = 18
_LETTER = 6.5  # how wide a letter of a label is, about
_WORDS = 90
_TODAY = 180  # the room that the words beside today's line take


def _rule(x1: float, y1: float, x2: float, y2: float, **look: object) -> Markup:
    ends = {"x1": round(x1, 1), "y1": round(y1, 1), "x2": round(x2, 1), "y2": round(y2, 1)}
    return element("line", **{**ends, "stroke": RULE, **look})


def deadline_timeline(
    records: Iterable[Record],
    *,
    as_of: date,
    language: Language = "sv",
    marking: str | None = None,
    caption: str = "",
) -> Figure:
    """Deadlines on a line of time, one band per agency that must act.

    Args:
        records: with `date`, `kind`, `responsible`, `measure` (see `deadline_record`); yearly
            dates and dates that cannot be read are left out.
        as_of: the day that parts passed from coming dates.
        language: of the words.
        marking: of the documents, stamped on the picture.
        caption: which documents they are from.
    """
    terms = load_terms(language)
    dated = [(day, r) for r in records if (day := last_day(str(r["date"])))]
    bands = _bands(dated, terms)
    days = [day for day, _ in dated] + [as_of]
    first, last = date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)
    left, width = 300, 1100

    def place(day: date) -> float:
        return left + (width - left - 40) * (day - first).days / (last - first).days

    shapes, y = [], 56.0
    for agency, marks in bands:
        ends = [(place(day), _LETTER * len(_called(record)) + 20) for day, record in marks]
        lanes = _lanes(ends)
        shapes.append(_rule(0, y - 14, width, y - 14))
        shapes.append(label(8, y + 4, shorten(agency, 42)))
        for (day, record), lane in zip(marks, lanes, strict=True):
            shapes.append(_milestone(place(day), y + lane * _LINE, record, terms, day < as_of))
        y += (max(lanes) + 1) * _LINE + 16
    height = int(y + 30)
    years = [
        [_rule(place(date(year, 1, 1)), 30, place(date(year, 1, 1)), height - 34),
         label(place(date(year, 1, 1)) + 4, 26, str(year), fill=SOFT)]
        for year in range(first.year, last.year)
    ]  # fmt: skip
    words = terms.say("figure.today", date=day_text(as_of, terms))
    today = _today(place(as_of), height - 34, words, room=width - place(as_of))
    return Figure(
        terms["figure.timeline"],
        _timeline_words(dated, as_of, terms),
        width,
        height,
        join([years, shapes, today, _timeline_legend(left, height - 10, terms)]),
        language,
        marking,
        caption,
        tuple(terms[f"col.{name}"] for name in ("date", "kind", "responsible", "measure")),
        tuple(_due_row(record, terms) for _, record in sorted(dated, key=lambda pair: pair[0])),
    )


def _today(x: float, y: float, words: str, *, room: float) -> list[Markup]:
    """Today's line down to a height, its words on the side where there is room."""
    look = {"fill": RED, "font_size": 12}
    return [
        _rule(x, 30, x, y, stroke=RED, stroke_dasharray="4 3"),
        label(x + 5, 40, words, **look)
        if room > _TODAY
        else label(x - 5, 40, words, text_anchor="end", **look),
    ]


def _due_row(record: Record, terms: Terms) -> tuple[str, ...]:
    return (
        date_text(str(record["date"]), terms),
        terms.value("kind", str(record["kind"])),
        ", ".join(record.get("responsible") or (terms["figure.nobody"],)),
        measure_name(str(record["measure"] or ""), str(record.get("measure_title") or "")),
    )


def _bands(
    dated: Sequence[tuple[date, Record]], terms: Terms
) -> list[tuple[str, list[tuple[date, Record]]]]:
    """The dates of each agency in order; agencies by the Swedish alphabet."""
    bands: dict[str, list[tuple[date, Record]]] = {}
    for day, record in dated:
        for agency in record.get("responsible") or (terms["figure.nobody"],):
            bands.setdefault(agency, []).append((day, record))
    return [
        (agency, sorted(bands[agency], key=lambda pair: (pair[0], str(pair[1]["measure"] or ""))))
        for agency in sorted(bands, key=swedish_key)
    ]


def _lanes(places: Sequence[tuple[float, float]]) -> list[int]:
    """For marks from left to right the first line on which each has the room its label takes."""
    ends: list[float] = []
    lanes = []
    for place, room in places:
        lane = next((i for i, end in enumerate(ends) if end <= place), len(ends))
        ends[lane : lane + 1] = [place + room]
        lanes.append(lane)
    return lanes


def _called(record: Record) -> str:
    return short_name(str(record["measure"] or ""), str(record.get("measure_title") or ""), 16)


def _milestone(x: float, y: float, record: Record, terms: Terms, passed: bool) -> Markup:
    """A diamond for a passed date, a dot for a coming one, and the number of the measure."""
    kind = terms.value("kind", str(record["kind"]))
    name = measure_name(str(record["measure"] or ""), str(record.get("measure_title") or ""))
    words = f"{name}: {kind} {date_text(str(record['date']), terms)}"
    shape = (
        element("path", d=f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z", fill="#ffffff", stroke=RED,
                stroke_width=2)
        if passed
        else element("circle", cx=round(x, 1), cy=round(y, 1), r=5, fill=BLUE)
    )  # fmt: skip
    name = label(x + 10, y + 4.5, _called(record), font_size=12)
    return element("g", element("title", words), shape, name)


def _timeline_words(dated: Sequence[tuple[date, Record]], as_of: date, terms: Terms) -> str:
    if not dated:
        return terms["deadlines.none"]
    days = sorted(day for day, _ in dated)
    if len(days) == 1:
        state = terms["figure.passed" if days[0] < as_of else "figure.ahead"]
        return terms.say("figure.timeline_one", day=day_text(days[0], terms), state=state)
    return terms.say(
        "figure.timeline_alternative",
        count=len(days),
        first=day_text(days[0], terms),
        last=day_text(days[-1], terms),
        passed=sum(day < as_of for day in days),
        as_of=day_text(as_of, terms),
    )


def _timeline_legend(x: float, y: float, terms: Terms) -> list[Markup]:
    return [
        element("circle", cx=x, cy=y - 4, r=5, fill=BLUE),
        label(x + 10, y, terms["figure.ahead"], fill=SOFT),
        element("path", d=f"M{x + 110} {y - 10}l6 6l-6 6l-6 -6z", fill="#ffffff", stroke=RED,
                stroke_width=2),
        label(x + 122, y, terms["figure.passed"], fill=SOFT),
    ]  # fmt: skip


def table_deadlines(table: TraceTable) -> list[Record]:
    """The deadlines of a table in the form the timeline reads."""
    return [
        {
            "date": due.deadline.date,
            "kind": due.deadline.kind,
            "responsible": due.deadline.responsible,
            "measure": measure.id,
            "measure_title": measure.title,
        }
        for measure, due in table.due_dates()
    ]


def coverage_map(table: TraceTable) -> Figure:
    """Recommendations against measures; a letter in each linked square, darker when likelier."""
    terms, measures = table.terms, shown_measures(table)
    names = [column_name(m) for m in measures]
    left, size = 340, 24
    top = max([92, *(20 + int(_LETTER * len(name)) for name in names)])
    shapes = [
        element("text", name, fill=INK, font_size=12,
                transform=f"translate({left + size * (i + 0.65):.1f} {top - 8}) rotate(-90)")
        for i, name in enumerate(names)
    ]  # fmt: skip
    for number, row in enumerate(table.rows):
        y = top + number * size
        words = shorten(f"{row.line.id} {row.line.text}", 48)
        shapes.append(label(left - 10, y + 16, words, text_anchor="end", font_size=12))
        cells = {(c.document.id, c.candidate.measure): c.candidate for c in row.cells}
        for i, measure in enumerate(measures):
            candidate = cells.get((measure.document, measure.id))
            x = left + i * size
            square = {"x": x, "y": y, "width": size, "height": size, "stroke": RULE}
            if candidate is None:
                shapes.append(element("rect", fill="#ffffff", **square))
                continue
            p = candidate.probability
            step = (p >= 0.4) + (p >= 0.6) + (p >= 0.8) + (p >= 0.9)
            tip = f"{row.line.id}, {names[i]}: {probability_sentence(p, terms)}"
            letter = label(x + size / 2, y + 16, grade_letter(candidate.grade, terms),
                            text_anchor="middle", fill="#ffffff" if step > 2 else INK)  # fmt: skip
            shade = element("rect", fill=SHADES[step], **square)
            shapes.append(element("g", element("title", tip), shade, letter))
    height = top + len(table.rows) * size + 34
    width = max(left + len(measures) * size + 20, 900)
    shapes.append(label(8, height - 10, terms["matrix.legend"], fill=SOFT, font_size=12))
    heads = tuple(terms[f"col.{name}"] for name in ("recommendation", "measure", "grade",
                                                    "probability"))  # fmt: skip
    return Figure(terms["figure.coverage"], map_alternative(table), width, height, join(shapes),
                  table.language, table.marking, table_caption(table), heads,
                  tuple(cells[1:] for cells in _link_rows(table.rows, terms)))  # fmt: skip


def _link_rows(rows: Iterable[Row], terms: Terms) -> Iterator[tuple[str, ...]]:
    """Document, recommendation, measure, grade, probability of each link; and what has none."""
    for row in rows:
        source = row.document.title
        demand = _in(row.language, f"{row.line.id} {row.line.text}", terms)
        if not row.cells:
            yield source, demand, terms["matrix.empty"], "", ""
        for cell in row.cells:
            link = cell.candidate
            spoken = cell.measure.language if cell.measure else terms.language
            measure = _in(spoken, measure_name(link.measure, cell.title or ""), terms)
            figure = probability_figure(link.probability, terms)
            yield source, demand, measure, terms.value("grade", str(link.grade)), figure


def _in(language: str, words: str, terms: Terms) -> str:
    """Words of a document, cut, marked with their language where the page speaks another."""
    short = shorten(words, _WORDS)
    return short if language == terms.language else element("span", short, lang=language)


def link_network(table: TraceTable) -> Figure:
    """Documents, their recommendations, the measures that answer: three columns, lines between."""
    terms = table.terms
    linked = list(dict.fromkeys((c.document.id, c.candidate.measure)
                                for row in table.rows for c in row.cells))  # fmt: skip
    rows = [row for row in table.rows if row.cells]
    titles = {(m.document, m.id): m.title for m in table.measures}
    height = 40 + max(len(rows), len(linked), 1) * 26
    y_rows = {id(row): 30 + (i + 0.5) * (height - 50) / max(len(rows), 1)
              for i, row in enumerate(rows)}  # fmt: skip
    linked.sort(key=lambda key: (key[0], swedish_key(key[1])))
    y_measures = {key: 30 + (i + 0.5) * (height - 50) / len(linked) for i, key in enumerate(linked)}
    shapes: list[Markup] = []
    for row in rows:
        for cell in row.cells:
            target = y_measures[cell.document.id, cell.candidate.measure]
            dashes = None if cell.candidate.grade == 2 else "5 4"
            shapes.append(_rule(580, y_rows[id(row)], 760, target, stroke=BLUE, stroke_width=1.5,
                                stroke_dasharray=dashes))  # fmt: skip
    for source in {row.document.id: row.document for row in rows}.values():
        places = [y_rows[id(row)] for row in rows if row.document.id == source.id]
        middle = sum(places) / len(places)
        shapes += [_rule(214, middle, 260, place) for place in places]
        shapes.append(label(208, middle + 4, shorten(source.title, 32), text_anchor="end"))
    for row in rows:
        words = shorten(f"{row.line.id} {row.line.text}", 54)
        shapes.append(label(266, y_rows[id(row)] + 4, words, font_size=12))
    for key, place in y_measures.items():
        words = shorten(measure_name(key[1], titles.get(key, "")), 62)
        shapes.append(label(766, place + 4, words, font_size=12))
    words = terms.say(
        "figure.network_alternative",
        links=sum(len(row.cells) for row in rows),
        recommendations=terms.count("recommendations", len(rows)),
        measures=terms.count("measures", len(linked)),
    )
    shapes += _network_legend(height + 12, terms)
    heads = tuple(terms[f"col.{name}"] for name in ("document", "recommendation", "measure",
                                                    "grade"))  # fmt: skip
    return Figure(terms["figure.network"], words, 1180, height + 24, join(shapes), table.language,
                  table.marking, table_caption(table), heads,
                  tuple(cells[:4] for cells in _link_rows(rows, terms)))  # fmt: skip


def _network_legend(y: float, terms: Terms) -> list[Markup]:
    """What the two kinds of line mean."""
    parts = []
    for x, grade, dashes in ((580, "2", None), (580 + 260, "1", "5 4")):
        parts += [
            _rule(x, y - 4, x + 36, y - 4, stroke=BLUE, stroke_width=1.5, stroke_dasharray=dashes),
            label(x + 44, y, terms.value("grade", grade), fill=SOFT, font_size=12),
        ]
    return parts


def table_caption(table: TraceTable) -> str:
    """Which documents a picture of a table is about, and the day it holds for."""
    day = table.terms.say("head.as_of", date=day_text(table.as_of, table.terms))
    return f"{day} · {table.title}"


def entity_counts(
    counts: Mapping[str, int],
    *,
    language: Language = "sv",
    marking: str | None = None,
    caption: str = "",
) -> Figure:
    """Bars of how many mentions of each type were found, most first.

    Args:
        counts: mentions by type.
        language: of the words.
        marking: of the documents, stamped on the picture.
        caption: which documents they are from.
    """
    terms = load_terms(language)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], swedish_key(pair[0])))
    most = max(counts.values(), default=1) or 1
    shapes = []
    for number, (kind, count) in enumerate(ordered):
        y, length = 20 + number * 30, 600 * count / most
        shapes += [
            label(210, y + 15, terms.value("entity", kind), text_anchor="end"),
            element("rect", x=220, y=y, width=round(length, 1), height=20, fill=BLUE),
            label(228 + length, y + 15, str(count)),
        ]
    top = terms.value("entity", ordered[0][0]) if ordered else "–"
    words = terms.say("figure.counts_alternative", total=sum(counts.values()), top=top)
    height = 30 + len(ordered) * 30
    heads = (terms["col.entity_type"], terms["col.count"])
    rows = tuple((terms.value("entity", kind), str(count)) for kind, count in ordered)
    return Figure(terms["figure.counts"], words, 900, height, join(shapes), language, marking,
                  caption, heads, rows)  # fmt: skip
