"""Themes of recommendations against areas of the plan: where the answers lie, in one small map."""

from __future__ import annotations

from collections import Counter

from rodtrad.datamodel import Measure
from rodtrad.tables.figures import RULE, SHADES, table_caption
from rodtrad.tables.markup import Markup, element, join
from rodtrad.tables.phrases import upper_first
from rodtrad.tables.picture import INK, SOFT, Figure, label
from rodtrad.tables.terms import Terms
from rodtrad.tables.traceview import Row, TraceTable
from rodtrad.tables.wording import shorten, swedish_key

_LEFT, _TOP, _WIDE, _HIGH = 300, 150, 110, 34


def area_of(measure: Measure) -> str:
    """The part of the document a measure stands in: the heading above its own.

    A measure at the top of its document is an area by itself.
    """
    return measure.section[-2] if len(measure.section) > 1 else measure.title


def theme_of(row: Row, terms: Terms) -> str:
    """The subject of a recommendation as its list names it, or its innermost heading."""
    demand = row.recommendation
    if demand and demand.theme:
        return upper_first(demand.theme)
    return demand.section[-1] if demand and demand.section else terms["areas.no_theme"]


def area_map(table: TraceTable) -> Figure:
    """How many links lead from each theme to each area; the number in the square, darker for more.

    Themes without any link have a row of empty squares, areas without any a column.
    """
    terms = table.terms
    themes = list(dict.fromkeys(theme_of(row, terms) for row in table.rows))
    areas = sorted(dict.fromkeys(area_of(m) for m in table.measures), key=swedish_key)
    counts = _counts(table)
    most = max(counts.values(), default=1)
    shapes = [_area_head(number, area) for number, area in enumerate(areas)]
    for place, theme in enumerate(themes):
        y = _TOP + place * _HIGH
        shapes.append(label(_LEFT - 10, y + 21, shorten(theme, 44), text_anchor="end"))
        for column, area in enumerate(areas):
            shapes.append(_square(_LEFT + column * _WIDE, y, counts[theme, area], most))
    width = max(_LEFT + len(areas) * _WIDE + 20, 900)
    height = _TOP + len(themes) * _HIGH + 36
    shapes.append(label(8, height - 10, terms["areas.legend"], fill=SOFT, font_size=12))
    return Figure(
        terms["figure.areas"],
        _in_words(counts, themes, areas, terms),
        width,
        height,
        join(shapes),
        table.language,
        table.marking,
        table_caption(table),
        (terms["col.theme"], *areas),
        tuple((theme, *(str(counts[theme, a]) for a in areas)) for theme in themes),
    )


def _counts(table: TraceTable) -> Counter[tuple[str, str]]:
    return Counter(
        (theme_of(row, table.terms), area_of(cell.measure))
        for row in table.rows
        for cell in row.cells
        if cell.measure
    )


def _area_head(number: int, area: str) -> Markup:
    x, words = _LEFT + number * _WIDE + 12, shorten(area, 26)
    return element("text", words, fill=INK, font_size=12,
                   transform=f"translate({x} {_TOP - 10}) rotate(-40)")  # fmt: skip


def _square(x: float, y: float, count: int, most: int) -> Markup:
    square = {"x": x, "y": y, "width": _WIDE, "height": _HIGH, "stroke": RULE}
    if not count:
        return element("rect", fill="#ffffff", **square)
    step = min(len(SHADES) - 1, (count * len(SHADES) - 1) // most)
    number = label(x + _WIDE / 2, y + 22, str(count), text_anchor="middle",
                   fill="#ffffff" if step > 2 else INK)  # fmt: skip
    return element("g", element("rect", fill=SHADES[step], **square), number)


def _in_words(
    counts: Counter[tuple[str, str]], themes: list[str], areas: list[str], terms: Terms
) -> str:
    reached = {theme for theme, _ in counts}
    parts = [terms.say("areas.alternative", themes=len(themes), areas=len(areas),
                       links=sum(counts.values()))]  # fmt: skip
    for (theme, area), count in counts.most_common(3):
        parts.append(terms.say("areas.most", theme=upper_first(theme), area=area, count=count))
    if missing := [theme for theme in themes if theme not in reached]:
        parts.append(terms.say("areas.none", themes=", ".join(missing)))
    return " ".join(parts)
